"""The sample corpus of `mene demo`: 25 short articles on Syria, 27 November to 8 December 2024, written for Mene."""

from importlib.resources import files
from pathlib import Path

SUFFIXES = (".html", ".txt")


def sample_articles() -> tuple[Path, ...]:
    """Return the paths of the bundled articles, oldest first (their file names begin with the publication day).

    >>> sample_articles()[0].name
    '2024-11-27-levant-wire-offensive.txt'
    """
    return tuple(sorted(path for path in _folder().iterdir() if path.suffix in SUFFIXES))


def sample_codebook() -> Path:
    """Return the codebook folder that says for whom the invented outlets speak; give it to `load_codebook` as extra.

    >>> [path.name for path in sample_codebook().iterdir()]
    ['outlets.yaml']
    """
    return _folder() / "codebook"


def _folder() -> Path:
    return Path(str(files(__name__)))
