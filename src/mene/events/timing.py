"""Which of the times that a sentence names dates an event."""

from collections.abc import Sequence

from mene.dates import TimeMention, time_of
from mene.events.coded import Timed
from mene.records import Sentence, Token
from mene.statements.grammar import child, clause_head, subtree

RANK_WORDS = 12
"""A superlative stands at most so many words before the time since which it holds."""


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
