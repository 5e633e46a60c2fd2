"""Trains the reader: `python -m training.train --data DIR --out DIR [--device cuda] [--resume]`.

Every step takes a batch of one task, drawn by the mixture of `config.yaml`; the encoder sees all of them. Each pass of
the configuration begins with a fresh optimiser and warms up again. Checkpoints
hold model, optimiser and step, so that a run goes on where it stopped; `log.jsonl` keeps the mean loss of each task.
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from tokenizers import Tokenizer

from mene.language.encode import Encoded, collate, encode
from training.base import FOLDER, read_base
from training.corpora import ENTITIES, MENTIONS, NAMES, STATUSES, TYPES, Example, read_corpora
from training.losses import LOSSES
from training.model import Labels, Reader, Shape, load_base
from training.patterns import draw_patterns
from training.scores import score_heads

PATTERNS = 6000
"""So many sentences are drawn from the grammar of `patterns.yaml`."""

PASS_START = "pass-start.pt"
"""The weights that a pass began with, kept in the output folder for the pass's `keep`."""

CONFIG = Path(__file__).with_name("config.yaml")
MIN_ROLE_COUNT = 20


def collect_labels(trees: list[Example]) -> Labels:
    """Return the label inventories; roles seen fewer than `MIN_ROLE_COUNT` times count as none."""
    roles = Counter(label for e in trees for _, label in {(p, label) for p, label, _ in e.roles})
    return Labels(
        upos=tuple(sorted({u for e in trees for u in e.upos})),
        relations=tuple(sorted({r for e in trees for r in e.relations})),
        roles=("", *sorted(r for r, n in roles.items() if n >= MIN_ROLE_COUNT)),
        names=NAMES,
        entities=tuple(ENTITIES),
        mentions=tuple(MENTIONS),
        types=tuple(TYPES),
        statuses=tuple(STATUSES),
    )


class Task:
    """An endless, seeded stream of batches of one task, of about equal lengths within a batch."""

    def __init__(self, examples: list[Example], tokenizer: Tokenizer, pieces: int, seed: int) -> None:
        encoded = encode(tokenizer, [e.words for e in examples])
        self.items = [(e, x) for e, x in zip(examples, encoded, strict=True) if len(x.pieces) <= 200]
        self.pieces = pieces
        self.random = random.Random(seed)
        self.batches = self._stream()

    def _stream(self) -> Iterator[list[tuple[Example, Encoded]]]:
        while True:
            self.random.shuffle(self.items)
            batches: list[list[tuple[Example, Encoded]]] = []
            for start in range(0, len(self.items), 1024):
                pool = sorted(self.items[start : start + 1024], key=lambda item: len(item[1].pieces))
                batches += cut_batches(pool, self.pieces)
            self.random.shuffle(batches)
            yield from batches


def cut_batches(pool: list[tuple[Example, Encoded]], pieces: int) -> list[list[tuple[Example, Encoded]]]:
    """Return `pool` (sorted by length) in batches of at most about `pieces` padded word pieces."""
    batches: list[list[tuple[Example, Encoded]]] = []
    batch: list[tuple[Example, Encoded]] = []
    for item in pool:
        if batch and (len(batch) + 1) * len(item[1].pieces) > pieces:
            batches.append(batch)
            batch = []
        batch.append(item)
    return [*batches, batch] if batch else batches


def pass_of(step: int, config: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Return the first step of the pass that `step` belongs to, and the pass."""
    first = 0
    for part in config["passes"]:
        if step < first + part["steps"]:
            return first, part
        first += part["steps"]
    raise ValueError(f"step {step} is after the last pass")


def rate_at(step: int, config: dict[str, Any]) -> float:
    """Return the share of the peak rate at `step`: in each pass linear warm-up, then linear decay to a hundredth."""
    first, part = pass_of(step, config)
    done, warmup = step - first, config["warmup_steps"]
    share = (done + 1) / warmup if done < warmup else max(0.01, (part["steps"] - done) / (part["steps"] - warmup))
    return float(part["peak"] * share)


def make_optimiser(reader: Reader, config: dict[str, Any]) -> torch.optim.AdamW:
    """Return AdamW with one rate for the encoder and one for the heads."""
    trained = [(n, p) for n, p in reader.named_parameters() if p.requires_grad]
    encoder = [p for n, p in trained if n.startswith("encoder.")]
    heads = [p for n, p in trained if not n.startswith("encoder.")]
    groups = [
        {"params": encoder, "lr": config["encoder_rate"], "peak": config["encoder_rate"]},
        {"params": heads, "lr": config["head_rate"], "peak": config["head_rate"]},
    ]
    return torch.optim.AdamW(groups, weight_decay=config["weight_decay"], betas=(0.9, 0.98), fused=True)


def load_labels(folder: Path) -> Labels:
    """Return the label inventories that training wrote into `folder`."""
    return Labels(**{k: tuple(v) for k, v in json.loads((folder / "labels.json").read_text()).items()})


def make_reader(config: dict[str, Any], labels: Labels) -> Reader:
    """Return an untrained reader on the base's encoder, its word and position vectors frozen."""
    reader = Reader(labels, Shape(layers=config["layers"]), config["dropout"])
    load_base(reader, read_base())
    reader.encoder.words.weight.requires_grad_(False)
    reader.encoder.positions.weight.requires_grad_(False)
    return reader


def plan_steps(config: dict[str, Any]) -> list[str]:
    """Return the task of each step, drawn by its pass's mixture; a task of `join_at` has no share before its step."""
    drawn = random.Random(config["seed"])
    late = config.get("join_at", {})
    order: list[str] = []
    for part in config["passes"]:
        names, shares = list(part["mixture"]), list(part["mixture"].values())
        for _ in range(part["steps"]):
            weights = [0.0 if len(order) < late.get(n, 0) else w for n, w in zip(names, shares, strict=True)]
            order.append(drawn.choices(names, weights)[0])
    return order


def train(
    config: dict[str, Any], data: Path, out: Path, device: str, resume: bool, start_from: Path | None = None
) -> None:
    """Train through the passes of `config`, writing checkpoints and the logs into `out`.

    With `start_from` the run begins with the labels and weights of the run in that folder.
    """
    torch.manual_seed(config["seed"])
    np.random.seed(config["seed"])
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    corpora = read_corpora(data, config["held_out_fold"])
    corpora["patterns"] = draw_patterns(PATTERNS, config["seed"])
    known = out if resume and (out / "labels.json").exists() else start_from
    labels = load_labels(known) if known is not None else collect_labels(corpora["trees"])
    (out / "labels.json").write_text(json.dumps(asdict(labels), indent=1))
    (out / "config.json").write_text(json.dumps(config, indent=1))
    reader = make_reader(config, labels).to(device)
    if start_from is not None:
        saved = torch.load(start_from / "checkpoint.pt", map_location=device, weights_only=True)
        reader.load_state_dict(saved["model"])
    optimiser = make_optimiser(reader, config)
    tasks = {
        name: Task(corpora[name], tokenizer, config["pieces_per_batch"], config["seed"] + i)
        for i, name in enumerate(dict.fromkeys(name for part in config["passes"] for name in part["mixture"]))
    }
    order = plan_steps(config)
    start = load_checkpoint(out, reader, optimiser) if resume else 0
    if start < len(order) and pass_of(start, config)[0] == start:
        optimiser = make_optimiser(reader, config)
    for name in order[:start]:
        next(tasks[name].batches)
    losses: dict[str, list[float]] = defaultdict(list)
    began = time.monotonic()
    for step in range(start, len(order)):
        name = order[step]
        first, part = pass_of(step, config)
        if step > start and first == step:
            optimiser = make_optimiser(reader, config)
        if first == step and part.get("keep"):
            torch.save(reader.state_dict(), out / PASS_START)
        losses[name].append(take_step(reader, optimiser, tasks[name], name, labels, config, step, device))
        done = step + 1
        if done == first + part["steps"] and part.get("keep"):
            blend(reader, torch.load(out / PASS_START, map_location=device, weights_only=True), part["keep"])
        if done % config["checkpoint_every"] == 0 or done == len(order):
            save_checkpoint(out, reader, optimiser, done)
            entry = {"step": done, "seconds": round(time.monotonic() - began)}
            entry |= {k: round(sum(v) / len(v), 4) for k, v in sorted(losses.items())}
            write_log(out / "log.jsonl", entry)
            losses.clear()
        if config["score_every"] and (done % config["score_every"] == 0 or done == len(order)):
            scores = score_heads(reader, labels, tokenizer, data, config["score_sentences"], device)
            write_log(out / "scores.jsonl", {"step": done, "seconds": round(time.monotonic() - began), **scores})


def blend(reader: Reader, earlier: dict[str, torch.Tensor], share: float) -> None:
    """Set the weights to their mean with earlier ones, these with `share`: a late pass forgets less so."""
    state = reader.state_dict()
    reader.load_state_dict(
        {k: torch.lerp(v, earlier[k].to(v.dtype), share) if v.is_floating_point() else v for k, v in state.items()}
    )


def write_log(path: Path, entry: dict[str, Any]) -> None:
    """Add a line to a log and print it."""
    with path.open("a") as log:
        log.write(json.dumps(entry) + "\n")
    print(entry, flush=True)


def take_step(
    reader: Reader,
    optimiser: torch.optim.AdamW,
    task: Task,
    name: str,
    labels: Labels,
    config: dict[str, Any],
    step: int,
    device: str,
) -> float:
    """Run one batch of one task and return its loss."""
    reader.train()
    batch = next(task.batches)
    arrays = {k: torch.from_numpy(v).to(device) for k, v in collate([x for _, x in batch]).items()}
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * rate_at(step, config)
    halved = config.get("bfloat16", device == "cuda")  # most CPUs emulate it, slowly
    with torch.autocast(device, dtype=torch.bfloat16, enabled=halved):
        states = reader.states(arrays["pieces"], arrays["shapes"], arrays["piece_mask"], arrays["first"])
        loss = LOSSES[name](reader, states, arrays["word_mask"], [e for e, _ in batch], labels)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(reader.parameters(), config["gradient_clip"])
    optimiser.step()
    return float(loss.detach())


def save_checkpoint(out: Path, reader: Reader, optimiser: torch.optim.AdamW, step: int) -> None:
    """Write the checkpoint beside the old one, then replace it in one move."""
    part = out / "checkpoint.part"
    torch.save({"model": reader.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part)
    part.replace(out / "checkpoint.pt")


def load_checkpoint(out: Path, reader: Reader, optimiser: torch.optim.AdamW) -> int:
    """Return the step to go on from, 0 where there is no checkpoint."""
    path = out / "checkpoint.pt"
    if not path.exists():
        return 0
    saved = torch.load(path, map_location="cpu", weights_only=True)
    reader.load_state_dict(saved["model"])
    optimiser.load_state_dict(saved["optimiser"])
    return int(saved["step"])


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description="Train the reader.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the training corpora")
    parser.add_argument("--out", type=Path, default=Path("checkpoints"))
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--steps", type=int, help="one pass of so many steps with every task from the start")
    parser.add_argument("--without", action="append", default=[], metavar="TASK", help="leave out a task")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--start", type=Path, metavar="DIR", help="begin with the weights of the run in DIR")
    parser.add_argument("--held-out", type=int, metavar="FOLD", help="the fold that is left out")
    options = parser.parse_args()
    config = yaml.safe_load(options.config.read_text())
    if options.held_out is not None:
        config |= {"held_out_fold": options.held_out}
    if options.steps:
        config |= {"passes": [config["passes"][0] | {"steps": options.steps}], "join_at": {}}
    for part in config["passes"]:
        part["mixture"] = {task: share for task, share in part["mixture"].items() if task not in options.without}
    train(config, options.data, options.out, options.device, options.resume, options.start)


if __name__ == "__main__":
    main()
