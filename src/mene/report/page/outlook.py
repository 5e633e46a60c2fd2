"""The outlook panel: for each leader the signals by date, for and against, and a probability where one exists."""

from dataclasses import dataclass
from datetime import date

from mene.picture.tellings import FACTS
from mene.records import Outlook, Signal
from mene.report.contents import Contents, Worth
from mene.report.page.cited import Opening, facets_of, open_citations
from mene.report.page.facets import Facets
from mene.report.rows import say_signal
from mene.report.words import plain, say_day, say_number, say_percent


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal for or against a leader's staying; `strength` is 0..1, the catalogue's times the belief."""

    id: str
    words: str
    day: str
    stance: str
    strength: float
    is_fact: bool
    worth: Worth
    opening: Opening
    facets: Facets

    @property
    def sign(self) -> str:
        """The sign of its stance."""
        return "−" if self.stance == "against" else "+"


@dataclass(frozen=True, slots=True)
class LeaderPanel:
    """The outlook of one leader; `judgement` gives a probability only where the model behind it is calibrated."""

    name: str
    judgement: str
    base: str
    note: str
    signals: tuple[SignalRow, ...]

    @property
    def balance(self) -> str:
        """How many signals stand on each side."""
        against = sum(row.stance == "against" for row in self.signals)
        return f"{say_number(against, 'signal')} against staying, {len(self.signals) - against} for"


def show_leaders(contents: Contents) -> list[LeaderPanel]:
    """Return the outlooks, of the leader whom the strongest signals concern first."""
    panels = [_leader(one, contents) for one in contents.outlook]
    return sorted(panels, key=lambda panel: -sum(row.strength for row in panel.signals))


def _leader(outlook: Outlook, contents: Contents) -> LeaderPanel:
    days = outlook.horizon_days
    return LeaderPanel(
        name=plain(contents.leader(outlook.leader)),
        judgement=_judge(outlook),
        base=f"{say_percent(outlook.base_rate)} of leaders in a like place lose power within {days} days",
        note=plain(outlook.note),
        signals=tuple(_signal(row, contents) for row in _by_date(outlook.leader, contents)),
    )


def _judge(outlook: Outlook) -> str:
    if outlook.probability is None:
        return "Not calibrated: no probability is given"
    within = f" ({say_percent(outlook.interval[0])} to {say_percent(outlook.interval[1])})" if outlook.interval else ""
    words = f"{outlook.band}, {say_percent(outlook.probability)}{within}"
    return f"Loses power within {outlook.horizon_days} days: {words}"


def _by_date(leader: str, contents: Contents) -> list[Signal]:
    """Return a leader's signals, the last first and those without a day at the end; of one day the strongest first."""
    rows = [one for one in contents.signals if one.leader == leader]
    return sorted(rows, key=lambda row: (-(row.day or date.min).toordinal(), -row.strength, row.id))


def _signal(row: Signal, contents: Contents) -> SignalRow:
    words = say_signal(row, contents)
    return SignalRow(
        id=contents.id(row.id),
        words=words,
        day=say_day(row.day) if row.day else "no day",
        stance=row.stance,
        strength=row.strength,
        is_fact=row.modality in FACTS,
        worth=contents.worth(row),
        opening=open_citations(words, row.evidence, contents),
        facets=facets_of_signal(row, contents),
    )


def facets_of_signal(row: Signal, contents: Contents) -> Facets:
    """Return by what a signal is found."""
    return facets_of(
        row.evidence,
        contents,
        actors=(plain(contents.leader(row.leader)), *contents.actors(row.evidence)),
        origins=row.origins,
        modality=row.modality,
        day=row.day,
    )
