"""The summary workbook: the figures of the books at every date, by formulas that carry them, with charts in words."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from fundtracker.services.summaries import summarise
from fundtracker.sheets.papers.summary import write_summary
from tests.books.builder import Books
from tests.sheets.workbooks import Table, by_calamine, by_openpyxl, in_pence, opened, recalculated, saved

# The figures are services', which have their tests on both engines; what is here is how a workbook holds them.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DAYS = (date(2020, 5, 31), date(2020, 9, 21), None)
MOMENT = datetime(2020, 9, 22, 8, 30, tzinfo=UTC)
MONEY = {
    "Allocated (£)": "allocated",
    "Awarded (£)": "awarded",
    "Left to award (£)": "remaining",
    "Net paid (£)": "net_paid",
    "To pay (£)": "to_pay",
    "To recover (£)": "to_recover",
}


@pytest.fixture
def story(books: Books) -> None:
    """Keep two years of two funds, with payments in some months."""
    old = books.fund(name="Safer Roads Fund 2019", year=2019)
    books.allocate(old.lines[0], "9,000", date(2019, 4, 1))
    books.pay(books.award(old, "4,000.10", on=date(2019, 6, 1)), "1,000.05", date(2020, 4, 20))
    fund = books.fund("50,000")
    books.pay(books.award(fund, "20,000.01", on=date(2020, 5, 1)), "500", date(2020, 5, 2))
    books.award(fund, "3,333.33", to=books.organisation("=1+1"), on=date(2020, 9, 1))
    books.award(books.fund("1,000", name="Community Fund"), "1,000", on=date(2020, 10, 1))


def summary(session: Session, day: date | None = DAYS[1]) -> bytes:
    made = saved(write_summary(session, day=day, made_by="tests", made_at=MOMENT))
    session.rollback()
    return made


@pytest.mark.usefixtures("story")
class TestFigures:
    @pytest.mark.parametrize("day", DAYS)
    def test_are_those_of_the_books_to_the_penny(self, session: Session, day: date | None) -> None:
        content, books = summary(session, day), summarise(session, day)
        session.rollback()

        for read in (by_openpyxl, by_calamine):
            agree(read(content, "Funds"), books.balance)
            control = read(content, "Control")
            assert control.rows[-1][:2] == ["Difference", 0]
            assert set(control.column("Check")) == {"OK"}
            assert len(control.rows) > 20

    def test_are_formulas_that_carry_their_values(self, session: Session) -> None:
        content = summary(session)
        formulas, values = opened(content), opened(content, values=True)

        asked = [cell for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert len(asked) > 100
        assert all(values[cell.parent.title][cell.coordinate].value is not None for cell in asked)
        total = by_openpyxl(content, "Funds").rows[-1]
        row = len(by_openpyxl(content, "Funds").rows) + 1
        assert total[0] == "All the books"
        at = {cell.value: cell.column_letter for cell in formulas["Funds"][1] if cell.value}
        assert formulas["Funds"][f"{at['Awarded (£)']}{row}"].value.startswith("=SUM(")
        used = formulas["Funds"][f"{at['Used %']}{row}"].value
        assert (
            used
            == f'=IF({at["Allocated (£)"]}{row}=0,"n/a",ROUND({at["Awarded (£)"]}{row}/{at["Allocated (£)"]}{row},3))'
        )

    def test_are_the_same_to_the_byte_of_the_same_moment(self, session: Session) -> None:
        assert summary(session) == summary(session)


def agree(funds: Table, balance: object) -> None:
    """Hold the last row, which is all the books, against them; every other total is held by the workbook's check."""
    last = dict(zip(funds.headings, funds.rows[-1], strict=True))
    assert {title: in_pence(last[title]) for title in MONEY} == {
        title: getattr(balance, figure) for title, figure in MONEY.items()
    }


@pytest.mark.usefixtures("story")
class TestCharts:
    def test_say_in_words_what_they_show_and_carry_their_figures(self, session: Session) -> None:
        content = summary(session)
        with ZipFile(BytesIO(content)) as parts:
            drawing = parts.read("xl/drawings/drawing1.xml").decode()
            charts = [parts.read(name).decode() for name in sorted(parts.namelist()) if "charts/chart" in name]

        said = {row[0]: row[1] for row in by_openpyxl(content, "Charts").rows if row[0]}
        assert len(charts) == len(said) == 5
        assert dict(re.findall(r'name="([^"]+)" descr="([^"]+)"', drawing)) == said
        assert all("numCache" in chart and "strCache" in chart for chart in charts)
        assert [chart.count("<v>20000.01</v>") for chart in charts] == [0, 1, 0, 0, 0]  # awarded in May

    def test_stand_on_the_sheet_that_opens_before_the_tables(self, session: Session) -> None:
        workbook = opened(summary(session))

        assert workbook.active is not None
        assert (workbook.active.title, workbook.sheetnames[2:4]) == ("Charts", ["Charts", "Funds"])
        assert workbook.sheetnames[-1] == "Control"


class TestEmpty:
    def test_books_without_entries_have_tables_and_no_charts(self, session: Session) -> None:
        workbook = opened(summary(session, None))

        assert "Charts" not in workbook.sheetnames
        assert workbook["Control"]["B2"].value is not None


@pytest.mark.needs_libreoffice
def test_libreoffice_works_out_the_same(story: None, session: Session, tmp_path: Path, libreoffice_path: Path) -> None:
    content = summary(session)

    again = recalculated(content, tmp_path, libreoffice_path)
    for name in opened(content).sheetnames[1:]:
        assert figures(by_openpyxl(again, name)) == figures(by_openpyxl(content, name))


def figures(table: Table) -> list[list[object]]:
    """Give what a sheet says, without what is nought or empty."""
    rows = [[round(cell, 5) if isinstance(cell, float) else cell for cell in row] for row in table.rows]
    return [[(table.headings[at], cell) for at, cell in enumerate(row) if cell] for row in rows if any(row)]
