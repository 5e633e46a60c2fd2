"""Finding rows by their facets gives what the filters themselves say of each row."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mene.report.page.facets import Facets, Filters
from mene.serve.index import FacetIndex
from mene.serve.registers import Register

DAYS = st.none() | st.integers(0, 6).map(lambda days: date(2024, 12, 1) + timedelta(days))
NAMES = st.sampled_from(["Hama", "Höms", "homs east", "", "Deir ez-Zor"])
FACETS = st.builds(
    Facets,
    NAMES,
    st.lists(NAMES, max_size=2).map(tuple),
    st.sampled_from(["SEIZE", "AID", ""]),
    st.lists(NAMES, max_size=2).map(tuple),
    st.sampled_from(["asserted", "planned", ""]),
    DAYS,
    DAYS,
)
WORDS = st.sampled_from(["", "hom", "HAMA", "ez", "x"])
FILTERS = st.builds(
    Filters, WORDS, WORDS, st.sampled_from(["", "SEIZE"]), WORDS, st.sampled_from(["", "planned"]), DAYS, DAYS
)


@given(st.lists(FACETS, max_size=12), FILTERS)
def test_the_index_accepts_what_the_filters_accept(rows: list[Facets], filters: Filters) -> None:
    found = FacetIndex(rows).find(filters).tolist()
    assert found == [place for place, row in enumerate(rows) if filters.accepts(row)]


@given(st.lists(FACETS, max_size=12), st.dates(date(2024, 12, 1), date(2024, 12, 8)))
def test_what_is_told_later_is_not_known(rows: list[Facets], day: date) -> None:
    found = FacetIndex(rows).find(Filters(), known=day, on=day).tolist()
    expected = [
        place for place, row in enumerate(rows) if (not row.told or row.told <= day) and (not row.day or row.day <= day)
    ]
    assert found == expected


def test_a_register_goes_on_after_a_key_that_is_gone() -> None:
    index = FacetIndex([Facets(), Facets(), Facets()])
    register = Register(("a", "c", "e"), (("a",), ("c",), ("e",)), index, np.arange(3))
    assert register.after(("b",), np.arange(3)).tolist() == [1, 2]
    assert register.after(("c",), np.arange(3)).tolist() == [2]
