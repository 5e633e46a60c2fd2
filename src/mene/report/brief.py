"""The terminal brief: at most 25 lines, each claim ending in rating, origins, copies and the id to look it up by.

Sections, in this order: what was read; who holds what; who backs whom; what is disputed; what happened last; what is
*not* fact; who said how much; opinion; signals for those in power; what was dropped. What does not fit is counted on
the last line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from mene.picture import OriginGroup
from mene.records import Article, Dropped, Event, Outlook, Picture, Signal, Statement
from mene.report.brief_lines import (
    Line,
    Section,
    backing_lines,
    dispute_lines,
    dropped_lines,
    fit,
    holding_lines,
    latest_lines,
    leader_lines,
    opinion_lines,
    source_lines,
    unreal_lines,
)
from mene.report.contents import Contents, IsSide, Worth, gather_contents, has_id
from mene.report.happenings import gather_happenings
from mene.report.words import plain, say_day, say_days, say_number

MOST_LINES = 25
_LABEL = 9
_WIDE = 96
"""Columns from which the tail is written out; below, it is the bare counts, and the header says what they are."""
_LEGENDS = {True: "rating · independent origins, copies · claim", False: "rating · origins/copies · claim"}
_RESERVE = {"places": 5, "backing": 2, "disputed": 3, "latest": 3, "not fact": 3, "sources": 1, "leaders": 3}
"""Lines each section may take before the rest is shared out, in this order: 20, with five for the other lines."""
_RESERVE_OF_ONE = {**_RESERVE, "places": 4, "backing": 1, "disputed": 2, "latest": 2, "sources": 6, "leaders": 2}
"""The same for a single article, whose reader asks first who said what."""


def write_brief(
    picture: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    signals: Iterable[Signal],
    outlook: Iterable[Outlook],
    dropped: Iterable[Dropped],
    *,
    articles: Iterable[Article],
    names: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
    is_side: IsSide = has_id,
    origins: Sequence[OriginGroup] | None = None,
    width: int = 100,
) -> tuple[Text, ...]:
    """Return the brief, at most 25 lines of at most `width` columns (at least 60), to be printed one below the other.

    `letters` are the Admiralty letters of sources. `names` gives the names of leaders and indicators by their ids;
    without them they are made from the ids. `origins` are those of the statements, where they are folded already.
    """
    contents = gather_contents(
        picture,
        statements,
        events,
        articles=articles,
        signals=signals,
        outlook=outlook,
        dropped=dropped,
        names=names,
        letters=letters,
        is_side=is_side,
        origins=origins,
    )
    return lay_out(contents, width=max(width, 60))


def lay_out(contents: Contents, *, width: int) -> tuple[Text, ...]:
    """Return the lines of the brief."""
    head = _header(contents, width)
    if not contents.statements:
        return (
            *head,
            Text("Nothing that anybody says was found; `mene read --json` shows what was left out, and why."),
        )
    happenings = gather_happenings(contents)
    sections = [
        Section("places", holding_lines(contents), "place"),
        Section("backing", backing_lines(contents), "backing"),
        Section("disputed", dispute_lines(contents), "dispute"),
        Section("latest", latest_lines(contents, happenings), "event"),
        Section("not fact", unreal_lines(happenings), "unproven event"),
        Section("sources", source_lines(contents), "source"),
        Section("opinion", opinion_lines(contents)),
        Section("leaders", leader_lines(contents), "signal"),
        Section("dropped", dropped_lines(contents)),
    ]
    room = MOST_LINES - len(head) - 1
    reserve = _RESERVE_OF_ONE if len(contents.articles) == 1 else _RESERVE
    shown = {
        section.label: section.lines[:count]
        for section, count in zip(sections, _share(sections, room, reserve), strict=True)
    }
    rest = _rest_line(sections, shown)
    tails = _Tails.of([line.worth for lines in shown.values() for line in lines if line.worth], width)
    body = [one for label, lines in shown.items() for one in _lay_section(label, lines, tails, width)]
    return (*head, *body, *([Text(fit(rest, width), "dim", no_wrap=True)] if rest else []))


def _share(sections: Sequence[Section], room: int, reserve: Mapping[str, int]) -> list[int]:
    """Return how many lines each section gets: first its reserve, then what is left over, in the order of sections."""
    counts = [min(len(section.lines), reserve.get(section.label, 1)) for section in sections]
    spare = room - sum(counts)
    for place, section in enumerate(sections):
        more = min(len(section.lines) - counts[place], spare)
        if more > 0 and section.label in reserve:
            counts[place] += more
            spare -= more
    return [_whole(section.lines, count) for section, count in zip(sections, counts, strict=True)]


def _whole(lines: Sequence[Line], count: int) -> int:
    """Return a count of lines that parts no joined ones."""
    while 0 < count < len(lines) and lines[count].joined:
        count -= 1
    return count


def _rest_line(sections: Sequence[Section], shown: dict[str, Sequence[Line]]) -> str:
    left = [(_heads(one.lines) - _heads(shown[one.label]), one.noun) for one in sections if one.noun]
    words = [f"+{say_number(count, noun)}" for count, noun in left if count > 0]
    return f"{', '.join(words)} more: mene read --json, or mene report" if words else ""


def _heads(lines: Sequence[Line]) -> int:
    return sum(not line.joined for line in lines)


# --- layout -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tails:
    """The tails of all lines, written so that they stand below each other."""

    is_wide: bool
    origins: int
    copies: int
    width: int

    @classmethod
    def of(cls, worths: Sequence[Worth], width: int) -> "_Tails":
        """Return the columns that the tails need."""
        is_wide = width >= _WIDE
        parts = [_counts(one, is_wide) for one in worths] or [("", "")]
        origins, copies = (max(len(part[place]) for part in parts) for place in (0, 1))
        ids = max((len(one.id) for one in worths), default=0)
        return cls(
            is_wide, origins, copies, len("F2 · , · " if is_wide else "F2 · / · ") + is_wide + origins + copies + ids
        )

    def write(self, worth: Worth) -> str:
        """Return a tail: "F2 · 2 origins, 5 copies · h3fa2c1", or "F2 · 2/5 · h3fa2c1" where there is little room."""
        origins, copies = _counts(worth, self.is_wide)
        between = ", " if self.is_wide else "/"
        counts = f"{origins:>{self.origins}}{between}{copies:<{self.copies}}"
        return f"{worth.rating} · {counts} · {worth.id}"


def _counts(worth: Worth, is_wide: bool) -> tuple[str, str]:
    if not is_wide:
        return str(worth.origins), str(worth.copies)
    return say_number(worth.origins, "origin"), say_number(worth.copies, "copy", "copies")


def _lay_section(label: str, lines: Sequence[Line], tails: _Tails, width: int) -> list[Text]:
    return [_lay("" if place else label, line, tails, width) for place, line in enumerate(lines)]


def _lay(label: str, line: Line, tails: _Tails, width: int) -> Text:
    """Return a line with its label on the left and its tail on the right, never wider than `width`."""
    room = width - _LABEL - (tails.width + 2 if line.worth else 0)
    text = Text(no_wrap=True, overflow="crop")
    text.append(f"{label:<{_LABEL}}", "bold")
    body = line.write(room)
    text.append(body, line.style)
    if line.worth:
        text.append(" " * (room - cell_len(body) + 2))
        text.append(tails.write(line.worth), "dim")
    return text


def _header(contents: Contents, width: int) -> list[Text]:
    articles = tuple(contents.articles.values())
    read = f"Read: {say_number(len(articles), 'article')}, {say_number(len(contents.groups), 'independent origin')}, "
    whole = f"{read}{say_number(len(contents.statements), 'statement')}; {say_as_of(contents.picture)}"
    legend = _LEGENDS[width >= _WIDE]
    words = fit(_name_articles(articles), width - len(legend) - 2)
    gap = " " * (width - cell_len(words) - len(legend))
    return [Text(fit(whole, width), "bold", no_wrap=True), Text(words + gap + legend, "dim", no_wrap=True)]


def say_as_of(picture: Picture) -> str:
    """Return for what days a picture stands, in words."""
    known = f"as known on {say_day(picture.known)}" if picture.known else "with all that is known"
    return f"true on {say_day(picture.on)}, {known}" if picture.on else known


def _name_articles(articles: Sequence[Article]) -> str:
    days = sorted(one.published_at for one in articles if one.published_at)
    if len(articles) == 1:
        return f"{plain(articles[0].publisher or 'unnamed outlet')}, {say_day(days[0]) if days else 'no date'}"
    outlets = len({one.publisher for one in articles})
    when = f", {say_days(days[0], days[-1])}" if days else ""
    return f"{say_number(outlets, 'outlet')}{when}"
