"""The shipped borders: arcs between two junctions, each kept once, and the rings of land, countries and areas of them.

Built by training/borders.py from Natural Earth. `borders.npz` holds, one after the other, the points of all arcs;
`build.json` names the countries and the disputed areas and has the checksum. A border is one arc in the rings of both
its neighbours.
"""

import json
import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from mene.errors import CodebookError

Array = NDArray[np.float64]
"""Points, one a row: longitude and latitude in degrees, or x and y on the page."""

DATA = Path(__file__).with_name("data")
ATLAS_FILE, BUILD_FILE = "borders.npz", "build.json"
ARRAYS = ("steps", "ranks", "sizes", "kinds", "refs", "turns", "ring_sizes", "layers", "owners")
GRID = 1000
"""Into how many steps a degree is divided: 0.001 degrees is 111 m, below the error of a map of 1:10 million."""

FINEST_KM = 0.2
"""Points that lie less than this beside the line of the others are not in the file."""

RANKS_PER_OCTAVE = 8
END = 255
"""The rank of the first and the last point of an arc: they are always drawn, so that arcs meet."""


class Kind(IntEnum):
    """What an arc parts: land from sea, two countries, or neither (the edge of a disputed area or of the map)."""

    COAST = 0
    BORDER = 1
    HIDDEN = 2


class Layer(IntEnum):
    """What a ring goes around."""

    LAND = 0
    COUNTRY = 1
    AREA = 2


@dataclass(frozen=True, slots=True)
class Area:
    """A disputed area: its name and everybody who claims it."""

    name: str
    claimants: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """The arcs and rings of the world, as arrays.

    Arc `n` is `points[starts[n]:starts[n + 1]]`; `boxes` are west, south, east, north of each arc, `ring_boxes` of each
    ring. Ring `r` is `refs[ring_starts[r]:ring_starts[r + 1]]`: the numbers of its arcs, `~n` for one that runs
    backwards, each moved east by as many full circles as `turns` says; it belongs to `owners[r]` in its layer.
    """

    points: Array
    ranks: NDArray[np.uint8]
    starts: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    boxes: Array
    refs: NDArray[np.int64]
    turns: NDArray[np.int64]
    ring_starts: NDArray[np.int64]
    layers: NDArray[np.uint8]
    owners: NDArray[np.int64]
    ring_boxes: Array
    countries: tuple[str, ...]
    areas: tuple[Area, ...]


def rank_of(km: float) -> int:
    """Return the rank of a point that lies `km` beside the line of the others; larger ones show at smaller scales.

    >>> rank_of(0.2), rank_of(0.4), rank_of(0.0)
    (1, 9, 1)
    """
    if km <= FINEST_KM:
        return 1
    return min(1 + math.floor(RANKS_PER_OCTAVE * math.log2(km / FINEST_KM)), END - 1)


@lru_cache(maxsize=1)
def open_atlas() -> Atlas:
    """Return the shipped atlas, read once. Raises CodebookError, with what to do, where it is missing or damaged."""
    return read_atlas(DATA)


def read_atlas(folder: Path) -> Atlas:
    """Return the atlas in a folder. Raises CodebookError, with what to do, where it is missing or damaged."""
    try:
        build = json.loads((folder / BUILD_FILE).read_text(encoding="utf-8"))
        with (folder / ATLAS_FILE).open("rb") as packed, np.load(packed, allow_pickle=False) as file:
            steps, ranks, sizes, kinds, refs, turns, ring_sizes, layers, owners = (file[name] for name in ARRAYS)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise CodebookError(f"the borders in {folder} are missing or damaged: run `make borders`") from error
    points = np.cumsum(steps, axis=0, dtype=np.int64) / GRID
    starts, ring_starts = (np.concatenate([[0], np.cumsum(one, dtype=np.int64)]) for one in (sizes, ring_sizes))
    boxes = _bound(points, points, starts)
    moved = boxes[np.where(refs < 0, ~refs, refs)] + turns[:, None] * np.array([360.0, 0.0, 360.0, 0.0])
    return Atlas(
        points=points,
        ranks=ranks,
        starts=starts,
        kinds=kinds,
        boxes=boxes,
        refs=refs.astype(np.int64),
        turns=turns.astype(np.int64),
        ring_starts=ring_starts,
        layers=layers,
        owners=owners.astype(np.int64),
        ring_boxes=_bound(moved[:, :2], moved[:, 2:], ring_starts),
        countries=tuple(build["countries"]),
        areas=tuple(Area(name, tuple(claimants)) for name, claimants in build["areas"]),
    )


def _bound(low: Array, high: Array, starts: NDArray[np.int64]) -> Array:
    """Return the least of `low` and the greatest of `high` in each stretch between two starts."""
    return np.hstack([np.minimum.reduceat(low, starts[:-1]), np.maximum.reduceat(high, starts[:-1])])
