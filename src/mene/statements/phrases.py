"""Who says what without a verb of saying: "according to X", "X's claim that", a headline's "X: …"."""

import re
from collections.abc import Iterator

from mene.codebook import Codebook, Match
from mene.codebook.lemmas import lemmatise
from mene.language.trees import find_subtree
from mene.records import Sentence, Token
from mene.statements.context import Context
from mene.statements.grammar import SUBJECTS, child, children, subtree, trimmed
from mene.statements.saying import (
    GIVEN,
    PLAIN,
    Attribution,
    Run,
    is_clause,
    names_speaker,
    noun_run,
    runs_of,
    speaker_kind,
)

_SOURCE_FOLLOWS = re.compile(r"^according to$|\b(?:per|citing|of|by)$")
"""Set phrases after which the source stands."""

_LABELS = frozenset(
    "video watch live update updates breaking analysis opinion explainer photos pictures factbox report exclusive"
    " interview comment editorial profile timeline poll review podcast correction infographic news world".split()
)
"""What stands before a headline's colon where nobody speaks."""

_HOLDING = frozenset("reach make have hold draw express voice form share come repeat give issue offer".split())
"""With these the subject is whose word it is: "reached the conclusion that", "voiced the fear that"."""

_RATES = frozenset("cent capita day week month year head hour person".split())
"""What follows "per" where it is no source."""

_TAILS = frozenset("Monitor Monitors Activists NGO Observatory SOHR Sources Source Report Reports Witnesses".split())
"""Sources that scraped headlines end with, their colon lost."""

_SMALL_TAILS = frozenset("monitor monitors ngo observatory media activists sources reports report witnesses".split())
"""Those that end one in small letters too."""

_MANY = frozenset("activists sources reports witnesses".split())
"""Of these the word before must be in the plural itself: "kill 20 civilians activists", not "2 Syrian activists"."""

_PAIRED_TAILS = frozenset(("state media", "state tv", "state television", "state radio", "rights group"))

_OPENERS = frozenset(
    "spokesman spokeswoman spokesperson activists witnesses residents sources officials observatory monitors".split()
)
"""Sources that scraped headlines open with; before another noun in the plural they describe nothing."""

MIN_TAILED = 5
"""A headline with such an end has at least so many words before it."""

_HEADLINE_DASH = re.compile(r"^[-–—:]$")


def according_to(book: Codebook, sentence: Sentence) -> Iterator[Attribution]:
    """Yield "according to X", "in the words of X", "citing X" with the clause around it."""
    words = ["according" if t.text.lower() == "according" else t.lemma.lower() for t in sentence.tokens]
    for hit in book.find_phrases(words, "cues"):
        entry, start = hit.entries[0], hit.last + 1
        if entry.upos != "ADP" or not _SOURCE_FOLLOWS.search(entry.phrase) or start >= len(sentence.tokens):
            continue
        if hit.first == 0 and hit.last == 0:  # "Per", "Citing" at the start: a name, or the outlet's own clause
            continue
        if sentence.tokens[start].text.lower() in _RATES:
            continue
        described = noun_run(sentence, start)
        given = _given_by(sentence, described)
        source = _with_clause(sentence, _within_phrase(sentence, hit.first, given))
        cue = (hit.first, hit.last if given == described else given[0] - 1)
        rest = [r for r in _around(sentence, cue[0], source[1]) if r[1] - r[0] >= 1]
        if rest:
            yield Attribution(cue, source, tuple(rest), entry, rule="phrase")


def _given_by(sentence: Sentence, run: Run) -> Run:
    """Return who gave the information that a source is described by: "figures provided by [the ministry]"."""
    told = sentence.tokens[run[1]].lemma.lower() in GIVEN
    words = [t.text.lower() for t in sentence.tokens[run[1] + 1 : run[1] + 3]]
    given = told and len(words) == 2 and words[0].endswith(("ed", "en")) and words[1] in ("by", "from")
    return noun_run(sentence, run[1] + 3) if given and run[1] + 3 < len(sentence.tokens) else run


def _within_phrase(sentence: Sentence, cue: int, run: Run) -> Run:
    """Return the source without the subject of a clause after it: "According to Faris a number of homes were hit"."""
    head = sentence.tokens[cue].head
    if not run[0] <= head <= run[1]:
        subjects = (i for i in range(*run) if sentence.tokens[i].relation in SUBJECTS)
        head = next((i for i in subjects if sentence.tokens[i].head > run[1]), head)
    if run[0] < head <= run[1] and sentence.tokens[head].relation in SUBJECTS:
        before = range(head - 1, run[0] - 1, -1)
        speaks = (i for i in before if sentence.tokens[i].upos == "PROPN" or speaker_kind(sentence.tokens[i]))
        named = next(speaks, None)
        return run if named is None else trimmed(sentence, run[0], named)  # "the SOHR [tens of civilians were killed]"
    last = subtree(sentence, head)[-1] if run[0] <= head <= run[1] else run[1]
    seen = any(s.last == run[1] for s in sentence.sources)
    told = not seen and any(sentence.tokens[i].relation in SUBJECTS for i in range(last + 1, run[1] + 1))
    return trimmed(sentence, run[0], last) if told else run


def _with_clause(sentence: Sentence, run: Run) -> Run:
    """Return a source that was cut at "who" with the clause that describes it: "a man [who advises the ministry]"."""
    verb = sentence.tokens[run[1]].head
    if sentence.tokens[run[1]].text.lower() not in ("who", "which") or verb <= run[1]:
        return run
    return trimmed(sentence, run[0], max(i for i in subtree(sentence, verb) if i >= verb))


def _around(sentence: Sentence, first: int, last: int) -> list[Run]:
    """Return the clause around an inserted "according to X", which ends at a semicolon."""
    marks = [i for i, t in enumerate(sentence.tokens) if t.text == ";"]
    begin = max([m + 1 for m in marks if m < first], default=0)
    end = min([m - 1 for m in marks if m > last], default=len(sentence.tokens) - 1)
    runs = [(begin, first - 1)] if first - 1 >= begin else []
    if end >= last + 1:
        runs.append((last + 1, end))
    return [trimmed(sentence, a, b) for a, b in runs]


def said_by_nouns(context: Context, sentence: Sentence) -> Iterator[Attribution]:
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
        owner = _held_by(context, sentence, i)
        source = None
        if owner is not None:
            source = find_subtree([t.head for t in sentence.tokens], owner, without=i)
            source = trimmed(sentence, source[0], min(source[1], i - 1), "'’s,")
        contents = tuple(runs_of(subtree(sentence, clause), sentence))
        yield Attribution((i, i), source, contents, entry, rule="noun")


def _held_by(context: Context, sentence: Sentence, noun: int) -> int | None:
    """Return whose word a noun of saying is: "the army's claim", "the US assessment", "Oslo has reached the view"."""
    owner = child(sentence, noun, "nmod:poss")
    if owner is not None:
        return owner
    for i in children(sentence, noun):
        named = any(m.first <= i <= m.last for m in context.matches[sentence.index])
        if sentence.tokens[i].relation in ("compound", "amod") and named:
            return i
    verb = sentence.tokens[noun].head
    holds = verb >= 0 and sentence.tokens[noun].relation == "obj" and sentence.tokens[verb].lemma.lower() in _HOLDING
    return child(sentence, verb, "nsubj") if holds else None


def said_in_headlines(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield a headline's "Army: no withdrawal from Hama" or "Homs has fallen – monitor"."""
    n = len(sentence.tokens)
    if context.analysis.article.blocks[sentence.block].kind != "heading":
        yield from _closed_by_speaker(context, sentence)
        return
    for i, token in enumerate(sentence.tokens):
        if not _HEADLINE_DASH.match(token.text) or (sentence.tokens[i - 1].end == token.start and token.text != ":"):
            continue
        before, after = (0, i - 1), (i + 1, n - 1)
        if i and i < n - 2 and i <= 5 and token.text == ":" and _heads_a_line(context, sentence, before, after):
            yield Attribution((i, i), before, (after,), PLAIN, rule="headline")
            return
        if i >= 3 and 0 < n - 1 - i <= 4 and names_speaker(context, sentence, after):
            yield Attribution((i, i), after, (before,), PLAIN, rule="headline")
            return
    yield from _opening(sentence)
    yield from _tail(context, sentence)


def _tail(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield a headline whose source stands at its end without a mark: "Twin blasts kill 30 in Syria Monitor"."""
    last = len(sentence.tokens) - 1
    first = _tail_from(context, sentence)
    if first is not None and first >= MIN_TAILED and _ends_before(sentence, first):
        yield Attribution((last, last), (first, last), ((0, first - 1),), PLAIN, rule="headline")


def _tail_from(context: Context, sentence: Sentence) -> int | None:
    """Return where a source at a headline's end begins: by its word, by its capital, or as an outlet's name."""
    last = len(sentence.tokens) - 1
    token, before = sentence.tokens[last], sentence.tokens[last - 1]
    word = token.text.lower()
    if f"{before.text} {token.text}".lower() in _PAIRED_TAILS:
        return last - 1
    if token.text in _TAILS or (word in _SMALL_TAILS and (word not in _MANY or _is_plural(before))):
        return last
    outlet = next((m for m in context.matches[sentence.index] if m.kind == "outlet" and m.last == last), None)
    if outlet is not None and sentence.tokens[outlet.first - 1].upos in ("NOUN", "PROPN", "NUM"):
        return outlet.first
    people = any(m.kind == "demonym" and m.first == m.last == last - 1 for m in context.matches[sentence.index])
    if people and speaker_kind(token) is not None and _is_plural(token) and before.head == last:
        return last - 1  # "... used in Syria British scientists"
    if _in_small_letters(sentence) and speaker_kind(token) is not None:
        start = next((i for i in (last - 1, last) if sentence.tokens[i].text.istitle()), None)
        spans = [(n.first, n.last) for n in sentence.names]
        spans += [(m.first, m.last) for m in context.matches[sentence.index]]
        named = start is None or any(a <= start <= b and a < last for a, b in spans)
        return start if not named and sentence.tokens[last - 1].upos != "PROPN" else None
    return None


def _ends_before(sentence: Sentence, first: int) -> bool:
    """Tell whether a headline could end before its source: after a noun or a number that describes nothing."""
    before = sentence.tokens[first - 1]
    return before.upos in ("NOUN", "PROPN", "NUM", "ADV", "VERB") and before.text.lower() not in ("war", "the", "un")


def _is_plural(token: Token) -> bool:
    return token.upos == "NOUN" and lemmatise(token.text.lower(), "NOUN") != token.text.lower()


def _in_small_letters(sentence: Sentence) -> bool:
    """Tell whether a headline writes its common nouns and verbs small, so that a capital opens something new."""
    words = [t for t in sentence.tokens[1:] if t.upos in ("NOUN", "VERB", "ADJ")]
    return sum(t.text[:1].islower() for t in words) > 2 * sum(t.text[:1].isupper() for t in words)


def _opening(sentence: Sentence) -> Iterator[Attribution]:
    """Yield a headline that opens with its source, the colon lost: "Army spokesman rebels shelled the port"."""
    end = next((i for i, t in enumerate(sentence.tokens[:3]) if t.text.lower() in _OPENERS), None)
    last = len(sentence.tokens) - 1
    if end is None or end + MIN_TAILED > last:
        return
    subject_of = sentence.tokens[end].head
    word = sentence.tokens[end]
    beside = word.relation in ("compound", "nmod:desc", "nmod") and subject_of > end
    if beside and sentence.tokens[subject_of].relation.startswith("nsubj") and subject_of - end <= 3:
        yield Attribution((end, end), (0, end), ((end + 1, last),), PLAIN, rule="headline")


def _closed_by_speaker(context: Context, sentence: Sentence) -> Iterator[Attribution]:
    """Yield a headline that a scraped text has run into its paragraphs: "Death toll rises to 76: monitor."."""
    end = len(sentence.tokens) - 1
    while end > 0 and sentence.tokens[end].upos == "PUNCT":
        end -= 1
    colon = next((i for i in range(end, max(0, end - 4), -1) if sentence.tokens[i].text == ":"), None)
    if colon is None or colon < 4 or colon == end:
        return
    after = (colon + 1, end)
    named = all(t.upos in ("NOUN", "PROPN", "ADJ") for t in sentence.tokens[colon + 1 : end + 1])
    if named and names_speaker(context, sentence, after):
        yield Attribution((colon, colon), after, ((0, colon - 1),), PLAIN)


def _is_bare_name(sentence: Sentence, run: Run) -> bool:
    """Tell whether a run is one to three names in a row, none of a place and none a label: "Steifo", not "VIDEO"."""
    words = sentence.tokens[run[0] : run[1] + 1]
    placed = any(n.label == "LOC" and n.first <= run[1] and run[0] <= n.last for n in sentence.names)
    titled = all(t.upos == "PROPN" and t.text.istitle() and t.text.lower() not in _LABELS for t in words)
    return titled and not placed and len(words) <= 3


def _heads_a_line(context: Context, sentence: Sentence, run: Run, told: Run) -> bool:
    """Tell whether the words before a headline's colon speak: "Islamabad: ..." does, "Niger: ..." is its topic.

    A country speaks where the article's first sentence opens with one of its own as the source.
    """
    if any(t.text.lower() in _LABELS for t in sentence.tokens[run[0] : run[1] + 1]):
        return False
    if any(n.label == "PER" and (n.first, n.last) == run for n in sentence.names) or _is_bare_name(sentence, run):
        return True
    state = next((m for m in context.matches[sentence.index] if m.kind == "state" and (m.first, m.last) == run), None)
    if state is not None:
        return is_clause(sentence, told) and _opens_with_source_of(context, state.ids[0])
    return names_speaker(context, sentence, run)


def _opens_with_source_of(context: Context, country: str) -> bool:
    """Tell whether the article's text begins with a source of a country, by its name or its people's."""
    blocks = context.analysis.article.blocks
    told = (s for s in context.analysis.sentences if blocks[s.block].kind == "paragraph")
    first = next((s for s in told if any(t.upos == "VERB" for t in s.tokens)), None)
    if first is None:
        return False
    opening = [s for s in first.sources if s.first <= 1]
    return any(
        country in _countries(context.codebook, m)
        for s in opening
        for m in context.matches[first.index]
        if s.first <= m.first <= s.last
    )


def _countries(book: Codebook, match: Match) -> list[str | None]:
    """Return the countries that a match names or belongs to."""
    if match.kind in ("state", "demonym"):
        return [*match.ids]
    return [actor.country for key in match.ids if (actor := book.actor(key)) is not None]
