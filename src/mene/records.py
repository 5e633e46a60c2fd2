"""The records that pass between Mene's stages: frozen, slotted, equal by value.

Offsets are half-open character positions in `Article.text`. Days are `datetime.date`. Ids are content hashes
(`content_id`), so the same sentence read twice is the same statement. Five dates are used, always by these names:
`published_at`, `said_at`, `occurred_start`/`occurred_end`, `first_seen`, `recorded_at`.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from mene.vocabulary import (
    BackingDirection,
    BackingMeans,
    BlockKind,
    DayBasis,
    DisputeKind,
    EventType,
    HoldingStatus,
    Modality,
    Movement,
    NamingKind,
    PlacePrecision,
    SourceKind,
    Stance,
    StatementKind,
    TimePrecision,
)


def content_id(prefix: str, *parts: object) -> str:
    """Return a stable id, `prefix` and 12 hexadecimal digits of the SHA-256 of `parts`.

    >>> content_id("s", "abc", 1) == content_id("s", "abc", 1)
    True
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}{hashlib.sha256(joined.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A span of an article's cleaned text, [start, end) in characters."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the article's text; `attributed_to` names the outlet or speaker a block quote is taken from."""

    kind: BlockKind
    start: int
    end: int
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a stage left out, and why; a refusal is a result."""

    stage: str
    text: str
    reason: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class RawSpan:
    """Where `text[start:end]` stands in the decoded raw page, `raw[raw_start:raw_end]`."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `id` is the SHA-256 of its raw bytes in hexadecimal; blank lines join the blocks of `text`.

    `taken_from` is the outlet whose text the publisher prints ("(Levant Wire)", "originally appeared on ..."),
    `credits` are those whose reports went into the publisher's own ("with reports from ...").
    """

    id: str
    url: str | None
    publisher: str | None
    title: str | None
    byline: str | None
    published_at: date | None
    language: str
    text: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...]
    raw_spans: tuple[RawSpan, ...] = ()
    dateline: str | None = None
    taken_from: str | None = None
    credits: tuple[str, ...] = ()


# --- stage 2: the analysis ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `head` is the index of its head in the sentence, -1 for the root; `factuality` is -3..+3."""

    text: str
    start: int
    end: int
    upos: str
    head: int
    relation: str
    lemma: str
    factuality: float
    is_predicate: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens [first, last] of a sentence, inclusive, with the label the reader gave them and its probability."""

    label: str
    first: int
    last: int
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """A predicate-argument role (PropBank label): tokens [first, last] are `label` of the predicate token."""

    predicate: int
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that names an event, with the reader's type and status and the spans it takes part with.

    `score` is the probability that it names any event, `ranked` are its likeliest types with theirs, the first `type`.
    """

    token: int
    type: str
    score: float
    status: str
    status_score: float
    arguments: tuple[Span, ...]
    ranked: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying as the reader joins it: the cue with its source, where named, and the runs of its content.

    Sayings nest: the content of one may hold the cue of another.
    """

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block, with all that the reader saw in it; offsets are characters of the article's text."""

    index: int
    block: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    names: tuple[Span, ...]
    entities: tuple[Span, ...]
    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    roles: tuple[Role, ...]
    triggers: tuple[Trigger, ...]
    sayings: tuple[Saying, ...] = ()
    mentions: tuple[Span, ...] = ()
    opinion: float = 0.0  # the probability that it judges rather than reports


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or description and what it stands for: tokens [first, last] of two sentences, by their index.

    `score` is the probability of this antecedent, 0..1.
    """

    sentence: int
    first: int
    last: int
    to_sentence: int
    to_first: int
    to_last: int
    score: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article, its sentences in reading order, and what its pronouns and descriptions stand for."""

    article: Article
    sentences: tuple[Sentence, ...]
    references: tuple[Reference, ...] = ()


# --- stage 3: statements --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something. `role` is how the text describes them; `actor_id` is the codebook's, where known."""

    name: str
    kind: SourceKind
    role: str | None = None
    actor_id: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """Wording that judges: the span, the words, and what is loaded about them; `plain` says a euphemism plainly."""

    evidence: Evidence
    text: str
    why: str
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Tone:
    """How a statement is worded (never whether it is true). `subjectivity` is 0..1."""

    subjectivity: float
    loaded: tuple[LoadedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says. `sources` runs innermost first: the first is the origin, the last the article's outlet.

    `evidence` is the content, `sentence` the whole sentence around it, `cue` the words that attribute it and
    `deciding` the words that set its modality; a denial's `denies` are the ids of the statements that it takes up, as
    far as the article tells them. `first_seen` is the day it could first be known: `published_at`,
    or the day of reading where the article bears no date. `credits` are the outlets whose reports its article is partly
    made from.
    """

    id: str
    evidence: Evidence
    sentence: Evidence
    text: str
    sentence_text: str
    sources: tuple[Source, ...]
    kind: StatementKind
    factuality: float
    modality: Modality
    tone: Tone
    said_at: date | None
    published_at: date | None
    first_seen: date | None
    cue: Evidence | None = None
    deciding: tuple[Evidence, ...] = ()
    denies: tuple[str, ...] = ()
    credits: tuple[Source, ...] = ()

    @property
    def origin(self) -> Source:
        """The innermost source."""
        return self.sources[0]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one article is worded: its statements, its origins, and shares (0..1) of the statements.

    `opinion` is the share of opinions, `attributed` of what somebody besides the outlet says, `unnamed` of what the
    outlet has from sources without a name. It judges wording, never truth.
    """

    article_id: str
    statements: int
    origins: int
    opinion: float
    attributed: float
    unnamed: float


# --- stage 4: events ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor as mentioned: the words, the codebook's id and name where resolved, and why.

    `score` is the resolution's certainty, 0..1; `country` is ISO 3166 alpha-2 where known.
    """

    text: str
    name: str
    actor_id: str | None
    reason: str
    score: float
    country: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as mentioned and as resolved. `name` is the gazetteer's; latitude and longitude are degrees (WGS 84).

    `precision` other than "exact" means that the coordinates stand for an area; "unlocated" has none. `within` names
    the area an unlocated place is known to lie in. `probability` is that the resolution is right, 0..1.
    """

    text: str
    name: str
    place_id: str | None
    latitude: float | None
    longitude: float | None
    country: str | None
    kind: str
    precision: PlacePrecision
    probability: float
    admin1: str | None = None
    within: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its bounds, as written: "at least 16" is low 16, best 16, high None."""

    low: int
    best: int
    high: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers an event is told with."""

    killed: Count | None = None
    injured: Count | None = None
    displaced: Count | None = None
    troops: Count | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a statement says happened (or did not, or may): type, participants, place and days.

    `occurred_start`/`occurred_end` are the first and last possible day, inclusive; `precision` says how fine they are
    and `time_text` keeps the words. `day_basis` says where the days come from; what no words of the event's own clause
    name was weighed, and is right with probability `day_score` (0..1). `background` marks history told to explain the
    news. `also` are the other words of its sentence that tell it: the toll of an attack, a verb beside its noun.
    """

    id: str
    statement_id: str
    type: EventType
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: Place | None
    occurred_start: date | None
    occurred_end: date | None
    precision: TimePrecision
    factuality: float
    modality: Modality
    numbers: Numbers
    evidence: Evidence
    text: str
    time_text: str | None = None
    background: bool = False
    deciding: tuple[Evidence, ...] = ()
    also: tuple[Evidence, ...] = ()
    day_basis: DayBasis = "unknown"
    day_score: float | None = None

    @property
    def has_inferred_day(self) -> bool:
        """Whether its days were taken over from elsewhere in the article."""
        return self.day_basis in ("event", "words", "publication")


# --- stage 5: the picture -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """The link from a value of the picture back to the words: statement, event, sentence and whoever said it first."""

    statement_id: str
    event_id: str | None
    evidence: Evidence
    origin: str
    modality: Modality
    published_at: date | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a place, as a belief. `origins` are the independent origins, `copies` the retellings folded under them.

    `holder` is None when unknown. `rating` is the Admiralty code, letter (source) and digit (information) as in "F2".
    """

    id: str
    place: Place
    holder: Participant | None
    status: HoldingStatus
    belief: float
    since: date | None
    evidence_for: tuple[Citation, ...]
    evidence_against: tuple[Citation, ...]
    origins: tuple[str, ...]
    copies: int
    rating: str


@dataclass(frozen=True, slots=True)
class Backing:
    """Who backs whom, by what means, and which way that is going. `modality` keeps doubt and plans apart from fact."""

    id: str
    backer: Participant
    backed: Participant
    means: BackingMeans
    direction: BackingDirection
    since: date | None
    belief: float
    modality: Modality
    background: bool
    evidence: tuple[Citation, ...]
    origins: tuple[str, ...]
    copies: int
    rating: str


@dataclass(frozen=True, slots=True)
class Presence:
    """A force at, arriving at or leaving a place."""

    id: str
    force: Participant
    place: Place
    movement: Movement
    occurred_start: date | None
    modality: Modality
    belief: float
    evidence: tuple[Citation, ...]
    origins: tuple[str, ...]
    copies: int
    rating: str


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a dispute: what is claimed, in words, and by whom."""

    claim: str
    evidence: tuple[Citation, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two or more incompatible claims side by side; `resolved_by` says which later admission settled them."""

    id: str
    subject: str
    kind: DisputeKind
    positions: tuple[Position, ...]
    resolved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody said to take part in an event, and the origins that say so.

    `kind` tells how it stands to whom most name: where two sides blame each other, one is named "instead" of the other.
    """

    participant: Participant
    origins: tuple[str, ...]
    kind: NamingKind


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that an event is told with (killed, injured, displaced or troops), and the origins that give it."""

    figure: str
    count: Count
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A telling of an occurrence: the coded event, its statement, and the probability that it tells this one."""

    event_id: str
    statement_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event, as all who tell it tell it: a set of events that stages 1 to 4 found in one article or in many.

    The days are those that all dated tellings allow, the place is the most precise one told, `numbers` span what the
    origins say in `estimates`. `members` are in the order of telling, and `score` is the least of theirs. The id is
    made from the first telling, so that later ones leave it as it is. `evidence_against` are denials.
    """

    id: str
    type: EventType
    mode: str | None
    actors: tuple[Naming, ...]
    recipients: tuple[Naming, ...]
    place: Place | None
    occurred_start: date | None
    occurred_end: date | None
    precision: TimePrecision
    modality: Modality
    background: bool
    numbers: Numbers
    estimates: tuple[Estimate, ...]
    members: tuple[Member, ...]
    evidence: tuple[Citation, ...]
    evidence_against: tuple[Citation, ...]
    score: float
    origins: tuple[str, ...]
    copies: int
    rating: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture on one day (`on`, true on) as known on another (`known`, known on)."""

    on: date | None
    known: date | None
    holdings: tuple[Holding, ...]
    backings: tuple[Backing, ...]
    presences: tuple[Presence, ...]
    disputes: tuple[Dispute, ...]
    occurrences: tuple[Occurrence, ...] = ()


# --- stage 6: the outlook -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signal:
    """A dated sign for or against a leader's staying in power.

    `strength` is 0..1, the catalogue's times the belief; `subject` names the place or actor it is about, where one is.
    """

    id: str
    indicator: str
    leader: str
    stance: Stance
    day: date | None
    strength: float
    modality: Modality
    evidence: tuple[Citation, ...]
    origins: tuple[str, ...]
    copies: int
    rating: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the signals say of a leader's staying in power. Without a calibrated model `probability` is None.

    `base_rate` is the share of leader-months that ended in a loss of power within `horizon_days`.
    """

    leader: str
    horizon_days: int
    probability: float | None
    interval: tuple[float, float] | None
    base_rate: float
    band: str
    confidence: str
    signals_for: tuple[str, ...]
    signals_against: tuple[str, ...]
    note: str


# --- one article read -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article."""

    article: Article
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    dropped: tuple[Dropped, ...]
