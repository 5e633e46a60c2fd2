"""Whole articles through `read_article`: what stands in the text, what was dropped, what is refused."""

import codecs
import contextlib
import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.articles import read_article
from mene.articles.draft import squash
from mene.errors import InputError
from mene.records import Article

SHARED = Path(__file__).parents[2] / ".." / "shared"

PASTED = b"""The Harbour Courier
Rebels take Hama as army pulls back
By Jane Doe
Published: 5 December 2024, 18:00 GMT

BEIRUT, Dec. 5 (Levant Wire) - Rebels took Hama on Thursday,
the army said, after three days of heavy fighting around it and
a long retreat from Aleppo in the north.

Photo: Ali Haj/Reuters

"We have left the city," said a spokesman.AdvertisementAdvertisement

- Hama has 900,000 people
- It was never taken before

Read more: The fall of Aleppo
This article originally appeared in the Levant Wire.
(c) 2024 Harbour Courier. All rights reserved.
"""

PAGE = """<html><head><title>Rebels take Hama | Harbour Courier</title>
<meta property="og:site_name" content="Harbour Courier">
<meta property="article:published_time" content="2024-12-05T18:00:00Z"><script>alert("x")</script></head>
<body><nav><ul><li>Home</li><li>World pages</li></ul></nav><article><h1>Rebels take Hama</h1>
<p class="byline">By Jane Doe</p><p onclick="steal()">BEIRUT (AP) &mdash; Rebels took <b>Hama</b> on Thursday, the army
said.<br><br>It was the second city to fall.</p><p>The Levant Wire reports:</p>
<blockquote><p>We left the city, the army said.</p></blockquote><h2>What comes next</h2>
<p>The road to Homs lies open.</p></article><footer>Copyright 2024</footer></body></html>"""


def texts(article: Article, kind: str | None = None) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if kind in (None, block.kind)]


def reasons(article: Article) -> dict[str, str]:
    return {dropped.text: dropped.reason for dropped in article.dropped}


def test_pasted_text_has_its_head_read() -> None:
    article = read_article(PASTED)
    assert (article.title, article.publisher) == ("Rebels take Hama as army pulls back", "The Harbour Courier")
    assert (article.byline, article.published_at) == ("Jane Doe", date(2024, 12, 5))
    assert (article.dateline, article.language) == ("BEIRUT", "en")


def test_pasted_text_keeps_its_body_and_nothing_else() -> None:
    article = read_article(PASTED)
    assert texts(article)[1].startswith("Rebels took Hama on Thursday, the army said, after three days")
    assert texts(article)[2] == '"We have left the city," said a spokesman.'
    assert texts(article, "list") == ["Hama has 900,000 people", "It was never taken before"]
    assert len(article.blocks) == 5


def test_everything_dropped_has_its_reason() -> None:
    found = reasons(read_article(PASTED))
    assert found["Photo: Ali Haj/Reuters"] == "photo credit"
    assert found["AdvertisementAdvertisement"] == "advertisement"
    assert found["This article originally appeared in the Levant Wire."] == "syndication line"
    assert found["(c) 2024 Harbour Courier. All rights reserved."] == "copyright line"
    assert found["BEIRUT, Dec. 5 (Levant Wire) -"] == "dateline"


def test_no_word_of_a_pasted_text_is_lost() -> None:
    article = read_article(PASTED)
    kept = article.text + " ".join(dropped.text for dropped in article.dropped)
    assert [word for word in PASTED.decode().replace("spokesman.", "spokesman. ").split() if word not in kept] == []


def test_page_keeps_kinds_of_blocks_and_attributes_the_quotation() -> None:
    article = read_article(PAGE.encode())
    assert texts(article, "heading") == ["Rebels take Hama", "What comes next"]
    quote = next(block for block in article.blocks if block.kind == "quote")
    assert (article.text[quote.start : quote.end], quote.attributed_to) == (
        "We left the city, the army said.",
        "Levant Wire",
    )


def test_page_metadata_and_dateline() -> None:
    article = read_article(PAGE.encode(), url="https://harbour.example/hama")
    assert (article.publisher, article.published_at) == ("Harbour Courier", date(2024, 12, 5))
    assert (article.dateline, texts(article)[1]) == ("BEIRUT", "Rebels took Hama on Thursday, the army said.")
    assert "alert" not in article.text
    assert "steal" not in article.text


def test_page_lists_what_stood_around_the_article() -> None:
    found = reasons(read_article(PAGE.encode()))
    assert found["Copyright 2024"] == "copyright line"
    assert found["World pages"] == "not part of the article body (page structure)"


def test_raw_spans_lead_back_to_the_page() -> None:
    article = read_article(PAGE.encode())
    spans = {article.text[span.start : span.end]: PAGE[span.raw_start : span.raw_end] for span in article.raw_spans}
    assert spans["Rebels took Hama on Thursday, the army said."].startswith("Rebels took <b>Hama</b> on")
    assert len(article.raw_spans) >= len(article.blocks) - 1


def test_raw_spans_of_plain_text_are_exact() -> None:
    article = read_article(PASTED)
    raw = PASTED.decode()
    assert len(article.raw_spans) == len(article.blocks)
    for span in article.raw_spans:
        assert squash(raw[span.raw_start : span.raw_end]) == article.text[span.start : span.end]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), min_size=1, max_size=6)
)
def test_offsets_fit_any_text(paragraphs: list[str]) -> None:
    raw = ("The rebels said that they had taken the city of Hama on Thursday.\n\n" + "\n\n".join(paragraphs)).encode()
    try:
        article = read_article(raw)
    except InputError:
        return
    assert "\n\n".join(texts(article)) == article.text
    assert all(squash(text) == text and text for text in texts(article))


def test_published_wins_over_every_date() -> None:
    assert read_article(PASTED, published=date(2024, 12, 9)).published_at == date(2024, 12, 9)


def test_no_date_stays_no_date() -> None:
    assert read_article(b"Rebels took Hama on Thursday, the army said. It had no choice.").published_at is None


def test_a_date_in_the_address_is_the_last_resort() -> None:
    raw = b"Rebels took Hama on Thursday, the army said."
    assert read_article(raw, url="https://x.example/2024/12/07/hama").published_at == date(2024, 12, 7)


def test_a_sentence_about_an_advertisement_stays() -> None:
    raw = b"The army ran an advertisement in the paper.\n\nRecommended by his father, he joined the guard in 1990."
    assert len(texts(read_article(raw))) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = "The army’s “repositioning” in Hama was a withdrawal, the rebels said."
    assert read_article(text.encode(encoding)).text == text


def test_mojibake_is_put_right() -> None:
    text = "The army’s “repositioning” in Hama was a withdrawal, the rebels said."
    broken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert read_article(broken.encode()).text == text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG"),
        (b"PK\x03\x04word/document.xml", "ZIP"),
        (b"a " * 25_000_000, "20 MB"),
        (b"%PDF-1.4 nothing here", "PDF"),
        (b'<?xml version="1.0"?><note><to>a</to></note>', "unknown format"),
        (gzip.compress(b"x" * 30_000_000), "limit"),
        (b"<html><body><script>run()</script></body></html>", "no readable article"),
        ("Повстанцы заняли город Хама, армия отступила.".encode("cp1251"), "English only"),
        (b"Die Rebellen haben die Stadt Hama eingenommen, und die Armee ist abgezogen.", "German"),
        ("دخلت قوات المعارضة مدينة حماة يوم الخميس".encode(), "Arabic"),
    ],
)
def test_bad_input_is_refused_in_one_line(raw: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_article(raw)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("tag", [b"<div>", b"<p><b>", b'<a href="', b"<!--", b"<script>", b"<"])
def test_html_bombs_neither_crash_nor_hang(tag: bytes) -> None:
    page = b"<html><body>" + tag * 100_000 + b"<p>Rebels took Hama.</p>"
    with contextlib.suppress(InputError):
        assert "<div>" not in read_article(page).text


def test_byte_order_mark_alone_is_empty_text() -> None:
    with pytest.raises(InputError):
        read_article(codecs.BOM_UTF8)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the development data is not here")
def test_first_real_article_has_no_furniture() -> None:
    article = read_article((SHARED / "articles" / "iran-withdrawing-from-syria.txt").read_bytes())
    assert not any(word in article.text for word in ("Advertisement", "Recommended", "Trending", "VIP", "via AP"))
    assert [block.attributed_to for block in article.blocks].count("NBC News") == 3
