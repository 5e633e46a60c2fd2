"""The reader's words, shapes, spans and checksum."""

import json
from pathlib import Path

import numpy as np
import pytest

from mene.errors import ReaderModelError
from mene.language import find_sentences, find_words, load_reader
from mene.language.encode import collate, encode
from mene.language.reader import WEIGHTS, decode_arguments, decode_spans
from mene.language.tokenise import cut_long
from mene.pipeline import Model


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Gen. Ali met him on Nov. 3. It ended.", 2),
        ("The U.S. Army left. The U.N. stayed.", 2),
        ("“It is over,” he said. “We are done.”", 2),
        ("He lived at No. 5 St. James St. in Aden.", 1),
        ("Did it fall? No! It did not …", 3),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: int) -> None:
    assert len(find_sentences(text)) == sentences


def test_words_keep_their_offsets() -> None:
    text = "HTS-led rebels don't hold al-Bab's 3,500 homes."
    words = [text[a:b] for a, b in find_words(text)]
    assert words == ["HTS", "-", "led", "rebels", "do", "n't", "hold", "al", "-", "Bab", "'s", "3,500", "homes", "."]


def test_a_long_sentence_is_cut_and_loses_nothing() -> None:
    text = "town, " * 400
    words = find_words(text)
    pieces = cut_long(words, text)
    assert [w for piece in pieces for w in piece] == words
    assert max(map(len, pieces)) <= 120


def test_tags_become_spans() -> None:
    chances = np.eye(5)[[1, 2, 0, 3, 1]]
    found = [(s.label, s.first, s.last) for s in decode_spans(chances, ["PER", "LOC"])]
    assert found == [("PER", 0, 1), ("LOC", 3, 3), ("PER", 4, 4)]


def test_arguments_come_best_first() -> None:
    chances = np.array([[0.1, 0.9, 0, 0], [0.9, 0, 0, 0.1], [0.2, 0.6, 0.1, 0.1], [0.1, 0, 0, 0.9]])
    assert [(s.label, s.first) for s in decode_arguments(chances)] == [("actor", 0), ("actor", 2), ("place", 3)]


def test_every_word_has_a_piece_however_long_the_sentence(model: Model) -> None:
    tokenizer = model.reader._tokenizer
    (encoded,) = encode(tokenizer, [["incomprehensibilities"] * 300])
    arrays = collate([encoded])
    assert len(encoded.first) == 300
    assert arrays["first"].max() < arrays["pieces"].shape[1]


def test_batches_do_not_change_what_is_read(model: Model) -> None:
    short = "Rebels took Hama .".split()
    long = "The army , which had held the town since May , said on Friday that it had withdrawn its forces .".split()
    alone = model.reader.read_words([short])[0]
    beside = model.reader.read_words([long, short, []])
    assert beside[1].heads == alone.heads
    assert beside[1].upos == alone.upos
    assert beside[2].upos == ()


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    for name in ("card.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((WEIGHTS / name).read_bytes())
    (tmp_path / "reader.onnx").write_bytes(b"not the weights")
    with pytest.raises(ReaderModelError, match="checksum"):
        load_reader(tmp_path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError, match="reinstall"):
        load_reader(tmp_path)


def test_the_card_names_base_data_and_labels() -> None:
    card = json.loads((WEIGHTS / "card.json").read_text())
    assert card["base_licence"].startswith("MIT")
    assert len(card["data"]) >= 10
    assert {"upos", "relations", "types", "statuses"} <= set(card["labels"])
