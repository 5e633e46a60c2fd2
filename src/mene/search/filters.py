"""What is searched for, and the conditions of SQL that it comes to. Every value travels as a parameter."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

from mene.errors import InputError
from mene.search.letters import plain
from mene.search.words import check_text
from mene.vocabulary import EVENT_TYPES, MODALITIES, StatementKind

KINDS: tuple[str, ...] = get_args(StatementKind)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a statement must have to be found; what is None does not matter.

    `words` are typed words (`mene.search.words`). `place` is a name, as told or as the gazetteer has it, or a place's
    key. `actor`, `origin` and `outlet` are a part of the name (of an actor also of the codebook's id), without regard
    to case and accents; in "quotation marks" the whole of it. `type`, `modality`, `place`, `actor` and the days must
    fit one event together; a statement that tells no event has its own modality, its speaker and its day.
    `first` and `last` are days, of the event or else of publication; `known` leaves out what was first seen later.
    """

    words: str = ""
    place: str | None = None
    actor: str | None = None
    type: str | None = None
    origin: str | None = None
    outlet: str | None = None
    modality: str | None = None
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    known: date | None = None
    originals_only: bool = False


@dataclass(slots=True)
class Conditions:
    """Conditions on `said`, on `told t` and on `parties p`, with the values for them."""

    said: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    @property
    def telling(self) -> str:
        """The query for the tellings that fit, by statement and position; "" where any does."""
        if self.told and self.parties:
            source, one = "told t JOIN parties p ON p.said = t.said AND p.position = t.position", "t"
        elif self.told or self.parties:
            source, one = ("told t", "t") if self.told else ("parties p", "p")
        else:
            return ""
        wanted = " AND ".join([*self.told, *self.parties])
        return f"SELECT {one}.said, {one}.position FROM {source} WHERE {wanted}"  # noqa: S608 (our own words)


def check_filters(filters: Filters) -> Filters:
    """Return the filters as the vocabulary has them. Raises `InputError`, with what can be given."""
    for name in ("place", "actor", "origin", "outlet"):
        value = getattr(filters, name)
        if value is not None:
            check_text(f"the {name}", value)
            if not plain(value):
                raise InputError(f"there is no name to look for in the {name} {value!r}: give letters or digits")
    if filters.first and filters.last and filters.first > filters.last:
        told = f"the first day, {filters.first}, is after the last, {filters.last}"
        raise InputError(f"{told}; give the earlier one first")
    return replace(
        filters,
        type=_check("event type", filters.type and filters.type.upper(), EVENT_TYPES),
        modality=_check("modality", filters.modality and filters.modality.lower().replace(" ", "_"), MODALITIES),
        kind=_check("kind of statement", filters.kind and filters.kind.lower(), KINDS),
    )


def _check(what: str, value: str | None, known: Sequence[str]) -> str | None:
    if value is not None and value not in known:
        raise InputError(f"{value[:40]!r} is no {what}; give one of {', '.join(known)}")
    return value


def write_conditions(filters: Filters) -> Conditions:
    """Return the conditions that checked filters come to, their words apart."""
    made = Conditions()
    if filters.known:
        made.said.append("seen <= :known")
    if filters.originals_only:
        made.said.append("copy_of IS NULL")
    if filters.kind:
        made.said.append("kind = :kind")
    for name in ("origin", "outlet"):
        if value := getattr(filters, name):
            which = _named(value, name, "plain")
            made.said.append(f"{name} IN (SELECT number FROM {name}s WHERE {which})")  # noqa: S608 (our own words)
    if filters.type:
        made.told.append("t.type = :type")
    if filters.modality:
        made.told.append("t.modality = :modality")
    if filters.first:
        made.told.append("t.last >= :first")
    if filters.last:
        made.told.append("t.first <= :last")
    if filters.place:
        made.told.append(_PLACE)
    if filters.actor:
        which = _named(filters.actor, "actor", "plain", "plain_id")
        made.parties.append(f"p.actor IN (SELECT number FROM actors WHERE {which})")  # noqa: S608 (our own words)
    made.values = _values(filters)
    return made


_PLACE = """t.place IN (
    SELECT number FROM places
    WHERE key IN (SELECT key FROM places WHERE key = :place OR plain = :place_plain) OR words = :place_plain
)"""
"""A name stands for all places that the gazetteer calls so, under whatever words they are told of."""


def _named(value: str, name: str, *columns: str) -> str:
    """Return the condition that one of the columns has the value in it, or in quotation marks is it."""
    form = "{} = :{}" if _is_quoted(value) else "instr({}, :{}) > 0"
    return f"({' OR '.join(form.format(column, name) for column in columns)})"


def _is_quoted(value: str) -> bool:
    return len(value) > 1 and value.startswith('"') and value.endswith('"')


def _values(filters: Filters) -> dict[str, object]:
    names = {name: plain(getattr(filters, name) or "") for name in ("origin", "outlet", "actor")}
    days = {name: day.toordinal() for name in ("first", "last", "known") if (day := getattr(filters, name))}
    kinds = {"kind": filters.kind, "type": filters.type, "modality": filters.modality}
    return {**names, **days, **kinds, "place": filters.place, "place_plain": plain(filters.place or "")}
