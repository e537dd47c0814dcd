"""Turns: writers of one SQLite file wait in line for it, since SQLite's own waiting is unfair under load."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from sqlalchemy import Engine

from fundtracker.domain.refusals import BusyRefusal

if sys.platform != "win32":
    import fcntl

LONGEST_WAIT = 30  # seconds: with 64 writers on a loaded machine, a turn was seen to take more than ten
SHORT_WAIT = 0.1  # for what can as well be written the next time


@contextmanager
def turn(engine: Engine, *, patient: bool = True) -> Iterator[None]:
    """Wait for one's turn to write, half a minute or a moment at the most; raises BusyRefusal when it does not come."""
    path = engine.url.database
    if sys.platform == "win32" or engine.dialect.name != "sqlite" or not path:
        yield  # without flock, SQLite's own busy wait has to do
        return
    with _first_in_line(Path(f"{path}.lock"), LONGEST_WAIT if patient else SHORT_WAIT):
        yield


def busy() -> BusyRefusal:
    """Say that another change holds the books."""
    return BusyRefusal("The books are busy with another change, and nothing was recorded. Wait a moment and try again.")


def _first_in_line(path: Path, longest: float) -> TextIOWrapper:
    # Only a lock that blocks keeps its place in the line, and it has no time limit: so a thread waits, and this
    # one gives up on it. Whichever of the two takes `settled` first decides whose the side file is.
    side_file = path.open("a", encoding="ascii")
    ours, settled = threading.Event(), threading.Lock()

    def wait() -> None:
        fcntl.flock(side_file, fcntl.LOCK_EX)
        if settled.acquire(blocking=False):
            ours.set()
        else:
            side_file.close()

    threading.Thread(target=wait, daemon=True).start()
    try:
        ours.wait(longest)
    finally:
        late = settled.acquire(blocking=False)
    if late:
        raise busy()
    return side_file
