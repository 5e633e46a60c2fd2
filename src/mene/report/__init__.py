"""Stage 7: what was read, shown: the terminal brief, one claim, what changed, and one self-contained HTML page."""

from mene.report.brief import write_brief
from mene.report.claim import write_claim
from mene.report.diff import write_diff
from mene.report.page import write_page

__all__ = ["write_brief", "write_claim", "write_diff", "write_page"]
