"""The dated table of who held which town, read as town histories, and its notes made into sentences.

Columns read: `name`, `population`, `held_by`, `first_seen` and `last_seen` (the first and the last of the snapshots
that show the row, ISO days), `as_of` (the day the table itself gives for the row), `info` (a note in words). The file's
coordinates are joined by name and not used. Rows of one name are one town where their populations differ by less than
`SAME_TOWN`; a town whose spells overlap is two that share a name, and is left out.

The notes have an understood subject. `sentences_of` gives it back, and no more than that:

- a note is cut before each of its stock verbs ("Captured by …", "Contested by …"); what stands before the first of them
  (references to other pages) and clauses without one, which do not name the town, are left out;
- "The town of TOWN was" goes before the clause, and "on" or "in" before a date that has neither;
- "Donetsk PR" and "Luhansk PR" are written out, and of "Russia/ LPR" the first is kept, as of any pair of allies.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from mene.errors import InputError
from mene.evaluate.files import data_files, read_text

SAME_TOWN = 1.15
"""Populations of one town given in different years differ by less than this factor."""

SIDES = ("Ukraine", "Russia")
CONTESTED = "Contested"
ASKED = (*SIDES, CONTESTED)
"""The states that are asked for; "Truce", "Unknown" and the like are no state of the picture and part no spells."""

_COLUMNS = ("name", "population", "held_by", "first_seen", "last_seen", "as_of", "info")
_CLAUSE = re.compile(
    r"(?:\b(?:Partially|Strongly) )?"
    r"(?:(?:Rec|C)aptured by |\b(?:rec|c)aptured by |Contested by |Pressured by |\bpressured by |Controlled by "
    r"|Claimed (?=by|contested|pressured))"
)
_STATE = re.compile(r"(?:Rec|C)aptured by (?P<side>Ukraine|Russia|Donetsk|Luhansk)|Contested by .*\bsince\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BARE_DATE = re.compile(rf"(?<=[A-Za-z]) (?=(?P<day>\d{{1,2}} )?(?:mid-)?(?:{_MONTHS})\b)")
_LED = re.compile(r"\b(?:in|on|by|of|early|late|since|around|between|and|before|until|from|to)$")


@dataclass(frozen=True, slots=True)
class Note:
    """A row's words on a town, and the first day they could be read: its own day, or its first snapshot if later."""

    told: date
    text: str

    @property
    def last(self) -> str | None:
        """The clause that tells a state last, by its stock verb; None where no clause tells one."""
        return next((clause for clause in reversed(clauses_of(self.text)) if state_of(clause)), None)


@dataclass(frozen=True, slots=True)
class Spell:
    """A state of a town from the first snapshot that shows it to the last, with what its rows note, by day."""

    state: str
    first: date
    last: date
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A town's history: its spells by day, each of another state than the one before."""

    key: str
    name: str
    spells: tuple[Spell, ...]

    def flips(self) -> Iterator[tuple[int, Spell, Spell]]:
        """Yield the index of each spell that follows another, with the one before and itself."""
        for index, (before, after) in enumerate(pairwise(self.spells), start=1):
            yield index, before, after


def read_towns(path: Path) -> list[Town]:
    """Return the towns of the table at `path`. Raises `InputError` where it is not such a table."""
    rows: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    for file in data_files(path, ".csv"):
        table = csv.DictReader(read_text(file).splitlines())
        if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
            raise InputError(f"{file} has no column {', '.join(missing)}: give a table of control spells")
        for row in table:
            if not re.fullmatch(r"\d*", row["population"]):
                raise InputError(f"{file}: {row['name']}: population is a whole number or empty")
            rows[row["name"]].append(row)
    towns = []
    for name in sorted(rows):
        for number, group in enumerate(_part_namesakes(rows[name])):
            spells = [_spell(row) for row in group]
            if town := _town(f"{name}#{number}", name, spells):
                towns.append(town)
    return towns


def _part_namesakes(rows: Sequence[Mapping[str, str]]) -> list[list[Mapping[str, str]]]:
    """Return the rows of one name, parted into towns by population; rows without one go to the only other town."""
    groups: list[list[Mapping[str, str]]] = []
    largest = 0
    for row in sorted((row for row in rows if row["population"]), key=lambda row: int(row["population"])):
        people = int(row["population"])
        if not groups or people > largest * SAME_TOWN:
            groups.append([])
        groups[-1].append(row)
        largest = people
    bare = [row for row in rows if not row["population"]]
    if bare and len(groups) == 1:
        groups[0] += bare
    elif bare:
        groups.append(bare)
    return groups


def _spell(row: Mapping[str, str]) -> Spell:
    try:
        first, last = date.fromisoformat(row["first_seen"]), date.fromisoformat(row["last_seen"])
    except ValueError as error:
        raise InputError(f"{row['name']}: {error}; first_seen and last_seen are ISO days") from error
    note = row["info"].strip()
    told = max(first, _read_day(row["as_of"]) or first)
    return Spell(row["held_by"], first, last, (Note(told, note),) if note else ())


def _read_day(text: str) -> date | None:
    for form in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _town(key: str, name: str, spells: Sequence[Spell]) -> Town | None:
    """Return a town, its spells in a row of one state made one; None where they overlap or none is of a state asked."""
    ordered = sorted(spells, key=lambda spell: spell.first)
    if any(one.last >= other.first for one, other in pairwise(ordered)):
        return None
    joined: list[Spell] = []
    for spell in ordered:
        if spell.state not in ASKED:
            continue
        if joined and joined[-1].state == spell.state:
            before = joined.pop()
            spell = Spell(spell.state, before.first, spell.last, before.notes + spell.notes)
        joined.append(spell)
    return Town(key, _spoken(name), tuple(joined)) if joined else None


def _spoken(name: str) -> str:
    """Return a town's name as it is said: without what tells it from its namesakes."""
    return re.split(r" \(|, | / ", name)[0]


def clauses_of(note: str) -> list[str]:
    """Return the clauses of a note that have a stock verb, each from that verb on.

    >>> clauses_of("See Battle of OrneCaptured by Russia 3 May 2022. Recaptured by Ukraine in June 2022.")
    ['Captured by Russia 3 May 2022', 'Recaptured by Ukraine in June 2022']
    """
    starts = [match.start() for match in _CLAUSE.finditer(note)]
    clauses = [note[start:end] for start, end in pairwise([*starts, len(note)])]
    return [clause.split(". ")[0].strip(" .") for clause in clauses]


def state_of(clause: str) -> str | None:
    """Return the state that a clause tells: who has taken the town, or that it is contested since some day.

    >>> state_of("Captured by Luhansk PR in 2022"), state_of("Contested by Russia between 1–3 May 2023")
    ('Russia', None)
    """
    found = _STATE.match(clause)
    if found is None:
        return None
    return CONTESTED if found["side"] is None else "Ukraine" if found["side"] == "Ukraine" else "Russia"


def sentences_of(name: str, note: str) -> list[str]:
    """Return a note as sentences with the town of this name as their subject.

    >>> sentences_of("Orne", "Captured by Donetsk PR 3 May 2022.")
    ["The town of Orne was captured by the Donetsk People's Republic on 3 May 2022."]
    """
    return [_sentence(name, clause) for clause in clauses_of(note)]


def _sentence(name: str, clause: str) -> str:
    words = re.sub(r"/ ?(?:LPR|DPR|Donetsk PR|Luhansk PR)", "", clause)
    words = re.sub(r"\b(Donetsk|Luhansk) PR\b", r"the \1 People's Republic", words)
    words = _BARE_DATE.sub(lambda match: _lead(words, match), words)
    return f"The town of {name} was {words[0].lower()}{words[1:]}."


def _lead(words: str, match: re.Match[str]) -> str:
    """Return the space before a date, with a preposition where the word before it is none."""
    if _LED.search(words[: match.start()]):
        return " "
    return " on " if match["day"] else " in "
