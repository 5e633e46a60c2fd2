"""Why a statement is its origin's: the chain of who told whom, each link by its cue, and who the words name."""

from collections.abc import Iterator

from mene.codebook import Codebook
from mene.records import Source
from mene.report.claim import say_chain
from mene.report.why.case import words_of
from mene.report.why.records import Reason
from mene.report.why.words import say, say_chance
from mene.report.words import plain, say_loaded
from mene.statements import CodedStatement
from mene.statements.context import Context, mention_in
from mene.statements.find import Link
from mene.statements.tone import OPINION_FROM

_TAKES_UP = frozenset(("named again", "taken up", "goes on", "reference", "earlier source", "subject before"))


def explain_origin(coded: CodedStatement, context: Context) -> Reason:
    """Return why a statement has its chain of sources: each act of saying, and whom its words name."""
    statement = coded.statement
    origin = statement.origin
    return Reason(
        aspect="origin",
        value=say_chain(statement.sources),
        code=origin.actor_id or origin.name,
        words=_words(context, origin),
        because=tuple(_because(coded, context)),
    )


def explain_kind(coded: CodedStatement, context: Context) -> Reason:
    """Return why a statement is a report, a claim, a denial and so on."""
    cue = coded.statement.cue
    text = context.analysis.article.text
    words = text[cue.start : cue.end] if cue is not None else _first_cue(coded, context)
    kind, tone = coded.statement.kind, coded.statement.tone
    because = [say("kind", coded.kind_rule, cue=words)]
    if coded.kind_rule == "judges" and tone.loaded:
        because.append(f"its loaded words: {say_loaded(tone.loaded)}")
    elif coded.kind_rule == "judges":
        because.append(
            f"the grade of its wording is {tone.subjectivity:.2f} of 1, an opinion from {OPINION_FROM:.2f} on"
        )
    return Reason("kind", kind, kind, None, tuple(because))


def _first_cue(coded: CodedStatement, context: Context) -> str:
    link = next(iter(coded.said.links), None)
    return words_of(context, link.sentence, link.attribution.cue) if link is not None else ""


def _words(context: Context, source: Source) -> str | None:
    text, evidence = context.analysis.article.text, source.evidence
    return plain(text[evidence.start : evidence.end]) if evidence is not None else None


def _because(coded: CodedStatement, context: Context) -> Iterator[str]:
    said = coded.said
    if said.staff:
        yield "only the outlet's own people are said to say it, so the outlet says it itself"
    elif not said.chain:
        yield "nobody else is said to say it, so the outlet says it itself"
    if said.going is not None:
        yield say("going", said.going, name=said.chain[0].name if said.chain else "the speaker")
    for link in said.links:
        yield from _of_link(link, context, coded)
    if said.turn is not None:
        yield f"the paragraph is a turn of a conversation whose label names {plain(said.turn.name)}"
    if said.ahead:
        yield f"the monitor without a name is the one named just after, {plain(coded.statement.origin.name)}"
    yield from _outlets(coded, context)


def _of_link(link: Link, context: Context, coded: CodedStatement) -> Iterator[str]:
    """Yield how one act of saying was found, and by what its source was found."""
    attribution, named, sentence = link.attribution, link.named, link.sentence
    cue = words_of(context, sentence, attribution.cue)
    before = "" if sentence.index == coded.sentence.index else "in the sentence that names the speaker, "
    yield before + say("attribution", attribution.rule, cue=cue)
    if attribution.source is None:
        yield say("source", "nobody", words="", name="")
    else:
        words = words_of(context, sentence, attribution.source)
        told = say("source", named.rule, words=words, name=named.source.name)
        yield f"{told} ({say_chance(named.score)})" if named.score is not None else told
    if attribution.joined:
        yield f"the tree has no source beside “{cue}”; the reader model joins that one to it"
    if named.rule not in _TAKES_UP:
        yield from _known_as(named.source, context)
    if link.relay is not None:
        through = "the same speaker was just said to speak to it" if link.goes_on else "the words say so"
        yield f"told through {plain(link.relay.name)}: {through}"


def _known_as(source: Source, context: Context) -> Iterator[str]:
    """Yield which name of the codebook in the words makes the source an actor's, if one does."""
    sentences, evidence = context.analysis.sentences, source.evidence
    sentence = next((s for s in sentences if evidence is not None and s.start <= evidence.start < s.end), None)
    if sentence is None or evidence is None:
        return
    inside = [i for i, t in enumerate(sentence.tokens) if evidence.start <= t.start and t.end <= evidence.end]
    mention = mention_in(context, sentence, inside[0], inside[-1]) if inside else None
    if mention is None:
        yield "the codebook knows no name in these words"
    elif source.actor_id == mention.participant.actor_id:
        name = words_of(context, sentence, (mention.first, mention.last))
        yield f"“{name}” in it is {plain(mention.participant.name)} in the codebook ({source.actor_id})"
    elif source.actor_id is None and mention.participant.actor_id is not None:
        name = words_of(context, sentence, (mention.first, mention.last))
        yield f"“{name}” in it only says where or of what country; it speaks for no side"
    elif source.actor_id is not None:
        yield f"it speaks for {_name_of(source.actor_id, context.codebook)} ({source.actor_id})"


def _name_of(actor_id: str, book: Codebook) -> str:
    actor = book.actor(actor_id)
    return actor.name if actor is not None else actor_id


def _outlets(coded: CodedStatement, context: Context) -> Iterator[str]:
    """Yield through which outlets the article has it."""
    article = context.analysis.article
    quoted = article.blocks[coded.sentence.block].attributed_to
    if quoted is not None:
        yield f"the paragraph is quoted from {plain(quoted)}"
    if article.taken_from is not None:
        yield f"the page says that its text is that of {plain(article.taken_from)}"
    if article.credits and not coded.said.chain:
        yield f"the page credits {plain(article.credits[0])}, which counts as the origin of what it lays to nobody"
    outlet = coded.statement.sources[-1]
    if article.publisher is None:
        yield "the article names no publisher, so its outlet is unnamed"
    elif outlet.actor_id in context.codebook.outlets:
        yield f"the publisher is {plain(outlet.name)}, an outlet of the codebook ({outlet.actor_id})"
    elif outlet.actor_id is not None:
        side = f"{_name_of(outlet.actor_id, context.codebook)} ({outlet.actor_id})"
        yield f"the publisher is {plain(outlet.name)}, an outlet of the codebook that speaks for {side}"
    else:
        yield f"the publisher is {plain(outlet.name)}"
