"""The page's script, run by a browser: what lights up and is shown where a claim is pointed at or reached by keys.

A probe is put into a copy of the page, without its policy, and writes down what it sees. Skipped where no Chromium is
installed.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mene.report import write_page
from tests.report.hand import PULLING, STATEMENTS, case

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium to run the page's script in")

PROBE = """
<pre id="seen"></pre><script>(async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const shown = () => {
    const card = document.getElementById("card");
    return card && !card.hidden ? card.querySelector(".note a.id").textContent : null;
  };
  const point = async (element, time = 10) => {
    element.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
    await wait(time);
  };
  const press = (key) => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  const seen = { claims: {} };
  try {
    for (const fold of all(".page > details")) fold.open = true;
    for (const mark of all(".text mark")) {
      await point(mark);
      const lit = all(".text mark[data-lit]");
      const content = all("#card .told mark.content").map((one) => one.textContent).join("");
      (seen.claims[shown()] ??= []).push({
        of: mark.dataset.of.split(" ")[0].split(":")[0],
        isLit: mark.dataset.lit !== undefined,
        lit: lit.map((one) => `${one.dataset.lit}: ${one.textContent}`),
        content,
        text: document.getElementById("card").textContent,
      });
      press("Escape");
      seen.closedByEscape = (seen.closedByEscape ?? true) && shown() === null && !all("[data-lit]").length;
    }
    const numbers = all("a.ref");
    seen.stops = all("a.ref").filter((one) => one.tabIndex === 0).length;
    numbers[0].focus();
    seen.keys = [shown()];
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "End", "Home", "Escape", " "]) {
      press(key);
      seen.keys.push(shown());
    }
    await point(numbers[3], 400);
    await point(document.body, 400);
    seen.kept = shown();
    press(" ");
    seen.released = shown();
    await point(numbers[1]);
    await point(document.body, 400);
    seen.left = shown();
    seen.described = numbers[1].getAttribute("aria-describedby");
    const words = document.getElementById("find");
    words.value = "Karim";
    words.dispatchEvent(new Event("input"));
    seen.found = document.getElementById("found").textContent;
    seen.hidden = all(".page").filter((page) => page.hidden).length;
    const link = all(".evidence a.id")[0];
    link.click();
    await wait(50);
    seen.led = [link.textContent, shown()];
  } catch (error) {
    seen.error = String(error);
  }
  document.getElementById("seen").textContent = JSON.stringify(seen);
})()</script></body>"""


def load(page: str, folder: Path) -> str:
    """Return what a browser makes of a page."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom"]
    command = [str(BROWSER), *options, f"--user-data-dir={folder}", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def probe(folder: Path):
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", write_page(**case()))
    page = page.replace("</body>", PROBE)
    (seen,) = re.findall(r'<pre id="seen">(.*?)</pre>', load(page, folder), re.S)
    return json.loads(html.unescape(seen))


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    found = probe(tmp_path_factory.mktemp("browser"))
    assert "error" not in found, found["error"]
    return found


def test_pointing_at_any_part_shows_the_note_of_its_statement(seen):
    assert set(seen["claims"]) == {one.id[:7] for one in STATEMENTS}
    for short, pointed in seen["claims"].items():
        assert all(one["of"] == short and one["isLit"] for one in pointed)


def test_all_parts_light_up_together(seen):
    cue = next(one for one in seen["claims"][PULLING.id[:7]] if "cue: told" in one["lit"])
    assert "deciding content: begun" in cue["lit"]
    assert "".join(one.split(": ", 1)[1] for one in cue["lit"] if "content" in one) == PULLING.text


def test_the_note_shows_the_sentence_the_chain_and_the_factuality(seen):
    shown = seen["claims"][PULLING.id[:7]][0]
    assert shown["content"] == PULLING.text
    assert PULLING.sentence_text in shown["text"]
    assert "Golden Horn Post\u00a0→ Karim Daneshvar" in shown["text"]
    assert re.search(r"factuality \+2\s+by begun", shown["text"])


def test_escape_closes_the_note(seen):
    assert seen["closedByEscape"]


def test_an_article_is_one_tab_stop_and_arrows_move_in_it(seen):
    assert seen["stops"] == 3
    first, second, third, back, last, home, closed, pinned = seen["keys"]
    assert len({first, second, third, last}) == 4
    assert (back, home, closed, pinned) == (second, first, None, first)


def test_a_kept_note_stays_and_another_goes_with_the_pointer(seen):
    assert seen["kept"] == seen["keys"][0]
    assert (seen["released"], seen["left"], seen["described"]) == (None, None, None)


def test_finding_words_leaves_the_articles_that_hold_them(seen):
    assert seen["found"] == "1 statement in 1 article"
    assert seen["hidden"] == 2


def test_a_link_to_a_statement_shows_its_note(seen):
    asked, shown = seen["led"]
    assert asked == shown


def test_the_script_runs_under_the_page_s_own_policy(tmp_path):
    made = load(write_page(**case()), tmp_path)
    assert '<div id="tools">' in made
    assert 'tabindex="-1"' in made
