"""Scores PLV and CoPED over all their sentences, each by models that have not seen it: `python -m training.folds`.

`make folds` first trains the readers: one common run without either set (`folds.yaml`), and from its weights one run a
fold, which learns them from the other four (`fold.yaml`). They are far shorter runs than the shipped reader's. Both
views by words are fitted here on the same four folds, on the trees of the fold's own reader. The predictions of all
folds are scored together, into the entry `five_folds` of results.json.
"""

import argparse
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from tokenizers import Tokenizer

from mene.codebook import load_codebook
from mene.evaluate.coped import QUAD_FOLDER, judge_sentences, read_quads, score_participants
from mene.evaluate.folds import FOLDS, fold
from mene.evaluate.iob import read_tagged
from mene.evaluate.pairs import Judge
from mene.evaluate.plv import judge_pairs, read_pairs, score_pairs
from mene.evaluate.run import flatten, merge_results, write_results
from mene.evaluate.tuples import score_tuples
from mene.language.parties import cut_spans, log_shares
from mene.language.reader import WEIGHTS
from mene.language.reader import Reader as WordReader
from mene.language.tags import best_tags
from training import pairs as pair_model
from training import parties as party_model
from training.corpora import read_participants
from training.export import load_model
from training.scores import TorchSession, as_lists, see_pair

ENTRY = "five_folds"


class LastSession(TorchSession):
    """The torch model that runs a sentence asked for several times in a row but once."""

    last: tuple[bytes, list[NDArray[Any]]] = (b"", [])

    def run(self, _: None, arrays: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Return the model's outputs for the input arrays."""
        asked = b"".join(array.tobytes() for array in arrays.values())
        if asked != self.last[0]:
            self.last = asked, super().run(_, arrays)
        return self.last[1]


def load_fold(folder: Path) -> WordReader:
    """Return the reader of one fold's run."""
    reader, labels, _, _ = load_model(folder)
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    return WordReader(LastSession(reader, "cpu"), tokenizer, as_lists(labels), folder.name)


def fit_judge(reader: WordReader, data: Path, number: int) -> Judge:
    """Return the reader of a fold with the words' views fitted on the other folds."""
    codebook = load_codebook()
    given = [p for p in read_pairs(data / "plv/train.tsv") if fold(p.sentence) != number]
    shown = [*map(pair_model.show_pair, given), *pair_model.show_readings(data / "reading", number)]
    examples = read_participants(data / "coped_spans/train.txt", number)
    return Judge(
        reader,
        pair_model.fit(shown, pair_model.features_of(shown, reader, codebook)),
        party_model.fit(examples, party_model.features_of(examples, reader, codebook)),
        codebook,
    )


def score_folds(data: Path, readers: Path) -> dict[str, dict[str, float]]:
    """Return the scores of PLV and CoPED, and what the reader alone scores ("reader")."""
    everything = read_pairs(data / "plv/train.tsv")
    tagged = read_tagged(data / "coped_spans/train.txt")
    quads = read_quads(data / QUAD_FOLDER)
    pairs, chances, alone, told = [], [], [], []
    sentences, spans, alone_spans, coped_told = [], [], [], []
    for number in range(FOLDS):
        judge = fit_judge(load_fold(readers / str(number)), data, number)
        some = [pair for pair in everything if fold(pair.sentence) == number]
        found, judged = judge_pairs(some, judge)
        pairs, chances, told = pairs + some, chances + found, told + judged
        alone += [see_pair(judge.reader, pair) for pair in some]
        part = [sentence for sentence in tagged if fold(" ".join(sentence.words)) == number]
        parties, judged = judge_sentences(part, quads, judge)
        sentences, spans, coped_told = sentences + part, spans + parties, coped_told + judged
        by_reader = [log_shares(judge.reader.party_scores(sentence.words)) for sentence in part]
        alone_spans += [cut_spans(best_tags(scores), scores) for scores in by_reader]
        print(number, score_pairs(some, found), score_participants(part, parties), flush=True)
    reader_alone = score_pairs(pairs, alone)
    return {
        "plv": {**score_pairs(pairs, chances), **score_tuples(told)},
        "plv_reader_alone": {key: value for key, value in reader_alone.items() if key != "n"},
        "coped": {**score_participants(sentences, spans), **score_tuples(coped_told)},
        "coped_reader_alone": {"f1": score_participants(sentences, alone_spans)["f1"]},
    }


def main() -> None:
    """Read the arguments, score and write the entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training corpora")
    parser.add_argument("--readers", type=Path, default=Path("build/folds"), help="folder of the five runs")
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="folder of results.json")
    options = parser.parse_args()
    scores = flatten(score_folds(options.data, options.readers))
    rounded = {key: round(value, 4) for key, value in scores.items()}
    print(rounded)
    write_results(options.out, merge_results(options.out, {ENTRY: rounded}, None))


if __name__ == "__main__":
    main()
