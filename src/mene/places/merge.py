"""Rows of all a user's files -> the places of one index. What is known already is enriched, never doubled.

Lists and P-code tables come first, since somebody chose their places: a dump of GeoNames adds to them and overrules
nothing. Of two lists the later overrules. A place of the shipped index keeps its id and its name.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mene.gazetteer.build import Draft
from mene.gazetteer.geometry import Point
from mene.gazetteer.index import ADDED, COUNTRY_POINT, CURATED, NO_POINT, Index, make_slug
from mene.places.read import Format
from mene.places.row import Row
from mene.places.same import Shipped, Site, search_keys, sort_of

Units = dict[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one file, to be gone through more than once; `name` tells its ids from those of other files."""

    name: str
    format: Format
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Share:
    """How many places of the index a file has, and how many of them were known from elsewhere."""

    places: int
    known: int


@dataclass(slots=True)
class _Place:
    """A draft on its way, with what later rows are compared with."""

    draft: Draft
    is_shipped: bool
    has_point: bool
    batch: str = ""
    row_id: str = ""

    @property
    def site(self) -> Site:
        draft = self.draft
        point = (draft.lat, draft.lon) if self.has_point else None
        return Site(sort_of(draft.kind), draft.country, draft.admin1.partition(".")[2], point)


def merge(batches: Sequence[Batch], shipped: Index) -> tuple[list[Draft], Units, dict[str, Share]]:
    """Return the places of the index, the names of its units by key, and the share of each batch by its name."""
    merger = _Merger(Shipped(shipped))
    ordered = sorted(batches, key=lambda batch: batch.format == "geonames")
    shares = {batch.name: merger.add(batch) for batch in ordered}
    merger.lend_points()
    return [place.draft for place in merger.places], merger.units, shares


class _Merger:
    def __init__(self, shipped: Shipped) -> None:
        self.places: list[_Place] = []
        self.units: Units = {}
        self._shipped = shipped
        self._by_id: dict[str, _Place] = {}
        self._by_key: dict[str, list[_Place]] = defaultdict(list)
        self._unit_names: dict[tuple[str, str], str] = {}

    def add(self, batch: Batch) -> Share:
        """Take in the rows of a batch."""
        codes = _name_codes(batch, self._shipped) if batch.format == "geonames" else {}
        touched: dict[int, bool] = {}
        for row in batch.rows():
            unit = self._unit_of(row, codes if batch.format == "geonames" else None)
            place = self._find(row, unit, batch)
            is_known = place is not None and (place.is_shipped or place.batch != batch.name)
            if place is None:
                place = self._create(row, unit, batch)
            else:
                self._enrich(place, row, unit, batch)
            touched.setdefault(id(place), is_known)
        return Share(len(touched), sum(touched.values()))

    def _unit_of(self, row: Row, codes: dict[tuple[str, str], str] | None) -> str:
        """Return the name of a row's first-order unit: the shipped index's, where it has that unit."""
        if codes is not None:
            return codes.get((row.country, row.admin1), "")
        given = row.admin1 or (row.name if row.kind == "admin1" else "")
        key = (row.country, given)
        if given and row.country and key not in self._unit_names:
            found = self._shipped.named([given], Site("admin1", row.country, "", None))
            self._unit_names[key] = given if found is None else self._shipped.index.read(found).name
        return self._unit_names.get(key, "")

    def _find(self, row: Row, unit: str, batch: Batch) -> _Place | None:
        """Return the place that a row speaks of, from other files or the shipped index; None where it is new."""
        own_id = _make_id(row, batch)
        if own_id in self._by_id:
            return self._by_id[own_id]
        is_dump = batch.format == "geonames"
        point = (row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
        site = Site(sort_of(row.kind), row.country, unit, point)
        names = [unit, *row.names] if row.kind == "admin1" and unit else row.names
        number = self._shipped.numbered(int(row.id)) if is_dump else None
        if number is None:
            number = self._shipped.named(names, site, unnumbered=is_dump and row.kind != "admin1")
        place = self._named(names, site) if number is None else self._take(number)
        if place is None or _are_two(place, row, batch):
            return None
        self._by_id[own_id] = place
        return place

    def _named(self, names: Sequence[str], site: Site) -> _Place | None:
        found = (place for key in search_keys(names, site.country) for place in self._by_key.get(key, ()))
        return next((place for place in found if site.is_same(place.site)), None)

    def _take(self, number: int) -> _Place:
        """Return the place of a row of the shipped index."""
        index, geonameid = self._shipped.index, self._shipped.numbers[number]
        entry = index.read(number)
        own_id = entry.id
        if own_id not in self._by_id:
            unit = self._key(entry.country or "", entry.admin1 or "")
            draft = Draft(geonameid, entry.name, entry.kind, *entry.point, entry.country or "", unit, entry.population)
            draft.flags, draft.id = self._shipped.flags[number] | ADDED, "" if geonameid else own_id
            self._by_id[own_id] = _Place(draft, is_shipped=True, has_point=entry.has_point)
        return self._by_id[own_id]

    def _create(self, row: Row, unit: str, batch: Batch) -> _Place:
        own_id = _make_id(row, batch)
        geonameid = int(row.id) if batch.format == "geonames" else 0
        draft = Draft(geonameid, row.name, row.kind, 0.0, 0.0, row.country, id="" if geonameid else own_id)
        place = _Place(draft, is_shipped=False, has_point=False)
        self._by_id[own_id] = place
        self._enrich(place, row, unit, batch)
        return place

    def _enrich(self, place: _Place, row: Row, unit: str, batch: Batch) -> None:
        """Add to a place what a row says of it; a dump overrules no list."""
        draft, is_dump = place.draft, batch.format == "geonames"
        if not place.batch:
            self.places.append(place)
        overrules = not (is_dump and draft.flags & CURATED and place.batch)
        if overrules and not place.is_shipped:
            draft.aliases.add(draft.name)
            draft.name, draft.kind = row.name, row.kind
        if overrules or not draft.admin1:
            draft.admin1 = draft.admin1 if place.is_shipped and draft.admin1 else self._key(row.country, unit)
        if row.latitude is not None and row.longitude is not None and (overrules or not place.has_point):
            draft.lat, draft.lon, place.has_point = row.latitude, row.longitude, True
            draft.flags &= ~(NO_POINT | COUNTRY_POINT)
        draft.population = max(draft.population, row.population)
        draft.flags |= ADDED | (0 if is_dump else CURATED)
        draft.aliases.update(row.names)
        if not is_dump:
            self._remember(place, row)
        place.batch, place.row_id = batch.name, row.id

    def _remember(self, place: _Place, row: Row) -> None:
        """Let other files find a place by its names; those of a dump are found by their numbers alone."""
        for key in search_keys(row.names, row.country):
            if not any(other is place for other in self._by_key[key]):
                self._by_key[key].append(place)

    def _key(self, country: str, unit: str) -> str:
        """Return the key of a unit in the index's table, entered there; empty without a country or a unit."""
        if not country or not unit:
            return ""
        key = f"{country}.{unit}"
        self.units[key] = unit
        return key

    def lend_points(self) -> None:
        """Give places without a point that of their first-order unit or else of their country, and flag it as that."""
        own = {place.draft.admin1: place for place in self.places if place.draft.kind == "admin1" and place.has_point}
        for place in self.places:
            if place.has_point or place.is_shipped:
                continue
            draft = place.draft
            point = self._unit_point(draft, own) if draft.kind != "admin1" else None
            draft.flags |= NO_POINT if point else COUNTRY_POINT
            draft.lat, draft.lon = point or self._shipped.country_point(draft.country) or (0.0, 0.0)

    def _unit_point(self, draft: Draft, own: dict[str, _Place]) -> Point | None:
        if draft.admin1 in own:
            unit = own[draft.admin1].draft
            return unit.lat, unit.lon
        name = draft.admin1.partition(".")[2]
        number = self._shipped.named([name], Site("admin1", draft.country, "", None)) if name else None
        return None if number is None else self._shipped.site(number).point


def _are_two(place: _Place, row: Row, batch: Batch) -> bool:
    """Return whether a file itself tells a place from a row: it has both, with ids of their own."""
    return place.batch == batch.name and bool(row.id) and place.row_id != row.id


def _make_id(row: Row, batch: Batch) -> str:
    """Return what a place is called by its file: GeoNames's number, its P-code, its id, or else its name and point.

    >>> _make_id(Row("Tell Qurmah", "town", 35.2, 36.9, "SY"), Batch("mine.csv", "list", lambda: iter(())))
    'sy-tell-qurmah@35.20,36.90'
    """
    if batch.format == "geonames":
        return row.id
    if batch.format == "pcodes" and row.id:
        country, code = row.country.lower(), row.id.lower()
        return code if code.startswith(country) else f"{country}-{code}"
    if row.id:
        return f"{batch.name}:{row.id}"
    at = "" if row.latitude is None else f"@{row.latitude:.2f},{row.longitude:.2f}"
    return make_slug(row.name, row.country, row.admin1 if not at else "") + at


def _name_codes(batch: Batch, shipped: Shipped) -> dict[tuple[str, str], str]:
    """Return the name of each first-order unit of a dump by country and code.

    It is the shipped index's name of the unit in which it has the same towns, or else the dump's own.
    """
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    own: dict[tuple[str, str], Row] = {}
    for row in batch.rows():
        number = shipped.numbered(int(row.id))
        unit = shipped.index.read(number).admin1 if number is not None else None
        if unit:
            votes[row.country, row.admin1][unit] += 1
        if row.kind == "admin1":
            own[row.country, row.admin1] = row
    names = {code: row.name for code, row in own.items()}
    return {**names, **{code: counts.most_common(1)[0][0] for code, counts in votes.items()}}
