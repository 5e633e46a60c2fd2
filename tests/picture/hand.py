"""Hand-made statements, events and sides for the tests of the picture."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mene.records import (
    Event,
    Evidence,
    Numbers,
    Participant,
    Place,
    Source,
    Statement,
    Tone,
    content_id,
)
from mene.vocabulary import FACTUALITY_OF_MODALITY, EventType, Modality, SourceKind


class HandMadeSides:
    """Rebels (with HTS and SNA in them) against the government (with its army and agency); Iran with the Quds Force."""

    _wholes: ClassVar = {
        "hts": ("rebels",),
        "sna": ("rebels",),
        "army": ("government",),
        "agency": ("government",),
        "quds": ("iran",),
    }

    def ancestors(self, actor_id: str, on: date | None = None, /) -> tuple[tuple[str, str], ...]:
        return tuple((whole, "part_of") for whole in self._wholes.get(actor_id, ()))

    def _side(self, actor_id: str) -> str:
        return self._wholes.get(actor_id, (actor_id,))[0]

    def is_side(self, source_id: str | None, /) -> bool:
        return source_id is not None

    def same_side(self, a: str, b: str, on: date | None = None, /) -> bool:
        return self._side(a) == self._side(b)

    def letter(self, name: str, actor_id: str | None = None, /) -> str:
        return "F"

    def opposed(self, a: str, b: str, on: date | None = None, /) -> bool:
        return {self._side(a), self._side(b)} == {"rebels", "government"}


SIDES = HandMadeSides()


def party(actor_id: str | None, name: str = "", country: str | None = "SY") -> Participant:
    name = name or str(actor_id)
    return Participant(name, name, actor_id, "by hand", 1.0, country)


REBELS, HTS, ARMY, GOVERNMENT = party("rebels"), party("hts", "HTS"), party("army"), party("government")
IRAN, QUDS, RUSSIA = party("iran", "Iran", "IR"), party("quds", "Quds Force", "IR"), party("russia", "Russia", "RU")


def town(name: str, *, country: str = "SY") -> Place:
    return Place(name, name, f"g:{name.casefold()}", 35.0, 36.7, country, "city", "exact", 0.9)


HAMA, HOMS, DARAA, DAMASCUS = town("Hama"), town("Homs"), town("Daraa"), town("Damascus")


def outlet(name: str, actor_id: str | None = None) -> Source:
    return Source(name, "outlet", None, actor_id)


def speaker(name: str, kind: SourceKind = "official", actor_id: str | None = None) -> Source:
    return Source(name, kind, None, actor_id)


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def say(text: str, *sources: Source, published: str = "12-07", article: str = "", start: int = 0) -> Statement:
    """Return a statement; its article is named after its outlet and day unless `article` names it."""
    article = article or f"{sources[-1].name} {published}"
    evidence = Evidence(article, start, start + len(text))
    when = day(published)
    return Statement(
        id=content_id("s", article, start, text, sources[0].name),
        evidence=evidence,
        sentence=evidence,
        text=text,
        sentence_text=text,
        sources=sources,
        kind="report",
        factuality=3.0,
        modality="asserted",
        tone=Tone(0.0),
        said_at=None,
        published_at=when,
        first_seen=when,
    )


def tell(
    statement: Statement,
    type_: EventType,
    *,
    by: Participant | None = None,
    to: Participant | None = None,
    at: Place | None = None,
    on: str | None = None,
    mode: str | None = None,
    modality: Modality = "asserted",
    background: bool = False,
    numbers: Numbers | None = None,
) -> Event:
    when = day(on) if on else None
    return Event(
        id=content_id("e", statement.id, type_, mode, by and by.name, to and to.name, at and at.name, modality, on),
        statement_id=statement.id,
        type=type_,
        mode=mode,
        actors=(by,) if by else (),
        recipients=(to,) if to else (),
        place=at,
        occurred_start=when,
        occurred_end=when,
        precision="day" if when else "unknown",
        factuality=FACTUALITY_OF_MODALITY[modality],
        modality=modality,
        numbers=numbers or Numbers(),
        evidence=statement.evidence,
        text=statement.text,
        background=background,
    )


def seen_on(statement: Statement, first_seen: str) -> Statement:
    return replace(statement, first_seen=day(first_seen))
