"""The scorer of origins and copies: claims over a small corpus, read by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.origins import Claim, Told, check_claims, failures, find_statement, read_claims, score_claims
from mene.evaluate.setting import Read, Setting
from mene.records import Article, Evidence, Picture, Source, Statement, Tone

SHIPPED = Path(__file__).parents[2] / "evaluation" / "cases" / "copies"

TEXTS = {
    "wire": "Fighters overran the old customs house by the river on Friday morning without a shot.",
    "copy": "Fighters overran the old customs house by the river on Friday morning, a report says.",
    "paper": "The customs house was taken, two drivers told us.",
}


def read_by_hand(article: Article) -> Read:
    """Return the whole text of an article as a statement of its outlet."""
    if article.id not in TEXTS:
        return (), (), Picture(None, None, (), (), (), ())
    start = article.text.index(TEXTS[article.id])
    span = Evidence(article.id, start, len(article.text))
    statement = Statement(
        f"s{article.id}", span, span, article.text[start:], article.text, (Source(article.publisher or "", "outlet"),),
        "report", 3.0, "asserted", Tone(0.0), None, article.published_at, article.published_at,
    )  # fmt: skip
    return (statement,), (), Picture(None, None, (), (), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day, (name, text) in enumerate(TEXTS.items(), start=4):
        (tmp_path / f"{name}.txt").write_text(f"What we know\n\n{name.title()} Gazette\n{day} May 2023\n\n{text}\n")
    return tmp_path


def write_claim(folder: Path, **origins: list[list[str]]) -> None:
    row = {"id": "customs", "claim": "the customs house is taken", "origins": origins}
    (folder / "claims.jsonl").write_text(json.dumps(row) + "\n")


SETTING = Setting(read_article=read_by_hand)
WIRE, COPY, PAPER = ["wire", "Fighters overran"], ["copy", "Fighters overran"], ["paper", "customs house was taken"]


def test_a_claim_counted_as_annotated_is_right(folder: Path) -> None:
    write_claim(folder, wire=[WIRE, COPY], paper=[PAPER])
    checked = check_claims(folder, SETTING)
    scores = score_claims(checked)
    assert (scores["origins"], scores["copies"], scores["whole"], scores["found"], scores["n"]) == (1, 1, 1, 1, 1)
    assert scores["own_origins"] == 1
    assert not list(failures(checked))


def test_what_is_counted_otherwise_is_told_in_words(folder: Path) -> None:
    write_claim(folder, wire=[WIRE], copy=[COPY], paper=[PAPER])
    (checked,) = check_claims(folder, SETTING)
    assert (checked.wanted, checked.given, checked.is_parted) == ((3, 0), (2, 1), False)
    (line,) = failures([checked])
    assert line.startswith("customs: 2 origins of 3, 1 copies of 0 (wire: wire -> outlet:wire gazette; copy: copy ->")


def test_two_wrongs_make_no_right(folder: Path) -> None:
    write_claim(folder, wire=[WIRE, PAPER], copy=[COPY])
    (checked,) = check_claims(folder, SETTING)
    assert (checked.wanted, checked.given, checked.is_parted) == ((2, 1), (2, 1), False)


def test_the_shortest_statement_that_covers_the_words_tells_them() -> None:
    span = Evidence("a", 0, 40)
    whole = Statement(
        "s1", span, span, "x" * 40, "x", (Source("Wire", "outlet"),), "report", 3.0, "asserted", Tone(0.0), None, None,
        None,
    )  # fmt: skip
    part = replace(whole, id="s2", evidence=Evidence("a", 10, 30))
    assert find_statement(Told("a", "x"), (12, 20), [whole, part]) is part
    assert find_statement(Told("a", "x"), (0, 20), [whole, part]) is whole
    assert find_statement(Told("b", "x"), (0, 20), [whole, part]) is None


def test_words_and_articles_that_are_not_there_are_refused(folder: Path) -> None:
    write_claim(folder, wire=[["wire", "Nobody came"]])
    with pytest.raises(InputError, match="customs: wire does not hold 'Nobody came'"):
        check_claims(folder, SETTING)
    write_claim(folder, wire=[["nowhere", "Fighters"]])
    with pytest.raises(InputError, match="no corpus holds all articles of customs"):
        check_claims(folder, SETTING)


def test_a_file_that_holds_no_claims_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text('{"id": "a", "claim": "b", "origins": []}\n')
    with pytest.raises(InputError, match="holds a line that is no case"):
        read_claims(tmp_path)


def test_the_shipped_claims_are_well_formed() -> None:
    claims: list[Claim] = read_claims(SHIPPED)
    assert len({claim.id for claim in claims}) == len(claims) >= 45
    assert all(len(claim.told) > 1 for claim in claims)
    assert len(list(SHIPPED.glob("*.txt"))) >= 10
    check_claims(SHIPPED, Setting(read_article=lambda _: ((), (), Picture(None, None, (), (), (), ()))))
