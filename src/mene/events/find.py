"""`find_events`: the one call of stage 4."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from mene.codebook import Codebook
from mene.dates import TimeMention, find_times, time_of
from mene.events.areas import AREA, Areas, find_areas
from mene.events.backing import Tie, backing_words, find_ties
from mene.events.coded import Change, CodedEvent, Judged, LeftOut, Part, Role, Timed, with_retold
from mene.events.counts import count
from mene.events.days import find_lenders, lend_day
from mene.events.held import Besieged, Held, find_besieged, find_held, find_strongholds, find_under_control
from mene.events.kinds import is_party, is_people, kinds_of
from mene.events.participants import (
    Resolution,
    find_filling,
    find_recipient,
    find_wielder,
    is_agent,
    joined_parts,
    phrase_around,
    resolve_run,
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
from mene.events.triggers import Found, find_triggers
from mene.gazetteer.index import Gazetteer
from mene.records import (
    Analysis,
    Dropped,
    Event,
    Numbers,
    Participant,
    Place,
    Sentence,
    Statement,
    Token,
    content_id,
)
from mene.statements.context import Context, mention_of, read_context, resolve
from mene.statements.grammar import child, children, clause_head, head_of, subtree, trimmed
from mene.statements.modality import Decision, compose, compose_all, decide
from mene.statements.verbs import cue_of_verb
from mene.vocabulary import FACTUALITY_OF_MODALITY, EventType, Modality

Run = tuple[int, int]
NO_NUMBERS = Numbers()
FLIGHT = "flight"
"""The mode of RETREAT by which a person leaves, not a force: no ground is given."""

_GOES_IN_PERSON = frozenset(("leave", "flee", "depart", "escape", "quit", "exit", "fly", "run", "flight", "departure"))
APPROACH = "approach"
"""The mode of SEIZE that tells a force on its way to a place, so not there: it has nearly happened."""

HELD = "held"
"""The mode of SEIZE that tells in passing who holds a place."""

SIEGE = "siege"
"""The mode of COERCE that shuts a place in."""

_SENDING = frozenset("send deploy dispatch provide supply deliver fly ship give".split())
RANK_WORDS = 12
"""A superlative stands at most so many words before the time since which it holds."""

_A_ROLE = "role in the article's main country"
"""How the reason of a role's resolution begins: "troops" are the army of the country the article is about."""

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
        for one in with_retold(coded, count(context.analysis.article.text, sentence, joined)):
            found.setdefault(one.event.id, one)
    lenders = find_lenders(context, [one.event for one in found.values()])
    for key, lender in lenders.items():
        found[key] = replace(found[key], event=lend_day(found[key].event, lender), lender=lender)
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


def _as_state(decision: Decision) -> Decision:
    """Return the modality of a state: one that lasts ("remains") is told flatly."""
    if decision.modality != "in_progress":
        return decision
    return Decision("asserted", FACTUALITY_OF_MODALITY["asserted"], decision.deciding)


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
    for found in find_triggers(context, sentence, kinds_of(context, sentence, located)):
        if found.token in states:
            continue
        statement = holder(said, sentence, found.token)
        if statement is None or _is_plain_cue(said, sentence, found):
            continue
        if found.type == "ASSAULT" and (cause := natural_cause(sentence, found.token)) is not None:
            evidence = context.evidence(sentence, cause, cause)
            dropped.append(Dropped("events", text, f"“{sentence.tokens[cause].text}” is nobody's attack", evidence))
            continue
        actor = _part(sentence, found, "actor")
        if actor is not None and found.type == "SEIZE":
            actor = actor.unless("no party", lambda run: not is_party(context, sentence, run, located))
            if actor.left_out and found.mode in _BY_FORCE:
                evidence = context.evidence(sentence, found.token, found.token)
                words = _words(sentence, actor.filling.run)
                dropped.append(Dropped("events", text, f"“{words}” takes no place", evidence))
                continue
        if actor is None and found.mode == "hold":
            evidence = context.evidence(sentence, found.token, found.token)
            dropped.append(Dropped("events", text, "a holding whose holder is not told", evidence))
            continue
        if actor is not None and found.type == "RETREAT":
            goes = sentence.tokens[found.token].lemma.lower() in _GOES_IN_PERSON
            if goes and is_people(context, sentence, actor.filling.run, located):
                found = replace(found, mode=FLIGHT)
            else:
                actor = actor.unless("no party", lambda run: not is_party(context, sentence, run, located))
        yield from _events(context, sentence, statement, said, found, actor, located, unnamed, times, text)
    yield from _held_events(context, sentence, said, located, unnamed)
    yield from _backing_events(context, sentence, said, located, times)


def _part(sentence: Sentence, found: Found, role: Role) -> Part | None:
    filling = find_filling(sentence, found, role)
    return Part(role, filling) if filling is not None else None


def _run_of(part: Part | None) -> Run | None:
    """Return the run of a role's words, None where there are none or they were left out."""
    return part.filling.run if part is not None and part.left_out is None else None


def holder(said: Sequence[Statement], sentence: Sentence, token: int) -> Statement | None:
    """Return the innermost statement whose content holds the token; the narrator's where no source's does."""
    start = sentence.tokens[token].start
    holding = [s for s in said if s.evidence.start <= start < s.evidence.end and _in_content(s, sentence, token)]
    holding = [s for s in holding if not _takes_for_granted(s, sentence, token)]
    if not holding:
        return min(said, key=lambda s: (s.cue is not None, s.evidence)) if said else None
    return min(holding, key=lambda s: (s.evidence.end - s.evidence.start, -len(s.sources)))


def _takes_for_granted(statement: Statement, sentence: Sentence, token: int) -> bool:
    """Tell whether a source judges what the outlet tells: whoever condemns "the air strikes" does not report them."""
    if statement.kind != "opinion" or statement.cue is None or sentence.tokens[token].upos not in ("NOUN", "PROPN"):
        return False
    content = [t for t in sentence.tokens if statement.evidence.start <= t.start < statement.evidence.end]
    cue = statement.cue
    words = [t for t in content if not cue.start <= t.start < cue.end]
    return not any(t.upos in ("VERB", "AUX") for t in words)


def _in_content(statement: Statement, sentence: Sentence, token: int) -> bool:
    """Tell whether the token lies in the statement's words and not in the cue or source between them."""
    if statement.cue is None:
        return True
    t = sentence.tokens[token]
    source = statement.sources[0].evidence
    beside = [statement.cue, *([source] if source is not None else [])]
    return not any(e.start <= t.start < e.end for e in beside)


def _is_plain_cue(said: Sequence[Statement], sentence: Sentence, found: Found) -> bool:
    """Tell whether the trigger is a cue of plain saying, whose content is the statement, not an event of its own."""
    if found.type == "ACCUSE" and found.entry is not None:
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
    where = find_filling(sentence, found, "place")
    places = _where(sentence, found, where.run if where is not None else None, located, unnamed)
    towns = frozenset(i for p in located if p.place.precision != "country" for i in range(p.first, p.last + 1))
    acting = towns if found.type in GROUND else towns - _capitals(context, sentence)
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
        lasting = _as_state(decision)
        changes += ["state"] if lasting is not decision else []
        decision = lasting
    actors = _participants(context, sentence, _run_of(actor), statement)
    mode = found.mode
    if mode == "clash" and _told_as_cause(sentence, found.token):
        mode = None
        changes.append("cause")
    recipients = _participants(context, sentence, dealt_with, statement)
    recipient, recipients = _others(found, recipient, recipients, actors)
    moved = found.type == "MOBILIZE" or (dealt_with is not None and is_party(context, sentence, dealt_with, located))
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
            actors=_of(actors),
            recipients=_of(recipients),
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
            located=_located(place, located, unnamed),
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
        ("asks for nobody", lambda _: found.type == "SEIZE" and not _has_recipient(found)),
        ("the place", is_place),
        ("a town", is_town),
        ("the actor", lambda run: actor is not None and actor[0] <= run[1] and run[0] <= actor[1]),
    )
    for why, test in tests:
        part = part.unless(why, test)
    return part


def _of(resolutions: Sequence[Resolution]) -> tuple[Participant, ...]:
    return tuple(one.participant for one in resolutions)


def _located(place: Place | None, *located: Sequence[Located]) -> Located | None:
    """Return where a place was read, with what it was chosen from."""
    return next((one for rows in located for one in rows if one.place is place), None) if place is not None else None


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


def _where(
    sentence: Sentence,
    found: Found,
    run: Run | None,
    located: tuple[Located, ...],
    unnamed: tuple[Located, ...],
) -> tuple[Chosen, ...]:
    """Return the event's places: those named, unless they only say where the ground lies that is taken; else that."""
    named = find_places(sentence, found, run, located)
    ground = find_ground(sentence, found, unnamed)
    if ground is not None and all(one.place is None or one.place.precision != "near" for one in named):
        examples = find_examples(sentence, ground, located)
        return (Chosen(ground, "ground"), *(Chosen(place, "example") for place in examples))
    return named if named[0].place is not None else find_places(sentence, found, run, unnamed)


def make_event(
    context: Context,
    sentence: Sentence,
    statement: Statement,
    *,
    kind: EventType,
    mode: str | None,
    token: int,
    actors: tuple[Participant, ...],
    recipients: tuple[Participant, ...],
    place: Place | None,
    time: TimeMention | None,
    decision: Decision,
    background: bool,
) -> Event:
    """Return the record of an event told by the word `token`."""
    evidence = context.evidence(sentence, token, token)
    pair = [p.name for p in (*actors, *recipients)] if (mode or "").startswith("backing:") else []
    where = place.text if place else "|".join(pair) or None
    return Event(
        id=content_id("e", statement.id, kind, mode, evidence.start, evidence.end, where),
        statement_id=statement.id,
        type=kind,
        mode=mode,
        actors=actors,
        recipients=recipients,
        place=place,
        occurred_start=time.occurred_start if time else None,
        occurred_end=time.occurred_end if time else None,
        precision=time.precision if time else "unknown",
        factuality=decision.factuality,
        modality=decision.modality,
        numbers=NO_NUMBERS,
        evidence=evidence,
        text=sentence.tokens[token].text,
        time_text=time.text if time else None,
        background=background,
        deciding=tuple(context.evidence(sentence, *run) for run in decision.deciding),
    )


def _capitals(context: Context, sentence: Sentence) -> frozenset[int]:
    """Return the tokens of capitals that stand for their governments: "Belgrade refused"."""
    metonyms = (m for m in context.matches[sentence.index] if m.kind == "metonym")
    return frozenset(i for m in metonyms for i in range(m.first, m.last + 1))


def _participants(
    context: Context, sentence: Sentence, run: Run | None, statement: Statement
) -> tuple[Resolution, ...]:
    speaker = statement.origin if statement.cue is not None else None
    found = [resolve_run(context, sentence, part, speaker) for part in joined_parts(sentence, run)] if run else []
    return tuple({one.participant.actor_id or one.participant.name: one for one in found}.values())


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


def governing_time(sentence: Sentence, token: int, times: Sequence[TimeMention]) -> Timed | None:
    """Return the time that governs a trigger: in its clause, or the only one at the sentence's edge."""
    if not times:
        return None
    clause = clause_head(sentence, token)
    words = _clause_words(sentence, clause)
    start, end = sentence.tokens[token].start - sentence.start, sentence.tokens[token].end - sentence.start
    span = (sentence.tokens[min(words)].start - sentence.start, sentence.tokens[max(words)].end - sentence.start)
    times = [t for t in times if not _belongs_to_name(sentence, token, t) and not _measures_rank(sentence, t)]
    found = time_of(start, end, span, times)
    if found is not None:
        return Timed(found, in_clause=True)
    apart = sentence.tokens[clause].relation in ("advcl", "acl:relcl") or _is_perfect_beside(sentence, clause)
    if len(times) != 1 or apart:
        return None
    only = time_of(start, end, (0, sentence.end - sentence.start), times)
    return Timed(only, in_clause=False) if only is not None else None


def _is_perfect_beside(sentence: Sentence, verb: int) -> bool:
    """Tell whether a clause is joined to another whose day it does not share: "fell in May and has been shelled"."""
    auxiliary = child(sentence, verb, "aux")
    perfect = auxiliary is not None and sentence.tokens[auxiliary].text.lower() in ("has", "have")
    return perfect and sentence.tokens[verb].relation == "conj"


def _measures_rank(sentence: Sentence, time: TimeMention) -> bool:
    """Tell whether a time only says since when something is the greatest: "the largest assault since 2020"."""
    if not time.text.lower().startswith(("since", "in more than", "in over")):
        return False
    start = sentence.start + time.start
    before = [t for t in sentence.tokens if t.start < start][-RANK_WORDS:]
    return any(t.text.lower() in ("first", "most", "worst", "least") or _is_superlative(t) for t in before)


def _is_superlative(token: Token) -> bool:
    return token.upos == "ADJ" and token.text.lower().endswith("est") and len(token.text) > 4


def _belongs_to_name(sentence: Sentence, token: int, time: TimeMention) -> bool:
    """Tell whether a past year hangs on a name and dates that, not the event: "like the Shah in 1979"."""
    if not time.background:
        return False
    start, end = sentence.start + time.start, sentence.start + time.end
    inside = [i for i, t in enumerate(sentence.tokens) if start <= t.start and t.end <= end]
    holders = {sentence.tokens[i].head for i in inside if sentence.tokens[i].head not in inside} - {-1, token}
    named = [h for h in holders if sentence.tokens[h].upos in ("PROPN", "NOUN")]
    return any(sentence.tokens[h].relation in ("obl", "nmod") for h in named)


def _clause_words(sentence: Sentence, clause: int) -> list[int]:
    """Return the words of a clause without the clauses below it."""
    words = []
    for i in subtree(sentence, clause):
        node = i
        while node != clause and node >= 0:
            relation = sentence.tokens[node].relation
            if relation in ("ccomp", "advcl", "parataxis", "acl:relcl") and sentence.tokens[node].upos == "VERB":
                break
            node = sentence.tokens[node].head
        if node == clause:
            words.append(i)
    return words or [clause]


def modality_of(
    context: Context, sentence: Sentence, found: Found, statement: Statement, said: Sequence[Statement]
) -> Judged:
    """Return the event's modality, decided in its sentence and composed along the cues it stands under."""
    inner = decide(context.codebook, sentence, found.token, found.trigger)
    cues = [s for s in said if (s.cue is not None and s is statement) or _holds(s, statement)]
    cues.sort(key=lambda s: s.evidence.end - s.evidence.start)
    effects = tuple((cue_effect(context, sentence, s), _cue_run(sentence, s)) for s in cues)
    return Judged(found.token, inner, effects, compose_all(inner, effects))


def _holds(outer: Statement, inner: Statement) -> bool:
    return (
        outer is not inner
        and outer.cue is not None
        and inner.cue is not None
        and outer.evidence.start <= inner.cue.start < outer.evidence.end
    )


def _cue_run(sentence: Sentence, statement: Statement) -> Run | None:
    cue = statement.cue
    inside = [i for i, t in enumerate(sentence.tokens) if cue is not None and cue.start <= t.start < cue.end]
    return (inside[0], inside[-1]) if inside else None


def cue_effect(context: Context, sentence: Sentence, statement: Statement) -> Modality:
    """Return what the statement's cue does to its content ("denied": negated)."""
    run = _cue_run(sentence, statement)
    if run is None:
        return "asserted"
    for i in range(run[0], run[1] + 1):
        token = sentence.tokens[i]
        noun = context.codebook.cue(token.lemma.lower(), "NOUN") if token.upos == "NOUN" else None
        cue = noun if token.upos == "NOUN" else cue_of_verb(context.codebook, sentence, i)
        if cue is not None:
            return cue.modality
    return "asserted"


# --- holdings and backings told as states ---------------------------------------------------------------------------


def _held_events(
    context: Context,
    sentence: Sentence,
    said: Sequence[Statement],
    located: tuple[Located, ...],
    unnamed: tuple[Located, ...],
) -> Iterator[CodedEvent]:
    """Yield "rebel-held Idlib" and "held by the rebels" as SEIZE events of mode "held": a state, not an act."""
    told: dict[tuple[int, Place], Held] = {}
    for held in (
        *find_held(sentence, located, unnamed),
        *find_under_control(sentence, located, unnamed),
        *find_strongholds(context, sentence, located, unnamed),
    ):
        told.setdefault((held.holder, held.place), held)
    for held in told.values():
        if (coded := _state(context, sentence, said, held, held.holder)) is not None:
            yield replace(coded, located=_located(held.place, located, unnamed))
    for shut in find_besieged(sentence, located, unnamed):
        if (coded := _state(context, sentence, said, shut, shut.besieger)) is not None:
            yield replace(coded, located=_located(shut.place, located, unnamed))


def _state(
    context: Context, sentence: Sentence, said: Sequence[Statement], state: Held | Besieged, side: int | None
) -> CodedEvent | None:
    """Return a state told in passing, if it is anybody's word: `side` heads the phrase of who holds or besieges."""
    token = state.token
    statement = holder(said, sentence, token)
    if statement is None:
        return None
    kind: EventType = "SEIZE" if isinstance(state, Held) else "COERCE"
    mode = HELD if isinstance(state, Held) else SIEGE
    run = None if side is None else phrase_around(sentence, side, token) if token != side else (side, side)
    judged = modality_of(context, sentence, Found(token, kind, mode, None, None, "state"), statement, said)
    actors = _participants(context, sentence, run, statement) if run is not None else ()
    decision = _as_state(judged.decision)
    event = make_event(
        context,
        sentence,
        statement,
        kind=kind,
        mode=mode,
        token=token,
        actors=_of(actors),
        recipients=(),
        place=state.place,
        time=None,
        decision=decision,
        background=isinstance(state, Held) and state.over,
    )
    changes: tuple[Change, ...] = ("state",) if decision is not judged.decision else ()
    return CodedEvent(
        event, sentence, statement, state, judged, actors, (), chosen=Chosen(state.place), changes=changes
    )


def _backing_events(
    context: Context,
    sentence: Sentence,
    said: Sequence[Statement],
    located: tuple[Located, ...],
    times: Sequence[TimeMention],
) -> Iterator[CodedEvent]:
    towns = {i for p in located if p.place.precision != "country" for i in range(p.first, p.last + 1)}
    towns -= _capitals(context, sentence)
    for tie in find_ties(context, sentence):
        statement = holder(said, sentence, tie.token)
        if statement is None or tie.backed in towns:
            continue
        found = Found(_sent_to(sentence, tie.token), "SUPPORT", None, None, None, "state")
        judged = modality_of(context, sentence, found, statement, said)
        timed = governing_time(sentence, tie.token, times)
        for backer, backed in _tied(context, sentence, tie):
            event = make_event(
                context,
                sentence,
                statement,
                kind="SUPPORT",
                mode=f"backing:{tie.means}:{tie.direction}",
                token=tie.token,
                actors=(backer.participant,),
                recipients=(backed.participant,),
                place=None,
                time=timed.mention if timed is not None else None,
                decision=judged.decision,
                background=tie.over or statement.kind == "background",
            )
            yield CodedEvent(event, sentence, statement, tie, judged, (backer,), (backed,), timed=timed)


def _sent_to(sentence: Sentence, verb: int) -> int:
    """Return the verb of sending that a purpose of backing is done with: "has sent troops to support M23" has; else it.

    "is sending", "will send" leave the backing as open as they are themselves.
    """
    token = sentence.tokens[verb]
    purpose = token.relation in ("advcl", "acl", "xcomp") and token.head >= 0
    if not purpose:
        return verb
    head = token.head
    head = sentence.tokens[head].head if sentence.tokens[head].upos == "NOUN" and token.relation == "acl" else head
    return head if head >= 0 and sentence.tokens[head].lemma.lower() in _SENDING else verb


def _tied(context: Context, sentence: Sentence, tie: Tie) -> Iterator[tuple[Resolution, Resolution]]:
    """Yield each backer with each it backs; a side's own forces, and nobody known, back nobody."""
    clients = [resolve_run(context, sentence, run) for run in _joined_runs(sentence, tie.backed, tie.token)]
    for run in _joined_runs(sentence, tie.backer, tie.token):
        found = _named_backer(context, sentence, run) or resolve_run(context, sentence, run)
        backer = found.participant
        words = {sentence.tokens[i].lemma.lower() for i in range(run[0], run[1] + 1)}
        if backer.actor_id is None and words.isdisjoint((*backing_words()["vague"], *backing_words()["parties"])):
            continue
        for client in clients:
            backed = client.participant
            same = backer.actor_id == backed.actor_id and backer.name == backed.name
            if not same and not _is_own(context, backer, backed):
                yield found, client


def _joined_runs(sentence: Sentence, head: int, without: int) -> list[Run]:
    """Return the phrase of a head and of each word that is joined to it: "Russia and Iran"."""
    joined = [c for c in children(sentence, head) if sentence.tokens[c].relation == "conj" and c != without]
    apart = [_around(sentence, one, without) for one in (head, *joined)]
    return list(dict.fromkeys(part for run in apart for part in joined_parts(sentence, run)))


def _named_backer(context: Context, sentence: Sentence, run: Run) -> Resolution | None:
    """Return the state inside a longer name: "Turkish" in "Turkish-backed Syrian rebels", a group of the codebook."""
    longer = any(
        m.first <= run[0] and run[1] < m.last for m in context.mentions[sentence.index] if m.last - m.first > 1
    )
    match = next(iter(context.codebook.match([t.text for t in sentence.tokens[run[0] : run[1] + 1]])), None)
    if not longer or match is None or match.kind not in ("state", "demonym"):
        return None
    evidence = context.evidence(sentence, *run)
    named = resolve(context, match, context.analysis.article.text[evidence.start : evidence.end], evidence)
    mention = mention_of(context, sentence, replace(match, first=run[0] + match.first, last=run[0] + match.last))
    return Resolution(named, sentence, run, "name", mention)


def _is_own(context: Context, backer: Participant, backed: Participant) -> bool:
    """Tell whether one force of a state only helps another: "the air force supported the army"."""
    kinds = [a.kind for p in (backer, backed) if (a := context.codebook.actor(p.actor_id or "")) is not None]
    own = backer.country is not None and backer.country == backed.country
    return (
        own and len(kinds) == 2 and all(kind in ("army", "government", "security service", "state") for kind in kinds)
    )


def _around(sentence: Sentence, head: int, without: int) -> Run:
    if sentence.tokens[head].relation in ("amod", "compound", "nmod:poss") or sentence.tokens[head].upos == "ADJ":
        joined = child(sentence, head, "conj")
        beyond = joined if joined is not None and joined > head else len(sentence.tokens)
        words = [i for i in subtree(sentence, head, without=without) if abs(i - head) <= 3 and i < beyond]
        return trimmed(sentence, min(words), max(words))
    return phrase_around(sentence, head, without)
