"""Views as HTML: the templates, style sheet and script, which are those of the page that `mene report` writes."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from mene import __version__
from mene.report.contents import Contents
from mene.report.page.environment import TEMPLATES, load_templates
from mene.report.page.render import MOST_ROWS, load_script, load_sheet, render_live

_OWN = Path(__file__).with_name("templates")

VIEWS = (
    ("/", "Picture"),
    ("/places", "Places"),
    ("/events", "Events"),
    ("/disputes", "Disputes"),
    ("/backings", "Backing"),
    ("/forces", "Forces"),
    ("/signals", "Signals"),
    ("/sources", "Sources"),
    ("/search", "Search"),
    ("/read", "Read"),
    ("/api", "API"),
)

HEADINGS = {
    "/": "The picture",
    "/places": "Who holds what",
    "/events": "What happened, the last day first",
    "/disputes": "Disputed",
    "/backings": "Who backs whom",
    "/forces": "Which force is where",
    "/signals": "Signals for those in power",
    "/sources": "Who says it",
    "/search": "Find a statement",
    "/read": "Read articles",
    "/api": "The picture for programs",
}

_STYLE = """
form.tools { display: block; }
form.tools p { display: flex; max-width: 100%; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; }
form.tools label { display: inline-flex; gap: .4rem; align-items: center; }
form.tools input { width: 10rem; max-width: 100%; }
form.tools input[type="url"], form.tools input[type="file"] { width: 22rem; }
form.tools :is(input, select, button), form.find :is(input, button) { min-height: 1.75rem; }
form.tools a, .pager a { display: inline-block; padding-block: .2rem; }
.among li { padding-block: .2rem; }
form.find { display: block; margin: .5rem 0; }
form.find input { width: min(22rem, 60%); }
form.tools p > * { min-width: 0; max-width: 100%; }
textarea { width: 44rem; max-width: 100%; }
.found { display: grid; gap: 0 2rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 52rem) { .found { grid-template-columns: minmax(0, 1fr) 15rem; } }
.among ul { list-style: none; padding: 0; }
.among li { overflow-wrap: anywhere; }
.among li a { padding-inline-end: .4rem; }
.found > * { min-width: 0; }
.found mark { background: var(--content); color: var(--ink); }
.newer { border: 1px solid var(--accent); padding: .4rem .7rem; }
"""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates; everything put into them is escaped unless it was made as HTML by the page."""
    loader = ChoiceLoader([FileSystemLoader(folder, encoding="utf-8") for folder in (_OWN, TEMPLATES)])
    return load_templates().overlay(loader=loader, cache_size=100)


@lru_cache(maxsize=1)
def read_assets() -> Mapping[str, tuple[bytes, str]]:
    """Return the style sheet and the script by their addresses, which change with what is in them, and their types."""
    style = load_sheet() + _STYLE
    own = "".join((_OWN / name).read_text(encoding="utf-8") for name in ("drop.js", "newer.js"))
    script = f'(() => {{\n"use strict";\n{own}}})();\n{load_script()}'
    texts = {"page.css": (style, "text/css"), "page.js": (script, "text/javascript")}
    return {
        f"/static/{hashlib.sha256(text.encode()).hexdigest()[:16]}-{name}": (text.encode(), media)
        for name, (text, media) in texts.items()
    }


def write_page(template: str, here: str, shown: Mapping[str, Any]) -> str:
    """Return a view as HTML. `here` is its address, `shown` what its template sets."""
    common = _frame(here)
    if here in HEADINGS:
        common["title"] = HEADINGS[here]
    return _environment().get_template(template).render({**common, **shown})


def write_whole(contents: Contents, version: str, drawn_at: str) -> tuple[str, str]:
    """Return the page of the whole picture, and what its script reads as JSON; `version` names both."""
    return render_live(
        contents,
        {
            **_frame("/"),
            "is_alone": False,
            "beside": f"/data.json?{version}",
            "edition": version,
            "drawn_at": drawn_at,
        },
    )


def _frame(here: str) -> dict[str, Any]:
    style, script = read_assets()
    return {
        "live": True,
        "style": style,
        "script": script,
        "views": VIEWS,
        "here": here,
        "to": "/claim/",
        "rows_at": "/claim/",
        "is_alone": True,
        "version": __version__,
        "most": MOST_ROWS,
        "drawn_at": "",
        "told": "",
        "words": "",
    }
