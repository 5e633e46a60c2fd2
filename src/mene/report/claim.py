"""`mene claim ID`: a statement in its sentence with its chain, or a row of the picture with its evidence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.text import Text

from mene.picture import OriginGroup
from mene.picture.tellings import modality_of
from mene.records import (
    Article,
    Backing,
    Citation,
    Dispute,
    Event,
    Evidence,
    Holding,
    Naming,
    Occurrence,
    Picture,
    Presence,
    Signal,
    Source,
    Statement,
)
from mene.report.contents import Claim, Contents, IsSide, find_claim, gather_contents, has_id
from mene.report.happenings import judge, phrase_event, show_event
from mene.report.marks import Mark, mark_sentence
from mene.report.rows import (
    name_place,
    say_control,
    say_presence,
    say_row,
    say_signal,
)
from mene.report.words import (
    MODALITY_WORDS,
    join_names,
    plain,
    say_day,
    say_grade,
    say_likelihood,
    say_loaded,
    say_number,
    say_numbers,
    say_percent,
    say_when,
)

STYLES: dict[Mark, str] = {
    "content": "bold",
    "source": "underline cyan",
    "cue": "yellow",
    "place": "green",
    "day": "blue",
    "deciding": "reverse",
    "loaded": "italic magenta",
}
_INDENT = "    "


def write_claim(
    claim_id: str,
    picture: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    signals: Iterable[Signal] = (),
    *,
    articles: Iterable[Article],
    names: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
    is_side: IsSide = has_id,
    origins: Sequence[OriginGroup] | None = None,
    colour: bool = True,
) -> tuple[Text, ...]:
    """Return what stands behind a claim, line by line. `claim_id` may be any beginning that only one id has.

    Without `colour` the marks in the sentence are labelled brackets. Raises InputError where no claim, or more than
    one, begins so.
    """
    contents = gather_contents(
        picture,
        statements,
        events,
        articles=articles,
        signals=signals,
        names=names,
        letters=letters,
        is_side=is_side,
        origins=origins,
    )
    return tuple(_write(find_claim(claim_id, contents), contents, colour))


def _write(claim: Claim, contents: Contents, colour: bool) -> Iterator[Text]:
    match claim:
        case Statement():
            yield from _write_statement(claim, contents, colour)
        case Event():
            yield from _write_statement(contents.statements[claim.statement_id], contents, colour)
        case Occurrence():
            yield from _write_occurrence(claim, contents, colour)
        case Holding():
            yield from _write_holding(claim, contents, colour)
        case Dispute():
            yield from _write_dispute(claim, contents, colour)
        case Backing():
            day = f", since {say_day(claim.since)}" if claim.since else ""
            yield from _head(f"{say_row(claim)}{day}", claim.belief, claim, contents)
            yield from _evidence("Evidence", claim.evidence, contents, colour)
        case Presence():
            yield from _head(say_presence(claim), claim.belief, claim, contents)
            yield from _evidence("Evidence", claim.evidence, contents, colour)
        case Signal():
            yield from _write_signal(claim, contents, colour)


# --- a statement ------------------------------------------------------------------------------------------------------


def _write_statement(statement: Statement, contents: Contents, colour: bool) -> Iterator[Text]:
    yield Text(f"{contents.id(statement.id)} · {statement.kind}", "bold")
    yield Text()
    yield _sentence(statement, contents, colour)
    yield Text()
    yield _field("chain", say_chain(statement.sources))
    yield _field("factuality", say_factuality(statement, contents))
    for denied in (contents.statements[key] for key in statement.denies if key in contents.statements):
        yield _field("denies", f"{contents.id(denied.id)} · {say_chain(denied.sources)}: “{plain(denied.text)}”")
    yield _field("tone", say_tone(statement))
    yield _field("dates", say_dates(statement))
    yield _field("worth", judge([statement.id], contents, statement.modality).counts)
    for event in contents.events_of.get(statement.id, ()):
        yield _field("event", say_event(event, statement) + _told_elsewhere(event, contents))
    yield from _copies(contents.group_of[statement.id], statement, contents)


def _field(name: str, value: str) -> Text:
    return Text.assemble((f"{name:<12}", "bold"), value)


def _sentence(statement: Statement, contents: Contents, colour: bool, *, before: str = "") -> Text:
    """Return the sentence with its source, cue, content, deciding and loaded words marked."""
    pieces = mark_sentence(statement, contents.articles.get(statement.evidence.article_id))
    if not colour:
        return Text(before + label_pieces(pieces))
    text = Text(before)
    for words, marks in pieces:
        text.append(plain_inside(words), " ".join(STYLES[one] for one in marks))
    return text


def label_pieces(pieces: Iterable[tuple[str, tuple[Mark, ...]]]) -> str:
    """Return marked pieces with the marks as labelled brackets, those inside the content nested in it.

    >>> label_pieces([("He ", ("content",)), ("may", ("content", "deciding")), (" go", ("content",)), (".", ())])
    '[content: He {deciding: may} go].'
    """
    labelled, is_open = "", False
    for words, marks in pieces:
        if is_open and "content" not in marks:
            labelled, is_open = labelled + "]", False
        if "content" in marks and not is_open:
            labelled, is_open = labelled + "[content: ", True
        inner = "+".join(mark for mark in marks if mark != "content")
        brackets = ("{", "}") if is_open else ("[", "]")
        labelled += f"{brackets[0]}{inner}: {plain(words)}{brackets[1]}" if inner else plain_inside(words)
    return labelled + ("]" if is_open else "")


def plain_inside(words: str) -> str:
    """Return a piece of a sentence made plain, keeping the spaces at its ends.

    >>> plain_inside(" took\\nHama ")
    ' took Hama '
    """
    before, after = words[:1].isspace(), words[-1:].isspace()
    return f"{' ' if before else ''}{plain(words)}{' ' if after and plain(words) else ''}"


def say_chain(sources: Sequence[Source]) -> str:
    """Return who told whom, the outlet first and the origin last.

    >>> say_chain([Source("Ann Lee", "official", "an adviser"), Source("Wire", "outlet")])
    'Wire -> Ann Lee (an adviser; official), the origin'
    """
    if len(sources) == 1 and sources[0].kind == "outlet":
        return f"{plain(sources[0].name or 'unnamed outlet')} itself"
    outer = [plain(one.name or f"unnamed {one.kind}") for one in reversed(sources[1:])]
    origin = sources[0]
    about = "; ".join(plain(part) for part in (origin.role, origin.kind) if part)
    return " -> ".join([*outer, f"{plain(origin.name or 'unnamed')} ({about}), the origin"])


def say_factuality(statement: Statement, contents: Contents) -> str:
    """Return the modality of a statement with the words that decide it."""
    words = [f"“{plain(one)}”" for one in spans(statement.deciding, contents)]
    because = f", because of {', '.join(words)}" if words else ""
    return f"{MODALITY_WORDS[statement.modality]} ({say_grade(statement.factuality)} of -3 to +3){because}"


def spans(evidence: Iterable[Evidence], contents: Contents) -> list[str]:
    """Return the words at spans of the articles at hand."""
    found = ((contents.articles.get(one.article_id), one) for one in evidence)
    return [article.text[one.start : one.end] for article, one in found if article]


def say_tone(statement: Statement) -> str:
    """Return how a statement is worded, with its loaded words."""
    loaded = say_loaded(statement.tone.loaded)
    grade = say_percent(statement.tone.subjectivity)
    return f"subjectivity {grade}{f'; loaded: {loaded}' if loaded else '; no loaded words'}"


def say_dates(statement: Statement) -> str:
    """Return the dates of a statement, each by its name."""
    dates = (
        ("said", statement.said_at),
        ("published", statement.published_at),
        ("first seen", statement.first_seen),
    )
    return ", ".join(f"{name} {say_day(day)}" for name, day in dates if day) or "no date known"


def say_event(event: Event, statement: Statement) -> str:
    """Return an event in words, with its type, its modality, its days and its numbers."""
    modality = modality_of(event, statement)
    background = "background, " if event.background else ""
    parts = [f"{event.type}{f' ({event.mode})' if event.mode else ''}: {phrase_event(event)}"]
    parts += [f"{background}{MODALITY_WORDS[modality]}", say_when(event)]
    numbers = plain(say_numbers(event.numbers))
    return "; ".join([*parts, *([numbers] if numbers else [])])


def _told_elsewhere(event: Event, contents: Contents) -> str:
    """Return where the event is shown with all that tell it, where others do."""
    whole = contents.occurrence_of.get(event.id)
    if whole is None or len(whole.members) < 2:
        return ""
    return f"; told {len(whole.members)} times: {contents.id(whole.id)}"


def _copies(group: OriginGroup, statement: Statement, contents: Contents) -> Iterator[Text]:
    first = contents.first_telling(statement.id)
    if first != statement.id:
        reason = next(copy.reason for copy in group.copies if copy.statement_id == statement.id)
        yield _field("copy of", f"{_cited(contents.statements[first], contents)} ({reason})")
    copies = [copy for copy in group.copies if copy.of == first and copy.statement_id != statement.id]
    if copies:
        yield _field("copies", f"{len(copies)} folded under {plain(group.name or group.source.kind)}")
    for copy in copies:
        yield Text(f"{_INDENT}{_cited(contents.statements[copy.statement_id], contents)} ({copy.reason})")


def _cited(statement: Statement, contents: Contents) -> str:
    outlet = contents.outlet(statement.evidence.article_id)
    return f"{outlet}, {say_day(statement.published_at)}, {contents.id(statement.id)}"


# --- rows of the picture ----------------------------------------------------------------------------------------------


def _head(
    words: str, belief: float | None, row: Holding | Backing | Presence | Signal, contents: Contents
) -> Iterator[Text]:
    yield Text(words, "bold")
    likely = f"{say_likelihood(belief)} ({say_percent(belief)}) · " if belief is not None else ""
    yield Text(f"{likely}{contents.worth(row)}", "dim")


def _write_holding(row: Holding, contents: Contents, colour: bool) -> Iterator[Text]:
    since = f" since {say_day(row.since)}" if row.since else ""
    words = f"{name_place(row.place)}: {say_control(row, contents).words}{since}"
    yield from _head(words, row.belief, row, contents)
    yield from _evidence("For", row.evidence_for, contents, colour)
    yield from _evidence("Against", row.evidence_against, contents, colour)


def _write_occurrence(row: Occurrence, contents: Contents, colour: bool) -> Iterator[Text]:
    """Yield an event with who says what of it, and all that tell it, each origin with its copies folded under it."""
    members = [contents.events[one.event_id] for one in row.members]
    event = show_event(row, members[0], members)
    numbers = plain(say_numbers(row.numbers))
    words = [say_when(event), phrase_event(event), *([numbers] if numbers else [])]
    yield Text("; ".join(words), "bold")
    history = "background, " if row.background else ""
    how = f"{history}{MODALITY_WORDS[row.modality]} · one event: {say_likelihood(row.score)} ({say_percent(row.score)})"
    yield Text(f"{how} · {contents.worth(row)}", "dim")
    yield from _namings("by", row.actors)
    yield from _namings("to", row.recipients)
    if len(row.estimates) > 1:
        told = (f"{one.figure}: {plain(one.count.text)} ({_names(one.origins)})" for one in row.estimates)
        yield _field("figures", "; ".join(told))
    yield from _tellings(row.evidence, contents, colour)
    if row.evidence_against:
        yield from _evidence("Denied", row.evidence_against, contents, colour)


def _namings(title: str, named: Sequence[Naming]) -> Iterator[Text]:
    """Yield who is named, where that is more than one, each with the origins that say so."""
    if len(named) > 1:
        told = (
            f"{'or ' if one.kind == 'instead' else ''}{plain(one.participant.name)} ({_names(one.origins)})"
            for one in named
        )
        yield _field(title, "; ".join(told))


def _names(origins: Sequence[str]) -> str:
    return join_names([plain(origin) for origin in origins])


def _tellings(citations: Sequence[Citation], contents: Contents, colour: bool) -> Iterator[Text]:
    """Yield the sentences that tell an event under their origins; copies are named below what they copy."""
    by_origin: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in contents.told(citations):
        by_origin[contents.group_of[statement.id].key].append(statement)
    for told in by_origin.values():
        group = contents.group_of[told[0].id]
        pages = {one.evidence.article_id for one in told}
        copies = f", {say_number(len(pages) - 1, 'copy', 'copies')}" if len(pages) > 1 else ""
        yield Text()
        yield Text(f"{plain(group.name or group.source.kind)}{copies}", "bold")
        first = min(told, key=lambda one: (contents.first_telling(one.id) != one.id, contents.order[one.id]))
        yield from _pages(told, first.evidence.article_id, contents, colour)


def _pages(told: Sequence[Statement], first: str, contents: Contents, colour: bool) -> Iterator[Text]:
    """Yield the sentences of the page that told it first, and one line for each page that only tells it again."""
    again: dict[str, Statement] = {}
    sentences: set[Evidence] = set()
    for statement in told:
        if statement.evidence.article_id != first:
            again.setdefault(statement.evidence.article_id, statement)
        elif statement.sentence not in sentences:
            sentences.add(statement.sentence)
            yield _sentence(statement, contents, colour, before="  ")
            yield Text(f"{_INDENT}{say_chain(statement.sources)}; {_cited(statement, contents)}", "dim")
    for statement in again.values():
        yield Text(f"{_INDENT}copy: {_cited(statement, contents)}", "dim")


def _write_signal(row: Signal, contents: Contents, colour: bool) -> Iterator[Text]:
    day = f", {say_day(row.day)}" if row.day else ""
    words = f"{say_signal(row, contents)}{day}: {row.stance} {plain(contents.leader(row.leader))} staying in power"
    yield from _head(words, None, row, contents)
    yield Text(f"strength {row.strength:.2f} of 1; not calibrated", "dim")
    yield from _evidence("Evidence", row.evidence, contents, colour)


def _write_dispute(row: Dispute, contents: Contents, colour: bool) -> Iterator[Text]:
    kind = "estimates differ" if row.kind == "differs_in_estimate" else "disputed"
    yield Text(f"{plain(row.subject)}: {kind}", "bold")
    yield Text(contents.id(row.id), "dim")
    for position in row.positions:
        yield from _evidence(plain(position.claim), position.evidence, contents, colour)
    if row.resolved_by:
        yield from _evidence_lines("Settled by", [row.resolved_by], contents, colour, lambda _: "")


def _evidence(title: str, citations: Sequence[Citation], contents: Contents, colour: bool) -> Iterator[Text]:
    modality = {one.statement_id: one.modality for one in citations}
    keys = list(dict.fromkeys(one.statement_id for one in citations))
    yield from _evidence_lines(title, keys, contents, colour, lambda key: MODALITY_WORDS[modality[key]])


def _evidence_lines(
    title: str, keys: Sequence[str], contents: Contents, colour: bool, describe: Callable[[str], str]
) -> Iterator[Text]:
    yield Text()
    yield Text(f"{title}{'' if keys else ': nobody'}", "bold")
    for key in keys:
        statement = contents.statements.get(key)
        if statement is None:
            yield Text(f"  {contents.id(key)}: the statement is not at hand")
            continue
        yield _sentence(statement, contents, colour, before="  ")
        how = describe(key)
        words = f"{say_chain(statement.sources)}; {f'{how}; ' if how else ''}{_cited(statement, contents)}"
        yield Text(_INDENT + words, "dim")
