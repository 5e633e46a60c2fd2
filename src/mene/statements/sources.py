"""From the words that name a source to a `Source`: its name, its role, its kind and the actor it belongs to."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from mene.codebook.lemmas import lemmatise
from mene.language.trees import find_subtree
from mene.records import Evidence, Sentence, Source, Span
from mene.statements.context import (
    PRONOUNS,
    Context,
    Mentioned,
    antecedent,
    mention_in,
)
from mene.statements.grammar import child, children, head_of, text_of, trimmed
from mene.statements.outlets import find_outlet
from mene.statements.saying import GIVEN, Run, begins_clause, may_be, speaker_kind
from mene.vocabulary import SourceKind

_KIND_OF_ACTOR: dict[str, SourceKind] = {
    "state": "official",
    "government": "official",
    "party": "official",
    "international organisation": "official",
    "peacekeeping force": "official",
    "army": "armed side",
    "security service": "armed side",
    "armed group": "armed side",
    "militia": "armed side",
    "coalition": "armed side",
    "monitor": "monitor",
    "population": "witness",
}
_SPEAKS_FOR_STATE = frozenset(
    "official minister ministry government authority cabinet president premier spokesman spokeswoman spokesperson"
    " adviser advisor aide peacekeeper soldier troop pilot coastguard army military police general officer parliament"
    " presidency statement side delegation commander intelligence state force embassy regime negotiator".split()
)
"""Speakers that a country's name makes its government's: "Turkish officials", "officials in Ankara"."""

_ABROAD = frozenset(("diplomat", "envoy", "ambassador", "representative", "mediator"))
"""Those whom a capital may only tell the whereabouts of: "a Western diplomat in Beirut"."""

_STAFF = frozenset("service team correspondent reporter colleague newsroom staff crew bureau newspaper".split())
"""Of these "our" says that they are the outlet's own."""

_OWN_FORCES = frozenset(("forces", "force", "troops", "units", "army", "soldiers", "fighters", "military"))
SPEAKER_REACH = 3
"""A pronoun takes up a speaker at most so many sentences back."""

_TAKES_UP: dict[str, tuple[SourceKind, ...]] = {
    **dict.fromkeys(("organisation", "organization", "group", "body"), ("monitor", "armed side", "official")),
    **dict.fromkeys(("monitor", "watchdog", "charity", "ngo"), ("monitor",)),
    **dict.fromkeys(("agency", "network", "broadcaster", "newspaper", "paper", "channel", "outlet"), ("outlet",)),
    **dict.fromkeys(("statement", "communique", "communiqué", "bulletin"), ("official", "armed side", "monitor")),
    "ministry": ("official",),
}
"""Which kinds of a source named before a bare description may take up."""

_AFTER_HEAD = frozenset("of for to in at from with who which that on by".split())
_COLLECTIVE = frozenset(
    "group movement militia brigade battalion party organisation organization network faction alliance coalition front"
    " agency newspaper channel army force".split()
)
"""A name right after such a word is the body's: "a member of the rebel group Fastaqim"."""

_UNIONS = frozenset("union syndicate association committee league society federation council alliance".split())
"""What people are joined in; such a body has a name of its own."""

_SIDES_TAKEN_UP = frozenset(("force", "group", "movement", "militia", "faction"))
"""What an armed side told of before is called with "the"."""

_BODY_WORDS = frozenset(
    "ministry government cabinet parliament council embassy court police presidency kremlin palace treasury"
    " municipality governorate state".split()
)
"""Officials that are no person."""

QUOTED_REACH = 4
"""A quotation that a pronoun's cue closes was opened at most so many sentences before."""

_OPENING_MARK = re.compile(r"[“«]|(?:^|(?<=\s))\"(?=\w)")

_NOMINATIVE = frozenset(("he", "she", "it", "they"))
_HANGING = frozenset(("ADP", "DET", "CCONJ", "SCONJ"))
DESCRIPTION_REACH = 4
"""Such a description takes up a source at most so many sentences back."""

LONGEST_DESCRIPTION = 2
"""So many words at most stand between its article and its noun; one with a name in it is a source of its own."""

UNKNOWN = Source("unnamed source", "unnamed")

SourceRule = Literal[
    "nobody",
    "described",
    "named again",
    "taken up",
    "goes on",
    "reference",
    "earlier source",
    "subject before",
    "losing side",
    "document",
    "mention",
    "open",
]
"""How words are found to name a source: see `name_source` and `_of_pronoun`."""


@dataclass(frozen=True, slots=True)
class Named:
    """A source with the rule by which its words were found to name it; `score` is the reader's for a "reference"."""

    source: Source
    rule: SourceRule
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """An origin named before: the sentence it stood in, and whom that sentence's block is quoted from.

    `cue` is the token that gives it the word, `nested` tells that it speaks within somebody else's words.
    """

    sentence: int
    quoted_from: str | None
    source: Source
    relay: Source | None = None
    cue: int = 0
    nested: bool = False


def find_source(
    context: Context,
    sentence: Sentence,
    run: Run | None,
    earlier: Sequence[Spoken] = (),
    contents: Sequence[Run] = (),
) -> Source:
    """Return the source named by tokens `run`; a pronoun is the one it stands for, looked for among `earlier` too.

    `earlier` are the origins named before in the article, latest last. Nobody named in `contents`, what the source
    says, is taken for the speaker of a pronoun. Without a run the source is unnamed.
    """
    return name_source(context, sentence, run, earlier, contents).source


def name_source(
    context: Context,
    sentence: Sentence,
    run: Run | None,
    earlier: Sequence[Spoken] = (),
    contents: Sequence[Run] = (),
    around: Source | None = None,
) -> Named:
    """Return what `find_source` does, with the rule by which it was found.

    `around` is who tells of this act of saying: "The ministry said that it feared an attack".
    """
    if run is None:
        return Named(UNKNOWN, "nobody")
    run = trimmed(sentence, *run)
    while run[0] < run[1] and sentence.tokens[run[1]].upos in _HANGING:  # a cut "civil servant in the"
        run = trimmed(sentence, run[0], run[1] - 1)
    run = _with_office(sentence, run)
    while run[0] > 1 and sentence.tokens[run[0] - 1].text == "-":  # a cut "[London-]based monitor"
        run = (run[0] - 2, run[1])
    while run[0] < run[1] and sentence.tokens[run[0]].upos in ("ADP", "CCONJ", "SCONJ"):
        run = trimmed(sentence, run[0] + 1, run[1])
    run = _giver(sentence, run)
    words = sentence.tokens[run[0] : run[1] + 1]
    if len(words) == 1 and words[0].text.lower() in PRONOUNS:
        if around is not None and _goes_on_about(context, sentence, run, around):
            return Named(around, "goes on")
        return _of_pronoun(context, sentence, run, earlier, contents)
    if (again := _named_again(sentence, run, [spoken.source for spoken in earlier])) is not None:
        return Named(again, "named again")
    if (taken := _taken_up(sentence, run, earlier)) is not None:
        return Named(taken, "taken up")
    if (side := _side_before(context, sentence, run)) is not None:
        return Named(side, "mention")
    if (leader := _office_of_leader(context, sentence, run, contents)) is not None:
        return Named(leader, "mention")
    if (body := _spoken_for(context, sentence, run)) is not None:
        found = name_source(context, sentence, body, earlier, contents)
        if found.source.actor_id is not None:
            role = sentence.tokens[head_of(sentence, *run)].text
            return replace(found, source=replace(found.source, role=found.source.role or role))
    return Named(_described(context, sentence, _named_part(context, sentence, run)), "described")


def _side_before(context: Context, sentence: Sentence, run: Run) -> Source | None:
    """Return the armed side told of just before that "the force" or "the group" takes up."""
    words = [t.text.lower() for t in sentence.tokens[run[0] : run[1] + 1]]
    if len(words) != 2 or words[0] != "the" or words[1] not in _SIDES_TAKEN_UP:
        return None
    for back in range(SPEAKER_REACH):
        index = sentence.index - back
        before = [m for m in context.mentions[index] if back or m.last < run[0]] if index >= 0 else []
        for mention in sorted(before, key=lambda m: (not m.is_subject, -m.first)):
            actor = context.codebook.actor(mention.participant.actor_id or "")
            if actor is not None and actor.kind in ("armed group", "militia"):
                evidence = context.evidence(sentence, *run)
                return Source(mention.participant.name, "armed side", None, actor.id, evidence)
    return None


def _office_of_leader(context: Context, sentence: Sentence, run: Run, contents: Sequence[Run]) -> Source | None:
    """Return the institution that a leader in office heads, for "his office"."""
    words = [t.text.lower() for t in sentence.tokens[run[0] : run[1] + 1]]
    if len(words) != 2 or PRONOUNS.get(words[0]) != "person" or words[1] != "office":
        return None
    mention = antecedent(context, sentence, run[0], contents)
    leader = context.codebook.leader(mention.match.ids[0]) if mention is not None else None
    term = leader.term_on(context.published) if leader is not None else None
    if mention is None or term is None or term.actor is None:
        return None
    evidence = context.evidence(sentence, *run)
    return Source(f"office of {mention.participant.name}", "official", term.role, term.actor, evidence)


def _spoken_for(context: Context, sentence: Sentence, run: Run) -> Run | None:
    """Return the body without a name that somebody speaks for: "the ministry" of "the ministry's spokesman"."""
    head = head_of(sentence, *run)
    body = child(sentence, head, "nmod:poss")
    spokesman = sentence.tokens[head].text.lower().startswith("spokes")
    if not spokesman or body is None or body < run[0] or mention_in(context, sentence, *run) is not None:
        return None
    return (run[0], body) if _person_in(sentence, run) is None else None


def is_staff(sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names the outlet's own: "our correspondent"."""
    own = sentence.tokens[run[0]].text.lower() in ("our", "my")
    return own and sentence.tokens[head_of(sentence, *run)].lemma.lower() in _STAFF


def _with_office(sentence: Sentence, run: Run) -> Run:
    """Return a run that a tree cut at "of" with the office before it: "the Minister" of "of Defence"."""
    of = run[0] if sentence.tokens[run[0]].text.lower() == "of" else run[0] - 1
    if of < 1 or sentence.tokens[of].text.lower() != "of" or speaker_kind(sentence.tokens[of - 1]) is None:
        return run
    first = of - 1
    while first > 0 and sentence.tokens[first - 1].upos in ("DET", "ADJ", "PROPN", "NOUN"):
        first -= 1
    return first, run[1]


def _giver(sentence: Sentence, run: Run) -> Run:
    """Return whose figures a run names: "the centre" of "the centre's statistics", else the run."""
    if run[0] == run[1] or sentence.tokens[run[1]].lemma.lower() not in GIVEN - {"report", "account"}:
        return run
    owner = child(sentence, run[1], "nmod:poss") or run[1] - 1
    speaks = run[0] <= owner and speaker_kind(sentence.tokens[owner]) is not None
    return trimmed(sentence, run[0], owner) if speaks else run


def _named_part(context: Context, sentence: Sentence, run: Run) -> Run:
    """Return the half of a description that names, where a lost comma joined two: "[the Relief League] a charity"."""
    for i in range(run[0] + 1, run[1]):
        before = sentence.tokens[i - 1]
        if sentence.tokens[i].text.lower() not in ("a", "an", "the") or before.upos not in ("NOUN", "PROPN"):
            continue
        halves = ((run[0], i - 1), (i, run[1]))
        surely = not begins_clause(sentence, run[0])
        if not any(may_be(context, sentence, *pair, surely=surely) for pair in (halves, halves[::-1])):
            # what stands before is no part of it: "... held by the militia a monitor said"
            return halves[1] if _person_in(sentence, halves[0]) is None else run
        if not surely and not all(may_be(context, sentence, *pair) for pair in (halves, halves[::-1])):
            return halves[1]
        named = [half for half in halves if _is_named(context, sentence, half)]
        return named[0] if len(named) == 1 else run
    return run


def _is_named(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a description ends with a name, or its head is one."""
    head = head_of(sentence, *run)
    known = any(run[0] <= m.first <= head <= m.last and m.kind != "demonym" for m in context.mentions[sentence.index])
    return known or sentence.tokens[head].upos == "PROPN" or _person_in(sentence, run) is not None


def _described(context: Context, sentence: Sentence, run: Run) -> Source:
    if (outlet := find_outlet(context, sentence, run)) is not None:
        return outlet
    text = context.analysis.article.text
    evidence = context.evidence(sentence, *run)
    head = head_of(sentence, *run)
    if speaker_kind(sentence.tokens[head]) == "document":
        issuer = _issuer(sentence, run, head)
        if issuer is None and (printed := _printed_in(context, sentence, run)) is not None:
            return replace(printed, role=f"in a {sentence.tokens[head].text}")
        if issuer is not None:
            found = _described(context, sentence, issuer)
            return replace(found, role=found.role or f"in a {sentence.tokens[head].text}")
    mention = mention_in(context, sentence, *run)
    person = _person_in(sentence, run)
    word = speaker_kind(sentence.tokens[head])
    words = text_of(text, sentence, *_without_clause(sentence, run, head))
    if person is not None and (mention is None or mention.kind != "thing" or mention.last != run[1]):
        first, last = _whole_name(sentence, person.first, person.last, run)
        name = text_of(text, sentence, first, last)
        role = _role(text, sentence, run, (first, last))
        leader = mention is not None and mention.kind == "person" and mention.participant.actor_id is not None
        actor = mention.participant.actor_id if mention is not None else None
        kind: SourceKind = word if word in ("witness",) else "official"  # type: ignore[assignment]
        if not leader and actor is None and role is None:
            kind = "unnamed" if word == "unnamed" else "witness" if word == "witness" else "official"
        return Source(name, kind, role, actor, evidence)
    if _is_union(sentence, run, head) and (mention is None or not mention.first <= head <= mention.last):
        return Source(_without_article(words), "official", None, None, evidence)
    if mention is None:
        organisation = any(n.label == "ORG" and n.first <= head <= n.last for n in sentence.names)
        kind = word or ("official" if organisation else "unnamed")  # type: ignore[assignment]
        return Source(_without_article(words), kind, None, None, evidence)
    return _of_mention(context, sentence, run, mention, word, head)


def _is_union(sentence: Sentence, run: Run, head: int) -> bool:
    """Tell whether a whole run is the name of people joined in a body: "the Sudan Doctors Union" is no doctors."""
    first = run[0] + (sentence.tokens[run[0]].upos == "DET")
    named = any(n.label == "ORG" and n.first <= first and run[1] <= n.last for n in sentence.names)
    return named and sentence.tokens[head].text.lower() in _UNIONS


def _without_clause(sentence: Sentence, run: Run, head: int) -> Run:
    """Return a description without the clause that tells how it was come by: "a nurse [I reached in the district]".

    So with another name: "Civil Defence [also known as the White Helmets]".
    """
    words = [t.text.lower() for t in sentence.tokens[run[0] : run[1] + 1]]
    also = next((i for i in range(1, len(words) - 2) if words[i : i + 3] == ["also", "known", "as"]), None)
    if also is not None and run[0] + also > head:
        return trimmed(sentence, run[0], run[0] + also - 1)
    for node in children(sentence, head):
        token = sentence.tokens[node]
        citing = token.text.lower() in ("citing", "quoting")
        if (token.relation == "acl:relcl" or citing) and head < node <= run[1]:
            first = find_subtree([t.head for t in sentence.tokens], node)[0]
            if first > head:
                return trimmed(sentence, run[0], first - 1)
    return run


def _person_in(sentence: Sentence, run: Run) -> Span | None:
    """Return the person named in a run: "Ousmane Hallé" in "the mayor of Timbuktu, Ousmane Hallé".

    Whom or what somebody else is described by comes last: the President of "the President's adviser Ali Rahmati".
    """
    within = [
        n
        for n in sentence.names
        if n.label == "PER" and run[0] <= n.first and n.last <= run[1] and sentence.tokens[n.first].upos == "PROPN"
    ]
    named = [n for n in within if not _of_body(sentence, n) and not _heads_compound(sentence, n, run)]
    return min(named, key=lambda n: (_describes_another(sentence, n, run), n.first), default=None)


def _describes_another(sentence: Sentence, name: Span, run: Run) -> bool:
    """Tell whether a name says whose or where somebody is: "Haven's director", "the mayor of Timbuktu"."""
    after = sentence.tokens[name.last + 1].text if name.last < run[1] else ""
    before = sentence.tokens[name.first - 1].text.lower() if name.first > run[0] else ""
    start = name.first
    while start > run[0] and sentence.tokens[start - 1].upos == "PROPN":
        start -= 1  # "Norte de Santander"
    before = sentence.tokens[start - 1].text.lower() if start > run[0] else before
    noun = name.last < run[1] and sentence.tokens[name.last + 1].upos == "NOUN"  # "Qamishli resident Suleiman Youssef"
    return noun or after in ("'s", "’s", "'", "’") or before in ("of", "in", "at", "from")


def _heads_compound(sentence: Sentence, name: Span, run: Run) -> bool:
    """Tell whether what was taken for a person's name only opens a body's: "the [Ghouta] local council"."""
    following = sentence.tokens[name.last + 1 : run[1] + 1]
    compound = bool(following) and all(t.upos in ("PROPN", "NOUN", "ADJ") for t in following)
    kind = speaker_kind(following[-1]) if compound and following[-1].upos == "NOUN" else None
    return kind in ("official", "outlet", "monitor") or (kind is not None and name.first == name.last)


def _of_body(sentence: Sentence, name: Span) -> bool:
    """Tell whether a name that the reader took for a person's is that of a group, by the word before it."""
    before = sentence.tokens[name.first - 1] if name.first else None
    return before is not None and before.text.islower() and before.lemma.lower() in _COLLECTIVE


def _issuer(sentence: Sentence, run: Run, head: int) -> Run | None:
    """Return who issued a statement or report: "a statement by the army", "the army's statement", "army statement"."""
    for node in children(sentence, head):
        token = sentence.tokens[node]
        case = child(sentence, node, "case")
        by = case is not None and sentence.tokens[case].lemma.lower() in ("by", "from")
        named = token.upos in ("NOUN", "PROPN", "PRON")
        if named and (token.relation == "nmod:poss" or (token.relation in ("nmod", "obl") and by)):
            first, last = find_subtree([t.head for t in sentence.tokens], node, without=head)
            first = max(run[0], first)
            while first < node and sentence.tokens[first].upos in ("ADP", "PUNCT"):
                first += 1
            return trimmed(sentence, first, min(last, max(run[1], node)), "'’s,.\"“”")
    return None


def _printed_in(context: Context, sentence: Sentence, run: Run) -> Source | None:
    """Return the outlet that a report stands in: "a report in the Larkham Times"."""
    for i in range(run[0], run[1]):
        if sentence.tokens[i].text.lower() in ("in", "on"):
            return find_outlet(context, sentence, (i + 1, run[1]))
    return None


def _of_mention(
    context: Context, sentence: Sentence, run: Run, mention: Mentioned, word: str | None, head: int
) -> Source:
    """Return the source for a run with a codebook name in it: the named one itself, or somebody who speaks for it."""
    words = text_of(context.analysis.article.text, sentence, *_without_clause(sentence, run, head))
    participant = mention.participant
    evidence = context.evidence(sentence, *run)
    inside = mention.first <= head <= mention.last
    outlet = context.codebook.outlets.get(participant.actor_id or "")
    between = sentence.tokens[mention.last + 1 : head]
    called = word == "outlet" and mention.last < head and all(t.upos in ("NOUN", "PROPN", "ADJ") for t in between)
    if outlet is not None and (inside or called):  # "SANA", "SANA news agency"
        return Source(outlet.name, outlet.kind, None, outlet.side or outlet.id, evidence)
    actor = context.codebook.actor(participant.actor_id or "")
    kind: SourceKind = _KIND_OF_ACTOR.get(actor.kind, "official") if actor else "official"
    if mention.kind == "person" and inside:
        return Source(participant.name, "official", None, participant.actor_id, evidence)
    collective = sentence.tokens[head].lemma.lower() in _COLLECTIVE
    if inside and (collective or word in (None, "monitor", "outlet")):
        name = participant.name if mention.kind == "thing" else _without_article(words)
        return Source(name, kind, None, participant.actor_id, evidence)
    spoken: SourceKind = word if word is not None else kind  # type: ignore[assignment]
    actor_id = outlet.side if outlet is not None else participant.actor_id
    of_country = participant.reason.startswith(("state", "demonym", "metonym"))
    lemma = sentence.tokens[head].lemma.lower()
    abroad = lemma in _ABROAD and _is_whereabouts(sentence, mention)
    if of_country and (abroad or lemma not in _SPEAKS_FOR_STATE | _ABROAD):
        actor_id = None  # "an old man in Baku", "a surgeon at the Saudi hospital": no government
    return Source(_without_article(words), spoken, None, actor_id, evidence)


def _is_whereabouts(sentence: Sentence, mention: Mentioned) -> bool:
    """Tell whether a country or capital only says where somebody is: "officials in Baku"."""
    before = sentence.tokens[mention.first - 1].text.lower() if mention.first else ""
    return before in ("in", "at", "near", "from", "outside")


def _of_pronoun(
    context: Context, sentence: Sentence, run: Run, earlier: Sequence[Spoken], contents: Sequence[Run]
) -> Named:
    """Return what a pronoun speaks for: the last fitting source named just before, else the last fitting mention.

    A quotation from another outlet begins anew: what stood before it in the article is no antecedent. There "it", of
    whose own forces it speaks, is the side that the article tells to give ground; else the statement itself.
    """
    kind = PRONOUNS[sentence.tokens[run[0]].text.lower()]
    quoted_from = context.analysis.article.blocks[sentence.block].attributed_to
    nominative = sentence.tokens[run[0]].text.lower() in _NOMINATIVE
    if nominative and (speaking := _speaking_before(context, sentence, kind, earlier, quoted_from)) is not None:
        return Named(speaking, "goes on")
    reference = context.reference(sentence, run[0])
    if reference is not None and not (
        reference.to_sentence == sentence.index
        and any(a <= reference.to_last and reference.to_first <= b for a, b in contents)
    ):
        told = context.analysis.sentences[reference.to_sentence]
        if context.analysis.article.blocks[told.block].attributed_to == quoted_from:
            meant = find_source(context, told, (reference.to_first, reference.to_last), earlier)
            return Named(meant, "reference", reference.score)
    begin = _quotation_from(context, sentence)
    for spoken in reversed(earlier[-4:]):
        near = begin - spoken.sentence <= SPEAKER_REACH and spoken.quoted_from == quoted_from
        if near and _pronoun_fits(context, kind, spoken.source):
            return Named(spoken.source, "earlier source")
    mention = antecedent(context, sentence, run[0], contents)
    if mention is not None and quoted_from != _quoted_from(context, mention):
        mention = None
    nobody = mention is None or mention.participant.actor_id is None
    if nobody and (told_of := _subject_before(context, sentence, kind)) is not None:
        return Named(_described(context, *told_of), "subject before")
    if mention is None and kind == "thing":
        evidence = context.evidence(sentence, *run)
        losing = _losing_side(context, sentence, evidence)
        return (
            Named(losing, "losing side") if losing else Named(_bare_document(context, sentence, evidence), "document")
        )
    if mention is not None and mention.participant.actor_id is not None:
        p = mention.participant
        actor = context.codebook.actor(p.actor_id or "")
        by_kind = _KIND_OF_ACTOR.get(actor.kind, "official") if actor else "official"
        return Named(Source(p.name, by_kind, None, p.actor_id, context.evidence(sentence, *run)), "mention")
    name = f"“{sentence.tokens[run[0]].text}” (not resolved)"
    return Named(Source(name, "unnamed", None, None, context.evidence(sentence, *run)), "open")


def _quotation_from(context: Context, sentence: Sentence) -> int:
    """Return the index of the sentence that opened the quotation which this one closes, its own where it opens it."""
    text = context.analysis.article.text
    for earlier in reversed(context.analysis.sentences[max(0, sentence.index - QUOTED_REACH) : sentence.index + 1]):
        words = text[earlier.start : earlier.end]
        if not _OPENING_MARK.search(text[sentence.start : sentence.end]) and _OPENING_MARK.search(words):
            return earlier.index
    return sentence.index


def _goes_on_about(context: Context, sentence: Sentence, run: Run, speaker: Source) -> bool:
    """Tell whether a pronoun that says something is the one in whose words it stands; a body is "they" too."""
    word = sentence.tokens[run[0]].text.lower()
    kind = PRONOUNS[word]
    body = kind == "many" and "PER" not in _labels(context, speaker) and context.reference(sentence, run[0]) is None
    fits = _pronoun_fits(context, kind, speaker) or (body and _pronoun_fits(context, "thing", speaker))
    return word in _NOMINATIVE and fits


def _speaking_before(
    context: Context, sentence: Sentence, kind: str, earlier: Sequence[Spoken], quoted_from: str | None
) -> Source | None:
    """Return who spoke last in the sentence before, where a pronoun that goes on speaking fits: "It also said"."""
    before = [s for s in earlier if s.sentence == sentence.index - 1 and s.quoted_from == quoted_from]
    last = max(before, key=lambda s: (not s.nested, s.cue), default=None)
    here = any(s.sentence == sentence.index for s in earlier)
    return last.source if last is not None and not here and _pronoun_fits(context, kind, last.source) else None


def _subject_before(context: Context, sentence: Sentence, kind: str) -> tuple[Sentence, Run] | None:
    """Return whom the sentence before is about, where they can speak: "Refugees reached Tine. ... they said".

    Only its main clause's subject counts, with a word for speakers as its head and in the pronoun's number.
    """
    if kind == "thing" or sentence.index == 0:
        return None
    told = context.analysis.sentences[sentence.index - 1]
    blocks = context.analysis.article.blocks
    root = next((i for i, t in enumerate(told.tokens) if t.head < 0), None)
    found = child(told, root, "nsubj", "nsubj:pass") if root is not None else None
    if found is None or blocks[told.block].attributed_to != blocks[sentence.block].attributed_to:
        return None
    word = told.tokens[found].text.lower()
    if speaker_kind(told.tokens[found]) is None or (word != lemmatise(word, "NOUN")) != (kind == "many"):
        return None
    first, last = find_subtree([t.head for t in told.tokens], found)
    return told, trimmed(told, first, last)


def _quoted_from(context: Context, mention: Mentioned) -> str | None:
    sentence = context.analysis.sentences[mention.sentence]
    return context.analysis.article.blocks[sentence.block].attributed_to


def _losing_side(context: Context, sentence: Sentence, evidence: Evidence) -> Source | None:
    """Return the armed side that the article tells to give ground, where a speaker tells of its own forces' moves."""
    words = [t.text.lower() for t in sentence.tokens]
    if not any(a == "its" and b in _OWN_FORCES for a, b in pairwise(words)):
        return None
    losses: Counter[str] = Counter()
    for mention in (m for row in context.mentions for m in row):
        told = context.analysis.sentences[mention.sentence]
        verbs = {told.tokens[i].head for i in range(mention.first, mention.last + 1) if mention.is_subject}
        lemmas = {told.tokens[v].lemma.lower() for v in verbs if v >= 0}
        entries = [e for lemma in lemmas for e in context.codebook.event_entries(lemma, "VERB") if e.phrase == lemma]
        actor = context.codebook.actor(mention.participant.actor_id or "")
        if actor is not None and _KIND_OF_ACTOR.get(actor.kind) == "armed side":
            losses[actor.id] += any(e.type == "RETREAT" for e in entries)
    best = max(losses, key=lambda key: losses[key], default=None)
    if best is None or not losses[best]:
        return None
    side = context.codebook.actor(best)
    return Source(side.name, "armed side", "not named: the side said to give ground", best, evidence) if side else None


def _bare_document(context: Context, sentence: Sentence, evidence: Evidence) -> Source:
    """Return the statement or report that a speaker without a name speaks in, else an unresolved speaker."""
    for i, token in enumerate(sentence.tokens):
        if speaker_kind(token) == "document" and token.upos == "NOUN":
            name = f"{token.text} (speaker not named)"
            return Source(name, "document", None, None, context.evidence(sentence, i, i))
    return Source("speaker not named", "unnamed", None, None, evidence)


def _pronoun_fits(context: Context, kind: str, source: Source) -> bool:
    plural = source.name.lower().endswith("s") and source.kind in ("unnamed", "witness")
    if kind == "person":
        person = source.kind in ("official", "unnamed", "witness") and not plural and source.evidence is not None
        return person and not _is_body(context, source)
    if kind == "many":
        return plural
    body = source.kind == "unnamed" and _head_word(source.name) in _COLLECTIVE | {"source"}
    if source.name[:1].islower() and _head_word(source.name) != lemmatise(_head_word(source.name), "NOUN"):
        return False  # "terrorists" are no "it"
    return (body or source.kind in ("armed side", "monitor", "document", "outlet", "official")) and source.role is None


def _is_body(context: Context, source: Source) -> bool:
    """Tell whether a source is a body and no person: by the codebook, by its head word, or by the reader's names."""
    if source.actor_id is not None and source.role is None and context.codebook.actor(source.actor_id) is not None:
        return source.kind != "unnamed"
    if source.name == source.name.lower():
        return _head_word(source.name) in _BODY_WORDS
    labels = _labels(context, source)
    return source.role is None and "PER" not in labels and "ORG" in labels and source.kind != "unnamed"


def _labels(context: Context, source: Source) -> set[str]:
    """Return the labels of the reader's names in the words of a source."""
    evidence = source.evidence
    if evidence is None:
        return set()
    return {
        name.label
        for sentence in context.analysis.sentences
        if sentence.start <= evidence.start < sentence.end
        for name in sentence.names
        if sentence.tokens[name.first].start < evidence.end and evidence.start < sentence.tokens[name.last].end
    }


def _named_again(sentence: Sentence, run: Run, earlier: Sequence[Source]) -> Source | None:
    """Return the earlier source that a short name or a definite description takes up: "Rahmati", "the adviser"."""
    words = [t for t in sentence.tokens[run[0] : run[1] + 1] if t.upos not in ("DET", "PUNCT")]
    definite = run[1] > run[0] and sentence.tokens[run[0]].lemma.lower() == "the"
    if len(words) > 1 and definite:
        office = " ".join(t.text.lower() for t in words)
        return next((s for s in reversed(earlier) if _without_article((s.role or "").lower()) == office), None)
    if len(words) != 1:
        return None
    word = words[0]
    forms = {word.text.lower()}
    if run[1] + 1 < len(sentence.tokens) and sentence.tokens[run[1] + 1].lemma.lower() in GIVEN:
        forms.add(word.lemma.lower())  # "the [centre]s statistics", its apostrophe lost
    for source in reversed(earlier):
        parts = source.name.split()
        if word.upos == "PROPN" and len(parts) > 1 and parts[-1] == word.text:
            return source
        heads = {_head_word(source.role or ""), _head_word(source.name)}
        if definite and word.upos == "NOUN" and forms & heads:
            return source
    return None


def _head_word(description: str) -> str:
    """Return the word that a description is of, in lower case.

    >>> _head_word("a senior adviser to the president"), _head_word("Syrian Observatory for Human Rights")
    ('adviser', 'observatory')
    """
    words = description.lower().replace(",", " ").split()
    end = next((i for i, word in enumerate(words) if word in _AFTER_HEAD), len(words))
    return words[end - 1] if end else ""


def _taken_up(sentence: Sentence, run: Run, earlier: Sequence[Spoken]) -> Source | None:
    """Return the named source just before that a bare description takes up: "the group", "the statement"."""
    first, head = sentence.tokens[run[0]], sentence.tokens[run[1]]
    kinds = _TAKES_UP.get(head.lemma.lower())
    if head.lemma.lower() == "ministry" and run[1] - run[0] > 1:
        return None  # "the foreign ministry" is not the one before
    if kinds is None or first.lemma.lower() != "the" or run[1] - run[0] - 1 > LONGEST_DESCRIPTION:
        return None
    if any(t.upos == "PROPN" for t in sentence.tokens[run[0] : run[1] + 1]):
        return None
    near = (s for s in reversed(earlier) if sentence.index - s.sentence <= DESCRIPTION_REACH)
    return next((s.source for s in near if s.source.kind in kinds and s.source.name[:1].isupper()), None)


def _whole_name(sentence: Sentence, first: int, last: int, run: Run) -> Run:
    """Return the person's name without titles, widened over proper nouns the reader cut off."""
    while last < run[1] and sentence.tokens[last + 1].upos == "PROPN" and not _is_office(sentence, last + 1):
        last += 1
    return first, last


def _is_office(sentence: Sentence, token: int) -> bool:
    """Tell whether a capital word after a name begins what the person is: "Pavel Ilin [Chief of the Staff]"."""
    following = sentence.tokens[token + 1 : token + 2]
    return speaker_kind(sentence.tokens[token]) is not None and any(t.upos == "ADP" for t in following)


def _role(text: str, sentence: Sentence, run: Run, name: Run) -> str | None:
    """Return how the run describes the person besides the name, or None."""
    pieces = []
    if name[0] > run[0]:
        pieces.append(trimmed(sentence, run[0], name[0] - 1))
    if name[1] < run[1]:
        pieces.append(trimmed(sentence, name[1] + 1, run[1]))
    words = [_without_article(text_of(text, sentence, *p)) for p in pieces]
    words = [w for w in words if any(c.isalpha() for c in w)]
    return max(words, key=len) if words else None


def _without_article(words: str) -> str:
    """Return words without a leading article.

    >>> _without_article("the Iranian officials")
    'Iranian officials'
    """
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else words
