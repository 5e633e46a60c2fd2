"""robots.txt as RFC 9309 has it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.watch.limits import ROBOTS_RULES
from mene.watch.robots import fits, read_robots

SITE = "https://wire.example"


@pytest.mark.parametrize(
    ("lines", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow:", "/news", True),
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private/1", False),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/report.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/report.pdf?page=2", True),
        ("User-agent: *\nDisallow: /*?print", "/news/1?print=1", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Mene\nDisallow: /private", "/news", True),
        ("User-agent: MENE/1.0\nUser-agent: other\nDisallow: /", "/news", False),
        ("User-agent: menendez\nDisallow: /", "/news", True),
        ("User-agent: *\nCrawl-delay: 1\nUser-agent: mene\nDisallow: /", "/news", False),
        ("User-agent: mene\n\nUser-agent: *\nDisallow: /", "/news", False),
        ("Disallow: /", "/news", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café/1", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("<html>not found</html>", "/news", True),
    ],
)
def test_the_longest_fitting_rule_decides(lines: str, path: str, allowed: bool) -> None:
    assert read_robots(lines.encode()).allows(SITE + path) is allowed


def test_the_delay_is_the_one_of_our_group_and_bounded() -> None:
    assert read_robots(b"User-agent: *\nCrawl-delay: 7.5").delay == 7.5
    assert read_robots(b"User-agent: *\nCrawl-delay: 7\n\nUser-agent: mene\nDisallow: /x").delay == 0
    assert read_robots(b"User-agent: *\nCrawl-delay: 9999999").delay == 86_400
    assert read_robots(b"User-agent: *\nCrawl-delay: soon").delay == 0


def test_too_many_rules_allow_nothing() -> None:
    raw = b"User-agent: *\nAllow: /\n" + b"Disallow: /x\n" * ROBOTS_RULES
    assert not read_robots(raw).allows(f"{SITE}/news")


def test_patterns_made_to_take_long_do_not() -> None:
    begin = time.perf_counter()
    assert not fits("/" + "*a" * 900 + "b$", "/" + "a" * 1_900)
    assert time.perf_counter() - begin < 0.5


@given(st.binary(max_size=300), st.text(max_size=50))
def test_any_bytes_are_read(raw: bytes, path: str) -> None:
    robots = read_robots(b"User-agent: *\n" + raw)
    assert robots.allows(f"{SITE}/{path}") in (True, False)
    assert 0 <= robots.delay <= 86_400


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_a_pattern_fits_as_its_regular_expression_does(pattern: str, path: str) -> None:
    import re

    for end in ("", "$"):
        expected = re.match(".*".join(map(re.escape, pattern.split("*"))) + end.replace("$", r"\Z"), path) is not None
        assert fits(pattern + end, path) is expected
