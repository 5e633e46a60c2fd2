"""Stage 3: who says what and how surely, as statements with the chain of their sources."""

from mene.statements.context import Context, read_context
from mene.statements.find import CodedStatement, code_statements, find_statements

__all__ = ["CodedStatement", "Context", "code_statements", "find_statements", "read_context"]
