"""Looking actors, leaders, states and words up, and how actors stand to each other."""

from datetime import date

import pytest

from mene.codebook import Codebook, load_codebook

D = date


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def test_actors_that_every_country_has_are_made_when_asked_for(book: Codebook) -> None:
    rebels = book.actor("tcd-rebels")
    assert rebels is not None
    assert (rebels.name, rebels.kind, rebels.country) == ("Chadian rebels", "armed group", "TD")
    assert book.actor("xyz-rebels") is None
    assert book.actor("syr-nonsense") is None


def test_the_codebook_is_kept() -> None:
    assert load_codebook() is load_codebook()


@pytest.mark.parametrize(
    ("country", "day", "leader"),
    [
        ("SY", D(2024, 12, 7), "syr-bashar-al-assad"),
        ("SY", D(1995, 1, 1), "syr-hafez-al-assad"),
        ("SY", D(2025, 3, 1), "syr-ahmed-al-sharaa"),
        ("IR", D(2024, 12, 7), "irn-ali-khamenei"),
        ("RU", D(1995, 1, 1), "rus-boris-yeltsin"),
        ("UA", D(2014, 1, 1), "ukr-viktor-yanukovych"),
        ("EG", D(2012, 12, 1), "egy-mohamed-morsi"),
        ("LY", D(2010, 1, 1), "lby-muammar-gaddafi"),
        ("AF", D(2021, 8, 16), "afg-hibatullah-akhundzada"),
        ("SD", D(2018, 1, 1), "sdn-omar-al-bashir"),
        ("NE", D(2023, 7, 1), "ner-mohamed-bazoum"),
        ("US", D(2024, 12, 7), "usa-joe-biden"),
    ],
)
def test_who_rules_on_a_day(book: Codebook, country: str, day: date, leader: str) -> None:
    found = book.leader_of(country, day)
    assert found is not None
    assert found.id == leader


def test_nobody_is_named_for_a_country_the_codebook_does_not_know(book: Codebook) -> None:
    assert book.leader_of("TV", D(2024, 1, 1)) is None


def test_ancestors_lead_to_the_state(book: Codebook) -> None:
    ancestors = dict(book.ancestors("fatemiyoun", D(2024, 12, 7)))
    assert ancestors["irn-quds-force"] == "part_of"
    assert "irn-government" in ancestors


def test_a_tie_ends_with_its_last_day(book: Codebook) -> None:
    hts = book.actor("nusra")
    assert hts is not None
    link = next(link for link in hts.links if link.to == "al-qaeda")
    assert link.holds_on(D(2016, 7, 28))
    assert not link.holds_on(D(2016, 8, 1))


@pytest.mark.parametrize(
    ("a", "b", "day", "expected"),
    [
        ("syr-army", "syr-government", D(2024, 12, 7), True),
        ("irn-quds-force", "irn-government", D(2024, 12, 7), True),
        ("lbn-hezbollah", "irn-quds-force", D(2024, 12, 7), True),
        ("lbn-hezbollah", "houthis", D(2024, 12, 7), False),
        ("hts", "syr-rebels", D(2024, 12, 7), True),
        ("hts", "syr-government", D(2024, 12, 7), False),
        ("rsf", "sdn-army", D(2020, 1, 1), True),
        ("rsf", "sdn-army", D(2024, 1, 1), False),
        ("irn-government", "syr-government", D(2024, 12, 7), False),
    ],
)
def test_same_side(book: Codebook, a: str, b: str, day: date, expected: bool) -> None:
    assert book.same_side(a, b, day) is expected
    assert book.same_side(b, a, day) is expected


@pytest.mark.parametrize(
    ("a", "b", "day", "expected"),
    [
        ("hts", "syr-army", D(2024, 12, 7), True),
        ("syr-rebels", "syr-government", D(2024, 12, 7), True),
        ("tcd-rebels", "tcd-army", D(2024, 12, 7), True),
        ("rsf", "sdn-army", D(2020, 1, 1), False),
        ("rsf", "sdn-army", D(2024, 1, 1), True),
        ("taliban", "afg-army", D(2015, 1, 1), True),
        ("taliban", "afg-government", D(2023, 1, 1), False),
        ("m23", "cod-army", D(2025, 1, 27), True),
        ("un", "syr-army", D(2024, 12, 7), False),
    ],
)
def test_opposed(book: Codebook, a: str, b: str, day: date, expected: bool) -> None:
    assert book.opposed(a, b, day) is expected
    assert book.opposed(b, a, day) is expected


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        ("Deraa", ("SY", "Daraa")),
        ("deir al-zor", ("SY", "Deir ez-Zor")),
        ("Kharkov", ("UA", "Kharkiv")),
        ("Ohio", None),
    ],
)
def test_provincial_capitals_in_any_spelling(book: Codebook, name: str, seat: tuple[str, str] | None) -> None:
    assert book.provincial_capital(name) == seat


def test_capitals_and_demonyms(book: Codebook) -> None:
    assert book.capital_of("SY") == "Damascus"
    assert book.capital_named("Sana'a") == "YE"
    assert book.capital_named("Hama") is None
    state = book.state_of_demonym("Burmese")
    assert state is not None
    assert state.iso2 == "MM"


@pytest.mark.parametrize(
    ("lemma", "kind", "modality"),
    [
        ("say", "report", "asserted"),
        ("deny", "denial", "negated"),
        ("threaten", "threat", "planned"),
        ("demand", "demand", "asked"),
        ("predict", "forecast", "probable"),
        ("claim", "claim", "asserted"),
        ("according to", "report", "asserted"),
    ],
)
def test_cues(book: Codebook, lemma: str, kind: str, modality: str) -> None:
    cue = book.cue(lemma)
    assert cue is not None
    assert (cue.kind, cue.modality) == (kind, modality)


def test_event_entries_know_their_head_and_particle(book: Codebook) -> None:
    entry = next(entry for entry in book.event_entries("pull", "VERB") if entry.phrase == "pull out")
    assert (entry.type, entry.mode, entry.particle) == ("RETREAT", "withdraw", "out")
    assert any(entry.phrase == "cessation of hostility" for entry in book.event_entries("cessation", "NOUN"))


def test_words_with_many_meanings_say_what_they_need(book: Codebook) -> None:
    for lemma in ("take", "fall", "hold", "enter", "leave", "hit", "strike"):
        assert all(entry.needs for entry in book.event_entries(lemma, "VERB") if entry.particle is None)


def test_outlets_and_monitors_are_nobody_s_voice():
    book = load_codebook()
    assert not any(map(book.is_side, (None, "reuters", "sohr", "slmm")))
    assert all(map(book.is_side, ("syr-army", "hts")))
