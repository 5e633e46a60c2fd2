"""Who says what in one sentence: the cue, its source and its content, from the tree and the reader's spans together.

The tree says which clause a verb of saying governs; the reader, trained on PolNeAR, says where sources and contents
begin and end, and finds the cues that no list holds. A content found by both takes the reader's limits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from mene.codebook import Codebook, Cue
from mene.codebook.lemmas import lemmatise
from mene.language.trees import find_subtree
from mene.records import Saying, Sentence, Span, Token
from mene.statements.context import FIRST_PERSON, PRONOUNS, Context
from mene.statements.grammar import (
    CLAUSES,
    ancestors,
    child,
    children,
    head_of,
    overlaps,
    subject,
    subtree,
    trimmed,
)
from mene.vocabulary import StatementKind

Run = tuple[int, int]
_UNSAID_YET = frozenset("will would may might can could shall should must".split())
"""Auxiliaries with which a verb of saying tells of no words said: "the United States will respond"."""

_INTENDING = frozenset(
    "plan intend decide aim resolve prepare mean consider hope wish agree want seek try weigh mull order command"
    " instruct".split()
)
"""Verbs of a plan: with an infinitive they tell what somebody is about to do, not what they say."""

_OCCASIONS = frozenset(
    "interview remark comment statement briefing conversation call message letter speech address post".split()
)
"""What a speaker gives to an outlet, or what an outlet carries."""

_CARRYING = frozenset("carry read broadcast publish air read run release issue post print".split())
_SAYING = frozenset("saying telling reporting confirming adding stating denying claiming".split())
_PLAIN = Cue("", "VERB", "report", "asserted")
_OPENING, _CLOSING = '“"«', '”"»'
LONGEST_SOURCE = 14
"""A source's description is taken whole from the tree up to so many words, where the reader cut it short."""

HALF_WORDS = 3
"""A half of a sentence, up to a semicolon, is content of its own from so many words on."""

TRAILING_WORDS = 9
"""A cue among so many last words may close the sentence it attributes."""

SURE_CUE = 0.8
"""A cue that is not in the codebook counts from this probability on."""

MIN_OVERLAP = 0.5
"""A reader's content replaces the tree's when it covers at least this share of it (0.3 to 0.7 gave the same cases)."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: token runs, inclusive; `source` is None where nobody is named ("it is said")."""

    cue: Run
    source: Run | None
    contents: tuple[Run, ...]
    entry: Cue
    relay: Run | None = None

    def covers(self, token: int) -> bool:
        """Tell whether `token` is part of the content."""
        return any(first <= token <= last for first, last in self.contents)


@cache
def speaker_words() -> dict[str, str]:
    """Return the source kind of each head word in `speakers.yaml`."""
    rows = yaml.safe_load(Path(__file__).with_name("speakers.yaml").read_text(encoding="utf-8"))
    return {word: kind for kind, words in rows.items() for word in words}


def speaker_kind(token: Token) -> str | None:
    """Return the source kind of a word that names a speaker, by its lemma; None for any other word."""
    words = speaker_words()
    return words.get(token.lemma.lower()) or words.get(lemmatise(token.text.lower(), "NOUN"))


def find_attributions(context: Context, sentence: Sentence) -> list[Attribution]:
    """Return the attributions of a sentence, outermost first."""
    found: list[Attribution] = []
    for attribution in (
        *_quoted_as(sentence),
        *_according_to(context.codebook, sentence),
        *_verbs(context, sentence),
        *_trailing(context, sentence),
        *_nouns(context, sentence),
        *_headline(context, sentence),
    ):
        same = next((a for a in found if a.cue == attribution.cue), None)
        found = [a for a in found if a is not same]
        found.append(attribution if same is None else _merged(sentence, same, attribution))
    found = _with_cited(sentence, found)
    found = [_with_joined_source(sentence, a) for a in found]
    found += _joined(context, sentence, found)
    found = [a for a in found if a.source is None or _may_speak(context, sentence, a.source)]
    found = [_within_half(sentence, a) for a in _with_reader_contents(sentence, found)]
    found = [_with_other_side(sentence, a, found) for a in found]
    found = [a for a in found if _says_something(sentence, a) and not _only_names(a, found)]
    return sorted(found, key=lambda a: (-_size(a), a.cue))


def _with_cited(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with whom an outlet cites as the source, and the outlet as the relay.

    "X, citing an aide, reported that", "X reported, quoting an aide": the aide says it, through X. What was taken for a
    saying of "citing" itself is left out.
    """
    out = list(found)
    for i, token in enumerate(sentence.tokens[:-1]):
        if token.text.lower() not in ("citing", "quoting"):
            continue
        for number, a in enumerate(out):
            if a.source is None or a.relay is not None or a.cue[0] <= i <= a.cue[1]:
                continue
            within = a.source[0] < i <= a.source[1]
            beside = 0 < i - a.source[1] <= 2 and a.cue[1] < a.source[0]  # "according to the paper, citing an aide"
            if a.covers(token.head) and not beside:
                continue
            if (
                not within
                and not beside
                and token.head not in (*range(a.cue[0], a.cue[1] + 1), *range(a.source[0], a.source[1] + 1))
            ):
                continue
            cited = _noun_run(sentence, i + 1)
            outlet = trimmed(sentence, a.source[0], min(a.source[1], i - 1) if within else a.source[1])
            contents = tuple(r for run in a.contents for r in _less(sentence, run, (i, cited[1])))
            out[number] = replace(a, source=cited, relay=outlet, contents=contents or a.contents)
            out = [b for b in out if not (b.cue[0] <= i <= b.cue[1])]
            break
    return out


def _less(sentence: Sentence, run: Run, taken: Run) -> list[Run]:
    """Return the parts of a run before and after the tokens `taken`."""
    parts = [(run[0], min(run[1], taken[0] - 1)), (max(run[0], taken[1] + 1), run[1])]
    return [trimmed(sentence, a, b) for a, b in parts if a <= b]


def _only_names(attribution: Attribution, found: Sequence[Attribution]) -> bool:
    """Tell whether a noun only names what the source around it denies or tells: "denied reports that it had left"."""
    outer = (o for o in found if o is not attribution and o.covers(attribution.cue[0]))
    return any(attribution.source in (None, o.source) and o.entry.kind == "denial" for o in outer)


def _merged(sentence: Sentence, one: Attribution, other: Attribution) -> Attribution:
    """Return one of two attributions of the same cue: the one with a source, or with the wider content.

    Where their sources overlap, the wider one is the source: "two sources in eastern Syria", not "Syria".
    """
    if one.source is None or other.source is None:
        return one if other.source is None else other
    holds = all(any(a <= c and d <= b for a, b in other.contents) for c, d in one.contents)
    if not holds or _size(other) <= _size(one):
        return one
    apart = one.source[1] < other.source[0] or other.source[1] < one.source[0]
    source = max(one.source, other.source, key=lambda run: run[1] - run[0])
    contents = tuple(r for run in other.contents for r in _less(sentence, run, source))
    return other if apart or not contents else replace(other, source=source, contents=contents)


def _size(attribution: Attribution) -> int:
    return sum(last - first + 1 for first, last in attribution.contents)


# --- verbs ----------------------------------------------------------------------------------------------------------


def _verbs(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    for i, token in enumerate(sentence.tokens):
        if token.upos not in ("VERB", "AUX"):
            continue
        entry = cue_of_verb(context.codebook, sentence, i)
        seen = any(c.first <= i <= c.last for c in sentence.cues)
        if entry is None and not (seen and _surely_said(sentence, i)):
            continue
        content = _content_of_verb(sentence, i, entry or _PLAIN, seen)
        if not content or _is_intention(sentence, i):
            continue
        if _is_unsaid(sentence, i):
            if entry is None or entry.kind not in ("confirmation", "denial"):
                continue
            entry = replace(entry, kind="report", modality="possible")  # "could not confirm", "did not deny"
        speaker = _speaker(sentence, i, content)
        if speaker is None and not seen and not _passive(sentence, i):
            continue
        content = _with_broken_quote(sentence, i, content)
        yield Attribution((i, i), speaker, tuple(content), entry or _PLAIN, _listener_outlet(context, sentence, i))


def _quoted_as(sentence: Sentence) -> Iterator[Attribution]:
    """Yield "State television quoted a source as saying that ...": the one quoted says it, through the subject."""
    for i, token in enumerate(sentence.tokens):
        if token.upos != "VERB" or token.lemma.lower() not in ("quote", "cite") or _passive(sentence, i):
            continue
        told = next(
            (
                j
                for j in range(i + 2, min(i + 20, len(sentence.tokens) - 2))
                if sentence.tokens[j].text.lower() == "as" and sentence.tokens[j + 1].text.lower() in _SAYING
            ),
            None,
        )
        outlet = subject(sentence, i)
        if told is None or outlet is None:
            continue
        first, last = find_subtree([t.head for t in sentence.tokens], outlet, without=i)
        content = trimmed(sentence, told + 2, len(sentence.tokens) - 1)
        relay = trimmed(sentence, first, min(last, i - 1))
        yield Attribution((i, i), trimmed(sentence, i + 1, told - 1), (content,), _PLAIN, relay)


def cue_of_verb(book: Codebook, sentence: Sentence, verb: int) -> Cue | None:
    """Return the codebook's cue for a verb, with the word after it where both are one cue ("called for")."""
    lemma = sentence.tokens[verb].lemma.lower()
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


def _is_unsaid(sentence: Sentence, verb: int) -> bool:
    """Tell whether the saying itself is negated: what somebody "has never confirmed" they did not say."""
    return any(sentence.tokens[c].text.lower() in ("not", "n't", "n’t", "never") for c in children(sentence, verb))


def _is_intention(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb tells of a plan or an order ("plans to withdraw"), so that the narrator says it."""
    planned = child(sentence, verb, "xcomp", "obj") is not None and child(sentence, verb, "ccomp") is None
    return sentence.tokens[verb].lemma.lower() in _INTENDING and planned and not _quotation(sentence, verb)


def _passive(sentence: Sentence, verb: int) -> bool:
    return child(sentence, verb, "aux:pass") is not None


def _content_of_verb(sentence: Sentence, verb: int, entry: Cue, seen: bool) -> list[Run]:
    for i in children(sentence, verb):
        token = sentence.tokens[i]
        if token.relation == "ccomp" or (token.relation == "parataxis" and _quoted(sentence, i)):
            return _runs(subtree(sentence, i), sentence)
    if sentence.tokens[verb].relation in ("parataxis", "discourse") and sentence.tokens[verb].head >= 0:
        return _runs(subtree(sentence, sentence.tokens[verb].head, without=verb), sentence)
    complement = child(sentence, verb, "xcomp")
    if complement is not None and (entry.kind not in ("report", "confirmation") or seen):
        return _runs(subtree(sentence, complement), sentence)
    quoted = _quotation(sentence, verb)
    if quoted:
        return quoted
    if len(entry.phrase.split()) == 2:
        asked = [c for c in children(sentence, verb) if _after(sentence, c, entry.phrase.split()[1])]
        if asked:
            return _runs(subtree(sentence, asked[0], without=child(sentence, asked[0], "case")), sentence)
    if seen or entry.kind == "denial":
        obj = child(sentence, verb, "obj")
        near = [c for c in sentence.contents if c.last >= verb - 40 and not c.first <= verb <= c.last]
        if near and seen:
            best = min(near, key=lambda c: min(abs(c.first - verb), abs(c.last - verb)))
            return [(best.first, best.last)]
        if obj is not None and entry.kind == "denial" and sentence.tokens[obj].upos == "NOUN":
            return _runs(subtree(sentence, obj), sentence)
    if entry is not _PLAIN and verb + 4 < len(sentence.tokens) and sentence.tokens[verb + 1].text.lower() == "that":
        return [trimmed(sentence, verb + 1, len(sentence.tokens) - 1)]  # the tree lost the clause
    joined = (s for s in sentence.sayings if s.cue.first <= verb <= s.cue.last)
    return [trimmed(sentence, c.first, c.last) for s in joined for c in s.contents] if entry is not _PLAIN else []


def _quoted(sentence: Sentence, token: int) -> bool:
    return any(t.text in _OPENING + _CLOSING for t in sentence.tokens[max(0, token - 12) : token + 12])


def _quotation(sentence: Sentence, verb: int) -> list[Run]:
    """Return the quoted runs of the verb's sentence that it stands outside of, of three words or more."""
    runs = [r for r in quoted_runs(sentence) if not r[0] <= verb <= r[1] and r[1] - r[0] >= 2]
    return runs if any(abs(r[0] - verb) <= 8 or abs(r[1] - verb) <= 8 for r in runs) else []


def quoted_runs(sentence: Sentence) -> list[Run]:
    """Return the token runs between quotation marks; an unclosed one runs to the end."""
    runs: list[Run] = []
    start: int | None = None
    for i, token in enumerate(sentence.tokens):
        if token.text in ("“", "«") or (token.text == '"' and start is None):
            start = i + 1
        elif token.text in ("”", "»", '"') and start is not None:
            if i - 1 >= start:
                runs.append((start, i - 1))
            start = None
    if start is not None and start < len(sentence.tokens):
        runs.append((start, len(sentence.tokens) - 1))
    return runs


def _runs(tokens: Sequence[int], sentence: Sentence) -> list[Run]:
    """Return the consecutive runs of `tokens`, trimmed of marks; runs of marks alone vanish."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i - runs[-1][1] <= 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    trim = [trimmed(sentence, a, b) for a, b in runs]
    return [r for r in trim if sentence.tokens[r[0]].upos != "PUNCT" or r[0] != r[1]]


def _speaker(sentence: Sentence, verb: int, contents: Sequence[Run]) -> Run | None:
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
                and _passive(sentence, verb)
            )
        ),
        None,
    )
    found = agent if agent is not None else (None if _reported_of(sentence, verb) else subject(sentence, verb))
    if found is not None and any(a <= found <= b for a, b in contents) and agent is None:
        found = None
    if found is not None and sentence.tokens[found].text.lower() in ("it", "there") and _passive(sentence, verb):
        return None
    if found is None:
        near = [s for s in sentence.sources if not any(a <= s.first <= b for a, b in contents)]
        near = [s for s in near if min(abs(s.first - verb), abs(s.last - verb)) <= 6]
        return (near[0].first, near[0].last) if near and not _reported_of(sentence, verb) else None
    seen = next((s for s in sentence.sources if s.first <= found <= s.last), None)
    first, last = find_subtree([t.head for t in sentence.tokens], found, without=verb)
    if seen is not None and not seen.first <= verb <= seen.last:
        cut = first == seen.first and seen.last < last == verb - 1 and last - first < LONGEST_SOURCE
        return trimmed(sentence, seen.first, last if cut else seen.last)
    clash = [a for a, b in contents if first < a <= last]
    last = min([last, *(a - 1 for a in clash)])
    return trimmed(sentence, min(first, found), max(last, found))


def _reported_of(sentence: Sentence, verb: int) -> bool:
    """Tell whether a passive verb of saying has the one spoken of, not the speaker, as subject ("is said to")."""
    return _passive(sentence, verb) and child(sentence, verb, "xcomp", "ccomp") is not None


def _listener_outlet(context: Context, sentence: Sentence, verb: int) -> Run | None:
    """Return the outlet that was told, or that carried the words.

    "told X", "in an interview with X", "speaking to X", "in a statement carried by X".
    """
    if (through := _occasion_outlet(context, sentence, verb)) is not None:
        return through
    lemma = sentence.tokens[verb].lemma.lower()
    if lemma not in ("tell", "say", "inform", "quote", "carry"):
        return None
    for match in context.matches[sentence.index]:
        if match.kind == "outlet" and verb < match.first and verb in list(ancestors(sentence, match.last))[:3]:
            return match.first, match.last
    told = child(sentence, verb, "iobj", "obj") if lemma == "tell" else None
    name = next(
        (n for n in sentence.names if told is not None and n.label == "ORG" and n.first <= told <= n.last), None
    )
    return (name.first, name.last) if name is not None else None


def _occasion_outlet(context: Context, sentence: Sentence, verb: int) -> Run | None:
    """Return the outlet that was given, or that carried, what the words were said in."""
    for node in children(sentence, verb):
        token = sentence.tokens[node]
        lemma = token.lemma.lower()
        parts: list[int] = []
        if token.relation == "obl" and lemma in _OCCASIONS:
            parts = [
                p
                for p in children(sentence, node)
                if token.relation == "obl" and _after(sentence, p, "with", "to", "on")
            ]
            for carried in children(sentence, node):
                if sentence.tokens[carried].lemma.lower() in _CARRYING:
                    parts += [p for p in children(sentence, carried) if _after(sentence, p, "by", "on")]
        elif token.relation == "advcl" and lemma == "speak":
            parts = [p for p in children(sentence, node) if _after(sentence, p, "to", "with", "on")]
        for part in parts:
            first, last = find_subtree([t.head for t in sentence.tokens], part, without=verb)
            while first < part and sentence.tokens[first].upos in ("ADP", "PUNCT"):
                first += 1
            if _is_outlet(context, sentence, (first, last)):
                return trimmed(sentence, first, last)
    return None


def _after(sentence: Sentence, token: int, *prepositions: str) -> bool:
    case = child(sentence, token, "case")
    return case is not None and sentence.tokens[case].lemma.lower() in prepositions


def _is_outlet(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names an outlet: one of the codebook, a word for one, or an organisation by its name."""
    if any(m.kind == "outlet" and run[0] <= m.first and m.last <= run[1] for m in context.matches[sentence.index]):
        return True
    head = head_of(sentence, *run)
    if any(speaker_kind(t) == "outlet" for t in sentence.tokens[run[0] : run[1] + 1]):
        return True
    return any(n.label == "ORG" and n.first <= head <= n.last for n in sentence.names)


def _trailing(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield "..., X said", "... said X", "... X was quoted as saying" at a sentence's end, where trees go wrong most.

    What stands before the source and the cue is the content; after them only a few words may follow ("on Friday").
    """
    n = len(sentence.tokens)
    for i in range(max(1, n - TRAILING_WORDS), n):
        token = sentence.tokens[i]
        closing = all(
            t.upos == "PUNCT" for t in sentence.tokens[i + 1 :]
        )  # there the reader may take "said" for a noun
        lemma = token.lemma if token.upos == "VERB" or not closing else lemmatise(token.text, "VERB")
        entry = context.codebook.cue(lemma.lower(), "VERB")
        told = token.upos == "VERB" or (closing and token.text.lower() != lemma)
        if entry is None or not told or child(sentence, i, "mark") is not None:
            continue
        if any(c > i and sentence.tokens[c].relation in ("ccomp", "xcomp") for c in children(sentence, i)):
            continue
        if any(sentence.tokens[c].lemma.lower() in _UNSAID_YET for c in children(sentence, i)):
            continue
        source = _run_before(context, sentence, i) or _run_after(context, sentence, i)
        if source is None:
            continue
        first = min(source[0], i)
        content = trimmed(sentence, 0, first - 1) if first >= 4 else None
        if content is not None and _is_clause(sentence, content):
            relay = _listener_outlet(context, sentence, i)
            yield Attribution((i, i), source, (content,), entry, relay)


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
        return trimmed(sentence, seen.first, seen.last)
    named = next((m for m in context.matches[sentence.index] if m.last == stop), None)
    if named is None and sentence.tokens[stop].lemma.lower() not in speaker_words():
        return None
    first = named.first if named is not None else stop
    while first > 0 and _describes(sentence, first - 1, stop):
        first -= 1
        if sentence.tokens[first].upos == "DET":
            break
    within = first > 1 and sentence.tokens[first - 1].text.lower() in ("in", "of", "from", "at")
    if within and speaker_kind(sentence.tokens[first - 2]) is not None and sentence.tokens[first - 2].upos == "NOUN":
        outer = _speaker_ending(context, sentence, first - 2)  # "two sources in eastern Syria"
        first = outer[0] if outer is not None else first
    return first, stop


def _describes(sentence: Sentence, token: int, noun: int) -> bool:
    """Tell whether a word before a noun belongs to it: "the state - run Sana news agency"."""
    t = sentence.tokens[token]
    compound = t.upos == "NOUN" and t.relation == "compound" and token < t.head <= noun
    return compound or t.upos in ("DET", "ADJ", "PROPN", "NUM") or (token > 0 and t.text == "-")


def _run_after(context: Context, sentence: Sentence, verb: int) -> Run | None:
    """Return the source that follows a cue up to the sentence's end: "... said the Observatory"."""
    start = verb + 1
    seen = next((s for s in sentence.sources if s.first == start), None)
    if seen is not None:
        return trimmed(sentence, seen.first, seen.last)
    named = next((m for m in context.matches[sentence.index] if start <= m.first <= start + 3), None)
    between = sentence.tokens[start : named.first] if named is not None else ()
    if named is None or any(t.upos not in ("DET", "ADJ", "NOUN", "PROPN") for t in between):
        return None
    return start, named.last


def _is_clause(sentence: Sentence, run: Run) -> bool:
    return any(sentence.tokens[i].upos in ("VERB", "AUX") for i in range(run[0], run[1] + 1))


# --- as the reader joins it -----------------------------------------------------------------------------------------


def _with_joined_source(sentence: Sentence, attribution: Attribution) -> Attribution:
    """Return an attribution for which the rules found no source with the one that the reader joins to its cue.

    Where the tree has that source in the content ("..., an adviser said"), the reader's content is taken too.
    """
    if attribution.source is not None:
        return attribution
    saying = next((s for s in sentence.sayings if s.source and _touches(s.cue, attribution.cue)), None)
    if saying is None or (source := _joined_source(sentence, saying)) is None:
        return attribution
    if not any(a <= source[1] and source[0] <= b for a, b in attribution.contents):
        return replace(attribution, source=source)
    contents = tuple(trimmed(sentence, c.first, c.last) for c in saying.contents)
    apart = contents and not any(a <= source[1] and source[0] <= b for a, b in contents)
    return replace(attribution, source=source, contents=contents) if apart else attribution


def _joined_source(sentence: Sentence, saying: Saying) -> Run | None:
    """Return the source that the reader joins to a cue, in the limits of the source span that it overlaps."""
    if saying.source is None:
        return None
    seen = next((s for s in sentence.sources if overlaps(s, saying.source)), saying.source)
    return min(seen.first, saying.source.first), max(seen.last, saying.source.last)


def _joined(context: Context, sentence: Sentence, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield what the reader surely joins with a cue that no rule knows: "in the words of", "the palace's view is"."""
    for saying in sentence.sayings:
        source = _joined_source(sentence, saying)
        if source is None or saying.cue.score < SURE_CUE or any(_touches(saying.cue, a.cue) for a in found):
            continue
        if _is_intention(sentence, saying.cue.first):
            continue
        lemma = sentence.tokens[saying.cue.first].lemma.lower()
        entry = context.codebook.cue(lemma, "VERB") or context.codebook.cue(lemma, "NOUN") or _PLAIN
        if entry is _PLAIN and context.codebook.event_entries(lemma):
            continue  # "refused", "backed": a deed, no word
        contents = tuple(trimmed(sentence, c.first, c.last) for c in saying.contents)
        yield Attribution((saying.cue.first, saying.cue.last), source, contents, entry)


def _touches(span: Span, run: Run) -> bool:
    return span.first <= run[1] and run[0] <= span.last


# --- according to, nouns, headlines ---------------------------------------------------------------------------------


_SOURCE_FOLLOWS = re.compile(r"^according to$|\b(?:per|citing|of|by)$")
"""Set phrases after which the source stands."""


def _according_to(book: Codebook, sentence: Sentence) -> Iterator[Attribution]:
    for hit in book.find_phrases([t.lemma.lower() for t in sentence.tokens], "cues"):
        entry, start = hit.entries[0], hit.last + 1
        if entry.upos != "ADP" or not _SOURCE_FOLLOWS.search(entry.phrase) or start >= len(sentence.tokens):
            continue
        if hit.first == 0 and hit.last == 0:  # "Per", "Citing" at the start: a name, or the outlet's own clause
            continue
        source = _noun_run(sentence, start)
        cue = (hit.first, hit.last)
        rest = [r for r in _around(sentence, cue[0], source[1]) if r[1] - r[0] >= 1]
        if rest:
            yield Attribution(cue, source, tuple(rest), entry)


def _noun_run(sentence: Sentence, start: int) -> Run:
    """Return the noun phrase that begins at `start`, in the reader's limits where it saw a source there."""
    seen = next((s for s in sentence.sources if s.first <= start <= s.last or s.first == start), None)
    if seen is not None:
        return trimmed(sentence, start, seen.last)
    stop = start
    for i in range(start, len(sentence.tokens)):
        token = sentence.tokens[i]
        joined = sentence.tokens[i - 1].text == "-"
        if i > start and (token.text in ",;.:—–”" or (token.upos in ("VERB", "AUX") and not joined)):
            break
        stop = i
    return trimmed(sentence, start, stop)


def _around(sentence: Sentence, first: int, last: int) -> list[Run]:
    """Return the clause around an inserted "according to X", which ends at a semicolon."""
    marks = [i for i, t in enumerate(sentence.tokens) if t.text == ";"]
    begin = max([m + 1 for m in marks if m < first], default=0)
    end = min([m - 1 for m in marks if m > last], default=len(sentence.tokens) - 1)
    runs = [(begin, first - 1)] if first - 1 >= begin else []
    if end >= last + 1:
        runs.append((last + 1, end))
    return [trimmed(sentence, a, b) for a, b in runs]


def _nouns(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield nouns of saying with a clause of their own: "the army's claim that", "reports that"."""
    for i, token in enumerate(sentence.tokens):
        if token.upos != "NOUN" or (entry := context.codebook.cue(token.lemma.lower(), "NOUN")) is None:
            continue
        clause = next(
            (
                c
                for c in children(sentence, i)
                if sentence.tokens[c].relation in ("acl", "ccomp", "acl:relcl")
                and (mark := child(sentence, c, "mark")) is not None
                and sentence.tokens[mark].lemma.lower() == "that"
            ),
            None,
        )
        if clause is None:
            continue
        owner = child(sentence, i, "nmod:poss")
        source = None
        if owner is not None:
            source = find_subtree([t.head for t in sentence.tokens], owner, without=i)
            source = trimmed(sentence, source[0], min(source[1], i - 1), "'’s,")
        yield Attribution((i, i), source, tuple(_runs(subtree(sentence, clause), sentence)), entry)


_HEADLINE_DASH = re.compile(r"^[-–—:]$")


def _headline(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield a headline's "Army: no withdrawal from Hama" or "Homs has fallen – monitor"."""
    if context.analysis.article.blocks[sentence.block].kind != "heading":
        return
    n = len(sentence.tokens)
    for i, token in enumerate(sentence.tokens):
        if not _HEADLINE_DASH.match(token.text) or (sentence.tokens[i - 1].end == token.start and token.text != ":"):
            continue
        before, after = (0, i - 1), (i + 1, n - 1)
        if i and i < n - 2 and i <= 5 and token.text == ":" and _heads_a_line(context, sentence, before):
            yield Attribution((i, i), before, (after,), _PLAIN)
            return
        if i >= 3 and 0 < n - 1 - i <= 4 and _names_speaker(context, sentence, after):
            yield Attribution((i, i), after, (before,), _PLAIN)
            return


def _heads_a_line(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether the words before a headline's colon speak: "Islamabad: ..." does, "Niger: ..." is the topic."""
    topic = any(m.kind == "state" and (m.first, m.last) == run for m in context.matches[sentence.index])
    return not topic and _names_speaker(context, sentence, run)


def _names_speaker(context: Context, sentence: Sentence, run: Run) -> bool:
    kinds = {m.kind for m in context.matches[sentence.index] if run[0] <= m.first and m.last <= run[1]}
    if kinds & {"actor", "leader", "outlet", "generic", "metonym", "state"}:
        return True
    return any(sentence.tokens[i].lemma.lower() in speaker_words() for i in range(run[0], run[1] + 1))


# --- checks ---------------------------------------------------------------------------------------------------------


def _may_speak(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run can be a source: a name, a describing word, a pronoun; never "I", a clause or a thing."""
    words = [sentence.tokens[i] for i in range(run[0], run[1] + 1)]
    if len(words) == 1 and words[0].text.lower() in PRONOUNS:
        return True
    if words[0].text.lower() in FIRST_PERSON and len(words) == 1:
        return False
    head = head_of(sentence, *run)
    if any(
        sentence.tokens[c].relation == "acl" and sentence.tokens[c].text.lower().endswith("ing") and c == head + 1
        for c in children(sentence, head)
    ):
        return False
    if sentence.tokens[head].upos == "PROPN" or speaker_kind(sentence.tokens[head]):
        return True
    if _names_speaker(context, sentence, run) and sentence.tokens[head].upos in ("NOUN", "PROPN", "ADJ"):
        return True
    span = Span("source", *run)
    if any(overlaps(span, n) for n in (*sentence.names,)) and sentence.tokens[head].upos not in ("VERB",):
        return True
    seen = [s for s in sentence.sources if overlaps(span, s)]
    return any(s.score >= 0.6 for s in seen) and sentence.tokens[head].upos in ("NOUN", "PRON", "PROPN", "NUM")


def _within_half(sentence: Sentence, attribution: Attribution) -> Attribution:
    """Return the attribution without content beyond a semicolon from its cue: "Rebels enter; army says it holds"."""
    marks = [i for i, t in enumerate(sentence.tokens) if t.text == ";"]
    begin = max([m + 1 for m in marks if m < attribution.cue[0]], default=0)
    end = min([m - 1 for m in marks if m > attribution.cue[1]], default=len(sentence.tokens) - 1)
    kept = [(max(a, begin), min(b, end)) for a, b in attribution.contents if max(a, begin) <= min(b, end)]
    enough = sum(b - a + 1 for a, b in kept) >= HALF_WORDS
    return replace(attribution, contents=tuple(kept)) if marks and enough else attribution


def _says_something(sentence: Sentence, attribution: Attribution) -> bool:
    """Tell whether a content asserts: a verb, or a noun phrase of three words or a quotation."""
    words = [sentence.tokens[i] for a, b in attribution.contents for i in range(a, b + 1)]
    told = any(t.upos == "VERB" for t in words) and len(words) > 2
    return told or sum(t.upos != "PUNCT" for t in words) >= 3


def _with_reader_contents(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with the reader's content limits where one content is plainly the same as its."""
    out = []
    for a in found:
        contents = tuple(_best_content(sentence, a, run) for run in a.contents)
        out.append(replace(a, contents=tuple(dict.fromkeys(contents))))
    return out


def _with_other_side(sentence: Sentence, attribution: Attribution, found: Sequence[Attribution]) -> Attribution:
    """Return an attribution with the clause that the reader joins to its cue from the cue's other side.

    "Fighters were near, the Observatory said, and thousands fled": both clauses are the Observatory's.
    """
    taken = {i for a in found for run in (a.cue, a.source, *a.contents) if run for i in range(run[0], run[1] + 1)}
    joined = (c for s in sentence.sayings if _touches(s.cue, attribution.cue) for c in s.contents)
    before = all(last < attribution.cue[0] for _, last in attribution.contents)
    after = all(first > attribution.cue[1] for first, _ in attribution.contents)
    more = [
        trimmed(sentence, c.first, c.last)
        for c in joined
        if (before and c.first > attribution.cue[1]) or (after and c.last < attribution.cue[0])
        if taken.isdisjoint(range(c.first, c.last + 1))
        and any(sentence.tokens[i].upos == "VERB" for i in range(c.first, c.last + 1))
    ]
    return replace(attribution, contents=tuple(sorted((*attribution.contents, *more)))) if more else attribution


def _best_content(sentence: Sentence, attribution: Attribution, run: Run) -> Run:
    """Return the content with the reader's limits: as joined to this cue where that holds it whole, else as tagged."""
    joined = (c for s in sentence.sayings if _touches(s.cue, attribution.cue) for c in s.contents)
    wider = next((c for c in joined if c.first <= run[0] and run[1] <= c.last and not _hits(attribution, c)), None)
    if wider is not None:
        return trimmed(sentence, wider.first, wider.last, ',;:.—–“”"')
    for content in sentence.contents:
        shared = min(run[1], content.last) - max(run[0], content.first) + 1
        longer = max(run[1] - run[0], content.last - content.first) + 1
        cut = (*range(run[0], content.first), *range(content.last + 1, run[1] + 1))
        drops = any(sentence.tokens[i].upos == "VERB" for i in cut)
        if shared / longer >= MIN_OVERLAP and not drops and not _hits(attribution, content):
            return trimmed(sentence, content.first, content.last, ',;:.—–“”"')
    return run


def _hits(attribution: Attribution, content: Span) -> bool:
    runs = [attribution.cue, *([attribution.source] if attribution.source else [])]
    return any(content.first <= b and a <= content.last for a, b in runs)


_ACTS: frozenset[StatementKind] = frozenset(("denial", "demand", "promise", "threat"))


def is_act(book: Codebook, sentence: Sentence, attribution: Attribution) -> bool:
    """Tell whether saying it is itself an event, asserted by whoever tells of it: to accuse, deny, demand, promise."""
    lemma = sentence.tokens[attribution.cue[0]].lemma.lower()
    events = {entry.type for entry in book.event_entries(lemma, "VERB")}
    return bool(events) and (attribution.entry.kind in _ACTS or "ACCUSE" in events)


def says_nothing_else(sentence: Sentence, attributions: Sequence[Attribution]) -> bool:
    """Tell whether a sentence holds no assertion outside its attributed contents but the saying itself."""
    cues = {i for a in attributions for i in range(a.cue[0], a.cue[1] + 1)}
    sources = {i for a in attributions if a.source for i in range(a.source[0], a.source[1] + 1)}
    for i, token in enumerate(sentence.tokens):
        if i in cues or i in sources or any(a.covers(i) for a in attributions):
            continue
        if token.upos == "VERB" and (token.relation.split(":")[0] in CLAUSES or token.relation == "root"):
            return False
    return True
