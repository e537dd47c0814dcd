"""The details beside the changes: each begins where the one before it ended, until it is erased for a stated reason."""

from collections.abc import Iterator

ERASED = "Details erased"
"""How the reason of every erasing begins."""

Detail = tuple[str | None, str | None, int | None]
"""What was beside a change: before, after, and the number of the change that erased it."""

Row = tuple[str, str]


class Details:
    """What the details of each row were left as, as far as they were followed."""

    def __init__(self) -> None:
        self._last: dict[Row, str | None] = {}
        self._unknown: set[Row] = set()
        self._erasing: set[int] = set()
        self._erased: list[tuple[int, int]] = []
        self._faults: list[str] = []

    def follow(self, number: int, row: Row, detail: Detail | None, *, reason: str) -> None:
        """Take what was beside the next change, if anything."""
        if reason.startswith(ERASED):
            self._erasing.add(number)
        if detail is None:
            if row in self._last:
                self._faults.append(f"The details beside change {number} are missing.")
            return
        before, after, erased = detail
        if erased is not None:
            self._erased.append((number, erased))
        elif row not in self._unknown and before != self._last.get(row):
            self._faults.append(f"The details beside change {number} do not begin as those before it ended.")
        self._last[row] = after
        self._unknown.discard(row)
        if erased is not None and after is None:
            self._unknown.add(row)

    def faults(self) -> Iterator[str]:
        """Say which are missing, altered, or erased by a change that erased nothing."""
        yield from self._faults
        for number, erased in self._erased:
            if erased < number or erased not in self._erasing:
                yield f"The details beside change {number} were erased, and no change says why."

    def take(self, row: Row, is_now: str | None) -> str | None:
        """Give what the details of a row must be now."""
        return is_now if row in self._unknown else self._last.get(row)
