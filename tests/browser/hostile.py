"""Articles that attack the page: what runs scripts elsewhere, in every field that comes from outside.

Whatever succeeds sets `window.pwned`, opens a dialog or asks for something; a page that is safe shows it as text.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from mene.records import (
    Article,
    Block,
    Count,
    Dropped,
    Event,
    Evidence,
    LoadedWord,
    Numbers,
    Participant,
    Place,
    Reading,
    Source,
    Statement,
    Tone,
    content_id,
)
from mene.vocabulary import EventType

DAY = date(2024, 12, 5)
LONG = 1_000_000
"""Characters of the longest line."""

ATTACKS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1;alert(1)</script>",
    "</style><script>window.pwned=1</script><style>body{display:none}",
    "<svg onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x dur=1s></svg>",
    "<svg><script>window.pwned=1</script></svg>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=https://example.org/pixel.png>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<link rel=stylesheet href=https://example.org/x.css><base href=https://example.org/>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<form action=https://example.org/><button autofocus onfocus=window.pwned=1>x</button></form>",
    "<details open ontoggle=window.pwned=1><summary>x</summary></details>",
    "<a href='javascript:window.pwned=1' autofocus onfocus=window.pwned=1>x</a>",
    '" autofocus onfocus=window.pwned=1 onmouseover=window.pwned=1 x="',
    "' onpointerover='window.pwned=1",
    "` onclick=window.pwned=1 `",
    "--><script>window.pwned=1</script><!--",
    "]]><script>window.pwned=1</script><![CDATA[",
    "</main></body></html><h1>Nothing was found</h1>",
    "</textarea></title></table></svg></details></template>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;script&#62;window.pwned=1&#60;/script&#62;",
    "{{ 7*7 }}{% raw %}${window.pwned=1}",
    "\\u003cscript\\u003ewindow.pwned=1\\u003c/script\\u003e\u2028window.pwned=1\u2029",
    "url(javascript:window.pwned=1) expression(window.pwned=1)",
    "\u202egnihton erew ereht\u202d \u2066\u2067\u200f",
    "\u202e" * 60 + "ammaH",
    "NUL \x00 \x01 \x08 \x1b[31m \x7f \ufffe \ufeff",
    "<" * 400,
    "<b>" * 400 + "deep",
    "حمص <script>window.pwned=1</script> \u202e حماة",
    "Z\u0335\u0321\u0322\u0327\u0328" * 60,
    "A" * 3_000,
    "__proto__",
    "constructor",
)
URLS = (
    "javascript:window.pwned=1",
    "JaVaScRiPt:window.pwned=1//",
    " \tjava\nscript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:window.pwned=1",
    "//example.org/pixel",
    'https://example.org/"onmouseover="window.pwned=1',
    "file:///etc/passwd",
)


def _page(attack: str) -> bytes:
    """Return a news page with an attack in its title, its byline and its text."""
    return (
        f"<html><head><title>{attack} Rebels take Hama</title><meta name=author content='{attack}'></head>"
        f"<body><article><h1>{attack} Rebels take Hama</h1><p>By {attack}</p>"
        f"<p>BEIRUT, Dec 5, 2024 (Levant Wire) - Rebels took Hama on Thursday {attack}, a spokesman, {attack}, said."
        f" The army said that {attack} its units had left the city.</p></article></body></html>"
    ).encode()


def _escaped(attack: str) -> bytes:
    """Return that page where the attack was escaped, so that it comes through cleaning as text."""
    return _page(attack.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


FILES = {
    "script.html": _page(ATTACKS[0]),
    "image.html": _page(ATTACKS[5]),
    "escaped-script.html": _escaped(ATTACKS[0]),
    "escaped-svg.html": _escaped(ATTACKS[3]),
    "reversed.html": _page(ATTACKS[25]),
    "script.txt": (
        f"{ATTACKS[0]} Rebels take Hama\n\nBEIRUT, Dec 5, 2024 (Levant Wire) - Rebels {ATTACKS[5]} took Hama on"
        f' Thursday, the army said. "We left {ATTACKS[3]} Hama," the army said.\n'
    ).encode(),
}
"""Files as they are fetched, by their names."""


def make_hostile() -> Iterator[Reading]:
    """Yield a reading for each attack, which stands in all of its fields."""
    for number, attack in enumerate(ATTACKS):
        yield _attack_everywhere(number, attack, URLS[number % len(URLS)], attack)


def make_endless() -> Reading:
    """Return the reading of an article of single lines of a megabyte, without a space to break them at."""
    return _attack_everywhere(0, "x" * LONG, None, "A line without an end")


def _attack_everywhere(number: int, attack: str, url: str | None, named: str) -> Reading:
    """Return the reading of an article that tells four events, with the attack in its text and `named` for names."""
    identity = sha256(f"hostile {number}".encode()).hexdigest()
    texts = [f"{verb} {attack}." for verb in ("took", "left", "armed", "sent")]
    text = "\n\n".join(texts)
    starts = [text.index(one) for one in texts]
    spans = [Evidence(identity, start, start + len(one)) for start, one in zip(starts, texts, strict=True)]
    blocks = tuple(Block("quote" if one.start else "heading", one.start, one.end, named) for one in spans)
    dropped = (Dropped("articles", attack, named),)
    article = Article(identity, url, named, named, named, DAY, "en", text, blocks, dropped, dateline=named)
    said = tuple(_say(span, text, named) for span in spans)
    acts: tuple[tuple[EventType, str | None], ...] = (
        ("SEIZE", "take"),
        ("RETREAT", "withdraw"),
        ("SUPPORT", "backing:arms:gives"),
        ("MOBILIZE", "troops"),
    )
    told = tuple(_tell(one, act, number, named) for one, act in zip(said, acts, strict=True))
    return Reading(article, said, told, dropped)


def _say(span: Evidence, text: str, named: str) -> Statement:
    words = text[span.start : span.end]
    first = Evidence(span.article_id, span.start, span.start + 4)
    return Statement(
        id=content_id("s", span.article_id, span.start),
        evidence=span,
        sentence=span,
        text=words,
        sentence_text=words,
        sources=(Source(named, "official", named), Source(named, "outlet")),
        kind="claim",
        factuality=3.0,
        modality="asserted",
        tone=Tone(0.9, (LoadedWord(first, words[:4], named, named),)),
        said_at=DAY,
        published_at=DAY,
        first_seen=DAY,
        cue=first,
        deciding=(first,),
    )


def _tell(said: Statement, act: tuple[EventType, str | None], number: int, named: str) -> Event:
    by = Participant(named, named, None, named, 1.0, "SY")
    to = Participant(f"{named} too", f"{named} too", None, named, 1.0, "SY")
    where = Place(
        named, named, f"x:{named}", 33 + number % 6 * 0.5, 36 + number // 6 * 0.5, "SY", "town", "exact", 0.9, named
    )
    return Event(
        id=content_id("e", said.id),
        statement_id=said.id,
        type=act[0],
        mode=act[1],
        actors=(by,),
        recipients=(to,),
        place=where,
        occurred_start=DAY,
        occurred_end=DAY,
        precision="day",
        factuality=3.0,
        modality="asserted",
        numbers=Numbers(Count(number, number, number, named)),
        evidence=said.evidence,
        text=said.text,
        time_text=named,
    )
