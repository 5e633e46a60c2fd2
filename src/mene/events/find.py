"""`find_events`: the one call of stage 4."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mene.codebook import Codebook
from mene.dates import TimeMention, find_times, time_of
from mene.events.backing import find_ties
from mene.events.held import find_held, find_under_control
from mene.events.kinds import is_party, kinds_of
from mene.events.numbers import find_numbers, numbers_of
from mene.events.participants import find_participant, find_run, is_agent, joined_parts, phrase_around
from mene.events.places import Located, PlacesBySentence, find_places, is_destination, locate_all
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
    content_id,
)
from mene.statements.context import Context, read_context
from mene.statements.grammar import child, clause_head, head_of, subtree
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

_MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""What several do with one another."""

_BY_FORCE = frozenset(("enter", "approach", "hold", "held"))
_CAUSES = frozenset("by after since from following of during because amid before over with".split())
_TOWN_WORDS = frozenset("city town village province governorate district area region neighbourhood suburb".split())


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
    places = locate_all(context, gazetteer)
    by_sentence = _by_sentence(statements)
    events: dict[str, Event] = {}
    dropped: list[Dropped] = []
    for sentence in analysis.sentences:
        said = by_sentence.get((sentence.start, sentence.end), [])
        if not said:
            continue
        for event in _events_of(context, sentence, said, places, dropped):
            events.setdefault(event.id, event)
    events_in_order = tuple(events.values())
    dropped += _unresolved(events_in_order)
    return events_in_order, tuple(dropped)


def _unresolved(events: Sequence[Event]) -> Iterator[Dropped]:
    """Yield one note for each place name that could not be resolved."""
    seen: set[str] = set()
    for event in events:
        if event.place is not None and event.place.precision == "unlocated" and event.place.text not in seen:
            seen.add(event.place.text)
            yield Dropped("events", event.place.text, "place not resolved: listed without a pin", event.place.evidence)


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
    dropped: list[Dropped],
) -> Iterator[Event]:
    located = places.get(sentence.index, ())
    text = context.analysis.article.text[sentence.start : sentence.end]
    times = find_times(text, published=context.published)
    states = {held.token for held in find_under_control(sentence, located)}
    for found in find_triggers(context, sentence, kinds_of(context, sentence, located)):
        if found.token in states:
            continue
        statement = holder(said, sentence, found.token)
        if statement is None or _is_plain_cue(said, sentence, found):
            continue
        actor = find_run(sentence, found, "actor")
        if actor is not None and found.type == "SEIZE" and not is_party(context, sentence, actor, located):
            if found.mode in _BY_FORCE:
                evidence = context.evidence(sentence, found.token, found.token)
                dropped.append(Dropped("events", text, f"“{_words(sentence, actor)}” takes no place", evidence))
                continue
            actor = None
        if actor is None and found.mode == "hold":
            evidence = context.evidence(sentence, found.token, found.token)
            dropped.append(Dropped("events", text, "a holding whose holder is not told", evidence))
            continue
        if actor is not None and found.type == "RETREAT" and not is_party(context, sentence, actor, located):
            actor = None
        yield from _events(context, sentence, statement, said, found, actor, located, times, text)
    yield from _held_events(context, sentence, said, located)
    yield from _backing_events(context, sentence, said, located, times)


def holder(said: Sequence[Statement], sentence: Sentence, token: int) -> Statement | None:
    """Return the innermost statement whose content holds the token; the narrator's where no source's does."""
    start = sentence.tokens[token].start
    holding = [s for s in said if s.evidence.start <= start < s.evidence.end and _in_content(s, sentence, token)]
    if not holding:
        return min(said, key=lambda s: (s.cue is not None, s.evidence)) if said else None
    return min(holding, key=lambda s: (s.evidence.end - s.evidence.start, -len(s.sources)))


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
    actor: Run | None,
    located: tuple[Located, ...],
    times: Sequence[TimeMention],
    text: str,
) -> Iterator[Event]:
    """Yield the event of a trigger, once for each of the places it is told of."""
    recipient, place_run = (find_run(sentence, found, role) for role in ("recipient", "place"))
    towns = frozenset(i for p in located if p.place.precision != "country" for i in range(p.first, p.last + 1))
    if recipient is not None and found.type == "SEIZE" and not _has_recipient(found):
        recipient = None
    acting = towns if found.type in ("SEIZE", "RETREAT") else towns - _capitals(context, sentence)
    if actor is not None and not is_agent(context, sentence, actor, acting):
        actor = None
    places = find_places(sentence, found, place_run, located)
    if recipient is not None and any(p is not None and _is_the_place(sentence, recipient, p) for p in places):
        recipient = None
    if recipient is not None and sentence.tokens[head_of(sentence, *recipient)].lemma.lower() in _TOWN_WORDS:
        recipient = None
    if actor is not None and recipient is not None and actor[0] <= recipient[1] and recipient[0] <= actor[1]:
        recipient = None
    time = governing_time(sentence, found.token, times)
    decision = modality_of(context, sentence, found, statement, said)
    numbers = (
        _numbers(text, found) if found.type in ("ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST") else NO_NUMBERS
    )
    if found.mode == APPROACH:
        decision = compose(decision, "nearly", None)
    if found.mode == "hold":
        decision = _as_state(decision)
    actors = _participants(context, sentence, actor, statement)
    mode = None if found.mode == "clash" and _told_as_cause(sentence, found.token) else found.mode
    recipients = _participants(context, sentence, recipient, statement)
    if found.type in ("MOBILIZE", "RETREAT") and not actors:  # "they were transferred": those who are moved move
        actors, recipients = recipients, ()
    if found.type in ("SEIZE", "RETREAT") and sentence.tokens[found.token].lemma.lower() not in _GOES_IN_PERSON:
        actors = _for_side(context, actors)
    elif found.type == "RETREAT" and any(context.codebook.leader(a.actor_id or "") for a in actors):
        mode = FLIGHT
    if found.type in _MUTUAL and not recipients:  # "A and B signed": A with B
        actors, recipients = actors[:1], actors[1:]
    for place in places:
        arrives = found.type == "RETREAT" and place is not None and is_destination(sentence, found.token, place)
        yield make_event(
            context,
            sentence,
            statement,
            kind="MOBILIZE" if arrives else found.type,
            mode="arrive" if arrives else mode,
            token=found.token,
            actors=actors,
            recipients=recipients,
            place=place,
            time=time,
            decision=decision,
            numbers=numbers,
            background=statement.kind == "background" or (time is not None and time.background),
        )


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
    numbers: Numbers,
    background: bool,
) -> Event:
    """Return the record of an event told by the word `token`."""
    evidence = context.evidence(sentence, token, token)
    return Event(
        id=content_id("e", statement.id, kind, mode, evidence.start, evidence.end, place.text if place else None),
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
        numbers=numbers,
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
) -> tuple[Participant, ...]:
    speaker = statement.origin if statement.cue is not None else None
    found = [find_participant(context, sentence, part, speaker) for part in joined_parts(sentence, run)] if run else []
    return tuple({p.actor_id or p.name: p for p in found}.values())


def _for_side(context: Context, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Return leaders as the sides they lead: "Assad loses Hama" is his government's loss."""
    return tuple(_side_of(context, actor) for actor in actors)


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


def governing_time(sentence: Sentence, token: int, times: Sequence[TimeMention]) -> TimeMention | None:
    """Return the time that governs a trigger: in its clause, or the only one at the sentence's edge."""
    if not times:
        return None
    clause = clause_head(sentence, token)
    words = _clause_words(sentence, clause)
    start, end = sentence.tokens[token].start - sentence.start, sentence.tokens[token].end - sentence.start
    span = (sentence.tokens[min(words)].start - sentence.start, sentence.tokens[max(words)].end - sentence.start)
    times = [time for time in times if not _belongs_to_name(sentence, token, time)]
    found = time_of(start, end, span, times)
    if found is not None or len(times) != 1 or sentence.tokens[clause].relation in ("advcl", "acl:relcl"):
        return found
    return time_of(start, end, (0, sentence.end - sentence.start), times)


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
) -> Decision:
    """Return the event's modality, decided in its sentence and composed along the cues it stands under."""
    decision = decide(context.codebook, sentence, found.token, found.trigger)
    cues = [s for s in said if (s.cue is not None and s is statement) or _holds(s, statement)]
    cues.sort(key=lambda s: s.evidence.end - s.evidence.start)
    return compose_all(decision, [(cue_effect(context, sentence, s), _cue_run(sentence, s)) for s in cues])


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


def _numbers(text: str, found: Found) -> Numbers:
    kinds = {
        "ASSAULT": ("killed", "injured", "displaced"),
        "MOBILIZE": ("troops",),
        "RETREAT": ("troops", "displaced"),
    }.get(found.type, ("killed", "injured"))
    return numbers_of(find_numbers(text), kinds)


# --- holdings and backings told as states ---------------------------------------------------------------------------


def _held_events(
    context: Context, sentence: Sentence, said: Sequence[Statement], located: tuple[Located, ...]
) -> Iterator[Event]:
    """Yield "rebel-held Idlib" and "held by the rebels" as SEIZE events of mode "held": a state, not an act."""
    for held in (*find_held(sentence, located), *find_under_control(sentence, located)):
        statement = holder(said, sentence, held.token)
        if statement is None:
            continue
        found = Found(held.token, "SEIZE", "held", None, None, "a state told in passing")
        run = (
            phrase_around(sentence, held.holder, held.token)
            if held.token != held.holder
            else (held.holder, held.holder)
        )
        yield make_event(
            context,
            sentence,
            statement,
            kind="SEIZE",
            mode="held",
            token=held.token,
            actors=(find_participant(context, sentence, run),),
            recipients=(),
            place=held.place,
            time=None,
            decision=_as_state(modality_of(context, sentence, found, statement, said)),
            numbers=NO_NUMBERS,
            background=held.over,
        )


def _backing_events(
    context: Context,
    sentence: Sentence,
    said: Sequence[Statement],
    located: tuple[Located, ...],
    times: Sequence[TimeMention],
) -> Iterator[Event]:
    for tie in find_ties(context, sentence):
        statement = holder(said, sentence, tie.token)
        backer = find_participant(context, sentence, _around(sentence, tie.backer, tie.token))
        backed = find_participant(context, sentence, _around(sentence, tie.backed, tie.token))
        if statement is None or backer.actor_id is None or backer.actor_id == backed.actor_id:
            continue
        found = Found(tie.token, "SUPPORT", None, None, None, "a tie told in words")
        decision = modality_of(context, sentence, found, statement, said)
        time = governing_time(sentence, tie.token, times)
        yield make_event(
            context,
            sentence,
            statement,
            kind="SUPPORT",
            mode=f"backing:{tie.means}:{tie.direction}",
            token=tie.token,
            actors=(backer,),
            recipients=(backed,),
            place=None,
            time=time,
            decision=decision,
            numbers=NO_NUMBERS,
            background=tie.over or statement.kind == "background",
        )


def _around(sentence: Sentence, head: int, without: int) -> Run:
    if sentence.tokens[head].relation in ("amod", "compound", "nmod:poss") or sentence.tokens[head].upos == "ADJ":
        subtree_words = [i for i in subtree(sentence, head, without=without) if abs(i - head) <= 3]
        return min(subtree_words), max(subtree_words)
    return phrase_around(sentence, head, without)
