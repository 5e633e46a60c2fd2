"""What is known of an article from outside its bytes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Known:
    """An article's address, file name, server header, and the columns that a table, feed or user gives for it."""

    url: str | None = None
    name: str | None = None
    content_type: str | None = None
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
