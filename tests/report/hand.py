"""A small hand-made case for the tests of the reports: three articles of invented outlets and all read from them."""

from dataclasses import replace
from datetime import date

from mene.codebook import load_codebook
from mene.picture.occurrences import draw_occurrences
from mene.picture.origins import copies_of, fold
from mene.picture.tellings import known_by, read_tellings
from mene.records import (
    Article,
    Backing,
    Block,
    Citation,
    Count,
    Dispute,
    Dropped,
    Event,
    Evidence,
    Holding,
    LoadedWord,
    Numbers,
    Outlook,
    Participant,
    Picture,
    Place,
    Position,
    Presence,
    Signal,
    Source,
    Statement,
    Tone,
    content_id,
)
from mene.vocabulary import FACTUALITY_OF_MODALITY, EventType, HoldingStatus, Modality, SourceKind, StatementKind

WIRE_TEXT = """\
Rebels take Hama as the army pulls back

Syrian rebels led by Hayat Tahrir al-Sham took Hama on Thursday, after entering Aleppo a week before.

Iran has begun to pull out its commanders, an adviser, Karim Daneshvar, told the Golden Horn Post.

“Our forces in Daraa have carried out a repositioning,” the Syrian army said in a statement.
If confirmed, the capture of Daraa would be the fourth loss in a week.

The rebels are close to taking Homs.
There was fighting in the suburbs of Damascus, where at least 16 people were killed."""

PAPER_TEXT = """Hama falls

Syrian rebels led by Hayat Tahrir al-Sham took Hama on Thursday, the Levant Wire reported."""

COLUMN_TEXT = """The ash heap of history

The bloodthirsty tyrant is doomed. Russia is extremely unlikely to send ground forces.
In 2016 Iran backed the siege of Aleppo. The people will rise up."""


def party(name: str, actor_id: str | None, country: str | None = "SY") -> Participant:
    return Participant(name, name, actor_id, "by hand", 1.0, country)


HTS = party("Hayat Tahrir al-Sham", "hts")
REBELS = party("Syrian rebels", "syr-rebels")
GOVERNMENT = party("Syrian government", "syr-government")
ARMY = party("Syrian army", "syr-army")
IRAN, RUSSIA = party("Iran", "irn", "IR"), party("Russia", "rus", "RU")


def town(name: str, latitude: float, longitude: float, *, near: bool = False) -> Place:
    precision = "near" if near else "exact"
    return Place(name, name, f"g:{name.casefold()}", latitude, longitude, "SY", "city", precision, 0.9, name)


ALEPPO, HAMA, HOMS = town("Aleppo", 36.2, 37.16), town("Hama", 35.13, 36.75), town("Homs", 34.73, 36.71)
DARAA, DAMASCUS = town("Daraa", 32.62, 36.1), town("Damascus", 33.51, 36.29)
JARAMANA, LATAKIA = town("Jaramana", 33.49, 36.35), town("Latakia", 35.52, 35.79)
COUNTRYSIDE = replace(HAMA, text="Hama countryside", name="Hama Governorate", place_id="g:hama-gov", precision="admin1")
NOWHERE = Place("the front line", "the front line", None, None, None, None, "area", "unlocated", 0.3, within="Syria")


def article(key: str, publisher: str, text: str, day: date | None, dropped: tuple[Dropped, ...] = ()) -> Article:
    """Return an article whose blocks are the paragraphs of `text`, the first a heading."""
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("paragraph" if blocks else "heading", start, start + len(paragraph)))
        start += len(paragraph) + 2
    title = text.split("\n", 1)[0]
    identity = content_id("", key) * 5
    return Article(identity, None, publisher, title, None, day, "en", text, tuple(blocks), dropped)


FURNITURE = Dropped("articles", "Advertisement", "an advertising label")
WIRE = article("wire", "Levant Wire", WIRE_TEXT, date(2024, 12, 6), (FURNITURE,))
PAPER = article("paper", "Northmoor Gazette", PAPER_TEXT, date(2024, 12, 6))
COLUMN = article("column", "The Meridian Dispatch", COLUMN_TEXT, date(2024, 12, 7))
ARTICLES = (WIRE, PAPER, COLUMN)


def find(of: Article, words: str) -> Evidence:
    start = of.text.index(words)
    return Evidence(of.id, start, start + len(words))


def source(name: str, kind: SourceKind = "outlet", role: str | None = None, actor_id: str | None = None) -> Source:
    return Source(name, kind, role, actor_id)


def say(
    of: Article,
    words: str,
    *sources: Source,
    sentence: str = "",
    kind: StatementKind = "report",
    modality: Modality = "asserted",
    cue: str = "",
    deciding: str = "",
    loaded: tuple[str, ...] = (),
) -> Statement:
    """Return the statement whose content is `words`, in `sentence`, told through `sources` and then the article."""
    evidence, whole = find(of, words), find(of, sentence or words)
    chain = (*sources, source(of.publisher or ""))
    wording = tuple(LoadedWord(find(of, one), one, "dehumanising") for one in loaded)
    return Statement(
        id=content_id("s", of.id, evidence.start, evidence.end, chain[0].name),
        evidence=evidence,
        sentence=whole,
        text=words,
        sentence_text=sentence or words,
        sources=chain,
        kind=kind,
        factuality=FACTUALITY_OF_MODALITY[modality],
        modality=modality,
        tone=Tone(0.9 if loaded else 0.1, wording),
        said_at=of.published_at,
        published_at=of.published_at,
        first_seen=of.published_at,
        cue=find(of, cue) if cue else None,
        deciding=(find(of, deciding),) if deciding else (),
    )


_HAMA_SENTENCE = "Syrian rebels led by Hayat Tahrir al-Sham took Hama on Thursday"
TOOK = say(WIRE, f"{_HAMA_SENTENCE}, after entering Aleppo a week before.")
RETOLD = say(
    PAPER,
    _HAMA_SENTENCE,
    source("Levant Wire"),
    sentence=f"{_HAMA_SENTENCE}, the Levant Wire reported.",
    cue="reported",
)
PULLING = say(
    WIRE,
    "Iran has begun to pull out its commanders",
    source("Karim Daneshvar", "official", "an adviser"),
    source("Golden Horn Post"),
    sentence="Iran has begun to pull out its commanders, an adviser, Karim Daneshvar, told the Golden Horn Post.",
    kind="claim",
    modality="in_progress",
    cue="told",
    deciding="begun",
)
REPOSITIONED = say(
    WIRE,
    "Our forces in Daraa have carried out a repositioning",
    source("Syrian army", "armed side", actor_id="syr-army"),
    sentence="“Our forces in Daraa have carried out a repositioning,” the Syrian army said in a statement.",
    kind="claim",
    cue="said",
)
IF_CONFIRMED = say(
    WIRE,
    "If confirmed, the capture of Daraa would be the fourth loss in a week.",
    modality="conditional",
    deciding="If confirmed",
)
NEARLY = say(WIRE, "The rebels are close to taking Homs.", modality="nearly", deciding="close to")
FIGHTING = say(WIRE, "There was fighting in the suburbs of Damascus, where at least 16 people were killed.")
DOOMED = say(
    COLUMN,
    "The bloodthirsty tyrant is doomed.",
    kind="opinion",
    modality="probable",
    loaded=("bloodthirsty", "tyrant"),
)
UNLIKELY = say(
    COLUMN, "Russia is extremely unlikely to send ground forces.", modality="doubtful", deciding="extremely unlikely"
)
SIEGE = say(COLUMN, "In 2016 Iran backed the siege of Aleppo.", kind="background")
RISING = say(COLUMN, "The people will rise up.", kind="forecast", modality="possible", deciding="will")
STATEMENTS = (TOOK, RETOLD, PULLING, REPOSITIONED, IF_CONFIRMED, NEARLY, FIGHTING, DOOMED, UNLIKELY, SIEGE, RISING)


def tell(
    statement: Statement,
    type_: EventType,
    *,
    by: Participant | None = None,
    to: Participant | None = None,
    at: Place | None = None,
    on: date | None = None,
    killed: Count | None = None,
    background: bool = False,
) -> Event:
    """Return an event of a statement, as surely told as the statement is."""
    return Event(
        id=content_id("e", statement.id, type_, at and at.name),
        statement_id=statement.id,
        type=type_,
        mode=None,
        actors=(by,) if by else (),
        recipients=(to,) if to else (),
        place=at,
        occurred_start=on,
        occurred_end=on,
        precision="day" if on else "unknown",
        factuality=statement.factuality,
        modality=statement.modality,
        numbers=Numbers(killed=killed),
        evidence=statement.evidence,
        text=statement.text,
        background=background,
    )


THURSDAY = date(2024, 12, 5)
HAMA_TAKEN = tell(TOOK, "SEIZE", by=HTS, to=ARMY, at=HAMA, on=THURSDAY)
ALEPPO_TAKEN = tell(TOOK, "SEIZE", by=HTS, at=ALEPPO, on=date(2024, 11, 29))
HAMA_RETOLD = tell(RETOLD, "SEIZE", by=HTS, to=ARMY, at=HAMA, on=THURSDAY)
IRAN_LEAVES = tell(PULLING, "RETREAT", by=IRAN, on=date(2024, 12, 6))
DARAA_LEFT = tell(REPOSITIONED, "RETREAT", by=ARMY, at=DARAA, on=date(2024, 12, 6))
DARAA_TAKEN = tell(IF_CONFIRMED, "SEIZE", by=REBELS, at=DARAA)
HOMS_NEAR = tell(NEARLY, "SEIZE", by=REBELS, at=HOMS)
DAMASCUS_FOUGHT = tell(FIGHTING, "ASSAULT", by=REBELS, to=ARMY, at=DAMASCUS, killed=Count(16, 16, None, "at least 16"))
RUSSIA_SENDS = tell(UNLIKELY, "MOBILIZE", by=RUSSIA)
OLD_SIEGE = replace(
    tell(SIEGE, "SUPPORT", by=IRAN, to=GOVERNMENT, at=ALEPPO, on=date(2016, 1, 1), background=True),
    occurred_end=date(2016, 12, 31),
    precision="year",
)
UPRISING = tell(RISING, "PROTEST")
EVENTS = (
    HAMA_TAKEN,
    ALEPPO_TAKEN,
    HAMA_RETOLD,
    IRAN_LEAVES,
    DARAA_LEFT,
    DARAA_TAKEN,
    HOMS_NEAR,
    DAMASCUS_FOUGHT,
    RUSSIA_SENDS,
    OLD_SIEGE,
    UPRISING,
)


def cite(event: Event) -> Citation:
    statement = next(one for one in STATEMENTS if one.id == event.statement_id)
    origin, day = statement.origin.name, statement.published_at
    return Citation(statement.id, event.id, event.evidence, origin, event.modality, day)


def hold(
    place: Place,
    holder: Participant | None,
    status: HoldingStatus,
    *events: Event,
    belief: float = 0.8,
    since: date | None = None,
    rating: str = "F3",
    copies: int = 0,
    against: tuple[Event, ...] = (),
) -> Holding:
    cited = tuple(cite(one) for one in events)
    return Holding(
        id=content_id("h", place.name, holder and holder.name, status),
        place=place,
        holder=holder,
        status=status,
        belief=belief,
        since=since,
        evidence_for=cited,
        evidence_against=tuple(cite(one) for one in against),
        origins=tuple(dict.fromkeys(one.origin for one in cited)),
        copies=copies,
        rating=rating,
    )


HAMA_HELD = hold(HAMA, HTS, "held", HAMA_TAKEN, belief=0.9, since=THURSDAY, copies=1)
ALEPPO_HELD = hold(ALEPPO, HTS, "held", ALEPPO_TAKEN, since=date(2024, 11, 29))
HOMS_NEARLY = hold(HOMS, GOVERNMENT, "nearly_taken", HOMS_NEAR)
DAMASCUS_CONTESTED = hold(DAMASCUS, GOVERNMENT, "contested", DAMASCUS_FOUGHT)
DARAA_CLAIMED = hold(DARAA, REBELS, "claimed", DARAA_TAKEN, belief=0.4, rating="F4", against=(DARAA_LEFT,))
COUNTRYSIDE_HELD = hold(COUNTRYSIDE, HTS, "held", HAMA_TAKEN, belief=0.6)
FRONT = hold(NOWHERE, None, "contested", DAMASCUS_FOUGHT, belief=0.5)


def back(backer: Participant, direction: str, means: str, event: Event, *, background: bool = False) -> Backing:
    cited = (cite(event),)
    return Backing(
        id=content_id("b", backer.name, direction, means, background),
        backer=backer,
        backed=GOVERNMENT,
        means=means,
        direction=direction,
        since=event.occurred_start,
        belief=0.7,
        modality=event.modality,
        background=background,
        evidence=cited,
        origins=(cited[0].origin,),
        copies=0,
        rating="F3",
    )


IRAN_REDUCES = back(IRAN, "reduces", "advisers", IRAN_LEAVES)
RUSSIA_UNLIKELY = back(RUSSIA, "gives", "troops", RUSSIA_SENDS)
IRAN_BEFORE = back(IRAN, "gives", "unspecified", OLD_SIEGE, background=True)

IRAN_LEAVING = Presence(
    content_id("p", "iran"),
    IRAN,
    LATAKIA,
    "leaving",
    date(2024, 12, 6),
    "in_progress",
    0.7,
    (cite(IRAN_LEAVES),),
    ("Karim Daneshvar",),
    0,
    "F3",
)
OVER_DARAA = Dispute(
    content_id("d", "daraa"),
    "who holds Daraa",
    "contradicts",
    (
        Position("Syrian rebels may have taken Daraa", (cite(DARAA_TAKEN),), ("Levant Wire",)),
        Position(
            "Syrian army: “Our forces in Daraa have carried out a repositioning”", (cite(DARAA_LEFT),), ("Syrian army",)
        ),
    ),
)
PICTURE = Picture(
    on=None,
    known=date(2024, 12, 7),
    holdings=(ALEPPO_HELD, COUNTRYSIDE_HELD, DAMASCUS_CONTESTED, DARAA_CLAIMED, FRONT, HAMA_HELD, HOMS_NEARLY),
    backings=(IRAN_REDUCES, RUSSIA_UNLIKELY, IRAN_BEFORE),
    presences=(IRAN_LEAVING,),
    disputes=(OVER_DARAA,),
)
LOST = Signal(
    content_id("g", "lost"),
    "provincial-capital-lost",
    "syr-bashar-al-assad",
    "against",
    THURSDAY,
    0.54,
    "asserted",
    (cite(HAMA_TAKEN),),
    ("Levant Wire",),
    1,
    "F3",
    "Hama",
)
LEAVING = Signal(
    content_id("g", "leaving"),
    "ally-withdrawing",
    "syr-bashar-al-assad",
    "against",
    date(2024, 12, 6),
    0.6,
    "in_progress",
    (cite(IRAN_LEAVES),),
    ("Karim Daneshvar",),
    0,
    "F3",
    "Iran",
)
SIGNALS = (LOST, LEAVING)
OUTLOOK = (
    Outlook(
        "syr-bashar-al-assad",
        180,
        None,
        None,
        0.102,
        "very unlikely",
        "low",
        (),
        (LEAVING.id, LOST.id),
        "not calibrated: the base rate is shown, no probability is computed yet; base rate of 1,000 months",
    ),
)
DROPPED = (FURNITURE, Dropped("events", "The <b>people</b>", "no place found", find(COLUMN, "The people")))


def case(**changes: object) -> dict[str, object]:
    """Return the keyword arguments of a report on the whole case, some of them changed."""
    everything = {
        "picture": PICTURE,
        "statements": STATEMENTS,
        "events": EVENTS,
        "signals": SIGNALS,
        "outlook": OUTLOOK,
        "dropped": DROPPED,
        "articles": ARTICLES,
    }
    everything |= changes
    return everything | {"picture": tell_all(everything)}


def tell_all(everything: dict[str, object]) -> Picture:
    """Return the picture of a case with its events drawn from what is told, as `draw_picture` does it."""
    picture: Picture = everything["picture"]
    said = known_by({one.id: one for one in everything["statements"]}, picture.known)
    events = {one.id: one for one in everything["events"]}
    origins = fold(said.values(), events.values())
    told = read_tellings(said, events, origins)
    return replace(picture, occurrences=draw_occurrences(told, copies_of(origins), load_codebook(), on=picture.on))
