"""Bringing a workbook in beside what the books hold: only what is new is added, in the right order of dates."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import AwardType, FundStatus, SpendType
from fundtracker.services.organisations import merge
from fundtracker.store.awards import Award
from fundtracker.store.bids import Bid
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars
from tests.sheets.offices import FUNDS, Rows, award, awarded, bring, entries, fund, rows_in_books, says, workbook

NAME = "Safer Roads Fund 2020"
DAY = date(2020, 5, 29)
UNREFERENCED = ("Fund", "Organisation", "Awarded", "Date", "Purpose")


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


class TestOnlyWhatIsNew:
    def test_two_rows_that_are_the_same_are_two_awards_once(self, session: Session) -> None:
        twin = [NAME, "A", 5, DAY, "Signs"]
        content = workbook(Funds=FUNDS, Awards=award(twin, twin, head=UNREFERENCED))
        assert bring(session, content).to_json()["taken"] == 3
        before = rows_in_books(session)
        assert bring(session, content).to_json()["already_there"] == 3
        assert (rows_in_books(session), list(awarded(session))) == (before, ["SRF20-001", "SRF20-002"])

    def test_new_rows_come_in_beside_old_ones(self, session: Session) -> None:
        old, new = [NAME, "A", 5, DAY, "Signs"], [NAME, "a ", 5, DAY, "Lights"]
        bring(session, workbook(Funds=FUNDS, Awards=award(old, head=UNREFERENCED)))
        answer = bring(session, workbook(Funds=FUNDS, Awards=award(old, new, head=UNREFERENCED))).to_json()
        assert (answer["taken"], answer["already_there"]) == (1, 2)
        assert len(session.scalars(select(Organisation)).all()) == 1

    def test_a_row_that_differs_is_left_out_with_both_figures(self, session: Session) -> None:
        bring(session, workbook())
        changed = award(["R1", NAME, "Wythall Parish Council", 900, DAY])
        answer = bring(session, workbook(Funds=fund([NAME, "PCC", "Own", 1]), Awards=changed))
        assert [row for _, row, _, _ in says(answer)] == [3, 2]
        assert "with £810.00, and the file says £900.00" in says(answer)[1][3]
        assert "with £280,000.00 allocated, and the file says £1.00" in says(answer)[0][3]
        assert (answer.refused, answer.to_json()["left_out"], awarded(session)["R1"][1]) == ("", 2, 81_000)

    def test_another_award_with_the_reference_is_refused(self, session: Session) -> None:
        bring(session, workbook())
        answer = bring(session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, "Another", 810, DAY])))
        assert "R1 is another award in the books" in answer.refused

    def test_an_award_varied_since_is_there_already(self, session: Session) -> None:
        bring(session, workbook())
        Books(session).reverse(2)
        assert bring(session, workbook()).to_json()["already_there"] == 2

    def test_undated_rows_are_there_already_whatever_the_date_given(self, session: Session) -> None:
        content = workbook(Funds=FUNDS, Awards=award([NAME, "A", 5, None, "Signs"], head=UNREFERENCED))
        bring(session, content)
        assert bring(session, content, undated=date(2020, 7, 1)).to_json()["already_there"] == 2

    def test_merged_organisations_are_the_one_they_are(self, session: Session) -> None:
        books = Books(session)
        one, other = books.organisation("Wythall PC"), books.organisation("Wythall Parish Council")
        with transaction(session):
            merge(session, organisation=one, into=other, particulars=particulars())
        bring(session, workbook())
        assert bring(session, workbook()).to_json()["taken"] == 0

    def test_a_fund_opened_on_screen_is_the_same_fund(self, session: Session) -> None:
        Books(session).fund(name=NAME)
        answer = bring(session, workbook()).to_json()
        assert (answer["taken"], answer["funds"][0]["new"]) == (2, False)  # type: ignore[index]  # JSON is objects
        assert len(session.scalars(select(Fund)).all()) == 1


class TestDates:
    def test_an_undated_allocation_is_never_after_its_first_award(self, session: Session) -> None:
        rows = award(["R1", NAME, "A", 5, date(2020, 3, 20)], ["R2", NAME, "A", 6, None])
        bring(session, workbook(Funds=FUNDS, Awards=rows))
        assert entries(session) == [
            ("allocation", 28_000_000, date(2020, 3, 20)),
            ("award", 500, date(2020, 3, 20)),
            ("award", 600, date(2020, 4, 1)),
        ]

    def test_an_undated_award_is_never_before_its_allocation(self, session: Session) -> None:
        head = ("Fund", "Funder", "Amount", "Date allocated")
        rows = award(["R1", NAME, "A", 5, None])
        bring(session, workbook(Funds=fund([NAME, "PCC", 10, date(2020, 9, 1)], head=head), Awards=rows))
        assert [on for *_, on in entries(session)] == [date(2020, 9, 1)] * 2


class TestKinds:
    def test_years_and_spend_types_are_lines_of_one_fund(self, session: Session) -> None:
        head = ("Fund", "Funder", "Amount", "Rev/Cap", "Year")
        funds = fund(["F", "PCC", 10, "Revenue", "2020/21"], ["F", "PCC", 20, "Capital", "2020/21"],
                     ["F", "PCC", 30, "Rev", "2021/22"], head=head)  # fmt: skip
        rows = award(["A1", "F", "A", 20, DAY, "Capital"], ["A2", "F", "A", 30, date(2021, 5, 1), "Revenue"],
                     head=("Ref", "Fund", "Organisation", "Awarded", "Date", "Rev/Cap"))  # fmt: skip
        assert not bring(session, workbook(Funds=funds, Awards=rows), undated=date(2020, 4, 1)).refused
        lines = session.scalars(select(Fund)).one().lines
        assert [(line.year, line.spend_type, line.allocated, line.remaining) for line in lines] == [
            (2020, SpendType.REVENUE, 1000, 1000), (2020, SpendType.CAPITAL, 2000, 0),
            (2021, SpendType.REVENUE, 3000, 0),
        ]  # fmt: skip

    def test_a_suspended_fund_is_suspended_after_its_rows_are_in(self, session: Session) -> None:
        rows = award(["R1", NAME, "A", 5, DAY, "Y"], head=("Ref", "Fund", "Organisation", "Awarded", "Date", "Paid?"))
        bring(session, workbook(Funds=fund([NAME, "PCC", "Own", 10, "On hold"]), Awards=rows))
        assert session.scalars(select(Fund)).one().status is FundStatus.SUSPENDED
        assert len(entries(session)) == 3

    def test_contracts_and_gifts(self, session: Session) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Type")
        rows = award(["C1", NAME, "A", None, DAY, "Contract"], [None, None, "B", None, None, "In-kind"],
                     [None, NAME, "B", 50, DAY, "In kind"], head=head)  # fmt: skip
        assert not bring(session, workbook(Funds=FUNDS, Awards=rows)).refused
        kept = session.scalars(select(Award).order_by(Award.id)).all()
        assert [(a.reference, a.type, a.estimated_value) for a in kept] == [
            ("C1", AwardType.CONTRACT, None), ("GIFT-001", AwardType.IN_KIND, None),
            ("GIFT-002", AwardType.IN_KIND, 5000),
        ]  # fmt: skip

    def test_bids(self, session: Session) -> None:
        bids: Rows = [["Title", "Funder", "Amount", "Status", "Submitted"], ["One", "HO", "£5", "Won", None],
                ["Two", "HO", "TBC", "Awaiting outcome", DAY], ["Three", "HO", None, None, None]]  # fmt: skip
        bring(session, workbook(Funds=FUNDS, Bids=bids))
        kept = session.scalars(select(Bid).order_by(Bid.id)).all()
        assert [(b.status.value, b.sought, b.submitted_on) for b in kept] == [
            ("won", 500, None), ("submitted", None, DAY), ("in development", None, None),
        ]  # fmt: skip


def _statements(session: Session, awards: int) -> int:
    """Count what the database is asked to bring so many awards in, each paid, and to know them all again."""
    asked: list[str] = []
    engine = session.get_bind()
    head = (*UNREFERENCED, "Paid?")
    rows = award(
        *([NAME, f"Organisation {i}", 5, DAY, f"Purpose {i} of {awards}", "Y"] for i in range(awards)), head=head
    )
    content = workbook(Funds=FUNDS, Awards=rows)
    listen = (engine, "before_cursor_execute", lambda _connection, _cursor, statement, *_: asked.append(statement))
    event.listen(*listen)
    taken = [bring(session, content).to_json()["taken"] for _ in range(2)]
    event.remove(*listen)
    assert taken == [awards, 0]
    return len(asked)


def test_twice_the_awards_ask_no_more_than_twice_of_the_database(session: Session) -> None:
    bring(session, workbook(Funds=FUNDS))
    few, many = _statements(session, 50), _statements(session, 100)
    assert many <= 2 * few
