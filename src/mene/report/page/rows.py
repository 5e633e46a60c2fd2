"""What several parts of the page tell in words: who presses on a place, and what was left out."""

from collections import defaultdict

from mene.records import Holding
from mene.report.contents import Contents
from mene.report.words import plain


def find_pressing(holding: Holding, contents: Contents) -> str:
    """Return who presses on a place nearly taken, contested or besieged; nothing where nobody is named."""
    if holding.status not in ("nearly_taken", "contested", "besieged"):
        return ""
    holder = plain(holding.holder.name) if holding.holder else ""
    return next((name for name in contents.actors(holding.evidence_for) if name != holder), "")


def count_dropped(contents: Contents) -> list[tuple[str, int, list[str]]]:
    """Return what was left out by reason, with some of the texts, the commonest reason first."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for one in contents.dropped:
        by_reason[f"{one.stage}: {plain(one.reason)}"].append(plain(one.text)[:160])
    ranked = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(reason, len(texts), list(dict.fromkeys(texts))[:20]) for reason, texts in ranked]
