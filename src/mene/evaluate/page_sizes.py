"""What a page weighs, part by part: `mene demo -o page.html && python -m mene.evaluate.page_sizes page.html`."""

import base64
import gzip
import json
import re
import sys
from pathlib import Path

_PARTS = {
    "style": re.compile(rb"<style>(.*?)</style>", re.DOTALL),
    "script": re.compile(rb"<script>(.*?)</script>", re.DOTALL),
    "claims packed": re.compile(rb'<script type="text/plain" id="packed">(.*?)</script>', re.DOTALL),
    "articles": re.compile(rb'(<section id="statements".*?</section>)', re.DOTALL),
    "data packed": re.compile(rb'<script type="text/plain" id="data">(.*?)</script>', re.DOTALL),
}


def weigh(page: bytes) -> dict[str, int]:
    """Return the bytes of a page and of its parts, the number of claims in it, and their bytes before packing."""
    sizes = {"page": len(page)}
    sizes |= {name: sum(map(len, part.findall(page))) for name, part in _PARTS.items()}
    packed = b"".join(_PARTS["claims packed"].findall(page))
    claims = json.loads(gzip.decompress(base64.b64decode(packed))) if packed else {}
    html = sum(len(one.encode()) for one in claims.values())
    words = sum(len(re.sub(r"<[^>]*>", "", one).encode()) for one in claims.values())
    return sizes | {
        "claims": len(claims),
        "claims unpacked": html,
        "markup of a claim": (html - words) // (len(claims) or 1),
    }


def main() -> int:
    """Print the sizes of the page named on the command line."""
    for name, size in weigh(Path(sys.argv[1]).read_bytes()).items():
        sys.stdout.write(f"{name:<22}{size:>9,}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
