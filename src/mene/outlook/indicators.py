"""The catalogue of indicators, `indicators.yaml`, as records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from mene.errors import CodebookError
from mene.vocabulary import EVENT_TYPES, MODALITIES, Modality, Stance

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Ground = Literal["event", "holding", "backing", "presence", "statement"]
Relation = Literal["leader", "government", "army", "opposed", "ally", "foreign", "protesters"]
PlaceKind = Literal["capital", "near_capital", "provincial_capital", "town", "country", "abroad"]
SubjectKind = Literal["place", "actor", "none"]

HAPPENED: tuple[Modality, ...] = ("asserted", "in_progress", "probable")
WINDOW_DAYS = 180

_LISTS = ("types", "modes", "statuses", "directions", "means", "movements", "kinds", "modalities")
_PARTIES = ("actor", "recipient", "holder", "backer", "backed", "force")
_KEYS = frozenset(("in", "place", "words", *_LISTS, *_PARTIES))


@dataclass(frozen=True, slots=True)
class Pattern:
    """What makes a sign: conditions that must all hold; an empty one holds for everything.

    `party` is how the actor, holder, backer or force stands to the leader's government, `other` how the recipient or
    the backed does.
    """

    ground: Ground
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = HAPPENED
    party: Relation | None = None
    other: Relation | None = None
    place: PlaceKind | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A kind of sign for or against a leader's staying in power."""

    id: str
    name: str
    stance: Stance
    strength: float
    subject: SubjectKind
    window: int
    definition: str
    source: str | None
    patterns: tuple[Pattern, ...]


@cache
def load_indicators(path: Path | None = None) -> tuple[Indicator, ...]:
    """Return the catalogue in the order of its file: the shipped one, or a user's own. Raises `CodebookError`."""
    if path is None:
        text, name = (
            resources.files("mene.outlook").joinpath("indicators.yaml").read_text(encoding="utf-8"),
            "indicators",
        )
    else:
        text, name = path.read_text(encoding="utf-8"), str(path)
    try:
        entries = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, chosen for speed
    except yaml.YAMLError as error:
        raise CodebookError(f"{name} is no valid YAML ({str(error).splitlines()[0]}): correct it") from error
    found = tuple(_indicator(entry, f"{name}, entry {number}") for number, entry in enumerate(entries or (), start=1))
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        raise CodebookError(f"{name}: {', '.join(sorted(twice))} is there twice; give each indicator its own id")
    return found


def _indicator(entry: Mapping[str, Any], where: str) -> Indicator:
    try:
        indicator = Indicator(
            id=str(entry["id"]),
            name=str(entry["name"]),
            stance=entry["stance"],
            strength=float(entry["strength"]),
            subject=entry["subject"],
            window=int(entry.get("window", WINDOW_DAYS)),
            definition=str(entry["definition"]),
            source=entry.get("source"),
            patterns=tuple(_pattern(pattern, where) for pattern in entry["patterns"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CodebookError(f"{where}: {error!r}; see the head of the file for what an entry needs") from error
    _check(indicator.stance, get_args(Stance), where)
    _check(indicator.subject, get_args(SubjectKind), where)
    if not 0 < indicator.strength <= 1 or not indicator.patterns:
        raise CodebookError(f"{where}: needs a strength above 0 and at most 1, and at least one pattern")
    return indicator


def _pattern(entry: Mapping[str, Any], where: str) -> Pattern:
    for key in entry:
        _check(key, _KEYS, where)
    lists = {key: tuple(entry[key]) for key in _LISTS if key in entry}
    party = next((entry[key] for key in ("actor", "holder", "backer", "force") if key in entry), None)
    other = next((entry[key] for key in ("recipient", "backed") if key in entry), None)
    _check(entry["in"], get_args(Ground), where)
    for relation in filter(None, (party, other)):
        _check(relation, get_args(Relation), where)
    for value in lists.get("types", ()):
        _check(value, EVENT_TYPES, where)
    for value in lists.get("modalities", ()):
        _check(value, MODALITIES, where)
    if "place" in entry:
        _check(entry["place"], get_args(PlaceKind), where)
    if "words" in entry:
        _check_words(entry["words"], where)
    return Pattern(entry["in"], party=party, other=other, place=entry.get("place"), words=entry.get("words"), **lists)


def _check(value: object, allowed: Sequence[object] | frozenset[str], where: str) -> None:
    if value not in allowed:
        raise CodebookError(
            f"{where}: {value!r} is unknown; choose one of {', '.join(map(str, sorted(allowed, key=str)))}"
        )


def _check_words(words: str, where: str) -> None:
    try:
        re.compile(fill(words, ["Leader"], "Capital", "Country"))
    except re.error as error:
        raise CodebookError(f"{where}: the words are no regular expression ({error})") from error


def fill(words: str, leader: Sequence[str], capital: str, country: str) -> str:
    """Return a pattern of words with the names put in, `leader` being all of his; what has no name matches nothing.

    >>> fill("{leader} fled {capital}", ["Haddad", "Karim"], "Norhavn", "")
    '(?<!\\\\w)(?:Haddad|Karim) fled (?<!\\\\w)(?:Norhavn)'
    """
    for key, names in (("{leader}", leader), ("{capital}", (capital,)), ("{country}", (country,))):
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
        words = words.replace(key, rf"(?<!\w)(?:{known})" if known else r"(?!)")
    return words
