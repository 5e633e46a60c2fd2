"""How long a page takes to answer: a scripted action, timed inside the browser."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The action stands in the source: making a function from text inside the page is what its policy forbids.
_MEASURE = """async (given) => {{
  const frame = () => new Promise(requestAnimationFrame);
  const action = {action};
  await frame();
  const begin = performance.now();
  await action(given);
  const done = performance.now();
  await frame();
  await frame();
  return [done - begin, performance.now() - begin];
}}"""


@dataclass(frozen=True, slots=True)
class Step:
    """What an action took, in milliseconds: its script, and until what it changed was drawn.

    Drawn means that two frames were begun after it, so an idle page takes up to two frames too, 33 ms at 60 a second.
    """

    script: float
    drawn: float


def measure(page: "Page", action: str, given: object = None) -> Step:
    """Return what an action took in a page. `action` is a JavaScript function of one argument, `given`.

    A slider's step, for example: `measure(page, "(day) => { slider.value = day; slider.dispatchEvent(new
    Event('input')); }", 3)`.
    """
    script, drawn = page.evaluate(_MEASURE.format(action=action), given)
    return Step(script, drawn)
