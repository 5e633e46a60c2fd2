"""By what a row is found, and the filters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.errors import InputError
from mene.report.page.environment import load_templates
from mene.report.page.facets import FIELDS, Facets, Filters, fold_name, read_filters

FELL, TOLD = date(2024, 12, 5), date(2024, 12, 6)
ROW = Facets("Deir ez-Zôr", ("Syrian army", "Russia"), "SEIZE", ("Levant Wire", "an officer"), "asserted", FELL, TOLD)
WRITTEN = load_templates().from_string('{% from "parts/macros.html" import facets %}{{ facets(one) }}')
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [
        ({}, True),
        ({"place": "ZOR"}, True),
        ({"place": "Homs"}, False),
        ({"actor": "russ"}, True),
        ({"actor": "army russia"}, False),
        ({"origin": "wire"}, True),
        ({"origin": "Post"}, False),
        ({"type": "SEIZE"}, True),
        ({"type": "SEIZ"}, False),
        ({"modality": "asserted"}, True),
        ({"modality": "planned"}, False),
        ({"since": "2024-12-05", "until": "2024-12-05"}, True),
        ({"since": "2024-12-06"}, False),
        ({"until": "2024-12-04"}, False),
        ({"place": "zor", "actor": "Iran"}, False),
        ({"place": "  zor  ", "words": "nobody reads this here", "page": "2"}, True),
    ],
)
def test_a_row_is_shown_where_all_that_is_asked_fits(asked, is_shown):
    assert read_filters(asked).accepts(ROW) is is_shown


def test_a_row_without_a_day_counts_by_the_day_it_was_told():
    assert read_filters({"since": "2024-12-06"}).accepts(Facets(told=TOLD))
    assert not read_filters({"until": "2024-12-05"}).accepts(Facets(told=TOLD))


def test_a_row_without_any_day_lies_within_no_days():
    assert not read_filters({"since": "1900-01-01"}).accepts(Facets())
    assert not read_filters({"until": "2100-01-01"}).accepts(Facets())


@pytest.mark.parametrize("text", ["yesterday", "2024-13-01", "2024-02-30", "5 Dec 2024"])
def test_what_is_no_day_is_said(text):
    with pytest.raises(InputError, match="is no day; write it as 2024-12-05"):
        read_filters({"since": text})


def test_what_is_asked_is_bounded():
    assert len(read_filters({"place": "x" * 10_000}).place) == 200


def test_without_a_filter_all_is_shown():
    assert read_filters({"on": "2024-12-05", "place": " "}).is_open
    assert not read_filters({"actor": "Iran"}).is_open
    assert set(FIELDS) == {"place", "actor", "type", "origin", "modality", "since", "until"}


@given(NAMES)
def test_a_name_is_found_by_itself_and_by_any_part_of_it(name):
    assert Filters(place=name).accepts(Facets(place=name))
    assert Filters(actor=name[: len(name) // 2]).accepts(Facets(actors=("other", name)))


def read_line(line):
    """Return facets as the script reads them from their line."""
    place, actors, kind, origins, modality, day, told = line.split("\t")
    return place, actors.split("|") if actors else [], kind, origins.split("|") if origins else [], modality, day, told


def test_a_line_has_all_that_a_row_is_found_by():
    assert read_line(ROW.line) == (
        "Deir ez-Zôr",
        ["Syrian army", "Russia"],
        "SEIZE",
        ["Levant Wire", "an officer"],
        "asserted",
        "2024-12-05",
        "2024-12-06",
    )
    assert read_line(Facets().line) == ("", [], "", [], "", "", "")


@given(NAMES, st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4))
def test_no_name_breaks_the_shape_of_a_line(place, actors, origins):
    row = Facets(place, tuple(actors), "SEIZE", tuple(origins), "asserted", FELL, None)
    read = read_line(row.line)
    assert (len(read[1]), len(read[3])) == (len(actors), len(origins))
    assert (read[2], read[4:]) == ("SEIZE", ("asserted", "2024-12-05", ""))
    plain = str.maketrans("\t|", " /")
    assert read[0] == place.replace("\t", " ")
    assert read[1] == [one.translate(plain) for one in actors]


@given(NAMES)
def test_a_line_is_escaped_where_it_stands_in_the_page(name):
    html = WRITTEN.render(one=Facets(place=name))
    assert html.startswith('data-facets="')
    assert html.endswith('"')
    assert not set(html[13:-1]) & set("<>\"'")


def test_names_are_compared_without_case_and_accents():
    assert fold_name("Ḥamāh") == fold_name("HAMAH") == "hamah"
    assert Filters(place="ΣΑΜΟΣ").accepts(Facets(place="Σάμος, Σαμοσ και άλλα"))
    assert Filters(place="ΣΑΜ").accepts(Facets(place="Σάμος"))
    assert Filters(place="ας").accepts(Facets(place="ΑΣΑ"))
