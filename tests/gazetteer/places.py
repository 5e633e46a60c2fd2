"""Texts to mentions, for the tests of this folder."""

import re

from mene.gazetteer import Mention, open_gazetteer, resolve_places, weigh_countries
from mene.records import Place


def mention(text: str, name: str, *, nth: int = 0) -> Mention:
    """Return the `nth` mention of `name` in `text`, with 60 characters on either side."""
    found = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))[nth]
    start, end = found.span()
    return Mention(name, start, end, text[max(0, start - 60) : start], text[end : end + 60])


def resolve(text: str, *names: str, home: str | None = None) -> tuple[Place, ...]:
    """Return the places that `names` are in `text`."""
    mentions = [mention(text, name) for name in names]
    return resolve_places(mentions, gazetteer=open_gazetteer(), countries=weigh_countries(text), home=home)
