"""What the command's arguments name, and lists that mean harm."""

from pathlib import Path

import pytest

from mene.errors import InputError
from mene.watch import FeedWatch, FolderWatch, find_sources, read_opml
from mene.watch.limits import LIST_BYTES, SOURCES
from mene.watch.sources import read_list

OPML = b"""<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Middle East"><outline text="Wire" type="rss" xmlUrl="https://wire.example/rss"/>
<outline text="Courier" xmlurl=" https://courier.example/atom?a=1&amp;b=2 "/></outline>
<outline text="Wire again" xmlUrl="https://wire.example/rss"/><outline text="a note"/></body></opml>"""


def no_network(url: str) -> bytes:
    raise AssertionError(f"{url} was fetched")


def find(*names: str, inside: bool = False) -> tuple[FeedWatch | FolderWatch, ...]:
    return find_sources(names, load=no_network, inside=lambda _: inside)


def test_opml_gives_each_feed_once_in_its_order() -> None:
    assert [feed.url for feed in read_opml(OPML)] == [
        "https://wire.example/rss",
        "https://courier.example/atom?a=1&b=2",
    ]
    assert read_opml(OPML.decode().replace("UTF-8", "UTF-16").encode("utf-16"))[0].url == "https://wire.example/rss"


def test_billion_laughs_are_refused() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE opml [<!ENTITY l0 "ha">{levels}]><opml><body><outline xmlUrl="https://a.example/&l11;"/></body></opml>'
    with pytest.raises(InputError, match="entities"):
        read_opml(bomb.encode())


def test_nothing_that_a_list_refers_to_is_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    body = '<opml><body><outline xmlUrl="https://a.example/&x;"/></body></opml>'
    with pytest.raises(InputError, match="entities"):
        read_opml(f'<!DOCTYPE opml [<!ENTITY x SYSTEM "{tmp_path}/secret">]>{body}'.encode())
    (tmp_path / "x.dtd").write_text('<!ENTITY x "secret">')
    outside = f'<!DOCTYPE opml SYSTEM "{(tmp_path / "x.dtd").as_uri()}">{body}'
    assert read_opml(outside.encode()) == (FeedWatch("https://a.example/"),)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"<opml><body>" + b"<outline>" * 100_000, "levels"),
        (b"<opml>" + b" " * LIST_BYTES, "MB"),
        (b"<opml>" + b"".join(b'<outline xmlUrl="http://%d"/>' % n for n in range(SOURCES + 1)) + b"</opml>", "split"),
        (b"<rss><channel/></rss>", "no OPML"),
        (b"<opml><body/></opml>", "no feed"),
        (b"<opml><body>", "can be read"),
        (b"\x00\xff\x00", "can be read"),
        (b"", "can be read"),
    ],
)  # fmt: skip
def test_lists_that_are_refused_in_one_line(raw: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        read_opml(raw)
    assert "\n" not in str(error.value)


def test_plain_list(tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    raw = b"\xef\xbb\xbf# mine\n\nhttps://wire.example/rss#top  # the wire\nincoming\n"
    feed, folder = read_list(raw, tmp_path, lambda _: False)
    assert feed == FeedWatch("https://wire.example/rss#top")
    assert folder == FolderWatch((tmp_path / "incoming").resolve())
    with pytest.raises(InputError, match=r"line 2 \(outgoing\)"):
        read_list(b"incoming\noutgoing\n", tmp_path)


def test_arguments_become_sources_each_once(tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_bytes(OPML)
    (tmp_path / "list.txt").write_text(f"{tmp_path}\nhttps://wire.example/rss\n")
    found = find(str(tmp_path), str(tmp_path / "mine.opml"), str(tmp_path / "list.txt"))
    assert [source.name for source in found] == [
        str(tmp_path.resolve()), "https://wire.example/rss", "https://courier.example/atom?a=1&b=2",
    ]  # fmt: skip


def test_an_opml_list_at_an_address_is_fetched() -> None:
    found = find_sources(["https://a.example/mine.OPML?x=1"], load=lambda _: OPML, inside=lambda _: False)
    assert len(found) == 2


def test_only_what_the_user_named_may_be_inside(tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_bytes(OPML)
    assert not any(feed.inside for feed in find(str(tmp_path / "mine.opml"), inside=True))  # type: ignore[union-attr]
    for names in (["https://wire.example/rss", "mine.opml"], ["mine.opml", "https://wire.example/rss"]):
        given = [name if "://" in name else str(tmp_path / name) for name in names]
        feeds = {source.name: source for source in find(*given, inside=True)}
        assert feeds["https://wire.example/rss"] == FeedWatch("https://wire.example/rss", inside=True)


@pytest.mark.parametrize("name", ["nowhere", "ftp://a.example/rss", "feed://a.example/rss"])
def test_what_cannot_be_watched_is_told_with_a_remedy(name: str) -> None:
    with pytest.raises(InputError, match="https://"):
        find(name)
