"""How much of an article's text stage 1 finds, and how much it finds too much: 4-gram overlap with gold texts.

The measure is that of the article extraction benchmark of 2019 (Scrapinghub, MIT): the shingles of 4 words of gold and
found text are compared as multisets for each page; precision and recall are averaged over the pages, and F1 is taken of
the averages. Pages in any language
count. The layout is the benchmark's: `ground-truth.json` beside `html/NAME.html.gz`.
"""

import gzip
import re
from collections import Counter
from pathlib import Path

import msgspec

from mene.articles.outside import Known
from mene.articles.read import clean_article
from mene.errors import InputError
from mene.records import Article

_SHINGLE = 4
_WORD = re.compile(r"\w+", re.UNICODE)


def score_extraction(path: Path) -> dict[str, float]:
    """Return n, f1, precision and recall of the pages under `path`; a page that is refused counts as empty."""
    gold = msgspec.json.decode((path / "ground-truth.json").read_bytes())
    pages = [(page["articleBody"], path / "html" / f"{name}.html.gz", page.get("url")) for name, page in gold.items()]
    scores = [compare(body, _read_body(file, url)) for body, file, url in pages if file.exists()]
    if not scores:
        raise InputError(f"{path} holds no pages; give the folder with ground-truth.json and html/")
    precision = sum(score[0] for score in scores) / len(scores)
    recall = sum(score[1] for score in scores) / len(scores)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"n": float(len(scores)), "f1": f1, "precision": precision, "recall": recall}


def _read_body(file: Path, url: str | None) -> str:
    try:
        return body_of(clean_article(gzip.decompress(file.read_bytes()), Known(url=url)))
    except InputError:
        return ""


def body_of(article: Article) -> str:
    """Return an article's text without its title, which the gold texts leave out."""
    first = article.blocks[0] if article.blocks else None
    has_title = first is not None and first.kind == "heading" and article.text[first.start : first.end] == article.title
    blocks = article.blocks[1:] if has_title else article.blocks
    return "\n".join(article.text[block.start : block.end] for block in blocks)


def compare(gold: str, found: str) -> tuple[float, float]:
    """Return precision and recall of the found text's shingles.

    >>> compare("the army left the city", "the army left the city today")
    (0.6666666666666666, 1.0)
    """
    wanted, given = shingle(gold), shingle(found)
    shared = sum((wanted & given).values())
    if not wanted and not given:
        return 1.0, 1.0
    return _share(shared, given.total()), _share(shared, wanted.total())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def shingle(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text, counted; a shorter text is one run."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
