"""`mene read` and `mene demo`: articles into one picture, the picture as a brief, a page or JSON."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mene.commands.gather import CONTROL_CHANGED, Tally, read_batch
from mene.commands.kept import Kept, read_stdin
from mene.commands.output import check_target, say, show_json, show_lines, write_whole
from mene.commands.paint import brief_lines, page_text
from mene.errors import InputError
from mene.settings import Settings
from mene.view import View, document, view


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a reading: which days, in which form, and whether the exit code is to tell of a change."""

    as_of: date | None = None
    on: date | None = None
    as_json: bool = False
    page: Path | None = None
    check: bool = False


def run_read(settings: Settings, origins: list[str], asked: Asked, *, published: date | None) -> int:
    """Return 0; 2 where something that was named gave no article; with `check`, 3 where a place changed hands."""
    kept = Kept(settings, tuple(origins), published=published)
    return _run(kept, asked)


def run_demo(settings: Settings, *, as_of: date, as_json: bool, page: Path) -> int:
    """Return 0 after the brief of the sample corpus, with its page written."""
    return _run(Kept(settings, sample=True), Asked(as_of=as_of, as_json=as_json, page=page))


def _run(kept: Kept, asked: Asked) -> int:
    if asked.page is not None:
        check_target(asked.page)
    tally = Tally()
    stdin = read_stdin(kept.origins)
    model = kept.model()
    readings = read_batch(kept.origins, model, tally, published=kept.published, today=date.today(), stdin=stdin)
    if not readings:
        return tally.exit_code
    shown = view(readings, model.codebook, as_of=asked.as_of, on=asked.on)
    if not shown.readings:
        raise InputError(f"no article was known on {asked.as_of}; choose a later day with --as-of")
    if asked.page is not None:
        write_whole(asked.page, page_text(shown, model.codebook))
    if asked.as_json:
        show_json(document(shown, model.reader.name))
    else:
        show_lines(brief_lines(shown, model.codebook))
        say(f"the words behind a line: mene claim ID{kept.options}{_days(asked)}; with --explain its reasons")
    if asked.page is not None:
        say(f"the page is at {asked.page.resolve()}")
    return CONTROL_CHANGED if asked.check and changes_control(shown) else tally.exit_code


def _days(asked: Asked) -> str:
    """Return the options that ask for the same days."""
    as_of = f" --as-of {asked.as_of}" if asked.as_of else ""
    return as_of + (f" --on {asked.on}" if asked.on else "")


def changes_control(shown: View) -> bool:
    """Return whether what was read tells of a place that came to be held, or left, on a known day."""
    return any(
        holding.since is not None and holding.status in ("held", "abandoned") for holding in shown.picture.holdings
    )
