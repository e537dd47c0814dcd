"""Workers: each reads or records one waiting file in a process of its own, so that the pages stay quick and small."""

import json
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, Thread

from flask import current_app, url_for

from fundtracker.services.imports.waiting import KEPT_FOR
from fundtracker.web.addresses import stem_of
from fundtracker.web.imports.found import found_file
from fundtracker.web.imports.states import Stage, State, Task, is_silent, read_state, sent_file, state_file, write_state

MODULE = "fundtracker.web.imports.worker"
MOST_AT_ONCE = 2  # of all people: a small server has two cores, and one office seldom brings in three files at once
_MOMENT = 1.5  # seconds that a page waits for a small file before it shows how far a large one has got
_STEP = 0.03


@dataclass(frozen=True)
class Order:
    """What one worker is to do: whose file, the digest of what was asked of it, and how its form is answered."""

    task: Task
    key: str
    person_id: int
    name: str
    asked: str
    form: str = ""
    form_digest: str = ""
    shown: str = ""


@dataclass(frozen=True)
class _Running:
    order: Order
    process: "subprocess.Popen[bytes]"

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


class Workers:
    """The workers of this server: one a person, and a few at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: dict[int, _Running] = {}

    def start(self, order: Order) -> bool:
        """Start a worker, unless its like is at work already; say no where it has to wait its turn."""
        with self._lock:
            own = self._last.get(order.person_id)
            if own and own.alive and own.order != order and own.order.key == order.key and own.order.task is Task.LOOK:
                own.process.kill()  # something else is asked of the file now
                own.process.wait()
            if own and own.alive:
                return own.order.key == order.key
            if sum(one.alive for one in self._last.values()) >= MOST_AT_ONCE:
                return False
            self._last[order.person_id] = _Running(order, _run(order))
            return True

    def end(self, key: str) -> None:
        """End the work on a file, wherever it has got to."""
        for one in list(self._last.values()):
            if one.order.key == key and one.alive:
                one.process.kill()
                one.process.wait()

    def lives(self, key: str) -> bool | None:
        """Say whether a file's worker is at work; None where this server knows of none."""
        known = [one.alive for one in list(self._last.values()) if one.order.key == key]
        return known[-1] if known else None


def folder() -> Path:
    """Give the folder in which workers leave what they found, made at first use."""
    made = Path(current_app.instance_path) / "imports"
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def workers() -> Workers:
    """Give the workers of this application."""
    kept: Workers = current_app.extensions.setdefault("fundtracker_workers", Workers())
    return kept


def state_of(key: str) -> State | None:
    """Give how far a file has got; None where no worker was started."""
    return read_state(state_file(folder(), key))


def has_died(key: str) -> bool:
    """Say whether a worker stopped without saying how it ended."""
    lives = workers().lives(key)  # asked first: what has ended may have said so just before
    state = state_of(key)
    if state is None or state.over or lives:
        return False
    return lives is False or is_silent(state_file(folder(), key))


def wait_a_moment(key: str) -> State | None:
    """Give how far a file has got, after waiting a moment for the end of a small one."""
    until = time.monotonic() + _MOMENT
    while time.monotonic() < until:
        state = state_of(key)
        if state is None or state.over or has_died(key):
            return state
        time.sleep(_STEP)
    return state_of(key)


def is_recording(key: str) -> bool:
    """Say whether a file is on its way into the books."""
    state = state_of(key)
    return state is not None and state.task is Task.RECORD and not state.over and not has_died(key)


def forget(key: str) -> None:
    """Let go of what was found of a file, not of the file."""
    for path in (state_file(folder(), key), found_file(folder(), key)):
        with suppress(OSError):  # on Windows, while it is read
            path.unlink()


def drop(key: str) -> None:
    """End the work on a file, and let go of all that is kept of it beside the books."""
    workers().end(key)
    forget(key)
    sent_file(folder(), key).unlink(missing_ok=True)


def _run(order: Order) -> "subprocess.Popen[bytes]":
    here = folder()
    _clear(here)
    begun = State(order.task, order.asked, Stage.STARTING, person_id=order.person_id)
    write_state(state_file(here, order.key), begun)
    job = {
        **asdict(order), "folder": str(here), "database": str(current_app.config["SQLALCHEMY_DATABASE_URI"]),
        "batch_page": stem_of("imports.show", "number"), "list_page": url_for("imports.index"),
    }  # fmt: skip
    program = [sys.executable, "-X", "utf8", "-m", MODULE]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    if process.stdin:
        with process.stdin as told, suppress(BrokenPipeError):  # it is seen to have died
            told.write(json.dumps(job).encode())
    Thread(target=process.wait, daemon=True).start()  # whoever started a process takes note of its end
    return process


def _clear(here: Path) -> None:
    oldest = time.time() - KEPT_FOR.total_seconds()
    for path in here.iterdir():
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
