"""The script of the panels, in a browser: what it draws follows the view in the address."""

import html
import json
import re
from datetime import date
from random import Random

import pytest

from mene.report.page import render
from mene.report.page.environment import TEMPLATES
from mene.report.page.facets import FIELDS, Facets, read_filters
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


FILTERS = """<pre id="seen"></pre><script>
SCRIPT
const cases = JSON.parse(document.getElementById("cases").textContent);
document.getElementById("seen").textContent = JSON.stringify(cases.map(([row, asked]) => {
  const [place, actors, type, origins, modality, day, told] = row.split("\\t");
  const several = (names) => (names ? names.split("|") : []);
  return accepts({ place, actors: several(actors), type, origins: several(origins), modality, day, told }, asked);
}));
</script>"""
NAMES = ("", "Hama", "HAMA", "Deir ez-Zôr", "zor", "Σάμος", "ΣΑΜ", "حماة", "Ḥamāh", "a b")
DAYS = (None, date(2024, 12, 5), date(2024, 12, 6))


def some_cases(count):
    """Return rows and what is asked of them, always the same ones."""
    chance = Random(7)
    pick = chance.choice
    for _ in range(count):
        actors, origins = ([pick(NAMES[1:]) for _ in range(chance.randrange(3))] for _ in range(2))
        modality = pick(("asserted", "planned"))
        row = Facets(pick(NAMES), tuple(actors), pick(("SEIZE", "")), tuple(origins), modality, pick(DAYS), pick(DAYS))
        texts = dict.fromkeys(FIELDS, "")
        for field in chance.sample(FIELDS, 2):
            days = ("", "2024-12-05", "2024-12-06")
            kinds = {"type": ("SEIZE", "AID"), "modality": ("asserted", "planned"), "since": days, "until": days}
            texts[field] = pick(kinds.get(field, NAMES))
        yield row, texts


def test_the_script_filters_as_the_server_does(tmp_path):
    cases = list(some_cases(400))
    script = (TEMPLATES / "js" / "filters.js").read_text(encoding="utf-8").partition("/** Whether it was told")[0]
    told = html.escape(json.dumps([(row.line, asked) for row, asked in cases]), quote=False)
    page = f'<!DOCTYPE html><meta charset="utf-8"><pre id="cases">{told}</pre>' + FILTERS.replace("SCRIPT", script)
    (found,) = re.findall(r'<pre id="seen">(.*?)</pre>', load(page, tmp_path), re.S)
    here = [read_filters(asked).accepts(row) for row, asked in cases]
    assert json.loads(found) == here
    assert 50 < sum(here) < 350


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
