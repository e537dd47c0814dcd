"""The child process that reads a file: `python -m fundtracker.sheets.files.reader JOB`, the file on standard input."""

import gc
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from fundtracker.domain.refusals import Refusal
from fundtracker.sheets.files.kinds import Kind
from fundtracker.sheets.files.limits import OUT_OF_MEMORY, REFUSED, limit_this_process
from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.reading import Sheet

Task = Callable[[list[Sheet], dict[str, Any]], Iterable[str]]


def main() -> int:
    """Read the file, do the job's task, and write its lines; say on standard error why not, where it cannot be."""
    limit_this_process()
    gc.disable()  # what it makes has no circles, and is soon gone with it
    try:
        job = json.loads(sys.argv[1])
        kinds = {Kind[name] for name in job["kinds"]}
        sheets = read_sheets(sys.stdin.buffer.read(), job["file_name"], kinds=kinds)
        for line in _task(job["task"])(sheets, job["options"]):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
        os._exit(0)  # what was read goes with the process: giving it back cell by cell takes its time
    except Refusal as refusal:
        sys.stderr.write(refusal.sentence)
        return REFUSED
    except MemoryError:
        return OUT_OF_MEMORY


def _task(name: str) -> Task:
    module, _, function = name.partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    return task


if __name__ == "__main__":
    sys.exit(main())
