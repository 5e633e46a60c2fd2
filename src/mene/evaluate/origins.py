"""`origins`: how many independent origins and how many copies each claim has (`evaluation/cases/copies`).

A claim is one thing told by several articles, each telling pointed at by words of its article; the annotation says who
each has it from. `evaluation/cases/README.md` says what the fields mean. All articles of a corpus are read, and their
statements folded as for a picture. `origins` is the share of claims whose number of independent origins is counted
right, `copies` that of claims whose number of retelling pages is, `whole` that of claims whose tellings are parted as
annotated, so that no two wrongs make a right; `sample_origins` and `own_origins` are `origins` on the bundled sample
and on the articles beside the claims. `found` is the share of the tellings that were read as statements at all.

    python -m mene.evaluate.origins             the scores
    python -m mene.evaluate.origins --failures  one line for each claim that is wrong
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mene.articles import read_article
from mene.errors import InputError, MeneError
from mene.evaluate.files import read_case_lines
from mene.evaluate.measures import share
from mene.evaluate.setting import Scores, Setting
from mene.picture.origins import fold
from mene.records import Article, Event, Statement
from mene.sample import SUFFIXES, sample_articles

CASES = Path("evaluation/cases/copies/claims.jsonl")
"""Where the claims lie in a checkout, beside the articles that they are about."""

SAMPLE, OWN = "sample", "own"


@dataclass(frozen=True, slots=True)
class Told:
    """Where an article tells a claim: the name of its file, without the ending, and words of its text."""

    article: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing told; `origins` gives each independent origin, under a name for the reader, with its tellings."""

    id: str
    claim: str
    origins: Mapping[str, tuple[Told, ...]]

    @property
    def told(self) -> tuple[Told, ...]:
        """All tellings."""
        return tuple(told for tellings in self.origins.values() for told in tellings)


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with the origin that each of its tellings was folded under, None where it was not read."""

    claim: Claim
    corpus: str
    found: Mapping[Told, str | None]

    @property
    def wanted(self) -> tuple[int, int]:
        """The numbers of origins and of copies, as annotated."""
        return _count((told, origin) for origin, tellings in self.claim.origins.items() for told in tellings)

    @property
    def given(self) -> tuple[int, int]:
        """The numbers of origins and of copies, as folded."""
        return _count(self.found.items())

    @property
    def is_parted(self) -> bool:
        """Whether the tellings are parted among origins as annotated."""
        by_origin: defaultdict[str | None, set[Told]] = defaultdict(set)
        for told, origin in self.found.items():
            by_origin[origin].add(told)
        wanted = {frozenset(tellings) for tellings in self.claim.origins.values()}
        return None not in by_origin and {frozenset(tellings) for tellings in by_origin.values()} == wanted


def _count(told: Iterable[tuple[Told, str | None]]) -> tuple[int, int]:
    """Return how many origins there are, and how many pages tell what one of them has told on another page."""
    pages = {(origin, one.article) for one, origin in told if origin is not None}
    origins = {origin for origin, _ in pages}
    return len(origins), len(pages) - len(origins)


def read_claims(path: Path) -> list[Claim]:
    """Return the claims of a file, or of `claims.jsonl` in a folder. Raises InputError for another format."""
    return read_case_lines(path, CASES, _claim)


def _claim(row: Mapping[str, object]) -> Claim:
    origins = row["origins"]
    if not isinstance(origins, dict):
        raise TypeError("origins are given by name")
    told = {str(name): tuple(Told(str(article), str(words)) for article, words in origins[name]) for name in origins}
    return Claim(str(row["id"]), str(row["claim"]), told)


def read_corpora(folder: Path) -> dict[str, list[Article]]:
    """Return the articles of the bundled sample and those of the folder, by corpus; an id is its file's name."""
    own = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    paths: dict[str, Sequence[Path]] = {SAMPLE: sample_articles(), OWN: own}
    return {
        name: [replace(read_article(path.read_bytes(), name=path.name), id=path.stem) for path in found]
        for name, found in paths.items()
    }


def check_claims(path: Path, setting: Setting) -> list[Checked]:
    """Return every claim of a file as checked. Raises InputError where an article does not hold a claim's words."""
    claims = [claim for claim in read_claims(path) if setting.takes(claim.id)]
    checked = []
    for corpus, articles in read_corpora(path if path.is_dir() else path.parent).items():
        texts = {article.id: article.text for article in articles}
        about = [claim for claim in claims if all(told.article in texts for told in claim.told)]
        read = [setting.read_article(article) for article in articles] if about else []
        statements = [one for statements, _, _ in read for one in statements]
        events = [one for _, events, _ in read for one in events]
        origins = find_origins(statements, events)
        checked += [_check(claim, corpus, texts, statements, origins) for claim in about]
    if lost := {claim.id for claim in claims} - {one.claim.id for one in checked}:
        raise InputError(f"{path}: no corpus holds all articles of {', '.join(sorted(lost))}")
    return checked


def find_origins(statements: Sequence[Statement], events: Sequence[Event]) -> dict[str, str]:
    """Return the key of the origin that each statement is folded under."""
    return {key: group.key for group in fold(statements, events) for key in group.statement_ids}


def _check(
    claim: Claim,
    corpus: str,
    texts: Mapping[str, str],
    statements: Sequence[Statement],
    origins: Mapping[str, str],
) -> Checked:
    found = {}
    for told in claim.told:
        start = texts[told.article].find(told.words)
        if start < 0:
            raise InputError(f"{claim.id}: {told.article} does not hold {told.words!r}")
        statement = find_statement(told, (start, start + len(told.words)), statements)
        found[told] = origins[statement.id] if statement else None
    return Checked(claim, corpus, found)


def find_statement(told: Told, span: tuple[int, int], statements: Iterable[Statement]) -> Statement | None:
    """Return the statement that tells some words: the one that covers most of them, of those the shortest."""
    overlaps = []
    for one in statements:
        at = one.evidence
        common = min(at.end, span[1]) - max(at.start, span[0])
        if at.article_id == told.article and common > 0:
            overlaps.append((-common, at.end - at.start, len(one.text), one.id, one))
    return min(overlaps)[-1] if overlaps else None


def score_claims(checked: Sequence[Checked]) -> dict[str, float]:
    """Return the scores of checked claims."""
    scores = {
        "origins": _share(one.given[0] == one.wanted[0] for one in checked),
        "copies": _share(one.given[1] == one.wanted[1] for one in checked),
        "whole": _share(one.is_parted for one in checked),
        "found": _share(origin is not None for one in checked for origin in one.found.values()),
    }
    for corpus in (SAMPLE, OWN):
        if about := [one for one in checked if one.corpus == corpus]:
            scores[f"{corpus}_origins"] = _share(one.given[0] == one.wanted[0] for one in about)
    return {**scores, "n": len(checked)}


def _share(rights: Iterable[bool]) -> float:
    kept = list(rights)
    return share(sum(kept), len(kept))


def evaluate_origins(path: Path, setting: Setting) -> Scores:
    """Return the scores of the whole path on the claims at `path`."""
    return score_claims(check_claims(path, setting))


def failures(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield one line for each claim that is not parted as annotated, with the origin given to each telling."""
    for one in checked:
        if not one.is_parted:
            (origins, copies), (found, retold) = one.wanted, one.given
            told = "; ".join(
                f"{name}: "
                + ", ".join(f"{telling.article} -> {one.found[telling] or 'not read'}" for telling in tellings)
                for name, tellings in one.claim.origins.items()
            )
            yield f"{one.claim.id}: {found} origins of {origins}, {retold} copies of {copies} ({told})"


def main() -> int:
    """Print the scores of the shipped model, or what it gets wrong; returns 0."""
    from mene.evaluate.catalogue import read_shipped

    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.origins", description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, nargs="?", default=CASES)
    parser.add_argument("--failures", action="store_true", help="print each wrong claim on a line of its own")
    given = parser.parse_args()
    try:
        checked = check_claims(given.path, Setting(read_article=read_shipped))
    except MeneError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    told = failures(checked) if given.failures else (f"{k} {v:.3g}" for k, v in score_claims(checked).items())
    sys.stdout.writelines(f"{line}\n" for line in told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
