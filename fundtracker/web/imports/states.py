"""How far a waiting file has got: a small file that its worker writes, apart from the books, and pages read."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread

LONGEST = 15 * 60  # seconds: a worker that has not ended by then does not end by itself
_SILENT = 20  # seconds: a worker says every second that it lives
_EVERY = 0.2  # seconds between two writings of how far it has got
_TRIES = 20


class Task(StrEnum):
    """What a worker is asked to do with a file."""

    LOOK = "look"
    RECORD = "record"


class Stage(StrEnum):
    """Where a worker is with a file."""

    WAITING = "waiting"
    STARTING = "starting"
    READING = "reading"
    CHECKING = "checking"
    RECORDING = "recording"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class State:
    """
    How far a worker has got: rows done and of how many (0 is not known), and at the end what it says and where.

    It is told to nobody but the person whose file it is.
    """

    task: Task
    asked: str
    stage: Stage
    done: int = 0
    of: int = 0
    says: str = ""
    url: str = ""
    person_id: int = 0

    @property
    def over(self) -> bool:
        """Say whether the worker came to an end of its own."""
        return self.stage in (Stage.DONE, Stage.REFUSED)


def state_file(folder: Path, key: str) -> Path:
    """Give where the state of a waiting file is kept."""
    return folder / f"{key}.json"


def sent_file(folder: Path, key: str) -> Path:
    """Give where a file that was sent lies until its worker takes it into the database."""
    return folder / f"{key}.sent"


def read_state(path: Path) -> State | None:
    """Read how far a worker has got; None where none was started."""
    with suppress(OSError, ValueError, TypeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        return State(**{**kept, "task": Task(kept["task"]), "stage": Stage(kept["stage"])})
    return None


def write_state(path: Path, state: State) -> None:
    """Write how far a worker has got, whole: no page ever reads half of it."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(state)), encoding="utf-8")
    for _ in range(_TRIES):
        with suppress(PermissionError):  # on Windows, while a page reads it
            new.replace(path)
            return
        time.sleep(0.05)


def is_silent(path: Path) -> bool:
    """Say whether the worker of a state that is not over has not been heard of for too long."""
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > _SILENT
    return True


class Telling:
    """What a worker tells of itself while it works."""

    def __init__(self, path: Path, state: State) -> None:
        self.path, self.state = path, state
        self._told = 0.0

    def stage(self, stage: Stage) -> None:
        """Begin another stage."""
        self.state = replace(self.state, stage=stage, done=0, of=0)
        write_state(self.path, self.state)

    def rows(self, done: int, of: int | None = None) -> None:
        """Say how many rows are done, and of how many; written a few times a second at most."""
        self.state = replace(self.state, done=done, of=of or 0)
        if time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            write_state(self.path, self.state)

    def end(self, stage: Stage, says: str = "", url: str = "") -> None:
        """Say how it ended."""
        write_state(self.path, replace(self.state, stage=stage, says=says, url=url))


@contextmanager
def beating(path: Path, give_up: Callable[[], object]) -> Iterator[None]:
    """Say every second that this worker lives; give up what takes longer than anything should."""
    ended, until = Event(), time.monotonic() + LONGEST

    def beat() -> None:
        while not ended.wait(1):
            with suppress(OSError):
                os.utime(path)
            if time.monotonic() > until:
                give_up()

    Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
