"""`reports`: what the reader sees in our own annotated reports (`mene.evaluate.marked`), sentence by sentence.

`mention_f1` is over kinds and exact spans, nested ones too. An attribution is right (`said_f1`) when its cue, source
and content all share a word with those of one annotated attribution (where that has no source in the sentence, none may
be given); headlines and colons without a cue are left out. `event_f1` is over event words; of those found, `type` and
`status` are the shares right. `fact_r` is Pearson's r of the factuality that the annotators gave event words.
`opinion_f1` is over sentences that judge. `refers` is the share of pronouns and descriptions whose antecedent is right:
the words given for it hold the head of the annotated words; `refers_p` is the share of those given that are right,
where a word without an annotation counts as wrong. "We" of the outlet itself is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mene.evaluate.marked import NARRATOR, PIECES, STATUS_COVERS, Report, find_words, read_reports
from mene.evaluate.measures import f1, pearson, share
from mene.evaluate.reading_labels import marked_document
from mene.evaluate.reading_path import make_article, sentence_starts
from mene.evaluate.setting import Scores, Setting
from mene.language import Reader, analyse
from mene.language.references import Candidate
from mene.records import Analysis, Sentence, Span, Trigger
from mene.statements.grammar import head_of

_AFTER_HEAD = frozenset("of in from for with at by to on against between after who whose that which ,".split())
_EMPTY = frozenset("the a an this that these those his her its their".split())


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated report and what the reader made of it."""

    report: Report
    analysis: Analysis
    starts: tuple[int, ...]


def analyse_reports(reports: Iterable[Report], reader: Reader) -> list[Pair]:
    """Return each report with its analysis; every sentence is a paragraph of its own."""
    pairs = []
    for report in reports:
        document = marked_document(report)
        pairs.append(Pair(report, analyse(make_article(document), reader), tuple(sentence_starts(document))))
    return pairs


def token_span(pair: Pair, number: int, words: str) -> tuple[Sentence, int, int] | None:
    """Return the sentence and the tokens of the words in sentence `number` of the report, None where they are cut."""
    found = find_words(pair.report.sentences[number].text, words)
    if found is None:
        return None
    start, end = found[0] + pair.starts[number], found[1] + pair.starts[number]
    for sentence in pair.analysis.sentences:
        inside = [i for i, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
        if inside:
            return sentence, inside[0], inside[-1]
    return None


def is_meant(words: Sequence[str], wanted: str) -> bool:
    """Tell whether words name what an annotation names: they hold its head word, and no other's name beside it.

    >>> is_meant(["the", "adviser"], "an adviser to the prime minister")
    True
    >>> is_meant(["the", "prime", "minister"], "an adviser to the prime minister")
    False
    >>> is_meant(["the", "Turkish", "army"], "the Syrian army")
    False
    """
    core = _core(wanted.partition("#")[0].split())
    told = [word.strip(",.'’") for word in words]
    if not core or core[-1].lower() not in {word.lower() for word in told}:
        return False
    names = {word for word in _core(told) if word[:1].isupper()} - {told[0]}
    wanted_names = {word for word in core if word[:1].isupper()}
    return not (names and wanted_names) or bool(names & wanted_names) or core[-1] in wanted_names


def _core(words: Sequence[str]) -> list[str]:
    """Return a phrase's words up to its head, without articles: what comes before a preposition or a clause."""
    end = next((i for i, word in enumerate(words) if i and (word.lower() in _AFTER_HEAD or word[-1:] == ",")), None)
    stop = len(words) if end is None else end + (words[end][-1:] == "," and len(words[end]) > 1)
    return [word.strip(",.'’") for word in words[:stop] if word.lower() not in _EMPTY]


def words_of_candidate(pair: Pair, candidate: Candidate) -> list[str]:
    """Return the words of a candidate."""
    tokens = pair.analysis.sentences[candidate.sentence].tokens
    return [token.text for token in tokens[candidate.first : candidate.last + 1]]


def score_reports(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the scores that the module's docstring names, and n, the number of sentences."""
    counts: dict[str, list[int]] = {key: [0, 0, 0] for key in ("mention", "said", "event", "opinion", "refers")}
    types, statuses, facts = [0, 0], [0, 0], [[], []]  # type: ignore[var-annotated]
    for pair in pairs:
        for number, marked in enumerate(pair.report.sentences):
            here = [
                s
                for s in pair.analysis.sentences
                if pair.starts[number] <= s.start < pair.starts[number] + len(marked.text)
            ]
            _count(counts["mention"], *_mentions(pair, number, here))
            _count(counts["opinion"], {0} if marked.of("opinion") else set(), {0} if _judges(here) else set())
            _count_said(counts["said"], pair, number, here)
            _count_events(counts["event"], types, statuses, facts, pair, number, here)
            _count_refers(counts["refers"], pair, number, here)
    return {
        **{f"{key}_f1": f1(*counts[key]) for key in ("mention", "said", "event", "opinion")},
        "type": share(*types),
        "status": share(*statuses),
        "fact_r": pearson(*facts),
        "refers": share(counts["refers"][0], counts["refers"][2]),
        "refers_p": share(counts["refers"][0], counts["refers"][1]),
        "n": sum(len(pair.report.sentences) for pair in pairs),
    }


def _count(total: list[int], wanted: set[object], found: set[object]) -> None:
    """Add what matched, was found and was wanted."""
    for place, count in enumerate((len(wanted & found), len(found), len(wanted))):
        total[place] += count


def _mentions(pair: Pair, number: int, here: Sequence[Sentence]) -> tuple[set[object], set[object]]:
    wanted: set[object] = set()
    for line in pair.report.sentences[number].of("name"):
        if span := token_span(pair, number, line.fields[0]):
            wanted.add((line.fields[1], span[0].index, span[1], span[2]))
    return wanted, {(m.label, s.index, m.first, m.last) for s in here for m in s.mentions}


def _judges(here: Sequence[Sentence]) -> bool:
    return any(sentence.opinion >= 0.5 for sentence in here)


def _tokens(pair: Pair, number: int, phrases: str) -> set[tuple[int, int]]:
    spans = [token_span(pair, number, phrase) for phrase in phrases.split(PIECES) if phrase]
    return {(s.index, i) for span in spans if span for s, a, b in [span] for i in range(a, b + 1)}


def _run(sentence: Sentence, spans: Iterable[Span]) -> set[tuple[int, int]]:
    return {(sentence.index, i) for span in spans for i in range(span.first, span.last + 1)}


def _count_said(total: list[int], pair: Pair, number: int, here: Sequence[Sentence]) -> None:
    lines = [line for line in pair.report.sentences[number].of("said") if line.fields[0] != "-"]
    wanted = [
        tuple(
            _tokens(pair, number, p)
            for p in (line.fields[0], line.more.get("source", ""), line.more.get("content", ""))
        )
        for line in lines
    ]
    found = [
        (_run(s, [said.cue]), _run(s, [said.source] if said.source else []), _run(s, said.contents))
        for s in here
        for said in s.sayings
    ]
    free = list(wanted)
    matched = 0
    for cue, source, content in found:
        partner = next(
            (w for w in free if w[0] & cue and (bool(w[1] & source) if w[1] else not source) and w[2] & content), None
        )
        if partner is not None:
            free.remove(partner)
            matched += 1
    for place, count in enumerate((matched, len(found), len(wanted))):
        total[place] += count


def _count_events(
    total: list[int],
    types: list[int],
    statuses: list[int],
    facts: Sequence[list[float]],
    pair: Pair,
    number: int,
    here: Sequence[Sentence],
) -> None:
    seen: dict[tuple[int, int], Trigger] = {(s.index, t.token): t for s in here for t in s.triggers}
    used: set[tuple[int, int]] = set()
    lines = pair.report.sentences[number].of("event")
    for line in lines:
        span = token_span(pair, number, line.fields[0])
        if span is None:
            continue
        sentence, first, last = span
        if "fact" in line.more:
            facts[0].append(float(line.more["fact"]))
            facts[1].append(sentence.tokens[head_of(sentence, first, last)].factuality)
        hit = next((k for i in range(first, last + 1) if (k := (sentence.index, i)) in seen and k not in used), None)
        if hit is None:
            continue
        used.add(hit)
        status = line.fields[2]
        types[0] += seen[hit].type == line.fields[1]
        statuses[0] += seen[hit].status in STATUS_COVERS.get(status, (status,))
        types[1] += 1
        statuses[1] += 1
    for place, count in enumerate((len(used), len(seen), len(lines))):
        total[place] += count


def _count_refers(total: list[int], pair: Pair, number: int, here: Sequence[Sentence]) -> None:
    """Count the references right, the ones given, and the annotated ones; "we" of the outlet itself is left out."""
    given = {(r.sentence, r.last): r for r in pair.analysis.references if any(r.sentence == s.index for s in here)}
    for line in pair.report.sentences[number].of("refers"):
        if line.fields[1] == NARRATOR and (span := token_span(pair, number, line.fields[0])):
            given.pop((span[0].index, span[2]), None)
    total[1] += len(given)
    for line in pair.report.sentences[number].of("refers"):
        span = token_span(pair, number, line.fields[0])
        if line.fields[1] == NARRATOR or span is None:
            continue
        total[2] += 1
        reference = given.get((span[0].index, span[2]))
        if reference is not None:
            tokens = pair.analysis.sentences[reference.to_sentence].tokens
            words = [token.text for token in tokens[reference.to_first : reference.to_last + 1]]
            total[0] += is_meant(words, line.fields[1])


def evaluate_reports(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the annotated reports at `path`."""
    reader = setting.load_reader()
    return score_reports(analyse_reports(read_reports(path), reader))  # type: ignore[arg-type]
