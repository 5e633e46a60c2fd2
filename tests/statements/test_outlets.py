"""Outlets that the codebook does not know, by name, by a part of the name, and as what they are."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read

HEAD = "What we know\n\nValley Gazette\n5 December 2023\n\n"


def chains(model: Model, text: str) -> list[list[tuple[str, str]]]:
    article = read_article(f"{HEAD}{text}".encode(), name="paper.txt", published=date(2023, 12, 5))
    return [[(source.name, source.kind) for source in one.sources] for one in read(article, model).statements]


OWN = ("Valley Gazette", "outlet")


@pytest.mark.parametrize(
    ("text", "through"),
    [
        ("The road has been cut, Plains Wire reported on Monday.", ("Plains Wire", "outlet")),
        ("A driver told Plains Wire that the road was cut. A nurse told the agency that the clinic was shut.",
         ("Plains Wire", "outlet")),
        ("The Larkham Times published the order. An official told the Times that the road was cut.",
         ("Larkham Times", "outlet")),
        ("A driver told the Plains Wire agency that the road was cut.", ("Plains Wire", "outlet")),
    ],
)  # fmt: skip
def test_an_outlet_is_known_by_its_name(model: Model, text: str, through: tuple[str, str]) -> None:
    assert through in {chain[-2] for chain in chains(model, text) if len(chain) > 1 and chain[-1] == OWN}
    assert all(chain[-2] == through for chain in chains(model, text) if len(chain) > 2)


def test_the_own_outlet_named_in_short_is_the_own(model: Model) -> None:
    told = chains(model, "Amal Nasser told the Gazette that the road was cut.")
    assert [("Amal Nasser", "official"), OWN] in told


def test_a_printed_text_is_told_by_the_outlet_it_is_of(model: Model) -> None:
    told = chains(model, "The road has been cut. A driver said that the bridge was mined.\n\n(Plains Wire)")
    assert [("Plains Wire", "outlet"), OWN] in told
    assert all(chain[-2:] == [("Plains Wire", "outlet"), OWN] for chain in told)


def test_a_credit_is_kept_with_each_statement(model: Model) -> None:
    article = read_article(f"{HEAD}The road has been cut.\n\nWith reports from Plains Wire".encode(), name="paper.txt")
    (*_, last) = read(article, model).statements
    assert [source.name for source in last.credits] == ["Plains Wire"]
    assert [source.name for source in last.sources] == ["Valley Gazette"]


def test_the_force_is_the_armed_side_told_of_just_before(model: Model) -> None:
    article = read_article(b"RSF fighters entered Nyala on Friday. The force said that it had freed it.", name="a.txt")
    assert "rsf" in {one.origin.actor_id for one in read(article, model).statements}


def test_a_spokesman_of_the_ministry_speaks_for_the_one_named_before(model: Model) -> None:
    text = b"Sudan's foreign ministry said talks had ended. The road was open, the ministry's spokesman said."
    article = read_article(text, name="a.txt", published=date(2023, 12, 5))
    assert {one.origin.actor_id for one in read(article, model).statements if one.cue} == {"sdn-foreign-ministry"}
