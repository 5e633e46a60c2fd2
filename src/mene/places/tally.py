"""What became of a file's rows: how many are places, which were left out, and why, in words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from mene.places.faults import Fault, LeftOut, PassedOver
from mene.places.row import Row

FEW = 3
"""So many rows left out are named one by one; more are counted by what is wrong."""


@dataclass(slots=True)
class Tally:
    """The rows of one file, counted as they are read."""

    rows: int = 0
    passed_over: int = 0
    left_out: dict[Fault, list[int]] = field(default_factory=lambda: defaultdict(list))

    def take(self, item: Row | LeftOut | PassedOver) -> Row | None:
        """Count one row and return its place, None where it gives none."""
        if isinstance(item, Row):
            self.rows += 1
            return item
        if isinstance(item, PassedOver):
            self.passed_over += 1
        else:
            self.left_out[item.fault].append(item.row)
        return None

    @property
    def failed(self) -> int:
        """How many rows were left out because something is wrong with them."""
        return sum(map(len, self.left_out.values()))

    def reasons(self) -> str:
        """Return what is wrong with the rows left out, in one line, the commonest first.

        >>> tally = Tally()
        >>> for row in (17, 30, 31, 40): _ = tally.take(LeftOut(row, Fault.NO_NAME if row < 20 else Fault.NO_POINT))
        >>> tally.reasons()
        'row 30 and 2 more have no coordinates, row 17 has no name'
        """
        return ", ".join(self._tell())

    def _tell(self) -> Iterator[str]:
        if self.failed <= FEW:
            rows = {row: fault for fault, found in self.left_out.items() for row in found}
            yield from (f"row {row} {rows[row].of_one}" for row in sorted(rows))
            return
        for fault, found in sorted(self.left_out.items(), key=lambda item: (-len(item[1]), item[1][0])):
            more = f" and {len(found) - 1:,} more {fault.of_many}" if len(found) > 1 else f" {fault.of_one}"
            yield f"row {found[0]}{more}"
