"""What finance meets on opening a ledger: its set-up, its words, its length and what was written meanwhile."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from fundtracker import __version__
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services import allocations, awards
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.sheets.ledger import write_ledger
from fundtracker.sheets.ledger_rows import RUNNING
from fundtracker.store.books import Book, Entry
from fundtracker.store.imports import Batch
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books, particulars, pence
from tests.sheets.workbooks import by_calamine, by_openpyxl, in_pence, opened, saved

HOSTILE = '=HYPERLINK("http://example.org","x") & <b>\'\t+1'


def ledger_of(engine: Engine, **choices: object) -> bytes:
    return saved(write_ledger(engine, made_by="A. Officer", **choices))  # type: ignore[arg-type]  # named in each test


class TestSetUp:
    def test_is_ready_to_filter_and_to_print(self, books: Books, engine: Engine) -> None:
        books.award(books.fund("1,000"), "10")
        workbook = opened(ledger_of(engine))

        assert workbook.sheetnames == ["Ledger", "Summary", "About"]
        for name, last in (("Ledger", "AC3"), ("Summary", "W2")):
            assert workbook[name].freeze_panes == "A2"
            assert workbook[name].auto_filter.ref == f"A1:{last}"
        for sheet in workbook.worksheets:
            assert sheet.merged_cells.ranges == set()
            assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.oddFooter is not None
            assert sheet.oddFooter.right.text == "Page &P of &N"

    def test_shows_pounds_with_red_below_zero_and_days_the_day_first(self, books: Books, engine: Engine) -> None:
        books.award(books.fund("1,000"), "10")
        sheet = opened(ledger_of(engine))["Ledger"]

        formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1] if cell.column}
        assert formats["Allocation (£)"] == "#,##0.00;[Red]-#,##0.00;0.00"
        assert formats["Effective date"] == "dd/mm/yyyy"
        assert formats["Entry no"] == "0"

    def test_carries_the_value_of_every_formula(self, books: Books, engine: Engine) -> None:
        books.award(books.fund("1,000"), "10")
        content = ledger_of(engine)
        formulas, values = opened(content), opened(content, values=True)

        asked = [cell for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert len(asked) > 30
        assert all(values[cell.parent.title][cell.coordinate].value is not None for cell in asked)
        assert not any(cell.quotePrefix for cell in asked)


class TestNames:
    @pytest.mark.parametrize(
        ("choices", "name"),
        [
            ({"funds": ["SRF20"], "year": 2020, "as_at": date(2020, 9, 21)},
             "safer-roads-fund-2020-ledger-2020-21-as-at-2020-09-21.xlsx"),
            ({"funds": ["srf20"], "as_at": date(2020, 9, 21)}, "safer-roads-fund-2020-ledger-as-at-2020-09-21.xlsx"),
            ({"funds": ["SRF20", "CF21"], "as_at": date(2021, 9, 21)}, "2-funds-ledger-as-at-2021-09-21.xlsx"),
            ({"as_at": date(2021, 9, 21)}, "all-funds-ledger-as-at-2021-09-21.xlsx"),
        ],
    )  # fmt: skip
    def test_a_file_says_whose_ledger_it_is(
        self, books: Books, engine: Engine, choices: dict[str, object], name: str
    ) -> None:
        books.fund()
        books.fund(name="Community Fund", year=2021)

        assert write_ledger(engine, made_by="tests", **choices).file_name == name  # type: ignore[arg-type]  # as above


class TestAbout:
    def test_says_what_as_at_when_and_by_whom(self, books: Books, engine: Engine) -> None:
        fund = books.fund("1,000")
        books.award(fund, "10")
        about = by_openpyxl(ledger_of(engine, funds=[fund.reference], year=2020, as_at=LATER), "About")

        said = dict(zip(about.column("About"), about.column("This workbook"), strict=True))
        assert said["What"] == "Ledger: Safer Roads Fund 2020 for 2020/21"
        assert said["As at"] == datetime(2020, 6, 30)  # noqa: DTZ001 - a day, as openpyxl gives it
        assert (said["Made by"], said["Made with"]) == ("A. Officer", f"fundtracker {__version__}")
        assert isinstance(said["Made at (Europe/London)"], datetime)
        assert said["Financial year"].startswith("2020/21: entries on budget lines of that year")
        assert (said["Number of entries"], said["Last entry number"], said["Difference"]) == (2, 2, 0)

    def test_marks_what_a_workbook_left_unsaid(self, books: Books, session: Session, engine: Engine) -> None:
        fund = books.fund("1,000")
        with transaction(session):
            batch = Batch(
                file_name="x.xlsx", digest="0" * 64, brought_in_at=datetime.now().astimezone(), brought_in_by="t"
            )
            session.add(batch)
            session.flush()
            doubtful = particulars(
                narrative="Split", batch=batch, date_doubt=Doubt.NOT_STATED, amount_doubt=Doubt.ILLUSTRATIVE
            )
            allocations.uplift(session, line=fund.lines[0], amount=pence("5"), particulars=doubtful)

        row = by_openpyxl(ledger_of(engine), "Ledger").row("Entry no", 2)
        assert row["Description"] == "Split [date not stated; amount illustrative]"
        assert row["Allocation (£)"] == 5


class TestHostileText:
    def test_stays_text_and_its_totals_agree(self, books: Books, session: Session, engine: Engine) -> None:
        fund = books.fund("1,000", name=HOSTILE)
        to = books.organisation(HOSTILE)
        with transaction(session):
            details = awards.AwardDetails(
                recipient=to, shares=(awards.Share(line=fund.lines[0], amount=pence("10")),), reasons="x" * 32_000
            )
            awards.record_award(session, details=details, particulars=particulars(narrative="@" + "n" * 31_000))
        content = ledger_of(engine)

        for read in (by_openpyxl, by_calamine):
            row = read(content, "Ledger").row("Entry no", 2)
            assert (row["Fund"], row["Recipient"]) == (fund.name, to.name)
            assert row["Description"] == "@" + "n" * 31_000
            assert read(content, "Summary").column("Check") == ["OK", "OK"]


@pytest.fixture
def many(books: Books, session: Session) -> int:
    """Keep thousands of entries of one penny more each, as fast as the database's guards let them in; say how many."""
    count = 10_000 if session.get_bind().dialect.name == "sqlite" else 2_500
    fund = books.fund("1,000,000")
    first = session.scalars(select(Entry)).one()
    like = {column.name: getattr(first, column.name) for column in Entry.__table__.columns}
    left = fund.lines[0].remaining
    with transaction(session):
        for number in range(2, count + 1):
            left = Pence(left + number)
            one = {"number": number, "posting": number, "amount": Pence(number), "fund_remaining_after": left}
            session.execute(update(Book).values(last_entry=number))
            session.execute(insert(Entry).values(like | one))
    return count


class TestManyEntries:
    def test_all_come_though_writers_go_on_while_they_are_sent(self, many: int, books: Books, engine: Engine) -> None:
        (balance,) = fund_balances(books.session, as_at(books.session)).values()
        books.session.rollback()

        taken = []
        for chunk in write_ledger(engine, made_by="tests").chunks:
            assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # the pool of both engines counts
            taken.append(chunk)
            if len(taken) in (2, 4, 6):
                books.allocate(books.fund().lines[0], "5")

        content = b"".join(taken)
        sheet = by_calamine(content, "Ledger")
        assert len(sheet.rows) == many
        assert sheet.pence("Allocation (£)") == balance.allocated == in_pence(sheet.column(RUNNING)[-1])
        assert by_calamine(content, "Summary").column("Check") == ["OK", "OK"]
        assert len(books.entries()) > many
