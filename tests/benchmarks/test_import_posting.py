"""The benchmark of posting: every award of its workbook is taken."""

import subprocess
import sys


def test_measures_each_step() -> None:
    asked = [sys.executable, "-m", "benchmarks.import_posting", "--rows", "120"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=120).stdout

    assert "120 awards brought in" in told
    assert len([line for line in told.splitlines() if line.startswith("| ")]) == 4
