"""A user's own borders, from a GeoJSON file (RFC 7946): areas with an outline, areas that are disputed, and lines.

A feature's `name` titles it, `"disputed": true` has it hatched. The file is untrusted: its bytes, features, points and
depth are bounded, its values are checked by type, and nothing that it names is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from mene.errors import InputError
from mene.report.borders.atlas import Array

BYTES = 10_000_000
FEATURES = 5_000
PARTS = 20_000
POINTS = 200_000
NAME = 200
"""Characters of a name at most."""

_Position = list[float]
_Line = list[_Position]
_SHAPES: dict[str, type] = {
    "Polygon": list[_Line],
    "MultiPolygon": list[list[_Line]],
    "LineString": _Line,
    "MultiLineString": list[_Line],
}
_WHAT_IS_READ = "give a FeatureCollection of areas (Polygon, MultiPolygon) and lines (LineString, MultiLineString)"


class _Properties(msgspec.Struct):
    name: str | None = None
    disputed: bool | None = None


class _Geometry(msgspec.Struct):
    type: str
    coordinates: msgspec.Raw = msgspec.Raw(b"null")


class _Feature(msgspec.Struct):
    geometry: _Geometry | None = None
    properties: _Properties | None = None


class _File(msgspec.Struct):
    type: str
    features: list[_Feature] = []


@dataclass(frozen=True, slots=True, eq=False)
class UserArea:
    """An area: its rings in degrees (longitude, latitude), each ending where it began, and its name or ""."""

    name: str
    is_disputed: bool
    rings: tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class UserBorders:
    """The areas and the lines of a user's file."""

    areas: tuple[UserArea, ...] = ()
    lines: tuple[Array, ...] = ()


def read_borders(path: Path) -> UserBorders:
    """Return the borders in a GeoJSON file. Raises InputError, with the file's name, what is wrong and what to do."""
    try:
        return _collect(_decode(_read_bytes(path)))
    except InputError as error:
        raise InputError(f"{path} {error}") from error


def _read_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise InputError("is no file; give a GeoJSON file" if path.exists() else "does not exist; check the name")
    try:
        with path.open("rb") as file:
            data = file.read(BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); check its permissions") from error
    if len(data) > BYTES:
        raise InputError(f"has more than {BYTES // 1_000_000} MB, the limit; cut it to the region or simplify it")
    return data.removeprefix(b"\xef\xbb\xbf")


def _decode(data: bytes) -> list[_Feature]:
    try:
        file = msgspec.json.decode(data, type=_File)
    except RecursionError as error:
        raise InputError(f"is nested too deeply for GeoJSON; {_WHAT_IS_READ}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is no GeoJSON that can be read ({error}); {_WHAT_IS_READ}") from error
    if file.type != "FeatureCollection" or not file.features:
        raise InputError(f"holds no features; {_WHAT_IS_READ}")
    if len(file.features) > FEATURES:
        raise InputError(f"has more than {FEATURES:,} features, the limit; cut it to the region")
    return file.features


def _collect(features: Sequence[_Feature]) -> UserBorders:
    areas: list[UserArea] = []
    lines: list[Array] = []
    parts = points = 0
    for number, feature in enumerate(features, start=1):
        if feature.geometry is None:
            continue
        shapes = _read_shapes(feature.geometry, number)
        parts, points = parts + len(shapes), points + sum(map(len, shapes))
        _check_size(parts, points)
        if feature.geometry.type.endswith("Polygon"):
            properties = feature.properties or _Properties()
            name = _read_name(properties.name or "", number)
            areas.append(UserArea(name, bool(properties.disputed), tuple(_close(one, number) for one in shapes)))
        else:
            lines += shapes
    if not areas and not lines:
        raise InputError(f"holds no area and no line; {_WHAT_IS_READ}")
    return UserBorders(tuple(areas), tuple(lines))


def _read_shapes(geometry: _Geometry, number: int) -> list[Array]:
    """Return the rings or lines of a geometry."""
    if geometry.type not in _SHAPES:
        raise InputError(f"has a {geometry.type[:40]!r} as feature {number}; {_WHAT_IS_READ}")
    try:
        shape: Any = msgspec.json.decode(geometry.coordinates, type=_SHAPES[geometry.type])
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"has wrong coordinates in feature {number} ({error}); mend the feature") from error
    found = [shape] if geometry.type == "LineString" else shape
    if geometry.type == "MultiPolygon":
        found = [ring for polygon in shape for ring in polygon]
    _check_size(len(found), sum(map(len, found)))
    return [_read_line(line, number) for line in found]


def _check_size(parts: int, points: int) -> None:
    if parts > PARTS or points > POINTS:
        raise InputError(
            f"has more than {PARTS:,} rings and lines or {POINTS:,} points, the limit; cut it to the region"
        )


def _read_line(line: _Line, number: int) -> Array:
    """Return the points of a line, the height left out; a step over the antimeridian runs on past 180 degrees."""
    if len(line) < 2 or min(map(len, line)) < 2:
        raise InputError(f"has a line of less than two positions, or half a position, in feature {number}; mend it")
    points = np.array([position[:2] for position in line], dtype=np.float64)
    if not (np.abs(points) <= (360.0, 90.0)).all():
        raise InputError(
            f"has a position outside the world in feature {number}; give longitude, latitude in degrees (WGS 84)"
        )
    points[:, 0] = np.unwrap(points[:, 0], period=360.0)
    return points


def _close(ring: Array, number: int) -> Array:
    """Return a ring that ends where it began."""
    closed = ring if (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]])
    if len(closed) < 4:
        raise InputError(f"has an area of less than three corners in feature {number}; mend the feature")
    return closed


def _read_name(name: str, number: int) -> str:
    if len(name) > NAME:
        raise InputError(f"has a name of more than {NAME} characters in feature {number}; shorten it")
    return "".join(letter for letter in name if letter.isprintable()).strip()
