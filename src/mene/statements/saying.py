"""An act of saying, and the small questions to a sentence that all ways of finding one share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from mene.codebook import Codebook, Cue, Match
from mene.codebook.lemmas import lemmatise
from mene.records import Sentence, Span, Token
from mene.statements.context import Context
from mene.statements.grammar import child, head_of, trimmed

Run = tuple[int, int]
PLAIN = Cue("", "VERB", "report", "asserted")
OPENING, CLOSING = '“"«', '”"»'
GIVEN = frozenset("information data figure number detail statistic statistics account report list tally count".split())
"""What is given by a source: "according to figures released by the ministry"."""

LONGEST_SOURCE = 14
"""A source's description is taken whole from the tree up to so many words, where the reader cut it short."""


AttributionRule = Literal[
    "verb", "count", "closing verb", "noun", "phrase", "headline", "quoted as", "citing", "reader"
]
"""How an act of saying was found: by the codebook's words and the tree, or ("reader") by the reader alone."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: token runs, inclusive; `source` is None where nobody is named ("it is said").

    `rule` tells how it was found, `joined` that its source is the one that the reader joins to the cue.
    """

    cue: Run
    source: Run | None
    contents: tuple[Run, ...]
    entry: Cue
    relay: Run | None = None
    rule: AttributionRule = "verb"
    joined: bool = False

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
    kind = words.get(token.lemma.lower()) or words.get(lemmatise(token.text.lower(), "NOUN"))
    return "outlet" if kind == "social account" and token.text[:1].isupper() else kind  # "the Ferry Post", "Channel 9"


def without_run(sentence: Sentence, run: Run, taken: Run) -> list[Run]:
    """Return the parts of a run before and after the tokens `taken`."""
    parts = [(run[0], min(run[1], taken[0] - 1)), (max(run[0], taken[1] + 1), run[1])]
    return [trimmed(sentence, a, b) for a, b in parts if a <= b]


def size_of(attribution: Attribution) -> int:
    """Return how many tokens the contents have together."""
    return sum(last - first + 1 for first, last in attribution.contents)


def is_passive_cue(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is in the passive: "is said to", "was quoted as"."""
    return child(sentence, verb, "aux:pass") is not None


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


def runs_of(tokens: Sequence[int], sentence: Sentence) -> list[Run]:
    """Return the consecutive runs of `tokens`, trimmed of marks; runs of marks alone vanish."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i - runs[-1][1] <= 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    trim = [trimmed(sentence, a, b) for a, b in runs]
    return [r for r in trim if any(sentence.tokens[i].upos != "PUNCT" for i in range(r[0], r[1] + 1))]


def stands_after(sentence: Sentence, token: int, *prepositions: str) -> bool:
    """Tell whether a token's phrase begins with one of the prepositions."""
    case = child(sentence, token, "case")
    return case is not None and sentence.tokens[case].lemma.lower() in prepositions


def is_outlet(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names an outlet: one of the codebook, a word for one, or an organisation by its name."""
    if any(m.kind == "outlet" and run[0] <= m.first and m.last <= run[1] for m in context.matches[sentence.index]):
        return True
    head = head_of(sentence, *run)
    if any(speaker_kind(t) == "outlet" for t in sentence.tokens[run[0] : run[1] + 1]):
        return True
    return any(n.label == "ORG" and n.first <= head <= n.last for n in sentence.names)


def is_clause(sentence: Sentence, run: Run) -> bool:
    """Tell whether a run holds a verb."""
    return any(sentence.tokens[i].upos in ("VERB", "AUX") for i in range(run[0], run[1] + 1))


def find_hearsay(book: Codebook, sentence: Sentence, source: Run) -> Run | None:
    """Return the words of a source that vouch for nothing: "unconfirmed reports", "rumours"; else None."""
    tokens = sentence.tokens[source[0] : source[1] + 1]
    words = [t.lemma.lower() if t.upos == "NOUN" else t.text.lower() for t in tokens]
    for hit in book.find_phrases(words, "cues"):
        if hit.entries[0].upos == "NOUN" and hit.entries[0].modality == "possible":
            return source[0] + hit.first, source[0] + hit.last
    return None


def begins_clause(sentence: Sentence, token: int) -> bool:
    """Tell whether a token could be the first of a sentence's first clause: after a mark or a joining word at most."""
    before = sentence.tokens[token - 1] if token else None
    return before is None or (
        before.upos in ("PUNCT", "CCONJ", "SCONJ", "ADV")
        and not any(t.upos in ("VERB", "AUX") for t in sentence.tokens[:token])
    )


def touches(span: Span, run: Run) -> bool:
    """Tell whether a span and a run share a token."""
    return span.first <= run[1] and run[0] <= span.last


def noun_run(sentence: Sentence, start: int) -> Run:
    """Return the noun phrase that begins at `start`, in the reader's limits where it saw a source there."""
    seen = next((s for s in sentence.sources if s.first <= start <= s.last), None)
    if seen is not None and sentence.tokens[seen.last].upos not in ("DET", "ADP", "CCONJ", "ADJ"):
        return trimmed(sentence, start, seen.last)
    stop = start
    for i in range(start, len(sentence.tokens)):
        token = sentence.tokens[i]
        joined = sentence.tokens[i - 1].text == "-"
        ends = token.text in ",;.:—–”" or token.text.lower() == "that"
        if i > start and (ends or (token.upos in ("VERB", "AUX") and not joined)):
            break
        stop = i
    return trimmed(sentence, start, stop)


def may_be(context: Context, sentence: Sentence, name: Run, description: Run, *, surely: bool = False) -> bool:
    """Tell whether a description can be of a name beside it: "a war monitor" is of no armed group.

    Only monitors and outlets are told apart, and only where the codebook knows the name; `surely` asks for these alone.
    """
    described = _kind_described(sentence, description)
    within = (m for m in context.matches[sentence.index] if name[0] <= m.first and m.last <= name[1])
    known = [kind for m in within if (kind := _kind_known(context, m)) is not None]
    return described in known if surely else described is None or not known or described in known


def _kind_described(sentence: Sentence, run: Run) -> str | None:
    kinds = [speaker_kind(t) for t in sentence.tokens[run[0] : run[1] + 1]]
    watching = any(t.text.lower() == "monitoring" for t in sentence.tokens[run[0] : run[1] + 1])
    return "monitor" if watching or "monitor" in kinds else "outlet" if "outlet" in kinds else None


def _kind_known(context: Context, match: Match) -> str | None:
    outlet = context.codebook.outlets.get(match.ids[0])
    actor = context.codebook.actor(match.ids[0])
    return outlet.kind if outlet is not None else actor.kind if actor is not None else None


def names_speaker(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names somebody of the codebook, or has a word for speakers in it."""
    kinds = {m.kind for m in context.matches[sentence.index] if run[0] <= m.first and m.last <= run[1]}
    if kinds & {"actor", "leader", "outlet", "generic", "metonym", "state"}:
        return True
    return any(sentence.tokens[i].lemma.lower() in speaker_words() for i in range(run[0], run[1] + 1))
