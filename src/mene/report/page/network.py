"""The network of backing and fighting: one drawing whose places stay while its lines come and go with the days."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from mene.report.contents import Contents
from mene.report.page.cited import Opening, open_statements
from mene.report.page.density import count_days
from mene.report.page.labels import Box, Label, box_of, place_captions, place_labels, spread
from mene.report.page.strokes import RADIUS, Point, between, draw_path, find_ends, stretch
from mene.report.page.tie_rows import BackingRow, FightRow, ForceRow, show_backings, show_fights, show_forces
from mene.report.page.ties import FIGHTING_DAYS, MANNERS, UNKNOWN, Manner, Part, Tie, Ties, statements_of
from mene.report.words import say_number

MOST_ACTORS = 24
MOST_LINES = 60
MOST_PARTS = 200
"""Tellings of one tie that the script can replay, the last ones."""

WIDTH, HEIGHT = 760, 520
_MARGIN_X, _MARGIN_Y = 84, 30
_SIZE, _SMALL = 12.0, 10.0
_LEAST_APART = 58.0


LineKey = tuple[str, str, Manner, bool]
"""What a line stands for: from whom, to whom, the manner, and whether it is told as fact."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may be drawn between two actors. `is_shown` says whether it is in the last state."""

    number: int
    source: str
    target: str
    manner: Manner
    is_sure: bool
    path: str
    name: str
    caption: str
    label: Label | None
    width: float
    opening: Opening
    is_shown: bool

    @property
    def style(self) -> str:
        """The classes it is drawn by."""
        return f"{self.manner}{'' if self.is_sure else ' unsure'}"


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in the drawing."""

    number: int
    name: str
    x: float
    y: float
    label: Label | None
    title: str
    opening: Opening
    is_shown: bool


@dataclass(frozen=True, slots=True)
class NetworkPanel:
    """The drawing with its tables. `others` are the actors of weaker ties, which are not drawn."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    unnamed: tuple[str, ...]
    others: tuple[str, ...]
    summary: str
    backings: tuple[BackingRow, ...]
    fights: tuple[FightRow, ...]
    forces: tuple[ForceRow, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn: the strongest actors by key in a fixed order, the lines between them and their ties."""

    ties: Ties
    actors: tuple[str, ...]
    others: tuple[str, ...]
    lines: tuple[LineKey, ...]
    drawn: tuple[Tie, ...]


def choose_network(ties: Ties) -> Network:
    """Return what to draw: the lines of backing and of fighting that most origins tell of, by turns, of few actors.

    Whom the codebook does not know is drawn only if two origins tell of it: a name misread is mostly told by one.
    """
    weights: Counter[LineKey] = Counter()
    for one in ties.ties:
        if one.weight > 1 or not (one.source.startswith(UNKNOWN) or one.target.startswith(UNKNOWN)):
            weights.update(dict.fromkeys(_lines_of(one), one.weight))
    lines: list[LineKey] = []
    actors: dict[str, None] = {}
    for key in _by_turns(sorted(weights, key=lambda key: (-weights[key], key))):
        if len(lines) < MOST_LINES and len({*actors, *key[:2]}) <= MOST_ACTORS:
            lines.append(key)
            actors |= dict.fromkeys(key[:2])
    others = dict.fromkeys(key for one in ties.ties for key in (one.source, one.target) if key not in actors)
    drawn = tuple(one for one in ties.ties if not set(lines).isdisjoint(_lines_of(one)))
    return Network(ties, tuple(actors), tuple(ties.names[key] for key in others), tuple(lines), drawn)


def _by_turns(ranked: Sequence[LineKey]) -> list[LineKey]:
    """Return lines so that neither backing nor fighting crowds the other out."""
    fighting = [key for key in ranked if key[2] == "fighting"]
    backing = [key for key in ranked if key[2] != "fighting"]
    return [key for pair in zip_longest(backing, fighting) for key in pair if key]


def _lines_of(tie: Tie) -> list[LineKey]:
    """Return the lines by which a tie is ever drawn: one for each manner that it is told in."""
    manners = dict.fromkeys(part.manner for part in tie.parts)
    return [(tie.source, tie.target, manner, tie.is_sure) for manner in manners]


# --- the drawing ------------------------------------------------------------------------------------------------------


def show_network(network: Network, contents: Contents) -> NetworkPanel:
    """Return the last state of the network, with the tables beside it."""
    at = _lay_out(network)
    names = [network.ties.names[key] for key in network.actors]
    standing = _standing(network)
    labels = place_labels(
        [at[key] for key in network.actors], names, size=_SIZE, radius=RADIUS + 3, frame=(2, 2, WIDTH - 2, HEIGHT - 2)
    )
    lines = _draw_lines(network, at, standing, labels, contents)
    shown = {key for line in lines if line.is_shown for key in network.lines[line.number][:2]}
    nodes = tuple(
        _node(number, key, at[key], labels[number], key in shown, network, contents)
        for number, key in enumerate(network.actors)
    )
    return NetworkPanel(
        nodes=nodes,
        lines=lines,
        unnamed=tuple(one.name for one in nodes if one.label is None),
        others=network.others,
        summary=_summarise(lines, len(shown)),
        backings=tuple(show_backings(contents)),
        fights=tuple(show_fights(network.ties, network.drawn, contents)),
        forces=tuple(show_forces(contents)),
    )


def _standing(network: Network) -> dict[LineKey, list[tuple[Tie, tuple[Part, ...]]]]:
    """Return, for each line of the last state, the ties that it stands for with their parts."""
    found: defaultdict[LineKey, list[tuple[Tie, tuple[Part, ...]]]] = defaultdict(list)
    for tie in network.drawn:
        if parts := tie.standing(network.ties.on, network.ties.known):
            found[tie.source, tie.target, parts[0].manner, tie.is_sure].append((tie, parts))
    return found


def _lay_out(network: Network) -> dict[str, Point]:
    """Return where each actor stands: Fruchterman and Reingold's springs (1991), then moved apart."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(network.actors)
    for source, target, *_ in network.lines:
        graph.add_edge(source, target, weight=1.0)
    rank = {key: (-graph.degree(key), place) for place, key in enumerate(network.actors)}
    first_of = [min(part, key=rank.__getitem__) for part in networkx.connected_components(graph)]
    parts = sorted(first_of, key=rank.__getitem__)
    for other in parts[1:]:  # what hangs together by nothing would fly to the rim
        graph.add_edge(parts[0], other, weight=0.5)
    if not network.actors:
        return {}
    springs = networkx.spring_layout(graph, seed=7, iterations=300, k=3.0 / math.sqrt(len(network.actors)))
    frame = (_MARGIN_X, _MARGIN_Y, WIDTH - _MARGIN_X, HEIGHT - _MARGIN_Y)
    points = [(float(springs[key][0]), float(springs[key][1])) for key in network.actors]
    fitted = stretch(points, ((frame[0], frame[2]), (frame[1], frame[3])))
    apart = spread(fitted, _LEAST_APART, frame)
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in zip(network.actors, apart, strict=True)}


def _draw_lines(
    network: Network,
    at: Mapping[str, Point],
    standing: Mapping[LineKey, Sequence[tuple[Tie, tuple[Part, ...]]]],
    labels: Sequence[Label | None],
    contents: Contents,
) -> tuple[Line, ...]:
    names = network.ties.names
    ends = find_ends(network.lines, at)
    captions = [
        ", ".join(dict.fromkeys(tie.what for tie, _ in standing.get(key, ()) if tie.what)) for key in network.lines
    ]
    ways = [[between(*one, share) for share in (0.5, 0.4, 0.6, 0.32, 0.68)] for one in ends]
    taken = _taken([at[key] for key in network.actors], labels, [names[key] for key in network.actors])
    placed = place_captions(ways, _ever(network), size=_SMALL, taken=taken)
    lines = []
    for number, key in enumerate(network.lines):
        told = standing.get(key, ())
        parts = [part for _, some in told for part in some]
        origins = len({origin for part in parts for origin in part.origins})
        name = say_line(names[key[0]], names[key[1]], key[2], captions[number], is_sure=key[3])
        lines.append(
            Line(
                number,
                names[key[0]],
                names[key[1]],
                key[2],
                key[3],
                draw_path(key[2], *ends[number]),
                f"{name}; {say_number(origins, 'origin')}",
                captions[number],
                placed[number],
                line_width(key[2], origins),
                open_statements(name, statements_of(parts), contents),
                bool(told),
            )
        )
    return tuple(lines)


def _ever(network: Network) -> list[str]:
    """Return the longest caption that each line may come to bear as the days change."""
    means: defaultdict[LineKey, dict[str, None]] = defaultdict(dict)
    for tie in network.drawn:
        for key in _lines_of(tie):
            means[key] |= dict.fromkeys([tie.what] if tie.what else ())
    return [", ".join(means[key]) for key in network.lines]


def _taken(points: Sequence[Point], labels: Sequence[Label | None], names: Sequence[str]) -> list[Box]:
    symbols = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in points]
    return symbols + [box_of(one, name, _SIZE) for one, name in zip(labels, names, strict=True) if one]


def say_line(source: str, target: str, manner: Manner, what: str, *, is_sure: bool) -> str:
    """Return a line in words.

    >>> say_line("Iran", "Syria", "reduces", "troops", is_sure=True)
    'Iran reduces or ends troops for Syria'
    """
    if manner == "fighting":
        return f"{source} and {target} fight"
    verb = {"gives": "gives", "reduces": "reduces or ends", "refuses": "refuses"}[manner]
    return f"{'not told as fact: ' if not is_sure else ''}{source} {verb} {what or 'backing'} {_TO[manner]} {target}"


_TO: dict[Manner, str] = {"gives": "to", "reduces": "for", "refuses": "to"}


def line_width(manner: Manner, origins: int) -> float:
    """Return how thick a line is: fighting by how many origins tell of it, backing by its manner."""
    if manner == "fighting":
        return 1.2 + 0.5 * min(origins, 6)
    return {"gives": 3.0, "reduces": 1.5, "refuses": 1.5}[manner]


def _node(
    number: int, key: str, at: Point, label: Label | None, is_shown: bool, network: Network, contents: Contents
) -> Node:
    parts = [
        part
        for tie in network.drawn
        if key in (tie.source, tie.target)
        for part in tie.standing(network.ties.on, network.ties.known)
    ]
    name = network.ties.names[key]
    return Node(
        number, name, *at, label, f"{name}: all ties", open_statements(name, statements_of(parts), contents), is_shown
    )


def _summarise(lines: Iterable[Line], actors: int) -> str:
    shown = Counter(line.manner for line in lines if line.is_shown)
    backing = shown["gives"] + shown["reduces"] + shown["refuses"]
    fighting = say_number(shown["fighting"], "line")
    return f"{say_number(actors, 'actor')}: {say_number(backing, 'line')} of backing, {fighting} of fighting"


# --- for the script ---------------------------------------------------------------------------------------------------


def ties_data(network: Network, contents: Contents) -> dict[str, Any]:
    """Return the drawn ties for the script, which shows and hides lines as of the slider's days.

    `lines` are [source, target, manner, 1 if told as fact], in the order in which they are drawn; `ties` are
    [source, target, means, 1 if told as fact, parts]; a part is [manner, day, first told day (days since 1970, null
    where not known), origins, statements]. Actors, manners and origins are places in their tables. `on` and `known` are
    the days of the last state.
    """
    place = {key: number for number, key in enumerate(network.actors)}
    origins: dict[str, int] = {}
    ties = [
        [place[one.source], place[one.target], one.what, int(one.is_sure), _parts(one, origins, contents)]
        for one in network.drawn
    ]
    return {
        "actors": [network.ties.names[key] for key in network.actors],
        "lines": [
            [place[source], place[target], MANNERS.index(manner), int(is_sure)]
            for source, target, manner, is_sure in network.lines
        ],
        "ties": ties,
        "origins": list(origins),
        "days": FIGHTING_DAYS,
        "on": count_days(network.ties.on),
        "known": count_days(network.ties.known),
    }


def _parts(tie: Tie, origins: dict[str, int], contents: Contents) -> list[list[Any]]:
    return [
        [
            MANNERS.index(part.manner),
            count_days(part.day),
            count_days(part.told),
            [origins.setdefault(name, len(origins)) for name in part.origins],
            " ".join(contents.id(one) for one in part.statements),
        ]
        for part in tie.parts[-MOST_PARTS:]
    ]
