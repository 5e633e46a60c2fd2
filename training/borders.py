"""Build the shipped borders from Natural Earth: `make borders`.

The lines are Natural Earth's 1:10m countries (public domain), as the npm package `world-atlas` has them, which
`make borders` fetches; a border is one arc there, shared by its neighbours. Natural Earth draws who holds the ground.
Its disputed areas of 1:50m lie beside this script as disputed_areas.topo.json (public domain too; the TopoJSON of
natural-earth-topo), because the countries know neither the Golan Heights nor Kashmir, Abkhazia or Transnistria. Two CSV
files in the package's data folder say which areas are hatched, who claims them, and how countries are named.

How fine: half a pixel is 0.22 km on a map of 250 km at 560 pixels, and FINEST_KM is 0.2. Tried 0.2, 0.3, 0.4 and 0.55,
for 1.19, 1.06, 0.95 and 0.84 MB.
"""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from mene.report.borders.atlas import (
    ATLAS_FILE,
    BUILD_FILE,
    DATA,
    END,
    FINEST_KM,
    GRID,
    Array,
    Kind,
    Layer,
    rank_of,
)
from training.borders_fit import KM_PER_DEGREE, fit_ring

PACKAGE = "world-atlas@2.0.2"
COUNTRIES = Path("build/borders/package/countries-10m.json")
COUNTRIES_SHA256 = "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79"
AREAS = Path(__file__).with_name("disputed_areas.topo.json")
LICENCE = (
    "Natural Earth, public domain, https://www.naturalearthdata.com/ (through world-atlas and natural-earth-topo)."
)
SMALLEST_KM2 = 0.5
"""Islands below this are left out, unless a country or an area has nothing larger."""

Ring = list[int]
"""The arcs of a ring, `~n` for arc `n` backwards."""


@dataclass(slots=True)
class Draft:
    """The atlas while it is built: arcs in degrees with their kinds, and rings with their layer and owner."""

    arcs: list[Array] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    rings: list[tuple[Ring, Layer, int]] = field(default_factory=list)


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our CSV files, its comment lines skipped."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def read_topology(path: Path) -> tuple[dict[str, Any], list[Array]]:
    """Return the objects of a TopoJSON file and its arcs in degrees, across the antimeridian running on past 180."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    for arc in arcs:
        arc[:, 0] = np.unwrap(arc[:, 0], period=360.0)
    return topology["objects"], arcs


def polygons_of(geometry: dict[str, Any]) -> list[list[Ring]]:
    """Return the polygons of a TopoJSON geometry: for each its rings, the outer one first."""
    if geometry.get("type") == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry.get("type") == "MultiPolygon" else []


def lies_on_seam(arc: Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which steps of an arc follow the antimeridian, where countries are cut: an edge of theirs and no coast."""
    at = np.abs(arc[:, 0] % 360 - 180) < 0.01
    return np.asarray(at[:-1] & at[1:])


def split_seams(arcs: Sequence[Array], draft: Draft) -> list[Ring]:
    """Put the arcs into the draft, cut where they begin or cease to follow the antimeridian; return their pieces."""
    pieces = []
    for arc in arcs:
        seam = lies_on_seam(arc)
        cuts = [0, *(np.flatnonzero(seam[1:] != seam[:-1]) + 1).tolist(), len(arc) - 1]
        parts = [arc[first : last + 1] for first, last in pairwise(cuts)]
        pieces.append(list(range(len(draft.arcs), len(draft.arcs) + len(parts))))
        draft.arcs += parts
        draft.kinds += [Kind.HIDDEN] * len(parts)
    return pieces


def follow(ring: Ring, pieces: Sequence[Ring]) -> Ring:
    """Return a ring of arcs as one of their pieces."""
    return [piece for ref in ring for piece in (pieces[ref] if ref >= 0 else [~one for one in reversed(pieces[~ref])])]


def number_of(ref: int) -> int:
    """Return the arc that a ring follows, in whichever direction."""
    return ref if ref >= 0 else ~ref


def find_turns(ring: Ring, arcs: Sequence[Array]) -> list[int]:
    """Return by how many turns of 360 degrees each arc of a ring is moved, so that it begins where the last ended."""
    turns, end = [], None
    for ref in ring:
        first, last = arcs[number_of(ref)][[0, -1], 0][:: 1 if ref >= 0 else -1]
        turns.append(0 if end is None else round((end - first) / 360))
        end = last + 360 * turns[-1]
    return turns


def close_at_pole(ring: Ring, draft: Draft) -> Ring:
    """Return a ring that goes round a pole (Antarctica's) closed by an arc down to it and along the edge of the map."""
    (x1, y1), (x2, y2) = draft.arcs[ring[0]][0], draft.arcs[ring[-1]][-1]
    if len(ring) != 1 or abs(x2 - x1) < 180:
        return ring
    draft.arcs.append(np.array([(x2, y2), (x2, -90.0), (x1, -90.0), (x1, y1)]))
    draft.kinds.append(Kind.HIDDEN)
    return [*ring, len(draft.arcs) - 1]


def trace(ring: Ring, arcs: Sequence[Array]) -> Array:
    """Return the points of a ring."""
    parts = [(arcs[ref] if ref >= 0 else arcs[~ref][::-1])[:-1] for ref in ring]
    return np.concatenate(
        [part + np.array([360.0 * turn, 0.0]) for part, turn in zip(parts, find_turns(ring, arcs), strict=True)]
    )


def area_km2(points: Array) -> float:
    """Return the area of a ring, near enough to tell an islet from an island."""
    x, y = (points * KM_PER_DEGREE).T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2 * np.cos(np.radians(points[:, 1].mean()))


def is_inside(point: tuple[float, float], points: Array) -> bool:
    """Return whether a point (latitude, longitude) lies in a ring."""
    (x1, y1), (x2, y2) = points.T, np.roll(points, -1, axis=0).T
    spans = (y1 > point[0]) != (y2 > point[0])
    at = x1[spans] + (point[0] - y1[spans]) / (y2[spans] - y1[spans]) * (x2[spans] - x1[spans])
    return bool(np.count_nonzero(at > point[1]) % 2)


def draft_countries(draft: Draft) -> tuple[list[str], dict[str, list[list[Ring]]]]:
    """Put land and countries into the draft; return the countries' names and the polygons of Natural Earth's units."""
    objects, arcs = read_topology(COUNTRIES)
    pieces = split_seams(arcs, draft)
    rows = {row["unit"]: row for row in read_rows("names.csv")}
    units = {
        one["properties"]["name"]: [[follow(ring, pieces) for ring in polygon] for polygon in polygons_of(one)]
        for one in objects["countries"]["geometries"]
    }
    if unknown := rows.keys() - units.keys():
        raise SystemExit(f"names.csv: Natural Earth has no unit {', '.join(sorted(unknown))}")
    whole = {unit: rows[unit]["part_of"] or unit if unit in rows else unit for unit in units}
    names = sorted(set(whole.values()))
    users: defaultdict[int, set[str]] = defaultdict(set)
    for unit, polygons in sorted(units.items()):
        largest = max((area_km2(trace(one[0], draft.arcs)) for one in polygons), default=0.0)
        for polygon in polygons:
            for ref in (ref for ring in polygon for ref in ring):
                users[number_of(ref)].add(whole[unit])
            if area_km2(trace(polygon[0], draft.arcs)) >= min(SMALLEST_KM2, largest):
                owner = names.index(whole[unit])
                draft.rings += [(close_at_pole(ring, draft), Layer.COUNTRY, owner) for ring in polygon]
    land = [follow(ring, pieces) for polygon in polygons_of(objects["land"]["geometries"][0]) for ring in polygon]
    draft_land(land, users, draft)
    return [rows[name]["name"] if name in rows else name for name in names], units


def draft_land(rings: list[Ring], users: dict[int, set[str]], draft: Draft) -> None:
    """Put the land into the draft: the islands that some country has there; and tell coasts from borders."""
    kept = {number_of(ref) for ring, _, _ in draft.rings for ref in ring}
    coasts = set()
    for ring in rings:
        coasts |= {number_of(ref) for ref in ring}
        if any(number_of(ref) in kept for ref in ring):
            draft.rings.append((close_at_pole(ring, draft), Layer.LAND, 0))
    for arc, owners in users.items():
        if lies_on_seam(draft.arcs[arc]).all():
            continue
        if arc in coasts:
            draft.kinds[arc] = Kind.COAST
        elif len(owners) > 1:
            draft.kinds[arc] = Kind.BORDER


def draft_areas(draft: Draft, units: dict[str, list[list[Ring]]]) -> list[tuple[str, list[str]]]:
    """Put the disputed areas into the draft; return the name and the claimants of each."""
    objects, coarse = read_topology(AREAS)
    shapes = [polygons_of(one) for one in next(iter(objects.values()))["geometries"]]
    lines = [arc for arc, kind in zip(draft.arcs, draft.kinds, strict=True) if kind is not Kind.HIDDEN]
    areas = []
    for row in read_rows("disputed.csv"):
        for source in row["source"].split("|"):
            what, _, rest = source.partition(" ")
            if what == "area":
                for ring in (ring for polygon in shapes[int(rest)] for ring in polygon):
                    points = trace(ring, coarse)
                    draft.arcs.append(fit_ring(np.concatenate([points, points[:1]]), lines))
                    draft.kinds.append(Kind.HIDDEN)
                    draft.rings.append(([len(draft.arcs) - 1], Layer.AREA, len(areas)))
            else:
                found = find_unit(rest, units, draft.arcs)
                draft.rings += [(ring, Layer.AREA, len(areas)) for polygon in found for ring in polygon]
        areas.append((row["name"], row["claimants"].split("|")))
    return areas


def find_unit(text: str, units: dict[str, list[list[Ring]]], arcs: Sequence[Array]) -> list[list[Ring]]:
    """Return the polygons that a source of disputed.csv means: "NAME", or "NAME @ LATITUDE LONGITUDE"."""
    name, _, at = text.partition(" @ ")
    if name not in units:
        raise SystemExit(f"disputed.csv: Natural Earth has no unit {name}")
    if not at:
        return units[name]
    latitude, longitude = map(float, at.split())
    found = [one for one in units[name] if is_inside((latitude, longitude), trace(one[0], arcs))]
    if len(found) != 1:
        raise SystemExit(f"disputed.csv: {len(found)} polygons of {name} hold the point {at}; give one in it")
    return found


def rank_points(arc: Array) -> Array:
    """Return how far, in km, each point lies beside the line that is drawn without it (Douglas and Peucker 1973).

    No point is above the one that split the line before it: those above a tolerance are the simplification to it.
    """
    flat = arc * (KM_PER_DEGREE * np.cos(np.radians(arc[:, 1].mean())), KM_PER_DEGREE)
    far = np.full(len(arc), np.inf)
    todo = [(0, len(arc) - 1, np.inf)]
    while todo:
        first, last, limit = todo.pop()
        if last - first < 2:
            continue
        away = beside(flat[first + 1 : last], flat[first], flat[last])
        middle = first + 1 + int(away.argmax())
        far[middle] = min(float(away.max()), limit)
        todo += [(first, middle, far[middle]), (middle, last, far[middle])]
    return far


def beside(points: Array, start: Array, end: Array) -> Array:
    """Return the distances of points from the segment between two."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)


def pack(draft: Draft) -> dict[str, np.ndarray[Any, Any]]:
    """Return the arrays of the file: arcs that no ring uses are left out, and points that no scale shows."""
    used = sorted({number_of(ref) for ring, _, _ in draft.rings for ref in ring})
    number = {arc: place for place, arc in enumerate(used)}
    points, ranks, sizes = [], [], []
    for arc in used:
        far = rank_points(draft.arcs[arc])
        kept = far >= FINEST_KM
        points.append(np.rint(draft.arcs[arc][kept] * GRID).astype(np.int64))
        ranks.append(np.array([END if km == np.inf else rank_of(km) for km in far[kept]], dtype=np.uint8))
        sizes.append(len(points[-1]))
    flat = np.concatenate(points)
    return {
        "steps": np.diff(flat, axis=0, prepend=[[0, 0]]).astype(np.int32),
        "ranks": np.concatenate(ranks),
        "sizes": np.array(sizes, dtype=np.int32),
        "kinds": np.array([draft.kinds[arc] for arc in used], dtype=np.uint8),
        "refs": np.array(
            [number[r] if r >= 0 else ~number[~r] for ring, _, _ in draft.rings for r in ring], dtype=np.int32
        ),
        "turns": np.array([t for ring, _, _ in draft.rings for t in find_turns(ring, draft.arcs)], dtype=np.int8),
        "ring_sizes": np.array([len(ring) for ring, _, _ in draft.rings], dtype=np.int32),
        "layers": np.array([layer for _, layer, _ in draft.rings], dtype=np.uint8),
        "owners": np.array([owner for _, _, owner in draft.rings], dtype=np.int16),
    }


def main() -> None:
    """Build the borders."""
    if not COUNTRIES.exists():
        raise SystemExit(f"Natural Earth is missing at {COUNTRIES}: run `make borders`")
    if hashlib.sha256(COUNTRIES.read_bytes()).hexdigest() != COUNTRIES_SHA256:
        raise SystemExit(
            f"{COUNTRIES} is not the file of {PACKAGE}: delete {COUNTRIES.parents[1]} and run `make borders`"
        )
    draft = Draft()
    countries, units = draft_countries(draft)
    areas = draft_areas(draft, units)
    arrays = pack(draft)
    np.savez_compressed(DATA / ATLAS_FILE, **arrays)
    packed = (DATA / ATLAS_FILE).read_bytes()
    sources = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (*sorted(DATA.glob("*.csv")), AREAS)
    }
    build = {
        "countries": countries,
        "areas": areas,
        "sources": {**sources, PACKAGE: COUNTRIES_SHA256},
        "licence": LICENCE,
        "bytes": len(packed),
        "sha256": {ATLAS_FILE: hashlib.sha256(packed).hexdigest()},
    }
    (DATA / BUILD_FILE).write_text(json.dumps(build, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(
        f"{len(arrays['sizes'])} arcs, {len(arrays['steps'])} points, {len(arrays['ring_sizes'])} rings,"
        f" {len(areas)} disputed areas, {len(packed) / 1e6:.2f} MB"
    )


if __name__ == "__main__":
    main()
