"""By what a row of any panel can be found: its place, actors, type, origins, modality and days; and the filters.

The script of the page filters with the same rules (`templates/js/filters.js`); the server filters here.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from mene.errors import InputError


@dataclass(frozen=True, slots=True)
class Facets:
    """What a row can be found by. `day` is when it was so, `told` when that was first told; names as they are shown."""

    place: str = ""
    actors: tuple[str, ...] = ()
    type: str = ""
    origins: tuple[str, ...] = ()
    modality: str = ""
    day: date | None = None
    told: date | None = None

    @property
    def line(self) -> str:
        """All of it in one line as the script reads it: tabs between the values, bars between names."""
        names = ("|".join(one.replace("|", "/") for one in several) for several in (self.actors, self.origins))
        actors, origins = (one.replace("\t", " ") for one in names)
        values = (self.place.replace("\t", " "), actors, self.type, origins, self.modality, self.day, self.told)
        return "\t".join(str(one or "") for one in values)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is to be shown. Text is found anywhere in a name, without case and accents; an empty field accepts all.

    `since` and `until` bound the day on which it was so, or was first told where no day is known.
    """

    place: str = ""
    actor: str = ""
    type: str = ""
    origin: str = ""
    modality: str = ""
    since: date | None = None
    until: date | None = None

    def accepts(self, facets: Facets) -> bool:
        """Return whether a row is shown."""
        day = facets.day or facets.told
        return (
            _is_in(self.place, (facets.place,))
            and _is_in(self.actor, facets.actors)
            and _is_in(self.origin, facets.origins)
            and self.type in ("", facets.type)
            and self.modality in ("", facets.modality)
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
        )

    @property
    def is_open(self) -> bool:
        """Whether all is shown."""
        return self == Filters()


FIELDS = tuple(field.name for field in fields(Filters))


def read_filters(asked: Mapping[str, str]) -> Filters:
    """Return the filters that an address names; other names in it are no concern here. Raises InputError for no day."""
    text = {name: asked.get(name, "").strip()[:_LONGEST] for name in FIELDS}
    return Filters(
        place=text["place"],
        actor=text["actor"],
        type=text["type"],
        origin=text["origin"],
        modality=text["modality"],
        since=_read_day(text["since"]),
        until=_read_day(text["until"]),
    )


_LONGEST = 200
"""Characters of one filter."""


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"{text!r} is no day; write it as 2024-12-05") from None


def _is_in(wanted: str, names: Iterable[str]) -> bool:
    sought = fold_name(wanted)
    return not sought or any(sought in fold_name(name) for name in names)


def fold_name(name: str) -> str:
    """Return a name for comparing: without case and accents, and with one sigma, whether or not it ends a word.

    >>> fold_name("Deir ez-Zôr")
    'deir ez-zor'
    """
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(one for one in decomposed if not unicodedata.combining(one)).lower().replace("ς", "σ")
