"""What makes two mentions one place, and which mention stands for it in the picture."""

from collections.abc import Iterable

from mene.picture.sides import normalise
from mene.records import Place

PINNED = frozenset({"exact", "near"})


def place_key(place: Place, article_id: str) -> str:
    """Return what identifies a place: the gazetteer's id, or for an unlocated one its words within one article.

    A governorate has an id of its own and is never its capital. "The town" of two articles is two places, and so are
    "two villages" told of twice.

    >>> homs = Place("Homs", "Homs", "g169577", 34.73, 36.71, "SY", "city", "exact", 0.9)
    >>> place_key(homs, "a1")
    'g169577'
    """
    if place.place_id and place.precision != "unlocated":
        return place.place_id if place.precision in PINNED else f"{place.precision}:{place.place_id}"
    told_at = str(place.evidence.start) if place.kind == "area" and place.evidence else ""
    return "~" + "|".join((normalise(place.name), place.within or "", place.country or "", article_id, told_at))


def pick_place(places: Iterable[Place]) -> Place:
    """Return the mention that stands for a place: the surest, then the first by name, words and evidence."""
    mentions = list({id(place): place for place in places}.values())
    surest = min(map(_surety, mentions))
    return min((place for place in mentions if _surety(place) == surest), key=repr)


def _surety(place: Place) -> tuple[float, str, str]:
    return (-place.probability, place.name, place.text)
