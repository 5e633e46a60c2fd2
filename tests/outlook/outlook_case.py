"""A country of our own for the tests of the outlook: Norland, capital Norhavn, led by Haddad."""

from dataclasses import dataclass
from datetime import date, timedelta

from mene.records import (
    Backing,
    Citation,
    Event,
    Evidence,
    Holding,
    Numbers,
    Participant,
    Picture,
    Place,
    Source,
    Statement,
    Tone,
)
from mene.vocabulary import BackingDirection, EventType, HoldingStatus, Modality, SourceKind, StatementKind

DAY = date(2030, 5, 10)


@dataclass(frozen=True)
class Entry:
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    shared_aliases: tuple[str, ...] = ()


SIDE = {
    "nor-government": "g",
    "nor-army": "g",
    "haddad": "g",
    "nor-rebels": "r",
    "sud-army": "s",
    "sud-government": "s",
}


class Codebook:
    """Norland's government and army, the rebels of the north, and Sudland, its backer."""

    def leader_of(self, country: str, on: date | None = None, /) -> Entry | None:
        return Entry("haddad", "Karim Haddad", ("Haddad",)) if country == "NO" else None

    def government_of(self, iso2: str, /) -> Entry | None:
        return Entry("nor-government", "Norland government") if iso2 == "NO" else None

    def army_of(self, iso2: str, /) -> Entry | None:
        return Entry("nor-army", "Norland army") if iso2 == "NO" else None

    def capital_of(self, iso2: str, /) -> str | None:
        return {"NO": "Norhavn", "SU": "Sudstad"}.get(iso2)

    def provincial_capital(self, name: str, /) -> tuple[str, str] | None:
        return ("NO", name) if name in ("Ostby", "Vestby", "Norhavn") else None

    def is_side(self, source_id: str | None, /) -> bool:
        return source_id is not None

    def same_side(self, a: str, b: str, on: date | None = None, /) -> bool:
        return a == b or (a in SIDE and SIDE.get(a) == SIDE.get(b))

    def letter(self, name: str, actor_id: str | None = None, /) -> str:
        return "F"

    def opposed(self, a: str, b: str, on: date | None = None, /) -> bool:
        return {SIDE.get(a), SIDE.get(b)} == {"g", "r"}

    def ancestors(self, actor_id: str, on: date | None = None, /) -> tuple[tuple[str, str], ...]:
        return ()


def party(actor_id: str | None, name: str | None = None) -> Participant:
    country = {"nor": "NO", "sud": "SU", "fro": "NO", "had": "NO"}.get((actor_id or "")[:3])
    words = name or actor_id or "somebody"
    return Participant(words, words, actor_id, "test", 1.0, country)


def place(name: str, *, latitude: float = 60.0, country: str = "NO", kind: str = "city") -> Place:
    return Place(name, name, f"p-{name}", latitude, 10.0, country, kind, "exact", 0.9)


NORHAVN, OSTBY, VESTBY = place("Norhavn"), place("Ostby", latitude=62.0), place("Vestby", latitude=63.0)
SUBURB = place("Havnby", latitude=60.1)
GOVERNMENT, ARMY, REBELS, SUDLAND = (
    party("nor-government"),
    party("nor-army"),
    party("nor-rebels"),
    party("sud-government"),
)
HADDAD = party("haddad", "Haddad")


def statement(
    text: str,
    *,
    modality: Modality = "asserted",
    kind: StatementKind = "report",
    outlet: str = "Wire",
    source: Source | None = None,
    ago: int = 0,
) -> Statement:
    name, said = f"{outlet}-{text}", DAY - timedelta(days=ago)
    wire = Source(outlet, "outlet")
    span = Evidence(f"art-{outlet}", abs(sum(map(ord, name))), abs(sum(map(ord, name))) + len(text))
    sources = (source, wire) if source else (wire,)
    return Statement(f"s-{name}", span, span, text, text, sources, kind, 3.0, modality, Tone(0.0), said, said, said)


def event(
    said: Statement,
    kind: EventType,
    *,
    actor: Participant | None = None,
    recipient: Participant | None = None,
    at: Place | None = None,
    background: bool = False,
) -> Event:
    day = said.said_at
    return Event(
        id=f"e-{kind}-{said.id}",
        statement_id=said.id,
        type=kind,
        mode=None,
        actors=(actor,) if actor else (),
        recipients=(recipient,) if recipient else (),
        place=at,
        occurred_start=day,
        occurred_end=day,
        precision="day",
        factuality=3.0,
        modality=said.modality,
        numbers=Numbers(),
        evidence=said.evidence,
        text=said.text,
        background=background,
    )


def citation(name: str = "Wire") -> Citation:
    return Citation(f"s-{name}", None, Evidence(f"art-{name}", 0, 9), name, "asserted", DAY)


def holding(at: Place, holder: Participant | None, status: HoldingStatus = "held", *, ago: int = 2) -> Holding:
    since = DAY - timedelta(days=ago)
    return Holding(f"h-{at.name}", at, holder, status, 0.8, since, (citation(),), (), ("Wire",), 0, "F3")


def backing(direction: BackingDirection, *, modality: Modality = "asserted", background: bool = False) -> Backing:
    return Backing(
        f"b-{direction}", SUDLAND, GOVERNMENT, "troops", direction, DAY, 0.7, modality, background, (citation(),),
        ("Wire",), 1, "F3",
    )  # fmt: skip


def picture(*rows: Holding | Backing) -> Picture:
    holdings = tuple(row for row in rows if isinstance(row, Holding))
    backings = tuple(row for row in rows if isinstance(row, Backing))
    return Picture(DAY, DAY, holdings, backings, (), ())


def speaker(name: str, kind: SourceKind = "official", actor_id: str | None = None) -> Source:
    return Source(name, kind, None, actor_id)
