"""What the tests of the panels share: the hand-made case as contents and its panels."""

from dataclasses import replace
from datetime import date

from mene.picture.history import History, choose_stops
from mene.report.contents import gather_contents
from mene.report.happenings import gather_happenings
from mene.report.page.network import choose_network, show_network
from mene.report.page.ties import read_ties
from mene.report.page.timeline import read_timeline
from tests.report.hand import case


def contents(**changes):
    everything = case(**changes)
    picture, statements, events = (everything.pop(name) for name in ("picture", "statements", "events"))
    return gather_contents(picture, statements, events, **everything)


def replayed():
    """Return the contents of the case with the days that its slider can be set to."""
    return replace(contents(), history=History(choose_stops(date(2024, 12, 1), date(2024, 12, 7)), ()))


def timeline(**changes):
    made = contents(**changes)
    return read_timeline(gather_happenings(made), made)


def ties(**changes):
    made = contents(**changes)
    return read_ties(gather_happenings(made), made)


def network(**changes):
    return show_network(choose_network(ties(**changes)), contents(**changes))
