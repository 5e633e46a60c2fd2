"""Keeping a store up to date from folders and feeds, politely. An edge: it asks servers, and only those it is told to.

    find_sources -> watch: plan -> look at folders and feeds -> the pages behind new entries -> keep -> rest -> plan ...

`watch` runs rounds until it is told to stop, `watch_once` one of them. What is decided is pure (`round.plan`, `feed`,
`folder`, `patience`, `robots`); what is done goes through `Hands` and `Courtesy`.
"""

from mene.watch.loop import EVERY, watch, watch_once
from mene.watch.memory import Memory, forget_seen, memory_path, read_memory, write_memory
from mene.watch.progress import (
    Failed,
    Kept,
    Progress,
    Rested,
    Seen,
    Waiting,
    describe,
    progress_json,
)
from mene.watch.round import Keep
from mene.watch.sources import FeedWatch, FolderWatch, Source, find_sources, read_opml

__all__ = [
    "EVERY",
    "Failed",
    "FeedWatch",
    "FolderWatch",
    "Keep",
    "Kept",
    "Memory",
    "Progress",
    "Rested",
    "Seen",
    "Source",
    "Waiting",
    "describe",
    "find_sources",
    "forget_seen",
    "memory_path",
    "progress_json",
    "read_memory",
    "read_opml",
    "watch",
    "watch_once",
    "write_memory",
]
