"""The script that opens claims, run by a browser: what it shows, where the focus goes, and what the address says.

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
from mene.report.page import render
from tests.report.hand import HAMA_HELD, PULLING, REPOSITIONED, RETOLD, STATEMENTS, TOOK, case
from tests.report.page.panels import replayed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium to run the page's script in")

PROBE = """
<button id="many" data-title="Hama: held" data-claims="FOR" data-against="AGAINST">Hama</button>
<button id="none" data-claims="s0000000">nothing</button>
<pre id="seen"></pre><script>(async () => {
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (selector) => $(selector)?.textContent.replace(/\\s+/g, " ").trim() ?? "";
  const soon = () => new Promise((done) => setTimeout(done, 250));
  const press = async (key) => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await soon();
  };
  const open = async (element) => {
    element.focus();
    element.click();
    await soon();
  };
  const state = () => ({
    open: $("#claim").open,
    title: text("#claim-title"),
    side: $("#claim-side").hidden ? "" : text("#claim-side"),
    place: $("#claim-turn").hidden ? "" : text("#claim-place"),
    words: text("#claim-body blockquote"),
    body: text("#claim-body"),
    focus: document.activeElement.id,
    hash: location.hash,
    now: all(".said.now").map((one) => one.id),
  });
  const seen = { claims: {} };
  try {
    await soon(); // until the page's data are unpacked
    for (const fold of all("#statements details")) fold.open = true;
    for (const sentence of all("#statements .text a"))
      for (const id of sentence.dataset.claims.split(" ")) {
        if (!seen.claims[id]) await open(sentence);
        for (let turn = 0; turn < 20 && location.hash !== `#claim=${id}`; turn++) await press("ArrowRight");
        seen.claims[id] = text("#claim-body");
      }
    await press("Escape");
    const sentence = $(".text .said");
    await open(sentence);
    seen.sentence = state();
    seen.id = sentence.id;
    await press("Escape");
    seen.closed = state();
    await open($("#many"));
    seen.many = [state()];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) {
      await press(key);
      seen.many.push(state());
    }
    const link = $("#claim-body dl a[data-claims]");
    await open(link);
    seen.followed = state();
    $("[data-back]").click();
    await soon();
    seen.back = state();
    $("[data-close]").click();
    await soon();
    seen.returned = state();
    await open($("#none"));
    seen.none = state();
    await press("Escape");
    const copied = [];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (words) => copied.push(words) } });
    await open(sentence);
    await open($("[data-copy]"));
    seen.copied = copied;
    $("[data-close]").click();
    await soon();
    location.hash = `#claim=${seen.id}`;
    await soon();
    seen.addressed = state();
    location.hash = "#claim=";
    await soon();
    seen.left = state();
  } catch (error) {
    seen.error = String(error);
  }
  document.getElementById("seen").textContent = JSON.stringify(seen);
})()</script></body>"""


def load(page: str, folder: Path, part: str = "") -> str:
    """Return what a browser makes of a page."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom"]
    command = [str(BROWSER), *options, "--window-size=1280,900", f"--user-data-dir={folder}", file.as_uri() + part]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def without_policy(page: str, before: str = "") -> str:
    """Return a page in which a script of a test may run: `before` runs before its own."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', before, page)


def probe(folder: Path):
    page = without_policy(write_page(**case()))
    words = PROBE.replace("FOR", f"{RETOLD.id[:7]} {TOOK.id[:7]}").replace("AGAINST", REPOSITIONED.id[:7])
    (seen,) = re.findall(r'<pre id="seen">(.*?)</pre>', load(page.replace("</body>", words), folder), re.S)
    return json.loads(html.unescape(seen))


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    found = probe(tmp_path_factory.mktemp("browser"))
    assert "error" not in found, found["error"]
    return found


def squeezed(words):
    return re.sub(r"\W", "", words)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_opens(seen, statement):
    assert squeezed(statement.sentence_text) in squeezed(seen["claims"][statement.id[:7]])


def test_a_sentence_opens_its_claim_with_the_focus_in_it_and_in_the_address(seen):
    shown = seen["sentence"]
    assert (shown["open"], shown["focus"], shown["hash"]) == (True, "claim-title", f"#claim={seen['id']}")
    assert (shown["now"], shown["place"]) == ([seen["id"]], "")


def test_escape_closes_it_and_leads_back(seen):
    closed = seen["closed"]
    assert (closed["open"], closed["focus"], closed["hash"], closed["now"]) == (False, seen["id"], "", [])


def test_arrows_turn_over_those_for_and_then_those_against(seen):
    told = [(one["title"], one["place"], one["side"]) for one in seen["many"]]
    assert told == [
        ("Hama: held", "1 of 3", "For (2)"),
        ("Hama: held", "2 of 3", "For (2)"),
        ("Hama: held", "3 of 3", "Against (1)"),
        ("Hama: held", "2 of 3", "For (2)"),
    ]
    assert "repositioning" in seen["many"][2]["words"]


def test_a_link_in_a_claim_leads_on_and_back(seen):
    assert seen["followed"]["hash"] == f"#claim={RETOLD.id[:7]}"
    assert (seen["followed"]["place"], seen["back"]["place"]) == ("", "2 of 3")
    assert seen["back"]["hash"] == f"#claim={TOOK.id[:7]}"
    assert (seen["returned"]["open"], seen["returned"]["focus"]) == (False, "many")


def test_what_the_page_does_not_hold_is_said(seen):
    assert seen["none"]["body"] == "This page does not hold the statement s0000000; mene claim s0000000 shows it."


def test_the_citation_is_copied(seen):
    (copied,) = seen["copied"]
    assert "Levant Wire, 6 Dec 2024: “" in copied
    assert "read by Mene" in copied


def test_an_address_opens_and_closes_a_claim(seen):
    assert (seen["addressed"]["open"], seen["left"]["open"]) == (True, False)


@pytest.mark.parametrize(("before", "is_old"), [("", False), ("delete window.DecompressionStream", True)])
def test_an_old_browser_shows_the_last_state_and_says_so(tmp_path, before, is_old):
    made = load(without_policy(render(replayed()), f"<script>{before}</script>"), tmp_path)
    ends = ">" if is_old else ' hidden="">'
    assert f'<p id="too-old" role="status"{ends}This browser is too old' in made
    controls = re.findall(r'<\w+ (?:[^>]* )?id="(?:when|filter-box)"[^>]*>', made)
    assert [" hidden" in one for one in controls] == [is_old, is_old]
    assert f'href="#{HAMA_HELD.evidence_for[0].statement_id[:7]}"' in made


@pytest.mark.parametrize("part", [f"#claim={PULLING.id[:7]}", f"#{PULLING.id[:7]}"])
def test_a_linked_claim_is_shown_under_the_page_s_own_policy(tmp_path, part):
    made = load(write_page(**case()), tmp_path, part)
    shown = made[made.index('<dialog id="claim"') :]
    assert "begun" in shown[: shown.index("</dialog>")]
