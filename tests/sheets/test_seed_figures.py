"""The figures of the Panel's report, in the workbook that LibreOffice works out again and in hledger."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.sheets.journal import write_journal
from fundtracker.sheets.ledger import write_ledger
from tests.books.builder import pence
from tests.sheets.offices import bring
from tests.sheets.test_journal import balances
from tests.sheets.workbooks import by_openpyxl, in_pence, recalculated, saved

FOLDER = Path(__file__).parents[1] / "data" / "scenario"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["product"]
LEFT = {"Covid-19": "2,720.06", "Safer Streets": "550,000", "Safer Roads": "280,000"}


@pytest.fixture
def story(session: Session) -> Session:
    """Bring in the office's workbook."""
    brought = bring(session, (FOLDER / "west-mercia-2020.xlsx").read_bytes(), file_name="west-mercia-2020.xlsx")
    assert not brought.refused
    session.rollback()
    return session


@pytest.mark.needs_libreoffice
def test_the_workbook_holds_them(story: Session, engine: Engine, tmp_path: Path, libreoffice_path: Path) -> None:
    content = recalculated(saved(write_ledger(engine, made_by="tests")), tmp_path, libreoffice_path)
    summary = by_openpyxl(content, "Summary")

    total = summary.row("Fund", "Total")
    assert in_pence(total["Allocation (£)"]) == pence(EXPECTED["totals"]["allocated"]) == pence("1,221,363.39")
    assert in_pence(total["Awarded (£)"]) == pence(EXPECTED["totals"]["awarded"]) == pence("388,643.33")
    assert total["Check"] == "OK"
    for name, left in LEFT.items():
        (fund,) = [row for row in summary.column("Fund") if name in row]
        assert in_pence(summary.row("Fund", fund)["Remaining to award (£)"]) == pence(left)


@pytest.mark.needs_hledger
def test_hledger_holds_them(story: Session, engine: Engine, tmp_path: Path, hledger_path: Path) -> None:
    file = tmp_path / "books.journal"
    file.write_text("".join(write_journal(engine)), encoding="utf-8")

    whole = balances(hledger_path, file, "fund")
    assert sum(amount for name, amount in whole.items() if name.endswith(":allocated")) == pence("1,221,363.39")
    assert sum(amount for name, amount in whole.items() if name.endswith(":awarded")) == -pence("388,643.33")
    left = [amount for name, amount in balances(hledger_path, file, "fund", depth=3).items() if "remaining" in name]
    assert sorted(left) == sorted(pence(amount) for amount in LEFT.values())
