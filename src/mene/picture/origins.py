"""Who said it first: statements folded under their independent origins.

The origin of a statement is its innermost source. Over articles, speakers are joined by the codebook's id or their
name; an unnamed source is one origin only together with the outlet it spoke to; an outlet is the origin of what it
asserts itself. An outlet that rewrites an earlier article is no new origin: its statement is a copy where

- at least `copy_containment` of its five-word shingles stand in one earlier statement, or
- its article as a whole rewrites an earlier one (`article_containment`), and it tells an event that the other tells.

An article may say so itself. What it prints under another outlet's name is that outlet's; where it credits one ("with
reports from ..."), that outlet is the origin of what it asserts itself. What it has through another outlet ("the Post
reported", "an official told the Post") has the origin that told the Post the same event, and a speaker without a name
is the one that the Post itself describes so.

Statements of one origin in different articles, near the same in wording or telling the same event, are copies of its
first telling. Corroboration counts origins, never articles. A fold is reversible: each copy says of what, and why.

Articles are read in the order in which they could be known, and how one is folded depends on those before it alone. So
the fold of what was known on a day is a part of the fold of all, and an article that comes in changes only later ones.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mene.picture.folding import NAMELESS, TOLD_AGAIN, Folder, Happened, Page, Said
from mene.picture.places import place_key
from mene.picture.shingles import find_shared, hash_text, shingle
from mene.picture.sides import normalise
from mene.picture.weights import load_weights
from mene.records import Event, Place, Source, Statement

_OFFICES = frozenset("spokesman spokeswoman spokesperson minister ministry president presidency premier office".split())
"""Those without a name who speak for their body: two ministers' spokesmen quoted are one ministry."""

_BEFORE_HEAD_ENDS = re.compile(r",| (?:of|for|to|in|at|from|with|who|which|that|on|by)\b")

_NAMELESS_KINDS = frozenset({"unnamed", "witness"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A statement folded under an earlier one, and why."""

    statement_id: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """An independent origin: its first tellings (`statements`) and the copies folded under them, oldest first."""

    key: str
    name: str
    source: Source
    statements: tuple[str, ...]
    copies: tuple[Copy, ...]

    @property
    def statement_ids(self) -> tuple[str, ...]:
        """All statements of the origin, copies included."""
        return self.statements + tuple(copy.statement_id for copy in self.copies)


def origin_key(statement: Statement) -> str:
    """Return what identifies the origin of a statement, before copies are folded."""
    source = statement.credits[0] if statement.credits and _is_narrated(statement) else statement.origin
    name = normalise(source.name)
    if source.actor_id and (source.kind not in _NAMELESS_KINDS or _is_office(source.name)):
        return f"actor:{source.actor_id}"
    if source.kind == "outlet":
        return f"outlet:{name}" if name else f"article:{statement.evidence.article_id}"
    if is_named(source):
        return f"speaker:{name}"
    outlets = (outer.name for outer in statement.sources[1:] if outer.kind == "outlet")
    return f"{NAMELESS}{name}@{normalise(next(outlets, '')) or statement.evidence.article_id}"


def _is_office(description: str) -> bool:
    """Return whether a description is of the one who speaks for a body, whoever that is.

    >>> _is_office("Iran's foreign minister, visiting Baghdad"), _is_office("aide to the minister")
    (True, False)
    """
    head = _BEFORE_HEAD_ENDS.split(description.lower())[0].split()
    return bool(head) and head[-1] in _OFFICES


def is_named(source: Source) -> bool:
    """Return whether a source is called by a name; "a military source" and "Iranian officials" are descriptions.

    >>> is_named(Source("Iranian officials", "official")), is_named(Source("Mehdi Rahmati", "official"))
    (False, True)
    """
    if source.kind in _NAMELESS_KINDS or not source.name.strip():
        return False
    return source.actor_id is not None or not source.name.split()[-1][:1].islower()


def fold(statements: Iterable[Statement], events: Iterable[Event] = ()) -> tuple[OriginGroup, ...]:
    """Return the independent origins of a set of statements, with their copies, in the order of their keys."""
    said = {statement.id: statement for statement in statements}
    pages = order_pages(make_pages(said.values(), events))
    folder = Folder(load_weights(), find_shared([found for page in pages for found in page.shingles]))
    members: defaultdict[str, list[str]] = defaultdict(list)
    copies: dict[str, Copy] = {}
    for page in pages:
        for one, folded in zip(page.said, folder.read(page), strict=True):
            members[folded.origin].append(one.id)
            if folded.copy_of:
                copies[one.id] = Copy(one.id, folded.copy_of, folded.reason or "")
    return tuple(_group(key, [said[one] for one in members[key]], copies) for key in sorted(members))


def copies_of(groups: Iterable[OriginGroup]) -> dict[str, str]:
    """Return the statement that each is folded under which copies one, by its wording or in a rewritten article."""
    return {one.statement_id: one.of for group in groups for one in group.copies if one.reason != TOLD_AGAIN}


def _group(key: str, members: Sequence[Statement], copies: Mapping[str, Copy]) -> OriginGroup:
    """Return an origin; its members are in order, and the first is no copy, for a copy has the origin of its first."""
    source = members[0].origin
    firsts = tuple(one.id for one in members if one.id not in copies)
    return OriginGroup(key, source.name, source, firsts, tuple(copies[one.id] for one in members if one.id in copies))


def make_pages(statements: Iterable[Statement], events: Iterable[Event] = ()) -> list[Page]:
    """Return the statements article by article, with all that folding needs of them; `order_pages` orders them."""
    by_article: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.evidence.article_id].append(statement)
    happened: defaultdict[str, set[Happened]] = defaultdict(set)
    about: defaultdict[str, set[Happened]] = defaultdict(set)
    by_id = {statement.id: statement for kept in by_article.values() for statement in kept}
    for event in events:
        if event.place and (told := by_id.get(event.statement_id)):
            happened[told.id].add(_happened(event, event.place, told))
            about[told.id].add(_about(event, event.place, told))
    return [_make_page(article_id, kept, happened, about) for article_id, kept in by_article.items()]


def _make_page(
    article_id: str,
    statements: Iterable[Statement],
    happened: Mapping[str, set[Happened]],
    about: Mapping[str, set[Happened]],
) -> Page:
    """Return an article's statements, in their order, with what folding needs of them."""
    kept = sorted(statements, key=telling_order)
    width = int(load_weights().shingle_words)
    outlet = normalise(kept[0].sources[-1].name)
    told_by = (source for one in kept for source in (*one.sources[:-1], *one.credits) if source.kind == "outlet")
    relays = tuple(name for name in (normalise(source.name) for source in told_by) if name != outlet)
    said = tuple(_say(one, outlet, happened.get(one.id, ()), about.get(one.id, ())) for one in kept)
    shingles = tuple(shingle((one.text for one in kept), width))
    return Page(article_id, kept[0].first_seen or date.max, outlet, relays, said, shingles)


def _say(statement: Statement, outlet: str, happened: Iterable[Happened], about: Iterable[Happened]) -> Said:
    key, through = origin_key(statement), _find_relay(statement, outlet)
    named = is_named(statement.origin) and statement.origin.kind != "outlet"
    day = (statement.first_seen or date.max).toordinal()
    voice = Happened(hash_text(f"voice|{key.rpartition('@')[2]}"), day, False) if key.startswith(NAMELESS) else None
    told = (tuple(sorted(happened)), through, voice, tuple(sorted(about)))
    return Said(statement.id, key, _is_narrated(statement), named, *told)


def _is_narrated(statement: Statement) -> bool:
    """Return whether an outlet asserts it itself, be it in another's pages; what it "reports" is told of it."""
    return statement.cue is None and all(source.kind == "outlet" for source in statement.sources)


def _find_relay(statement: Statement, outlet: str) -> str:
    """Return the outlet that has told it before: the one named beside the article's own, or its own past report."""
    credited = statement.credits if _is_narrated(statement) else ()
    names = [normalise(source.name) for source in (*statement.sources, *credited) if source.kind == "outlet"]
    other = next((name for name in names if name != outlet), "")
    own = outlet if statement.origin.kind == "outlet" and statement.cue is not None else ""
    return other or own


def _happened(event: Event, place: Place, statement: Statement) -> Happened:
    """Return what an event tells, as type, place, day and modality; only placed events can be the same.

    An event told without a day is told "by" the day of the article; only one told soon after can be the same.
    """
    day = event.occurred_start or statement.published_at or date.min
    dated = event.occurred_start is not None
    where = place_key(place, statement.evidence.article_id)
    kind = hash_text("|".join((event.type, where, "on" if dated else "by", event.modality)))
    return Happened(kind, day.toordinal(), dated)


def _about(event: Event, place: Place, statement: Statement) -> Happened:
    """Return what an event is about, whenever it was: its type and place, and whether it was or was not."""
    seen = statement.first_seen or date.max
    where, turned = place_key(place, statement.evidence.article_id), event.modality in ("negated", "doubtful")
    return Happened(hash_text("|".join(("about", event.type, where, str(turned)))), seen.toordinal(), False)


def telling_order(statement: Statement) -> tuple[date, str, int, int, str]:
    """Return the place of a statement in the order of telling: the day it was first seen, article, position."""
    evidence = statement.evidence
    return (statement.first_seen or date.max, evidence.article_id, evidence.start, evidence.end, statement.id)


def order_pages(pages: Iterable[Page]) -> list[Page]:
    """Return articles in the order of telling, oldest first; of one day, that of the outlet most relayed first.

    Days have no hours: among pages of one day the outlet that others name as their source is taken for the first.
    """
    by_day: defaultdict[date, list[Page]] = defaultdict(list)
    for page in pages:
        by_day[page.day].append(page)
    return [page for day in sorted(by_day) for page in order_day(by_day[day])]


def order_day(pages: Sequence[Page]) -> list[Page]:
    """Return the articles of one day in the order of telling."""
    relayed = Counter(name for page in pages for name in page.relays)
    return sorted(pages, key=lambda page: (-relayed[page.outlet], page.article_id))
