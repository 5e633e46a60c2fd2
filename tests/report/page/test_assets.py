"""The sheet and the script as they stand in the page: comments and indents gone, all else as it was written."""

import re

from mene.report.page.environment import TEMPLATES
from mene.report.page.render import SCRIPTS, SHEETS, load_script, load_sheet

STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`(?:[^`\\]|\\.)*`')


def sources(kind, names):
    return [(TEMPLATES / kind / f"{name}.{kind}").read_text(encoding="utf-8") for name in names]


def bare(text):
    """Return text without what means nothing in a sheet: comments, blanks, and the last sign before a brace."""
    return re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", text, flags=re.S))


def lines_of_script():
    return [line.strip() for text in sources("js", SCRIPTS) for line in text.splitlines()]


def test_all_parts_there_are_belong_to_the_page():
    assert {one.stem for one in (TEMPLATES / "css").iterdir()} == set(SHEETS)
    assert {one.stem for one in (TEMPLATES / "js").iterdir()} == set(SCRIPTS)


def test_the_sheet_says_what_was_written_without_comments():
    assert "/*" not in load_sheet()
    assert bare(load_sheet()) == bare("\n".join(sources("css", SHEETS)))


def test_blanks_stay_where_they_mean_something_in_a_sheet():
    written, kept = "\n".join(sources("css", SHEETS)), load_sheet()
    assert len(re.findall(r"[\w)] [.#\w]", bare_of_comments(written))) == len(re.findall(r"[\w)] [.#\w]", kept))
    assert STRING.findall(kept) == STRING.findall(bare_of_comments(written))


def bare_of_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def test_the_script_has_no_comments():
    for line in load_script().splitlines():
        assert not re.search(r"(^|\s)//|/\*", STRING.sub('""', line)), line


def test_no_string_with_slashes_in_it_is_cut():
    slashes = [line for line in lines_of_script() if any("//" in one for one in STRING.findall(uncommented(line)))]
    assert slashes
    assert all(uncommented(line) in load_script().splitlines() for line in slashes)


def uncommented(line):
    """Return a line up to its comment: the first two slashes, or slash and star, that stand in no string."""
    hidden = STRING.sub(lambda found: "x" * len(found[0]), line)
    comment = re.search(r"(^|\s)//\s.*|/\*.*\*/$|(^|\s)//$", hidden)
    return (line[: comment.start()] if comment else line).strip()


def test_no_code_of_the_script_is_lost():
    assert load_script().splitlines()[2:-2] == [code for line in lines_of_script() if (code := uncommented(line))]


def test_no_string_of_the_script_runs_over_lines():
    lines = (uncommented(line) for line in lines_of_script() if not line.startswith("const DIGITS"))
    assert not [line for line in lines if line.count("`") % 2]
