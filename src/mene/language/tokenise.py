"""Words and sentences with exact character offsets, without a model.

Words follow the conventions of UD English EWT, which the reader is trained on: clitics and hyphens stand alone
("don't" is do + n't, "HTS-led" is HTS + - + led), abbreviations and numbers stay whole.
"""

import re
from collections.abc import Iterator

WordSpan = tuple[int, int]

MAX_SENTENCE_WORDS = 120
"""Longer sentences are cut at their last inner punctuation: attention is quadratic, and news has none that long."""

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Brig|Cmdr|Rev|Hon|Sen|Rep|Gov|Pres|Amb|St|Jr|Sr|Inc|Ltd|Co|Corp|"
    "No|Nos|vs|etc|approx|est|dept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mt|Ft|Messrs|Sheik|Insp|Supt|spox|"
    "Atty|Engr|Fr|Ven|Bro|Gov|Dep|Asst|Sec|Cong|Hon|Comdr|Lieut|Commr|Msgr|Brgy"
)
_WORD = re.compile(
    rf"""
    https?://\S+[^\s.,;:!?)\]}}"'”’]            # addresses
  | [\w.+-]+@\w[\w.-]*\w                        # mail
  | [#@]\w+                                     # hashtags, handles
  | (?:[A-Za-z]\.){{2,}}                        # U.S., a.m.
  | (?:{_ABBREVIATIONS})\.(?=\s|$)              # Gen., Nov.
  | \d+(?:st|nd|rd|th)\b
  | [$€£]?\d+(?:[.,:/]\d+)*%?                   # 1,200  12.5%  14:30
  | \w+?(?=n[’']t\b)                            # do|n't
  | n[’']t\b
  | [’'](?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b     # clitics
  | [^\W\d_]+(?:[’'][^\W\d_]{{2,}})*(?=[’'](?:s|re|ve|ll|d|m)\b)   # word before a clitic
  | \w+(?:[’']\w+)*                             # Da'esh, O'Neill
  | \.{{2,}} | --+ | [^\w\s]
    """,
    re.VERBOSE,
)
_CLOSERS = "\"'”’)]»"
_OPENERS = "\"'“‘([«"
_END = re.compile(r"""[.!?…]+["'”’)\]»]*(?=\s|$)""")
_ABBREVIATED = re.compile(
    rf"(?:^|[\s(\[“‘\"]|(?<!\w)')(?:{_ABBREVIATIONS}|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.$", re.IGNORECASE
)
_MONTH_OR_TITLE_BEFORE = re.compile(rf"(?:^|[\s(\[“‘\"'])(?:{_ABBREVIATIONS})\.$")
_NUMBER_BEFORE = re.compile(r"(?:^|[\s(\[“‘\"'])(?:No|Nos)\.$")
_PAST_END = re.compile(r"(?:\b(?:[ap]\.m|U\.S|U\.N|U\.K|E\.U|D\.C|Inc|Ltd|Co|Corp|Jr|Sr|etc|est)\.)$")


def find_words(text: str, start: int = 0, end: int | None = None) -> list[WordSpan]:
    """Return the half-open character spans of the words in `text[start:end]`.

    >>> [ "HTS-led rebels don't"[a:b] for a, b in find_words("HTS-led rebels don't") ]
    ['HTS', '-', 'led', 'rebels', 'do', "n't"]
    """
    return [match.span() for match in _WORD.finditer(text, start, len(text) if end is None else end)]


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[WordSpan]:
    """Return the half-open character spans of the sentences in `text[start:end]`, white space trimmed.

    >>> text = "He met Gen. Ali on Nov. 3. “It is over,” he said."
    >>> [text[a:b] for a, b in find_sentences(text)]
    ['He met Gen. Ali on Nov. 3.', '“It is over,” he said.']
    """
    stop = len(text) if end is None else end
    spans: list[WordSpan] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if _ends_sentence(text, begin, match.end(), stop):
            spans.extend(_trimmed(text, begin, match.end()))
            begin = match.end()
    spans.extend(_trimmed(text, begin, stop))
    return spans


def _trimmed(text: str, start: int, end: int) -> Iterator[WordSpan]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if left < right:
        yield left, right


def _ends_sentence(text: str, begin: int, position: int, stop: int) -> bool:
    """Tell whether the full stop before `position` ends the sentence begun at `begin`."""
    rest = text[position : min(position + 40, stop)].lstrip()
    if not rest:
        return True
    before = text[max(begin, position - 24) : position].rstrip(_CLOSERS)
    first = rest.lstrip(_OPENERS)[:1]
    if first.islower():
        return False
    if not before.endswith(".") or (_NUMBER_BEFORE.search(before) and not first.isdigit()):
        return True
    if _MONTH_OR_TITLE_BEFORE.search(before) and not _PAST_END.search(before):
        return False
    if _PAST_END.search(before):
        return bool(first.isupper() and rest.split()[0].lower().strip(_OPENERS) in _SENTENCE_OPENERS)
    return not _ABBREVIATED.search(before)


_SENTENCE_OPENERS = frozenset(
    "the a an it he she they we i in on at but and after before when while if as this that these those there"
    " according his her their its".split()
)


def cut_long(words: list[WordSpan], text: str, limit: int = MAX_SENTENCE_WORDS) -> list[list[WordSpan]]:
    """Return `words` in pieces of at most `limit`, cut after a comma, semicolon or dash where there is one.

    >>> [len(piece) for piece in cut_long([(0, 1)] * 250, "x")]
    [120, 120, 10]
    """
    pieces: list[list[WordSpan]] = []
    while len(words) > limit:
        marks = [i for i in range(limit // 2, limit) if text[words[i][0]] in ",;:—–"]
        cut = marks[-1] + 1 if marks else limit
        pieces.append(words[:cut])
        words = words[cut:]
    if words:
        pieces.append(words)
    return pieces
