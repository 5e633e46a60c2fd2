"""`find_events`: the one call of stage 4."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from mene.codebook import Codebook
from mene.dates import TimeMention, find_times
from mene.events.areas import AREA, Areas, find_areas, told_area, without_buildings
from mene.events.backing import find_ties
from mene.events.coded import Change, CodedEvent, LeftOut, Part, Role, with_retold
from mene.events.counts import count, with_tolls_whole
from mene.events.days import choose_days
from mene.events.held import find_besieged, find_under_control
from mene.events.kinds import is_party, is_people, kinds_of
from mene.events.making import capitals_in, located_at, make_event, participants_of, parties_of
from mene.events.participants import (
    Filling,
    Resolution,
    find_filling,
    find_recipient,
    find_wielder,
    is_agent,
    is_bare_number,
    is_somebody,
)
from mene.events.places import (
    GROUND,
    Chosen,
    Located,
    PlacesBySentence,
    find_examples,
    find_ground,
    find_places,
    is_destination,
    locate_all,
)
from mene.events.retold import join_retold, natural_cause
from mene.events.states import backing_events, held_events
from mene.events.surety import as_state, holder, modality_of
from mene.events.timing import governing_time
from mene.events.triggers import SURE_READER, Found, find_triggers
from mene.gazetteer.index import Gazetteer
from mene.records import (
    Analysis,
    Dropped,
    Event,
    Participant,
    Place,
    Sentence,
    Statement,
)
from mene.statements.context import Context, read_context
from mene.statements.grammar import child, children, head_of
from mene.statements.modality import compose
from mene.vocabulary import EVENT_TYPES, SIEGE, EventType

Run = tuple[int, int]
FLIGHT = "flight"
"""The mode of RETREAT by which a person leaves, not a force: no ground is given."""

_GOES_IN_PERSON = frozenset(("leave", "flee", "depart", "escape", "quit", "exit", "fly", "run", "flight", "departure"))
APPROACH = "approach"
"""The mode of SEIZE that tells a force on its way to a place, so not there: it has nearly happened."""


CEDE = "cede"
"""The mode of RETREAT by which a place goes to somebody else."""

_A_ROLE = "role in the article's main country"
"""How the reason of a role's resolution begins: "troops" are the army of the country the article is about."""

SURE_PLACE = 0.8
"""From this probability on, the reader's words for a place count though no place is known in them."""

_ON_GROUND = GROUND | {"MOBILIZE", "COERCE"}
"""Types whose place is the very ground that is taken, left, manned or shut in."""

_BY_ARMS = frozenset(("ASSAULT", "SEIZE", "COERCE", "RETREAT"))
_TELLERS = frozenset(("monitor", "witness", "outlet", "social account"))
"""Kinds of sources who tell of fighting and take no part in it."""

_DESCRIBING = frozenset(("amod", "acl", "compound"))
_LASTING = frozenset("besiege allege suspect embattle contest dispute".split())
"""Verbs whose participle before a noun tells a state or a doubt, and no act."""

_MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""What several do with one another."""

_BY_FORCE = frozenset(("enter", "approach", "hold", "held"))
_CAUSES = frozenset("by after since from following of during because amid before over with".split())
_TOWN_WORDS = frozenset(
    "city town village province governorate district area region neighbourhood neighborhood suburb countryside capital"
    " enclave outskirts".split()
)


def find_events(
    analysis: Analysis,
    statements: Sequence[Statement],
    *,
    codebook: Codebook,
    gazetteer: Gazetteer,
    published: date | None = None,
    context: Context | None = None,
) -> tuple[tuple[Event, ...], tuple[Dropped, ...]]:
    """Return the events of an article's statements in reading order, and what was left out and why.

    An event belongs to the innermost statement whose content holds its trigger. Its modality is decided in its sentence
    and composed along the cues of the chain. Unknown actors are kept by their words, unresolved places as "unlocated".
    """
    context = context or read_context(analysis, codebook, published or analysis.article.published_at)
    coded, dropped = code_events(context, statements, gazetteer)
    return tuple(one.event for one in coded), dropped


def code_events(
    context: Context, statements: Sequence[Statement], gazetteer: Gazetteer
) -> tuple[tuple[CodedEvent, ...], tuple[Dropped, ...]]:
    """Return the events of `find_events`, each with what it was decided from, and what was left out."""
    coded, dropped = code_undated(context, statements, gazetteer)
    return tuple(choose_days(context, coded)), dropped


def code_undated(
    context: Context, statements: Sequence[Statement], gazetteer: Gazetteer
) -> tuple[tuple[CodedEvent, ...], tuple[Dropped, ...]]:
    """Return the same before days are weighed: each event with the time that its own sentence gives it, if any."""
    places = locate_all(context, gazetteer)
    areas = find_areas(context, places)
    by_sentence = _by_sentence(statements)
    found: dict[str, CodedEvent] = {}
    dropped: list[Dropped] = []
    for sentence in context.analysis.sentences:
        said = by_sentence.get((sentence.start, sentence.end), [])
        if not said:
            continue
        coded = list(_events_of(context, sentence, said, places, areas, dropped))
        joined = join_retold(sentence, [one.event for one in coded])
        counted = with_tolls_whole(count(context.analysis.article.text, sentence, joined))
        for one in with_retold(coded, counted):
            found.setdefault(one.event.id, one)
    dropped += _unresolved([one.event for one in found.values()])
    return tuple(found.values()), tuple(dropped)


def _unresolved(events: Sequence[Event]) -> Iterator[Dropped]:
    """Yield one note for each place name that could not be resolved."""
    seen: set[str] = set()
    for event in events:
        if event.place is not None and _is_unresolved(event.place) and event.place.text not in seen:
            seen.add(event.place.text)
            yield Dropped("events", event.place.text, "place not resolved: listed without a pin", event.place.evidence)


def _is_unresolved(place: Place) -> bool:
    return place.precision == "unlocated" and place.kind != AREA


def _by_sentence(statements: Sequence[Statement]) -> dict[tuple[int, int], list[Statement]]:
    out: dict[tuple[int, int], list[Statement]] = {}
    for statement in statements:
        out.setdefault((statement.sentence.start, statement.sentence.end), []).append(statement)
    return out


def _told_as_cause(sentence: Sentence, token: int) -> bool:
    """Tell whether fighting is named only as what something else came of, so not as going on: "fled the fighting"."""
    t = sentence.tokens[token]
    case = child(sentence, token, "case")
    caused = case is not None and sentence.tokens[case].lemma.lower() in _CAUSES
    return t.upos == "NOUN" and (caused or t.relation in ("obj", "compound", "nmod:poss"))


def _has_recipient(found: Found) -> bool:
    """Tell whether a taking may name whom it is taken from: "fall" names nobody but the place."""
    entry = found.entry
    return entry is None or "recipient" in (entry.subject, entry.object, *(fills for _, fills in entry.prepositions))


def _words(sentence: Sentence, run: Run) -> str:
    return " ".join(t.text for t in sentence.tokens[run[0] : run[1] + 1])


def _events_of(
    context: Context,
    sentence: Sentence,
    said: Sequence[Statement],
    places: PlacesBySentence,
    areas: Areas,
    dropped: list[Dropped],
) -> Iterator[CodedEvent]:
    located, unnamed = places.get(sentence.index, ()), areas.get(sentence.index, ())
    text = context.analysis.article.text[sentence.start : sentence.end]
    times = find_times(text, published=context.published)
    states = {held.token for held in find_under_control(sentence, located, unnamed)}
    states |= {shut.token for shut in find_besieged(sentence, located, unnamed)}
    ties = find_ties(context, sentence)
    states |= {tie.token for tie in ties if sentence.tokens[tie.token].relation in _DESCRIBING}
    for found in find_triggers(context, sentence, kinds_of(context, sentence, located)):
        if found.token in states or _only_describes(sentence, found):
            continue
        statement = holder(said, sentence, found.token)
        if statement is None or _is_plain_cue(said, sentence, found):
            continue
        if found.type == "ASSAULT" and (cause := natural_cause(sentence, found.token)) is not None:
            evidence = context.evidence(sentence, cause, cause)
            dropped.append(Dropped("events", text, f"“{sentence.tokens[cause].text}” is nobody's attack", evidence))
            continue
        actor = _actor(context, sentence, statement, found, located)
        if actor is not None and actor.left_out and found.mode in _BY_FORCE and _is_other(found):
            found = _as_read(found)
            actor = _actor(context, sentence, statement, found, located)
        if actor is not None and found.type == "SEIZE" and actor.left_out and found.mode in _BY_FORCE:
            evidence = context.evidence(sentence, found.token, found.token)
            words = _words(sentence, actor.filling.run)
            dropped.append(Dropped("events", text, f"“{words}” takes no place", evidence))
            continue
        if actor is None and found.mode == "hold":
            evidence = context.evidence(sentence, found.token, found.token)
            dropped.append(Dropped("events", text, "a holding whose holder is not told", evidence))
            continue
        if actor is not None and _leaves_in_person(context, sentence, found, actor.filling.run, located):
            found = replace(found, mode=FLIGHT)
        yield from _events(context, sentence, statement, said, found, actor, located, unnamed, times, text)
    yield from held_events(context, sentence, said, located, unnamed)
    yield from backing_events(context, sentence, said, located, times, ties)


def _is_other(found: Found) -> bool:
    """Tell whether the reader surely sees no taking where the codebook lists one: "food aid reached the town"."""
    seen = found.trigger
    return seen is not None and seen.type in EVENT_TYPES and seen.type not in GROUND and seen.score >= SURE_READER


def _as_read(found: Found) -> Found:
    """Return an event with the type that the reader gives it."""
    if found.trigger is None or found.trigger.type not in EVENT_TYPES:
        return found
    kind: EventType = found.trigger.type
    return replace(found, type=kind, mode=None, rule="reader on the word")


def _part(sentence: Sentence, found: Found, role: Role) -> Part | None:
    filling = find_filling(sentence, found, role)
    return Part(role, filling) if filling is not None else None


def _only_describes(sentence: Sentence, found: Found) -> bool:
    """Tell whether a word before a noun only says what it is like: "besieged areas", "the alleged gunman"."""
    token = sentence.tokens[found.token]
    return token.relation in ("amod", "compound") and token.lemma.lower() in _LASTING


def _actor(
    context: Context, sentence: Sentence, statement: Statement, found: Found, located: Sequence[Located]
) -> Part | None:
    """Return the words for whoever acts; who only tells of it is left out, as is who can neither take nor leave."""
    part = _part(sentence, found, "actor")
    if part is None:
        return None

    def is_no_party(run: Run) -> bool:
        leaves = found.type == "RETREAT" and is_somebody(context, sentence, run)
        return found.type in GROUND and not leaves and not is_party(context, sentence, run, located)

    part = part.unless("the teller", lambda run: _only_tells(sentence, statement, found, run))
    return part.unless("no party", is_no_party)


def _leaves_in_person(context: Context, sentence: Sentence, found: Found, run: Run, located: Sequence[Located]) -> bool:
    """Tell whether people leave who give no ground by it: villagers flee, an agency withdraws its staff."""
    if found.type != "RETREAT":
        return False
    goes = sentence.tokens[found.token].lemma.lower() in _GOES_IN_PERSON
    if goes and is_people(context, sentence, run, located):
        return True
    unarmed = is_somebody(context, sentence, run) and not is_party(context, sentence, run, located)
    return unarmed and found.mode in (None, "withdraw")


def _only_tells(sentence: Sentence, statement: Statement, found: Found, run: Run) -> bool:
    """Tell whether words for an actor are who only tells of it: "the monitor counted 40 dead" names no attacker."""
    cue, source = statement.cue, statement.sources[0] if statement.sources else None
    if found.type not in _BY_ARMS or cue is None or source is None or source.evidence is None:
        return False
    told = not cue.start <= sentence.tokens[found.token].start < cue.end
    words = [t.start for t in sentence.tokens[run[0] : run[1] + 1]]
    return told and source.kind in _TELLERS and any(source.evidence.start <= w < source.evidence.end for w in words)


def _run_of(part: Part | None) -> Run | None:
    """Return the run of a role's words, None where there are none or they were left out."""
    return part.filling.run if part is not None and part.left_out is None else None


def _is_plain_cue(said: Sequence[Statement], sentence: Sentence, found: Found) -> bool:
    """Tell whether the trigger is a cue of plain saying, whose content is the statement, not an event of its own."""
    if found.type in ("ACCUSE", "SUPPORT", "REQUEST", "REJECT") and found.entry is not None:
        return False
    start = sentence.tokens[found.token].start
    return any(
        s.cue is not None
        and s.cue.start <= start < s.cue.end
        and s.kind in ("report", "claim", "confirmation", "opinion")
        for s in said
    )


# --- one event ------------------------------------------------------------------------------------------------------


def _events(
    context: Context,
    sentence: Sentence,
    statement: Statement,
    said: Sequence[Statement],
    found: Found,
    actor: Part | None,
    located: tuple[Located, ...],
    unnamed: tuple[Located, ...],
    times: Sequence[TimeMention],
    text: str,
) -> Iterator[CodedEvent]:
    """Yield the event of a trigger, once for each of the places it is told of."""
    if found.type not in GROUND and found.mode != SIEGE:
        unnamed = without_buildings(sentence, unnamed)
    where = find_filling(sentence, found, "place")
    told_by_words = _told_place(context, sentence, where, located, unnamed)
    unnamed = (*unnamed, *told_by_words)
    places = _where(sentence, found, where, located, unnamed)
    towns = frozenset(i for p in located if p.place.precision != "country" for i in range(p.first, p.last + 1))
    acting = towns if found.type in GROUND else towns - capitals_in(context, sentence)
    actor = _agent(context, sentence, actor, acting)
    recipient = _recipient(context, sentence, found, _run_of(actor), places)
    dealt_with = _run_of(recipient)
    timed = governing_time(sentence, found.token, times)
    time = timed.mention if timed is not None else None
    judged = modality_of(context, sentence, found, statement, said)
    decision, changes = judged.decision, list[Change]()
    if found.mode == APPROACH:
        decision = compose(decision, "nearly", None)
        changes.append("approach")
    if found.mode == "hold":
        lasting = as_state(decision)
        changes += ["state"] if lasting is not decision else []
        decision = lasting
    actors = participants_of(context, sentence, _run_of(actor), statement)
    mode = found.mode
    if mode == "clash" and _told_as_cause(sentence, found.token):
        mode = None
        changes.append("cause")
    recipients = participants_of(context, sentence, dealt_with, statement)
    recipient, recipients = _others(found, recipient, recipients, actors)
    moved = found.type == "MOBILIZE" or (dealt_with is not None and is_party(context, sentence, dealt_with, located))
    moved = moved and found.mode != CEDE  # "was handed to the army": who gets the place does not go
    if found.type in ("MOBILIZE", "RETREAT") and not actors and moved and recipients:  # "they were transferred"
        actors, recipients = recipients, ()
        changes.append("moved")
    if found.type in GROUND and sentence.tokens[found.token].lemma.lower() not in _GOES_IN_PERSON:
        sides = _for_side(context, actors)
        changes += ["side"] if sides != actors else []
        actors = sides
    elif found.type == "RETREAT" and any(context.codebook.leader(a.participant.actor_id or "") for a in actors):
        mode = FLIGHT
        changes.append("flight")
    if found.type in _MUTUAL and not recipients and actors[1:]:  # "A and B signed": A with B
        actors, recipients = actors[:1], actors[1:]
        changes.append("mutual")
    for chosen in places:
        place = chosen.place
        arrives = (
            found.type == "RETREAT"
            and mode != FLIGHT
            and place is not None
            and is_destination(sentence, found.token, place)
        )
        event = make_event(
            context,
            sentence,
            statement,
            kind="MOBILIZE" if arrives else found.type,
            mode="arrive" if arrives else mode,
            token=found.token,
            actors=parties_of(actors),
            recipients=parties_of(recipients),
            place=place,
            time=time,
            decision=decision,
            background=statement.kind == "background" or _is_past(sentence, found, time),
        )
        yield CodedEvent(
            event,
            sentence,
            statement,
            found,
            judged,
            actors,
            recipients,
            parts=tuple(part for part in (actor, recipient) if part is not None),
            where=where,
            chosen=chosen,
            located=located_at(place, located, unnamed),
            timed=timed,
            changes=(*changes, *(("arrives",) if arrives else ())),
        )


def _agent(context: Context, sentence: Sentence, part: Part | None, towns: frozenset[int]) -> Part | None:
    """Return the words for an actor; for an attack or a weapon whoever is behind it, else they are left out."""
    if part is None or part.left_out is not None or is_agent(context, sentence, part.filling.run, towns):
        return part
    wielder = find_wielder(context, sentence, part.filling.run, towns)
    return Part("actor", wielder) if wielder is not None else replace(part, left_out="no agent")


def _recipient(
    context: Context, sentence: Sentence, found: Found, actor: Run | None, places: Sequence[Chosen]
) -> Part | None:
    """Return the words for whom an event is done to; what names its place, a town or its actor is left out."""
    told = find_recipient(context, sentence, found)
    if told is None:
        return None
    filling, suffers = told
    part = Part("recipient", filling, None if suffers else "no sufferer")

    def is_place(run: Run) -> bool:
        return any(one.place is not None and _is_the_place(sentence, run, one.place) for one in places)

    def is_town(run: Run) -> bool:
        return sentence.tokens[head_of(sentence, *run)].lemma.lower() in _TOWN_WORDS

    tests: tuple[tuple[LeftOut, Callable[[Run], bool]], ...] = (
        ("a number", lambda run: is_bare_number(sentence, run)),
        ("asks for nobody", lambda _: found.type == "SEIZE" and not _has_recipient(found)),
        ("the place", is_place),
        ("a town", is_town),
        ("the actor", lambda run: actor is not None and actor[0] <= run[1] and run[0] <= actor[1]),
    )
    for why, test in tests:
        part = part.unless(why, test)
    return part


def _others(
    found: Found, part: Part | None, recipients: tuple[Resolution, ...], actors: Sequence[Resolution]
) -> tuple[Part | None, tuple[Resolution, ...]]:
    """Return the recipients who are not the actor itself: "suspended its convoys" is done to nobody.

    Whom a side sends are its own: "Rwanda sent troops" has no second party. Beside them stand the words for them,
    left out where nobody else is left.
    """
    own = {one.participant.actor_id for one in actors if one.participant.actor_id}
    kept, why = recipients, None
    if found.type not in _MUTUAL:
        kept = tuple(one for one in recipients if one.participant.actor_id not in own)
        why = _left("itself", recipients, kept)
    if found.type == "MOBILIZE" and actors:
        sent, kept = kept, tuple(one for one in kept if not one.participant.reason.startswith(_A_ROLE))
        why = why or _left("own troops", sent, kept)
    return (replace(part, left_out=why) if part is not None and why is not None and not kept else part), kept


def _left(why: LeftOut, before: Sequence[Resolution], after: Sequence[Resolution]) -> LeftOut | None:
    return why if len(after) < len(before) else None


def _is_past(sentence: Sentence, found: Found, time: TimeMention | None) -> bool:
    """Tell whether an event is history: of years before, or a holding that "had" been."""
    had = any(
        sentence.tokens[c].text.lower() == "had" and sentence.tokens[c].relation == "aux"
        for c in children(sentence, found.token)
    )
    return (time is not None and time.background) or (found.mode == "hold" and had)


def _told_place(
    context: Context,
    sentence: Sentence,
    where: Filling | None,
    located: Sequence[Located],
    unnamed: Sequence[Located],
) -> tuple[Located, ...]:
    """Return the words that the reader is sure to tell the place where no place is known in them: "at a bakery"."""
    if where is None or where.score is None or where.score < SURE_PLACE:
        return ()
    first, last = where.run
    head = head_of(sentence, first, last)
    if any(p.first <= last and first <= p.last for p in located) or any(p.first <= head <= p.last for p in unnamed):
        return ()
    named = [(m.first, m.last) for m in context.matches[sentence.index]]
    named += [(n.first, n.last) for n in sentence.names if n.label != "LOC"]
    if any(a <= head <= b for a, b in named):
        return ()
    told = told_area(context, sentence, where.run)
    return (told,) if told is not None else ()


def _where(
    sentence: Sentence,
    found: Found,
    where: Filling | None,
    located: tuple[Located, ...],
    unnamed: tuple[Located, ...],
) -> tuple[Chosen, ...]:
    """Return the event's places: those named, unless they only say where the ground lies that is taken; else that.

    Ground that the reader is sure of comes before a name that merely stands by: who takes "the last stronghold near
    Damascus" does not take Damascus.
    """
    run = where.run if where is not None else None
    named = find_places(sentence, found, run, located)
    ground = find_ground(sentence, found, unnamed)
    if ground is not None and all(one.place is None or one.place.precision != "near" for one in named):
        examples = find_examples(sentence, ground, located)
        return (Chosen(ground, "ground"), *(Chosen(place, "example") for place in examples))
    beside = named[0].rule == "phrase" and found.type in _ON_GROUND and where is not None
    if named[0].place is None or (beside and where is not None and (where.score or 0.0) >= SURE_PLACE):
        told = find_places(sentence, found, run, unnamed)
        return told if named[0].place is None or told[0].rule == "role" else named
    return named


def _for_side(context: Context, actors: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """Return leaders as the sides they lead: "Assad loses Hama" is his government's loss."""
    sides = ((actor, _side_of(context, actor.participant)) for actor in actors)
    return tuple(actor if side is actor.participant else replace(actor, participant=side) for actor, side in sides)


def _side_of(context: Context, participant: Participant) -> Participant:
    leader = context.codebook.leader(participant.actor_id or "")
    term = leader.term_on(context.published) if leader is not None else None
    actor = context.codebook.actor(term.actor if term else "")
    if leader is None or actor is None:
        return participant
    return replace(
        participant,
        name=actor.name,
        actor_id=actor.id,
        reason=f"{leader.name}, for the side led",
        country=actor.country,
    )


def _is_the_place(sentence: Sentence, run: Run, place: Place) -> bool:
    if place.evidence is None:
        return False
    head = sentence.tokens[head_of(sentence, *run)]
    return place.evidence.start <= head.start < place.evidence.end
