"""Why a row of the picture stands there: what each independent origin adds to it, and what they come to together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from mene.outlook.indicators import load_indicators
from mene.picture.belief import Grounds, Voice, factors, fade, heard
from mene.records import Backing, Citation, Dispute, Holding, Occurrence, Presence, Signal
from mene.report.contents import Contents
from mene.report.happenings import phrase_event, show_event
from mene.report.rows import name_place, say_control, say_presence, say_row, say_signal
from mene.report.why.records import Explanation, OriginReason, Reason, RowExplanation
from mene.report.why.words import say
from mene.report.words import MODALITY_WORDS, STATUS_WORDS, plain, say_day, say_number, say_percent, say_when

Row = Holding | Backing | Presence | Dispute | Occurrence | Signal
Explain = Callable[[str], Explanation | str]
"""Gives the explanation of an event by its id, or in words why there is none."""

SEEN_FADING = 0.995
"""A weight of which less is left is said to have faded."""

DISPUTED = "two independent origins tell what cannot both be so; a dispute weighs nobody and decides nothing"
DIFFERING = "independent origins give figures that do not overlap; they differ in their estimate and contradict nothing"


def explain_row(row: Row, contents: Contents, grounds: Mapping[str, Grounds], explain: Explain) -> RowExplanation:
    """Return why a row stands in the picture; `grounds` are what the rows were drawn from, by their ids."""
    match row:
        case Holding():
            words = f"{name_place(row.place)}: {say_control(row, contents).words}"
            found = grounds[row.id]
            why = [say("case", found.rule)] if found.rule is not None else []
            return _weighed(row, (words, STATUS_WORDS[row.status]), why, found, contents, explain)
        case Backing():
            why = ["the direction is the one told last; what is told of another one does not count"]
            if any(one.telling.event.type == "RETREAT" for one in grounds[row.id].voices):
                why.append(
                    "a known backer that pulls its forces out of the country of those it backs reduces its backing"
                )
            return _weighed(row, (say_row(row), row.direction), why, grounds[row.id], contents, explain)
        case Presence():
            return _weighed(row, (say_presence(row), row.movement), [], grounds[row.id], contents, explain)
        case Dispute():
            return _of_dispute(row, contents, explain)
        case Occurrence():
            return _of_occurrence(row, contents, explain)
        case Signal():
            return _of_signal(row, contents, explain)


# --- rows that are weighed --------------------------------------------------------------------------------------------


def _weighed(
    row: Holding | Backing | Presence,
    shown: tuple[str, str],
    because: Sequence[str],
    grounds: Grounds,
    contents: Contents,
    explain: Explain,
) -> RowExplanation:
    """Return a row's explanation; `shown` are the row and its status in words."""
    words, status = shown
    code = row.status if isinstance(row, Holding) else status
    reason = Reason("status", status, code, None, (*because, *_sum(grounds)), row.belief)
    ordered = sorted(heard(grounds.voices), key=lambda one: -abs(_left(one, grounds)))
    return RowExplanation(row.id, words, (reason,), tuple(_origin(one, grounds, contents, explain) for one in ordered))


def _left(one: Voice, grounds: Grounds) -> float:
    return one.weight * fade(one, grounds.at, grounds.half_life)


def _sum(grounds: Grounds) -> Iterator[str]:
    """Yield how the weights come to the belief."""
    prior, total = grounds.prior, grounds.log_odds
    yield (
        f"belief {say_percent(grounds.belief)}: it starts at {prior:+.1f} for want of any word, the origins below add"
        f" {total - prior:+.2f}, together {total:+.2f} (log-odds: 0 is even, +1 is 73 %, +2 is 88 %)"
    )
    if grounds.ceiling is not None and grounds.belief >= grounds.ceiling:
        yield f"it is kept at {say_percent(grounds.ceiling)}, the most that such a row may have"
    elif grounds.belief in (grounds.weights.belief_ceiling, grounds.weights.belief_floor):
        yield f"it is kept at {say_percent(grounds.belief)}, since nothing read in the news is certain"


def _origin(one: Voice, grounds: Grounds, contents: Contents, explain: Explain) -> OriginReason:
    telling, weight = one.telling, _left(one, grounds)
    found = explain(telling.event.id)
    return OriginReason(
        origin=plain(telling.citation.origin),
        says="for it" if weight > 0 else "against it" if weight < 0 else "nothing either way",
        weight=round(weight, 3),
        because=(*_why(one, grounds), *_folded(one, contents)),
        statement_id=telling.statement.id,
        event=found if isinstance(found, Explanation) else None,
        note=found if isinstance(found, str) else "",
    )


def _why(one: Voice, grounds: Grounds) -> Iterator[str]:
    """Yield what makes a voice's weight: its standing, and what is left of that."""
    telling, weights = one.telling, grounds.weights
    parts = factors(telling, one.standing, weights)
    product = 1.0
    for part in parts.values():
        product *= part
    if abs(abs(product) - abs(one.weight)) > 1e-9:
        yield f"hints at its own loss without saying it, which weighs {one.weight:+.2f}"
    else:
        yield f"{say('standing', one.standing)} ({telling.source.kind}): weight {parts['standing']:.1f}"
        for name, share in parts.items():
            if name != "standing" and abs(share) != 1.0:
                told = MODALITY_WORDS[telling.modality]
                yield say("factor", name, percent=_in_percent(abs(share)), modality=told)
        if parts["modality"] < 0:
            yield f"it is {MODALITY_WORDS[telling.modality]}, so it speaks against"
        if product * one.weight < 0:
            yield "it tells of another side, which speaks against this one"
    left = fade(one, grounds.at, grounds.half_life)
    if left < SEEN_FADING and telling.day is not None:
        yield f"told for {say_day(telling.day)}, it has faded to {_in_percent(left)}"
    same = sum(other.telling.origin == telling.origin for other in grounds.voices)
    if same > 1:
        yield f"of {say_number(same, 'telling')} of this origin the last counts, of one day the strongest"


def _folded(one: Voice, contents: Contents) -> Iterator[str]:
    """Yield why a copy counts for the origin that it is folded under."""
    statement = one.telling.statement
    copies = contents.group_of[statement.id].copies
    copy = next((copy for copy in copies if copy.statement_id == statement.id), None)
    if copy is not None:
        outlet = contents.outlet(statement.evidence.article_id)
        yield f"told in {outlet} as a copy of {contents.id(copy.of)} ({copy.reason}), so it is this origin's"


def _in_percent(share: float) -> str:
    return f"{share * 100:.0f} %"


# --- rows that are not ------------------------------------------------------------------------------------------------


def _of_dispute(row: Dispute, contents: Contents, explain: Explain) -> RowExplanation:
    because = [DISPUTED if row.kind == "contradicts" else DIFFERING]
    if row.resolved_by:
        because.append(f"it is settled by {contents.id(row.resolved_by)}, in which the side concerned admits it")
    origins = [
        one
        for position in row.positions
        for one in _cited(position.evidence, f"for “{plain(position.claim)}”", explain)
    ]
    status = "disputed" if row.kind == "contradicts" else "estimates differ"
    reason = Reason("status", status, row.kind, None, tuple(because))
    return RowExplanation(row.id, plain(row.subject), (reason,), tuple(origins))


def _of_occurrence(row: Occurrence, contents: Contents, explain: Explain) -> RowExplanation:
    """Return why tellings are one event, and each origin that tells or denies it."""
    members = [contents.events[one.event_id] for one in row.members]
    event = show_event(row, members[0], members)
    words = phrase_event(event)
    told, origins = say_number(len(row.members), "telling"), say_number(len(row.origins), "origin")
    because = [
        f"{told} of {origins} are taken for one event, the least sure of them with {say_percent(row.score)}",
        f"its day is what all dated tellings allow: {say_when(event)}",
    ]
    if row.evidence_against:
        because.append("it is denied as well, which does not undo it: denials stand below")
    reason = Reason("status", MODALITY_WORDS[row.modality], row.modality, None, tuple(because), row.score)
    score = {one.event_id: one.score for one in row.members}
    tellers = _cited(row.evidence, "tells it", explain, score)
    return RowExplanation(row.id, words, (reason,), (*tellers, *_cited(row.evidence_against, "denies it", explain)))


def _of_signal(row: Signal, contents: Contents, explain: Explain) -> RowExplanation:
    indicator = next((one for one in load_indicators() if one.id == row.indicator), None)
    because = [f"{row.stance} {plain(contents.leader(row.leader))} staying in power"]
    if indicator is not None:
        share = say_percent(row.strength / indicator.strength)
        because += [
            f"the catalogue's indicator “{indicator.id}”: {plain(indicator.definition)}",
            f"its strength of {indicator.strength:.2f}, times the belief in the sign, {share}: {row.strength:.2f}",
        ]
    words = say_signal(row, contents)
    reason = Reason("strength", words, row.indicator, None, tuple(because))
    return RowExplanation(row.id, words, (reason,), tuple(_cited(row.evidence, "for it", explain)))


def _cited(
    citations: Sequence[Citation], says: str, explain: Explain, score: Mapping[str, float] = MappingProxyType({})
) -> Iterator[OriginReason]:
    """Yield each origin cited, with its first telling; `score` is how surely a telling is one of the row's."""
    first = {citation.origin: citation for citation in reversed(citations)}
    for origin, citation in sorted(first.items(), key=lambda pair: citations.index(pair[1])):
        found = (
            explain(citation.event_id) if citation.event_id else "no event, only the words of the statement, is cited"
        )
        same = sum(one.origin == origin for one in citations)
        yield OriginReason(
            origin=plain(origin),
            says=says,
            weight=None,
            because=(*_belongs(citation, score), *((f"told {same} times; the first one is explained",) * (same > 1))),
            statement_id=citation.statement_id,
            event=found if isinstance(found, Explanation) else None,
            note=found if isinstance(found, str) else "",
        )


def _belongs(citation: Citation, score: Mapping[str, float]) -> Iterator[str]:
    chance = score.get(citation.event_id or "")
    if chance is not None:
        yield f"that it tells this event: {say_percent(chance)}"
