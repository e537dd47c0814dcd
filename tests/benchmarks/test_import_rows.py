"""The benchmark of reading: each reader reads every row, and the child and the server stay within their memory."""

import re
import subprocess
import sys

import pytest

from benchmarks.import_rows import READERS, RECORDED

MOST_CHILD, MOST_GROWN = 512, 20  # MB


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say what a process took")
def test_measures_each_reader_and_the_memory_of_a_large_file() -> None:
    asked = [sys.executable, "-m", "benchmarks.import_rows", "--rows", "150", "--memory-rows", "40000"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=300).stdout

    assert [line.split("|")[1].strip() for line in told.splitlines() if line.startswith("| ")][1:] == [
        *READERS,
        RECORDED,
    ]
    memory = re.search(r"40,000 rows: the child process took (\d+) MB, the server grew by ([\d.]+) MB", told)
    assert memory is not None
    # A fifth of the rows that the benchmark itself reads has a fifth of the room beside what Python takes.
    assert int(memory[1]) <= MOST_CHILD // 4
    assert float(memory[2]) <= MOST_GROWN
