"""What is known of a whole article before single sentences are judged: its names, its countries, who came when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mene.codebook import Actor, Codebook, Leader, Match
from mene.dates.printed import find_printed_day
from mene.records import Analysis, Evidence, Participant, Reference, Sentence

PRONOUNS = {
    "he": "person", "him": "person", "his": "person", "she": "person", "her": "person", "hers": "person",
    "himself": "person", "herself": "person",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "many", "them": "many", "their": "many", "themselves": "many",
}  # fmt: skip
SURE_REFERENCE = 0.5
"""An antecedent counts from this probability on."""

FIRST_PERSON = frozenset(("i", "we", "our", "us", "my", "me", "ours"))


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A name as met while reading: where, what it may be, and whether it is a person or several."""

    sentence: int
    first: int
    last: int
    kind: str
    participant: Participant
    is_subject: bool
    match: Match


@dataclass(frozen=True, slots=True)
class Context:
    """The article's analysis with the codebook's names by sentence, the countries it is about, and all mentions."""

    analysis: Analysis
    codebook: Codebook
    published: date | None
    matches: tuple[tuple[Match, ...], ...]
    countries: Mapping[str, float]
    main_country: str | None
    mentions: tuple[tuple[Mentioned, ...], ...]
    references: Mapping[tuple[int, int], Reference]

    def reference(self, sentence: Sentence, token: int) -> Reference | None:
        """Return what the pronoun or description that ends at `token` surely stands for."""
        return self.references.get((sentence.index, token))

    def evidence(self, sentence: Sentence, first: int, last: int) -> Evidence:
        """Return the evidence for tokens [first, last] of a sentence."""
        return Evidence(self.analysis.article.id, sentence.tokens[first].start, sentence.tokens[last].end)


def read_context(analysis: Analysis, codebook: Codebook, published: date | None) -> Context:
    """Return the context of an article; its days count from the one printed at its head, where there is one."""
    published = find_printed_day(analysis.article.text, published) or published
    matches = tuple(
        tuple(m for m in codebook.match([t.text for t in s.tokens]) if not _inside_person(s, m))
        for s in analysis.sentences
    )
    countries = weigh_countries(matches, codebook)
    main = next(iter(countries), None)
    bare = Context(analysis, codebook, published, matches, countries, main, (), {})
    mentions = tuple(
        tuple(mention_of(bare, s, m) for m in matches[s.index] if not _is_adjective(s, m)) for s in analysis.sentences
    )
    sure = {(r.sentence, r.last): r for r in analysis.references if r.score >= SURE_REFERENCE}
    return Context(analysis, codebook, published, matches, countries, main, mentions, sure)


def _inside_person(sentence: Sentence, match: Match) -> bool:
    """Tell whether a group's or outlet's name is only part of a person's: Minister Wagner is no mercenary group."""
    return match.kind in ("actor", "outlet", "state") and any(
        n.label == "PER"
        and n.first <= match.first
        and match.last <= n.last
        and n.last - n.first > match.last - match.first
        for n in sentence.names
    )


def _is_adjective(sentence: Sentence, match: Match) -> bool:
    """Tell whether a role's word only describes: "military bases" names no army."""
    return match.kind == "generic" and sentence.tokens[match.last].upos == "ADJ"


def weigh_countries(matches: Sequence[Sequence[Match]], codebook: Codebook) -> dict[str, float]:
    """Return the share of each country (ISO alpha-2) among the names of an article, the greatest first.

    Places, demonyms, actors and leaders of a country count one each; the metonyms of its government count half, since
    "Washington" comments on everything.
    """
    counts: Counter[str] = Counter()
    for match in (m for sentence in matches for m in sentence):
        for country in _countries_of(match, codebook)[:1]:
            counts[country] += 0.5 if match.kind in ("metonym", "outlet") else 1.0  # type: ignore[assignment]
    total = sum(counts.values()) or 1.0
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {country: round(count / total, 4) for country, count in ranked}


def _countries_of(match: Match, codebook: Codebook) -> list[str]:
    found: list[str] = []
    for key in match.ids:
        if match.kind in ("state", "demonym"):
            found.append(key)
        elif match.kind in ("actor", "metonym") and (actor := codebook.actor(key)) and actor.country:
            found.append(actor.country)
        elif match.kind == "leader" and (leader := codebook.leader(key)) and leader.country:
            found.append(leader.country)
    return found


def resolve(context: Context, match: Match, text: str, evidence: Evidence | None) -> Participant:
    """Return the participant a codebook match stands for, with the reason and a score.

    Of several candidates those of the article's countries win, then those that existed on the day.
    """
    book = context.codebook
    if match.kind in ("state", "demonym"):
        government = book.government_of(match.ids[0])
        state = book.states.get(match.ids[0])
        name = state.name if state is not None and match.kind == "state" else (government.name if government else text)
        actor_id = government.id if government else None
        return Participant(text, name, actor_id, f"{match.kind} for its government", 0.8, match.ids[0], evidence)
    if match.kind == "generic":
        return _resolve_generic(context, match, text, evidence)
    if match.kind == "leader":
        leader = _leader(context, match)
        name = leader.name if leader else text
        term = leader.term_on(context.published) if leader else None
        country = term.country if term else (leader.country if leader else None)
        key = leader.id if leader else match.ids[0]
        return Participant(text, name, key, "leader named in the codebook", 0.95, country, evidence)
    if match.kind == "outlet":
        outlet = book.outlets[match.ids[0]]
        return Participant(text, outlet.name, outlet.id, "outlet named in the codebook", 0.95, outlet.country, evidence)
    actors = [a for key in match.ids if (a := book.actor(key)) is not None]
    if not actors:
        return Participant(text, text, None, "not in the codebook", 0.3, None, evidence)
    best = min(actors, key=lambda actor: rank_actor(context, actor))
    reason = "metonym for a government" if match.kind == "metonym" else "named in the codebook"
    score = 0.95 if len(actors) == 1 else 0.7
    return Participant(text, best.name, best.id, reason, score, best.country, evidence)


def rank_actor(context: Context, actor: Actor) -> tuple[float, bool]:
    """Return what decides between actors of one name, the least first: the article's countries, then who exists."""
    return -context.countries.get(actor.country or "", 0.0), not actor.exists_on(context.published)


def _leader(context: Context, match: Match) -> Leader | None:
    """Return which leader of the candidates is meant: one in office on the day, of the article's countries first."""
    leaders = [leader for key in match.ids if (leader := context.codebook.leader(key)) is not None]
    return max(leaders, key=lambda leader: rank_leader(context, leader), default=None)


def rank_leader(context: Context, leader: Leader) -> tuple[bool, float, date]:
    """Return what decides between leaders of one name, the greatest first: in office, the countries, the latest."""
    in_office = leader.term_on(context.published) is not None
    return in_office, context.countries.get(leader.country or "", 0.0), leader.since or date.min


def _resolve_generic(context: Context, match: Match, text: str, evidence: Evidence | None) -> Participant:
    book, country = context.codebook, context.main_country
    if country is None or country not in book.states:
        return Participant(text, text, None, "a role without a known country", 0.3, None, evidence)
    actor = book.actor(book.role_id(country, match.ids[0]))
    if actor is None:
        return Participant(text, text, None, "a role without a known country", 0.3, country, evidence)
    return Participant(
        text, actor.name, actor.id, f"role in the article's main country {country}", 0.7, country, evidence
    )


def mention_of(context: Context, sentence: Sentence, match: Match) -> Mentioned:
    """Return a match of a sentence as a mention: resolved, with its kind and whether it is a subject."""
    article = context.analysis.article
    start, end = sentence.tokens[match.first].start, sentence.tokens[match.last].end
    participant = resolve(context, match, article.text[start:end], Evidence(article.id, start, end))
    kind = {"leader": "person", "generic": "many", "demonym": "demonym"}.get(match.kind, "thing")
    is_subject = any(sentence.tokens[i].relation in ("nsubj", "nsubj:pass") for i in range(match.first, match.last + 1))
    return Mentioned(sentence.index, match.first, match.last, kind, participant, is_subject, match)


def mention_in(context: Context, sentence: Sentence, first: int, last: int) -> Mentioned | None:
    """Return the mention that best names tokens [first, last]: "led by X" and "X-led" win, then the one at the head.

    A country's name loses against an actor in the same phrase ("Syria's army" is the army).
    """
    mentions = context.mentions[sentence.index]
    inside = [m for m in mentions if m.first >= first and m.last <= last]
    inside = inside or [m for m in mentions if m.first <= last and first <= m.last]  # a name that the run cuts short
    if not inside:
        return None
    led = [m for m in inside if _leads(sentence, m) and m.kind == "thing"]
    if led:
        return led[0]
    inner = next((i for i in range(first, last + 1) if sentence.tokens[i].text in (",", "(") and i > first), last + 1)
    front = [m for m in inside if m.first < inner] or inside
    weight = {"generic": 2}
    return max(
        front,
        key=lambda m: (
            not m.participant.reason.startswith(("state", "demonym")),
            weight.get(m.kind, 1),
            m.participant.score,
            m.last,
        ),
    )


def _leads(sentence: Sentence, mention: Mentioned) -> bool:
    before = [t.text.lower() for t in sentence.tokens[max(0, mention.first - 3) : mention.first]]
    after = [t.text.lower() for t in sentence.tokens[mention.last + 1 : mention.last + 3]]
    return before[-2:] == ["led", "by"] or before[-3:-1] == ["led", "by"] or after == ["-", "led"]


def antecedent(
    context: Context, sentence: Sentence, token: int, without: Sequence[tuple[int, int]] = ()
) -> Mentioned | None:
    """Return what a pronoun stands for: the nearest fitting mention before it, subjects first, two sentences back.

    Mentions in the token runs `without` of the pronoun's own sentence are left aside.
    """
    kind = PRONOUNS.get(sentence.tokens[token].text.lower())
    if kind is None:
        return None
    earlier = [
        m
        for m in context.mentions[sentence.index]
        if m.last < token and not any(a <= m.last and m.first <= b for a, b in without)
    ]
    for back in range(3):
        index = sentence.index - back
        if index < 0:
            break
        pool = earlier if back == 0 else list(context.mentions[index])
        told = context.analysis.sentences[index]
        fitting = [m for m in pool if _fits(m, kind) and not _only_describes(told, m)]
        if fitting:
            return max(
                fitting,
                key=lambda m: (kind != "many" or not _is_state(m), m.is_subject, _is_main(told, m), m.first),
            )
    return None


def _is_main(sentence: Sentence, mention: Mentioned) -> bool:
    """Tell whether a mention is the subject of the sentence's own verb: whom it is about, rather than of a clause's."""
    heads = (sentence.tokens[i] for i in range(mention.first, mention.last + 1))
    return any(t.relation.startswith("nsubj") and sentence.tokens[t.head].head < 0 for t in heads)


def _only_describes(sentence: Sentence, mention: Mentioned) -> bool:
    """Tell whether a name stands before a noun it describes ("army checkpoint"), so that no pronoun takes it up."""
    head = sentence.tokens[mention.last]
    return head.relation in ("compound", "amod") and head.head > mention.last


def _is_state(mention: Mentioned) -> bool:
    return mention.participant.reason.startswith(("state", "demonym"))


def _fits(mention: Mentioned, kind: str) -> bool:
    if kind == "person":
        return mention.kind == "person"
    if kind == "thing":
        return mention.kind == "thing" and mention.participant.reason != "outlet named in the codebook"
    return mention.kind in ("many", "thing")
