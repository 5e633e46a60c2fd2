"""The annotated reports, and the reading of their format."""

from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.marked import check_file, main, read_reports
from mene.evaluate.reading_labels import read_annotated

CASES = Path(__file__).parents[2] / "evaluation/cases/reading"

REPORT = """\
doc quay-1 | published 2004-02-22 | outlet Harbour Courier | style agency
Rebels took 2 forts at the quay, and later the quay itself, a priest said.
  event took | SEIZE | asserted | actor Rebels | place quay#2 | origin a priest
  name 2 | quantity
  said said | source a priest | content Rebels took 2 forts at the quay, and later the quay itself
He would not say who had sent them.
  refers He | a priest
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_file_is_as_its_readme_says() -> None:
    for file in sorted(CASES.rglob("*.txt")):
        reports, mistakes = check_file(file)
        assert mistakes == []
        assert reports


def test_there_are_a_thousand_sentences_and_a_third_are_for_development() -> None:
    counts = {
        split: sum(len(report.sentences) for report in read_reports(CASES / split))
        for split in ("training", "development")
    }
    assert sum(counts.values()) >= 1000
    assert 0.28 <= counts["development"] / sum(counts.values()) <= 0.38


def test_no_topic_and_no_report_lies_in_both_folders() -> None:
    topics = {split: {file.stem for file in (CASES / split).glob("*.txt")} for split in ("training", "development")}
    assert not topics["training"] & topics["development"]
    ids = [report.id for report in read_reports(CASES)]
    assert len(ids) == len(set(ids))


def test_reads_a_report(tmp_path: Path) -> None:
    (report,) = read_reports(write(tmp_path, REPORT))
    assert report.outlet == "Harbour Courier"
    assert [line.fields[0] for line in report.sentences[0].lines] == ["took", "2", "said"]


def test_becomes_labels(tmp_path: Path) -> None:
    documents, labels = read_annotated(write(tmp_path, REPORT))
    assert documents[0].sentences[1] == "He would not say who had sent them."
    assert (labels.events[0].place, labels.events[0].origin) == ("quay", "a priest")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("name 2 | quantity", "name 3 | quantity", "'3' does not stand in the sentence"),
        ("name 2 | quantity", "name 2 | number", "'number' is none of"),
        ("| SEIZE |", "| TAKE |", "'TAKE' is none of"),
        ("quay#2", "quay#3", "'quay#3' does not stand in the sentence"),
        ("origin a priest", "origin a bishop", "'a bishop' stands neither in the sentence nor before it"),
        ("  refers He", "  means He", "a line says one of"),
        ("actor Rebels", "actor Rebels | actor Rebels", "once"),
        (" | outlet Harbour Courier", "", "the report lacks outlet"),
        ("| SEIZE | asserted | actor Rebels | place quay#2 | origin a priest", "| SEIZE", "event needs 3 field"),
    ],
)
def test_names_the_mistake_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = write(tmp_path, REPORT.replace(old, new))
    _, mistakes = check_file(path)
    assert len(mistakes) == 1
    assert mistakes[0].startswith(f"{path}:")
    assert reason in mistakes[0]
    with pytest.raises(InputError, match=r"report\.txt:"):
        read_reports(path)


def test_the_checker_counts_and_tells_of_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path, REPORT))]) == 0
    assert "1 reports, 2 sentences" in capsys.readouterr().out
    assert main([str(write(tmp_path, REPORT.replace("SEIZE", "TAKE")))]) == 1
