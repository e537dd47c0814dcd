"""Progress on a terminal: how far a long piece of work is, on one line that goes away."""

import sys
from types import TracebackType
from typing import Self


class Progress:
    """Says how many rows are done, on the error output, where that is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._widest = 0

    def tell(self, done: int, of: int | None) -> None:
        """Say how many rows are done."""
        if self._shown:
            says = f"{done:,} of {of:,} rows" if of is not None else f"{done:,} rows"
            self._widest = max(self._widest, len(says))
            print(f"\r{says.ljust(self._widest)}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._widest:
            print(f"\r{' ' * self._widest}\r", end="", file=sys.stderr, flush=True)
