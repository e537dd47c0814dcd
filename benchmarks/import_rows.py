"""
Measure reading a workbook of awards, every cell checked, beside openpyxl's reading it and checking nothing.

Each in a process of its own, one after another in one run: `python -m benchmarks.import_rows`. CPU seconds, those of
the child process among them, and ratios count; the time of day that a busy machine takes does not.
"""

import argparse
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import openpyxl
import python_calamine

from benchmarks.large_workbooks import make_workbook
from fundtracker.sheets.files.child import read_in_child
from fundtracker.sheets.tabular.task import read_lines

OURS, PEER = "fundtracker, read and checked", "openpyxl"
_IN_MB = 1024 if sys.platform != "darwin" else 1024 * 1024
_FEW = 100


@dataclass(frozen=True)
class Measured:
    """What reading took: CPU seconds, and MB of memory of the child process and by which this one grew."""

    engine: str
    rows: int
    cpu: float
    child: float
    grown: float


def _ours(path: Path) -> int:
    table, rows = read_lines(read_in_child(path, file_name=path.name, options={"kind": "awards"}))
    read = [bool(row.problems or row.left_out) for row in rows] if not table.lacks else [True]
    if any(read):
        raise SystemExit(f"{sum(read):,} rows were not taken: {table.lacks}")
    return len(read) + 1


def _calamine(path: Path) -> int:
    return sum(1 for _ in python_calamine.load_workbook(path).get_sheet_by_index(0).iter_rows())


def _openpyxl(path: Path, *, read_only: bool = False) -> int:
    sheet = openpyxl.load_workbook(path, read_only=read_only, data_only=True).worksheets[0]
    return sum(1 for _ in sheet.iter_rows(values_only=True))


READERS: dict[str, Callable[[Path], int]] = {
    "calamine, nothing checked": _calamine,
    OURS: _ours,
    "openpyxl, read-only": lambda path: _openpyxl(path, read_only=True),
    PEER: _openpyxl,
}
RECORDED = "fundtracker, recorded as well"


def measure(engine: str, path: Path) -> Measured:
    """Read a workbook in this process, after a small one that makes it as warm as a server is."""
    # The whole application is asked for only by what needs it: a child process counts the memory of its parent.
    read = READERS.get(engine) or importlib.import_module("benchmarks.posting").record_awards
    with tempfile.TemporaryDirectory() as folder:
        read(make_workbook(Path(folder) / "few.xlsx", _FEW))
    cpu, most = _cpu(), _memory(resource.RUSAGE_SELF)
    rows = read(path) - 1
    grown = _memory(resource.RUSAGE_SELF) - most
    return Measured(engine, rows, _cpu() - cpu, _memory(resource.RUSAGE_CHILDREN), grown)


def _cpu() -> float:
    ours, theirs = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    return ours + theirs.ru_utime + theirs.ru_stime


def _memory(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / _IN_MB


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--memory-rows", type=int, default=200_000)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "WORKBOOK"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(asdict(measure(asked.one[0], Path(asked.one[1])))))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = make_workbook(Path(folder) / "awards.xlsx", asked.rows)
        _print_readers([_in_own_process(engine, path) for engine in (*READERS, RECORDED)], asked.rows)
        most = _in_own_process(OURS, make_workbook(path, asked.memory_rows))
    print(f"\n{most.rows:,} rows: the child process took {most.child:.0f} MB, the server grew by {most.grown:.1f} MB.")


def _in_own_process(engine: str, path: Path) -> Measured:
    asked = [sys.executable, "-m", "benchmarks.import_rows", "--one", engine, str(path)]
    told = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
    return Measured(**json.loads(told.stdout))


def _print_readers(found: list[Measured], rows: int) -> None:
    (peer,) = (one.cpu for one in found if one.engine == PEER)
    print(f"{rows:,} rows of twelve columns, each reader in a process of its own\n")
    print("| reader | CPU s | against openpyxl |")
    print("|---|---|---|")
    for one in found:
        if one.rows != rows:
            raise SystemExit(f"{one.engine} read {one.rows:,} rows of {rows:,}")
        print(f"| {one.engine} | {one.cpu:.2f} | {peer / one.cpu:.1f}x |")


if __name__ == "__main__":
    main()
