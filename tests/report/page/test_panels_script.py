"""The script of the panels, in a browser: what it draws follows the view in the address."""

import html
import json
import re

import pytest

from mene.report.page import render
from tests.report.page.panels import replayed
from tests.report.page.test_claim_script import BROWSER, load

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no browser found to run the page's script in")

PROBE = """<pre id="seen"></pre><script>(async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wait = () => new Promise((resolve) => setTimeout(resolve, 250));
  const at = async (address) => {
    location.hash = address;
    await wait();
    return {
      events: all("#days li li a").map((one) => one.textContent),
      lanes: all("#lanes .lane p").map((one) => one.textContent),
      bars: all("#bars .bars a").map((one) => one.getAttribute("aria-label")),
      lines: all("#net a.tie:not([hidden])").map((one) => one.getAttribute("aria-label")),
      fights: all("#fights th").map((one) => one.textContent),
      origins: all("#origins th").map((one) => one.textContent),
      unclaimed: all("#net a:not([hidden]):not([data-claims]), #lanes a:not([data-claims])").length,
    };
  };
  const seen = {};
  try {
    await wait();
    seen.last = await at("type=");
    seen.early = await at("on=2024-12-06&known=2024-12-06");
    seen.seized = await at("type=SEIZE");
    seen.iran = await at("actor=Iran");
    await at("actor=");
    document.querySelector("#lanes-by").value = "actors";
    document.querySelector("#lanes-by").dispatchEvent(new Event("change"));
    seen.actors = all("#lanes .lane p").map((one) => one.textContent);
    all("#bars .bars a")[0].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    await wait();
    seen.first = await at(location.hash.slice(1));
    all(".origins th button")[3].click();
    all(".origins th button")[3].click();
    seen.sorted = all("#origins tr").map((row) => Number(row.cells[3].textContent));
  } catch (error) {
    seen.error = String(error.stack);
  }
  document.getElementById("seen").textContent = JSON.stringify(seen);
})()</script></body>"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(replayed()))
    text = load(page.replace("</body>", PROBE), tmp_path_factory.mktemp("panels"))
    (found,) = re.findall(r'<pre id="seen">(.*?)</pre>', text, re.S)
    told = json.loads(html.unescape(found))
    assert "error" not in told, told["error"]
    return told


def test_the_script_draws_what_the_server_drew(seen):
    assert "capture of Hama by Hayat Tahrir al-Sham from Syrian army" in seen["last"]["events"]
    assert seen["last"]["lanes"][0].startswith(("Aleppo", "Daraa", "Hama"))
    assert seen["last"]["fights"] == ["Syrian army – Syrian rebels"]
    assert seen["last"]["unclaimed"] == 0


def test_a_day_back_hides_what_was_not_yet_told(seen):
    assert "deployment by Russia" in seen["last"]["events"]
    assert "deployment by Russia" not in seen["early"]["events"]
    assert not any("Russia" in line for line in seen["early"]["lines"])


def test_the_filters_leave_what_fits(seen):
    assert all(one.startswith(("capture", "advance", "holding")) for one in seen["seized"]["events"])
    assert len(seen["seized"]["events"]) < len(seen["last"]["events"])
    assert all("Iran" in line for line in seen["iran"]["lines"])


def test_the_lanes_are_by_actor_if_asked(seen):
    assert seen["actors"][0].startswith("Hayat Tahrir al-Sham")


def test_a_bar_picks_its_days(seen):
    assert seen["first"]["events"] == ["capture of Aleppo by Hayat Tahrir al-Sham"]
    assert len(seen["first"]["bars"]) == len(seen["last"]["bars"])


def test_the_origins_are_sorted_by_a_column(seen):
    assert seen["sorted"] == sorted(seen["sorted"])
