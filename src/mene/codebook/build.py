"""Building the codebook's records out of the rows of its files."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from mene.codebook.entries import (
    Actor,
    ActorKind,
    City,
    Cue,
    EventEntry,
    EventTypeEntry,
    Generic,
    Hedge,
    HedgeScope,
    Leader,
    Link,
    LoadedPhrase,
    Mode,
    Outlet,
    Relation,
    Role,
    State,
    Term,
)
from mene.codebook.load import (
    SPECS,
    Row,
    read_choice,
    read_day,
    read_flag,
    read_list,
    read_rows,
    row_label,
    text_or_none,
)
from mene.errors import CodebookError
from mene.vocabulary import EventType, Modality, StatementKind

_MODALITIES = get_args(Modality)


def _where(name: str, row: Row) -> str:
    return f"{name}: row {row_label(row, SPECS[name])}"


def build_actors(extra: Sequence[Path] = ()) -> dict[str, Actor]:
    """Return the actors of `actors.yaml` by id."""
    return {row["id"]: _actor(row) for row in read_rows("actors.yaml", extra)}


def _actor(row: Row) -> Actor:
    where = _where("actors.yaml", row)
    since = read_day(row.get("valid_from"), where=where)
    until = read_day(row.get("valid_to"), end=True, where=where)
    if since and until and since > until:
        raise CodebookError(f"{where}: valid_from is after valid_to; correct one of them")
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=cast(ActorKind, read_choice(row, "kind", get_args(ActorKind), where)),
        country=text_or_none(row, "country"),
        aliases=read_list(row, "aliases", where),
        shared_aliases=read_list(row, "shared_aliases", where),
        valid_from=since,
        valid_to=until,
        links=tuple(_link(link, where) for link in row.get("links") or ()),
        note=text_or_none(row, "note"),
    )


def _link(row: Row, where: str) -> Link:
    _check_columns(row, ("to", "relation", "from", "until", "disputed"), ("to", "relation"), where)
    since = read_day(row.get("from"), where=where)
    until = read_day(row.get("until"), end=True, where=where)
    if since and until and since > until:
        raise CodebookError(f"{where}: the link to {row['to']} begins after it ends; correct its dates")
    relation = cast(Relation, read_choice(row, "relation", get_args(Relation), where))
    return Link(row["to"], relation, since, until, read_flag(row, "disputed", where))


def _check_columns(row: Any, allowed: Sequence[str], required: Sequence[str], where: str) -> None:
    if not isinstance(row, dict):
        raise CodebookError(f"{where}: '{row}' is no mapping; write {{{required[0]}: ..., {required[-1]}: ...}}")
    for column in row:
        if column not in allowed:
            raise CodebookError(f"{where}: unknown column '{column}'; the columns are {', '.join(allowed)}")
    for column in required:
        if not row.get(column):
            raise CodebookError(f"{where}: a part of it has no '{column}'; fill it in")


def build_states(extra: Sequence[Path] = ()) -> dict[str, State]:
    """Return the states by ISO alpha-2 code; government, army and rebels get the usual ids where none is given."""
    return {row["iso2"]: _state(row) for row in read_rows("states.yaml", extra)}


def _state(row: Row) -> State:
    where = _where("states.yaml", row)
    prefix = row["iso3"].lower()
    return State(
        iso2=row["iso2"],
        iso3=row["iso3"],
        name=row["name"],
        demonyms=read_list(row, "demonyms", where),
        capital=row["capital"],
        aliases=read_list(row, "aliases", where),
        metonyms=read_list(row, "metonyms", where),
        government=text_or_none(row, "government") or f"{prefix}-government",
        army=text_or_none(row, "army") or f"{prefix}-army",
        rebels=text_or_none(row, "rebels") or f"{prefix}-rebels",
    )


def build_roles(extra: Sequence[Path] = ()) -> dict[str, Role]:
    """Return the roles that every country has, by id."""
    return {row["id"]: _role(row) for row in read_rows("roles.yaml", extra)}


def _role(row: Row) -> Role:
    where = _where("roles.yaml", row)
    kind = cast(ActorKind, read_choice(row, "kind", get_args(ActorKind), where))
    return Role(row["id"], row["name"], kind, text_or_none(row, "part_of"), read_list(row, "opposes", where))


def build_generics(extra: Sequence[Path] = ()) -> list[Generic]:
    """Return the generic phrases with the role each names."""
    return [
        Generic(phrase, row["role"], read_flag(row, "needs_country", where))
        for row, phrase, where in _grouped("generics.yaml", extra)
    ]


def _grouped(name: str, extra: Sequence[Path]) -> Iterator[tuple[Row, str, str]]:
    """Yield each phrase of a file whose rows hold many phrases, with its row and the row's name for messages."""
    for row in read_rows(name, extra):
        where = _where(name, row)
        for phrase in read_list(row, "phrases", where):
            yield row, phrase, where


def build_leaders(extra: Sequence[Path] = ()) -> dict[str, Leader]:
    """Return the leaders by id."""
    return {row["id"]: _leader(row) for row in read_rows("leaders.yaml", extra)}


def _leader(row: Row) -> Leader:
    where = _where("leaders.yaml", row)
    terms = tuple(_term(term, where) for term in row["terms"])
    return Leader(
        row["id"],
        row["name"],
        read_list(row, "aliases", where),
        read_list(row, "shared_aliases", where),
        terms,
    )


def _term(row: Row, where: str) -> Term:
    _check_columns(row, ("role", "actor", "country", "from", "until", "rules"), ("role", "actor"), where)
    since = read_day(row.get("from"), where=where)
    until = read_day(row.get("until"), end=True, where=where)
    if since and until and since > until:
        raise CodebookError(f"{where}: the term as {row['role']} begins after it ends; correct its dates")
    return Term(row["role"], row["actor"], text_or_none(row, "country"), since, until, read_flag(row, "rules", where))


def build_cues(extra: Sequence[Path] = ()) -> list[Cue]:
    """Return the attribution cues; for one phrase and part of speech the last row wins."""
    kinds = get_args(StatementKind)
    cues: dict[tuple[str, str], Cue] = {}
    for row, phrase, where in _grouped("cues.yaml", extra):
        upos = read_choice(row, "upos", ("VERB", "NOUN", "ADP"), where)
        kind = cast(StatementKind, read_choice(row, "kind", kinds, where))
        modality = cast(Modality, read_choice(row, "modality", _MODALITIES, where))
        cues[(phrase, upos)] = Cue(phrase, upos, kind, modality, text_or_none(row, "note"))
    return list(cues.values())


def build_hedges(extra: Sequence[Path] = ()) -> list[Hedge]:
    """Return the hedges; for one phrase and scope the last row wins."""
    hedges: dict[tuple[str, str], Hedge] = {}
    for row, phrase, where in _grouped("hedges.yaml", extra):
        modality = cast(Modality, read_choice(row, "modality", _MODALITIES, where))
        scope = cast(HedgeScope, read_choice(row, "scope", get_args(HedgeScope), where))
        hedges[(phrase, scope)] = Hedge(phrase, modality, scope, text_or_none(row, "note"))
    return list(hedges.values())


def build_event_types(extra: Sequence[Path] = ()) -> dict[EventType, EventTypeEntry]:
    """Return the event types with their modes."""
    return {cast(EventType, row["type"]): _event_type(row) for row in read_rows("event_types.yaml", extra)}


def _event_type(row: Row) -> EventTypeEntry:
    where = _where("event_types.yaml", row)
    kind = cast(EventType, read_choice(row, "type", get_args(EventType), where))
    modes = row["modes"] or {}
    if not isinstance(modes, dict):
        raise CodebookError(f"{where}: 'modes' is no mapping; write {{mode: definition}}")
    return EventTypeEntry(
        kind,
        row["definition"],
        int(row["quad"]),
        row["cameo_root"],
        tuple(Mode(name, definition) for name, definition in modes.items()),
        row["example"],
    )


def build_lexicon(extra: Sequence[Path] = ()) -> list[EventEntry]:
    """Return the verbs and nouns that name events; for one phrase, part of speech and need the later row wins."""
    entries: dict[tuple[str, str, str | None], EventEntry] = {}
    for row, phrase, where in _grouped("event_lexicon.yaml", extra):
        entry = _event_entry(row, phrase, where)
        entries[(phrase, entry.upos, entry.needs)] = entry
    return list(entries.values())


def _event_entry(row: Row, phrase: str, where: str) -> EventEntry:
    prepositions = row.get("prepositions") or {}
    if not isinstance(prepositions, dict):
        raise CodebookError(f"{where}: 'prepositions' is no mapping; write {{to: actor}}")
    return EventEntry(
        phrase=phrase,
        upos=read_choice(row, "upos", ("VERB", "NOUN"), where),
        type=cast(EventType, read_choice(row, "type", get_args(EventType), where)),
        mode=text_or_none(row, "mode"),
        subject=text_or_none(row, "subject") or "actor",
        object=text_or_none(row, "object") or "recipient",
        prepositions=tuple(prepositions.items()),
        needs=text_or_none(row, "needs"),
    )


def build_loaded(extra: Sequence[Path] = ()) -> list[LoadedPhrase]:
    """Return the loaded words and phrases; for one phrase the last row wins."""
    loaded: dict[str, LoadedPhrase] = {}
    for row, phrase, where in _grouped("loaded_words.yaml", extra):
        loaded[phrase] = LoadedPhrase(phrase, str(row["why"]), _weight(row, where), text_or_none(row, "plain"))
    return list(loaded.values())


def _weight(row: Row, where: str) -> float:
    try:
        weight = float(str(row.get("weight")))
    except ValueError as error:
        raise CodebookError(f"{where}: 'weight' is no number; write one between 0 and 1") from error
    if not 0 <= weight <= 1:
        raise CodebookError(f"{where}: 'weight' is {weight}; write a number between 0 and 1")
    return weight


def build_reliability(extra: Sequence[Path] = ()) -> dict[str, str]:
    """Return the Admiralty letter of each source that is listed, by its name or id as written there."""
    found = {}
    for row in read_rows("reliability.yaml", extra):
        where = _where("reliability.yaml", row)
        found[str(row["source"])] = read_choice(row, "letter", ("A", "B", "C", "D", "E", "F"), where)
    return found


def build_outlets(extra: Sequence[Path] = ()) -> dict[str, Outlet]:
    """Return the outlets and monitors by id."""
    return {row["id"]: _outlet(row) for row in read_rows("outlets.yaml", extra)}


def _outlet(row: Row) -> Outlet:
    where = _where("outlets.yaml", row)
    kind = read_choice(row, "kind", ("outlet", "monitor", "social account"), where)
    return Outlet(
        row["id"],
        row["name"],
        cast(Any, kind),
        text_or_none(row, "country"),
        read_list(row, "aliases", where),
        text_or_none(row, "side"),
    )


def build_capitals(extra: Sequence[Path] = ()) -> dict[str, tuple[str, ...]]:
    """Return the spellings of capitals by ISO alpha-2 code."""
    return {
        row["iso2"]: tuple(part.strip() for part in row["capital"].split("|"))
        for row in read_rows("capitals.csv", extra)
    }


def build_cities(extra: Sequence[Path] = ()) -> list[City]:
    """Return the provincial capitals; the first spelling is the name, the others follow after `|`."""
    cities = []
    for row in read_rows("provincial_capitals.csv", extra):
        name, *spellings = (part.strip() for part in row["capital"].split("|"))
        cities.append(City(row["iso2"], row["admin1"], name, tuple(spellings)))
    return cities
