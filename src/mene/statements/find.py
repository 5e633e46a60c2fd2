"""`find_statements`: the one call of stage 3."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from mene.articles.header import publication_day
from mene.codebook import Codebook
from mene.dates import find_times
from mene.records import Analysis, Block, Dropped, Evidence, Sentence, Source, Statement, Tone
from mene.statements.attribution import find_attributions, is_act, says_nothing_else
from mene.statements.context import Context, read_context
from mene.statements.denials import Told, find_denied, told_of
from mene.statements.grammar import CLAUSES, ancestors, child, head_of, subtree
from mene.statements.identity import statement_id
from mene.statements.kinds import KindRule, kind_of_content
from mene.statements.modality import Decision, compose_all, decide
from mene.statements.outlets import outlet_of
from mene.statements.saying import Attribution, Run, find_hearsay, runs_of
from mene.statements.sources import Named, Spoken, find_source, is_staff, name_source
from mene.statements.tone import OPINION_FROM, read_tone
from mene.statements.turns import Turn, find_turns
from mene.statements.verbs import said_ahead
from mene.vocabulary import Modality, SourceKind, StatementKind

RELAY_REACH = 2
"""For so many sentences a speaker who goes on speaking still speaks to the outlet named before."""

QUOTE_REACH = 5
"""A quotation whose speaker follows is looked through for so many sentences."""

US_REACH = 2
"""A sentence about "us" without marks is told by whoever spoke within so many sentences before."""

MONITOR_REACH = 3
"""A monitor told of without a name is the one that is named within so many sentences."""

LONGEST_SIGNATURE = 8
"""So many words at most sign a quotation."""

_WORDS_IN_MARKS = re.compile(r'(?<!\w)(?:“[\w’-]+(?: [\w’-]+)?”|"[\w’-]+(?: [\w’-]+)?"|«[\w’-]+(?: [\w’-]+)?»)')

_NAMED_AHEAD: Mapping[SourceKind, frozenset[str]] = {
    "monitor": frozenset(("monitor", "monitors", "monitoring", "watchdog", "ngo", "observatory")),
    "outlet": frozenset(("report", "reports", "newspaper", "paper")),
}
"""Words for a source without a name, by the kind of source that is named for it in the next sentences."""
_BELIEFS = frozenset("expect believe think fear suspect estimate presume assume suppose".split())
UNNAMED_OUTLET = "unnamed outlet"


GoingOn = Literal[
    "open quotation", "next quotation", "press release", "first person", "speaker ahead", "speaker behind", "signed"
]
"""Why a sentence without a cue of its own is somebody's words: see `_sayings` and `_carried_back`."""

_QUOTED: frozenset[GoingOn] = frozenset(("open quotation", "next quotation"))
"""Of these a quotation between marks may still be open after the sentence."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: an act of saying in its sentence, whom it names, and through whom they are told.

    `goes_on` tells that the outlet between is the one that the same speaker was said to speak to just before.
    """

    sentence: Sentence
    attribution: Attribution
    named: Named
    relay: Source | None
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in the making: its token runs, its chain below the outlets, and what the cues make of it.

    `links` are the acts of saying that the chain was read from, the innermost first; `going` tells why it holds for a
    sentence that has none of them, `ahead` that its nameless monitor is the one named just after, `turn` who speaks
    in the turn of a conversation that it is told in, `staff` that only the outlet's own people say it.
    """

    runs: tuple[Run, ...]
    chain: tuple[Source, ...]
    cue: Run | None
    kind: StatementKind
    effects: tuple[tuple[Modality, Run | None], ...]
    links: tuple[Link, ...] = ()
    going: GoingOn | None = None
    ahead: bool = False
    turn: Source | None = None
    staff: bool = False

    def going_on(self, sentence: Sentence, why: GoingOn) -> "Said":
        """Return the same speaker's words that are all of another sentence: its cues stand in the first one."""
        effects = tuple((effect, None) for effect, _ in self.effects)
        return replace(self, runs=((0, len(sentence.tokens) - 1),), cue=None, effects=effects, going=why)


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """A statement with what it was decided from: `inner` is its modality before the cues of its chain count."""

    statement: Statement
    sentence: Sentence
    said: Said
    inner: Decision
    decision: Decision
    kind_rule: KindRule


_Told = tuple[Sentence, list[Said]]


def find_statements(
    analysis: Analysis, *, codebook: Codebook, published: date | None = None, context: Context | None = None
) -> tuple[tuple[Statement, ...], tuple[Dropped, ...]]:
    """Return the article's statements in reading order, and what was left out.

    Every sentence gives a statement of the narrator for what the outlet asserts itself and one for each content
    attributed in it; contents inside contents carry the chain, innermost source first. A sentence inside a quotation
    that runs on belongs to the quotation's speaker.

    >>> from mene.articles import read_article
    >>> from mene.codebook import load_codebook
    >>> from mene.language import analyse, load_reader
    >>> text = "Rebels have entered Hama, an officer told the Highland Post. The ministry denied it had lost the town."
    >>> article = read_article(text.encode(), name="hama.txt", published=date(2024, 12, 5))
    >>> told, _ = find_statements(analyse(article, load_reader()), codebook=load_codebook())
    >>> for one in told:
    ...     print(one.kind, one.modality, [source.name for source in one.sources])
    report asserted ['officer', 'Highland Post', 'unnamed outlet']
    report asserted ['unnamed outlet']
    denial negated ['ministry', 'unnamed outlet']
    """
    context = context or read_context(analysis, codebook, published or analysis.article.published_at)
    coded, dropped = code_statements(context)
    return tuple(one.statement for one in coded), dropped


def code_statements(context: Context) -> tuple[tuple[CodedStatement, ...], tuple[Dropped, ...]]:
    """Return the statements of `find_statements`, each with what it was decided from, and what was left out."""
    analysis = context.analysis
    coded: list[CodedStatement] = []
    dropped: list[Dropped] = []
    memory = _Memory(find_turns(context))
    sayings: list[_Told] = []
    for sentence in analysis.sentences:
        words = analysis.article.text[sentence.start : sentence.end]
        if not any(t.upos in ("VERB", "AUX", "NOUN", "PROPN") for t in sentence.tokens):
            dropped.append(Dropped("statements", words, "no word that asserts anything", _evidence(context, sentence)))
            continue
        if publication_day(words) is not None:
            dropped.append(Dropped("statements", words, "publication line", _evidence(context, sentence)))
            continue
        sayings.append((sentence, _sayings(context, sentence, memory)))
    told: list[Told] = []
    for sentence, said in _named_ahead(_signed(context, _carried_back(context, sayings))):
        for one in said:
            coded.append(_statement(context, sentence, one))
            made, denies = coded[-1].statement, coded[-1].statement.kind == "denial"
            told.append(told_of(context.codebook, sentence, one.runs, made.id, denies=denies, own=not one.chain))
    pointing = (_pointing(c, find_denied(t, told)) if t.denies else c for c, t in zip(coded, told, strict=True))
    return tuple({c.statement.id: c for c in pointing}.values()), tuple(dropped)


def _pointing(coded: CodedStatement, denied: tuple[str, ...]) -> CodedStatement:
    return replace(coded, statement=replace(coded.statement, denies=denied))


class _Memory:
    """Who spoke so far in the article and whose quotation is still open since which sentence."""

    def __init__(self, turns: Mapping[int, Turn]) -> None:
        self.origins: list[Spoken] = []
        self.open_quote: Said | None = None
        self.quoted: Said | None = None
        self.speech: Said | None = None
        self.speaker: tuple[int, Said] | None = None
        self.own_voice = False
        self.announced = False
        self.named: dict[tuple[int, Run | None], Named] = {}
        self.turns = turns
        self.block = -1
        self.opened = 0

    def who_says_we(self, sentence: Sentence) -> Said | None:
        """Return who spoke just before a sentence about "us" without marks; nobody where the writer says "we"."""
        if self.own_voice or self.speaker is None or sentence.index - self.speaker[0] > US_REACH:
            self.own_voice = True
            return None
        return self.speaker[1]


def _sayings(context: Context, sentence: Sentence, memory: _Memory) -> list[Said]:
    turn = memory.turns.get(sentence.block)
    if turn is not None and sentence.block != memory.block:
        memory.open_quote = memory.quoted = memory.speech = None
    carried = memory.open_quote if _continues_quote(context, sentence, memory) else None
    why: GoingOn = "open quotation"
    attributions = [] if carried else _within_turn(sentence, find_attributions(context, sentence), turn)
    said = [_said(context, sentence, a, attributions, memory) for a in attributions]
    whole = (0, len(sentence.tokens) - 1)
    if carried is None and memory.quoted and _is_quotation(context, sentence) and sentence.block <= memory.block + 1:
        carried, attributions, why = memory.quoted, [], "next quotation"
    speech = memory.speech if carried is None and memory.announced and _is_led_by_us(sentence) else None
    if carried is None and not attributions and not _has_quotation(context, sentence):
        carried, why = memory.speech, "press release"
        if carried is None and _speaks_of_us(sentence):
            carried, why = memory.who_says_we(sentence), "first person"
    if carried is not None and why == "first person":  # the cue before is of other words
        said = [replace(carried, effects=(), kind="report").going_on(sentence, why)]
    elif carried is not None:
        said = [carried.going_on(sentence, why)]
    elif not attributions:
        said = _told(context, sentence, (whole,))
    elif _tells_an_act(context, sentence, attributions) or not says_nothing_else(sentence, attributions):
        said = [*_told(context, sentence, _rest(context, sentence, attributions) or (whole,)), *said]
    if speech is not None and carried is None:  # "We have seen reports that ..."
        said, carried, why = _within_speech(said, speech), speech, "press release"
    speaking = next((s for s in said if len(s.links) == 1 and s.chain and s.chain[0].kind != "document"), None)
    memory.speaker = (sentence.index, speaking) if speaking is not None else memory.speaker
    memory.block = sentence.block
    announced = said_ahead(context, sentence) if not attributions and carried is None else None
    memory.announced = announced is not None or (memory.announced and carried is not None)
    memory.speech = _speech(context, sentence, said, carried)
    if announced is not None:
        memory.speech = _said(context, sentence, announced, [announced], memory)
    memory.quoted = next((s for s in said if s.chain), None) if _has_quotation(context, sentence) else None
    memory.open_quote = _left_open(context, sentence, said, carried if why in _QUOTED else None)
    memory.opened = sentence.index if carried is None else memory.opened
    return said if turn is None else _in_turn(sentence, said, turn)


def _within_turn(sentence: Sentence, found: list[Attribution], turn: Turn | None) -> list[Attribution]:
    """Return the attributions without that of a turn's label: "Ekanayake: ..." is told by the turn itself."""
    if turn is None:
        return found
    return [a for a in found if a.source is None or sentence.tokens[a.source[0]].start >= turn.start]


def _in_turn(sentence: Sentence, said: Sequence[Said], turn: Turn) -> list[Said]:
    """Return what is said in a turn as told by its speaker, without the label."""
    out = []
    for one in said:
        words = [i for a, b in one.runs for i in range(a, b + 1) if sentence.tokens[i].start >= turn.start]
        runs = tuple(runs_of(words, sentence))
        told = turn.speaker is not None and turn.speaker.name not in {source.name for source in one.chain}
        chain = (*one.chain, turn.speaker) if told and turn.speaker is not None else one.chain
        if runs:
            out.append(replace(one, runs=runs, chain=chain, turn=turn.speaker if told else None))
    return out


def _speaks_of_us(sentence: Sentence) -> bool:
    """Tell whether "we" or "I" is the subject of a verb of a sentence."""
    return any(t.text.lower() in ("we", "i") and t.relation.startswith("nsubj") for t in sentence.tokens)


def _within_speech(said: Sequence[Said], speech: Said) -> list[Said]:
    """Return what a sentence says as told by whose speech it stands in."""
    own = replace(speech, cue=None, effects=(), going="press release")
    return [
        replace(one, chain=(*one.chain, *speech.chain), links=(*one.links, *speech.links))
        if one.chain
        else replace(own, runs=one.runs)
        for one in said
    ]


def _is_led_by_us(sentence: Sentence) -> bool:
    """Tell whether "we" or "I" is the subject of a sentence's main verb."""
    root = next((i for i, t in enumerate(sentence.tokens) if t.head < 0), None)
    found = child(sentence, root, "nsubj") if root is not None else None
    return found is not None and sentence.tokens[found].text.lower() in ("we", "i")


def _speech(context: Context, sentence: Sentence, said: Sequence[Said], carried: Said | None) -> Said | None:
    """Return whose words go on after the sentence without marks: a press release's "The minister said: We condemn ..."

    It ends with the next sentence that attributes something or stands between quotation marks.
    """
    if carried is not None or _has_quotation(context, sentence):
        return carried if not _has_quotation(context, sentence) else None
    for one in said:
        named = one.cue is not None and bool(one.chain) and one.chain[0].name != one.chain[0].name.lower()
        after = one.cue[1] + 1 if one.cue is not None and named else len(sentence.tokens)
        if after < len(sentence.tokens) - 1 and sentence.tokens[after].text == ":":
            heading = context.analysis.article.blocks[sentence.block].kind == "heading"
            return one if not heading and sentence.tokens[after - 1].upos == "VERB" else None
    return None


def _tells_an_act(context: Context, sentence: Sentence, attributions: Sequence[Attribution]) -> bool:
    """Tell whether the outlet itself says that somebody accuses, denies, demands or promises."""
    return any(is_act(context.codebook, sentence, a) for a in attributions if not _around(a, attributions))


def _told(context: Context, sentence: Sentence, runs: tuple[Run, ...]) -> list[Said]:
    """Return the outlet's own statements in `runs`: the news, and apart from it a clause that tells of years before.

    "The militia, which seized Bunia in 2003, signed a truce on Monday": the clause is background, the rest is not.
    """
    text = context.analysis.article.text[sentence.start : sentence.end]
    times = find_times(text, published=context.published)
    if not any(t.background for t in times) or all(t.background for t in times if t.occurred_start):
        return [Said(runs, (), None, "report", ())]
    past: set[int] = set()
    for time in times:
        if time.background:
            past.update(_clause_around(sentence, sentence.start + time.start))
    news = {
        i
        for time in times
        if not time.background
        for i, t in enumerate(sentence.tokens)
        if sentence.start + time.start <= t.start < sentence.start + time.end
    }
    within = [i for a, b in runs for i in range(a, b + 1)]
    old, new = [i for i in within if i in past], [i for i in within if i not in past]
    if past & news or not any(sentence.tokens[i].upos == "VERB" for i in new):
        return [Said(runs, (), None, "report", ())]
    parts = [Said(tuple(runs_of(new, sentence)), (), None, "report", ())]
    return [*parts, Said(tuple(runs_of(old, sentence)), (), None, "background", ())] if old else parts


def _clause_around(sentence: Sentence, offset: int) -> list[int]:
    """Return the tokens of the clause that stands at a character offset, where it is less than the whole sentence."""
    at = next((i for i, t in enumerate(sentence.tokens) if t.start <= offset < t.end), None)
    if at is None:
        return []
    for node in (at, *ancestors(sentence, at)):
        token = sentence.tokens[node]
        if token.head >= 0 and token.upos in ("VERB", "AUX") and token.relation in CLAUSES:
            own = token.relation != "conj" or child(sentence, node, "nsubj", "nsubj:pass") is not None
            return subtree(sentence, node) if own else []
        if token.head < 0:
            following = [child(sentence, node, "parataxis")]
            parts = [i for f in following if f is not None for i in subtree(sentence, f)]
            return [i for i in subtree(sentence, node) if i not in parts] if parts else []
    return []


def _rest(context: Context, sentence: Sentence, attributions: Sequence[Attribution]) -> tuple[Run, ...]:
    """Return the runs of a sentence that no source says: what the outlet asserts itself.

    That a source says something is no news; that it accuses, denies, demands or promises is, and is the outlet's word.
    """
    taken: set[int] = set()
    kept: set[int] = set()
    for a in attributions:
        for first, last in a.contents:
            taken.update(range(first, last + 1))
        beside = kept if is_act(context.codebook, sentence, a) else taken
        for first, last in (a.cue, *([a.source] if a.source else [])):
            beside.update(range(first, last + 1))
    taken -= kept
    return tuple(runs_of([i for i in range(len(sentence.tokens)) if i not in taken], sentence))


def _carried_back(context: Context, sayings: Sequence[_Told]) -> list[_Told]:
    """Return the sayings with quotations opened before their speaker is named given to that speaker.

    "“We had no choice. The town was lost,” a soldier said": both sentences are the soldier's.
    """
    out = list(sayings)
    for i, (sentence, said) in enumerate(sayings):
        if any(s.chain for s in said) or not _opens_quote(context, sentence):
            continue
        speaker = _speaker_ahead(context, sayings, i)
        why: GoingOn
        if speaker is not None:
            source, last, why = next(s for s in sayings[speaker][1] if s.chain), speaker - 1, "speaker ahead"
        elif (before := _speaker_behind(context, out, i)) is not None:
            source, last, why = before, _closing(context, sayings, i), "speaker behind"
        else:
            continue
        for j in range(i, last + 1):
            told = sayings[j][0]
            out[j] = (told, [source.going_on(told, why)])
    return out


def _signed(context: Context, sayings: Sequence[_Told]) -> list[_Told]:
    """Return the sayings with a quotation that is set apart and signed given to who signs it.

    "The city sees fierce battles. - Dawit Lemma, driver." The signature itself says nothing and is left out.
    """
    out: list[_Told] = []
    for sentence, said in sayings:
        run = _signature(sentence)
        told = out[-1] if out else None
        if run is None or told is None or any(one.chain for one in told[1]):
            out.append((sentence, said))
            continue
        source = find_source(context, sentence, run)
        out[-1] = (told[0], [Said((), (source,), None, "report", ()).going_on(told[0], "signed")])
    return out


def _signature(sentence: Sentence) -> Run | None:
    """Return the name and role of a sentence that is a dash and a signature: "- Dawit Lemma, driver."."""
    last = len(sentence.tokens) - 1
    while last > 0 and sentence.tokens[last].upos == "PUNCT":
        last -= 1
    named = any(n.label == "PER" and n.first == 1 for n in sentence.names)
    bare = not any(t.upos in ("VERB", "AUX") for t in sentence.tokens) and last <= LONGEST_SIGNATURE
    return (1, last) if sentence.tokens[0].text in ("-", "–", "—") and named and bare else None


def _named_ahead(sayings: Sequence[_Told]) -> Iterator[_Told]:
    """Yield the sayings with a monitor, or a report, first told of without a name given the name told just after.

    "..., a war monitor said. The Observatory for ... said": one source, so one origin. So is "..., report says" over
    "..., the Times reported".
    """
    for i, (sentence, said) in enumerate(sayings):
        named = {kind: _kind_ahead(sayings, i, kind) for kind in _NAMED_AHEAD}
        yield sentence, [_named_as(one, named) for one in said]


def _named_as(said: Said, named: Mapping[SourceKind, Source | None]) -> Said:
    """Return a saying whose nameless source has the name that is told after it."""
    for kind, name in named.items():
        if said.chain and name is not None and _is_nameless(said.chain[0], kind):
            return replace(said, chain=(replace(name, evidence=said.chain[0].evidence), *said.chain[1:]), ahead=True)
    return said


def _is_nameless(source: Source, kind: SourceKind) -> bool:
    words = source.name.lower().split()
    return source.name == source.name.lower() and bool(_NAMED_AHEAD[kind].intersection(words[-2:]))


def _kind_ahead(sayings: Sequence[_Told], i: int, kind: SourceKind) -> Source | None:
    """Return the source of a kind that is named within the next sentences, and through whom nobody else is told."""
    chains = (one.chain for _, said in sayings[i + 1 : i + 1 + MONITOR_REACH] for one in said)
    return next((c[0] for c in chains if c and c[0].kind == kind and c[0].name != c[0].name.lower()), None)


def _speaker_behind(context: Context, sayings: Sequence[_Told], i: int) -> Said | None:
    """Return who was quoted in the sentence before: “It is quiet,” he said. “Nobody ... In a paragraph of its own
    the sentence goes on with that speaker where the quotation before was the whole of its paragraph's end."""
    if not i or sayings[i][0].block > sayings[i - 1][0].block + 1 or not _has_quotation(context, sayings[i - 1][0]):
        return None
    return next((s for s in sayings[i - 1][1] if s.chain), None)


def _closing(context: Context, sayings: Sequence[_Told], start: int) -> int:
    """Return the index of the sentence that closes the quotation opened at `start`, or `start` where none does."""
    for j in range(start + 1, min(start + QUOTE_REACH, len(sayings))):
        if any(s.chain for s in sayings[j][1]):
            break
        if _may_close(context, sayings[j][0]):
            return j
    return start


def _has_quotation(context: Context, sentence: Sentence) -> bool:
    """Tell whether a sentence stands in quotation marks, or a part of it; marks around a word or two quote nobody."""
    text = _WORDS_IN_MARKS.sub("", context.analysis.article.text[sentence.start : sentence.end])
    return any(mark in text for mark in '“”"«»')


def _may_close(context: Context, sentence: Sentence) -> bool:
    text = context.analysis.article.text[sentence.start : sentence.end]
    return any(mark in text for mark in '”"»')


def _is_quotation(context: Context, sentence: Sentence) -> bool:
    """Tell whether a sentence is one whole quotation, which goes on with what its speaker was just quoted for."""
    text = context.analysis.article.text[sentence.start : sentence.end].strip()
    return text[:1] in '“"«' and text[-1:] in '”"»' and len(text) > 2


def _opens_quote(context: Context, sentence: Sentence) -> bool:
    text = context.analysis.article.text[sentence.start : sentence.end]
    return (text[:1] in '“"«' and text.count("“") + text.count("«") > text.count("”") + text.count("»")) or (
        text[:1] == '"' and _last_opens(text)
    )


def _last_opens(text: str) -> bool:
    """Tell whether the last straight mark of a sentence opens a quotation: it stands before a word, after a space.

    >>> _last_opens('He said: "We left'), _last_opens('an "outrage" like a war crime."')
    (True, False)
    """
    at = text.rfind('"')
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return at >= 0 and (not before or before in " (\n[—–") and bool(after) and not after.isspace()


def _speaker_ahead(context: Context, sayings: Sequence[_Told], start: int) -> int | None:
    """Return the index of the next sentence that closes the quotation and names its speaker, or None."""
    for j in range(start + 1, min(start + QUOTE_REACH, len(sayings))):
        sentence, said = sayings[j]
        if _may_close(context, sentence):
            return j if any(s.chain for s in said) else None
    return None


def _said(
    context: Context, sentence: Sentence, attribution: Attribution, others: Sequence[Attribution], memory: _Memory
) -> Said:
    """Return one attribution with the chain of those whose contents it stands in, innermost first."""
    links: list[Link] = []
    for one in reversed([attribution, *_around(attribution, others)]):
        if one.source is not None and is_staff(sentence, one.source):
            continue  # what "our correspondent" says is the outlet's own
        around = links[0].named.source if links else None
        key = (sentence.index, one.source)
        named = memory.named.get(key) or name_source(
            context, sentence, one.source, memory.origins, one.contents, around
        )
        memory.named[key] = named  # "he added, noting that": he is one
        told = find_source(context, sentence, one.relay) if one.relay is not None else None
        relay = told or _relay_before(sentence, named.source, memory)
        links.insert(0, Link(sentence, one, named, relay, relay is not None and told is None))
    chain = [source for link in links for source in (link.named.source, link.relay) if source is not None]
    if not chain:
        return Said(attribution.contents, (), None, "report", (), staff=True)
    if chain[0].evidence is not None:
        quoted_from = context.analysis.article.blocks[sentence.block].attributed_to
        spoken = Spoken(sentence.index, quoted_from, chain[0], links[0].relay, attribution.cue[0], len(links) > 1)
        memory.origins.append(spoken)
    effects = tuple(effect for link in links for effect in _effects(context, link))
    kind = attribution.entry.kind
    return Said(attribution.contents, tuple(chain), attribution.cue, kind, effects, tuple(links))


def _effects(context: Context, link: Link) -> Iterator[tuple[Modality, Run | None]]:
    """Yield what a link makes of what it tells: by its cue, and by a source that vouches for nothing.

    "Unconfirmed reports spoke of looters" leaves it open whether there were any.
    """
    yield link.attribution.entry.modality, link.attribution.cue
    source = link.attribution.source
    if source is not None and (hearsay := find_hearsay(context.codebook, link.sentence, source)) is not None:
        yield "possible", hearsay


def _relay_before(sentence: Sentence, source: Source, memory: _Memory) -> Source | None:
    """Return the outlet a speaker was just said to have told, when a pronoun or short name goes on with them."""
    for spoken in reversed(memory.origins[-2:]):
        if spoken.source is source and sentence.index - spoken.sentence <= RELAY_REACH:
            return spoken.relay
    return None


def _around(attribution: Attribution, others: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions whose contents hold this one's cue, the innermost first."""
    holding = [o for o in others if o is not attribution and o.covers(attribution.cue[0])]
    return sorted(holding, key=lambda o: sum(b - a for a, b in o.contents))


def _continues_quote(context: Context, sentence: Sentence, memory: _Memory) -> bool:
    if memory.open_quote is None or sentence.index - memory.opened > QUOTE_REACH:
        return False
    if sentence.block == memory.block:
        return True
    opens = sentence.tokens[0].text in ("“", '"', "«")
    return sentence.block == memory.block + 1 and (opens or _closes_ahead(context, sentence))


def _closes_ahead(context: Context, sentence: Sentence) -> bool:
    """Tell whether a quotation that is still open goes on here, as the next mark closes it or opens a paragraph."""
    for later in context.analysis.sentences[sentence.index : sentence.index + QUOTE_REACH]:
        text = context.analysis.article.text[later.start : later.end]
        mark = next((i for i, char in enumerate(text) if char in '“”"«»'), None)
        if mark is None:
            continue
        opens_block = later is not sentence and mark == 0 and text[0] in '“"«'
        return opens_block or text[mark] in "”»" or (text[mark] == '"' and mark > 0 and not text[mark - 1].isspace())
    return False


def _left_open(context: Context, sentence: Sentence, said: Sequence[Said], carried: Said | None) -> Said | None:
    """Return whose quotation is still open after the sentence, from its quotation marks."""
    text = context.analysis.article.text[sentence.start : sentence.end]
    opened = max(text.rfind("“"), text.rfind("«"))
    closed = max(text.rfind("”"), text.rfind("»"))
    straight = _last_opens(text)
    if carried is not None:
        ends = closed > opened or ('"' in text and not straight)
        return None if ends else carried
    is_open = opened > closed or (straight and opened == -1)
    speaking = [s for s in said if s.chain]
    return speaking[0] if is_open and speaking else None


# --- making the record ----------------------------------------------------------------------------------------------


def _statement(context: Context, sentence: Sentence, said: Said) -> CodedStatement:
    article = context.analysis.article
    evidence = _cover(context, sentence, said.runs)
    text = " ".join(article.text[sentence.tokens[a].start : sentence.tokens[b].end] for a, b in said.runs)
    outlets = outlets_of(context, article.blocks[sentence.block])
    chain = (*(_own_name(source, outlets) for source in said.chain), *outlets)
    sources = tuple({source.name: source for source in reversed(chain)}.values())[::-1] if said.chain else chain
    inner = decide_in(context, sentence, said.runs)
    decision = compose_all(inner, said.effects)
    tone = read_tone(context.codebook, sentence, article.text, article.id)
    tone = _tone_within(tone, evidence)
    cue = context.evidence(sentence, *said.cue) if said.cue is not None else None
    kind, rule = _kind(context, sentence, said, tone, decision)
    statement = Statement(
        id=statement_id(evidence, sources),
        evidence=evidence,
        sentence=_evidence(context, sentence),
        text=text,
        sentence_text=article.text[sentence.start : sentence.end],
        sources=sources,
        kind=kind,
        factuality=decision.factuality,
        modality=decision.modality,
        tone=tone,
        said_at=_said_at(context, sentence, said),
        published_at=article.published_at,
        first_seen=article.published_at,
        cue=cue,
        deciding=tuple(context.evidence(sentence, *run) for run in decision.deciding),
        credits=tuple(outlet_of(context.codebook, name) for name in article.credits),
    )
    return CodedStatement(statement, sentence, said, inner, decision, rule)


def _own_name(source: Source, outlets: Sequence[Source]) -> Source:
    """Return the outlet that a source is by its name, or that printed it ("an earlier report in the Wire"), or it."""
    name = source.name.casefold()
    for outlet in outlets:
        own = outlet.name.casefold().removeprefix("the ")
        printed = source.kind == "document" and source.actor_id is None and name.endswith(f" {own}")
        if printed or name.removeprefix("the ") == own:
            return outlet
    return source


def outlets_of(context: Context, block: Block) -> tuple[Source, ...]:
    """Return the outlets a block comes through: whom it is quoted from, whose text it is, then the own publisher."""
    article = context.analysis.article
    names = [n for n in (block.attributed_to, article.taken_from, article.publisher or UNNAMED_OUTLET) if n]
    return tuple(outlet_of(context.codebook, name) for name in dict.fromkeys(names))


def decide_in(context: Context, sentence: Sentence, runs: Sequence[Run]) -> Decision:
    """Return the modality of the main predicate of `runs`, the cues of the chain left aside."""
    head = _judged(sentence, head_of(sentence, *max(runs, key=lambda r: r[1] - r[0])))
    trigger = next((t for t in sentence.triggers if t.token == head), None)
    return decide(context.codebook, sentence, head, trigger)


def _judged(sentence: Sentence, head: int) -> int:
    """Return the word whose truth a predicate only judges, else `head`.

    "attack" of "unlikely that they would attack", "meet" of "are expected to meet".
    """
    token = sentence.tokens[head]
    judges = token.upos == "ADJ" or (token.lemma.lower() in _BELIEFS and child(sentence, head, "aux:pass") is not None)
    clause = child(sentence, head, "ccomp", "csubj", "xcomp") if judges else None
    return head if clause is None or sentence.tokens[clause].upos not in ("VERB", "AUX") else clause


def _kind(
    context: Context, sentence: Sentence, said: Said, tone: Tone, decision: Decision
) -> tuple[StatementKind, KindRule]:
    if said.chain:
        return kind_of_content(sentence, said.runs, said.kind, said.chain[0], tone, decision)
    if said.kind == "background" or _tells_history(context, sentence):
        return "background", "history"
    if tone.subjectivity >= OPINION_FROM:
        return "opinion", "judges"
    head = head_of(sentence, *said.runs[0])
    words = {t.lemma.lower() for t in sentence.tokens if t.head == head and t.relation == "aux"}
    if words & {"will", "shall"} or (decision.modality == "nearly" and "will" in words):
        return "forecast", "will"
    return "report", "tells"


def _tells_history(context: Context, sentence: Sentence) -> bool:
    """Tell whether the sentence's only times lie clearly before the news."""
    text = context.analysis.article.text[sentence.start : sentence.end]
    times = find_times(text, published=context.published)
    return bool(times) and all(t.background for t in times)


def _said_at(context: Context, sentence: Sentence, said: Said) -> date | None:
    """Return the day named beside the cue ("said on Thursday"), else the publication date."""
    if said.cue is None:
        return context.published
    start = sentence.tokens[max(0, said.cue[0] - 1)].start
    end = sentence.tokens[min(len(sentence.tokens) - 1, said.cue[1] + 5)].end
    text = context.analysis.article.text[sentence.start : sentence.end]
    for time in find_times(text, published=context.published):
        a, b = sentence.start + time.start, sentence.start + time.end
        inside = any(sentence.tokens[x].start <= a < sentence.tokens[y].end for x, y in said.runs)
        if start <= a and b <= end and not inside and time.precision == "day" and time.occurred_start:
            return time.occurred_start
    return context.published


def _tone_within(tone: Tone, evidence: Evidence) -> Tone:
    kept = tuple(w for w in tone.loaded if evidence.start <= w.evidence.start < evidence.end)
    return (
        tone
        if len(kept) == len(tone.loaded)
        else Tone(round(tone.subjectivity * len(kept) / len(tone.loaded), 2), kept)
    )


def _cover(context: Context, sentence: Sentence, runs: Sequence[Run]) -> Evidence:
    return context.evidence(sentence, min(a for a, _ in runs), max(b for _, b in runs))


def _evidence(context: Context, sentence: Sentence) -> Evidence:
    return Evidence(context.analysis.article.id, sentence.start, sentence.end)
