"""Answers that were made before: the same address of the same edition is made once, and packed once."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

PACKED_FROM = 1000
"""Bytes from which packing is worth it."""

LEVEL = 5
"""Of gzip: a page of 100 KB takes a millisecond or two."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its media type and ETag; `packed` is the body in gzip where that is worth it."""

    body: bytes
    media: str
    etag: str
    packed: bytes | None = None


def make_answer(body: bytes, media: str, etag: str, *, pack: bool) -> Answer:
    """Return an answer, packed where that is asked for and worth it."""
    packed = gzip.compress(body, LEVEL, mtime=0) if pack and len(body) >= PACKED_FROM else None
    return Answer(body, media, etag, packed)


class Answers:
    """The answers last asked for, at most so many bytes of them."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Answer | None:
        """Return the answer kept for a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer; those not asked for the longest time go."""
        with self._lock:
            self._drop(self._kept.pop(key, None))
            self._kept[key] = answer
            self._size += _size(answer)
            while self._size > self._most and self._kept:
                self._drop(self._kept.popitem(last=False)[1])

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._size

    def _drop(self, answer: Answer | None) -> None:
        if answer is not None:
            self._size -= _size(answer)


def _size(answer: Answer) -> int:
    return len(answer.body) + len(answer.packed or b"") + 500
