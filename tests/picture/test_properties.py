"""The picture is a function of the set of statements: order, duplicates, splitting and merging never matter."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mene.picture import draw_picture, fold
from mene.records import Count, Event, Numbers, Statement
from mene.vocabulary import MODALITIES

from .hand import (
    ARMY,
    DAMASCUS,
    DARAA,
    GOVERNMENT,
    HAMA,
    HOMS,
    HTS,
    IRAN,
    QUDS,
    REBELS,
    SIDES,
    day,
    outlet,
    party,
    say,
    speaker,
    tell,
)

Told = tuple[Statement, Event]

SOURCES = (
    (outlet("Levant Wire"),),
    (outlet("Harbour Courier"),),
    (outlet("State Agency", "agency"),),
    (speaker("Syrian army", "armed side", "army"), outlet("Levant Wire")),
    (speaker("rebel command", "armed side", "hts"), outlet("Harbour Courier")),
    (speaker("a military source", "unnamed"), outlet("Levant Wire")),
    (speaker("Monitor", "monitor"), outlet("Levant Wire"), outlet("Harbour Courier")),
)
ACTS = (
    ("SEIZE", None),
    ("SEIZE", "control"),
    ("RETREAT", None),
    ("RETREAT", "cede"),
    ("ASSAULT", "clash"),
    ("COERCE", "siege"),
    ("MOBILIZE", None),
    ("SUPPORT", "backing:advisers:gives"),
    ("SUPPORT", "backing:advisers:ends"),
)
TEXTS = (
    "took the town",
    "carried out a repositioning in the town",
    "rebel fighters took the town after three days of heavy fighting around the grain silos in the north",
    "fighters took the town after three days of heavy fighting around the grain silos in the north of it",
)
PARTIES = (None, REBELS, HTS, ARMY, GOVERNMENT, IRAN, QUDS, party(None, "gunmen"))
DAYS = tuple(f"12-{number:02}" for number in range(1, 10))


@st.composite
def told(draw: st.DrawFn) -> Told:
    published = draw(st.sampled_from(DAYS))
    happened = draw(st.sampled_from((None, *(one for one in DAYS if one <= published))))
    sources, text = draw(st.sampled_from(SOURCES)), draw(st.sampled_from(TEXTS))
    statement = say(text, *sources, published=published, start=draw(st.sampled_from((0, 200, 400))))
    type_, mode = draw(st.sampled_from(ACTS))
    killed = draw(st.sampled_from((None, Count(16, 16, 16, "16"), Count(20, 20, 20, "20"))))
    event = tell(
        statement,
        type_,  # type: ignore[arg-type]
        by=draw(st.sampled_from(PARTIES)),
        to=draw(st.sampled_from(PARTIES)),
        at=draw(st.sampled_from((HAMA, HOMS, DARAA, DAMASCUS))),
        on=happened,
        mode=mode,
        modality=draw(st.sampled_from((*MODALITIES, "asserted", "asserted"))),
        background=draw(st.integers(0, 9)) == 0,
        numbers=Numbers(killed=killed),
    )
    return statement, event


corpora = st.lists(told(), max_size=14)
days = st.one_of(st.none(), st.sampled_from([day(one) for one in DAYS]))


def draw_of(corpus: list[Told], on: date | None = None, known: date | None = None):
    statements, events = [said for said, _ in corpus], [event for _, event in corpus]
    return draw_picture(statements, events, on=on, known=known, codebook=SIDES)


@settings(max_examples=150, deadline=None)
@given(corpora, st.randoms(use_true_random=False), days, days)
def test_any_order_and_any_repetition_give_the_identical_picture(corpus, random, on, known):
    shuffled = corpus + random.choices(corpus, k=5) if corpus else []
    random.shuffle(shuffled)
    assert draw_of(shuffled, on, known) == draw_of(corpus, on, known)


@settings(max_examples=60, deadline=None)
@given(corpora, st.integers(0, 14), days)
def test_parts_read_apart_and_merged_give_the_identical_picture(corpus, cut, on):
    first, second = corpus[cut:], corpus[:cut]
    merged = [*{id(one): one for one in first}.values(), *second, *first[:3]]
    assert draw_of(merged, on) == draw_of(corpus, on)


@settings(max_examples=80, deadline=None)
@given(corpora, days.filter(bool), days)
def test_what_is_not_yet_known_changes_nothing(corpus, known, on):
    known_then = [(said, event) for said, event in corpus if said.first_seen <= known]
    assert draw_of(corpus, on, known) == draw_of(known_then, on, known)


@settings(max_examples=150, deadline=None)
@given(corpora, days)
def test_nothing_is_held_but_by_a_flat_report_and_no_belief_is_certain(corpus, on):
    picture = draw_of(corpus, on)
    told = [event for _, event in corpus if event.modality == "asserted"]
    handed = [event for event in told if event.mode == "cede" and event.recipients]
    seized = {(e.place.name, e.id) for e in [*handed, *(event for event in told if event.type == "SEIZE")]}
    for holding in picture.holdings:
        assert 0 < holding.belief < 1
        if holding.status == "held":
            assert any((holding.place.name, cited.event_id) in seized for cited in holding.evidence_for)
    for row in (*picture.backings, *picture.presences):
        assert 0 < row.belief < 1


@settings(max_examples=80, deadline=None)
@given(corpora, days)
def test_every_row_has_evidence_origins_and_an_id_of_its_own(corpus, on):
    picture = draw_of(corpus, on)
    known = {said.id for said, _ in corpus}
    rows = (*picture.holdings, *picture.backings, *picture.presences)
    assert len({row.id for row in rows}) == len(rows)
    for holding in picture.holdings:
        assert {cited.statement_id for cited in holding.evidence_for} <= known
        assert holding.evidence_for
        assert len(holding.origins) + holding.copies <= len(holding.evidence_for)


OWN = {"agency": (ARMY, GOVERNMENT), "army": (ARMY, GOVERNMENT), "hts": (REBELS, HTS)}


def speaks_for_itself(said: Statement, event: Event) -> bool:
    source = said.sources[0]
    own = OWN.get(source.actor_id or "", ())
    return source.kind == "unnamed" or (event.type == "SEIZE" and any(actor in own for actor in event.actors))


@settings(max_examples=150, deadline=None)
@given(st.lists(told().filter(lambda one: speaks_for_itself(*one)), max_size=8), days)
def test_what_sides_and_unknown_sources_say_alone_moves_no_front(corpus, on):
    # Who prints a side's very words is counted as that side, whose word for the other's gain is an admission.
    groups = fold([said for said, _ in corpus], [event for _, event in corpus])
    kind_of = {one: group.source.kind for group in groups for one in group.statement_ids}
    corpus = [(said, event) for said, event in corpus if kind_of[said.id] == said.origin.kind]
    assert all(holding.status not in ("held", "abandoned") for holding in draw_of(corpus, on).holdings)


@settings(max_examples=80, deadline=None)
@given(corpora, st.sampled_from([day(one) for one in DAYS]))
def test_belief_in_what_is_held_only_fades_without_news_and_the_holder_stays(corpus, on):
    known = [(said, event) for said, event in corpus if said.first_seen <= on]
    then = {row.place.name: row for row in draw_of(known, on).holdings if row.status == "held"}
    later = {row.place.name: row for row in draw_of(known, date(2034, 12, 31)).holdings}
    for name, row in then.items():
        assert later[name].status == "held"
        assert later[name].holder == row.holder
        assert abs(later[name].belief - 0.5) <= abs(row.belief - 0.5) + 1e-9
