"""The id of a statement: from whom it is, in which article, and which words."""

from collections.abc import Iterable

from mene.records import Evidence, Source, content_id


def statement_id(evidence: Evidence, sources: Iterable[Source]) -> str:
    """Return the id of the statement whose content is `evidence` and whose chain of sources is `sources`."""
    return content_id("s", evidence.article_id, evidence.start, evidence.end, *(source.name for source in sources))
