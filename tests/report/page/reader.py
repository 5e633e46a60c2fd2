"""A reader of the page that checks what no page may break: tags nest, nothing loads, nothing runs."""

import re
from html.parser import HTMLParser

from mene.report.page.packed import unpack

VOID = {"meta", "br", "link", "img", "hr", "input"}
_CLAIM = re.compile(r"#s[0-9a-f]{6,}")


class Reader(HTMLParser):
    """Checks that tags nest, and keeps ids, links, the tags and claims led to, by whatever leads to them."""

    def __init__(self, page):
        super().__init__()
        self.open, self.ids, self.links, self.claims, self.tags = [], [], [], [], set()
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.add(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.claims += [*found.get("data-claims", "").split(), *found.get("data-against", "").split()]
        self.claims += [found["href"][1:]] if _CLAIM.fullmatch(found.get("href", "")) else []
        self.claims += [found["id"]] if tag == "a" and _CLAIM.fullmatch(f"#{found.get('id', '')}") else []
        assert not set(found) & {"src", "srcset", "action", "style"}, found
        assert not any(name.startswith("on") for name in found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read_packed(page, name):
    """Return the text that lies packed in a page under a name, "data" or "packed"."""
    (packed,) = re.findall(rf'<script type="text/plain" id="{name}">([^<>&"\s]*)</script>', page)
    return unpack(packed)


def read_claims(page):
    """Return the panels of claims packed in a page, by short id."""
    return dict(line.split(" ", 1) for line in read_packed(page, "packed").split("\n"))
