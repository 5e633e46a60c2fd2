"""What is glued into the paragraphs of a text that lost its markup."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.records import Article


def read(text: str) -> Article:
    return read_article(text.encode(), name="glued.txt", published=date(2021, 6, 1))


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


@pytest.mark.parametrize(
    "credit",
    [
        "(AFP)",
        "(AP Photo)",
        "(Photo by Jo Ruiz/Reuters)",
        "(Plains Herald and Agencies)",
        "REUTERS/Jo Ruiz",
        "[Anadolu]",
    ],
)
def test_a_credit_makes_the_sentence_before_it_a_caption(credit: str) -> None:
    article = read(
        "Port is shelled\n\nShells hit the port of Sol on Monday. Dockers search the rubble of a shed in Sol."
        f" {credit} The army said it had struck a depot. The mayor denied it."
    )
    assert ("caption", "Dockers search the rubble of a shed in Sol.") in kinds(article)
    assert ("paragraph", "The army said it had struck a depot. The mayor denied it.") in kinds(article)
    assert [left.reason for left in article.dropped] == ["photo credit"]


def test_a_credit_after_strokes_ends_a_caption_without_a_full_stop() -> None:
    article = read(
        "Port is shelled\n\nDockers search the rubble in Sol, May 3 / Photo: Jo Ruiz / AFP The army said it had struck"
        " a depot."
    )
    assert ("caption", "Dockers search the rubble in Sol, May 3") in kinds(article)
    assert ("paragraph", "The army said it had struck a depot.") in kinds(article)


def test_who_speaks_in_brackets_is_no_credit() -> None:
    text = "The agency (AFP) said that the port had burned. Its reporter (a Reuters veteran) saw the flames."
    assert kinds(read(f"Port burns\n\n{text}"))[-1] == ("paragraph", text)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Thursday 3 June 2021 Six dockers killed in the port of Sol. ", "Thursday 3 June 2021"),
        ("Posted on June 3 2021 by Jo Ruiz Six dockers killed in the port of Sol ", "Posted on June 3 2021 by Jo Ruiz"),
        ("Six dockers killed in the port of Sol AFP Thursday 3 Jun 2021 ", "AFP Thursday 3 Jun 2021"),
    ],
)
def test_the_title_told_once_more_is_left_out_and_the_day_kept(head: str, day: str) -> None:
    article = read(f"Six dockers killed in the port of Sol\n\n{head}Shells hit the port at dawn, a doctor said.")
    assert [text for _, text in kinds(article)][1:] == [day, "Shells hit the port at dawn, a doctor said."]
    assert "repeats the title" in [left.reason for left in article.dropped]


def test_the_outlet_at_the_title_is_its_publisher() -> None:
    article = read(
        "Six dockers killed in Sol Monitor - Region - World - Plains Herald Online\n\nShells hit the port at dawn."
    )
    assert article.title == "Six dockers killed in Sol Monitor"
    assert article.publisher == "Plains Herald Online"


def test_what_is_posted_is_quoted_from_its_account() -> None:
    article = read(
        "Port is shelled\n\nShells hit the port at dawn. What a morning! Pray for our dockers. pic.twitter.com/x1y2 Jo"
        " Ruiz (joruiz) June 3 2021 The army said nothing."
    )
    quote = next(block for block in article.blocks if block.kind == "quote")
    assert article.text[quote.start : quote.end] == "What a morning! Pray for our dockers."
    assert quote.attributed_to == "Jo Ruiz (@joruiz)"


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (" --Reuters", "agency credits"),
        (" (Source: League of Dockers) Twitter", "agency credits"),
        (" R.J/ Ghazi/H. Said", "agency credits"),
        (" Reporting by Jo Ruiz; Editing by Ann Reed", "agency credits"),
        (" Read Also", "links to other pages"),
        (" 85 Related Ten Ships Lost in the Strait Navy Denies Any Loss Tags Sol Port", "links to other pages"),
    ],
)
def test_what_is_glued_to_the_end_is_left_out(tail: str, reason: str) -> None:
    article = read(f"Port is shelled\n\nShells hit the port at dawn, a doctor said.{tail}")
    assert kinds(article)[-1] == ("paragraph", "Shells hit the port at dawn, a doctor said.")
    assert [left.reason for left in article.dropped] == [reason]


def test_a_linked_title_after_a_credit_is_left_out() -> None:
    article = read(
        "Port is shelled\n\nShells hit the port at dawn. AP Photo Jo Ruiz Ten Ships Lost in Battle Off the Coast The"
        " army said it had struck a depot."
    )
    assert [text for _, text in kinds(article)][1:] == [
        "Shells hit the port at dawn.",
        "The army said it had struck a depot.",
    ]


def test_no_word_is_lost() -> None:
    text = (
        "Port is shelled\n\n3 June 2021 Port is shelled. SOL (AFP) Shells hit the port. Dockers flee. Men carry a boy"
        " past the wall. (AP Photo) The army denied it. My God! Look. pic.twitter.com/x1 Jo Ruiz (joruiz) June 3 2021"
        " All is calm. Read Also"
    )
    article = read(text)
    kept = " ".join([article.text, *(left.text for left in article.dropped)])
    assert sorted(text.replace("(joruiz)", "").split()) == sorted(kept.replace("(joruiz)", "").split())
