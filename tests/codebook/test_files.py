"""Every file of the codebook is sound and holds what the product promises."""

from collections import Counter

import pytest

from mene.codebook import Codebook, load_codebook
from mene.codebook.build import build_cues, build_hedges, build_lexicon, build_loaded
from mene.codebook.check import check_codebook
from mene.vocabulary import EVENT_TYPES

NEWS_COUNTRIES = "SY IQ IR IL LB YE LY EG RU UA AF SD ET MM CD TR VE ML BF NE SS SO PK US".split()


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def test_every_file_is_sound() -> None:
    assert check_codebook() == []


def test_at_least_a_hundred_groups_services_and_organisations(book: Codebook) -> None:
    kinds = Counter(actor.kind for actor in book.actors.values())
    assert sum(kinds[kind] for kind in ("armed group", "militia", "coalition", "security service")) >= 200
    assert kinds["international organisation"] >= 50


def test_every_actor_has_a_country_or_is_transnational(book: Codebook) -> None:
    homeless = [actor for actor in book.actors.values() if actor.country is None]
    mixed = {"international organisation", "peacekeeping force", "armed group", "coalition"}
    assert {actor.kind for actor in homeless} <= mixed


def test_every_state_has_a_government_an_army_and_rebels(book: Codebook) -> None:
    assert len(book.states) >= 190
    for iso2 in book.states:
        assert None not in (book.government_of(iso2), book.army_of(iso2), book.rebels_of(iso2))


@pytest.mark.parametrize("country", NEWS_COUNTRIES)
def test_the_countries_most_in_the_news_have_leaders_since_1990_and_a_capital(book: Codebook, country: str) -> None:
    reigns = [
        term for leader in book.leaders.values() for term in leader.terms if term.rules and term.country == country
    ]
    assert min(term.since.year for term in reigns if term.since) <= 2011
    assert book.leader_of(country) is not None
    assert book.capital_of(country)


@pytest.mark.parametrize("country", "SY IQ UA YE LY SD AF MM".split())
def test_provincial_capitals_are_listed(book: Codebook, country: str) -> None:
    assert sum(city.iso2 == country for city in book.cities) >= 14


def test_every_event_type_has_its_definition_and_words(book: Codebook) -> None:
    entries = build_lexicon()
    assert len({entry.phrase for entry in entries}) >= 400
    assert {entry.type for entry in entries} == set(EVENT_TYPES) == set(book.event_types)


def test_modes_of_the_lexicon_are_those_of_the_types(book: Codebook) -> None:
    modes = {kind: {mode.name for mode in entry.modes} for kind, entry in book.event_types.items()}
    assert all(entry.mode is None or entry.mode in modes[entry.type] for entry in build_lexicon())


def test_cues_hedges_and_loaded_words_are_many() -> None:
    assert len(build_cues()) >= 200
    assert len(build_hedges()) >= 200
    assert len(build_loaded()) >= 200
    assert all(entry.plain for entry in build_loaded() if entry.why == "euphemism")
