"""Files that hold everything: made where only their owner can read them, and put in place whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def working_folder(beside: Path) -> Iterator[Path]:
    """Give a folder that only its owner can read, on the disk where the result will be, and take it away after."""
    room = Path(tempfile.mkdtemp(dir=beside, prefix=".fundtracker-"))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def put(part: Path, path: Path) -> None:
    """Give a finished file its name, for good: the folder too is on the disk before anybody is told."""
    part.chmod(0o600)
    part.replace(path)
    if os.name != "posix":
        return  # Windows does so by itself
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
