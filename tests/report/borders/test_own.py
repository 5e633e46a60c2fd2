"""A user's own borders: what is read, and what is refused in one line."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from mene.errors import InputError
from mene.report.borders import OWN_NOTE, draw_borders, own, read_borders
from tests.report.borders.views import SYRIA_IRAQ, corners, paths, view_of

SQUARE = [[39.0, 34.0], [41.0, 34.0], [41.0, 36.0], [39.0, 36.0], [39.0, 34.0]]
BOX = [[36.0, 34.0], [38.0, 34.0], [38.0, 35.0], [36.0, 35.0], [36.0, 34.0]]
LINE = [[40.0, 33.0, 250.0], [42.0, 35.5, 190.0]]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def write(folder: Path, *features: Any, **more: Any) -> Path:
    path = folder / "lines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def test_areas_lines_and_disputed_areas_are_drawn_in_place_of_the_shipped(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        feature("Polygon", [SQUARE], name="Norland"),
        feature("MultiPolygon", [[BOX]], name="The Hills <b>", disputed=True),
        feature("LineString", LINE),
        feature("MultiLineString", [LINE[::-1]], colour="red"),
        {"type": "Feature", "geometry": None, "properties": None},
    )
    drawn = draw_borders(view_of(SYRIA_IRAQ), own=read_borders(path))
    [border] = paths(drawn.lines, "border")
    assert border.count("M") == 3
    assert "<title>The Hills &lt;b&gt;</title>" in drawn.disputed
    assert drawn.disputed.count("<path") == 1
    assert "Norland" in [one.text for one in drawn.names]
    assert drawn.land
    assert paths(drawn.lines, "coast")
    assert drawn.note == OWN_NOTE


def test_a_line_over_the_antimeridian_runs_on(tmp_path: Path) -> None:
    path = write(tmp_path, feature("LineString", [[178.0, -17.0], [-179.0, -17.5]]))
    assert read_borders(path).lines[0][:, 0].tolist() == [178.0, 181.0]
    view = view_of([(-17.0, 179.0), (-18.0, 182.0)])
    [border] = paths(draw_borders(view, own=read_borders(path)).lines, "border")
    assert corners(border)[-1] == pytest.approx(view.place((-17.5, 181.0)), abs=0.1)


def test_an_open_ring_is_closed(tmp_path: Path) -> None:
    [area] = read_borders(write(tmp_path, feature("Polygon", [SQUARE[:-1]]))).areas
    assert (area.rings[0] == np.array(SQUARE)).all()


BAD: list[tuple[bytes, str]] = [
    (b"", "is no GeoJSON"),
    (b"\x89PNG\r\n", "is no GeoJSON"),
    (b'{"type": "FeatureCollection"', "is no GeoJSON"),
    (b"[1, 2]", "is no GeoJSON"),
    (b'{"type": "Topology", "arcs": []}', "holds no features"),
    (b'{"type": "FeatureCollection", "features": []}', "holds no features"),
    (b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "GeoJSON"),
    (b'{"type": "FeatureCollection", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b', "features": []}', "too deeply"),
]


@pytest.mark.parametrize(("data", "told"), BAD)
def test_what_is_no_geojson_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "x.geojson").write_bytes(data)
    refuse(tmp_path / "x.geojson", told)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (feature("Point", [1.0, 2.0]), "'Point' as feature 1"),
        (feature("GeometryCollection", None), "as feature 1"),
        (feature("Polygon", [[1.0, 2.0]]), "wrong coordinates in feature 1"),
        (feature("Polygon", "all of it"), "wrong coordinates in feature 1"),
        (feature("Polygon", [[[1.0, 2.0], [3.0, 4.0]]]), "less than three corners"),
        (feature("LineString", [[1.0, 2.0]]), "less than two positions"),
        (feature("LineString", [[1.0], [2.0]]), "half a position"),
        (feature("LineString", []), "less than two positions"),
        (feature("LineString", [[412345.0, 3912345.0], [412346.0, 3912346.0]]), "WGS 84"),
        (feature("LineString", [[float("inf"), 1.0], [2.0, 2.0]]), "is no GeoJSON"),
        (feature("Polygon", [SQUARE], disputed="yes"), "is no GeoJSON"),
        (feature("Polygon", [SQUARE], name="x" * 300), "name of more than 200"),
        (feature("MultiPolygon", []), ""),
        ({"type": "Feature", "geometry": None}, "holds no area and no line"),
    ],
)
def test_a_wrong_feature_is_refused(tmp_path: Path, one: dict[str, Any], told: str) -> None:
    if told:
        refuse(write(tmp_path, one), told)
    else:
        assert read_borders(write(tmp_path, one)).areas[0].rings == ()


@pytest.mark.parametrize(
    ("limit", "told"),
    [("BYTES", "MB, the limit"), ("FEATURES", "features"), ("PARTS", "rings and lines"), ("POINTS", "points")],
)
def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str) -> None:
    monkeypatch.setattr(own, limit, 1)
    refuse(write(tmp_path, feature("LineString", LINE), feature("LineString", LINE)), told)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    refuse(tmp_path, "is no file")
    refuse(tmp_path / "none.geojson", "does not exist")


def refuse(path: Path, told: str) -> None:
    """Check that reading a file ends with one line that names it."""
    with pytest.raises(InputError) as refused:
        read_borders(path)
    assert told in str(refused.value)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_noise_is_drawn_in_bounded_time_and_without_a_name(tmp_path: Path) -> None:
    spots = np.random.default_rng(1).uniform((36, 32), (43, 37), (20_000, 2)).round(3)
    read = read_borders(write(tmp_path, feature("Polygon", [spots.tolist()], name="Noise")))
    began = perf_counter()
    drawn = draw_borders(view_of(SYRIA_IRAQ), own=read)
    assert perf_counter() - began < 5
    assert not drawn.names
