"""`mene evaluate`: the shipped models scored on data in a published format."""

from pathlib import Path

from mene.commands.output import show, show_json
from mene.evaluate import evaluate


def run_evaluate(name: str, path: Path, *, as_json: bool, held_out: bool, folds: int, gold_mentions: bool) -> int:
    """Return 0 after the scores: one flat JSON object, or one line for each."""
    split = "held-out" if held_out else "all"
    scores = evaluate(name, path, split=split, folds=folds, gold_mentions=gold_mentions)  # type: ignore[arg-type]
    rounded = {measure: round(value, 4) for measure, value in scores.items()}
    if as_json:
        show_json(rounded)
    else:
        width = max(map(len, rounded))
        show("\n".join(f"{measure:<{width}}  {value:g}" for measure, value in rounded.items()))
    return 0
