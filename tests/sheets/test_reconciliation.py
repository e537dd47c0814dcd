"""The reconciliation workbook: its proof is worked out again by LibreOffice as reasons are typed, and read back."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling.explaining import explain
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import Standing, stand
from fundtracker.services.reconciling.typed import understand
from fundtracker.sheets.reconciliation.back import read_reconciliation
from fundtracker.sheets.reconciliation.out import write_reconciliation
from fundtracker.sheets.reconciliation.summary import STILL, UNDEALT
from fundtracker.sheets.unsafe import WorkbookRefusedError
from tests.books.builder import Books
from tests.services.reconciling.builder import ANN, QUARTER, finance_lines, matched
from tests.sheets.workbooks import by_openpyxl, in_pence, recalculated, saved

MAY = date(2020, 5, 7)


@pytest.fixture
def standing(books: Books) -> Standing:
    """Keep one match, one with a penny stated, one explanation, and a line and a payment left."""
    award = books.award(books.fund("10,000"), "9,000", on=MAY)
    for amount in ("1,680", "810", "70"):
        books.pay(award, amount, MAY)
    lines = finance_lines(books.session, {"amount": "1,680", "on": MAY}, {"amount": "810.01", "on": MAY},
                          {"amount": "25", "on": MAY, "payee": "=Bank()"}, {"amount": "-5", "on": MAY})  # fmt: skip
    matched(books.session, lines[:1], [3], score=95)
    matched(books.session, lines[1:2], [4], note="A penny", owner="Ann")
    books.change(explain, side=Side.LINE, number=lines[3], reason=Explanation.QUERY, note="Why", owner="Ann", by=ANN)
    return stand(books.session, open_scope(books.session, until=QUARTER))


def written(standing: Standing) -> bytes:
    return saved(write_reconciliation(standing, {}, office="West Mercia OPCC", made_by="Ann", funds=""))


def still(content: bytes) -> int:
    return in_pence(by_openpyxl(content, "Summary").row("Summary", STILL)["Difference (£)"])


def typed(content: bytes, **reasons: str) -> bytes:
    """Type reasons beside rows of the sheet Unexplained, as a person does."""
    workbook = openpyxl.load_workbook(BytesIO(content))
    for row in workbook["Unexplained"].iter_rows(min_row=2):
        if str(row[0].value) in reasons:
            row[8].value, row[9].value, row[10].value = reasons[str(row[0].value)], "As the bank says", "Ann"
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_difference_follows_what_is_typed(standing: Standing, tmp_path: Path, libreoffice_path: Path) -> None:
    content = written(standing)
    assert still(content) == standing.difference == -4_500
    line, entry = (f"L{standing.lines[2].id}", "E5")
    answered = recalculated(typed(content, **{line: "not ours", entry: "timing"}), tmp_path, libreoffice_path)
    assert still(answered) == 0
    summary = by_openpyxl(answered, "Summary")
    assert summary.row("Summary", STILL)["Check"] == "OK"
    assert summary.row("Summary", UNDEALT)["Difference (£)"] == 0
    assert in_pence(summary.row("Summary", "All")["Finance system (£)"]) == standing.everything.theirs
    assert in_pence(summary.row("Summary", "Matched")["Our payments (£)"]) == 249_000


def test_what_is_typed_is_read_back(standing: Standing) -> None:
    content = written(standing)
    assert read_reconciliation(content) == []
    assert by_openpyxl(content, "Unexplained").column("Payee")[0] == "=Bank()"
    (row,) = read_reconciliation(typed(content, E5="timing"))
    assert (row.ref, row.amount, row.reason, row.note, row.owner) == ("E5", 7_000, "timing", "As the bank says", "Ann")


def test_a_reason_that_slid_beside_another_payee_is_refused(books: Books, standing: Standing) -> None:
    (more,) = finance_lines(books.session, {"amount": "25", "on": MAY, "payee": "Post Office"})
    now = stand(books.session, open_scope(books.session, until=QUARTER))
    workbook = openpyxl.load_workbook(BytesIO(typed(written(now), **{f"L{more}": "not ours"})))
    sheet = workbook["Unexplained"]
    payees = {str(row[0].value): row[3] for row in sheet.iter_rows(min_row=2)}
    payees[f"L{more}"].value = "Rail Pen Ltd"  # as when one column is sorted and the others are not
    kept = BytesIO()
    workbook.save(kept)
    changes, (refused,) = understand(now, read_reconciliation(kept.getvalue()))
    assert changes == []
    assert refused.says.startswith(f"L{more} is Post Office, and the workbook says Rail Pen Ltd")


def test_another_workbook_is_refused_in_words() -> None:
    other = openpyxl.Workbook()
    kept = BytesIO()
    other.save(kept)
    with pytest.raises(WorkbookRefusedError, match="no sheet called Unexplained"):
        read_reconciliation(kept.getvalue())
