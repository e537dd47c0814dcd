"""The benchmark of long books: it makes books that agree with themselves, and measures every page of both."""

import pytest

from benchmarks import balances


def test_measures_short_books_and_long_ones(capsys: pytest.CaptureFixture[str]) -> None:
    balances.main(["--entries", "120", "180", "--funds", "2", "--rounds", "1"])

    told = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert told == ["", "all balances, the kept rows", balances.SUMMED, *balances.PAGES]
