"""Page furniture: which whole lines are no part of an article, and why. The patterns are in `furniture.yaml`."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from mene.articles.draft import Draft, Left, Piece, squash

_EDGES = " \t.,;:!|»>«<•·→…*_"
# A line of six words and a full stop is a sentence; only some groups of furniture are written in sentences.
_SENTENCE_WORDS = 6
_CLOSERS = "[.!?…”\"’')\\]]"


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    words: int
    sentences: bool
    whole: re.Pattern[str]


def load_yaml(name: str) -> Any:
    """Return the data of one of this package's YAML files."""
    text = resources.files("mene.articles").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)


@lru_cache(maxsize=1)
def agency_pattern() -> str:
    """Return a regular expression for the name of any agency, longest names first."""
    names = sorted(load_yaml("furniture.yaml")["agencies"], key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(name) for name in names)})"


@lru_cache(maxsize=1)
def _groups() -> tuple[_Group, ...]:
    return tuple(_compile(entry) for entry in load_yaml("furniture.yaml")["groups"])


def _compile(entry: dict[str, Any]) -> _Group:
    patterns = [pattern.replace("{agency}", agency_pattern()) for pattern in entry["patterns"]]
    whole = "|".join(f"(?:{pattern})" for pattern in patterns)
    return _Group(entry["reason"], entry["words"], bool(entry.get("sentences")), re.compile(whole, re.I))


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    """Return the pattern of an advertisement label that is stuck to the end of a paragraph, once or repeated."""
    label = (
        "(?:Advertisement|ADVERTISEMENT|Article continues below(?: this ad)?|Story continues below(?: advertisement)?)"
    )
    return re.compile(rf"(?<={_CLOSERS})\s*(?:{label}[\s.]*)+$")


def name_furniture(line: str) -> str | None:
    """Return why `line` is no part of an article, or None where it is.

    >>> name_furniture("AdvertisementAdvertisement")
    'advertisement'
    >>> name_furniture("Office of the Iranian Supreme Leader via AP")
    'photo credit'
    >>> name_furniture("The advertisement called on soldiers to desert.")
    """
    bare = squash(line).strip(_EDGES)
    if not bare:
        return "separator"
    once = _once(bare)
    words = len(once.split())
    sentence = words >= _SENTENCE_WORDS and squash(line).endswith(".")
    for group in _groups():
        if words <= group.words and (group.sentences or not sentence) and group.whole.fullmatch(once):
            return group.reason
    return None


def _once(line: str) -> str:
    """Return a line that repeats one short label ("AdvertisementAdvertisement", "Share Share") with the label once."""
    repeated = re.fullmatch(r"(.{3,40}?)(?:\s*\1)+", line)
    return repeated[1] if repeated else line


def drop_furniture(draft: Draft) -> Draft:
    """Return the draft without its furniture, each piece of it recorded with its reason."""
    kept: list[Piece] = []
    left = list(draft.left)
    for piece in draft.pieces:
        text, gone = _cut_glued(piece.text)
        left.extend(gone)
        reason = name_furniture(text) if text else None
        if reason is not None and not _is_speech(text):
            left.append(Left(text, reason))
        elif text:
            kept.append(_split_caption(replace(piece, text=text), left))
    return replace(draft, pieces=tuple(kept), left=tuple(left))


def _is_speech(text: str) -> bool:
    """Say whether a line is quoted speech with an end of its own, which no furniture is."""
    return text[:1] in "“\"'‘" and text.rstrip()[-1:] in "”\"'’." and len(text.split()) > 3


def _cut_glued(text: str) -> tuple[str, list[Left]]:
    match = _glued().search(text)
    if match is None:
        return text, []
    return text[: match.start()].rstrip(), [Left(match[0].strip(), "advertisement")]


@lru_cache(maxsize=1)
def _credit_at_end() -> re.Pattern[str]:
    agency = agency_pattern()
    inner = (
        rf"(?:{agency} (?:photo|image|pool|file)s?\b[^()\[\]]{{0,80}}|[^()\[\]]{{0,80}}(?:/|via |by ){agency}"
        rf"|(?:photo|image|picture|credit|photo by|file)\b[^()\[\]]{{0,100}}"
        rf"|[^()\[\]]{{0,60}}getty images[^()\[\]]{{0,20}})"
    )
    return re.compile(rf"\s*[(\[]{inner}[)\]]\s*\.?$", re.I)


def _split_caption(piece: Piece, left: list[Left]) -> Piece:
    """Return a caption without the photo credit in brackets at its end; the credit goes to `left`."""
    match = _credit_at_end().search(piece.text)
    if match is None or piece.kind != "paragraph" or match.start() == 0:
        return piece
    left.append(Left(match[0].strip(), "photo credit"))
    return Piece("caption", piece.text[: match.start()].rstrip())
