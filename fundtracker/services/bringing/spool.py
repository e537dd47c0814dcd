"""Rows on their way into the books, kept in an unnamed file, for a file may have more than memory should hold."""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import Generic, TypeVar

Row = TypeVar("Row")

AT_ONCE = 500
"""How many rows are in memory together."""


def in_chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give rows by the few hundred."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


class Spool(Generic[Row]):
    """Rows that can be gone through again and again, in the order in which they were kept."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        self.length = 0
        self.extend(rows)

    def extend(self, rows: Iterable[Row]) -> None:
        """Keep more rows, after those that are kept."""
        for some in in_chunks(rows):
            self._file.seek(0, 2)
            pickle.dump(some, self._file, pickle.HIGHEST_PROTOCOL)
            self.length += len(some)

    def chunks(self) -> Iterator[list[Row]]:
        """Give the rows by the few hundred."""
        at, end = 0, self._file.seek(0, 2)
        while at < end:
            self._file.seek(at)
            some: list[Row] = pickle.load(self._file)  # noqa: S301 - our own rows: nobody else can open the file
            at = self._file.tell()
            yield some

    def __iter__(self) -> Iterator[Row]:
        for some in self.chunks():
            yield from some

    def close(self) -> None:
        """Let the rows go."""
        self._file.close()

    def __del__(self) -> None:
        self._file.close()  # whoever shows the rows holds the spool
