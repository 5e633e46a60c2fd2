"""What a page weighs."""

from mene.evaluate.page_sizes import weigh
from mene.report import write_page
from tests.report.hand import STATEMENTS, case


def test_the_parts_of_a_page_are_weighed():
    page = write_page(**case()).encode()
    sizes = weigh(page)
    assert (sizes["page"], sizes["claims"]) == (len(page), len(STATEMENTS))
    parts = ("style", "script", "claims packed", "data packed", "articles")
    assert all(0 < sizes[part] < sizes["page"] for part in parts)
    assert sum(sizes[part] for part in parts) < sizes["page"]
    assert 0 < sizes["markup of a claim"] < sizes["claims unpacked"]
    assert sizes["claims packed"] < sizes["claims unpacked"]


def test_a_page_without_parts_weighs_itself():
    assert weigh(b"<p>nothing</p>")["page"] == 14
