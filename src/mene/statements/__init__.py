"""Stage 3: who says what and how surely, as statements with the chain of their sources."""

from mene.statements.context import Context, read_context
from mene.statements.find import find_statements

__all__ = ["Context", "find_statements", "read_context"]
