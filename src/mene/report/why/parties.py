"""Why an event has its actors and recipients: which words stand there, and whom they were resolved to."""

from collections.abc import Iterator, Sequence

from mene.codebook import Codebook, Leader
from mene.codebook.phrases import name_key
from mene.events.coded import Part, Role
from mene.events.participants import Resolution
from mene.events.triggers import Found
from mene.records import Participant
from mene.report.why.case import Case, point_to, words_of
from mene.report.why.records import Reason
from mene.report.why.words import name_country, say, say_chance
from mene.report.words import plain, say_day
from mene.statements.context import Context, Mentioned, rank_actor, rank_leader

_OF_PARTIES = {"moved": "actor", "mutual": "recipient"}


def explain_parties(case: Case, role: Role) -> tuple[Reason, ...]:
    """Return why the event has each of its actors or recipients, or one reason why it has none."""
    event = case.coded.event
    found = event.actors if role == "actor" else event.recipients
    if not found:
        return (Reason(role, "none", None, None, tuple(_nobody(case, _part(case, role), role))),)
    return tuple(_explain(case, role, participant) for participant in found)


def _explain(case: Case, role: Role, participant: Participant) -> Reason:
    """Return why one participant has its role: by the event's own word, or by one that tells the attack again."""
    teller, one = next(
        (teller, one)
        for teller in case.tellers
        for one in (teller.coded.actors if role == "actor" else teller.coded.recipients)
        if one.participant == participant
    )
    part = _part(teller, role)
    filled = [teller.say_filling(part.filling, role)] if part is not None and part.left_out is None else []
    changes = (change for change in teller.coded.changes if _OF_PARTIES.get(change) == role)
    before = [*case.say_again(teller), *filled, *(say("change", change, word=teller.word) for change in changes)]
    return Reason(
        aspect=role,
        value=_named(participant),
        code=participant.actor_id,
        words=plain(participant.text),
        because=(*before, *_resolved(teller.context, one), *_led(teller, one)),
        probability=round(participant.score, 3),
        leading=len(before),
    )


def _part(case: Case, role: Role) -> Part | None:
    return next((one for one in case.coded.parts if one.role == role), None)


def _named(participant: Participant) -> str:
    name = plain(participant.name)
    return f"{name} ({participant.actor_id})" if participant.actor_id else f"{name} (not in the codebook)"


def _nobody(case: Case, part: Part | None, role: Role) -> Iterator[str]:
    if not isinstance(case.coded.word, Found):
        yield f"the words that tell the state name no {role}"
    elif part is None:
        yield f"no words stand where the reader model or the tree look for the {role} of “{case.word}”"
    elif part.left_out is not None:
        yield case.say_filling(part.filling, role)
        yield say("left_out", part.left_out, words=case.at(part.filling.run))
    else:
        yield from (say("change", change, word=case.word) for change in case.coded.changes if change in _OF_PARTIES)


# --- the words resolved -----------------------------------------------------------------------------------------------


def _resolved(context: Context, one: Resolution) -> Iterator[str]:
    """Yield what the words of a party were resolved by, step by step."""
    words, mention = words_of(context, one.sentence, one.run), one.mention
    if one.rule == "reference" and one.reference is not None and one.through is not None:
        meant = words_of(context, one.through.sentence, one.through.run)
        where = point_to(context, one.reference.to_sentence, one.sentence)
        told = say("resolution", "reference", words=words, meant=meant, where=where)
        yield f"{told} ({say_chance(one.reference.score)})"
        yield from _resolved(context, one.through)
    elif one.rule == "relative" and one.through is not None:
        meant = words_of(context, one.through.sentence, one.through.run)
        yield say("resolution", "relative", words=words, meant=meant)
        yield from _resolved(context, one.through)
    elif one.rule == "owned" and mention is None:
        yield f"“{words}” are the speaker's own forces: {plain(one.participant.reason)}"
    elif one.rule in ("antecedent", "owned") and mention is not None:
        where = point_to(context, mention.sentence, one.sentence)
        yield say("resolution", one.rule, words=words, meant=_words(context, mention), where=where)
        yield from _matched(context, mention)
        if one.rule == "owned":
            yield f"so they are {plain(one.participant.name)}: {plain(one.participant.reason)}"
    elif one.rule == "apart" and mention is not None:
        yield say("resolution", "apart", words=words, name=mention.participant.name)
    elif one.rule == "name" and mention is not None:
        yield from _among(context, one, mention)
        yield from _matched(context, mention)
    else:
        yield say("resolution", one.rule, words=words)


def _words(context: Context, mention: Mentioned) -> str:
    return words_of(context, context.analysis.sentences[mention.sentence], (mention.first, mention.last))


def _among(context: Context, one: Resolution, mention: Mentioned) -> Iterator[str]:
    """Yield which of the names in or beside the words counts, where that is not plain."""
    if mention.first > one.run[1]:
        yield f"“{_words(context, mention)}”, who is said just after to lead them, counts"
        return
    names = [m for m in context.mentions[one.sentence.index] if one.run[0] <= m.first and m.last <= one.run[1]]
    others = [_words(context, m) for m in names if (m.first, m.last) != (mention.first, mention.last)]
    if others:
        told = ", ".join(f"“{words}”" for words in others)
        yield f"of the names in these words “{_words(context, mention)}” counts, before {told}"


def _matched(context: Context, mention: Mentioned) -> Iterator[str]:
    """Yield what the codebook knows a mention by: a name or alias of a row, or a name joined with a role."""
    book, match, words = context.codebook, mention.match, _words(context, mention)
    name, key = mention.participant.name, mention.participant.actor_id
    if key is None:
        yield f"“{words}”: {plain(mention.participant.reason)}"
        return
    alias = _alias(book, match.kind, key, words)
    if match.kind in ("actor", "leader", "outlet") and alias is None:
        yield say("match", "joined", words=words, parts=_parts(context, mention), name=name, id=key)
    else:
        yield say("match", match.kind, words=words, alias=alias or "", name=name, id=key)
    if match.kind == "generic" and context.main_country is not None:
        country = context.main_country
        share = say_chance(context.countries[country])
        yield f"{share} of the names in the article that have a country are of {name_country(country, book)}"
    if match.kind == "leader" and (leader := book.leader(key)) is not None:
        yield _office(context, leader)
    if len(match.ids) > 1 and match.kind in ("actor", "leader", "metonym"):
        yield from _chosen(context, mention, key)


def _alias(book: Codebook, kind: str, key: str, words: str) -> str | None:
    """Return how the words name a row of the codebook's files: by its name or an alias; None where they do not."""
    named = book.outlets.get(key) if kind == "outlet" else book.actors.get(key)
    row = book.leaders.get(key) if kind == "leader" else named
    if row is None:
        return None
    asked = _key(words)
    if asked == _key(row.name):
        return "the name of"
    if any(asked == _key(alias) for alias in row.aliases):
        return "an alias of"
    return (
        "an alias, shared with others, of"
        if any(asked == _key(a) for a in getattr(row, "shared_aliases", ()))
        else None
    )


def _key(name: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in name_key(name))


def _parts(context: Context, mention: Mentioned) -> str:
    """Return the names that a joined one is made of, each with what it is."""
    sentence = context.analysis.sentences[mention.sentence]
    found = context.codebook.match_apart([token.text for token in sentence.tokens])
    inside = [m for m in found if mention.first <= m.first and m.last <= mention.last]
    return " and ".join(f"“{words_of(context, sentence, (m.first, m.last))}” ({_sort(m.kind)})" for m in inside)


def _sort(kind: str) -> str:
    """Return what kind of name it is, with its article."""
    word = {"generic": "role", "demonym": "country's adjective", "metonym": "seat of a government"}.get(kind, kind)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _office(context: Context, leader: Leader) -> str:
    """Return the office that a leader holds on the article's day."""
    term = leader.term_on(context.published)
    day = say_day(context.published) if context.published else "the day of reading"
    if term is None:
        return f"in no office of the codebook on {day}; the last one was {leader.role}"
    since = f" since {say_day(term.since)}" if term.since else ""
    return f"in office on {day}: {term.role}{since}"


def _chosen(context: Context, mention: Mentioned, key: str) -> Iterator[str]:
    """Yield why one of several rows of the codebook with the name was taken."""
    book, others = context.codebook, [one for one in mention.match.ids if one != key]
    names = ", ".join(row.name for one in others if (row := book.leader(one) or book.actor(one)) is not None)
    yield f"the name is also that of {names}; taken is {_advantage(context, mention.match.kind, key, others)}"


def _advantage(context: Context, kind: str, key: str, others: Sequence[str]) -> str:
    """Return what a row has before the others of its name, by what decides between them."""
    book = context.codebook
    if kind == "leader":
        leaders = [rank_leader(context, one) for other in (key, *others) if (one := book.leader(other)) is not None]
        return _first_difference(_LEADERS, leaders[0], max(leaders[1:], default=leaders[0]))
    actors = [rank_actor(context, actor) for other in (key, *others) if (actor := book.actor(other)) is not None]
    return _first_difference(_ACTORS, actors[0], min(actors[1:], default=actors[0]))


_ACTORS = ("the one whose country the article is more about", "the one that existed on the article's day")
_LEADERS = ("the one in office on the article's day", _ACTORS[0], "the one who came to office last")


def _first_difference(reasons: Sequence[str], ours: Sequence[object], theirs: Sequence[object]) -> str:
    differing = (reason for reason, mine, other in zip(reasons, ours, theirs, strict=True) if mine != other)
    return next(differing, "the first of the codebook")


def _led(case: Case, one: Resolution) -> Iterator[str]:
    """Yield that a leader stands for the side led, where the event was given to that."""
    if "side" in case.coded.changes and one.participant.reason.endswith("for the side led"):
        yield f"{say('change', 'side', word=case.word)}: {one.participant.name} ({one.participant.actor_id})"
