"""The sheet for reading by hand."""

from datetime import date
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.sheet import article_of, draw, read_rows, write_sheet

HEAD = "article_title,article_content,source,date\n"


def test_rows_are_read_and_drawn_by_seed(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_text(HEAD + "".join(f"T{i},Rebels took Hama.,wire,4/{i}/2017\n" for i in range(1, 9)))
    rows = read_rows(file)
    assert rows[0].day == date(2017, 4, 1)
    assert draw(rows, 3, seed=1) == draw(rows, 3, seed=1) != draw(rows, 3, seed=2)
    assert len(draw(rows, 99, seed=1)) == 8
    (head,) = write_sheet(1, rows[0], ())
    assert head == "== 1. T1 (wire, 2017-04-01)"
    assert "Rebels took Hama." in article_of(rows[0]).text


def test_a_file_of_another_shape_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column article_title"):
        read_rows(file)
    with pytest.raises(InputError, match="cannot be read"):
        read_rows(tmp_path / "none.csv")
