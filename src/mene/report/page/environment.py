"""The templates of the page, and how text of articles is set in them: escaped, and apart where it runs to the left."""

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")


@lru_cache(maxsize=1)
def load_templates() -> Environment:
    """Return the templates; everything put into them is escaped unless it was made as HTML here."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["bdi"] = isolate
    return made


def isolate(text: str) -> Markup:
    """Return text escaped, and set apart where letters in it run from right to left and would reorder what follows.

    >>> isolate("Homs & Hama"), isolate("\u062d\u0645\u0635")
    (Markup('Homs &amp; Hama'), Markup('<bdi>\u062d\u0645\u0635</bdi>'))
    """
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return Markup.escape(text)
    return Markup("<bdi>{0}</bdi>").format(text)


_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of scripts that run from right to left, and the characters that set a direction."""
