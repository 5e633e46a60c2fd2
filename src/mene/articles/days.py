"""Calendar days written out in full: in header lines, datelines, metadata and addresses. Nothing is guessed.

A day without its year, and a numeric one whose order is open ("05/12/2024"), are no days here.
"""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?i:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        rf"\b(?P<n>{MONTH})\s+(?P<d>\d{{1,2}}){_ORDINAL},?\s+(?P<y>(?:19|20)\d\d)\b",
        rf"\b(?P<d>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?(?P<n>{MONTH}),?\s+(?P<y>(?:19|20)\d\d)\b",
        rf"\b(?P<n>{MONTH})\s+(?P<d>[0-3]\d)(?P<y>(?:19|20)\d\d)\b",  # scraped text that lost its comma
        rf"\b(?P<d>\d{{1,2}})[-/](?P<n>{MONTH})[-/](?P<y>(?:19|20)\d\d)\b",
        r"(?<!\d)(?P<d>1[3-9]|2\d|3[01])[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<m>0?[1-9]|1[0-2])[/.](?P<d>1[3-9]|2\d|3[01])[/.](?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
_YEARLESS = (
    re.compile(rf"\b(?P<n>{MONTH})\s+(?P<d>\d{{1,2}}){_ORDINAL}\b", re.I),
    re.compile(rf"\b(?P<d>\d{{1,2}}){_ORDINAL}\s+(?P<n>{MONTH})", re.I),
)
_IN_ADDRESS = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2}|[a-z]{3,9})[/-](?P<d>\d{1,2})(?=[/\-_.?#]|$)", re.I),
    re.compile(r"[/\-_](?P<y>20\d\d)-?(?P<m>0[1-9]|1[0-2])-?(?P<d>0[1-9]|[12]\d|3[01])(?=[/\-_.?#]|$)"),
)


def find_day(text: str) -> tuple[date, int, int] | None:
    """Return the first day written in full in `text`, with its start and end, or None.

    >>> find_day("Published: Dec. 5, 2024 at 10:00")
    (datetime.date(2024, 12, 5), 11, 23)
    """
    found = [
        (day, match.start(), match.end())
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (day := _day(match)) is not None
    ]
    return min(found, key=lambda item: (item[1], -item[2])) if found else None


def find_yearless_day(text: str, near: date) -> date | None:
    """Return the day a dateline such as "Dec. 5" names, in the year that brings it closest to `near`."""
    for pattern in _YEARLESS:
        if match := pattern.search(text):
            days = (_day(match, year) for year in (near.year - 1, near.year, near.year + 1))
            known = [day for day in days if day is not None]
            return min(known, key=lambda day: abs((day - near).days)) if known else None
    return None


def read_address_day(url: str) -> date | None:
    """Return the day in a page's address, or None.

    >>> read_address_day("https://example.org/world/2024/12/07/rebels-near-homs.html")
    datetime.date(2024, 12, 7)
    """
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(url):
            if day := _day(match):
                return day
    return None


def _day(match: re.Match[str], year: int | None = None) -> date | None:
    groups = match.groupdict()
    named = groups.get("n") or (groups["m"] if not (groups.get("m") or "0").isdigit() else None)
    month = MONTHS.get(named.lower().rstrip("."), 0) if named else int(groups["m"])
    try:
        return date(year or int(groups["y"]), month, int(groups["d"]))
    except ValueError:
        return None
