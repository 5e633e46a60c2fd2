"""Why a value is what it is: the reasons of a claim in plain words, each from the very value that decided it.

explain_event, explain_statement   what one article's coding rests on
explain_row                        what a row of the picture rests on: its origins with their weights
write_explanation, write_row       both as lines for a terminal
"""

from mene.report.why.explain import explain_event, explain_statement
from mene.report.why.lines import write_explanation, write_row
from mene.report.why.records import Aspect, Explanation, Option, OriginReason, Reason, RowExplanation
from mene.report.why.rows import explain_row

__all__ = [
    "Aspect",
    "Explanation",
    "Option",
    "OriginReason",
    "Reason",
    "RowExplanation",
    "explain_event",
    "explain_row",
    "explain_statement",
    "write_explanation",
    "write_row",
]
