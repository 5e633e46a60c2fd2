from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mene.errors import InputError, SearchTimeout
from mene.search import Facet, Filters, Hits, Search, open_search
from mene.search import search as module
from tests.search.conftest import Searching
from tests.search.make import DAY, happened, keep, said, store_of, texts

HAMA = said("Rebels took Hama.", told=[happened("SEIZE", "Hama", actor_id="hts", day=date(2024, 12, 5))])
HOMS = said(
    "The army may strike Ḥimṣ tomorrow.",
    speaker="Colonel Barakat",
    kind="claim",
    told=[happened("ASSAULT", "Homs", by="Army", modality="possible", day=date(2024, 12, 8))],
)
TALKS = said("No talks were planned.", outlet="Harbour Courier", day=date(2024, 12, 1), kind="denial")


@pytest.fixture
def search(searching: Searching) -> Search:
    return searching(HAMA, HOMS, TALKS)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters("hama"), [HAMA]),
        (Filters("HIMS strike"), [HOMS]),
        (Filters('"took hama"'), [HAMA]),
        (Filters('"hama took"'), []),
        (Filters("reb*"), [HAMA]),
        (Filters("news -hama -talks"), [HOMS]),
        (Filters("-hama -talks"), [HOMS]),
        (Filters(place="hama"), [HAMA]),
        (Filters(place="gHoms"), [HOMS]),
        (Filters(actor="REB"), [HAMA]),
        (Filters(actor="hts"), [HAMA]),
        (Filters(actor='"army"'), [HOMS]),
        (Filters(actor="barakat"), [HOMS]),
        (Filters(type="seize"), [HAMA]),
        (Filters(type="SEIZE", place="Homs"), []),
        (Filters(modality="possible"), [HOMS]),
        (Filters(origin="colonel"), [HOMS]),
        (Filters(outlet="harbour"), [TALKS]),
        (Filters(kind="denial"), [TALKS]),
        (Filters(first=date(2024, 12, 7)), [HOMS]),
        (Filters(last=date(2024, 12, 1)), [TALKS]),
        (Filters(known=date(2024, 12, 1)), [TALKS]),
        (Filters(place="Nowhere"), []),
    ],
    ids=repr,
)
def test_each_filter_finds_what_fits_and_nothing_else(search: Search, filters: Filters, found: list[object]) -> None:
    assert sorted(texts(search, filters)) == sorted(one.article.text for one in found)  # type: ignore[attr-defined]


def test_filters_of_an_event_must_fit_one_event_together(searching: Searching) -> None:
    both = [happened("SEIZE", "Hama", by="Rebels"), happened("RETREAT", "Homs", by="Army", day=date(2024, 12, 1))]
    search = searching(said("Two things happened.", told=both))
    assert search.find(Filters(type="SEIZE", place="Hama", actor="Rebels")).total == 1
    assert search.find(Filters(type="SEIZE", place="Homs")).total == 0
    assert search.find(Filters(type="RETREAT", actor="Rebels")).total == 0
    assert search.find(Filters(type="SEIZE", last=date(2024, 12, 1))).total == 0


def test_a_hit_says_all_that_a_line_needs(search: Search) -> None:
    (hit,) = search.find(Filters("strike")).rows
    assert hit.snippet == (("The army may ", False), ("strike", True), (" Ḥimṣ tomorrow.", False))
    assert (hit.outlet, hit.origin, hit.kind, hit.day) == ("The Wire", "Colonel Barakat", "claim", DAY)
    assert (hit.types, hit.places, hit.told[0].modality) == (("ASSAULT",), ("Homs",), "possible")


def test_markup_in_a_text_is_text(searching: Searching) -> None:
    search = searching(said("<script>alert(1)</script> fell."))
    assert ("script", True) in search.find(Filters("script")).rows[0].snippet


def test_names_in_any_script_are_found(searching: Searching) -> None:
    search = searching(said("قال مُحَمَّد إنه غادر."), said("Взяли Херсон вчера."), said("Քաղաքը ազատ է."))
    assert texts(search, Filters("محمد")) == ["قال مُحَمَّد إنه غادر."]
    assert texts(search, Filters("ХЕРС*")) == ["Взяли Херсон вчера."]
    assert texts(search, Filters("քաղաքը")) == ["Քաղաքը ազատ է."]


def test_a_name_of_no_latin_letters_is_a_place_and_an_actor(searching: Searching) -> None:
    search = searching(said("Взяли.", told=[happened("SEIZE", "Херсон", by="أحمد")]))
    assert search.find(Filters(place="херсон", actor="احمد")).total == 1


def test_the_most_relevant_come_first_then_the_newest(searching: Searching) -> None:
    later = DAY + timedelta(9)
    rows = [
        said("The town saw fighting, said a man who had fled it for the hills and lakes beyond the bridge at Hama."),
        said("Fighting near the road to Hama went on.", day=DAY),
        said("Fighting near the walls of Hama went on.", day=later),
        said("Fighting Hama units left.", day=DAY - timedelta(9)),
        said("Nothing else was told.", title="Fighting in Hama", day=later),
    ]
    found = texts(searching(*rows), Filters("fighting hama"))
    assert found == [rows[number].article.text for number in (3, 2, 1, 0, 4)]


def test_the_newest_come_first_where_asked(searching: Searching) -> None:
    days = [DAY + timedelta(number) for number in (3, 1, 2)]
    search = searching(*(said(f"Hama on {day}.", day=day) for day in days))
    assert texts(search, Filters("hama"), order="newest") == [f"Hama on {day}." for day in sorted(days, reverse=True)]


def pages(search: Search, filters: Filters, most: int, order: str) -> list[Hits]:
    found = [search.find(filters, most=most, order=order)]  # type: ignore[arg-type]
    while found[-1].next:
        found.append(search.find(filters, most=most, order=order, after=found[-1].next))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("order", ["relevance", "newest"])
def test_pages_together_are_the_whole(searching: Searching, order: str) -> None:
    search = searching(
        *(said(f"Hama {'is quiet ' * (n % 3)}{n}", title="Hama", day=DAY + timedelta(n)) for n in range(11))
    )
    found = pages(search, Filters("hama"), 3, order)
    ids = [row.statement_id for page in found for row in page.rows]
    assert ids == [row.statement_id for row in search.find(Filters("hama"), order=order).rows]  # type: ignore[arg-type]
    assert len(set(ids)) == found[0].total == len(ids)


def test_a_page_goes_on_where_it_was_when_others_come_in(tmp_path) -> None:  # type: ignore[no-untyped-def]
    old = [said(f"Hama was quiet, {number}.", day=DAY + timedelta(number)) for number in range(6)]
    new = [said(f"Hama was quiet again, {number}.", day=DAY + timedelta(number)) for number in range(6)]
    with store_of(tmp_path / "news.duckdb", *old) as store, open_search(store) as search:
        first = search.find(Filters("hama quiet"), most=3)
        keep(store, *new)
        search.refresh()
        rest = search.find(Filters("hama quiet"), most=50, after=first.next)
    after = {row.statement_id for row in rest.rows}
    assert after.isdisjoint(row.statement_id for row in first.rows)
    assert {one.statements[0].id for one in old[:3]} <= after


@pytest.mark.parametrize("after", ["", "x", "9-1", "0-99999999999999999999", "0-1' OR 1=1", "٠-١"])
def test_a_cursor_that_no_page_gave_is_bad_input(search: Search, after: str) -> None:
    with pytest.raises(InputError, match="go on from"):
        search.find(Filters("hama"), after=after)


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(type="WAR"), "give one of AGREE, CONSULT"),
        (Filters(modality="perhaps"), "give one of asserted, negated"),
        (Filters(kind="tale"), "give one of report, claim"),
        (Filters(place="!"), "no name to look for"),
        (Filters(actor="x" * 1000), "at most 400"),
        (Filters(first=date(2024, 2, 2), last=date(2024, 1, 1)), "the earlier one first"),
    ],
    ids=repr,
)
def test_a_filter_that_can_find_nothing_is_bad_input(search: Search, filters: Filters, told: str) -> None:
    with pytest.raises(InputError, match=told):
        search.find(filters)


def test_copies_are_counted_and_can_be_left_out(searching: Searching) -> None:
    told = "Insurgents captured the central city of Hama on Thursday after government forces withdrew from it."
    first, copy = said(told), said(told, outlet="Harbour Courier", day=DAY + timedelta(1))
    search = searching(first, copy)
    hits = {row.statement_id: row for row in search.find(Filters("hama")).rows}
    assert hits[first.statements[0].id].copies == 1
    assert hits[copy.statements[0].id].copy_of == first.statements[0].id
    assert texts(search, Filters("hama", originals_only=True)) == [told]
    (then,) = search.find(Filters("hama", known=DAY)).rows
    assert then.copies == 0


def test_facets_count_what_fits_and_their_values_find_it(search: Search) -> None:
    found = search.facets(Filters())
    assert found.types == (Facet("ASSAULT", "ASSAULT", 1), Facet("SEIZE", "SEIZE", 1))
    assert {one.label: one.count for one in found.origins} == {
        "The Wire": 1,
        "Colonel Barakat": 1,
        "Harbour Courier": 1,
    }
    assert found.density == (("2024-12", 3),)
    for name, facets in (("place", found.places), ("actor", found.actors), ("origin", found.origins)):
        for facet in facets:
            assert search.find(Filters(**{name: facet.value})).total == facet.count, facet  # type: ignore[arg-type]


def test_facets_are_of_the_same_filters(search: Search) -> None:
    found = search.facets(Filters("army", type="ASSAULT"), bucket="day")
    assert [one.value for one in found.modalities] == ["possible"]
    assert found.density == (("2024-12-08", 1),)
    assert found.is_whole


def test_a_search_that_takes_too_long_ends_with_one_line(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "STEPS", 10)
    with store_of(tmp_path / "news.duckdb", HAMA, HOMS) as store, open_search(store, seconds=-1.0) as search:
        with pytest.raises(SearchTimeout, match="narrow it"):
            search.facets(Filters("news"))
        monkeypatch.setattr(search, "_seconds", 10.0)
        assert search.find(Filters("news")).total == 2


HOSTILE = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="\"*-:(){}^+'\\; \0\n%_|&ANDORNOTNEAR1,ab", max_size=60),
    st.sampled_from(
        ['") OR 1=1 --', "NEAR(a b, 3)", "text : x", "'; DROP TABLE said; --", "{text title} : a", "^a", "\ud800"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=HOSTILE, name=HOSTILE, after=st.none() | HOSTILE)
def test_no_text_breaks_a_search_or_changes_the_file(search: Search, words: str, name: str, after: str | None) -> None:
    before = search.path.read_bytes()
    for filters in (
        Filters(words),
        Filters(place=name),
        Filters(actor=name, origin=name),
        Filters(outlet=name, type=name),
    ):
        for ask in (lambda one: search.find(one, after=after), search.facets):
            try:
                ask(filters)
            except InputError as error:
                assert len(str(error).splitlines()) == 1  # noqa: PT017
    assert search.path.read_bytes() == before
