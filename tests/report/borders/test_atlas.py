"""The shipped file: that it is whole, small, and built from the rows beside it."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from mene.errors import CodebookError
from mene.report.borders.atlas import DATA, Kind, Layer, open_atlas, read_atlas

BUILD = json.loads((DATA / "build.json").read_text(encoding="utf-8"))


def test_the_file_is_that_of_the_build_and_small() -> None:
    for name, checksum in BUILD["sha256"].items():
        packed = (DATA / name).read_bytes()
        assert hashlib.sha256(packed).hexdigest() == checksum
        assert len(packed) == BUILD["bytes"] < 1_500_000


def test_it_was_built_from_the_rows_beside_it() -> None:
    for path in DATA.glob("*.csv"):
        assert BUILD["sources"][path.name] == hashlib.sha256(path.read_bytes()).hexdigest(), (
            f"{path.name}: run `make borders`"
        )


def test_rings_close_and_arcs_are_shared() -> None:
    atlas = open_atlas()
    arcs = np.where(atlas.refs < 0, ~atlas.refs, atlas.refs)
    ends = atlas.points[np.stack([atlas.starts[arcs], atlas.starts[arcs + 1] - 1])]
    first, last = np.where((atlas.refs < 0)[:, None], ends[::-1], ends) + atlas.turns[:, None] * (360.0, 0.0)
    following = np.arange(len(arcs)) + 1
    following[atlas.ring_starts[1:] - 1] = atlas.ring_starts[:-1]
    assert np.allclose(last, first[following])
    uses = np.bincount(
        arcs[np.repeat(atlas.layers, np.diff(atlas.ring_starts)) == Layer.COUNTRY], minlength=len(atlas.kinds)
    )
    assert (uses[atlas.kinds == Kind.BORDER] >= 2).all()


def test_every_area_has_a_ring_and_a_claimant() -> None:
    atlas = open_atlas()
    assert set(atlas.owners[atlas.layers == Layer.AREA].tolist()) == set(range(len(atlas.areas)))
    assert all(area.claimants for area in atlas.areas)


def test_a_missing_or_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="make borders"):
        read_atlas(tmp_path)
    (tmp_path / "build.json").write_text((DATA / "build.json").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "borders.npz").write_bytes((DATA / "borders.npz").read_bytes()[:5000])
    with pytest.raises(CodebookError, match="damaged"):
        read_atlas(tmp_path)
