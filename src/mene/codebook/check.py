"""Checking that every file of the codebook is sound: each finding is one line naming file, row and remedy."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from mene.codebook.book import Codebook
from mene.codebook.build import build_reliability
from mene.codebook.entries import Actor, Leader, Term
from mene.codebook.load import SPECS, read_list, read_rows
from mene.codebook.phrases import name_key
from mene.vocabulary import EVENT_TYPES, QUAD_CLASS


def check_codebook(*extra: Path) -> list[str]:
    """Return what is wrong with the codebook, one line each; an empty list for a sound one.

    Faults that stop a file from being read at all raise CodebookError instead.
    """
    for name in SPECS:
        if any((folder / name).is_file() for folder in extra):
            read_rows(name, extra)
    book = Codebook(*extra)
    build_reliability(extra)
    findings = (
        *_check_links(book),
        *_check_cycles(book),
        *_check_names(book),
        *_check_terms(book),
        *_check_reigns(book),
        *_check_states(book),
        *_check_words(book, extra),
    )
    return list(findings)


def find_strays(folder: Path) -> list[str]:
    """Return what in a user's folder is no file of the codebook, one line each; "README" and hidden files aside."""
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith((".", "README")))
    strays = [name for name in names if name not in SPECS]
    if not any(name in SPECS for name in names):
        return [f"the codebook folder {folder} has no file of the codebook; its files are called {', '.join(SPECS)}"]
    return [
        f"{folder / name} is no file of the codebook and was not read; they are {', '.join(SPECS)}" for name in strays
    ]


def _check_links(book: Codebook) -> Iterator[str]:
    for actor in book.actors.values():
        if actor.country and actor.country not in book.states:
            yield f"actors.yaml: row {actor.id}: country {actor.country} is not in states.yaml; correct it"
        for link in actor.links:
            if book.actor(link.to) is None:
                yield f"actors.yaml: row {actor.id}: the link leads to '{link.to}', no actor; add or correct it"
    for outlet in book.outlets.values():
        if outlet.side and book.actor(outlet.side) is None:
            yield f"outlets.yaml: row {outlet.id}: the side '{outlet.side}' is no actor; add it or correct it"
        if outlet.country and outlet.country not in book.states:
            yield f"outlets.yaml: row {outlet.id}: country {outlet.country} is not in states.yaml; correct the code"


def _check_cycles(book: Codebook) -> Iterator[str]:
    for actor in book.actors.values():
        if actor.id in _reach(book, actor):
            way = " -> ".join(_circle(book, actor))
            yield f"actors.yaml: row {actor.id} is part of itself ({way}); cut one of these part_of links"


def _reach(book: Codebook, actor: Actor) -> set[str]:
    """Return all that the actor is part of, whenever; the actor itself where the links run in a circle."""
    found: set[str] = set()
    queue = [actor.id]
    while queue:
        current = book.actor(queue.pop())
        for link in current.links if current else ():
            if link.relation == "part_of" and link.to not in found:
                found.add(link.to)
                queue.append(link.to)
    return found


def _circle(book: Codebook, actor: Actor) -> list[str]:
    """Return the ids along a shortest way of part_of links from an actor back to itself."""
    ways = [[actor.id]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        current = book.actor(way[-1])
        for link in current.links if current else ():
            if link.relation == "part_of" and link.to == actor.id:
                return [*way, link.to]
            if link.relation == "part_of" and link.to not in seen:
                seen.add(link.to)
                ways.append([*way, link.to])
    return [actor.id]


def _check_names(book: Codebook) -> Iterator[str]:
    """Yield names that two rows of a file claim without both listing them under shared_aliases."""
    people = [
        ("actors.yaml", actor.id, (actor.name, *actor.aliases), actor.shared_aliases) for actor in book.actors.values()
    ]
    people += [
        ("leaders.yaml", leader.id, (leader.name, *leader.aliases), leader.shared_aliases)
        for leader in book.leaders.values()
    ]
    people += [("outlets.yaml", outlet.id, (outlet.name, *outlet.aliases), ()) for outlet in book.outlets.values()]
    owners: dict[tuple[str, tuple[str, ...]], list[tuple[str, bool]]] = defaultdict(list)
    for file, row, names, shared in people:
        for key in dict.fromkeys(name_key(name) for name in names):
            owners[(file, key)].append((row, False))
        for name in shared:
            owners[(file, name_key(name))].append((row, True))
    for (file, key), rows in owners.items():
        if len(rows) > 1 and not all(shared for _, shared in rows):
            where = ", ".join(row for row, _ in rows)
            yield f"{file}: '{' '.join(key)}' names {where}; list it under shared_aliases in each, or drop it"


def _check_terms(book: Codebook) -> Iterator[str]:
    for leader in book.leaders.values():
        for term in leader.terms:
            if book.actor(term.actor) is None:
                yield f"leaders.yaml: row {leader.id}: '{term.actor}' is no actor; add it or correct it"
            if term.country and term.country not in book.states:
                yield f"leaders.yaml: row {leader.id}: country {term.country} is not in states.yaml; correct the code"
        yield from _check_order(leader)


def _check_order(leader: Leader) -> Iterator[str]:
    starts = [term.since or date.min for term in leader.terms]
    if starts != sorted(starts):
        yield f"leaders.yaml: row {leader.id}: its terms are not in order of time; put the oldest first"


def _check_reigns(book: Codebook) -> Iterator[str]:
    """Yield pairs that hold the effective power of one country on the same days; the day of handing over is free."""
    reigns: dict[str, list[tuple[Term, str]]] = defaultdict(list)
    for leader in book.leaders.values():
        for term in leader.terms:
            if term.rules and term.country:
                reigns[term.country].append((term, leader.id))
    for country, held in reigns.items():
        held.sort(key=lambda item: item[0].since or date.min)
        for (earlier, one), (later, other) in pairwise(held):
            if (earlier.until or date.max) > (later.since or date.min):
                yield f"leaders.yaml: {one} and {other} both rule {country} on {later.since}; correct a date"


def _check_states(book: Codebook) -> Iterator[str]:
    for iso2 in (iso2 for iso2, count in Counter(s.iso3 for s in book.states.values()).items() if count > 1):
        yield f"states.yaml: the code {iso2} is there twice; correct one"
    for row in read_rows("capitals.csv"):
        state = book.states.get(row["iso2"])
        if state is None or name_key(state.capital) != name_key(row["capital"].split("|")[0]):
            yield f"capitals.csv: row {row['iso2']}: the first spelling is not the capital of states.yaml; correct it"
    for city in book.cities:
        if city.iso2 not in book.states:
            yield f"provincial_capitals.csv: row {city.iso2} {city.admin1}: no such country; correct the code"
    for generic in book.generics:
        if generic.role not in book.roles:
            yield f"generics.yaml: row {generic.role}: no such role; add it to roles.yaml"
    for role in book.roles.values():
        for other in filter(None, (role.part_of, *role.opposes)):
            if other not in book.roles:
                yield f"roles.yaml: row {role.id}: '{other}' is no role; add it or correct it"


def _check_words(book: Codebook, extra: Iterable[Path]) -> Iterator[str]:
    folders = tuple(extra)
    for kind in EVENT_TYPES:
        entry = book.event_types.get(kind)
        if entry is None:
            yield f"event_types.yaml: {kind} is missing; add its row"
        elif entry.quad != QUAD_CLASS[kind]:
            yield f"event_types.yaml: row {kind}: quad is {entry.quad}; the vocabulary says {QUAD_CLASS[kind]}"
    for row in read_rows("event_lexicon.yaml", folders):
        entry = book.event_types.get(row["type"])
        mode = row.get("mode")
        if mode and entry and mode not in {known.name for known in entry.modes}:
            yield f"event_lexicon.yaml: row {row['type']} {mode}: no such mode in event_types.yaml; correct it"
    for name, columns in _GROUPED.items():
        yield from _check_twice(name, columns)


_GROUPED = {
    "generics.yaml": ("role", "needs_country"),
    "cues.yaml": ("upos",),
    "hedges.yaml": ("scope",),
    "event_lexicon.yaml": ("upos", "needs"),
    "loaded_words.yaml": (),
}
"""The files whose rows hold many phrases, and the columns that may tell two uses of one phrase apart."""


def _check_twice(name: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Yield phrases that stand twice in a built-in file, where the second would silently win."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in read_rows(name):
        kinds = tuple(str(row.get(column)) for column in columns)
        seen.update((phrase, *kinds) for phrase in read_list(row, "phrases", SPECS[name].name))
    for key, count in seen.items():
        if count > 1:
            yield f"{name}: '{key[0]}' is there twice ({', '.join(key[1:])}); keep one"
