"""What is shown: readings with the picture, the signals and the outlook drawn from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mene import __version__
from mene.contract import reading_document
from mene.outlook import load_indicators
from mene.picture import OriginGroup
from mene.picture.collector import uncollected
from mene.picture.history import History
from mene.pipeline import history_of, known_by, origins_of, outlook_of, picture_of
from mene.records import Article, Event, Outlook, Picture, Reading, Signal, Statement
from mene.report.contents import Contents, gather_contents
from mene.statements.tone import sum_up

if TYPE_CHECKING:
    from mene.codebook import Codebook


@dataclass(frozen=True, slots=True)
class View:
    """Readings and all that is drawn from them for one pair of days."""

    readings: tuple[Reading, ...]
    picture: Picture
    signals: tuple[Signal, ...]
    outlook: tuple[Outlook, ...]
    origins: tuple[OriginGroup, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that were read."""
        return tuple(reading.article for reading in self.readings)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, article by article."""
        return tuple(statement for reading in self.readings for statement in reading.statements)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, article by article."""
        return tuple(event for reading in self.readings for event in reading.events)


@uncollected()
def view(readings: Sequence[Reading], codebook: "Codebook", *, as_of: date | None, on: date | None) -> View:
    """Return what is to be shown: as known on `as_of` and true on `on`, which is `as_of` where it is not given."""
    known = known_by(readings, as_of)
    origins = origins_of(known, known=as_of)
    picture = picture_of(known, codebook, on=on or as_of, known=as_of, origins=origins)
    return View(known, picture, *outlook_of(picture, known, codebook, origins=origins), origins)


def document(shown: View, model: str | None) -> dict[str, Any]:
    """Return the object of the JSON contract."""
    dropped = [row for reading in shown.readings for row in reading.dropped]
    parts = (shown.articles, shown.statements, shown.events, shown.picture, shown.signals, shown.outlook, dropped)
    wordings = [sum_up(article.id, shown.statements) for article in shown.articles]
    return reading_document(*parts, wordings=wordings, version=__version__, model=model)


def names_of(shown: View, codebook: "Codebook") -> dict[str, str]:
    """Return the names of the leaders and indicators that the signals speak of, by id."""
    leaders = {signal.leader for signal in shown.signals}
    found = {key: leader.name for key in leaders if (leader := codebook.leader(key))}
    return {**found, **{indicator.id: indicator.name for indicator in load_indicators()}}


def contents_of(shown: View, codebook: "Codebook", *, history: bool = False) -> Contents:
    """Return all that a view shows, indexed; with how its places came to be held where that is wanted."""
    return gather_contents(
        shown.picture,
        shown.statements,
        shown.events,
        articles=shown.articles,
        signals=shown.signals,
        outlook=shown.outlook,
        dropped=(row for reading in shown.readings for row in reading.dropped),
        names=names_of(shown, codebook),
        letters=codebook.reliability,
        is_side=codebook.is_side,
        history=_history_of(shown, codebook) if history else None,
        kinds=_kinds_of(shown.events, codebook) if history else None,
        origins=shown.origins,
    )


def _history_of(shown: View, codebook: "Codebook") -> History | None:
    return history_of(shown.readings, codebook, known=shown.picture.known, origins=shown.origins)


def _kinds_of(events: "tuple[Event, ...]", codebook: "Codebook") -> dict[str, str]:
    """Return the codebook's kinds of the actors of events, by their ids."""
    ids = {party.actor_id for event in events for party in (*event.actors, *event.recipients) if party.actor_id}
    return {key: actor.kind for key in sorted(ids) if (actor := codebook.actor(key))}
