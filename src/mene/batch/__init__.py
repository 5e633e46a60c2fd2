"""Reading many articles at once. `read_each` spreads them over processes of this machine."""

from mene.batch.local import read_each

__all__ = ["read_each"]
