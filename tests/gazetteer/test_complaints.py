"""What users of other geoparsers complain about (see the field notes): each complaint is a test."""

import pytest

from mene.gazetteer import Mention, open_gazetteer, resolve_places

from .places import resolve


def test_china_is_the_country_and_never_a_university() -> None:
    (place,) = resolve("China denied the report on Monday.", "China")
    assert (place.kind, place.country, place.precision) == ("country", "CN", "country")


@pytest.mark.parametrize(
    ("name", "code"), [("USA", "US"), ("U.S.", "US"), ("France", "FR"), ("Georgia", "GE"), ("Chad", "TD")]
)
def test_usa_and_france_are_countries_and_no_villages(name: str, code: str) -> None:
    (place,) = resolve(f"Officials of {name} and of Iran met in Vienna.", name)
    assert (place.kind, place.country) == ("country", code)


@pytest.mark.parametrize("name", ["Jordan", "Lebanon", "Niger", "Mali", "Cuba", "Peru", "Turkey", "Syria"])
def test_country_names_that_are_also_towns_are_countries(name: str) -> None:
    (place,) = resolve(f"The government of {name} said so.", name)
    assert place.kind == "country"


def test_bangor_maine_is_not_in_northern_ireland() -> None:
    (place,) = resolve("A man was arrested in Bangor, Maine, on Friday.", "Bangor")
    assert (place.country, place.admin1) == ("US", "Maine")


def test_bangor_northern_ireland_is_not_in_maine() -> None:
    (place,) = resolve("A man was arrested in Bangor, Northern Ireland, on Friday.", "Bangor")
    assert (place.country, place.admin1) == ("GB", "Northern Ireland")


@pytest.mark.parametrize("word", ["European", "Syrian", "Iranians", "Kurdish", "American", "Arab"])
def test_european_is_never_a_place(word: str) -> None:
    (place,) = resolve(f"The {word} minister left.", word)
    assert (place.precision, place.kind, place.latitude) == ("unlocated", "demonym", None)


def test_somewhere_in_hama_governorate_is_no_exact_place() -> None:
    (place,) = resolve("A tank was hit somewhere in Hama governorate, Syria.", "Hama governorate")
    assert (place.precision, place.within) == ("admin1", "Hama Governorate")
    assert place.name == "somewhere in Hama Governorate"


def test_northern_syria_is_no_better_than_the_country_and_not_the_country() -> None:
    part, whole = resolve("Strikes in northern Syria killed ten. Syria condemned them.", "northern Syria", "Syria")
    assert (part.precision, part.within) == ("country", "Syria")
    assert part.place_id != resolve("Syria condemned them.", "Syria")[0].place_id
    assert whole.country == "SY"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells fell outside Damascus.", "Damascus"),
        ("Shells fell near Damascus.", "Damascus"),
        ("Shells fell 20 km south of Damascus.", "Damascus"),
        ("Shells fell on the Damascus countryside.", "Damascus"),
        ("Shells fell on a village in Idlib.", "Idlib"),
        ("Shells fell on the countryside of Idlib.", "Idlib"),
    ],
)
def test_vague_places_are_near_and_never_exact(text: str, name: str) -> None:
    (place,) = resolve(text, name)
    assert place.precision == "near"
    assert "/" in (place.place_id or "")


def test_one_unresolvable_place_never_empties_the_rest() -> None:
    places = resolve("Fighting in Xyzzyville, Homs and Hama, Syria.", "Xyzzyville", "Homs", "Hama")
    assert [place.precision for place in places] == ["unlocated", "exact", "exact"]
    assert places[0].latitude is None


def test_an_unlocated_place_keeps_the_area_it_is_said_to_lie_in() -> None:
    (place,) = resolve("Fighting in Xyzzyville, Syria, went on.", "Xyzzyville")
    assert (place.precision, place.within, place.country) == ("unlocated", "Syria", "SY")


def test_a_university_is_near_its_town_and_not_the_town() -> None:
    place, town = resolve(
        "Tishrin Hospital in Aleppo and Homs University were hit in Syria.", "Homs University", "Aleppo"
    )
    assert (place.kind, place.precision, place.within) == ("facility", "near", "Homs")
    assert (town.kind, town.precision) == ("city", "exact")


def test_an_airport_named_after_a_person_is_not_placed_in_a_village() -> None:
    (place,) = resolve("The plane left Pearson International Airport in Canada.", "Pearson International Airport")
    assert place.precision == "unlocated"


def test_no_mentions_give_no_places() -> None:
    assert resolve_places([], gazetteer=open_gazetteer()) == ()
    assert resolve_places([Mention("", 0, 0)], gazetteer=open_gazetteer())[0].precision == "unlocated"


def test_another_spelling_is_found_in_the_country_of_the_text_only() -> None:
    (place,) = resolve("Sudan's army and the rebels of Sudan fought in Um Rawaba.", "Um Rawaba")
    assert (place.name, place.country, place.precision) == ("Umm Ruwaba", "SD", "near")
    (elsewhere,) = resolve("Peru's army fought in Um Rawaba.", "Um Rawaba")
    assert elsewhere.precision == "unlocated"


def test_a_place_found_by_sound_is_less_sure_than_by_name() -> None:
    sound, name = (
        resolve(f"Sudan's army and the rebels of Sudan fought in {name}.", name)[0]
        for name in ("Um Rawaba", "Umm Ruwaba")
    )
    assert sound.probability < name.probability


def test_an_adjective_in_a_name_is_not_matched_by_sound() -> None:
    (place,) = resolve("Russia denied that Syrian Air flew to Russia.", "Syrian Air")
    assert place.precision == "unlocated"


def test_washington_is_the_capital_and_washington_state_the_state() -> None:
    (capital,) = resolve("Officials in Washington and the United States said so.", "Washington")
    assert (capital.kind, round(capital.latitude or 0.0)) == ("city", 39)
    (state,) = resolve("Farmers in Washington state, United States, said so.", "Washington state")
    assert state.kind == "admin1"


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Ukraine said that Russia struck Starokostiantyniv air base.", "Starokostiantyniv air base", "facility", "UA"),
        ("Sudan's army lost Wadi Seidna air base.", "Wadi Seidna air base", "facility", "SD"),
        ("Fighting went on in Sudan near Jebel Marra.", "Jebel Marra", "region", "SD"),
        ("Israel struck Ain al-Hilweh in Lebanon.", "Ain al-Hilweh", "suburb", "LB"),
        ("Congo's army left Masisi Territory.", "Masisi Territory", "region", "CD"),
    ],
)
def test_facilities_and_regions_of_wars_are_known(text: str, name: str, kind: str, country: str) -> None:
    (place,) = resolve(text, name)
    assert (place.kind, place.country) == (kind, country)
