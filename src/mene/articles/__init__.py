"""Stage 1: from the bytes of a page, a file or a feed to a cleaned `Article`.

`read_article` is pure: bytes in, record out. `load_articles` and `fetch` are the edge: they open files and addresses.
"""

from mene.articles.fetch import fetch
from mene.articles.load import Loaded, load_all, load_articles
from mene.articles.read import read_article

__all__ = ["Loaded", "fetch", "load_all", "load_articles", "read_article"]
