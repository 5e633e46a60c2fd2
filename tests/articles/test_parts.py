"""The parts of stage 1: furniture, datelines, header lines, quotations, days, languages."""

from datetime import date

import pytest

from mene.articles.dateline import find_dateline
from mene.articles.days import find_day, find_yearless_day, read_address_day
from mene.articles.draft import Draft, Piece
from mene.articles.furniture import name_furniture
from mene.articles.header import publication_day, read_header
from mene.articles.plain import read_plain
from mene.articles.quotation import attribute_quotes, find_introduced
from mene.articles.tongue import tell_language


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below this ad", "advertisement"),
        ("AP Photo/Hussein Malla", "photo credit"),
        ("Omar Haj Kadour/AFP via Getty Images", "photo credit"),
        ("Credit: Sana/Handout via Reuters", "photo credit"),
        ("(Getty Images)", "photo credit"),
        ("Sign up for our newsletter", "newsletter or subscription appeal"),
        ("Subscribe", "newsletter or subscription appeal"),
        ("Most read", "links to other pages"),
        ("Related: Who are the rebels?", "links to other pages"),
        ("Watch: Rebels enter Hama", "links to other pages"),
        ("Follow us on Twitter", "sharing and comments"),
        ("Facebook Twitter WhatsApp Email", "sharing and comments"),
        ("Comments (12)", "sharing and comments"),
        ("We use cookies to improve your experience.", "cookie or privacy notice"),
        ("© 2024 The Courier. All rights reserved.", "copyright line"),
        ("Click here to read more.", "links to other pages"),
        ("Reporting by Suleiman Haddad; Editing by Ann Reed", "agency credits"),
        ("* * *", "separator"),
    ],
)
def test_furniture_is_named(line: str, reason: str) -> None:
    assert name_furniture(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "The army said in an advertisement that deserters would be pardoned.",
        "Photographs showed tanks on the road to Homs, residents said.",
        "Images from the city showed burning vehicles near the citadel.",
        "Russia and Iran share the view that the government must survive.",
        "More than 280,000 people have fled since the offensive began.",
        "Related to the president by marriage, he ran the port for years.",
        "Follow-on attacks hit Homs.",
        "Live fire was heard in Damascus.",
        "He tweeted that the city had fallen.",
        "Support for the government is fading in the coastal towns.",
        "Video posted online showed fighters in the main square.",
        "Join forces or perish, the commander told the factions.",
        "Rebels take Hama",
        "Syria: rebels close in on Homs",
        "Trending toward collapse, the currency lost a third of its value.",
        "See no evil, the ambassador said of the policy.",
        "Watching from Beirut, he saw the city fall.",
        "Next to the citadel, fighters raised a flag.",
        "Help is on the way, the minister said.",
    ],
)
def test_sentences_are_no_furniture(line: str) -> None:
    assert name_furniture(line) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("DAMASCUS (AP) -- The army left.", "DAMASCUS"),
        ("Beirut, Lebanon – Syrian rebels advanced.", "Beirut, Lebanon"),
        ("KYIV, Ukraine, Dec 5 (Reuters) - Ukraine said", "KYIV, Ukraine"),
        ("UNITED NATIONS — The council met.", "UNITED NATIONS"),
        ("Jerusalem, December 5: Israel said it had struck.", "Jerusalem"),
    ],
)
def test_datelines_are_found(text: str, place: str) -> None:
    found = find_dateline(text)
    assert found is not None
    assert found.place == place


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING — Rebels enter Hama.",
        "Assad - Iran's ally - has few options.",
        "HTS — The group said it would protect minorities.",
        "Rebels took Hama (Reuters) - and moved on.",
        "AMMAN: King Abdullah spoke.",
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert find_dateline(text) is None


def test_days() -> None:
    assert find_day("on Dec. 5th, 2024")[0] == date(2024, 12, 5)  # type: ignore[index]
    assert find_day("05/12/2024") is None
    assert find_day("31.12.2024")[0] == date(2024, 12, 31)  # type: ignore[index]
    assert find_yearless_day("Dec. 30", date(2025, 1, 2)) == date(2024, 12, 30)
    assert read_address_day("https://x.example/news/20241207-hama.html") == date(2024, 12, 7)
    assert read_address_day("https://x.example/id/12345678/") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Levant Wire | 5 December 2024", date(2024, 12, 5)),
        ("Updated 6 December 2024; published 5 December 2024", date(2024, 12, 5)),
        ("December 5, 2024", date(2024, 12, 5)),
        ("Thursday 5 December 2024 10.30 GMT", date(2024, 12, 5)),
        ("The city fell on 5 December 2024, the army said.", None),
    ],
)
def test_publication_lines(line: str, day: date | None) -> None:
    assert publication_day(line) == day


def test_header_takes_outlet_title_and_byline_in_any_order() -> None:
    body = Piece("paragraph", "Rebels took Hama on Thursday, the army said.")
    lines = ("By Jane Doe, Levant Wire", "Rebels take Hama", "December 5, 2024")
    draft = read_header(Draft(pieces=(*(Piece("paragraph", line) for line in lines), body)))
    assert (draft.title, draft.byline, draft.publisher) == ("Rebels take Hama", "Jane Doe", "Levant Wire")
    assert draft.pieces == (body,)


def test_an_article_without_title_begins_with_its_sentence() -> None:
    draft = read_header(read_plain("Rebels took Hama.\n\nThe army left the city."))
    assert draft.title is None
    assert len(draft.pieces) == 2


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("NBC News:", "NBC News"),
        ("From the New York Times:", "New York Times"),
        ("The AP reports:", "AP"),
        ("According to Reuters:", "Reuters"),
        ("Background:", None),
        ("He gave three reasons:", None),
        ("Update:", None),
    ],
)
def test_introducing_lines(line: str, outlet: str | None) -> None:
    assert find_introduced(line) == outlet


def test_pasted_quotation_ends_at_the_writers_voice() -> None:
    lines = ("NBC News:", "The army left Daraa, it said.", "The rebels held the city.", "This probably worries Israel.")
    draft = attribute_quotes(Draft(pieces=tuple(Piece("paragraph", line) for line in lines)))
    assert [piece.attributed_to for piece in draft.pieces] == [None, "NBC News", "NBC News", None]


def test_pasted_quotation_ends_after_three_paragraphs() -> None:
    lines = ("NBC News:", *["The army left another town in the north."] * 5)
    draft = attribute_quotes(Draft(pieces=tuple(Piece("paragraph", line) for line in lines)))
    assert sum(piece.attributed_to == "NBC News" for piece in draft.pieces) == 3


def test_marked_quotation_ends_with_its_element() -> None:
    pieces = (Piece("paragraph", "Reuters writes:"), Piece("quote", "The army left."), Piece("paragraph", "It did."))
    draft = attribute_quotes(Draft(pieces=pieces, marked=True))
    assert [piece.attributed_to for piece in draft.pieces] == [None, "Reuters", None]


def test_plain_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    draft = read_plain("Rebels took Hama on Thursday.\nThe army left.\nHoms is next.")
    assert [piece.text for piece in draft.pieces] == [
        "Rebels took Hama on Thursday.",
        "The army left.",
        "Homs is next.",
    ]


def test_marked_quotes_and_headings_of_plain_text() -> None:
    draft = read_plain("It said this.\n\n> We left the city\n> of Hama.\n\nWhat comes next\n\nHoms is next, it said.")
    assert [piece.kind for piece in draft.pieces] == ["paragraph", "quote", "quote", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rebels took the city of Hama and the army left it.", "en"),
        ("Les rebelles ont pris la ville de Hama dans la nuit.", "fr"),
        ("Los rebeldes tomaron la ciudad de Hama por la noche.", "es"),
        ("İsyancılar Hama kentini bir gün içinde ele geçirdi ve ordu geri çekildi.", "tr"),
        ("反政府勢力はハマを制圧した", "ja"),
        ("נכנסו המורדים לעיר חמה", "he"),
        ("Hama Homs", "und"),
        ("Rebels seize Hama, army confirms withdrawal toward Homs", "und"),
        ("Hayat Tahrir al-Sham leader Abu Mohammad al-Jolani visits Aleppo citadel", "und"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert tell_language(text) == code
