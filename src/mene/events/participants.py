"""Who did it and to whom: the reader's argument runs first, then the tree, resolved to the codebook."""

from dataclasses import dataclass, replace
from typing import Literal

from mene.events.kinds import kind_words
from mene.events.triggers import Found, argument_tokens, event_types_of, is_passive, prepositional
from mene.language.trees import find_subtree
from mene.records import Participant, Reference, Sentence, Source, Span
from mene.statements.context import FIRST_PERSON, PRONOUNS, Context, Mentioned, antecedent, mention_in
from mene.statements.grammar import ancestors, child, children, head_of, subtree, text_of, trimmed
from mene.statements.saying import speaker_kind

Run = tuple[int, int]
FillingRule = Literal["own subject", "reader", "tree", "against", "behind"]
"""How words were found for a role; "against": what stands after "against" or "on"; "behind": whose weapon acts."""

ResolutionRule = Literal["name", "reference", "relative", "antecedent", "open", "owned", "speaker", "apart", "unknown"]


@dataclass(frozen=True, slots=True)
class Filling:
    """The token run that fills a role of an event, and by whom it was found; `score` is the reader's probability."""

    run: Run
    rule: FillingRule
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """A participant with what its words were resolved by.

    "name": `mention`, a name of the codebook. "reference": what the reader takes up, `through`, with its `reference`.
    "relative": the noun of a "who" or "which", `through`.
    "antecedent" and "owned" ("its forces"): the nearest fitting `mention` before, for "our forces" the speaker.
    "speaker": "we" and "I" in what a source says, the source's side or the source.
    "apart": somebody of the country of `mention`. "open" and "unknown": nobody that the codebook knows.
    """

    participant: Participant
    sentence: Sentence
    run: Run
    rule: ResolutionRule
    mention: Mentioned | None = None
    reference: Reference | None = None
    through: "Resolution | None" = None


SURE_ARGUMENT = 0.5
SURE_TRIGGER = 0.9
SURE_RECIPIENT = 0.8
"""The reader's word on a recipient goes before the lists of words from these probabilities of event and words on.

Chosen by the agreement of recipients that `mene evaluate reading` prints on the annotated development reports.
"""

SURE_AGENT = 0.9
"""The actor of a passive without "by" is the reader's only from this probability on."""

_THINGS = frozenset(
    "bomb shell missile rocket bullet grenade mine explosive device weapon car truck vehicle blast explosion fire gas"
    " statement report number toll city town village area week day month year time situation move step war paper text"
    " order memorandum document letter decree resolution draft count reckoning account tally estimate question failure"
    " sundown nightfall dawn dusk noon midnight bullet mortar round".split()
)
_FORCES = frozenset(
    "force fighter troop army soldier unit group militia military commander men ally garrison convoy jet".split()
)
_DONE_TO_THINGS = frozenset(("ASSAULT", "COERCE", "SEIZE", "RETREAT", "MOBILIZE"))
_SOMEBODY = _FORCES | frozenset(
    "people civilian person man woman child victim government country state opposition rebel side party coalition ally"
    " group community public nation population family refugee prisoner detainee hostage other wounded injured"
    " dead".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())
_DEEDS = frozenset(("war", "fight", "battle", "campaign", "operation", "effort", "attempt"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_GROUND = frozenset(("SEIZE", "RETREAT"))
"""Types whose place is what is taken or left, so the object that the tree gives."""

_AGAINST = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST", "THREATEN", "ACCUSE", "MOBILIZE"))
_FIRING = frozenset("fire launch drop use lob hurl rain detonate plant carry conduct unleash deploy explode".split())
_VICTIMS = frozenset("civilian convoy hospital school mosque market checkpoint bus church refugee camp crowd".split())
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those", "some", "its", "their", "his", "her", "our"))
_SPEAKING = frozenset(("we", "us", "i", "me"))
_SUFFERED = frozenset("death dead loss casualty fatality injury toll martyrdom".split())
"""Nouns whose owner suffers what they name: "his death", "the army's losses"."""

_OWNERS = frozenset(("its", "their", "his", "her", "our", "my"))


def find_filling(sentence: Sentence, found: Found, role: str) -> Filling | None:
    """Return the token run that fills `role` (actor, recipient, place) of an event, or None."""
    seen = _reader_run(sentence, found, role)
    told = _tree_head(sentence, found, role)
    if (
        role == "actor"
        and seen is not None
        and is_passive(sentence, found.token)
        and not _agents(sentence, found.token)
    ):
        seen = None if seen.score < SURE_AGENT else seen
    if role == "actor" and seen is not None and _names_no_taker(sentence, found) and told is None:
        within = set(subtree(sentence, found.token))
        head = sentence.tokens[head_of(sentence, seen.first, seen.last)]
        acts = head.relation.startswith("nsubj") and head.head != found.token  # "Hama falls as the army pulls back"
        seen = seen if not acts and within.issuperset(range(seen.first, seen.last + 1)) else None
    own = child(sentence, found.token, "nsubj", "nsubj:outer") if role == "actor" else None
    if own is not None and own == told:  # its own subject: no guess is better
        return Filling(phrase_around(sentence, own, found.token), "own subject")
    sure = seen is not None and seen.score >= 0.8 and _is_in_reach(sentence, found, role, seen)
    if seen is not None and (told is None or seen.first <= told <= seen.last or sure):
        last = _to_noun(sentence, seen.last)
        while last + 2 < len(sentence.tokens) and _is_hyphened(sentence, last):
            last += 2
        run = trimmed(sentence, _widened(sentence, seen.first, last), last)
        return Filling(run, "reader", seen.score)
    if told is not None:
        return Filling(phrase_around(sentence, told, found.token), "tree")
    return None


def _is_in_reach(sentence: Sentence, found: Found, role: str, seen: Span) -> bool:
    """Tell whether a sure run may stand against the tree: ground that is taken stands below its own verb."""
    return role != "place" or found.type not in _GROUND or seen.first in subtree(sentence, found.token)


def _names_no_taker(sentence: Sentence, found: Found) -> bool:
    """Tell whether a word tells of a taking whose taker, if named at all, stands in its own phrase: "the fall of"."""
    token = sentence.tokens[found.token]
    return found.type == "SEIZE" and token.lemma.lower() in ("fall", "loss", "collapse")


def _widened(sentence: Sentence, first: int, last: int) -> int:
    """Return where a run begins with the words that belong to its noun: "water" before "station"."""
    while first > 0:
        before = sentence.tokens[first - 1]
        if before.text == "-" and first > 1 and before.end == sentence.tokens[first].start:
            first -= 2  # never from inside "Kenyan-led"
            continue
        describes = before.relation in ("compound", "amod", "nummod", "nmod:desc") or before.text.lower() in _OWNERS
        if not describes or not first <= before.head <= last:
            break
        first -= 1
    return first


def _to_noun(sentence: Sentence, last: int) -> int:
    """Return where the noun stands that a run was cut off before: "a [certain northern neighbour]"."""
    token = sentence.tokens[last]
    return token.head if token.relation == "det" and last < token.head <= last + 4 else last


def _is_hyphened(sentence: Sentence, token: int) -> bool:
    """Tell whether a word goes on behind a hyphen: "F-16", "self-defence"."""
    hyphen = sentence.tokens[token + 1]
    return (
        hyphen.text == "-"
        and sentence.tokens[token].end == hyphen.start
        and hyphen.end == sentence.tokens[token + 2].start
    )


_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"))


def _reader_run(sentence: Sentence, found: Found, role: str) -> Span | None:
    """Return the reader's best run for a role that it is sure of and that names somebody or something."""
    if found.trigger is None:
        return None
    sure = (a for a in found.trigger.arguments if a.label == role and a.score >= SURE_ARGUMENT)
    return next((a for a in sure if any(t.upos in _NOMINAL for t in sentence.tokens[a.first : a.last + 1])), None)


def _tree_head(sentence: Sentence, found: Found, role: str) -> int | None:
    """Return the head token of what the lexicon's entry says fills the role, or None."""
    entry, i = found.entry, found.token
    slots: list[str] = []
    if entry is not None:
        slots += ["subject"] if entry.subject == role else []
        slots += ["object"] if entry.object == role else []
        slots += [preposition for preposition, fills in entry.prepositions if fills == role]
    elif sentence.tokens[i].upos == "ADJ":  # whoever is dead does nothing
        slots += ["subject"] if role == "recipient" else []
    elif role == "actor":
        slots.append("subject")
    elif role == "recipient" and sentence.tokens[i].upos == "VERB":
        slots.append("object")
    if entry is not None and entry.phrase.startswith("be "):
        slots = ["object" if slot == "subject" else slot for slot in slots]
    for slot in slots:
        if tokens := argument_tokens(sentence, i, slot):
            return tokens[0]
    suffered = sentence.tokens[i].lemma.lower() in _SUFFERED
    if role == ("recipient" if suffered else "actor") and sentence.tokens[i].upos in ("NOUN", "PROPN"):
        return _possessor(sentence, i)
    if role == "actor" and (agents := _agents(sentence, i)):
        return agents[0]
    return None


def _possessor(sentence: Sentence, noun: int) -> int | None:
    """Return who is behind a noun: "Israel's raid", "the raid by Israel", "Israeli raids"."""
    by = prepositional(sentence, noun, ("by",))
    if by:
        return by[0]
    for relation in ("nmod:poss", "compound", "amod"):
        found = child(sentence, noun, relation)
        if found is None or sentence.tokens[found].upos not in ("PROPN", "ADJ", "NOUN"):
            continue
        if relation == "nmod:poss" or (
            sentence.tokens[found].text[:1].isupper() and (found or _is_named(sentence, found))
        ):
            return found
    return None


def _is_named(sentence: Sentence, token: int) -> bool:
    return any(n.first <= token <= n.last for n in sentence.names) or sentence.tokens[token].upos == "PROPN"


def _agents(sentence: Sentence, verb: int) -> list[int]:
    return prepositional(sentence, verb, ("by",)) if is_passive(sentence, verb) else []


def find_wielder(context: Context, sentence: Sentence, run: Run, towns: frozenset[int]) -> Filling | None:
    """Return who is behind an attack or a weapon that acts in their place: "by the rebels' shells"."""
    head = head_of(sentence, *run)
    behind = _possessor(sentence, head) if sentence.tokens[head].upos == "NOUN" else None
    if behind is None:
        return None
    wielder = phrase_around(sentence, behind, head)
    return Filling(wielder, "behind") if is_agent(context, sentence, wielder, towns) else None


def is_agent(context: Context, sentence: Sentence, run: Run, towns: frozenset[int] = frozenset()) -> bool:
    """Tell whether a run can act: not an event ("the attack"), a weapon ("a bomb"), a town or nobody ("no aircraft").

    `towns` are the tokens that name towns.
    """
    head = head_of(sentence, *run)
    token = sentence.tokens[head]
    if head in towns or sentence.tokens[run[0]].text.lower() in ("no", "nobody", "none"):
        return False
    if token.upos == "ADJ" and mention_in(context, sentence, *run) is None and not is_somebody(context, sentence, run):
        return False
    if token.text.lower().rstrip("s'’") in _DAYS or token.text.lower().startswith(("anti-", "pro-")):
        return False
    if token.lemma.lower() in kind_words()["forces"] | kind_words()["parties"]:
        return True
    mention = mention_in(context, sentence, *run)
    happening = bool(event_types_of(context, sentence, head))
    if token.upos == "PROPN" or (
        mention is not None and (mention.first <= head or not happening or token.upos != "NOUN")
    ):
        return True
    if any(
        e.label in ("Weapon", "MilitaryPlatform", "Temporal", "Quantity", "time")
        for e in (*sentence.entities, *sentence.mentions)
        if e.first <= head <= e.last
    ):
        return False
    return not happening and token.lemma.lower() not in _THINGS


def find_recipient(context: Context, sentence: Sentence, found: Found) -> tuple[Filling, bool] | None:
    """Return the words for whoever an event is done to: those its slots name, else whom it is "against" or "on".

    Beside them stands whether they can be dealt with so at all; words that cannot are given only for want of others.
    """
    filling = find_filling(sentence, found, "recipient")
    if filling is not None and _is_doubtful(context, sentence, found, filling):
        filling = None
    if filling is not None and (
        suffers(context, sentence, found, filling.run) or _is_surely_meant(context, sentence, found, filling)
    ):
        return filling, True
    for head in _opposed(sentence, found):
        run = phrase_around(sentence, head, found.token)
        if suffers(context, sentence, found, run) and is_somebody(context, sentence, run):
            return Filling(run, "against"), True
    return (filling, False) if filling is not None else None


def _is_doubtful(context: Context, sentence: Sentence, found: Found, filling: Filling) -> bool:
    """Tell whether a thing is a recipient by the tree alone where the reader, sure of the event, sees none."""
    seen = found.trigger is not None and found.trigger.score >= SURE_TRIGGER
    return filling.rule == "tree" and seen and not is_somebody(context, sentence, filling.run)


def _is_surely_meant(context: Context, sentence: Sentence, found: Found, filling: Filling) -> bool:
    """Tell whether the reader is sure of words that no list names, and no event and no weapon: "ringleaders"."""
    token = sentence.tokens[head_of(sentence, *filling.run)]
    if filling.rule != "reader" or (filling.score or 0.0) < SURE_RECIPIENT or found.type in _DONE_TO_THINGS:
        return False
    happening = bool(event_types_of(context, sentence, head_of(sentence, *filling.run)))
    return not happening and token.lemma.lower() not in _THINGS


def _opposed(sentence: Sentence, found: Found) -> list[int]:
    """Return the heads of whom an event is against: "a war against rebels", "attacks on hospitals", "convoy attack"."""
    if found.type not in _AGAINST:
        return []
    within = [found.token, *(c for c in children(sentence, found.token) if sentence.tokens[c].relation == "obj")]
    against = [head for i in within for head in prepositional(sentence, i, ("against",))]
    if sentence.tokens[found.token].upos != "NOUN" or found.type != "ASSAULT":
        return against
    victims = [
        c
        for c in children(sentence, found.token)
        if sentence.tokens[c].relation in ("compound", "amod") and sentence.tokens[c].lemma.lower() in _VICTIMS
    ]
    return [*against, *prepositional(sentence, found.token, ("on",)), *victims]


def suffers(context: Context, sentence: Sentence, found: Found, run: Run) -> bool:
    """Tell whether a run can be dealt with: not an event ("condemned the attack"), a day or a weapon ("fired shells").

    Things are hit, broken and sent; what is said, asked, given or agreed is so to somebody.
    """
    head = head_of(sentence, *run)
    token = sentence.tokens[head]
    events = event_types_of(context, sentence, head)
    case = child(sentence, head, "case")
    if case is not None and sentence.tokens[case].text.lower() in ("alongside", "beside"):
        return False  # whom one fights alongside is not fought
    if found.type == "COERCE" and "PROTEST" in events:  # "a crackdown on protests"
        return True
    labels = {e.label for e in (*sentence.entities, *sentence.mentions) if e.first <= head <= e.last}
    armed = token.lemma.lower() in _THINGS or not labels.isdisjoint(("Weapon", "weapon"))
    if found.type not in _DONE_TO_THINGS and armed:
        return False
    if found.type not in _DONE_TO_THINGS:
        return is_somebody(context, sentence, run) and is_agent(context, sentence, run)
    fired = armed and sentence.tokens[found.token].lemma.lower() in _FIRING
    happening = (bool(events) or token.lemma.lower() in _DEEDS) and token.lemma.lower() not in _SOMEBODY
    return not happening and not fired and labels.isdisjoint(("Temporal", "time"))


def is_somebody(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names a person, a body or a people, by name or by its word."""
    head = head_of(sentence, *run)
    token = sentence.tokens[head]
    labels = {m.label for m in sentence.mentions if m.first <= head <= m.last}
    return (
        token.upos in ("PROPN", "PRON", "NUM")
        or mention_in(context, sentence, *run) is not None
        or speaker_kind(token) is not None
        or not labels.isdisjoint(("armed force", "organisation", "person", "nationality"))
        or token.lemma.lower() in _SOMEBODY
        or any(token.lemma.lower() in kind_words()[kind] for kind in ("forces", "parties", "persons", "civilians"))
    )


def is_bare_number(sentence: Sentence, run: Run) -> bool:
    """Tell whether a run only says how many: "at least 16", "seven"."""
    words = sentence.tokens[run[0] : run[1] + 1]
    return any(t.upos == "NUM" for t in words) and not any(t.upos in ("NOUN", "PROPN", "PRON") for t in words)


def phrase_around(sentence: Sentence, head: int, without: int) -> Run:
    """Return the noun phrase of a head: its subtree without relative clauses and what follows a comma.

    A noun that is a clause's predicate has no part of the clause: "were among [those killed]".
    """
    first, last = find_subtree([t.head for t in sentence.tokens], head, without=without)
    said = [c for c in children(sentence, head) if c < head and sentence.tokens[c].relation == "cop"]
    first = max(first, *(c + 1 for c in said)) if said else first
    for i in range(head + 1, last + 1):
        token = sentence.tokens[i]
        if token.text in (",", ";", ":", "—", "–", "(") or (
            token.relation in ("acl", "acl:relcl", "case") and token.lemma != "of"
        ):
            last = i - 1
            break
    first, last = trimmed(sentence, min(first, head), max(last, head))
    while first < head and sentence.tokens[first].upos in ("ADP", "SCONJ", "CCONJ", "ADV", "PUNCT"):
        bound = [i for i in ancestors(sentence, first) if first < i < head]
        if any(sentence.tokens[i].upos == "NUM" for i in bound):
            break  # "at least 13 people": the "at" belongs to the number
        first += 1
    return first, last


def joined_parts(sentence: Sentence, run: Run) -> list[Run]:
    """Return the runs that "and" joins in a run: "Colombia's government and the FARC" are two."""
    head = head_of(sentence, *run)
    joined = [i for i in range(head + 1, run[1] + 1) if _joins(sentence, i, run)]
    parts, start = [], run[0]
    heads = [t.head for t in sentence.tokens]
    for word in joined:
        first = max(start, find_subtree(heads, word)[0])
        if first > start:
            parts.append(trimmed(sentence, start, first - 1))
        while first < word and sentence.tokens[first].upos in ("CCONJ", "PUNCT"):
            first += 1
        start = first
    return [*parts, trimmed(sentence, start, run[1])]


def _joins(sentence: Sentence, word: int, run: Run) -> bool:
    """Tell whether a conjunct is somebody of its own beside the run's head: a name, or a noun with its own article."""
    token = sentence.tokens[word]
    if token.relation != "conj" or not run[0] <= token.head <= run[1]:
        return False
    if sentence.tokens[token.head].upos not in ("NOUN", "PROPN"):
        return False
    own = child(sentence, word, "det", "nmod:poss", "nummod", "amod") is not None
    return token.upos == "PROPN" or (token.upos == "NOUN" and own)


def find_participant(context: Context, sentence: Sentence, run: Run, speaker: Source | None = None) -> Participant:
    """Return the participant a run names; pronouns stand for what they refer to, unknown names are kept as they are.

    What a `speaker` calls "our forces", or "its forces" where nobody nearer fits, are the speaker's.
    """
    return resolve_run(context, sentence, run, speaker).participant


def resolve_run(context: Context, sentence: Sentence, run: Run, speaker: Source | None = None) -> Resolution:
    """Return what `find_participant` does, with what the words were resolved by."""

    def resolved(participant: Participant, rule: ResolutionRule, mention: Mentioned | None = None) -> Resolution:
        return Resolution(participant, sentence, run, rule, mention)

    words = sentence.tokens[run[0] : run[1] + 1]
    evidence = context.evidence(sentence, *run)
    text = text_of(context.analysis.article.text, sentence, *run)
    if (
        len(words) == 1
        and words[0].text.lower() in _RELATIVES
        and (noun := _relative_head(sentence, run[0])) is not None
    ):
        through = resolve_run(context, sentence, phrase_around(sentence, noun, run[0]), speaker)
        named = through.participant
        taken = replace(named, text=text, reason=f"“{text}” taken as {named.name}", evidence=evidence)
        return replace(resolved(taken, "relative"), through=through)
    if len(words) == 1 and words[0].text.lower() in _SPEAKING and speaker is not None:
        said = _speaking(context, speaker, words[0].text.lower())
        return resolved(replace(said, text=text, reason=f"“{text}” taken as {said.name}", evidence=evidence), "speaker")
    if len(words) == 1 and words[0].text.lower() in PRONOUNS:
        reference = context.reference(sentence, run[0])
        if reference is not None:
            told = context.analysis.sentences[reference.to_sentence]
            same = speaker if told.index == sentence.index else None
            through = resolve_run(context, told, (reference.to_first, reference.to_last), same)
            named = through.participant
            reason = f"“{text}” taken as {named.name}"
            meant = replace(named, text=text, reason=reason, score=reference.score * named.score, evidence=evidence)
            return replace(resolved(meant, "reference"), reference=reference, through=through)
        before = antecedent(context, sentence, run[0])
        if before is None:
            open_ = Participant(text, text, None, "a pronoun that could not be resolved", 0.2, None, evidence)
            return resolved(open_, "open")
        p = before.participant
        reason = f"“{text}” taken as {p.name}"
        return resolved(
            Participant(text, p.name, p.actor_id, reason, 0.6 * p.score, p.country, evidence), "antecedent", before
        )
    mention = _led_by(context, sentence, run) or mention_in(context, sentence, *run)
    owned_by = any(t.text.lower() in _OWNERS for t in words)
    if mention is None or (mention.kind in ("generic", "many") and owned_by):
        owned = _owned(context, sentence, run, speaker)
        if owned is not None:
            return resolved(replace(owned[0], text=text, evidence=evidence), "owned", owned[1])
    if mention is None:
        plain = _plain_name(context, sentence, run)
        return resolved(Participant(text, plain, None, "not in the codebook", 0.3, None, evidence), "unknown")
    p = _of_country(context, sentence, run, mention) or mention.participant
    head = head_of(sentence, *run)
    apart = (
        (mention.kind in ("thing", "person") or (mention.kind == "demonym" and _is_civilian(sentence, head)))
        and not mention.first <= head <= mention.last
        and not _is_force(sentence, head)
    )
    if apart and sentence.tokens[head].upos == "NOUN" and p.reason.startswith(("state", "demonym")):
        reason = f"somebody of {p.name}, not its government"
        plain = _plain_name(context, sentence, run)
        return resolved(Participant(text, plain, None, reason, 0.4, p.country, evidence), "apart", mention)
    return resolved(Participant(text, p.name, p.actor_id, p.reason, p.score, p.country, evidence), "name", mention)


def _plain_name(context: Context, sentence: Sentence, run: Run) -> str:
    """Return how somebody unknown is called: the words without an article, and without the capital of a sentence's
    first word: "The herders" are "herders"."""
    first, last = run
    while first < last and sentence.tokens[first].text.lower() in _ARTICLES:
        first += 1
    words = text_of(context.analysis.article.text, sentence, first, last)
    token = sentence.tokens[first]
    people = any(m.label == "nationality" and m.first <= first <= m.last for m in sentence.mentions)
    named = people or token.upos == "PROPN" or not token.text[1:].islower()
    opens = run[0] == 0 or sentence.tokens[run[0] - 1].upos == "PUNCT"
    return words[:1].lower() + words[1:] if opens and not named else words


def _relative_head(sentence: Sentence, pronoun: int) -> int | None:
    """Return the noun that a relative pronoun takes up: the one its clause hangs on, else the one right before it."""
    for node in ancestors(sentence, pronoun):
        if sentence.tokens[node].relation == "acl:relcl" and 0 <= sentence.tokens[node].head < pronoun:
            return sentence.tokens[node].head
    before = pronoun - 2 if pronoun > 1 and sentence.tokens[pronoun - 1].text == "," else pronoun - 1
    return before if before >= 0 and sentence.tokens[before].upos in ("NOUN", "PROPN") else None


def _owned(
    context: Context, sentence: Sentence, run: Run, speaker: Source | None
) -> tuple[Participant, Mentioned | None] | None:
    """Return whose "its forces" or "our troops" are: the army of a government, else the side itself.

    Beside it stands the mention that the owning word takes up, None where it is the speaker.
    """
    place = next((i for i in range(run[0], run[1] + 1) if sentence.tokens[i].text.lower() in _OWNERS), None)
    if place is None or not any(_is_force(sentence, i) for i in range(place, run[1] + 1)):
        return None
    word = sentence.tokens[place].text.lower()
    meant = antecedent(context, sentence, place) if word not in FIRST_PERSON and speaker is None else None
    key = meant.participant.actor_id if meant is not None else (speaker.actor_id if speaker is not None else None)
    leader = context.codebook.leader(key or "")
    actor = context.codebook.actor(leader.actor if leader is not None else key or "")
    if actor is None:
        if speaker is None or meant is not None or speaker.evidence is None:
            return None
        return Participant(speaker.name, speaker.name, None, "forces of the speaker", 0.5), None
    army = context.codebook.army_of(actor.country) if actor.kind == "government" and actor.country else None
    owner = army or actor
    return Participant(owner.name, owner.name, owner.id, f"forces of {actor.name}", 0.7, owner.country), meant


def _of_country(context: Context, sentence: Sentence, run: Run, mention: Mentioned) -> Participant | None:
    """Return whom a role is of the one country named beside it: "the presidential guard of Gabon" is Gabon's."""
    inside = [m for m in context.matches[sentence.index] if run[0] <= m.first and m.last <= run[1]]
    states = [m for m in inside if m.kind == "state"]
    if mention.match.kind != "generic" or len(states) != 1:
        return None
    country = states[0].ids[0]
    actor = context.codebook.actor(context.codebook.role_id(country, mention.match.ids[0]))
    if actor is None:
        return None
    return Participant(
        mention.participant.text, actor.name, actor.id, f"role in {country}, named beside it", 0.8, country
    )


def _speaking(context: Context, speaker: Source, word: str) -> Participant:
    """Return whom a source means by "we", the side that it leads or speaks for, and by "I", itself."""
    leader = context.codebook.leader(speaker.actor_id or "") if word in ("we", "us") else None
    term = leader.term_on(context.published) if leader is not None else None
    actor = context.codebook.actor(term.actor if term is not None else speaker.actor_id or "")
    if actor is None:
        return Participant(speaker.name, speaker.name, speaker.actor_id, "the speaker", 0.5)
    return Participant(actor.name, actor.name, actor.id, "the speaker", 0.7, actor.country)


def _is_civilian(sentence: Sentence, head: int) -> bool:
    token = sentence.tokens[head]
    return speaker_kind(token) == "witness" or token.lemma.lower() in kind_words()["civilians"]


def _is_force(sentence: Sentence, head: int) -> bool:
    return sentence.tokens[head].lemma.lower() in _FORCES


def _led_by(context: Context, sentence: Sentence, run: Run) -> Mentioned | None:
    """Return the leader of a force just after the run: "insurgents led by HTS"."""
    start = run[1] + 1
    while start < len(sentence.tokens) and sentence.tokens[start].text in (",", "”", '"'):
        start += 1
    following = [t.text.lower() for t in sentence.tokens[start : start + 2]]
    if following != ["led", "by"]:
        return None
    return next((m for m in context.mentions[sentence.index] if m.first in (start + 2, start + 3)), None)
