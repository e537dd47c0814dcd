"""The ledger's workbook, read back by openpyxl, by calamine and by LibreOffice, and compared with the books."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, func, select

from fundtracker.domain.refusals import DateRefusedError, NotFoundRefusal
from fundtracker.services import allocations, payments
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.sheets import ledger
from fundtracker.sheets.ledger import TooManyRowsError, write_ledger
from fundtracker.sheets.ledger_rows import MEASURE_TITLES, RUNNING
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import DAY, LATER, Books, particulars, pence
from tests.sheets.workbooks import Table, by_calamine, by_openpyxl, in_pence, recalculated, saved

Reader = Callable[[bytes, str], Table]
READERS = (by_openpyxl, by_calamine)


@pytest.fixture
def story(books: Books) -> Fund:
    """Keep the books of two funds, with a refund, a reversal and a funder's cut."""
    fund = books.fund("50,000", name="Covid-19 response fund 2020")
    award = books.award(fund, "6,000.05")
    books.pay(award, "2,000")
    books.award(fund, "810", on=date(2020, 9, 21))
    books.reverse(4, on=date(2020, 9, 22))
    with transaction(books.session):
        payments.refund(
            books.session, line=award.lines[0], amount=pence("500"), lowers_award=True,
            particulars=particulars(date(2020, 10, 1), narrative="Unspent"),
        )  # fmt: skip
        allocations.record_cut(
            books.session, line=fund.lines[0], amount=pence("46,000"), particulars=particulars(date(2020, 10, 2))
        )
    books.award(books.fund("1,000.10", name="Safer Roads Fund 2020"), "1,000.10")
    return fund


def ledger_of(engine: Engine, **choices: object) -> bytes:
    return saved(write_ledger(engine, made_by="tests", **choices))  # type: ignore[arg-type]  # named in each test


class TestLedgerSheet:
    @pytest.mark.parametrize("read", READERS)
    def test_has_one_row_an_entry_with_one_amount_in_its_measures_column(
        self, story: Fund, books: Books, engine: Engine, read: Reader
    ) -> None:
        sheet = read(ledger_of(engine), "Ledger")

        assert [int(number) for number in sheet.column("Entry no")] == list(range(1, len(books.entries()) + 1))
        for row, (kind, amount) in zip(range(len(sheet.rows)), books.entries(), strict=True):
            amounts = {title: sheet.column(title)[row] for title in MEASURE_TITLES.values()}
            filled = {title: in_pence(value) for title, value in amounts.items() if value is not None}
            assert filled == {MEASURE_TITLES[kind.measure]: amount}

    @pytest.mark.parametrize("read", READERS)
    def test_running_remaining_is_what_the_books_kept_after_each_entry(
        self, story: Fund, books: Books, engine: Engine, read: Reader
    ) -> None:
        kept = list(books.session.scalars(select(Entry.fund_remaining_after).order_by(Entry.number)))

        assert [in_pence(value) for value in read(ledger_of(engine), "Ledger").column(RUNNING)] == kept

    @pytest.mark.parametrize("read", READERS)
    def test_dates_are_dates_and_references_are_text(self, story: Fund, engine: Engine, read: Reader) -> None:
        first = read(ledger_of(engine), "Ledger").row("Entry no", 1)

        effective = first["Effective date"]
        assert (effective.date() if isinstance(effective, datetime) else effective) == DAY
        assert isinstance(first["Posted at"], datetime)
        assert (first["Fund ref"], first["FY"], first["Period"], first["Quarter"]) == ("CRF20", "2020/21", 1, 1)
        assert (first["Decision ref"], first["Entered by"]) == ("PCC/D/2020/01", "tests")

    def test_names_the_entry_that_a_reversal_reverses(self, story: Fund, engine: Engine) -> None:
        assert by_openpyxl(ledger_of(engine), "Ledger").row("Entry no", 5)["Reverses"] == 4


class TestTotals:
    @pytest.mark.parametrize("read", READERS)
    def test_agree_with_the_books_to_the_penny_in_every_sheet(
        self, story: Fund, books: Books, engine: Engine, read: Reader
    ) -> None:
        agree(ledger_of(engine), books, read)

    @pytest.mark.needs_libreoffice
    def test_agree_when_libreoffice_works_them_out_again(
        self, story: Fund, books: Books, engine: Engine, tmp_path: Path, libreoffice_path: Path
    ) -> None:
        content = ledger_of(engine)

        again = recalculated(content, tmp_path, libreoffice_path)
        agree(again, books, by_openpyxl)
        for sheet in ("Ledger", "Summary", "About"):
            assert flat(by_openpyxl(again, sheet)) == flat(by_openpyxl(content, sheet))

    @pytest.mark.needs_libreoffice
    def test_say_differs_where_an_amount_was_changed(
        self, story: Fund, engine: Engine, tmp_path: Path, libreoffice_path: Path
    ) -> None:
        content = changed(ledger_of(engine), "xl/worksheets/sheet1.xml", b"<v>6000.05</v>", b"<v>6000.06</v>")
        assert by_openpyxl(content, "Summary").row("Fund ref", "CRF20")["Check"] == "OK"

        again = recalculated(content, tmp_path, libreoffice_path)
        assert by_openpyxl(again, "Summary").row("Fund ref", "CRF20")["Check"] == "DIFFERS"
        assert by_openpyxl(again, "Summary").rows[-1][-1] == "DIFFERS"


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change one part of a workbook, and leave every formula the value that it carries."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(written, "w") as after:
        for name in before.namelist():
            found = before.read(name)
            assert name != part or old in found
            after.writestr(name, found.replace(old, new) if name == part else found)
    return written.getvalue()


def agree(content: bytes, books: Books, read: Reader) -> None:
    """Compare every total of a workbook of all funds with the database."""
    session = books.session
    balances = fund_balances(session, as_at(session))
    entries, summary, about = (read(content, sheet) for sheet in ("Ledger", "Summary", "About"))
    session.rollback()
    for fund in session.scalars(select(Fund)):
        row, balance = summary.row("Fund ref", fund.reference), balances[fund.id]
        for measure, title in MEASURE_TITLES.items():
            kept = getattr(balance, measure.value)
            assert in_pence(row[title]) == in_pence(row[f"In the books: {title}"]) == kept
        owed = (row["Remaining to award (£)"], row["Net paid (£)"], row["To pay (£)"], row["To recover (£)"])
        assert [in_pence(amount) for amount in owed] == [
            balance.remaining, balance.net_paid, balance.to_pay, balance.to_recover,
        ]  # fmt: skip
        assert (row["Difference (£)"], row["Check"]) == (0, "OK")
    total = summary.row("Fund", "Total")
    for title in MEASURE_TITLES.values():
        assert entries.pence(title) == in_pence(total[title])
        control = about.row("About", f"Control total: {title}")
        assert in_pence(control["This workbook"]) == in_pence(control["In the books (£)"]) == entries.pence(title)
    assert total["Entries"] == session.scalar(select(func.count()).select_from(Entry)) == len(entries.rows)
    assert (total["Check"], about.rows[-1][1], about.rows[-1][4]) == ("OK", 0, "OK")


def flat(sheet: Table) -> list[list[object]]:
    """Give a sheet's values with pounds to the penny, and without the empty cells that a program adds at the end."""
    rows = [[round(value, 2) if isinstance(value, float) else value for value in row] for row in sheet.rows]
    return [row[: len(sheet.headings)] for row in rows if any(value is not None for value in row)]


class TestFilteredLedger:
    def test_as_at_a_date_holds_one_row_an_entry_and_ends_at_what_was_left(
        self, story: Fund, books: Books, engine: Engine
    ) -> None:
        day = date(2020, 9, 21)
        sheet = by_openpyxl(ledger_of(engine, funds=["crf20"], as_at=day), "Ledger")

        assert sheet.column("Entry no") == [1, 2, 3, 4]
        left = fund_balances(books.session, as_at(books.session, day))[story.id].remaining
        assert in_pence(sheet.column(RUNNING)[-1]) == left == pence("43,189.95")

    def test_counts_entries_dated_back_in_the_running_column_not_the_figure_kept_on_them(
        self, books: Books, engine: Engine
    ) -> None:
        fund = books.fund("10,000", name="Safer Roads Fund 2020")
        books.award(fund, "4,000", on=date(2020, 12, 1))
        books.award(fund, "1,000", on=LATER)

        sheet = by_openpyxl(ledger_of(engine, as_at=LATER), "Ledger")
        assert sheet.column("Entry no") == [1, 3]
        assert sheet.column(RUNNING) == [10_000, 9_000]

    def test_for_a_year_holds_the_budget_lines_of_that_year(self, books: Books, engine: Engine) -> None:
        fund = books.fund("10,000", name="Safer Roads Fund 2020")
        books.award(fund, "4,000", on=date(2021, 6, 1))
        with transaction(books.session):
            allocations.carry_forward(
                books.session, line=fund.lines[0], amount=pence("2,500"), particulars=particulars(date(2021, 6, 2))
            )

        content = {year: ledger_of(engine, year=year) for year in (2020, 2021)}
        for year, numbers, left in ((2020, [1, 2, 3], 3_500), (2021, [4], 2_500)):
            sheet, summary = by_openpyxl(content[year], "Ledger"), by_openpyxl(content[year], "Summary")
            assert sheet.column("Entry no") == numbers
            assert sheet.column(RUNNING)[-1] == summary.column("Remaining to award (£)")[0] == left
            assert summary.column("Check") == ["OK", "OK"]

    def test_repeats_an_old_ledger_by_its_last_entry_number(self, story: Fund, books: Books, engine: Engine) -> None:
        before = ledger_of(engine)
        last = len(books.entries())
        books.award(books.fund("99", name="Another fund 2020"), "99")

        again = ledger_of(engine, up_to_entry=last)
        assert by_openpyxl(again, "Ledger") == by_openpyxl(before, "Ledger")
        assert by_openpyxl(again, "Summary").rows[-1] == by_openpyxl(before, "Summary").rows[-1]

    def test_of_nothing_is_a_workbook_that_agrees(self, books: Books, engine: Engine) -> None:
        books.fund(name="Safer Roads Fund 2020")
        content = ledger_of(engine)

        assert by_openpyxl(content, "Ledger").rows == []
        assert by_calamine(content, "Summary").column("Check") == ["OK", "OK"]


class TestRefusals:
    def test_a_fund_that_is_not_in_the_books(self, books: Books, engine: Engine) -> None:
        with pytest.raises(NotFoundRefusal, match="no fund with the reference NONE"):
            write_ledger(engine, made_by="tests", funds=["NONE"])

    def test_a_day_that_has_not_come(self, books: Books, engine: Engine) -> None:
        with pytest.raises(DateRefusedError, match="has not come yet"):
            write_ledger(engine, made_by="tests", as_at=date(2199, 1, 1))

    def test_more_rows_than_excel_holds_before_anything_is_sent(
        self, story: Fund, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ledger, "LAST_ROW", 5)

        with pytest.raises(TooManyRowsError, match="Choose a financial year"):
            write_ledger(engine, made_by="tests")
