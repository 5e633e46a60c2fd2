"""What copying or scraping has glued into a paragraph that is none of its sentences.

A text that lost its markup has captions, photo credits, the line of publication, the title and links to other pages
run into its paragraphs. They are parted again: a caption becomes a block of its own, the day at the head too, and
credits, links and the title told once more are left out with their reasons. Patterns are in `furniture.yaml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from mene.articles.days import MONTH, find_day
from mene.articles.draft import Draft, Left, Piece
from mene.articles.furniture import agency_pattern, load_yaml
from mene.articles.names import is_outlet, words_of

HEAD = 160
"""The line of publication ends within so many characters of a paragraph's beginning."""

SHORT = 5
"""A sentence of fewer words before a credit is only the end of its caption: "July 27 2016."."""

LINKED = 5
"""A title of so many words or more after a credit without a mark is that of another page."""

_NAME = r"[A-ZÀ-Þ][\w’'.-]+(?: (?:(?:al|el|bin|van|de) |al-|el-)?[A-ZÀ-Þ][\w’'.-]*)"
_ABBREVIATIONS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Gen Maj Col Capt Lt Sgt Mr Mrs Dr St"
_WHOLE_WORD = "".join(rf"(?<!\b{word})" for word in _ABBREVIATIONS.split())
_BEGINS = r"(?=[“\"‘'(\[]?[A-ZÀ-Þ\d])"
_SENTENCE_END = re.compile(rf"(?:(?<=[a-zà-ÿ\d)”\"’%]{{2}})|(?<=[A-Z]{{3}})){_WHOLE_WORD}[.!?][”\"’')\]]*\s+{_BEGINS}")
_HEADER_WORDS = re.compile(
    r"(?:(?:date|day|time|of|publication|published|posted|updated|last|modified|issued|created|on|at|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|tue|wed|thu|sat)\b[\s,:.|-]*)*",
    re.IGNORECASE,
)
_AFTER_DAY = re.compile(
    r"(?:,?\s*(?:at )?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?(?:GMT|UTC))?)?(?:\s*\(updated[^()]{4,30}\))?"
)
_BARE_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d")
_CONTROLS = re.compile(r".{0,120}?(?<![a-z])Get short URL(?: \d+)*(?=\s)")
_SIGNATURE = re.compile(
    rf"(?:\s*https?(?:://)?t\.co\S+)?(?:\s*pic\.twitter\.com\S+)?\s+"
    rf"(?:(?P<who>[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){{0,3}}) )?"
    rf"\(@?(?P<handle>\w{{3,15}})\) (?:{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?: \S{{1,9}})? \d{{4}})(?: \.)?(?=\s|$)"
)
_AGENCY_AND_DAY = re.compile(r"\s*(?P<agency>[A-Z][\w ]{1,20}?)\s+(?=(?:\w+day,?\s+)?\d{1,2}\s)")
_REPORTS = re.compile(r"(?:He|She|It|They|We|I)\b")
"""With these a sentence of the article begins, and hardly a caption."""

POST = 280
"""A post has at most so many characters."""

_SMALL = frozenset("a an and as at but by for from in into its near of off on or over the to under up with".split())
_OPENING = re.compile(r"(?:The|A|An|In|On|At|It|He|She|They|According|Earlier|Last|This|Some|Several|Many|[“\"].*)$")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A pattern of `furniture.yaml` under `glued`: where it stands, and whether the sentence before it is a caption."""

    where: str
    reason: str
    caption: bool
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _marks() -> tuple[_Mark, ...]:
    return tuple(_mark(entry) for entry in load_yaml("furniture.yaml")["glued"])


def _mark(entry: dict[str, str | bool]) -> _Mark:
    pattern = str(entry["pattern"]).replace("{agency}", agency_pattern()).replace("{name}", _NAME)
    return _Mark(str(entry["where"]), str(entry["reason"]), bool(entry.get("caption")), re.compile(pattern))


def part_glued(draft: Draft) -> Draft:
    """Return the draft with what is glued into its paragraphs parted from them.

    >>> text = "Workers search the rubble in Sol. (Levant Wire Photo) The army said it had struck nobody."
    >>> [(piece.kind, piece.text) for piece in part_glued(Draft((Piece("paragraph", text),))).pieces]
    [('caption', 'Workers search the rubble in Sol.'), ('paragraph', 'The army said it had struck nobody.')]
    """
    draft = _part_title(draft)
    left = list(draft.left)
    pieces: list[Piece] = []
    last = max((i for i, piece in enumerate(draft.pieces) if piece.kind == "paragraph"), default=-1)
    first = next((i for i, piece in enumerate(draft.pieces) if piece.kind == "paragraph"), -1)
    for i, piece in enumerate(draft.pieces):
        if piece.kind != "paragraph":
            pieces.append(piece)
            continue
        texts = list(_part_head(piece.text, draft.title, left)) if i == first else [piece.text]
        body = _cut_ends(texts[-1], left) if i == last else texts[-1]
        pieces.extend(replace(piece, text=text) for text in texts[:-1])
        pieces.extend(_part_captions(replace(piece, text=body), left))
    return replace(draft, pieces=tuple(piece for piece in pieces if piece.text), left=tuple(left))


# --- the head -------------------------------------------------------------------------------------------------------


def _part_head(text: str, title: str | None, left: list[Left]) -> Iterator[str]:
    """Yield the line of publication that a paragraph begins with, if it does, and the rest without the title."""
    line, rest = _without_title(text, title, left)
    if not line:
        after = (_agency_and_day(rest) if rest != text else 0) or _line_of_publication(rest)
        line, rest = rest[:after].strip(), rest[after:].lstrip()
    if line:
        day, *updated = re.split(r"\s*(?=\(updated)", line)
        left.extend(Left(words, "publication line") for words in updated)
        yield day
    controls = _CONTROLS.match(rest)
    if controls is not None:
        left.append(Left(controls[0], "publication line"))
        rest = rest[controls.end() :].lstrip()
    yield rest


def _line_of_publication(text: str) -> int:
    """Return where the day that a paragraph begins with ends, with the words and times around it; 0 where it has none.

    >>> _line_of_publication("Last updated at Jul 17 2015 Barrel bombs killed eleven people on Thursday in the town.")
    27
    >>> _line_of_publication("On 17 July 2015 barrel bombs killed eleven people.")
    0
    """
    end = _printed_day(text)
    return end if end and re.match(rf"\s+{_BEGINS}", text[end:]) else 0


def _printed_day(text: str) -> int:
    found = find_day(text[:HEAD])
    bare = _BARE_DAY.match(text)
    if found is None and bare is None:
        return 0
    start, end = bare.span() if bare is not None else found[1:]  # type: ignore[index]
    header = _HEADER_WORDS.match(text)
    if header is None or header.end() != start or text[:start].strip().lower() in ("on", "at", "of"):
        return 0
    after = _AFTER_DAY.match(text, end)
    return after.end() if after is not None else end


def _agency_and_day(text: str) -> int:
    """Return where "AFP Monday 6 Oct 2014" ends that a paragraph begins with; 0 where it begins otherwise."""
    agency = _AGENCY_AND_DAY.match(text)
    if agency is None or not is_outlet(agency["agency"]):
        return 0
    end = _line_of_publication(text[agency.end() :])
    return agency.end() + end if end else 0


def _without_title(text: str, title: str | None, left: list[Left]) -> tuple[str, str]:
    """Return what stands before the article's title where a text begins with it once more, and what follows it.

    Without it that is "" and the text. Before it stands at most a line of publication: "Posted on 4 May 2016 by Jo".
    """
    for name in _title_names(title or ""):
        for start in _starts(name, text):
            end = _end_of(name, text[start:])
            rest = text[start + end :].lstrip(" .:|-–—") if end else ""
            if rest and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"‘'("):
                left.append(Left(text[start : len(text) - len(rest)].strip(), "repeats the title"))
                return text[:start].strip(), rest
    return "", text


def _starts(name: str, text: str) -> Iterator[int]:
    """Yield where a title may begin in a text: at its beginning, or by its first word after a line of publication."""
    first = name.split()[0] if name.split() else ""
    yield 0
    line = _printed_day(text)
    if line and first:
        yield from (m.start() for m in re.finditer(re.escape(first), text[:HEAD]) if m.start() >= line)


def _part_title(draft: Draft) -> Draft:
    """Return the draft without the outlet and its section at the title's end: "Six killed - World - Ahram Online"."""
    head, _, outlet = (draft.title or "").rpartition(" | ")
    if not head:
        head, _, outlet = (draft.title or "").rpartition(" - ")
    if not head or len(outlet.split()) < 2 or not is_outlet(outlet):
        return draft
    while (cut := head.rfind(" - ")) > 0 and len(head[cut:].split()) <= 2:
        head = head[:cut]
    left = (*draft.left, Left((draft.title or "")[len(head) :].strip(" |-"), "outlet's name at the title"))
    return replace(draft, title=head, publisher=draft.publisher or outlet, left=left)


def _title_names(title: str) -> Iterator[str]:
    """Yield a title, and the title without the outlet or section at its end: "Six killed - World - Levant Wire"."""
    yield title
    while (cut := max(title.rfind(" | "), title.rfind(" - "))) > 0:
        title = title[:cut]
        yield title


def _end_of(name: str, text: str) -> int:
    """Return where a text ends to have the letters and digits of a name at its beginning; 0 where it has others."""
    key = [char for char in name.lower() if char.isalnum()]
    if len(key) < 2 * SHORT:
        return 0
    position = 0
    for i, char in enumerate(text):
        if position == len(key):
            return 0 if char.isalnum() else i
        if not char.isalnum():
            continue
        if char.lower() != key[position]:
            return 0
        position += 1
    return 0


# --- captions, credits and links ------------------------------------------------------------------------------------


def _part_captions(piece: Piece, left: list[Left]) -> Iterator[Piece]:
    """Yield a paragraph in pieces: its sentences, and the captions that credits stand behind."""
    text = piece.text
    while (signed := _SIGNATURE.search(text)) is not None:
        start = _start_of_post(text[: signed.start()])
        yield from _part_captions(replace(piece, text=text[:start].rstrip()), left)
        who = f"{signed['who']} (@{signed['handle']})" if signed["who"] else f"(@{signed['handle']})"
        yield Piece("quote", text[start : signed.start()].strip(), who)
        left.append(Left(signed[0].strip(), "signature of a post"))
        text = text[signed.end() :].lstrip()
    while (found := _find_mark(text)) is not None:
        mark, match = found
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        cut = match[0].strip()
        if mark.where == "inside" and not mark.caption and (linked := _linked_title(after)):
            cut, after = f"{cut} {after[:linked].strip()}", after[linked:].lstrip()
        left.append(Left(cut, mark.reason))
        start = _start_of_caption(before)
        if mark.caption and not _REPORTS.match(before[start:]):
            yield replace(piece, text=before[:start].rstrip())
            yield Piece("caption", before[start:])
        else:
            yield replace(piece, text=before)
        text = after
    yield replace(piece, text=text)


def _find_mark(text: str) -> tuple[_Mark, re.Match[str]] | None:
    """Return the first mark inside a text, with something before and after it."""
    found = (
        (mark, match)
        for mark in _marks()
        if mark.where == "inside" and (match := mark.pattern.search(text)) is not None
        if match.start() > 0 or not mark.caption
    )
    return min(found, key=lambda pair: (pair[1].start(), -pair[1].end()), default=None)


def _start_of_caption(before: str) -> int:
    """Return where the sentence that ends a text begins; a short one takes the sentence before it along."""
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    while ends and len(before[ends[-1] :].split()) < SHORT:
        ends.pop()
    return ends[-1] if ends else 0


def _start_of_post(before: str) -> int:
    """Return where the post that ends a text begins: its last sentence, or one before that speaks for itself."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(before))]
    within = [(a, b) for a, b in pairwise(starts) if len(before) - a <= POST]
    return next((a for a, b in within if _is_spoken(before[a:b])), starts[-1])


def _is_spoken(sentence: str) -> bool:
    """Tell whether a sentence is an outcry or speaks of "me" or "us"."""
    return sentence.rstrip().endswith("!") or words_of("voice").search(sentence) is not None


def _linked_title(text: str) -> int:
    """Return where the title of another page ends that a text begins with; 0 where it begins with a sentence.

    >>> text = "Ten Rebels Killed in Sea Battle Off the Coast The navy said it had lost a ship."
    >>> text[_linked_title(text):]
    'The navy said it had lost a ship.'
    """
    words = [(match[0], match.start()) for match in re.finditer(r"\S+", text)]
    small = next((i for i, (word, _) in enumerate(words) if word[0].islower() and word not in _SMALL), len(words))
    dateline = next((i for i, (word, _) in enumerate(words[:small]) if i >= LINKED and word.startswith("(")), None)
    if dateline is not None and words[dateline - 1][0].isupper():
        return words[dateline - 1][1]
    for i in range(min(small, len(words)) - 1, max(LINKED, small - 7) - 1, -1):
        if _OPENING.match(words[i][0]):
            return words[i][1]
    return 0


def _cut_ends(text: str, left: list[Left]) -> str:
    """Return an article's last paragraph without the signatures, sources and links glued to its end."""
    cut = True
    while cut:
        cut = False
        for mark in _marks():
            match = mark.pattern.search(text) if mark.where == "end" else None
            if match is not None and match.start() > 0 and (mark.reason != _LINKS or _is_titles(match[0])):
                left.append(Left(match[0].strip(), mark.reason))
                text, cut = text[: match.start()].rstrip(), True
    return text


_LINKS = "links to other pages"


def _is_titles(text: str) -> bool:
    """Tell whether most words of a text have a capital or a digit, as titles have."""
    words = [word for word in text.split() if word.lower() not in _SMALL]
    return 2 * sum(not word[0].islower() for word in words) > len(words)
