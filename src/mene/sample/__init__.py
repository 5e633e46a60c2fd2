"""The sample corpus of `mene demo`: 25 short articles on Syria, 27 November to 8 December 2024, written for Mene."""

from importlib.resources import files
from pathlib import Path

SUFFIXES = (".html", ".txt")


def sample_articles() -> tuple[Path, ...]:
    """Return the paths of the bundled articles, oldest first (their file names begin with the publication day).

    >>> sample_articles()[0].name
    '2024-11-27-levant-wire-offensive.txt'
    """
    folder = Path(str(files(__name__)))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES))
