"""From bytes to characters: byte order mark, UTF-8, the declared charset, then Western or detected encodings."""

import codecs
import re

from mene.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
# One wrong byte in a thousand is a damaged character in a UTF-8 page; more is another encoding.
_DAMAGE = 0.001
# Western text in English has few bytes above 127 (quotes, dashes, accents): at most one in twenty.
_WESTERN_SHARE = 0.05


def decode(raw: bytes, content_type: str | None = None) -> str:
    """Return the characters of `raw`; `content_type` is the server's header, if there was one.

    Raises InputError where no encoding fits.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, name) or _refuse()
    # Bytes above 127 almost never form valid UTF-8 by chance, so UTF-8 is tried before what the page declares.
    for name in ("utf-8", *_declared(raw, content_type)):
        text = _strictly(raw, name)
        if text is not None:
            return repair(text)
    return repair(_damaged_utf8(raw) or _western(raw) or _detected(raw) or _refuse())


def _declared(raw: bytes, content_type: str | None) -> tuple[str, ...]:
    names = []
    if header := _HEADER.search(content_type or ""):
        names.append(header[1])
    if meta := _META.search(raw[:4096]):
        names.append((meta[1] or meta[2]).decode("ascii"))
    # What a page calls Latin-1 or ASCII is cp1252 in every browser: left to the Western step.
    return tuple(name for name in names if not _is_western(name))


def _is_western(name: str) -> bool:
    try:
        return codecs.lookup(name).name in {"iso8859-1", "ascii", "cp1252", "utf-16", "utf-16-le", "utf-16-be"}
    except LookupError:
        return True


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None


def _damaged_utf8(raw: bytes) -> str | None:
    """Return UTF-8 text with replacement characters where only a few bytes are wrong and the rest needs UTF-8."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(char > "\x7f" for char in text) - wrong
    return text if wrong <= max(1, len(raw) * _DAMAGE) and right > wrong else None


def _western(raw: bytes) -> str | None:
    high = sum(byte > 127 for byte in raw)
    return _strictly(raw, "cp1252") if high <= len(raw) * _WESTERN_SHARE else None


def _detected(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    return _strictly(raw, best.encoding) if best is not None else None


def _refuse() -> str:
    raise InputError("the text's encoding could not be recognised; save the file as UTF-8 and try again")


def _sloppy_byte(char: str) -> int | None:
    """Return the byte that cp1252 shows as `char`; its five undefined bytes stand for themselves."""
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(char) if ord(char) in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else None


def _class(first: int, last: int) -> str:
    shown = (bytes([byte]).decode("cp1252", "replace") for byte in range(first, last + 1))
    return "".join(
        chr(byte) if char == "\ufffd" else char for byte, char in zip(range(first, last + 1), shown, strict=True)
    )


_TAIL = re.escape(_class(0x80, 0xBF))
_MOJIBAKE = re.compile(
    f"[{re.escape(_class(0xC3, 0xDF))}Â][{_TAIL}]|[{re.escape(_class(0xE0, 0xEF))}][{_TAIL}]{{2}}|"
    f"[{re.escape(_class(0xF0, 0xF4))}][{_TAIL}]{{3}}"
)


def repair(text: str) -> str:
    """Return `text` with UTF-8 that was read as cp1252 put right, where every suspicious run proves to be UTF-8.

    >>> repair("Syriaâ€™s army")
    'Syria’s army'
    >>> repair("Ã la carte")
    'Ã la carte'
    """
    runs = set(_MOJIBAKE.findall(text))
    fixed = {run: _as_utf8(run) for run in runs}
    if not runs or None in fixed.values():
        return text
    whole = _MOJIBAKE.sub(lambda match: fixed[match[0]] or match[0], text)
    # The closing quotation mark's last byte has no character in cp1252 and is often lost on the way.
    return re.sub(r"â€(?![\w€™])", "”", whole)


def _as_utf8(run: str) -> str | None:
    codes = [_sloppy_byte(char) for char in run]
    try:
        return bytes(code for code in codes if code is not None).decode("utf-8")
    except UnicodeDecodeError:
        return None
