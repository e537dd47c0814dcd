"""
A server in small: it has one file after another read in the child, and says what came of each.

`python -m tests.hostile.server` takes a JSON line for each file, its path and its name, and answers with one.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from fundtracker.sheets.files.child import read_in_child
from fundtracker.sheets.tabular.task import read_lines
from fundtracker.sheets.unsafe import WorkbookRefusedError


def main() -> None:
    """Answer until there is nothing more to read."""
    _verdict(Path(__file__).with_name("first.csv"))
    begun = _most_memory("RUSAGE_SELF")
    for asked in sys.stdin:
        started = _seconds()
        verdict, notes = _verdict(Path(asked.strip()))
        told: dict[str, Any] = {
            "verdict": verdict,
            "notes": notes,
            "seconds": _seconds() - started,
            "grown": _most_memory("RUSAGE_SELF") - begun,
            "child": _most_memory("RUSAGE_CHILDREN"),
        }
        print(json.dumps(told), flush=True)


def _verdict(path: Path) -> tuple[str, str]:
    """Have a file read, and give what came of it with what else there is to tell."""
    try:
        table, stated = read_lines(read_in_child(path, file_name=path.name, options={"kind": "awards"}))
    except WorkbookRefusedError as refusal:
        return f"Refused: {refusal.sentence}", ""
    rows = problems = 0
    for row in stated:
        rows, problems = rows + 1, problems + bool(row.problems)
    verdict = "Asked which columns are meant." if table.lacks else f"Rows read: {rows:,}. With a problem: {problems:,}."
    return verdict, " ".join(table.notes)


def _seconds() -> float:
    """Give the processor time of this process and of its children: on a busy machine the clock says little."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


def _most_memory(whose: str) -> int:
    """Give the most bytes of memory that this process, or the largest of its children, has taken so far."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - Windows has no such module

    return resource.getrusage(getattr(resource, whose)).ru_maxrss * (1024 if sys.platform != "darwin" else 1)


if __name__ == "__main__":
    main()
