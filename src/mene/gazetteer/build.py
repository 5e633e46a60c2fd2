"""Writes a place index: the five files that `mene.gazetteer.index` opens. The shipped one and the user's own are alike.

keys.marisa      every lookup key (name_key; where spellings vary place_key after a "~", and skeleton_key after "=SY:")
names.marisa     every display name, and every id that is no number of GeoNames
places.npy       one row a place: ids, point, coded population, country, unit, kind, flags
postings.npy     for each key, in trie order, the places it may mean (row << 1 | 1 where it is the place's own name)
build.json       the sources, the tables that the codes point into and the checksum of each file
"""

import hashlib
import json
import re
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from mene.gazetteer.index import (
    ADDED,
    ADDED_ROW,
    CURATED,
    INDEX_FILES,
    KINDS,
    PLACE_ROW,
    POINT_STEPS,
    encode_population,
    id_key,
    sound_key,
    spelling_key,
)
from mene.gazetteer.keys import name_key, place_key, skeleton_key

RESPELLED = frozenset(
    (
        "SY IQ LB JO PS IL YE SA AE QA BH KW OM EG LY SD TN DZ MA MR EH IR AF PK SO ET ER DJ TD SS TR UA RU BY AZ GE AM"
        " KZ UZ TM TJ KG MM XK BA RS ML NE"
    ).split()
)
"""Countries whose place names reach English through several romanisations: their names are indexed by place_key too."""

TOWN_KINDS = frozenset(("city", "town", "suburb"))
SHORTEST_SPELLING = 4
"""Characters of a place_key at least; shorter ones fall together with too much."""

SHORTEST_SKELETON = 4
"""Characters of a skeleton_key at least."""

_SCHOLARLY = re.compile("[\u0100-\u0101\u012a-\u012b\u016a-\u016b\u1e00-\u1eff\u0327\u2018\u2019\u02bb\u02bc\u02bf]")


@dataclass(slots=True)
class Draft:
    """One place on its way into an index.

    `id` is given only where the place is known neither by its number in GeoNames nor by the slug of its name; `admin1`
    is the key of its first-order unit in the index's table of units.
    """

    geonameid: int
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str = ""
    population: int = 0
    flags: int = 0
    aliases: set[str] = field(default_factory=set)
    id: str = ""


def is_latin_name(text: str) -> bool:
    """Return whether an alternate name could stand in English text: no code, no bare transliteration.

    >>> is_latin_name("Hamah"), is_latin_name("SYHMA"), is_latin_name("HMA"), is_latin_name("حماة")
    (True, True, False, False)
    """
    if len(text) < 3 or (text.isupper() and len(text) <= 4) or not text[:1].strip("‘'ʻ`’"):
        return len(text) >= 4 and text[:1] in "‘'ʻ`’" and text[1:2].isupper()
    return text[0].isupper() and name_key(text).isascii()


def plain_name(name: str) -> str:
    """Return a display name without the dots and macrons of scholarly romanisation; é and ü stay.

    >>> plain_name("Ḩamāh"), plain_name("Besançon")
    ('Hamah', 'Besançon')
    """
    if not _SCHOLARLY.search(name):
        return name
    bare = unicodedata.normalize("NFKD", name)
    return re.sub("[‘ʻʿ]", "", "".join(ch for ch in bare if not unicodedata.combining(ch))).replace("’", "'")


def write_index(
    drafts: Sequence[Draft], units: Mapping[str, str], folder: Path, *, about: Mapping[str, object]
) -> dict[str, int]:
    """Write the index of `drafts` into `folder` and return how many keys, places and bytes it has.

    `units` names each first-order unit by its key, which begins with the country ("SY.35"); `about` is what the
    description says of sources and licence. Places that a user added (`ADDED`) have finer points and ids of their own.
    The same drafts give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    countries = sorted({draft.country for draft in drafts})
    codes = ["", *sorted(units)]
    names = marisa_trie.Trie(sorted({draft.name for draft in drafts} | {draft.id for draft in drafts if draft.id}))
    trie, postings = _post(drafts)
    trie.save(str(folder / "keys.marisa"))
    names.save(str(folder / "names.marisa"))
    np.save(folder / "places.npy", _table(drafts, names, countries, codes))
    np.save(folder / "postings.npy", postings)
    build = {
        "keys": len(trie),
        "places": len(drafts),
        "countries": countries,
        "units": [[code.split(".", 1)[0], units[code]] if code else ["", ""] for code in codes],
        **about,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in INDEX_FILES},
    }
    (folder / "build.json").write_text(json.dumps(build, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    size = sum((folder / name).stat().st_size for name in INDEX_FILES)
    return {"keys": len(trie), "places": len(drafts), "bytes": size}


def _table(
    drafts: Sequence[Draft], names: marisa_trie.Trie, countries: Sequence[str], codes: Sequence[str]
) -> NDArray[np.void]:
    layout = ADDED_ROW if any(draft.flags & ADDED for draft in drafts) else PLACE_ROW
    steps = POINT_STEPS[layout]
    unit_of = {code: number for number, code in enumerate(codes)}
    country_of = {country: number for number, country in enumerate(countries)}
    table = np.zeros(len(drafts), dtype=layout)
    for row, draft in enumerate(drafts):
        values = (
            draft.geonameid,
            names[draft.name],
            round(draft.lat * steps),
            round(draft.lon * steps),
            encode_population(draft.population),
            unit_of.get(draft.admin1, 0),
            country_of[draft.country],
            KINDS.index(draft.kind),
            draft.flags,
        )
        table[row] = (*values, names[draft.id or draft.name]) if layout == ADDED_ROW else values
    return table


def _post(drafts: Iterable[Draft]) -> tuple[marisa_trie.Trie, NDArray[np.uint32]]:
    """Return the trie of keys and the postings: where each key's begin, then all of them in the order of the trie."""
    keys: list[str] = []
    codes = array("I")
    for row, draft in enumerate(drafts):
        for key, own in draft_keys(draft):
            keys.append(key)
            codes.append(row << 1 | own)
    trie = marisa_trie.Trie(sorted(set(keys)))
    numbers = np.fromiter((trie[key] for key in keys), dtype=np.uint64, count=len(keys))
    flat = np.unique(numbers << np.uint64(32) | np.frombuffer(codes, dtype=np.uint32).astype(np.uint64))
    # A key that is one place's own name and another name of it too counts as its own: the odd code of the two.
    flat = flat[np.append(flat[1:] >> np.uint64(1) != flat[:-1] >> np.uint64(1), True)] if len(flat) else flat
    starts = np.searchsorted(flat >> np.uint64(32), np.arange(len(trie) + 1, dtype=np.uint64)).astype(np.uint32)
    return trie, np.concatenate([starts, (flat & np.uint64(0xFFFFFFFF)).astype(np.uint32)])


def draft_keys(draft: Draft) -> Iterator[tuple[str, bool]]:
    """Yield the keys under which a place is found, each with whether it is the place's own name."""
    own = name_key(draft.name)
    respelled = draft.country in RESPELLED or (draft.flags & CURATED and draft.kind not in {"admin1", "country"})
    for name in {draft.name, *draft.aliases}:
        key = name_key(name)
        if not key.isascii() or not key:
            continue
        yield key, key == own
        loose = place_key(name) if respelled else ""
        if len(loose) >= SHORTEST_SPELLING:
            yield spelling_key(loose), key == own
        bare = skeleton_key(name, draft.country) if respelled and draft.kind in TOWN_KINDS else ""
        if len(bare) >= SHORTEST_SKELETON:
            yield sound_key(bare, draft.country), key == own
    if draft.flags & ADDED:
        yield id_key(draft.id or str(draft.geonameid)), False


def has_key(names: Collection[str]) -> bool:
    """Return whether any of the names can be looked up: one in Latin letters.

    >>> has_key(["حماة"]), has_key(["حماة", "Ḩamāh"])
    (False, True)
    """
    return any(key and key.isascii() for key in map(name_key, names))
