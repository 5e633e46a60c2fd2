"""What is watched of every page: that the watching sees what it is for."""

import pytest

from .watch import Watch

CASES = {
    "console: no": "<script>console.error('no')</script>",
    "script failed": "<script>missing()</script>",
    "dialog: hello": "<script>alert('hello')</script>",
    "opened a window": "<script>open('about:blank')</script>",
    "console: policy broken: script-src-elem": (
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>1</script>"
    ),
}


@pytest.fixture
def watch(browser, tmp_path):
    """Loads a page with something in its body, and returns what was seen."""

    def load(body):
        file = tmp_path / "page.html"
        file.write_text(f"<!DOCTYPE html><title>x</title>{body}", encoding="utf-8")
        window, seen = browser.new_context(), Watch(file.as_uri())
        seen.attend(window)
        page = window.new_page()
        page.goto(file.as_uri())
        page.wait_for_timeout(200)  # what is seen comes after the page
        window.close()
        return seen

    return load


@pytest.mark.parametrize("fault", CASES)
def test_a_fault_is_seen(watch, fault):
    assert any(one.startswith(fault) for one in watch(CASES[fault]).faults)


@pytest.mark.parametrize("address", ["https://example.org/x.png", "file:///nowhere/x.png", "http://127.0.0.1:9/x.png"])
def test_a_request_that_leaves_is_seen(watch, address):
    assert watch(f"<img src='{address}' alt=''>").left == [address]


def test_a_quiet_page_is_quiet(watch):
    seen = watch("<p id=a>quiet</p><a href='#a'>link</a><img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    assert (seen.left, seen.faults) == ([], [])
