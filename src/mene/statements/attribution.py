"""Who says what in one sentence: the cue, its source and its content, from the tree and the reader's spans together.

The tree says which clause a verb of saying governs; the reader, trained on PolNeAR, says where sources and contents
begin and end, and finds the cues that no list holds. A content found by both takes the reader's limits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mene.codebook import Codebook
from mene.records import Saying, Sentence, Span, Token
from mene.statements.context import FIRST_PERSON, PRONOUNS, Context
from mene.statements.grammar import CLAUSES, SUBJECTS, children, head_of, overlaps, subtree, trimmed
from mene.statements.phrases import according_to, said_by_nouns, said_in_headlines
from mene.statements.relays import LEADING_WORDS, QUOTING, SAYING_WORDS, is_passed_on, quoted_as, with_cited
from mene.statements.saying import (
    PLAIN,
    Attribution,
    Run,
    names_speaker,
    runs_of,
    size_of,
    speaker_kind,
    touches,
    without_run,
)
from mene.statements.verbs import (
    SURE_CUE,
    denied_by,
    is_intention,
    is_unsaid,
    said_at_the_end,
    said_by_verbs,
    says_nothing,
)
from mene.vocabulary import StatementKind

_GOING_ON = frozenset(
    "adding reiterating stressing noting emphasising emphasizing underlining underscoring reaffirming".split()
)
"""Participles with which the one who has spoken goes on."""

HALF_WORDS = 3
"""A half of a sentence, up to a semicolon, is content of its own from so many words on."""

MIN_OVERLAP = 0.5
"""A reader's content replaces the tree's when it covers at least this share of it (0.3 to 0.7 gave the same cases)."""

_FUNCTION = frozenset("ADP AUX CCONJ DET PART PRON SCONJ PUNCT".split())
_UNNAMED = frozenset(("name", "identify", "quote"))
"""Whoever "asked not to be named" (identified, quoted) has demanded nothing that matters."""

_NAMED = frozenset(("actor", "leader", "outlet", "metonym"))
"""What the codebook knows by name, whatever the reader takes the word for."""

_NO_SPEAKERS = frozenset(("view", "sight", "scene", "attempt", "body"))
"""What shows or tells something only to whoever looks at it."""

_OF_THINGS: frozenset[StatementKind] = frozenset(("threat", "claim", "forecast"))
"""Kinds whose cues are said of things too: "the attack threatens", "the siege suggests"."""

_TOLD: frozenset[StatementKind] = frozenset(("report", "claim", "confirmation"))
"""Kinds whose participles go on with what somebody tells: "described the plight, indicating that"."""

_ACTS: frozenset[StatementKind] = frozenset(("denial", "demand", "promise", "threat"))


def find_attributions(context: Context, sentence: Sentence) -> list[Attribution]:
    """Return the attributions of a sentence, outermost first."""
    found: list[Attribution] = []
    for attribution in (
        *quoted_as(sentence),
        *according_to(context.codebook, sentence),
        *said_by_verbs(context, sentence),
        *said_at_the_end(context, sentence),
        *said_by_nouns(context, sentence),
        *said_in_headlines(context, sentence),
    ):
        same = next((a for a in found if a.cue == attribution.cue), None)
        if attribution.rule == "headline" and same is not None:
            found, same = [a for a in found if a is not same], None  # "... kill eight militants Report"
        found = [a for a in found if a is not same]
        found.append(attribution if same is None else _merged(sentence, same, attribution))
    found = [a for a in found if not _quotes_only(sentence, a, found)]
    through = [(a.relay, a.contents) for a in found if a.relay is not None]
    found = [a for a in with_cited(sentence, found) if a.source is None or (a.source, a.contents) not in through]
    found = [_with_joined_source(sentence, a) for a in found]
    found += _joined(context, sentence, found)
    found = [b for a in found if (b := _without_relative(sentence, a)) is not None]
    found = [_without_inserted(sentence, a, found) for a in found]
    found = _going_on(sentence, found)
    found = [a for a in found if a.source is None or _may_speak(context, sentence, a.source)]
    found = [
        a for a in found if not (a.source and a.entry.kind in _OF_THINGS and _is_deed(context, sentence, a.source))
    ]
    found = [a for a in _with_reader_contents(sentence, found) if not _denies_beyond(sentence, a)]
    found = [_within_half(sentence, a) for a in found]
    found = [_without_aside(sentence, a, found) for a in found]
    found = [_with_other_side(sentence, a, found) for a in found]
    found = [_without_its_cue(sentence, a) for a in found]
    found = [a for a in found if _says_something(sentence, a) and not _only_names(a, found)]
    found = _told_once(sentence, _with_left_over(sentence, found))
    return sorted(found, key=lambda a: (-size_of(a), a.cue))


def _going_on(sentence: Sentence, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions with whoever said something before as the source of "adding", "reiterating".

    "The ministry said it was shaken by the reports, adding that": trees hang the participle on the noun beside it. What
    it tells is then no longer part of what was said before.
    """
    out = list(found)
    for number, a in enumerate(out):
        token = sentence.tokens[a.cue[0]]
        hangs = token.text.lower().endswith("ing") and token.relation in ("acl", "advcl", "dep")
        torn = a.source is not None and a.entry.kind in _TOLD and _is_thing(sentence, a.source)
        goes_on = hangs and a.source is not None and (token.text.lower() in _GOING_ON or torn)
        before = [o for o in found if o.cue[1] < a.cue[0] and o.source is not None and o.rule != "headline"]
        if not goes_on or any(o.source == a.source for o in before):
            continue
        outer = [o for o in before if not any(b is not o and b.covers(o.cue[0]) for b in before)]
        if not outer or any(t.text == ";" for t in sentence.tokens[outer[-1].cue[1] : a.cue[0]]):
            continue
        main = max(outer, key=lambda o: o.cue)
        out[number] = replace(a, source=main.source, relay=a.relay or main.relay)
        told = {i for first, last in (a.cue, *a.contents) for i in range(first, last + 1)}
        for other, o in enumerate(out):
            if other != number and o.covers(a.cue[0]) and o.source == main.source:
                kept = [i for first, last in o.contents for i in range(first, last + 1) if i not in told]
                out[other] = replace(o, contents=tuple(runs_of(kept, sentence)))
    return [a for a in out if a.contents]


def _is_thing(sentence: Sentence, run: Run) -> bool:
    """Tell whether a source's head is a common noun that names no speaker: "the situation ... indicating that"."""
    head = sentence.tokens[head_of(sentence, *run)]
    return head.upos == "NOUN" and speaker_kind(head) is None


def _without_inserted(sentence: Sentence, attribution: Attribution, found: Sequence[Attribution]) -> Attribution:
    """Return an attribution whose source ends where somebody else tells of it: "Footage [the monitor said was] ..."."""
    run = attribution.source
    if run is None:
        return attribution
    for o in found:
        cue = sentence.tokens[o.cue[0]]
        if o.source is None or not run[0] < o.source[0] <= run[1] or cue.relation != "acl:relcl":
            continue
        if run[0] <= cue.head < o.source[0]:
            return replace(attribution, source=trimmed(sentence, run[0], o.source[0] - 1))
    return attribution


def _quotes_only(sentence: Sentence, attribution: Attribution, found: Sequence[Attribution]) -> bool:
    """Tell whether a cue is only half of another: "quoted" of "was quoted as saying", "telling" of "quoted X as"."""
    first, verb = attribution.cue
    tokens = sentence.tokens
    others = [o for o in found if o is not attribution]
    if tokens[first].text.lower() in SAYING_WORDS:
        citing = (o.cue[0] for o in others if o.relay and tokens[o.cue[0]].lemma.lower() in ("quote", "cite"))
        if any(0 < first - i < LEADING_WORDS and not is_passed_on(sentence, i) for i in citing):
            return True
    if tokens[verb].lemma.lower() not in QUOTING or not is_passed_on(sentence, verb):
        return False
    saying = (o.cue[0] for o in others if tokens[o.cue[0]].text.lower() in SAYING_WORDS)
    return any(0 < i - verb < LEADING_WORDS for i in saying)


def _only_names(attribution: Attribution, found: Sequence[Attribution]) -> bool:
    """Tell whether a noun only names what the source around it denies or tells: "denied reports that it had left"."""
    outer = (o for o in found if o is not attribution and o.covers(attribution.cue[0]))
    return any(attribution.source in (None, o.source) and o.entry.kind == "denial" for o in outer)


def _merged(sentence: Sentence, one: Attribution, other: Attribution) -> Attribution:
    """Return one of two attributions of the same cue: the one with a source, or with the wider content.

    Where their sources overlap, the wider one is the source: "two sources in eastern Syria", not "Syria".
    """
    if one.source is None or other.source is None:
        return one if other.source is None else other
    holds = all(any(a <= c and d <= b for a, b in other.contents) for c, d in one.contents)
    if not holds or size_of(other) <= size_of(one):
        return one
    if one.source[1] < other.source[0] or other.source[1] < one.source[0]:
        return one
    source = max(one.source, other.source, key=lambda run: run[1] - run[0])
    contents = tuple(r for run in other.contents for r in without_run(sentence, run, source))
    return replace(other, source=source, contents=contents) if contents else one


def _with_joined_source(sentence: Sentence, attribution: Attribution) -> Attribution:
    """Return an attribution for which the rules found no source with the one that the reader joins to its cue.

    Where the tree has that source in the content ("..., an adviser said"), the reader's content is taken too.
    """
    if attribution.source is not None:
        return attribution
    saying = next((s for s in sentence.sayings if s.source and touches(s.cue, attribution.cue)), None)
    if saying is None or (source := _joined_source(sentence, saying)) is None:
        return attribution
    if not any(a <= source[1] and source[0] <= b for a, b in attribution.contents):
        return replace(attribution, source=source, joined=True)
    contents = tuple(trimmed(sentence, c.first, c.last) for c in saying.contents)
    apart = contents and not any(a <= source[1] and source[0] <= b for a, b in contents)
    return replace(attribution, source=source, contents=contents, joined=True) if apart else attribution


def _joined_source(sentence: Sentence, saying: Saying) -> Run | None:
    """Return the source that the reader joins to a cue, in the limits of the source span that it overlaps."""
    if saying.source is None:
        return None
    seen = next((s for s in sentence.sources if overlaps(s, saying.source)), saying.source)
    return min(seen.first, saying.source.first), max(seen.last, saying.source.last)


def _joined(context: Context, sentence: Sentence, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield what the reader surely joins with a cue that no rule knows: "in the words of", "the palace's view is"."""
    for saying in sentence.sayings:
        source = _joined_source(sentence, saying)
        if source is None or saying.cue.score < SURE_CUE or any(touches(saying.cue, a.cue) for a in found):
            continue
        verb = saying.cue.last
        if any(a.relay and sentence.tokens[verb].head in range(a.cue[0], a.cue[1] + 1) for a in found):
            continue  # "reported, citing an aide"
        if any(a.rule == "citing" and a.relay is not None and a.relay[0] <= source[0] <= a.relay[1] for a in found):
            continue  # "The agency citing an aide said": told once
        if is_intention(sentence, saying.cue.first) or says_nothing(sentence, verb) or is_unsaid(sentence, verb):
            continue
        lemma = sentence.tokens[saying.cue.first].lemma.lower()
        entry = context.codebook.cue(lemma, "VERB") or context.codebook.cue(lemma, "NOUN") or PLAIN
        if entry is PLAIN and any(e.phrase == lemma for e in context.codebook.event_entries(lemma)):
            continue  # "refused", "backed": a deed, no word
        contents = tuple(trimmed(sentence, c.first, c.last) for c in saying.contents)
        yield Attribution((saying.cue.first, saying.cue.last), source, contents, entry, rule="reader")


def _without_relative(sentence: Sentence, attribution: Attribution) -> Attribution | None:
    """Return the attribution with "the council" of "the council which denied"; None where "which" does not say it."""
    run = attribution.source
    if run is None or run[0] == run[1] or sentence.tokens[run[1]].text.lower() not in ("which", "who"):
        return attribution
    says = sentence.tokens[attribution.cue[0]].relation == "acl:relcl" or attribution.rule == "citing"
    return None if not says else replace(attribution, source=trimmed(sentence, run[0], run[1] - 1))


def _may_speak(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run can be a source: a name, a describing word, a pronoun; never "I", a clause or a thing."""
    words = [sentence.tokens[i] for i in range(run[0], run[1] + 1)]
    if len(words) == 1 and words[0].text.lower() in PRONOUNS:
        return True
    head = head_of(sentence, *run)
    if len(words) == 1 and (_is_first_person(words[0]) or words[0].text.lower() in ("its", "their", "his")):
        return False
    if speaker_kind(sentence.tokens[head]) is None and any(
        sentence.tokens[c].relation == "acl" and sentence.tokens[c].text.lower().endswith("ing") and c == head + 1
        for c in children(sentence, head)
    ):
        return False
    if sentence.tokens[head].lemma.lower() in _NO_SPEAKERS:
        return False
    known = any((m.first, m.last) == run and m.kind in _NAMED for m in context.matches[sentence.index])
    named = known or sentence.tokens[head].upos == "PROPN" or _is_initials(sentence.tokens[head])
    if named or speaker_kind(sentence.tokens[head]):
        return True
    if names_speaker(context, sentence, run) and sentence.tokens[head].upos in ("NOUN", "PROPN", "ADJ"):
        return True
    span = Span("source", *run)
    if any(overlaps(span, n) for n in (*sentence.names,)) and sentence.tokens[head].upos not in ("VERB",):
        return True
    seen = [s for s in sentence.sources if overlaps(span, s)]
    return any(s.score >= 0.6 for s in seen) and sentence.tokens[head].upos in ("NOUN", "PRON", "PROPN", "NUM")


def _is_first_person(token: Token) -> bool:
    """Tell whether a word is "we" or "I" in one of its forms: "us", never "US"."""
    return token.text.lower() in FIRST_PERSON and (token.text == "I" or not token.text.isupper())


def _is_initials(token: Token) -> bool:
    """Tell whether a word is a name by its capitals, whatever the reader takes it for: "FNA reported"."""
    return token.text.isupper() and 2 <= len(token.text) <= 6 and token.text.isalpha()


def _is_deed(context: Context, sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names an event and no speaker."""
    token = sentence.tokens[head_of(sentence, *run)]
    named = token.upos == "NOUN" and speaker_kind(token) is None
    lemma = token.lemma.lower()
    return named and any(entry.phrase == lemma for entry in context.codebook.event_entries(lemma, "NOUN"))


def _within_half(sentence: Sentence, attribution: Attribution) -> Attribution:
    """Return the attribution without content beyond a semicolon from its cue: "Rebels enter; army says it holds"."""
    marks = [i for i, t in enumerate(sentence.tokens) if t.text == ";"]
    begin = max([m + 1 for m in marks if m < attribution.cue[0]], default=0)
    end = min([m - 1 for m in marks if m > attribution.cue[1]], default=len(sentence.tokens) - 1)
    kept = [(max(a, begin), min(b, end)) for a, b in attribution.contents if max(a, begin) <= min(b, end)]
    enough = sum(b - a + 1 for a, b in kept) >= HALF_WORDS
    return replace(attribution, contents=tuple(kept)) if marks and enough else attribution


def _denies_beyond(sentence: Sentence, attribution: Attribution) -> bool:
    """Tell whether a bare denial stands behind a semicolon from what it denies: "Rebels take base; army denies"."""
    marks = [i for i, t in enumerate(sentence.tokens) if t.text == ";" and i < attribution.cue[0]]
    beyond = bool(marks) and all(b < marks[-1] for _, b in attribution.contents)
    return beyond and attribution.entry.kind == "denial"


def _without_aside(sentence: Sentence, attribution: Attribution, found: Sequence[Attribution]) -> Attribution:
    """Return an attribution without the aside in which somebody else denies it: "…, a claim the military dismissed"."""
    verbs = (
        o.cue[0] for o in found if o is not attribution and o.entry.kind == "denial" and attribution.covers(o.cue[0])
    )
    cut = {
        i
        for verb in verbs
        if sentence.tokens[verb].relation == "acl:relcl" and denied_by(sentence, verb) == sentence.tokens[verb].head
        for i in subtree(sentence, sentence.tokens[verb].head)
    }
    kept = [i for a, b in attribution.contents for i in range(a, b + 1) if i not in cut]
    contents = tuple(runs_of(kept, sentence)) if cut else ()
    return replace(attribution, contents=contents) if contents else attribution


def _says_something(sentence: Sentence, attribution: Attribution) -> bool:
    """Tell whether a content asserts: a verb, or a noun phrase of three words or a quotation."""
    words = [sentence.tokens[i] for a, b in attribution.contents for i in range(a, b + 1)]
    if [t.text.lower() for t in words[:3]] == ["not", "to", "be"] and words[-1].lemma.lower() in _UNNAMED:
        return False
    if attribution.entry.kind == "denial":
        clause = any(t.upos in ("VERB", "AUX") for t in words)
        return clause or denied_by(sentence, attribution.cue[1]) is not None
    told = (any(t.upos == "VERB" for t in words) and len(words) > 2) or words[0].upos == "NUM"
    runs = attribution.contents
    named = (sentence.tokens[c].text.lower() for c in children(sentence, attribution.cue[0]))
    aside = any(word in ("which", "who", "that") for word in named)  # "which wrongly reported a coup"
    if attribution.entry.kind in ("report", "confirmation") and attribution.source is not None and not aside:
        told = told or any(a <= t.token <= b for t in sentence.triggers for a, b in runs)  # "reported the killing"
    return told or sum(t.upos != "PUNCT" for t in words) >= 3


def _without_its_cue(sentence: Sentence, attribution: Attribution) -> Attribution:
    """Return an attribution whose cue and source are no part of what is said: “We hid,” said a teacher, “and ran.”"""
    beside = {i for run in (attribution.cue, attribution.source) if run for i in range(run[0], run[1] + 1)}
    said = [i for a, b in attribution.contents for i in range(a, b + 1) if i not in beside]
    contents = tuple(runs_of(said, sentence))
    whole = contents and any(attribution.covers(i) for i in beside)
    return replace(attribution, contents=contents) if whole else attribution


def _with_reader_contents(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with the reader's content limits where one content is plainly the same as its."""
    out = []
    for a in found:
        if a.rule == "count":  # the reader knows no such content
            out.append(a)
            continue
        cues = [o.cue[0] for o in found if o is not a]
        contents = tuple(_best_content(sentence, a, run, cues) for run in a.contents)
        out.append(replace(a, contents=tuple(dict.fromkeys(contents))))
    return out


def _with_other_side(sentence: Sentence, attribution: Attribution, found: Sequence[Attribution]) -> Attribution:
    """Return an attribution with the clause that the reader joins to its cue from the cue's other side.

    "Fighters were near, the Observatory said, and thousands fled": both clauses are the Observatory's.
    """
    taken = {i for a in found for run in (a.cue, a.source, *a.contents) if run for i in range(run[0], run[1] + 1)}
    joined = (c for s in sentence.sayings if touches(s.cue, attribution.cue) for c in s.contents)
    before = all(last < attribution.cue[0] for _, last in attribution.contents)
    after = all(first > attribution.cue[1] for first, _ in attribution.contents)
    more = [
        trimmed(sentence, c.first, c.last)
        for c in joined
        if (before and c.first > attribution.cue[1]) or (after and c.last < attribution.cue[0])
        if taken.isdisjoint(range(c.first, c.last + 1))
        and any(sentence.tokens[i].upos == "VERB" for i in range(c.first, c.last + 1))
    ]
    return replace(attribution, contents=tuple(sorted((*attribution.contents, *more)))) if more else attribution


def _with_left_over(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with what their contents left of the clauses they stand in.

    A phrase that hangs on what a source says is said by that source too, and so is the object of the cue itself; else
    it would be left to the outlet, torn out of its sentence.
    """
    taken = {
        i for a in found for run in (a.cue, a.source, a.relay, *a.contents) if run for i in range(run[0], run[1] + 1)
    }
    left = runs_of([i for i in range(len(sentence.tokens)) if i not in taken], sentence)
    out = list(found)
    for run in left:
        at = head_of(sentence, *run)
        head = sentence.tokens[at]
        if all(t.upos in _FUNCTION for t in sentence.tokens[run[0] : run[1] + 1]):
            continue
        if head.head < 0 or run[0] <= head.head <= run[1] or _stands_alone(sentence, at):
            continue
        holding = [i for i, a in enumerate(out) if a.covers(head.head) or _is_told_by(head, a)]
        if holding:
            inner = min(holding, key=lambda i: size_of(out[i]))
            out[inner] = replace(out[inner], contents=_joined_runs((*out[inner].contents, run)))
    return out


def _told_once(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with each word said once by a source: “They fled,” X said, adding that three had died.

    What two cues of one source share belongs to the cue that stands nearer to it, where they do the same to it; a cue
    within a content is nested.
    """
    out = []
    for a in found:
        alike = (b for b in found if b is not a and (b.source, b.entry.modality) == (a.source, a.entry.modality))
        others = [b for b in alike if not a.covers(b.cue[0])]
        words = [
            i
            for first, last in a.contents
            for i in range(first, last + 1)
            if not any(b.covers(i) and (abs(b.cue[0] - i), b.cue) < (abs(a.cue[0] - i), a.cue) for b in others)
        ]
        contents = tuple(runs_of(words, sentence))
        if any(sentence.tokens[i].upos in ("VERB", "NOUN", "PROPN", "PRON") for i in words):
            out.append(replace(a, contents=contents) if words and len(words) < size_of(a) else a)
    return out


def _stands_alone(sentence: Sentence, head: int) -> bool:
    """Tell whether a phrase is a clause of its own beside the one it hangs on: after a semicolon, or with a subject."""
    token = sentence.tokens[head]
    between = sentence.tokens[min(head, token.head) : max(head, token.head)]
    relation = token.relation.split(":")[0]
    own = any(sentence.tokens[c].relation in SUBJECTS for c in children(sentence, head))
    apart = relation in ("appos", "parataxis", "dep", "list") or (relation == "conj" and own)
    return apart or any(t.text in (";", ":", "-", "–", "—") for t in between)


def _is_told_by(head: Token, attribution: Attribution) -> bool:
    """Tell whether a phrase is what a cue tells: its object or its clause."""
    return head.head == attribution.cue[0] and head.relation in ("obj", "ccomp")


def _joined_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs in order, those that touch joined.

    >>> _joined_runs(((4, 6), (0, 1), (2, 2)))
    ((0, 2), (4, 6))
    """
    out: list[Run] = []
    for first, last in sorted(runs):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return tuple(out)


def _best_content(sentence: Sentence, attribution: Attribution, run: Run, cues: Sequence[int]) -> Run:
    """Return the content with the reader's limits: as joined to this cue where that holds it whole, else as tagged.

    It is not widened over another's cue: "denied that it was lost, as accounts had reported".
    """
    joined = (c for s in sentence.sayings if touches(s.cue, attribution.cue) for c in s.contents)
    wider = next((c for c in joined if c.first <= run[0] and run[1] <= c.last and not _hits(attribution, c)), None)
    if wider is not None and not any(wider.first <= i <= wider.last and not run[0] <= i <= run[1] for i in cues):
        return trimmed(sentence, wider.first, wider.last, ',;:.—–“”"')
    for content in sentence.contents:
        shared = min(run[1], content.last) - max(run[0], content.first) + 1
        longer = max(run[1] - run[0], content.last - content.first) + 1
        cut = (*range(run[0], content.first), *range(content.last + 1, run[1] + 1))
        drops = any(sentence.tokens[i].upos == "VERB" for i in cut)
        if shared / longer >= MIN_OVERLAP and not drops and not _hits(attribution, content):
            return trimmed(sentence, content.first, content.last, ',;:.—–“”"')
    return run


def _hits(attribution: Attribution, content: Span) -> bool:
    runs = [attribution.cue, *([attribution.source] if attribution.source else [])]
    return any(content.first <= b and a <= content.last for a, b in runs)


def is_act(book: Codebook, sentence: Sentence, attribution: Attribution) -> bool:
    """Tell whether saying it is itself an event, asserted by whoever tells of it: to accuse, deny, demand, promise."""
    lemma = sentence.tokens[attribution.cue[0]].lemma.lower()
    entries = book.event_entries(lemma, "VERB")
    accuses = any(entry.type == "ACCUSE" and entry.phrase == lemma for entry in entries)
    return accuses or (bool(entries) and attribution.entry.kind in _ACTS)


def says_nothing_else(sentence: Sentence, attributions: Sequence[Attribution]) -> bool:
    """Tell whether a sentence holds no assertion outside its attributed contents but the saying itself."""
    cues = {i for a in attributions for i in range(a.cue[0], a.cue[1] + 1)}
    beside = {i for a in attributions for run in (a.source, a.relay) if run for i in range(run[0], run[1] + 1)}
    for i, token in enumerate(sentence.tokens):
        if i in cues or i in beside or any(a.covers(i) for a in attributions):
            continue
        leading = token.lemma.lower() in QUOTING and any(0 < a.cue[0] - i < LEADING_WORDS for a in attributions)
        following = token.text.lower() in SAYING_WORDS and any(0 < i - a.cue[0] < LEADING_WORDS for a in attributions)
        if leading or following:
            continue
        if token.upos == "VERB" and (token.relation.split(":")[0] in CLAUSES or token.relation == "root"):
            return False
    return True
