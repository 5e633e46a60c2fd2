"""The sources: who says how much, how much of it is copied, named, unnamed or opinion, and from which side's people.

It judges where words come from and how they are worded, never whether they are true.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mene.picture import OriginGroup
from mene.picture.origins import is_named
from mene.records import Source, Statement
from mene.report.contents import Contents
from mene.report.page.cited import Opening, first_told, open_statements
from mene.report.page.density import count_days
from mene.report.page.facets import Facets
from mene.report.words import plain, say_share

MOST_ORIGINS = 500
"""Origins listed at most, those that say most; the others are counted."""

FIRST_ORIGINS = 10
"""Origins that stand in the page itself; the script shows the others."""

_SIDED = ("official", "armed side")
"""Kinds of source that may speak for a side; whose, only the codebook's id of the source tells."""

NO_SIDE = "side not known"


@dataclass(frozen=True, slots=True)
class OriginRow:
    """An independent origin: its first tellings, the copies folded under them, and the outlets that carry it."""

    name: str
    kind: str
    side: str
    statements: int
    copies: int
    outlets: tuple[str, ...]
    letter: str
    opinions: int
    opening: Opening
    facets: Facets

    @property
    def opinion_share(self) -> str:
        """The share of opinion among its first tellings."""
        return _say_share(self.opinions, self.statements)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: what it counts, how many, and where it lies, in percent of the bar."""

    kind: str
    label: str
    count: int
    start: float
    width: float
    share: str


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Whose words a group of statements are: the outlets' own, named sources' and unnamed sources'."""

    name: str
    total: int
    parts: tuple[Share, ...]
    opening: Opening

    @property
    def words(self) -> str:
        """The bar in words."""
        return ", ".join(f"{one.label} {one.count:,} ({one.share})" for one in self.parts)


@dataclass(frozen=True, slots=True)
class SideRow:
    """What one side's own people say."""

    name: str
    statements: int
    share: str
    origins: int
    opening: Opening


@dataclass(frozen=True, slots=True)
class SourcesPanel:
    """All of the panel. `left_out` origins say least and are counted only; `rest` are those of no known side."""

    origins: tuple[OriginRow, ...]
    left_out: int
    whole: ShareBar | None
    outlets: tuple[ShareBar, ...]
    sides: tuple[SideRow, ...]
    rest: tuple[SideRow, ...]
    total: int
    independent: int
    copies: int


def show_sources(contents: Contents) -> SourcesPanel:
    """Return who says how much; each row opens what it counts."""
    ranked = sorted(contents.groups, key=rank_origin)
    said, sides = tuple(contents.statements.values()), _sides(contents)
    return SourcesPanel(
        origins=tuple(show_origin(one, contents) for one in ranked[:MOST_ORIGINS]),
        left_out=max(len(ranked) - MOST_ORIGINS, 0),
        whole=_bar("All articles", said, contents) if said else None,
        outlets=tuple(_outlets(said, contents)),
        sides=tuple(one for one in sides if one.name not in _REST),
        rest=tuple(one for one in sides if one.name in _REST),
        total=len(said),
        independent=len(ranked),
        copies=sum(len(one.copies) for one in ranked),
    )


# --- origins ----------------------------------------------------------------------------------------------------------


def rank_origin(group: OriginGroup) -> tuple[int, int, str]:
    """Return what puts the origin that says most first."""
    return -len(group.statements), -len(group.copies), group.key


def show_origin(group: OriginGroup, contents: Contents) -> OriginRow:
    """Return an origin as a row."""
    name = name_origin(group)
    first = [contents.statements[one] for one in group.statements]
    outlets = Counter(contents.outlet(contents.statements[one].evidence.article_id) for one in group.statement_ids)
    return OriginRow(
        name=name,
        kind=group.source.kind if group.source.kind == "outlet" or is_named(group.source) else _describe(group.source),
        side=side_of(group.source, contents) or "",
        statements=len(group.statements),
        copies=len(group.copies),
        outlets=tuple(one for one, _ in sorted(outlets.items(), key=lambda item: (-item[1], item[0]))),
        letter=contents.letter(group.source),
        opinions=sum(one.kind == "opinion" for one in first),
        opening=open_statements(name, group.statement_ids, contents),
        facets=facets_of_origin(group, contents),
    )


def facets_of_origin(group: OriginGroup, contents: Contents) -> Facets:
    """Return by what an origin is found."""
    return Facets(origins=(name_origin(group),), told=first_told(group.statement_ids, contents))


def _describe(source: Source) -> str:
    return source.kind if source.kind == "unnamed" else f"{source.kind}, unnamed"


def name_origin(group: OriginGroup) -> str:
    """Return what an origin is called, its description where it has no name."""
    return plain(group.name or group.source.name) or f"unnamed {group.source.kind}"


def side_of(source: Source, contents: Contents) -> str | None:
    """Return whose people a source is of; None for one that speaks for no side, `NO_SIDE` where nobody knows whose.

    Officials and armed sides speak for a side. Whose it is, only the codebook's id of the source says: neither the
    words nor the outlet are taken for it.
    """
    if source.kind not in _SIDED:
        return None
    if source.actor_id is None:
        return NO_SIDE
    return plain(contents.names.get(source.actor_id) or source.name)


# --- shares -----------------------------------------------------------------------------------------------------------

_LABELS = {"own": "the outlets’ own word", "named": "named sources", "unnamed": "unnamed sources"}


def _whose(source: Source) -> str:
    return "own" if source.kind == "outlet" else "named" if is_named(source) else "unnamed"


def _bar(name: str, said: Sequence[Statement], contents: Contents) -> ShareBar:
    counts = Counter(_whose(one.origin) for one in said)
    parts, start = [], 0.0
    for kind, label in _LABELS.items():
        width = 100 * counts[kind] / len(said)
        parts.append(
            Share(kind, label, counts[kind], round(start, 2), round(width, 2), _say_share(counts[kind], len(said)))
        )
        start += width
    return ShareBar(name, len(said), tuple(parts), open_statements(name, (one.id for one in said), contents))


def _outlets(said: Iterable[Statement], contents: Contents) -> list[ShareBar]:
    """Return a bar for each outlet, of all that stands in its articles, the outlet that prints most first."""
    by_outlet: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in said:
        by_outlet[contents.outlet(one.evidence.article_id)].append(one)
    ranked = sorted(by_outlet.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_bar(name, told, contents) for name, told in ranked]


def _say_share(part: int, whole: int) -> str:
    """Return a share in percent; a few of many are never said to be none."""
    return "<1 %" if part and round(100 * part / whole) == 0 else say_share(part, whole)


# --- sides ------------------------------------------------------------------------------------------------------------


def _sides(contents: Contents) -> list[SideRow]:
    """Return what share of the statements each side's own people make, the unknown and those of no side last."""
    by_side: defaultdict[str, list[OriginGroup]] = defaultdict(list)
    for group in contents.groups:
        by_side[side_of(group.source, contents) or _NO_PARTY].append(group)

    rows = [_side(name, groups, contents) for name, groups in by_side.items()]
    return sorted(rows, key=lambda row: (_REST.index(row.name) if row.name in _REST else -1, -row.statements, row.name))


_NO_PARTY = "outlets, witnesses, monitors and others who speak for no side"
_REST = (NO_SIDE, _NO_PARTY)


def _side(name: str, groups: Sequence[OriginGroup], contents: Contents) -> SideRow:
    ids = [one for group in groups for one in group.statement_ids]
    share = _say_share(len(ids), len(contents.statements))
    return SideRow(name, len(ids), share, len(groups), open_statements(name, ids, contents))


# --- for the script ---------------------------------------------------------------------------------------------------


def sources_data(panel: SourcesPanel) -> dict[str, Any]:
    """Return the origins for the script, which sorts and filters them.

    `kinds`, `sides` and `outlets` are tables of names. A row is [name, kind, side, statements, copies, first outlet,
    how many others, letter, opinions, first told day (days since 1970, null where not known), statements].
    """
    tables: dict[str, dict[str, int]] = {"kinds": {}, "sides": {}, "outlets": {}}

    def place(table: str, name: str) -> int:
        return tables[table].setdefault(name, len(tables[table]))

    rows = [
        [
            one.name,
            place("kinds", one.kind),
            place("sides", one.side),
            one.statements,
            one.copies,
            place("outlets", one.outlets[0]),
            len(one.outlets) - 1,
            one.letter,
            one.opinions,
            count_days(one.facets.told),
            " ".join(one.opening.ids),
        ]
        for one in panel.origins
    ]
    return {**{table: list(names) for table, names in tables.items()}, "rows": rows, "step": FIRST_ORIGINS}
