"""The edge of stage 1: files, folders, archives, feeds, tables, addresses; one bad item never stops the rest."""

import gzip
import json
import socket
from datetime import date
from pathlib import Path

import msgspec
import pytest

from mene.articles import Loaded, fetch, load_all, load_articles, read_article
from mene.articles.fetch import is_public
from mene.errors import InputError

TEXT = "Rebels take Hama\n\nThe rebels took Hama on Thursday, the army said. It had no choice.\n"
PAGE = (
    "<html><body><article><h1>Rebels take Hama</h1><p>The rebels took Hama, the army said.</p></article></body></html>"
)


def load(path: Path | str) -> list[Loaded]:
    return list(load_articles(str(path)))


def record(url: str, body: str, kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-12-07T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_folder_in_name_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.html", "style.css"):
        (tmp_path / name).write_text(PAGE if name.endswith("html") else TEXT)
    items = load(tmp_path)
    assert [Path(item.origin).name for item in items] == ["a.txt", "b.txt", "c.html"]
    assert all(item.article for item in items)


def test_one_bad_file_does_not_stop_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "c.txt").write_text(TEXT)
    items = load(tmp_path)
    assert [item.error is None for item in items] == [False, False, True]


@pytest.mark.parametrize("missing", [True, False])
def test_folder_without_articles_and_missing_path(tmp_path: Path, missing: bool) -> None:
    items = load(tmp_path / "nothing" if missing else tmp_path)
    assert len(items) == 1
    assert ("does not exist" if missing else "folder without articles") in (items[0].error or "")
    with pytest.raises(InputError):
        items[0].unwrap()


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    assert "without articles" in (load(folder)[0].error or "")


def test_a_file_above_the_limit_is_not_even_read(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"a text " * 7_200_000)
    assert "20 MB" in (load(tmp_path / "big.txt")[0].error or "")


@pytest.mark.parametrize("packed", [False, True])
def test_web_archive(tmp_path: Path, packed: bool) -> None:
    records = [record("https://a.example/2024/12/05/x", PAGE), record("https://a.example/i.png", "x", "image/png")]
    path = tmp_path / ("x.warc.gz" if packed else "x.warc")
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    items = load(path)
    assert [item.origin for item in items] == ["https://a.example/2024/12/05/x"]
    assert items[0].unwrap().published_at == date(2024, 12, 5)


def test_single_warc_record() -> None:
    article = read_article(record("https://a.example/x", PAGE))
    assert (article.url, article.title) == ("https://a.example/x", "Rebels take Hama")


def test_feed(tmp_path: Path) -> None:
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>Levant Wire</title>
    <item><title>Rebels take Hama</title><link>https://l.example/1</link><author>Jane Doe</author>
    <pubDate>Thu, 05 Dec 2024 18:00:00 GMT</pubDate>
    <description>&lt;p&gt;The rebels took Hama on Thursday.&lt;/p&gt;&lt;p&gt;The army left it.&lt;/p&gt;</description>
    </item>
    <item><title>Empty</title><link>https://l.example/2</link></item></channel></rss>"""
    (tmp_path / "feed.xml").write_text(feed)
    good, bad = load(tmp_path / "feed.xml")
    assert (good.unwrap().publisher, good.unwrap().published_at) == ("Levant Wire", date(2024, 12, 5))
    assert "The army left it." in good.unwrap().text
    assert "no text" in (bad.error or "")


def test_table_with_columns_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "publisher,Title,text,url,published\nLevant Wire,Rebels take Hama,The rebels took the city of Hama.,"
        "https://l.example/1,2024-12-05\nX,,,,\n"
    )
    good, bad = load(tmp_path / "list.csv")
    article = good.unwrap()
    assert (article.publisher, article.title, article.published_at) == (
        "Levant Wire",
        "Rebels take Hama",
        date(2024, 12, 5),
    )
    assert "neither a text nor a url" in (bad.error or "")


def test_copies_at_two_outlets_stay_two_articles(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("publisher,text\nA,The rebels took the city.\nB,The rebels took the city.\n")
    one, other = load(tmp_path / "list.csv")
    assert one.unwrap().id != other.unwrap().id


def test_a_row_with_only_an_address_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("url\nhttps://l.example/1\n")
    items = list(load_articles(str(tmp_path / "list.csv"), fetch=lambda url: (PAGE.encode(), "text/html", url)))
    assert items[0].unwrap().url == "https://l.example/1"


def test_crawler_json_and_json_lines(tmp_path: Path) -> None:
    item = {
        "title": "Rebels take Hama",
        "text": "The rebels took the city of Hama.",
        "date": "2024-12-05",
        "sitename": "LW",
    }
    (tmp_path / "result.json").write_text(json.dumps([item, 3]))
    (tmp_path / "x.jsonl").write_text(json.dumps(item) + "\n{broken\n" + json.dumps(item) + "\n")
    good, bad = load(tmp_path / "result.json")
    assert (good.unwrap().publisher, bad.article) == ("LW", None)
    assert [line.error is None for line in load(tmp_path / "x.jsonl")] == [True, False, True]


def test_own_json_comes_back_as_it_was(tmp_path: Path) -> None:
    article = read_article(TEXT.encode())
    (tmp_path / "own.json").write_bytes(msgspec.json.encode({"article": article, "statements": []}))
    assert load(tmp_path / "own.json")[0].unwrap() == article


def test_mhtml(tmp_path: Path) -> None:
    message = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
        f"Content-Location: https://a.example/x\r\n\r\n{PAGE}\r\n--B--\r\n"
    )
    (tmp_path / "x.mhtml").write_text(message)
    assert load(tmp_path / "x.mhtml")[0].unwrap().url == "https://a.example/x"


def test_pdf() -> None:
    stream = b"BT /F1 12 Tf 72 700 Td (The rebels took the city of Hama on Thursday.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
    assert read_article(body + tail).text == "The rebels took the city of Hama on Thursday."


def test_standard_input_and_several_origins(tmp_path: Path) -> None:
    items = list(load_all(["-", str(tmp_path / "no.txt")], stdin=TEXT.encode(), published=date(2024, 12, 6)))
    assert items[0].unwrap().published_at == date(2024, 12, 6)
    assert items[1].error is not None


def test_an_address_that_does_not_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(InputError, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/", timeout=2, allow_private=True)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:80/", "http://[::1]/", "http://169.254.169.254/x"]
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="private or local"):
        fetch(url)


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "https://"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="no web address"):
        fetch(url)


def test_public_addresses() -> None:
    assert is_public("8.8.8.8")
    assert not is_public("::ffff:127.0.0.1")
