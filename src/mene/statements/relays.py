"""Through whom somebody is quoted: the outlet that was told, that carried the words, or that cites a source."""

from collections.abc import Iterator
from dataclasses import replace

from mene.language.trees import find_subtree
from mene.records import Sentence
from mene.statements.context import Context
from mene.statements.grammar import ancestors, child, children, subject, trimmed
from mene.statements.outlets import find_outlet
from mene.statements.saying import (
    GIVEN,
    PLAIN,
    Attribution,
    Run,
    is_outlet,
    is_passive_cue,
    noun_run,
    stands_after,
    without_run,
)

_OCCASIONS = frozenset(
    "interview remark comment statement briefing conversation call message letter speech address post".split()
)
"""What a speaker gives to an outlet, or what an outlet carries."""

_CARRYING = frozenset("carry read broadcast publish air read run release issue post print".split())
QUOTING = frozenset(("quote", "cite", "report", "hear", "record", "film", "show", "see"))
"""Verbs by which somebody else's words are handed on."""

LEADING_WORDS = 20
"""So many words at most lie between such a verb and the "saying" that it leads to."""

SAYING_WORDS = frozenset("saying telling reporting confirming adding stating denying claiming".split())


def with_cited(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
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
            at_saying = any(first <= token.head <= last for first, last in (a.cue, a.source))
            if not (within or beside or at_saying):
                continue
            cited = noun_run(sentence, i + 1)
            if sentence.tokens[cited[1]].lemma.lower() in GIVEN:
                continue  # "The group, citing figures, said": its own words
            if i < a.source[0] <= cited[1] and a.source[1] < a.cue[0]:
                cited = trimmed(sentence, i + 1, max(i + 1, a.source[0] - 1))  # "Citing its partners the league said"
            outlet = trimmed(sentence, a.source[0], min(a.source[1], i - 1) if within else a.source[1])
            contents = tuple(r for run in a.contents for r in without_run(sentence, run, (i, cited[1])))
            contents = _clause_after(sentence, cited[1]) or contents
            out[number] = replace(a, source=cited, relay=outlet, contents=contents or a.contents, rule="citing")
            out = [b for b in out if not (b.cue[0] <= i <= b.cue[1])]
            break
    return out


def _clause_after(sentence: Sentence, token: int) -> tuple[Run, ...]:
    """Return the clause with "that" which follows a token up to the sentence's end, if one does."""
    told = token + 4 < len(sentence.tokens) and sentence.tokens[token + 1].text.lower() == "that"
    return (trimmed(sentence, token + 1, len(sentence.tokens) - 1),) if told else ()


def quoted_as(sentence: Sentence) -> Iterator[Attribution]:
    """Yield "State television quoted a source as saying that ...": the one quoted says it, through the subject.

    So does the subject of a passive, through its agent: "The minister was quoted by Xinhua as saying that ...".
    """
    words = [t.text.lower() for t in sentence.tokens]
    for i, token in enumerate(sentence.tokens):
        if token.upos != "VERB" or token.lemma.lower() not in QUOTING:
            continue
        reach = range(i + 1, min(i + LEADING_WORDS, len(words) - 2))
        told = next((j for j in reach if words[j] in SAYING_WORDS), None)
        subject_of = subject(sentence, i)
        if told is None or subject_of is None or any(words[j] in (";", ":") for j in range(i, told)):
            continue
        first, last = find_subtree([t.head for t in sentence.tokens], subject_of, without=i)
        whole = trimmed(sentence, first, min(last, i - 1))
        if is_passed_on(sentence, i):
            while whole[1] > whole[0] and sentence.tokens[whole[1]].upos in ("AUX", "ADV"):
                whole = (whole[0], whole[1] - 1)
            content, relay = _quoted_of(sentence, i, told)
            if content[1] - content[0] < 2 and whole[0] > 2:  # "..., the army was quoted as saying by X"
                content = trimmed(sentence, 0, whole[0] - 1)
            yield Attribution((told, told), whole, (content,), PLAIN, relay, "quoted as")
        elif token.lemma.lower() in ("quote", "cite") or _as_saying(sentence, i, told):
            content = _after_listener(sentence, told)
            told -= words[told - 1] == "as"
            if told > i + 1:
                yield Attribution((i, i), trimmed(sentence, i + 1, told - 1), (content,), PLAIN, whole, "quoted as")


def _as_saying(sentence: Sentence, verb: int, told: int) -> bool:
    """Tell whether words hand on whoever stands between as speaking: "reported the palace as saying"."""
    between = sentence.tokens[verb + 1 : told - 1]
    as_saying = sentence.tokens[told - 1].text.lower() == "as"
    return as_saying and not any(t.upos in ("VERB", "AUX", "SCONJ") for t in between)


def is_passed_on(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb of quoting is in the passive, which trees of scraped text may have lost."""
    return is_passive_cue(sentence, verb) or sentence.tokens[verb - 1].text.lower() in ("was", "were", "been", "is")


def _after_listener(sentence: Sentence, told: int) -> Run:
    """Return what follows a word of saying to the sentence's end, without who is told: "telling reporters that"."""
    that = next(
        (c for c in range(told + 1, min(told + 5, len(sentence.tokens))) if sentence.tokens[c].text == "that"), None
    )
    listener = that is not None and all(sentence.tokens[i].upos != "VERB" for i in range(told + 1, that))
    return trimmed(sentence, that if that is not None and listener else told + 1, len(sentence.tokens) - 1)


def _quoted_of(sentence: Sentence, verb: int, told: int) -> tuple[Run, Run | None]:
    """Return what somebody is quoted as saying and by whom: "quoted by Xinhua as saying", "as saying by Xinhua"."""
    last = len(sentence.tokens) - 1
    by = next((j for j in (verb + 1, told + 1) if j < last and sentence.tokens[j].text.lower() == "by"), None)
    if by is None:
        return trimmed(sentence, told + 1, last), None
    if by < told:
        stop = told - 1 - (sentence.tokens[told - 1].text.lower() == "as")
        return trimmed(sentence, told + 1, last), trimmed(sentence, by + 1, stop)
    named = noun_run(sentence, by + 1)
    return trimmed(sentence, named[1] + 1, last), named


def listener_outlet(context: Context, sentence: Sentence, verb: int) -> Run | None:
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
    if told is not None and (described := _described_outlet(context, sentence, told)) is not None:
        return described
    name = next(
        (n for n in sentence.names if told is not None and n.label == "ORG" and n.first <= told <= n.last), None
    )
    return (name.first, name.last) if name is not None else None


def _described_outlet(context: Context, sentence: Sentence, told: int) -> Run | None:
    """Return "the agency", "the Times" where they stand for an outlet that the article names."""
    first = told
    while first > 1 and sentence.tokens[first - 1].text[:1].isupper():
        first -= 1
    first -= bool(first) and sentence.tokens[first - 1].text.lower() == "the"
    return (first, told) if find_outlet(context, sentence, (first, told)) is not None else None


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
                if token.relation == "obl" and stands_after(sentence, p, "with", "to", "on")
            ]
            for carried in children(sentence, node):
                if sentence.tokens[carried].lemma.lower() in _CARRYING:
                    parts += [p for p in children(sentence, carried) if stands_after(sentence, p, "by", "on")]
        elif token.relation == "advcl" and lemma == "speak":
            parts = [p for p in children(sentence, node) if stands_after(sentence, p, "to", "with", "on")]
        for part in parts:
            first, last = find_subtree([t.head for t in sentence.tokens], part, without=verb)
            while first < part and sentence.tokens[first].upos in ("ADP", "PUNCT"):
                first += 1
            if is_outlet(context, sentence, (first, last)):
                return trimmed(sentence, first, last)
    return None
