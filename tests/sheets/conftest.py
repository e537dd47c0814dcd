"""Office workbooks are read in the test's own process: the child takes a tenth of a second, and has its own tests."""

import pytest

from fundtracker.sheets.files.kinds import WORKBOOKS
from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.files.whole import gather, lines
from fundtracker.sheets.office import understanding
from fundtracker.sheets.reading import Sheet


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(content: bytes, *, most_rows: int) -> list[Sheet]:
        return list(gather(lines(read_sheets(content, "", kinds=WORKBOOKS), {"most_rows": most_rows})))

    monkeypatch.setattr(understanding, "read_workbook", read)
