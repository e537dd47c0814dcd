"""
Reading in a process of its own, with limits: a file is hostile until it has been read.

The child has ended before the first line of its answer is given: what cannot be read is refused whole.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from fundtracker.sheets.files.kinds import Kind
from fundtracker.sheets.files.limits import KILLED_FOR_TIME, REFUSED, TOO_MUCH, WALL_SECONDS
from fundtracker.sheets.unsafe import WorkbookRefusedError, damaged

EVERY_ROW = "fundtracker.sheets.tabular.task:lines"
_HOME = Path(__file__).parents[3]
_log = logging.getLogger(__name__)


def read_in_child(
    content: bytes | Path,
    *,
    file_name: str,
    task: str = EVERY_ROW,
    kinds: Collection[Kind] = frozenset(Kind),
    options: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    """
    Read a file's sheets in a child process, do a task with them there, and give the lines that it answers.

    A task is `module:function`, called with the sheets and the options. Raises WorkbookRefusedError, in a plain
    sentence, for whatever goes wrong.
    """
    job = {"file_name": file_name, "task": task, "kinds": [kind.name for kind in kinds], "options": options or {}}
    with ExitStack() as open_files:
        answer = open_files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
        _read(content, job, answer)
        answer.seek(0)
        return _lines(answer, open_files.pop_all())


def _lines(answer: IO[str], open_files: ExitStack) -> Iterator[str]:
    with open_files:
        for line in answer:
            yield line.rstrip("\n")


def _read(content: bytes | Path, job: dict[str, Any], answer: IO[str]) -> None:
    with tempfile.TemporaryFile() as told:
        try:
            status = _run(content, json.dumps(job), answer, told)
        except subprocess.TimeoutExpired as error:
            raise _too_long() from error
        told.seek(0)
        words = told.read().decode("utf-8", "replace")
    if status == REFUSED:
        raise WorkbookRefusedError(words)
    if status in KILLED_FOR_TIME:
        raise _too_long()
    if status in TOO_MUCH:
        raise WorkbookRefusedError(
            "This file takes more memory to read than is allowed. Keep only the sheets, rows and columns needed."
        )
    if status:
        _log.error("reading a file ended with status %d: %s", status, words[-4000:])
        raise damaged()


def _run(content: bytes | Path, job: str, answer: IO[str], told: IO[bytes]) -> int:
    command = [sys.executable, "-X", "utf8", "-m", "fundtracker.sheets.files.reader", job]
    # The child needs no secret that this process was started with.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FUNDTRACKER_")}

    def run(**given: Any) -> int:
        ended = subprocess.run(  # noqa: S603 - ourselves
            command, stdout=answer, stderr=told, cwd=_HOME, env=environment, timeout=WALL_SECONDS, check=False, **given
        )
        return ended.returncode

    if isinstance(content, Path):
        with content.open("rb") as file:
            return run(stdin=file)
    return run(input=content)


def _too_long() -> WorkbookRefusedError:
    return WorkbookRefusedError(
        "This file takes longer to read than is allowed, so it was left alone. Keep only the sheets and rows needed."
    )
