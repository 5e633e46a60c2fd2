"""What is watched of every page: that the watching sees what it is for."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

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

    def load(body, folder=None):
        (tmp_path / "page.html").write_text(f"<!DOCTYPE html><title>x</title>{body}", encoding="utf-8")
        window, seen = browser.new_context(), Watch(f"{folder or tmp_path.as_uri()}/page.html")
        seen.attend(window)
        page = window.new_page()
        page.goto(seen.own)
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


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Write no line for each request."""


def test_a_page_from_a_server_may_ask_that_server_alone(watch, tmp_path):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=tmp_path)) as server:
        Thread(target=server.serve_forever).start()
        folder = f"http://127.0.0.1:{server.server_port}"
        seen = watch(
            "<link rel=icon href='data:,'><script src=page.html></script><img src='http://127.0.0.1:9/'>", folder
        )
        server.shutdown()
    assert seen.asked.count(f"{folder}/page.html") == 2
    assert seen.left == ["http://127.0.0.1:9/"]


def test_a_quiet_page_is_quiet(watch):
    seen = watch("<p id=a>quiet</p><a href='#a'>link</a><img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    assert (seen.left, seen.faults) == ([], [])
