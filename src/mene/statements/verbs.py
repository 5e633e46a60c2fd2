"""Who says what by a verb: "X said that", "…, X said", in the limits of the tree and of the reader."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mene.codebook import Codebook, Cue
from mene.codebook.lemmas import lemmatise
from mene.language.trees import find_subtree
from mene.records import Sentence, Span, Token
from mene.statements.context import Context
from mene.statements.grammar import NEGATIONS, SUBJECTS, ancestors, child, children, head_of, subject, subtree, trimmed
from mene.statements.relays import listener_outlet
from mene.statements.saying import (
    CLOSING,
    LONGEST_SOURCE,
    OPENING,
    PLAIN,
    Attribution,
    AttributionRule,
    Run,
    begins_clause,
    is_clause,
    is_passive_cue,
    may_be,
    quoted_runs,
    runs_of,
    speaker_kind,
    speaker_words,
    stands_after,
    touches,
)

_UNSAID_YET = frozenset("will would may might can could shall should must".split())
"""Auxiliaries with which a verb of saying tells of no words said: "the United States will respond"."""
_INTENDING = frozenset(
    "plan intend decide aim resolve prepare mean consider hope wish agree want seek try weigh mull order command"
    " instruct refuse decline".split()
)
"""Verbs of a plan: with an infinitive they tell what somebody is about to do, not what they say."""
_FIGURES = frozenset(("toll", "number", "figure", "count", "estimate", "tally", "total", "cost", "loss"))
"""What is put at a number by somebody who says so."""

_PARTS = frozenset("some many several most all both".split())
"""With "with" before them these are some of those whom the sentence is about."""

_AHEAD = frozenset(("that", "following"))
"""What a sentence ends with that only announces somebody's words."""

_LIVES = frozenset(("life", "victim", "casualty", "hundred", "dozen", "thousand"))
_PERCEIVING = frozenset(("hear", "see", "feel", "watch", "notice"))
"""In the passive these tell that a thing was there, in nobody's words: "could be heard by residents", "is seen"."""

_SEEMING = frozenset(("appear", "seem", "look"))
"""These tell how a thing looks to whoever writes."""

_NAMING = frozenset(("dub", "nickname", "label"))
"""These say something only of somebody: "Homs, once dubbed the capital of the revolution" has no speaker."""

_NO_PREDICATE = frozenset(("aux", "aux:pass", "cop", "case", "mark", "fixed", "amod", "compound:prt"))
_NOBODY = frozenset(("nobody", "none", "neither"))
_NEEDS_CLAUSE = frozenset(
    "offer guarantee assure respond reply answer counter protest object react shout promise continue recognise"
    " recognize".split()
)
"""Verbs that say something only with a clause or a quotation: "responded with force", "offering hope" do not."""

_DAYS = frozenset("on late early today yesterday monday tuesday wednesday thursday friday saturday sunday".split())
"""What may stand after a cue that closes its sentence: "said on Monday"."""

_BODIES = frozenset("group agency organisation organization network monitor watchdog newspaper channel ngo".split())
_NO_SPEAKERS = frozenset(("it", "there", "we", "i"))
"""Subjects of a passive cue that tell of no speaker: "it is said", "we are told"."""

_DENYING_DEEDS = frozenset(("deny", "rule", "refute"))
"""What these deny may be any deed: "denied involvement", "ruled out a withdrawal"."""

CLAIMS = frozenset(
    "report claim allegation accusation charge rumour rumor suggestion account version assertion notion idea"
    " story".split()
)
"""Nouns for what is told."""

_REJECTED = CLAIMS | {"narrative", "finding", "criticism"}
"""To reject one of these is to deny it."""

_AGAINST = frozenset(("accuse", "blame", "charge", "suspect"))
_TO_SOMEBODY = frozenset(("tell", "inform", "brief", "assure", "remind", "notify"))
"""After these stands who is told, not who tells."""

_DESCRIBING = frozenset(("det", "amod", "compound"))
TRAILING_WORDS = 9
"""A cue among so many last words may close the sentence it attributes."""
MIN_CLAUSE = 3
"""A clause before a speaker has more words than so many."""
SURE_CUE = 0.8
"""A cue that is not in the codebook counts from this probability on."""


def said_by_verbs(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield each verb of saying with its subject or agent and its clause or quotation."""
    for i, token in enumerate(sentence.tokens):
        if token.upos not in ("VERB", "AUX") or token.relation in _NO_PREDICATE:
            continue
        if i > 2 and goes_on_to(sentence, i - 3) == i:
            continue
        entry = cue_of_verb(context.codebook, sentence, i)
        seen = any(c.first <= i <= c.last for c in sentence.cues)
        if entry is None and not (seen and _surely_said(sentence, i)):
            continue
        content = _content_of_verb(sentence, i, entry or PLAIN, seen)
        if not content or is_intention(sentence, i) or says_nothing(sentence, i):
            continue
        if is_unsaid(sentence, i):
            if entry is None or entry.kind not in ("confirmation", "denial"):
                continue
            entry = replace(entry, kind="report", modality="possible")  # "could not confirm", "did not deny"
        speaker = _speaker(context, sentence, i, content)
        if speaker is None and not seen and not is_passive_cue(sentence, i):
            continue
        if (
            speaker is None
            and entry is not None
            and entry.kind in ("opinion", "forecast")
            and _reported_of(sentence, i)
        ):
            continue  # "are believed to have left": the outlet's own doubt
        content = _up_to_speaker(sentence, i, speaker, _with_broken_quote(sentence, i, content))
        if speaker is not None and speaker == inverted_speaker(sentence, i) and is_clause(sentence, (0, i - 1)):
            content = [trimmed(sentence, 0, i - 1)]
        if speaker is not None and _is_listener(sentence, i, content) and is_clause(sentence, (0, speaker[0] - 1)):
            content = [trimmed(sentence, 0, speaker[0] - 1)]  # "..., X told Y in a call"
        last, relay = goes_on_to(sentence, i) or i, listener_outlet(context, sentence, i)
        rule: AttributionRule = "count" if _counted(sentence, i) is not None else "verb"
        yield Attribution((i, last), speaker, tuple(content), entry or PLAIN, relay, rule)


def goes_on_to(sentence: Sentence, verb: int) -> int | None:
    """Return the last word of "went on to say", which trees often take for a noun: "went on to [state]"."""
    words = [t.text.lower() for t in sentence.tokens[verb : verb + 4]]
    goes = len(words) == 4 and sentence.tokens[verb].lemma.lower() == "go" and words[1:3] == ["on", "to"]
    return verb + 3 if goes else None


def _up_to_speaker(sentence: Sentence, verb: int, speaker: Run | None, contents: list[Run]) -> list[Run]:
    """Return the contents of a cue that closes its sentence, all that stands before the speaker where they begin it.

    In a text without commas trees and readers often keep a piece of it only.
    """
    torn = all(not is_clause(sentence, run) for run in contents) and len(contents) > 1
    closes = speaker is not None and speaker[1] < verb and (torn or verb >= len(sentence.tokens) - TRAILING_WORDS)
    if speaker is None or not closes or not contents or (contents[0][0] > 1 and not torn):
        return contents
    if torn:
        return [trimmed(sentence, 0, speaker[0] - 1)] if speaker[0] > MIN_CLAUSE else contents
    described = subtree(sentence, head_of(sentence, *speaker), without=verb)
    if not all(i in described for i in range(speaker[1] + 1, verb)):
        return contents
    before = all(last < speaker[0] for _, last in contents) and not any(t.text in ";" for t in sentence.tokens)
    return [trimmed(sentence, 0, speaker[0] - 1)] if before else contents


def _is_listener(sentence: Sentence, verb: int, contents: Sequence[Run]) -> bool:
    """Tell whether what was taken for the content is only who is told."""
    if sentence.tokens[verb].lemma.lower() not in _TO_SOMEBODY or len(contents) != 1:
        return False
    told = child(sentence, verb, "obj", "iobj")
    return told is not None and contents[0][0] <= told <= contents[0][1] and verb < told


def cue_of_verb(book: Codebook, sentence: Sentence, verb: int) -> Cue | None:
    """Return the codebook's cue for a verb, with the word after it where both are one cue ("called for")."""
    if (said := goes_on_to(sentence, verb)) is not None:
        return book.cue(lemmatise(sentence.tokens[said].text.lower(), "VERB"), "VERB")
    lemma = sentence.tokens[verb].lemma.lower()
    if _counted(sentence, verb):
        return PLAIN
    following = sentence.tokens[verb + 1].text.lower() if verb + 1 < len(sentence.tokens) else ""
    return book.cue(f"{lemma} {following}", "VERB") or book.cue(lemma, "VERB")


def _with_broken_quote(sentence: Sentence, verb: int, contents: list[Run]) -> list[Run]:
    """Return the contents with the other part of a quotation that the cue breaks: “The line,” he said, “is this.”"""
    quoted = [r for r in quoted_runs(sentence) if not r[0] <= verb <= r[1]]
    if not any(r[1] < verb for r in quoted) or not any(r[0] > verb for r in quoted):
        return contents
    rest = [r for r in quoted if not any(r[0] <= b and a <= r[1] for a, b in contents)]
    return sorted([*contents, *(trimmed(sentence, *r) for r in rest)])


def _surely_said(sentence: Sentence, verb: int) -> bool:
    """Tell whether the reader is sure of a cue that no list holds, and saw its source too."""
    return any(c.score >= SURE_CUE for c in sentence.cues if c.first <= verb <= c.last) and bool(sentence.sources)


def says_nothing(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb of saying is used of deeds: "claiming three lives", "was supposed to hold"."""
    lemma = sentence.tokens[verb].lemma.lower()
    taken = child(sentence, verb, "obj")
    lives = lemma == "claim" and taken is not None and sentence.tokens[taken].lemma.lower() in _LIVES
    done = lemma == "commit" and taken is not None and sentence.tokens[taken].upos in ("NOUN", "PROPN", "NUM")
    asked = lemma in ("ask", "press", "question") and _is_spoken_of(sentence, verb)
    goes_on = lemma == "continue" and _takes_infinitive(sentence, verb) and not _quotation(sentence, verb)
    seen = lemma in _PERCEIVING and (is_passive_cue(sentence, verb) or _only_undergoes(sentence, verb))
    perceived = goes_on or lemma in _SEEMING or seen
    named = lemma in _NAMING and taken is None
    return lives or done or asked or perceived or named or (lemma == "suppose" and is_passive_cue(sentence, verb))


def _takes_infinitive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb governs another's infinitive, as a complement or, in a poor tree, as an adverbial clause."""
    return child(sentence, verb, "xcomp") is not None or any(
        sentence.tokens[c].relation == "advcl" and sentence.tokens[c - 1].text.lower() == "to"
        for c in children(sentence, verb)
    )


def _only_undergoes(sentence: Sentence, verb: int) -> bool:
    """Tell whether what is no speaker perceives a bare thing: "Sirte has seen violence", not "a nurse saw bodies"."""
    told = child(sentence, verb, "ccomp", "xcomp") is not None or bool(_quotation(sentence, verb))
    taken_for = any(stands_after(sentence, c, "as") for c in children(sentence, verb))
    seeing = subject(sentence, verb)
    speaks = seeing is not None and (
        speaker_kind(sentence.tokens[seeing]) is not None or sentence.tokens[seeing].upos == "PRON"
    )
    return not told and not taken_for and not speaks


def is_unsaid(sentence: Sentence, verb: int) -> bool:
    """Tell whether the saying itself is negated: "has never confirmed", "nobody said", "no group claimed"."""
    before = sentence.tokens[verb - 1].text.lower() if sentence.tokens[verb].head == verb - 1 >= 0 else ""
    if before in NEGATIONS or any(sentence.tokens[c].text.lower() in NEGATIONS for c in children(sentence, verb)):
        return True
    speaker = child(sentence, verb, "nsubj")
    if speaker is None:
        return False
    determiner = child(sentence, speaker, "det")
    return sentence.tokens[speaker].text.lower() in _NOBODY or (
        determiner is not None and sentence.tokens[determiner].text.lower() in ("no", "neither")
    )


def is_intention(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb tells of a plan or an order ("plans to withdraw"), so that the narrator says it."""
    planned = child(sentence, verb, "xcomp", "obj") is not None and child(sentence, verb, "ccomp") is None
    return sentence.tokens[verb].lemma.lower() in _INTENDING and planned and not _quotation(sentence, verb)


def _counted(sentence: Sentence, verb: int) -> Run | None:
    """Return what somebody puts at a number: "put [the death toll at more than 300]"."""
    if sentence.tokens[verb].lemma.lower() != "put":
        return None
    figure = child(sentence, verb, "obj", "nsubj:pass")
    if figure is None or sentence.tokens[figure].lemma.lower() not in _FIGURES:
        return None
    number = next((c for c in children(sentence, verb) if c > verb and stands_after(sentence, c, "at")), None)
    if number is None or not any(t.upos == "NUM" for t in sentence.tokens[verb:]):
        return None
    first, last = subtree(sentence, figure)[0], subtree(sentence, number)[-1]
    return trimmed(sentence, first, last)


def _content_of_verb(sentence: Sentence, verb: int, entry: Cue, seen: bool) -> list[Run]:
    if (counted := _counted(sentence, verb)) is not None:
        return [counted]
    if (said := goes_on_to(sentence, verb)) is not None:
        below = child(sentence, said, "ccomp")
        if below is not None:
            return runs_of(subtree(sentence, below), sentence)
    for i in children(sentence, verb):
        token = sentence.tokens[i]
        if token.relation == "parataxis" and _quoted(sentence, i):
            return runs_of(subtree(sentence, i), sentence)
        if token.relation == "ccomp" and not _only_goes_on(sentence, verb, i):
            return runs_of(subtree(sentence, i), sentence)
    beside = sentence.tokens[verb].relation in ("parataxis", "discourse") and sentence.tokens[verb].head >= 0
    if beside and (entry.phrase in _TO_SOMEBODY or not _has_object_after(sentence, verb)):
        return runs_of(subtree(sentence, sentence.tokens[verb].head, without=verb), sentence)
    if entry.kind == "denial" and (denied := denied_by(sentence, verb)) is not None:
        return runs_of(subtree(sentence, denied, without=verb), sentence)
    token = sentence.tokens[verb]
    mark = child(sentence, verb, "mark")
    if (
        token.relation == "advcl"
        and mark is not None
        and sentence.tokens[mark].text.lower() == "as"
        and token.head >= 0
    ):
        told = child(sentence, token.head, "ccomp")  # "denied that it was lost, as accounts had reported"
        if told is not None:
            return runs_of(subtree(sentence, told, without=verb), sentence)
    complement = child(sentence, verb, "xcomp")
    if complement is not None and (entry.kind not in ("report", "confirmation") or seen):
        return runs_of(subtree(sentence, complement), sentence)
    quoted = _quotation(sentence, verb)
    if quoted:
        return quoted
    if len(entry.phrase.split()) == 2:
        asked = [c for c in children(sentence, verb) if stands_after(sentence, c, entry.phrase.split()[1])]
        if asked:
            return runs_of(subtree(sentence, asked[0], without=child(sentence, asked[0], "case")), sentence)
    if sentence.tokens[verb].lemma.lower() in _NEEDS_CLAUSE:
        return []
    if seen:
        near = [c for c in sentence.contents if c.last >= verb - 40 and not c.first <= verb <= c.last]
        if near:
            best = min(near, key=lambda c: min(abs(c.first - verb), abs(c.last - verb)))
            return [(best.first, best.last)]
    if entry is not PLAIN and verb + 4 < len(sentence.tokens) and sentence.tokens[verb + 1].text.lower() == "that":
        return [trimmed(sentence, verb + 1, len(sentence.tokens) - 1)]  # the tree lost the clause
    joined = (s for s in sentence.sayings if s.cue.first <= verb <= s.cue.last)
    return [trimmed(sentence, c.first, c.last) for s in joined for c in s.contents] if entry is not PLAIN else []


def _only_goes_on(sentence: Sentence, verb: int, clause: int) -> bool:
    """Tell whether nothing that is said follows a closing cue: "X told the paper, urging", "X told Y in a call"."""
    token = sentence.tokens[clause]
    if clause < verb or sentence.tokens[verb].relation != "parataxis":
        return False
    told = any(sentence.tokens[i].upos in ("VERB", "AUX") for i in subtree(sentence, clause))
    bare = token.text.lower().endswith("ing") and child(sentence, clause, *SUBJECTS, "mark") is None
    return bare or not told


def denied_by(sentence: Sentence, verb: int) -> int | None:
    """Return the head of what a verb denies without a that-clause: "denies targeting", "denied it".

    Offers, calls and men are rejected and dismissed too: there the noun must be one for what is told.
    """
    lemma = sentence.tokens[verb].lemma.lower()
    deed = child(sentence, verb, "xcomp")
    if deed is not None:
        return deed if sentence.tokens[deed].upos == "VERB" and lemma in _DENYING_DEEDS else None
    token = sentence.tokens[verb]
    if token.relation == "acl:relcl" and token.head >= 0 and sentence.tokens[token.head].lemma.lower() in _REJECTED:
        return token.head  # "a claim the military dismissed"
    obj = child(sentence, verb, "nsubj:pass" if is_passive_cue(sentence, verb) else "obj")
    if obj is None:
        return None
    token = sentence.tokens[obj]
    told = token.lemma.lower() in _REJECTED
    pronoun = token.upos == "PRON" and token.text.lower() in ("it", "this", "that", "them", "these")
    if lemma in _DENYING_DEEDS:
        return obj if pronoun or token.upos == "NOUN" else None
    return obj if told or (pronoun and lemma in ("dispute", "rebut", "refute", "contradict")) else None


def _quoted(sentence: Sentence, token: int) -> bool:
    return any(t.text in OPENING + CLOSING for t in sentence.tokens[max(0, token - 12) : token + 12])


def _quotation(sentence: Sentence, verb: int) -> list[Run]:
    """Return the quoted runs of the verb's sentence that it stands outside of, of three words or more."""
    runs = [r for r in quoted_runs(sentence) if not r[0] <= verb <= r[1] and r[1] - r[0] >= 2]
    return runs if any(abs(r[0] - verb) <= 8 or abs(r[1] - verb) <= 8 for r in runs) else []


def _placed(context: Context, sentence: Sentence, verb: int, found: int) -> Run | None:
    """Return a speaker with the body they speak at, which trees take for the subject: "[A source at] the Command"."""
    first, last = find_subtree([t.head for t in sentence.tokens], found, without=verb)
    inside = 0 < first < found < verb and sentence.tokens[first].upos == "ADP"
    if not inside or speaker_kind(sentence.tokens[first - 1]) is None:
        return None
    outer = _speaker_ending(context, sentence, first - 1)
    return (outer[0] if outer is not None else first - 1, last)


def _apposed(context: Context, sentence: Sentence, verb: int, found: int) -> Run | None:
    """Return a name and what it is, which lost commas made two subjects: "SANA news agency", "Lena Moss a nurse"."""
    if sentence.tokens[found].head != verb:
        return None
    heads = [t.head for t in sentence.tokens]
    first, last = find_subtree(heads, found, without=verb)
    other = next((c for c in children(sentence, verb) if c < first and sentence.tokens[c].relation == "nsubj"), None)
    if sentence.tokens[first].text.lower() in ("a", "an", "the") and last == verb - 1:
        begin, end = find_subtree(heads, other, without=verb) if other is not None else (first, first)
        person = any(n.label == "PER" and begin <= n.first and n.last <= end for n in sentence.names)
        return (begin, last) if person and end == first - 1 else _name_before(context, sentence, first, last)
    named = sentence.tokens[found].upos in ("NOUN", "PROPN") and last == verb - 1
    if named and (begin := _name_in_pieces(sentence, verb, first)) < first:
        return begin, last
    if sentence.tokens[found].lemma.lower() not in _BODIES:
        return None
    if other is None or not any(m.first <= other <= m.last for m in context.matches[sentence.index]):
        return None
    begin, end = find_subtree(heads, other, without=verb)
    return (begin, last) if end == first - 1 else None


def _name_in_pieces(sentence: Sentence, verb: int, first: int) -> int:
    """Return where a name begins whose words a tree made subjects one by one: "[Al-Rafid News] Network reports".

    A place or a noun in the plural before the last piece is no part of it: "fled Sirte residents said".
    """
    heads = [t.head for t in sentence.tokens]
    begin = first
    for piece in reversed([c for c in children(sentence, verb) if c < first]):
        start, end = find_subtree(heads, piece, without=verb)
        word = sentence.tokens[piece]
        placed = any(n.label == "LOC" and n.first <= end and start <= n.last for n in sentence.names)
        single = word.upos == "PROPN" or lemmatise(word.text.lower(), "NOUN") == word.text.lower()
        if end != begin - 1 or word.relation != "nsubj" or placed or not single or word.upos not in ("NOUN", "PROPN"):
            break
        if any(t.upos not in ("NOUN", "PROPN") and t.text != "-" for t in sentence.tokens[start : end + 1]):
            break
        begin = start
    return begin if sentence.tokens[begin].upos == "PROPN" else first


def _name_before(context: Context, sentence: Sentence, first: int, last: int) -> Run | None:
    """Return the run with the name before it that opens the sentence: "[Syria Relief] a charity"."""
    begin = first
    while begin > 0 and _may_name(sentence.tokens[begin - 1]):
        begin -= 1
    known = next((m for m in context.matches[sentence.index] if m.last == first - 1 and m.kind != "state"), None)
    begin = known.first if known is not None else begin
    named = any(n.label in ("PER", "ORG") and begin <= n.first and n.last < first for n in sentence.names)
    if known is not None:
        surely = not begins_clause(sentence, begin)  # "... fell to the rebels a resident said": two
        return (begin, last) if may_be(context, sentence, (begin, first - 1), (first, last), surely=surely) else None
    ends = first > 0 and sentence.tokens[first - 1].upos == "PROPN"
    return (begin, last) if named and ends and begin == 0 else None


def _may_name(token: Token) -> bool:
    return token.upos in ("PROPN", "ADJ", "NOUN") or token.text == "-"


def _speaker(context: Context, sentence: Sentence, verb: int, contents: Sequence[Run]) -> Run | None:
    """Return the run of the cue's source: its subject or agent, in the reader's limits where it saw one there."""
    agent = next(
        (
            i
            for i in children(sentence, verb)
            if sentence.tokens[i].relation in ("obl:agent",)
            or (
                sentence.tokens[i].relation == "obl"
                and (case := child(sentence, i, "case")) is not None
                and sentence.tokens[case].lemma == "by"
                and is_passive_cue(sentence, verb)
            )
        ),
        None,
    )
    agent = None if sentence.tokens[verb].lemma.lower() in ("quote", "cite") else agent  # by whom X is quoted
    if agent is None and (inverted := inverted_speaker(sentence, verb)) is not None:
        return inverted
    spoken_of = _reported_of(sentence, verb) or _is_spoken_of(sentence, verb)
    between = _speaking_between(context.codebook, sentence, verb)
    found = agent if agent is not None else (None if spoken_of else between or subject(sentence, verb))
    found = _some_of(sentence, verb, found) if found is not None else None
    if found is not None and any(a <= found <= b for a, b in contents) and agent is None:
        found = None
    if found is not None and agent is None and found > verb and child(sentence, found, "case") is not None:
        return _run_before(context, sentence, verb)  # "... the centre said in its bulletin"
    if found is not None and sentence.tokens[found].text.lower() in _NO_SPEAKERS and is_passive_cue(sentence, verb):
        return None
    if found is None:
        near = [s for s in sentence.sources if not any(a <= s.first <= b for a, b in contents)]
        near = [s for s in near if min(abs(s.first - verb), abs(s.last - verb)) <= 6]
        if not near or spoken_of:
            return None
        return _joined_whole(sentence, verb, near[0]) or (near[0].first, near[0].last)
    if sentence.tokens[found].text.lower() in ("who", "which", "that"):
        found = _before_relative(sentence, found)
    if agent is None and (outer := _placed(context, sentence, verb, found)) is not None:
        return outer
    if (named := _apposed(context, sentence, verb, found)) is not None:
        return named
    seen = next((s for s in sentence.sources if s.first <= found <= s.last), None)
    first, last = find_subtree([t.head for t in sentence.tokens], found, without=verb)
    if (beside := _joined_beside(sentence, verb, (first, last))) is not None:
        return beside
    if seen is not None and not seen.first <= verb <= seen.last:
        joined = _joined_whole(sentence, verb, seen)
        if joined is not None:
            return trimmed(sentence, *joined)
        begin = _with_describing(sentence, seen.first)
        pieces = sum(first <= s.first and s.last <= last for s in sentence.sources)
        stop = verb - 1
        while stop > last and sentence.tokens[stop].upos in ("AUX", "ADV"):
            stop -= 1  # "The alliance which calls itself X has said"
        cut = (first in (begin, seen.first) or pieces > 1) and seen.last < last == stop
        cut = cut and last - begin < LONGEST_SOURCE
        return trimmed(sentence, begin, last if cut else seen.last)
    clash = [a for a, b in contents if first < a <= last]
    last = min([last, *(a - 1 for a in clash)])
    return trimmed(sentence, min(first, found), max(last, found))


def _some_of(sentence: Sentence, verb: int, found: int) -> int:
    """Return of whom "some" are: "[Websites] gave different figures with some saying that ..."."""
    mark = child(sentence, verb, "mark")
    with_some = mark is not None and sentence.tokens[mark].text.lower() == "with"
    if not with_some or sentence.tokens[found].text.lower() not in _PARTS or sentence.tokens[verb].head < 0:
        return found
    whole = subject(sentence, sentence.tokens[verb].head)
    return found if whole is None else whole


def said_ahead(context: Context, sentence: Sentence) -> Attribution | None:
    """Return who is told to speak where only what follows the sentence is said: "The source told the paper that." """
    words = [i for i, t in enumerate(sentence.tokens) if t.upos != "PUNCT"]
    if not words or (sentence.tokens[words[-1]].text.lower() not in _AHEAD and sentence.tokens[-1].text != ":"):
        return None
    for verb in (i for i, t in enumerate(sentence.tokens) if t.head < 0 and t.upos == "VERB"):
        entry = cue_of_verb(context.codebook, sentence, verb)
        if entry is None or entry.kind not in ("report", "claim") or is_unsaid(sentence, verb):
            return None
        last = (len(sentence.tokens) - 1,) * 2
        speaker = _speaker(context, sentence, verb, [last])
        listener = listener_outlet(context, sentence, verb)
        return Attribution((verb, verb), speaker, (last,), entry, listener) if speaker is not None else None
    return None


def _speaking_between(book: Codebook, sentence: Sentence, verb: int) -> int | None:
    """Return who speaks in the clause that a coordinated cue really goes on, where a tree skips it.

    "The agency said that ... whilst a source did not deny that ... and [said] that ...": the source said it.
    """
    token = sentence.tokens[verb]
    if token.relation != "conj" or child(sentence, verb, *SUBJECTS) is not None or child(sentence, verb, "cc") is None:
        return None
    inner, governor = child(sentence, token.head, "nsubj", "nsubj:pass"), sentence.tokens[token.head].head
    within = sentence.tokens[token.head].relation == "ccomp" and inner is not None and governor >= 0
    if within and inner is not None and sentence.tokens[inner].upos == "NOUN":
        told = cue_of_verb(book, sentence, governor) is not None and speaker_kind(sentence.tokens[inner]) is None
        if told:
            return subject(sentence, governor)  # "did not deny that jets had flown and said"
    for i in range(verb - 1, max(token.head, 0), -1):
        mark = child(sentence, i, "mark")
        contrasts = mark is not None and sentence.tokens[mark].text.lower() in ("while", "whilst", "whereas")
        if contrasts and sentence.tokens[i].upos == "VERB" and cue_of_verb(book, sentence, i) is not None:
            return child(sentence, i, "nsubj")
    return None


def inverted_speaker(sentence: Sentence, verb: int) -> Run | None:
    """Return the subject after a cue that closes its sentence, where a tree has one before it too.

    "Rounds struck near the embassy said the Observatory": with its comma lost, the embassy looks like the speaker.
    """
    after = next((c for c in children(sentence, verb) if c > verb and sentence.tokens[c].relation in SUBJECTS), None)
    if after is None or sentence.tokens[after].upos not in ("NOUN", "PROPN"):
        return None
    if child(sentence, after, "case") is not None:
        return None  # "... X said according to the paper"
    first, last = find_subtree([t.head for t in sentence.tokens], after, without=verb)
    closes = all(t.upos == "PUNCT" or t.text.lower() in _DAYS for t in sentence.tokens[last + 1 :])
    before = any(c < verb and sentence.tokens[c].relation in SUBJECTS for c in children(sentence, verb))
    plain = child(sentence, verb, "aux", "aux:pass") is None
    word = sentence.tokens[after]
    speaks = word.upos == "PROPN" or speaker_kind(word) is not None
    return trimmed(sentence, first, last) if first == verb + 1 and closes and before and plain and speaks else None


def _joined_beside(sentence: Sentence, verb: int, subject_run: Run) -> Run | None:
    """Return the source that the reader joins to a cue right beside it, where the tree has a subject farther off.

    A text that lost its commas gives a verb two subjects: "Fighters on Monday took the town said [the monitor]"; "[the
    group's branch in the north, the Front] said" is one, in two pieces.
    """
    saying = next((s for s in sentence.sayings if s.source is not None and touches(s.cue, (verb, verb))), None)
    if saying is None or saying.source is None or touches(saying.source, subject_run):
        return None
    first, last = saying.source.first, saying.source.last
    if last == verb - 1 and subject_run[1] == first - 1:
        whole = last - subject_run[0] < LONGEST_SOURCE  # else the tree has taken a dateline for the subject
        return trimmed(sentence, subject_run[0] if whole else first, last)
    if first == verb + 1 and sentence.tokens[last].upos != "DET":
        head = head_of(sentence, first, last)
        return trimmed(sentence, first, max(last, subtree(sentence, head, without=verb)[-1]))
    return None


def _joined_whole(sentence: Sentence, verb: int, seen: Span) -> Run | None:
    """Return the source that the reader joins whole but marks in pieces: "[President of] [the League X]"."""
    joined = (s.source for s in sentence.sayings if s.source is not None and touches(s.cue, (verb, verb)))
    wider = (j for j in joined if j.first <= seen.first and seen.last <= j.last < verb and j.last - j.first > 1)
    whole = next(((j.first, j.last) for j in wider if (j.first, j.last) != (seen.first, seen.last)), None)
    while whole is not None and whole[0] > 1 and sentence.tokens[whole[0] - 1].text == "-":
        whole = (whole[0] - 2, whole[1])  # "[state-]run Sana agency"
    return whole


def _with_describing(sentence: Sentence, first: int) -> int:
    """Return where a source begins that the reader cut short of its own describing words: "[a monitoring] group"."""
    if sentence.tokens[first].upos not in ("NOUN", "PROPN"):
        return first
    while first > 0 and _describes(sentence, first - 1, first) and sentence.tokens[first - 1].relation in _DESCRIBING:
        first -= 1
    return first


def _before_relative(sentence: Sentence, pronoun: int) -> int:
    """Return the noun that a relative pronoun stands for, the head of the phrase before it, else the pronoun."""
    for i in range(pronoun - 1, max(-1, pronoun - 4), -1):
        if sentence.tokens[i].upos in ("NOUN", "PROPN"):
            node = i
            while node >= 0 and sentence.tokens[node].relation in ("nmod", "flat", "compound", "appos"):
                node = sentence.tokens[node].head
            return node if 0 <= node < pronoun else i
    return pronoun


def _reported_of(sentence: Sentence, verb: int) -> bool:
    """Tell whether a passive verb of saying has the one spoken of, not the speaker, as subject ("is said to")."""
    told_of = child(sentence, verb, "xcomp", "ccomp") is not None
    return is_passive_cue(sentence, verb) and (told_of or sentence.tokens[verb].lemma.lower() in _AGAINST)


def _is_spoken_of(sentence: Sentence, verb: int) -> bool:
    """Tell whether a participle is of one spoken of or asked: "the man, reported missing", "Asked whether"."""
    token = sentence.tokens[verb]
    bare = token.relation in ("acl", "advcl") and token.text.lower().endswith("ed") and token.upos in ("VERB", "ADJ")
    return bare and child(sentence, verb, "nsubj", "aux", "mark") is None


def said_at_the_end(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield "..., X said", "... said X", "... X was quoted as saying" at a sentence's end, where trees go wrong most.

    What stands before the source and the cue is the content; after them only a few words may follow ("on Friday").
    """
    n = len(sentence.tokens)
    for i in range(1, n):
        token = sentence.tokens[i]
        if i < n - TRAILING_WORDS and not _goes_on(context, sentence, i + 1):
            continue
        closing = all(
            t.upos == "PUNCT" or t.text.lower() in _DAYS for t in sentence.tokens[i + 1 :]
        )  # there the reader may take "said" for a noun
        lemma = token.lemma if token.upos == "VERB" or not closing else lemmatise(token.text, "VERB")
        entry = context.codebook.cue(lemma.lower(), "VERB")
        if token.relation in _NO_PREDICATE and token.upos == "VERB":
            continue  # "informed sources said"
        told = token.upos == "VERB" or (closing and token.text.lower().endswith(("ed", "said", "told", "says")))
        if entry is None or not told or child(sentence, i, "mark") is not None:
            continue
        if any(c > i and sentence.tokens[c].relation in ("ccomp", "xcomp") for c in children(sentence, i)):
            continue
        if any(sentence.tokens[c].lemma.lower() in _UNSAID_YET for c in children(sentence, i)):
            continue
        if token.relation == "acl:relcl" and sentence.tokens[token.head].lemma.lower() in _REJECTED:
            continue  # "a claim the military dismissed"
        if says_nothing(sentence, i) or (entry.phrase not in _TO_SOMEBODY and _has_object_after(sentence, i)):
            continue
        seen = any(c.first <= i <= c.last for c in sentence.cues)
        weak = entry.phrase in _NEEDS_CLAUSE or entry.kind not in ("report", "confirmation")
        if not seen and (weak or token.text.lower().endswith("ing")):
            continue  # "as the offensive near the river continues", "in line with agency reporting"
        source = inverted_speaker(sentence, i) or _run_before(context, sentence, i)
        if source is None and entry.phrase not in _TO_SOMEBODY:
            source = _run_after(context, sentence, i)
        if source is None:
            continue
        first = min(source[0], i)
        content = trimmed(sentence, 0, first - 1) if first >= 4 else None
        if content is not None and is_clause(sentence, content):
            relay = listener_outlet(context, sentence, i)
            yield Attribution((i, i), source, (content,), entry, relay, "closing verb")


def _has_object_after(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb does something to a thing named after it: "committed numerous executions" closes nothing."""
    taken = child(sentence, verb, "obj")
    return taken is not None and taken > verb and speaker_kind(sentence.tokens[taken]) is None


def _goes_on(context: Context, sentence: Sentence, i: int) -> bool:
    """Tell whether a participle of saying follows a cue, which then closes what stands before: "X said, adding"."""
    i += sentence.tokens[i].text == ","
    token = sentence.tokens[min(i, len(sentence.tokens) - 1)]
    participle = token.text.lower().endswith("ing") and token.upos == "VERB"
    return participle and context.codebook.cue(lemmatise(token.text, "VERB"), "VERB") is not None


def _run_before(context: Context, sentence: Sentence, verb: int) -> Run | None:
    """Return the source that ends just before a cue: "... the Observatory said", "the army was quoted as saying"."""
    stop = verb - 1
    words = [t.text.lower() for t in sentence.tokens]
    if words[max(0, verb - 3) : verb] in (["was", "quoted", "as"], ["were", "quoted", "as"]):
        stop = verb - 4
    while stop > 0 and sentence.tokens[stop].upos in ("ADV", "AUX"):
        stop -= 1
    return _speaker_ending(context, sentence, stop)


def _speaker_ending(context: Context, sentence: Sentence, stop: int) -> Run | None:
    seen = next((s for s in sentence.sources if s.last == stop), None)
    if seen is not None:
        return _with_joined(context, sentence, trimmed(sentence, seen.first, seen.last))
    if (phrase := _phrase_ending(sentence, stop)) is not None:
        return phrase
    named = next((m for m in context.matches[sentence.index] if m.last == stop), None)
    if named is None and sentence.tokens[stop].lemma.lower() not in speaker_words():
        return None
    first = named.first if named is not None else stop
    while first > 0 and _describes(sentence, first - 1, stop):
        first -= 1
        if sentence.tokens[first].upos in ("DET", "VERB"):
            break
    within = first > 1 and sentence.tokens[first - 1].text.lower() in ("in", "of", "from", "at")
    if within and speaker_kind(sentence.tokens[first - 2]) is not None and sentence.tokens[first - 2].upos == "NOUN":
        outer = _speaker_ending(context, sentence, first - 2)  # "two sources in eastern Syria"
        first = outer[0] if outer is not None else first
    return _with_joined(context, sentence, (first, stop))


def _phrase_ending(sentence: Sentence, stop: int) -> Run | None:
    """Return the phrase of a speaker that ends at `stop` with what describes it: "the centre for [... the parties]"."""
    for node in ancestors(sentence, stop):
        token = sentence.tokens[node]
        below = subtree(sentence, node)
        whole = below[-1] == stop and len(below) == stop - below[0] + 1 and len(below) <= LONGEST_SOURCE
        if token.upos not in ("NOUN", "PROPN") or not whole:
            return None
        if speaker_kind(token) is not None and sentence.tokens[below[0]].upos == "DET":
            return below[0], stop
    return None


def _with_joined(context: Context, sentence: Sentence, run: Run) -> Run:
    """Return a source with the one that "and" joins it to: "[a monitor and] activists said"."""
    joined = run[0] - 2
    if joined < 1 or sentence.tokens[run[0] - 1].text.lower() != "and" or speaker_kind(sentence.tokens[joined]) is None:
        return run
    outer = _speaker_ending(context, sentence, joined)
    return (outer[0], run[1]) if outer is not None else run


def _describes(sentence: Sentence, token: int, noun: int) -> bool:
    """Tell whether a word before a noun belongs to it: "the state - run Sana news agency"."""
    t = sentence.tokens[token]
    compound = token < t.head <= noun and (
        (t.upos == "NOUN" and t.relation == "compound") or (t.upos == "VERB" and t.relation == "amod")
    )
    return compound or t.upos in ("DET", "ADJ", "PROPN", "NUM") or (token > 0 and t.text == "-")


def _run_after(context: Context, sentence: Sentence, verb: int) -> Run | None:
    """Return the source that follows a cue up to the sentence's end: "... said the Observatory"."""
    start = verb + 1
    seen = next((s for s in sentence.sources if s.first == start), None)
    if seen is not None and sentence.tokens[seen.last].upos != "DET":
        return trimmed(sentence, seen.first, seen.last)
    named = next((m for m in context.matches[sentence.index] if start <= m.first <= start + 3), None)
    between = sentence.tokens[start : named.first] if named is not None else ()
    if named is None or any(t.upos not in ("DET", "ADJ", "NOUN", "PROPN") for t in between):
        return None
    return start, named.last
