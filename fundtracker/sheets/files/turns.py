"""One file at a time for each person: a second is refused while the first is being read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from fundtracker.domain.refusals import Refusal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class StillReadingError(Refusal):
    """A file sent while another of the same person's is being read."""


@contextmanager
def one_at_a_time(folder: Path, person_id: int) -> Iterator[None]:
    """Hold a person's turn to have a file read; raises StillReadingError while another of theirs is being read."""
    folder = folder / "reading"
    folder.mkdir(parents=True, exist_ok=True)
    # The lock goes with the process that holds it, however that ends.
    with (folder / f"{person_id}.lock").open("a", encoding="ascii") as file:
        try:
            _lock(file)
        except OSError as error:
            raise StillReadingError(
                "Another file of yours is still being read. Wait until it is done, then send this one again.",
                field="file",
            ) from error
        yield


def _lock(file: TextIOWrapper) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
