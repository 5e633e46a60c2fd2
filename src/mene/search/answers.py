"""What a search gives: statements with the words that matched, and how many there are of each type, place and so on."""

from dataclasses import dataclass
from datetime import date

MOST_COUNTED = 10_000
"""Up to so many the number of statements found is exact; beyond, it is told as "more than"."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event that a statement tells, or where it tells none, only its modality and day.

    `first` and `last` are the days of the event; where `is_dated` is false they are the statement's own, and where that
    has none either, None. `place_key` identifies the place (`mene.picture.places.place_key`).
    """

    event_id: str | None
    type: str | None
    mode: str | None
    modality: str
    first: date | None
    last: date | None
    is_dated: bool
    place: str | None
    place_key: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found. `snippet` is its text in pieces, each with whether it matched; `day` its publication.

    `copy_of` is the id of the statement that it is a copy of, `copies` how many are copies of it, by the day known.
    """

    statement_id: str
    article_id: str
    snippet: tuple[tuple[str, bool], ...]
    title: str | None
    day: date | None
    first_seen: date | None
    outlet: str
    origin: str
    origin_kind: str
    kind: str
    modality: str
    told: tuple[Told, ...]
    copy_of: str | None
    copies: int

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the events told, each once."""
        return tuple(dict.fromkeys(one.type for one in self.told if one.type))

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the places told of, each once."""
        return tuple(dict.fromkeys(one.place for one in self.told if one.place))


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found. `total` is exact where `is_exact`, else there are more; `next` asks for the page after.

    `next` is None on the last page.
    """

    total: int
    is_exact: bool
    rows: tuple[Hit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A value, which as a filter finds what is counted here, how it is called, and in how many statements it is."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the statements found have what; where not `is_whole`, of the newest 10,000 of them.

    `density` is over all of them, by month ("2024-12") or day ("2024-12-07"), in their order: a statement counts on the
    first day of each event that it tells, or on its own; in a month once for each such day; without a day in none.
    """

    types: tuple[Facet, ...]
    modalities: tuple[Facet, ...]
    places: tuple[Facet, ...]
    actors: tuple[Facet, ...]
    origins: tuple[Facet, ...]
    density: tuple[tuple[str, int], ...]
    is_whole: bool
