"""What the brief says, section by section: each line knows how to say it in the columns it is given."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from mene.picture.claims import STATE_MODES
from mene.picture.origins import OriginGroup
from mene.picture.tellings import FACTS
from mene.records import Backing, Dispute, Holding, Outlook, Signal
from mene.report.contents import Contents, Worth
from mene.report.happenings import Happening, judge, phrase_event
from mene.report.rows import (
    judge_position,
    name_place,
    order_backings,
    order_disputes,
    order_holdings,
    order_signals,
    say_control,
    say_row,
    say_signal,
)
from mene.report.words import (
    MODALITY_WORDS,
    plain,
    say_day,
    say_likelihood,
    say_number,
    say_numbers,
    say_percent,
    say_share,
    say_when,
)

_LATEST_DAYS = 7
"""Days before the last told event within which importance, and not the day, decides what comes first."""
_LEAST_QUOTE = 18
"""Columns: a quotation that would be cut shorter is left out."""

_MOST_POSITIONS = 3

Writer = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is laid out: what it says in so many columns, in what style, and its tail.

    A line that is `joined` to the one above is shown only together with it.
    """

    write: Writer
    worth: Worth | None = None
    style: str = ""
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of a section, the most important first; `noun` counts those that do not fit."""

    label: str
    lines: Sequence[Line]
    noun: str = ""


def fit(text: str, room: int) -> str:
    """Return text cut to a number of columns at the end of a word, with a sign that it was cut.

    >>> fit("The rebels have taken Hama", 18), fit("Hama", 18)
    ('The rebels have …', 'Hama')
    """
    if cell_len(text) <= room:
        return text
    kept, used = [], 0
    for one in text:
        used += cell_len(one)
        if used > room - 2:
            break
        kept.append(one)
    cut = "".join(kept)
    whole = cut.rsplit(" ", 1)[0] if " " in cut[len(cut) // 2 :] else cut
    return f"{whole.rstrip(' ,;:(|')} …"


def shortest_of(*wordings: str) -> Writer:
    """Return a writer of the first wording that fits, else of the last one, cut."""

    def write(room: int) -> str:
        fitting = (one for one in wordings if cell_len(one) <= room)
        return next(fitting, fit(wordings[-1], room))

    return write


# --- the picture ------------------------------------------------------------------------------------------------------


def holding_lines(contents: Contents) -> list[Line]:
    """Return who holds what, what most origins say first."""
    return [_holding_line(row, contents) for row in order_holdings(contents)]


def _holding_line(row: Holding, contents: Contents) -> Line:
    place, control, likely = name_place(row.place), say_control(row, contents), say_likelihood(row.belief)
    day = say_day(row.since, year=contents.year) if row.since else ""
    since, comma = (f" since {day}", f", {day}") if day else ("", "")
    short, vague = contents.abbreviate(control.holder), place.removeprefix("somewhere ")
    wordings = [
        f"{place}: {control.words}{since}; {likely}",
        f"{place}: {control.status} {control.holder}{since}; {likely}",
        f"{place}: {control.status} {short}{since}; {likely}",
        f"{place}: {control.status} {control.holder}{comma}; {likely}",
        f"{place}: {control.status} {control.holder}; {likely}",
        f"{place}: {control.status} {short}; {likely}",
        f"{vague}: {control.status} {short}; {likely}",
        f"{vague}: {short.removeprefix('by ')}; {likely}" if row.status == "held" else "",
        f"{place}: {control.status} {control.holder}",
        f"{place}: {control.status}; {likely}",
    ]
    return Line(
        shortest_of(*filter(None, wordings)),
        contents.worth(row),
        "" if row.status in ("held", "abandoned") else "italic",
    )


def backing_lines(contents: Contents) -> list[Line]:
    """Return who backs whom and which way that is going, facts first, history last."""
    return [_backing_line(row, contents) for row in order_backings(contents)]


def _backing_line(row: Backing, contents: Contents) -> Line:
    day = f", {say_day(row.since, year=contents.year)}" if row.since and not row.background else ""
    words = say_row(row)
    is_fact = row.modality in FACTS and not row.background
    return Line(shortest_of(words + day, words), contents.worth(row), "" if is_fact else "italic")


def dispute_lines(contents: Contents) -> list[Line]:
    """Return what is disputed, a line for each position, those of one dispute never parted."""
    return [line for row in order_disputes(contents) for line in _positions(row, contents)]


def _positions(row: Dispute, contents: Contents) -> list[Line]:
    settled = "settled: " if row.resolved_by else ""
    subject = plain(row.subject).removeprefix("who holds ")
    more = len(row.positions) - _MOST_POSITIONS
    lines = []
    for place, position in enumerate(row.positions[:_MOST_POSITIONS]):
        named = f"{subject}: " if subject not in position.claim else ""
        before = f"{settled}{named}" if place == 0 else "or " + (f"({more} more) " if more > 0 and place else "")
        claim, worth = plain(position.claim), judge_position(row, place, contents)
        writer = shortest_of(before + claim, (settled if place == 0 else "or ") + claim)
        lines.append(Line(writer, worth, "italic", joined=place > 0))
    return lines


# --- what happened, and what did not ----------------------------------------------------------------------------------


def latest_lines(contents: Contents, happenings: Iterable[Happening]) -> list[Line]:
    """Return what happened: the last week before older days, what most origins tell first; a state is no news."""
    facts = [one for one in happenings if one.is_fact and one.event.mode not in STATE_MODES]
    last = max((_day(one) for one in facts), default=date.min)
    facts.sort(key=lambda one: (one.weight, _day(one)), reverse=True)
    facts.sort(key=lambda one: (last - _day(one)).days > _LATEST_DAYS)
    return [_happening_line(one, contents) for one in facts]


def _day(happening: Happening) -> date:
    return happening.event.occurred_end or happening.statement.published_at or date.min


def _happening_line(one: Happening, contents: Contents) -> Line:
    when = f"{say_when(one.event, year=contents.year)}: " if one.event.occurred_start else ""
    numbers = say_numbers(one.event.numbers)
    return Line(_write_event(one, when, f" ({plain(numbers)})" if numbers else ""), one.worth)


def _write_event(one: Happening, before: str, after: str) -> Writer:
    """Return a writer of an event: in words, then as much of the statement as there is room for."""
    whole, brief = before + phrase_event(one.event) + after, before + phrase_event(one.event, briefly=True)
    text = plain(one.statement.text)

    def write(room: int) -> str:
        words = whole if cell_len(whole) <= room else fit(brief, room)
        left = room - cell_len(words) - 4
        return f"{words}: “{fit(text, left)}”" if left >= min(_LEAST_QUOTE, cell_len(text)) else words

    return write


def unreal_lines(happenings: Iterable[Happening]) -> list[Line]:
    """Return what is told as planned, possible, denied and so on; each kind is counted where it first stands."""
    unreal = [one for one in happenings if one.modality not in FACTS and not one.background]
    counts = Counter(one.modality for one in unreal)
    unreal.sort(key=lambda one: (one.weight, _day(one)), reverse=True)
    # The first of each kind before the second of any: a reader sees all the ways in which things are not so.
    met: Counter[str] = Counter()
    ranked: list[tuple[int, Happening]] = []
    for one in unreal:
        ranked.append((met[one.modality], one))
        met[one.modality] += 1
    ranked.sort(key=lambda pair: pair[0])
    return [_unreal_line(one, counts[one.modality] if place == 0 else 0) for place, one in ranked]


def _unreal_line(one: Happening, count: int) -> Line:
    of = f" (1 of {count})" if count > 1 else ""
    origin = plain(one.statement.origin.name or one.statement.origin.kind)
    return Line(_write_event(one, f"{MODALITY_WORDS[one.modality]}{of}: ", f" ({origin})"), one.worth, "italic")


# --- sources, opinion, leaders, what was dropped ----------------------------------------------------------------------


def source_lines(contents: Contents) -> list[Line]:
    """Return who says how much: the outlets' own share and the unnamed, then each origin, who says most first."""
    groups = [one for one in contents.groups if one.source.kind != "outlet"]
    if not groups:
        return []
    told = len(contents.statements)
    unnamed = sum(len(one.statement_ids) for one in groups if one.source.kind == "unnamed")
    own = told - sum(len(one.statement_ids) for one in groups)
    shares = f"the outlets' own word {say_share(own, told)}, unnamed sources {say_share(unnamed, told)}"
    ranked = sorted(groups, key=lambda one: (-len(one.statement_ids), one.key))
    most = "; most: " + ", ".join(f"{_name_origin(one)} {len(one.statement_ids)}" for one in ranked)
    first = Line(lambda room: fit(shares + most, room) if room > cell_len(shares) else fit(shares, room))
    return [first, *(_source_line(one, contents) for one in ranked)]


def _source_line(group: OriginGroup, contents: Contents) -> Line:
    said = [contents.statements[key] for key in group.statement_ids if key in contents.statements]
    longest = max(said, key=lambda one: (bool(contents.events_of.get(one.id)), len(one.text)))
    name = _name_origin(group)
    head = f"{contents.abbreviations.get(name, name)} {len(said)}"
    text = plain(longest.text)

    def write(room: int) -> str:
        left = room - cell_len(head) - 4
        return f"{head}: “{fit(text, left)}”" if left >= min(_LEAST_QUOTE, cell_len(text)) else fit(head, room)

    ids = [longest.id, *(one.id for one in said if one is not longest)]
    return Line(write, judge(ids, contents, longest.modality))


def _name_origin(group: OriginGroup) -> str:
    return plain(group.name or group.source.kind)


def opinion_lines(contents: Contents) -> list[Line]:
    """Return the share of opinion with its loaded words; the id leads to the most loaded statement."""
    opinions = [one for one in contents.statements.values() if one.kind == "opinion"]
    if not opinions:
        return []
    strongest = max(opinions, key=lambda one: (len(one.tone.loaded), one.tone.subjectivity))
    words = dict.fromkeys(f"“{plain(word.text)}”" for one in opinions for word in one.tone.loaded)
    share = say_share(len(opinions), len(contents.statements))
    loaded = f": {', '.join(words)}" if words else ""
    text = f"{len(opinions)} of {say_number(len(contents.statements), 'statement')} ({share}){loaded}"
    return [Line(shortest_of(text), judge([strongest.id], contents, strongest.modality), "italic")]


def leader_lines(contents: Contents) -> list[Line]:
    """Return, for each leader, the outlook and then the signals, strongest first; whom most signals concern first."""
    by_leader = {one.leader: order_signals(one.leader, contents) for one in contents.outlook}
    lines = []
    for outlook in sorted(contents.outlook, key=lambda one: -sum(row.strength for row in by_leader[one.leader])):
        lines.append(Line(_write_outlook(outlook, contents), style="bold"))
        rows = by_leader[outlook.leader]
        lines += [_signal_line(row, contents, joined=place == 0) for place, row in enumerate(rows)]
    return lines


def _write_outlook(outlook: Outlook, contents: Contents) -> Writer:
    leader, days, base = plain(contents.leader(outlook.leader)), outlook.horizon_days, say_percent(outlook.base_rate)
    if outlook.probability is None:
        return shortest_of(
            f"{leader}: not calibrated; base rate: {base} of leaders in a like place lose power within {days} days",
            f"{leader}: not calibrated; base rate: {base} lose power in {days} days",
        )
    within = f" ({say_percent(outlook.interval[0])} to {say_percent(outlook.interval[1])})" if outlook.interval else ""
    words = f"{leader} losing power in {days} days: {outlook.band}, {say_percent(outlook.probability)}"
    return shortest_of(f"{words}{within}; base rate {base}", f"{words}; base rate {base}")


def _signal_line(row: Signal, contents: Contents, *, joined: bool) -> Line:
    day = f", {say_day(row.day, year=contents.year)}" if row.day else ""
    words = f"{row.stance}: {say_signal(row, contents)}"
    return Line(shortest_of(words + day, words), contents.worth(row), joined=joined)


def dropped_lines(contents: Contents) -> list[Line]:
    """Return what was left out, counted by reason."""
    if not contents.dropped:
        return []
    reasons = Counter(plain(one.reason) for one in contents.dropped)
    words = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common(4))
    more = f", {len(reasons) - 4} other reasons" if len(reasons) > 4 else ""
    return [Line(shortest_of(f"{say_number(len(contents.dropped), 'passage')}: {words}{more}"), style="dim")]
