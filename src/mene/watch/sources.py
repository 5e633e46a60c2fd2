"""What is watched: folders and feeds, from what the user named, OPML lists and plain lists among it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from mene.articles.fetch import fetch, is_inside
from mene.articles.limits import MEGABYTE
from mene.errors import InputError
from mene.watch.limits import LIST_BYTES, LIST_DEPTH, SOURCES
from mene.watch.progress import hide_password

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class FolderWatch:
    """A folder whose new and changed files are read, those of its subfolders too."""

    path: Path

    @property
    def name(self) -> str:
        """How the folder is called in messages and remembered."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class FeedWatch:
    """An RSS or Atom feed whose entries' pages are read.

    `inside` is set where the user named it and it is on this machine or in a private network: then, and then only, may
    addresses of its own host and port be fetched although they are not public.
    """

    url: str
    inside: bool = False

    @property
    def name(self) -> str:
        """How the feed is called in messages and remembered."""
        return self.url


Source = FolderWatch | FeedWatch


def find_sources(
    names: Sequence[str],
    *,
    load: Callable[[str], bytes] = lambda url: fetch(url, limit=LIST_BYTES, allow_private=is_inside(url))[0],
    inside: Callable[[str], bool] = is_inside,
) -> tuple[Source, ...]:
    """Return what is to be watched, each thing once, in the order of the names.

    A name is a folder, the address of a feed, an OPML list (a file, or an address whose path ends in `.opml`, which is
    fetched with `load`), or a text file with a folder or an address of a feed on each line. `inside` tells addresses in
    private networks. Raises InputError for anything else, and for more than SOURCES things.
    """
    once: dict[str, Source] = {}
    for source in (source for name in names for source in _find(name, load, inside)):
        # A feed that an OPML list and the user name is one that the user named.
        if source.name not in once or (isinstance(source, FeedWatch) and source.inside):
            once[source.name] = source
    if len(once) > SOURCES:
        raise InputError(f"{len(once):,} things to watch are more than the limit of {SOURCES:,}; use several stores")
    if not once:
        raise InputError("there is nothing to watch; name a folder, the address of a feed, or a list of them")
    return tuple(once.values())


def _find(name: str, load: Callable[[str], bytes], inside: Callable[[str], bool]) -> Iterator[Source]:
    if name.lower().startswith(WEB):
        if name.lower().split("?")[0].split("#")[0].endswith(".opml"):
            yield from _named(name, lambda: read_opml(load(name)))
        else:
            yield FeedWatch(name, inside(name))
    elif (path := Path(name)).is_dir():
        yield FolderWatch(path.resolve())
    elif path.is_file():
        yield from _named(name, lambda: _read_list(path, inside))
    elif "://" in name:
        raise InputError(f"{name} is an address of a kind that is not watched; give one that begins with https://")
    else:
        raise InputError(f"{name} does not exist; name a folder, a list, or an address that begins with https://")


def _named(name: str, read: Callable[[], Sequence[Source]]) -> Sequence[Source]:
    """Return what a list holds; its errors say which list it is."""
    try:
        return read()
    except InputError as error:
        told = str(error)
        raise InputError(hide_password(told if told.startswith(name) else f"{name}: {told}")) from error


def _read_list(path: Path, inside: Callable[[str], bool]) -> Sequence[Source]:
    """Return what the OPML or plain list in a file names."""
    try:
        with path.open("rb") as file:
            raw = file.read(LIST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); check its permissions") from error
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return read_opml(raw)
    return read_list(raw, path.parent, inside)


def read_list(raw: bytes, folder: Path, inside: Callable[[str], bool] = is_inside) -> tuple[Source, ...]:
    """Return what a plain list names: a folder or the address of a feed on each line, `#` begins a comment.

    Folders are looked for from `folder`, where the list is. Raises InputError, which names the line.
    """
    _check_size(raw)
    found: list[Source] = []
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), start=1):
        text = line.strip()
        # A "#" within an address is a part of it: a comment stands on its own or after a blank.
        text = "" if text.startswith("#") else text.split(" #")[0].split("\t#")[0].strip()
        if not text:
            continue
        if len(found) >= SOURCES:
            raise InputError(f"the list has more than {SOURCES:,} lines; split it")
        if text.lower().startswith(WEB):
            found.append(FeedWatch(text, inside(text)))
        elif (path := folder / text).is_dir():
            found.append(FolderWatch(path.resolve()))
        else:
            told = f"line {number} ({text[:60]}) is neither a folder nor an address"
            raise InputError(f"{told}; give a folder or an address that begins with https://")
    return tuple(found)


def _check_size(raw: bytes) -> None:
    if len(raw) > LIST_BYTES:
        raise InputError(f"the list is larger than {LIST_BYTES // MEGABYTE} MB; split it")


def read_opml(raw: bytes) -> tuple[FeedWatch, ...]:
    """Return the feeds of an OPML list (its `xmlUrl` attributes), each once, in its order.

    Nothing that the list refers to is opened, and one that defines entities is refused. Whoever wrote the list, the
    user named none of these addresses, so none of them is `inside`. Raises InputError.

    >>> read_opml(b'<opml><body><outline text="Wire" xmlUrl="https://wire.example/rss"/></body></opml>')
    (FeedWatch(url='https://wire.example/rss', inside=False),)
    """
    _check_size(raw)
    outline = _Outline()
    parser = expat.ParserCreate()
    parser.StartElementHandler = outline.start
    parser.EndElementHandler = outline.end
    parser.EntityDeclHandler = _refuse_entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InputError(f"the list is no OPML that can be read ({str(error)[:80]}); export it again") from error
    if not outline.is_opml:
        raise InputError("the file is XML, but no OPML list; give one that begins with <opml>")
    if not outline.urls:
        raise InputError("the OPML list names no feed; export one with feeds (xmlUrl) in it")
    return tuple(FeedWatch(url) for url in outline.urls)


class _Outline:
    """What has been read of an OPML list so far."""

    def __init__(self) -> None:
        self.depth = 0
        self.is_opml = False
        self.urls: dict[str, None] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            self.is_opml = name.lower() == "opml"
        if self.depth > LIST_DEPTH:
            raise InputError(f"the OPML list nests more than {LIST_DEPTH} levels; export a flatter one")
        if self.is_opml and name.lower() == "outline":
            url = next((value.strip() for key, value in attributes.items() if key.lower() == "xmlurl"), "")
            if url:
                self.urls[url] = None
        if len(self.urls) > SOURCES:
            raise InputError(f"the OPML list names more than {SOURCES:,} feeds; split it")

    def end(self, _name: str) -> None:
        self.depth -= 1


def _refuse_entity(*_: object) -> None:
    raise InputError("the OPML list defines entities of its own, which is refused for safety; export it again")
