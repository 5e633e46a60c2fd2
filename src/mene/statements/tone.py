"""How a sentence is worded: loaded words as spans, and how much of an opinion it is. It judges wording, never truth."""

import re
from collections.abc import Sequence

from mene.codebook import Codebook
from mene.records import Evidence, LoadedWord, Sentence, Statement, Tone, Wording

_HATING = re.compile(r"^(hating|loving|sponsored|style)$")
_STANCE = frozenset(
    "should must ought surely obviously clearly unfortunately sadly shameful must-have hopefully significantly"
    " eventually inevitably frankly alas thankfully apparently undoubtedly arguably".split()
)
OPINION_FROM = 0.6
"""A narrator's statement is opinion from this subjectivity on: one strongly loaded phrase, or several mild ones."""

SURELY_JUDGES = 0.7
"""The reader's own probability that a sentence judges counts from here on, where no loaded word shows it."""


def read_tone(book: Codebook, sentence: Sentence, text: str, article_id: str) -> Tone:
    """Return the tone of a sentence: its loaded words, and 0..1 for how much it judges rather than reports."""
    lemmas = [t.lemma.lower() for t in sentence.tokens]
    loaded: list[LoadedWord] = []
    weight = 0.0
    names = {i for n in sentence.names for i in range(n.first, n.last + 1)}
    known = book.match([t.text for t in sentence.tokens])
    names |= {i for m in known if m.kind in ("actor", "leader", "outlet") for i in range(m.first, m.last + 1)}
    for hit in book.find_phrases(lemmas, "loaded"):
        if hit.first in names and hit.last in names:
            continue
        first, last = _widen(sentence, hit.first, hit.last)
        if loaded and loaded[-1].evidence.end >= sentence.tokens[first].end:
            weight += hit.entries[0].weight
            continue
        loaded.append(_loaded(sentence, first, last, text, article_id, hit.entries[0].why, hit.entries[0].plain))
        weight += hit.entries[0].weight
    for first, last in _hating(sentence):
        if not any(w.evidence.start <= sentence.tokens[first].start < w.evidence.end for w in loaded):
            loaded.append(_loaded(sentence, first, last, text, article_id, "ascribes hatred or devotion wholesale"))
            weight += 0.6
    for first, last in _scare_quotes(sentence):
        loaded.append(_loaded(sentence, first, last, text, article_id, "scare quotes"))
        weight += 0.1
    weight += 0.2 * sum(lemma in _STANCE for lemma in lemmas)
    judged = sentence.opinion if sentence.opinion >= SURELY_JUDGES else 0.0
    return Tone(round(min(1.0, max(weight, judged)), 2), tuple(sorted(loaded, key=lambda w: w.evidence)))


def sum_up(article_id: str, statements: Sequence[Statement]) -> Wording:
    """Return how an article is worded as a whole, from its statements; statements of other articles are left aside."""
    own = [s for s in statements if s.evidence.article_id == article_id]
    n = max(1, len(own))
    return Wording(
        article_id,
        statements=len(own),
        origins=len({(s.origin.name, s.origin.kind) for s in own}),
        opinion=round(sum(s.kind == "opinion" for s in own) / n, 3),
        attributed=round(sum(s.cue is not None or len(s.sources) > 1 for s in own) / n, 3),
        unnamed=round(sum(s.origin.kind == "unnamed" for s in own) / n, 3),
    )


def _loaded(
    sentence: Sentence, first: int, last: int, text: str, article_id: str, why: str, plain: str | None = None
) -> LoadedWord:
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    return LoadedWord(Evidence(article_id, start, end), text[start:end], why, plain)


def _widen(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Return a loaded modifier with the noun phrase it loads: "bloodthirsty, Israel-hating Islamists"."""
    token = sentence.tokens[last]
    if token.upos not in ("ADJ", "ADV") and (token.upos != "VERB" or token.relation != "amod"):
        return first, last
    for i in range(last + 1, min(last + 7, len(sentence.tokens))):
        token = sentence.tokens[i]
        hyphen_follows = i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].text == "-"
        if token.upos in ("NOUN", "PROPN") and not hyphen_follows:
            return first, i
        if token.text not in (",", "-") and token.upos not in ("ADJ", "NOUN", "PROPN", "VERB"):
            break
    return first, last


def _hating(sentence: Sentence) -> list[tuple[int, int]]:
    """Return "X-hating", "X-loving" and the like, as token runs."""
    return [
        (i - 2, i)
        for i, t in enumerate(sentence.tokens)
        if i >= 2
        and sentence.tokens[i - 1].text == "-"
        and _HATING.match(t.text.lower())
        and t.text.lower() != "style"
        and t.text.lower() != "sponsored"
    ]


def _scare_quotes(sentence: Sentence) -> list[tuple[int, int]]:
    """Return one to three words set in quotation marks within a sentence."""
    runs = []
    opened: int | None = None
    for i, token in enumerate(sentence.tokens):
        if token.text in ("“", "‘") or (token.text == '"' and opened is None):
            opened = i
        elif opened is not None and token.text in ("”", "’", '"'):
            inner = [j for j in range(opened + 1, i) if sentence.tokens[j].upos != "PUNCT"]
            if 1 <= len(inner) <= 3 and opened > 0:
                runs.append((inner[0], inner[-1]))
            opened = None
    return runs
