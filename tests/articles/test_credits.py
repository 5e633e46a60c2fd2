"""Whose text an article is: syndication lines, signatures and credits."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.articles.credits import find_credit
from mene.records import Article

BODY = "Rebels took the town on Thursday after three days.\n\nThe army left for the coast, residents said."


def read(text: str) -> Article:
    return read_article(text.encode(), name="paper.txt", published=date(2024, 12, 5))


HEAD = "Town falls to rebels\n\nValley Gazette\n5 December 2024\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "(Plains Wire)",
        "— Plains Wire",
        "This article originally appeared on Plains Wire.",
        "This story was first published by Plains Wire and is reproduced under licence.",
        "Republished with permission from Plains Wire.",
        "The post Town falls to rebels appeared first on Plains Wire.",
        "Source: Plains Wire",
    ],
)
def test_a_line_says_that_the_text_is_another_outlets(line: str) -> None:
    article = read(f"{HEAD}{BODY}\n\n{line}")
    assert (article.publisher, article.taken_from, article.credits) == ("Valley Gazette", "Plains Wire", ())
    assert article.text.endswith("residents said.")


def test_a_name_behind_the_last_sentence_signs_the_text() -> None:
    article = read(f"{HEAD}{BODY} (Plains Wire)")
    assert (article.taken_from, article.text[-15:]) == ("Plains Wire", "residents said.")


def test_the_agency_of_the_dateline_and_the_one_in_the_byline_wrote_the_text() -> None:
    assert read(f"{HEAD}PORT CITY (Plains Wire) — {BODY}").taken_from == "Plains Wire"
    assert read(f"Town falls\n\nValley Gazette\nBy Plains Wire\n5 December 2024\n\n{BODY}").taken_from == "Plains Wire"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("With reports from Plains Wire", ("Plains Wire",)),
        ("with AFP", ("AFP",)),
        ("(With input from AFP and Plains Wire)", ("AFP", "Plains Wire")),
        ("Plains Wire contributed to this report.", ("Plains Wire",)),
        ("(AFP, Plains Wire)", ("AFP", "Plains Wire")),
    ],
)
def test_a_line_credits_outlets_with_a_part(line: str, names: tuple[str, ...]) -> None:
    article = read(f"{HEAD}{BODY}\n\n{line}")
    assert (article.taken_from, article.credits) == (None, names)


@pytest.mark.parametrize("line", ["(Valley Gazette)", "This article first appeared in The Valley Gazette."])
def test_a_publisher_is_not_syndicated_by_itself(line: str) -> None:
    assert read(f"{HEAD}{BODY}\n\n{line}").taken_from is None


def test_initials_name_the_publisher() -> None:
    head = HEAD.replace("Valley Gazette", "Agence France-Presse")
    assert read(f"{head}{BODY}\n\n(AFP)").taken_from is None


@pytest.mark.parametrize(
    "line",
    [
        "This article was first published on Monday.",
        "This article was published in English.",
        "With reports from the front growing worse, the army sent more men.",
        "(Photo by Jane Doe)",
        "The ministry contributed to this report.",
    ],
)
def test_other_lines_credit_nobody(line: str) -> None:
    assert find_credit(line) is None
    article = read(f"{HEAD}{BODY}\n\n{line}")
    assert (article.taken_from, article.credits) == (None, ())


def test_a_name_in_brackets_under_a_picture_is_no_signature() -> None:
    article = read(f"{HEAD}Smoke over the port (AFP)\n\n{BODY}")
    assert article.taken_from is None
