"""Export and import: equal stores give equal files, merging is reading all, and a wrong file is told by its line."""

import gzip
import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mene.errors import InputError
from mene.settings import StoreUrl
from mene.store import Store, open_store
from mene.store import archive as archive_module
from mene.store.archive import grouped, open_archive, write_archive
from mene.store.check import store_faults
from tests.store.conftest import MakePlace
from tests.store.make import NOW, make_reading
from tests.store.test_store import UNHURRIED

ADDRESSES = ("https://example.org/a", "https://example.net/b")
Seen = tuple[int, int]  # the number of a page and of the address that it came from


def add(store: Store, seen: Seen) -> None:
    """Add a page from an address; when it was read depends on the page alone."""
    page, address = seen
    raw = b"page %d" % page
    reading = make_reading(raw, url=ADDRESSES[address], statements=page)
    store.add(reading, raw, recorded_at=NOW + timedelta(hours=page), how="http")


def export(store: Store) -> bytes:
    file = io.BytesIO()
    list(write_archive(store, file))
    return file.getvalue()


def bring(store: Store, exported: bytes, path: Path) -> int:
    """Import an export by way of a file; returns how many articles were new."""
    path.write_bytes(exported)
    with open_archive(path) as archive:
        return sum(store.merge(parcels, custody) for parcels, custody in grouped(archive.items()))


def test_round_trip_gives_an_equal_store(make_place: MakePlace, tmp_path: Path) -> None:
    with open_store(make_place(), operator="analyst") as store, open_store(make_place()) as copy:
        for page in range(5):
            add(store, (page, page % 2))
        exported = export(store)
        assert bring(copy, exported, tmp_path / "export.gz") == 5
        assert list(copy.readings()) == list(store.readings())
        assert copy.custody() == store.custody()
        assert export(copy) == exported
        assert list(store_faults(copy)) == []


def test_a_file_becomes_a_database_and_back(make_place: MakePlace, tmp_path: Path) -> None:
    with open_store(tmp_path / "file.duckdb") as file, open_store(make_place()) as other:
        for page in range(4):
            add(file, (page, 0))
        exported = export(file)
        bring(other, exported, tmp_path / "export.gz")
        assert export(other) == exported


def test_importing_twice_changes_nothing(place: Path | StoreUrl, tmp_path: Path) -> None:
    with open_store(place) as store:
        add(store, (1, 0))
        exported = export(store)
        assert bring(store, exported, tmp_path / "export.gz") == 0
        assert export(store) == exported


def test_custody_of_bytes_without_an_article_travels_too(make_place: MakePlace, tmp_path: Path) -> None:
    first = make_reading(b"page")
    with open_store(make_place()) as store, open_store(make_place()) as copy:
        store.add(first, b"page", recorded_at=NOW, how="file")
        store.add(first, b"the same article, as another record", recorded_at=NOW, how="file")
        bring(copy, export(store), tmp_path / "export.gz")
        assert len(copy.custody()) == 2
        assert export(copy) == export(store)


seen = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=UNHURRIED)
@given(first=seen, second=seen)
def test_merging_two_stores_is_reading_all(
    make_place: MakePlace, tmp_path: Path, first: list[Seen], second: list[Seen]
) -> None:
    make_place.free()
    one, other, merged, whole = (open_store(make_place()) for _ in range(4))
    with one, other, merged, whole:
        for store, pages in ((one, first), (other, second), (whole, first + second)):
            for page in pages:
                add(store, page)
        for part in (one, other):
            bring(merged, export(part), tmp_path / "export.gz")
        assert export(merged) == export(whole)


# --- wrong files ----------------------------------------------------------------------------------------------------


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    """The lines of an export with two articles: its head, the articles and the end."""
    with open_store(tmp_path / "facts.duckdb") as store:
        add(store, (1, 0))
        add(store, (2, 1))
        return gzip.decompress(export(store)).splitlines(keepends=True)


def told(content: bytes, path: Path) -> str:
    """Return the one line that reading the file gives."""
    path.write_bytes(content)
    with pytest.raises(InputError) as raised, open_archive(path) as archive:
        list(archive.items())
    assert "\n" not in str(raised.value)
    return str(raised.value)


def signed(kind: str, body: Any) -> bytes:
    """Return a line whose hash is right, whatever its body."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    digest = hashlib.sha256(written).hexdigest()
    return f'{{"sha256":"{digest}","kind":"{kind}","body":'.encode() + written + b"}\n"


def manifest(**values: object) -> bytes:
    """Return the first line of an export, with other values in it."""
    return signed("manifest", {"format": "mene-store", "version": 1, "mene_version": "1", "articles": 0, **values})


def changed(line: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the line of an article with its body changed and its hash right again."""
    body = json.loads(line)["body"]
    change(body)
    return signed("article", body)


def test_wrong_hash_names_the_line(lines: list[bytes], tmp_path: Path) -> None:
    lines[2] = lines[2].replace(b"Hama", b"Homs")
    error = told(gzip.compress(b"".join(lines)), tmp_path / "export.gz")
    assert "export.gz line 3 does not have the SHA-256 that it names; get a whole copy" in error


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not gzip-compressed"),
        (b"name,date\n", "is not gzip-compressed"),
        (b"\x1f\x8b\x08\x00 no gzip at all", "line 1 cannot be unpacked"),
        (gzip.compress(b""), "line 1 is missing"),
        (gzip.compress(b"\xff\xfe\n"), "line 1 is no line of an export"),
        (gzip.compress(b"[" * 100_000 + b"\n"), "line 1 is no line of an export"),
        (gzip.compress(b'{"sha256":"","kind":"","body":' + b"[" * 100_000), "line 1 is no line of an export"),
        (gzip.compress(signed("article", {})), "it has no head"),
        (gzip.compress(manifest(format="x")), "its format is 'x'"),
        (gzip.compress(manifest(version=9)), "version 9 of the format, this Mene knows 1: update Mene"),
    ],
)
def test_file_that_is_no_export(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in told(content, tmp_path / "export.gz")


def test_line_without_end_is_not_read(lines: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "LINE_BYTES", 10_000)
    content = gzip.compress(lines[0] + b" " * 1_000_000)
    assert "line 2 is longer than 10,000 bytes" in told(content, tmp_path / "export.gz")


def test_lines_missing_doubled_or_following(lines: list[bytes], tmp_path: Path) -> None:
    head, first, second, end = lines
    path = tmp_path / "export.gz"
    assert "line 4 is missing: the file was cut off" in told(gzip.compress(head + first + second), path)
    assert "line 3 does not fit the lines before it" in told(gzip.compress(head + first + end), path)
    assert "line 5 does not fit the lines before it" in told(gzip.compress(head + first + first + second + end), path)
    assert "line 4 does not fit the lines before it" in told(gzip.compress(head + second + first + end), path)
    assert "line 4 should be the last" in told(gzip.compress(head + first + second + end + first), path)
    assert "cannot be unpacked" in told(gzip.compress(b"".join(lines))[:-20], path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda body: body.update(raw="b3RoZXI="), "its raw bytes do not have the SHA-256"),
        (lambda body: body.update(raw="not base64"), "line 2 is no line of an export"),
        (lambda body: body["entry"]["article"].update(id="0" * 64), "its id is not the SHA-256 of its raw bytes"),
        (lambda body: body["entry"]["article"].update(text=7), "holds a damaged record"),
        (lambda body: body["entry"]["article"].update(title="\ud800"), "line 2 "),
        (lambda body: body["entry"]["statements"][0].update(id="s1"), "statement s1 has an id that is not that of"),
        (lambda body: body["entry"]["events"][0].update(id="e1"), "event e1 has an id that is not that of"),
        (lambda body: body["entry"]["events"][0]["evidence"].update(end=10**30), "points at no words"),
        (lambda body: body["entry"]["statements"].clear(), "belongs to no statement of the article"),
        (lambda body: body["entry"].update(recorded_at="2024-12-08T00:00:00Z"), "has a zone"),
        (lambda body: body["entry"].update(model="a\0b"), "the character NUL"),
        (lambda body: body["custody"][0].update(sha256="0"), "is on other bytes"),
        (lambda body: body["custody"][0].update(how="a\0b"), "the character NUL"),
    ],
)
def test_hostile_article_names_the_line(
    lines: list[bytes], change: Callable[[dict[str, Any]], object], words: str, tmp_path: Path
) -> None:
    content = gzip.compress(lines[0] + changed(lines[1], change) + lines[2])
    error = told(content, tmp_path / "export.gz")
    assert "line 2 " in error
    assert words in error


def test_deep_nesting_inside_a_record_is_refused(lines: list[bytes], tmp_path: Path) -> None:
    body = json.dumps(json.loads(lines[1])["body"]).encode()
    deep = body.replace(b'"article": {', b'"article": {"more": ' + b"[" * 100_000 + b"]" * 100_000 + b",", 1)
    assert "line 2 " in told(gzip.compress(lines[0] + signed("article", deep)), tmp_path / "export.gz")
