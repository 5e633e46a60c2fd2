"""A user's places in a document: when they win, when they do not, and with what precision."""

import pytest

from mene.gazetteer import Gazetteer, Index, Mention, resolve_places
from mene.gazetteer.build import Draft, write_index
from mene.gazetteer.index import ADDED, COUNTRY_POINT, CURATED, NO_POINT
from mene.records import Place

OWN = ADDED | CURATED
DUMP = ADDED
PLACES = [
    Draft(0, "Tell Qurmah", "town", 35.21873, 36.91234, "SY", "SY.Hama Governorate", 0, OWN, set(), "own:1"),
    Draft(99, "Tell Zurmah", "town", 35.3, 36.9, "SY", "SY.Hama Governorate", 0, DUMP),
    Draft(0, "Paris", "town", 35.25, 36.95, "SY", "SY.Hama Governorate", 0, OWN, set(), "own:2"),
    Draft(98, "Saraaqeb", "town", 35.0, 37.3, "SY", "SY.Hama Governorate", 0, DUMP),
    Draft(0, "Qurmahiyah", "admin2", 35.2, 37.2, "SY", "SY.Hama Governorate", 0, OWN | NO_POINT, set(), "own:3"),
    Draft(0, "Quxqux", "admin2", 8.0, 38.0, "ET", "", 0, OWN | COUNTRY_POINT, set(), "own:4"),
    Draft(0, "Hama", "admin2", 35.2, 36.8, "SY", "SY.Hama Governorate", 0, OWN, set(), "own:5"),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The shipped places, with PLACES over them."""
    folder = tmp_path_factory.mktemp("added")
    write_index(PLACES, {"SY.Hama Governorate": "Hama Governorate"}, folder, about={})
    return Gazetteer(added=Index(folder))


def resolve(places: Gazetteer, *names: str, **countries: float) -> tuple[Place, ...]:
    return resolve_places([Mention(name, 0, len(name)) for name in names], gazetteer=places, countries=countries)


def test_a_village_of_a_users_list_is_known_without_any_context(places: Gazetteer) -> None:
    (place,) = resolve(places, "Tell Qurmah")
    assert (place.place_id, place.latitude, place.longitude, place.precision) == ("own:1", 35.21873, 36.91234, "exact")
    assert place.probability > 0.5


def test_a_hamlet_of_a_whole_gazetteer_needs_a_document_on_its_country(places: Gazetteer) -> None:
    assert resolve(places, "Tell Zurmah")[0].precision == "unlocated"
    assert resolve(places, "Tell Zurmah", "Aleppo", SY=0.5)[0].place_id == "99"


def test_a_namesake_of_a_great_city_wins_where_the_document_is(places: Gazetteer) -> None:
    assert resolve(places, "Paris", "Hama", "Tell Qurmah", SY=1.0)[0].place_id == "own:2"
    assert resolve(places, "Paris")[0].country == "FR"
    assert resolve(places, "Paris", "Lyon", "Marseille", FR=1.0)[0].country == "FR"


def test_a_hamlet_does_not_hide_the_town_that_is_spelt_otherwise(places: Gazetteer) -> None:
    assert [entry.name for entry in places.find("Saraaqeb") if entry.is_curated] == ["Saraqib"]


def test_a_unit_without_a_point_is_no_more_precise_than_what_its_point_is_of(places: Gazetteer) -> None:
    (unit,) = resolve(places, "Qurmahiyah", SY=1.0)
    (lost,) = resolve(places, "Quxqux", ET=1.0)
    assert (unit.precision, lost.precision) == ("admin1", "country")


def test_a_unit_that_is_called_as_its_seat_does_not_take_the_bare_name(places: Gazetteer) -> None:
    (town,) = resolve(places, "Hama", SY=1.0)
    (district,) = resolve(places, "Hama district", SY=1.0)
    assert (town.kind, town.precision) == ("city", "exact")
    assert district.kind in {"admin1", "admin2"}
