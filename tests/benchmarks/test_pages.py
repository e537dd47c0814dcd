"""The benchmark of the pages: it runs, and measures every list."""

import pytest

from benchmarks import pages


def test_measures_every_page_against_an_empty_one(capsys: pytest.CaptureFixture[str]) -> None:
    pages.main(rows=2, rounds=1)

    measured = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines() if line.startswith("| /")]
    assert measured == [pages.EMPTY, *pages.PAGES]
