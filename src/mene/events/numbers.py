"""The numbers a sentence gives of people killed, injured, displaced or deployed, with their bounds as written."""

import re
from dataclasses import dataclass

from mene.records import Count, Numbers, Sentence

_UNITS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}
"""The least that a vague word says: two of its unit (a score is 20)."""

_SCALE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_AT_LEAST = re.compile(r"\b(at least|more than|over|no fewer than|no less than|as many as)\s*$", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(up to|as many as|at most|fewer than|less than|nearly|almost)\s*$", re.IGNORECASE)
_NUMBER_WORD = "|".join(sorted((*_UNITS, *_VAGUE, "tens"), key=len, reverse=True))
_NUMBER = re.compile(
    rf"\b(?:(\d[\d,]*(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d[\d,]*))?(?:\s+(hundred|thousand|million))?"
    rf"|(?:(tens|hundreds) of (thousands))|((?:{_NUMBER_WORD})(?:[- ](?:{'|'.join(_UNITS)}))?)(?:\s+(hundred|thousand|million))?)\b",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:[\w'’-]+ ){0,4}?(?:people|persons|civilians?|soldiers?|fighters?|troops?|militants?|rebels?|children|women|men|"
    r"personnel|police(?:men)?|officers?|protesters?|residents?|others?|members?|families|recruits|guards?|prisoners?|"
    r"workers?|combatants?|insurgents?|mercenaries|volunteers?|reservists?|peacekeepers?|demonstrators?|refugees|victims)"
)
_PATTERNS = {
    "killed": (
        rf"^\s*(?:{_PEOPLE})?[\w\s,'’-]{{0,40}}?\b(?:were|was|have been|had been|are|is)?\s*\b(?:killed|dead|died|slain|executed|massacred|shot dead|deaths?|fatalities|bodies|lives)\b",
        r"\b(?:kill(?:ed|ing|s)?|claim(?:ed|ing)? the lives of|left|leaving|massacr(?:ed|ing)|execut(?:ed|ing))\s+(?:at least|more than|over|up to|nearly|almost|about|around|some|as many as|an estimated)?\s*$",
    ),
    "injured": (
        rf"^\s*(?:{_PEOPLE})?[\w\s,'’-]{{0,30}}?\b(?:were|was|have been|had been)?\s*\b(?:wounded|injured|hurt|maimed|injuries)\b",
        r"\b(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es)|hurt(?:ing)?)\s+(?:at least|more than|over|up to|nearly|almost|about|around|some)?\s*$",
    ),
    "displaced": (
        rf"^\s*(?:{_PEOPLE})?[\w\s,'’-]{{0,30}}?\b(?:displaced|uprooted|fled|fleeing|homeless|driven from|forced from|forced to flee)\b",
        r"\b(?:displac(?:ed|ing|es)|uproot(?:ed|ing)|driven out)\s+(?:at least|more than|over|up to|nearly|almost|about|around|some|an estimated)?\s*$",
    ),
    "troops": (
        r"^\s*(?:[\w'’-]+ ){0,3}?(?:troops|soldiers|fighters|militiamen|marines|personnel|reinforcements|mercenaries|peacekeepers|recruits)\b",
        None,
    ),
}
_COMPILED = {
    kind: (re.compile(after, re.IGNORECASE), re.compile(before, re.IGNORECASE) if before else None)
    for kind, (after, before) in _PATTERNS.items()
}


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a sentence: what it counts and where it stands, in characters of the sentence."""

    kind: str
    count: Count
    start: int
    end: int


def find_numbers(text: str) -> list[Told]:
    """Return the counts of people in a sentence.

    >>> [(t.kind, t.count.low, t.count.best) for t in find_numbers("The blast killed at least 16 people and wounded dozens.")]
    [('killed', 16, 16), ('injured', 24, 24)]
    """
    out: list[Told] = []
    for match in _NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        clause_after = re.split(r"[;:]|\band (?=\d)|, (?=\w+ing\b)", after)[0]
        for kind, (following, leading) in _COMPILED.items():
            first = following.match(clause_after)
            second = leading.search(before) if leading else None
            if (first or second) and (count := _count(match, before)) is not None:
                if kind == "troops" and out and out[-1].start == match.start():
                    continue
                out.append(Told(kind, count, match.start(), match.end()))
                break
    return out


def _count(match: re.Match[str], before: str) -> Count | None:
    low, high = _value(match)
    if low is None or (1900 <= low <= 2100 and match[1] and "," not in match[1] and high is None and match[3] is None):
        return None
    words = match[0]
    if high is not None:
        return Count(low, (low + high) // 2, high, words)
    if bound := _AT_MOST.search(before):
        return Count(0, low, low, bound[0] + words) if "many" not in bound[0] else Count(0, low, low, bound[0] + words)
    if bound := _AT_LEAST.search(before):
        return Count(low, low, None, bound[0] + words)
    vague = match[4] is not None or (match[6] or "").lower() in _VAGUE
    return Count(low, low, None if vague else low, words)


def _value(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match[4]:
        return {"tens": 20_000, "hundreds": 200_000}[match[4].lower()], None
    scale = _SCALE.get((match[3] or match[7] or "").lower(), 1)
    if match[1]:
        low = int(float(match[1].replace(",", "")) * scale)
        return low, int(match[2].replace(",", "")) * scale if match[2] else None
    word = match[6].lower()
    if word in _VAGUE:
        return _VAGUE[word] * scale, None
    parts = [_UNITS[p] for p in re.split(r"[- ]", word) if p in _UNITS]
    return (sum(parts) * scale, None) if parts else (None, None)


def numbers_of(told: list[Told], kinds: tuple[str, ...]) -> Numbers:
    """Return the first count of each of `kinds` as `Numbers`."""
    first = {kind: next((t.count for t in told if t.kind == kind), None) for kind in kinds}
    return Numbers(**first)


def sentence_text(text: str, sentence: Sentence) -> str:
    """Return the sentence's words as they stand in the article."""
    return text[sentence.start : sentence.end]
