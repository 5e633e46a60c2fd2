"""Scorers for Mene's abilities, one module per name of the evaluation contract (`mene evaluate NAME PATH`).

Each scorer is a pure function from what was annotated and what was found to a flat mapping of numbers; `evaluate` reads
the files, asks the reader and calls it. Modules are imported when their name is asked for, so that the command line
starts at once and training can use `mene.evaluate.folds` alone.
"""

from mene.evaluate.catalogue import EVALUATORS, NAMES, evaluate

__all__ = ["EVALUATORS", "NAMES", "evaluate"]
