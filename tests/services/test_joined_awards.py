"""One award on several rows of a workbook: rows with one reference are one award, with a line for each."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import Doubt
from fundtracker.store.awards import Award
from tests.sheets.offices import Rows, award, bring, entries, fund, rows_in_books, says, workbook

DAY = date(2020, 5, 29)
FUNDS = fund(["Roads", "PCC", "Own", 100, "Open"], ["Streets", "HO", "External", 200, "Closed"])
HEAD = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Paid?")
JOINED = award(
    ["R1", "Roads", "A", 60, DAY, "Y"],
    ["R2", "Roads", "B", 40, DAY, None],
    ["r1", "Streets", "a ", 150, DAY, 50],
    head=HEAD,
)


def _one(session: Session, reference: str) -> Award:
    session.rollback()
    return session.scalars(select(Award).where(Award.reference == reference)).one()


class TestOneAwardOnTwoRows:
    def test_has_a_line_for_each_and_pays_each(self, session: Session) -> None:
        answer = bring(session, workbook(Funds=FUNDS, Awards=JOINED)).to_json()
        assert (answer["taken"], answer["amount_taken"]) == (5, "550.00")
        lines = _one(session, "R1").lines
        assert [(line.budget_line.fund.name, line.awarded, line.paid) for line in lines] == [
            ("Roads", 6_000, 6_000), ("Streets", 15_000, 5_000),
        ]  # fmt: skip
        assert _one(session, "R2").lines[0].to_pay == 4_000

    def test_adds_nothing_a_second_time_in_any_order(self, session: Session) -> None:
        bring(session, workbook(Funds=FUNDS, Awards=JOINED))
        before = rows_in_books(session)
        turned: Rows = [JOINED[0], *JOINED[:0:-1]]
        for rows in (JOINED, turned):
            assert bring(session, workbook(Funds=FUNDS, Awards=rows)).to_json()["already_there"] == 5
        assert rows_in_books(session) == before

    def test_that_differs_from_the_books_is_left_out_row_by_row(self, session: Session) -> None:
        bring(session, workbook(Funds=FUNDS, Awards=JOINED))
        answer = bring(session, workbook(Funds=FUNDS, Awards=JOINED[:3]))
        assert "R1 is there already with £210.00, and the file says £60.00" in says(answer)[0][3]
        assert (answer.refused, answer.to_json()["left_out"]) == ("", 1)

    def test_may_be_over_two_years_or_revenue_and_capital(self, session: Session) -> None:
        funds = fund(
            ["Roads", "PCC", 10, "2020/21", "Rev"], ["Roads", "PCC", 10, "2020/21", "Cap"],
            ["Roads", "PCC", 10, "2021/22", "Rev"], head=("Fund", "Funder", "Amount", "Year", "R/C"),
        )  # fmt: skip
        parts = [("2020/21", "R"), ("2020/21", "C"), ("2021/22", "R")]
        rows = award(*(["R1", "Roads", "A", 5, DAY, *part] for part in parts), head=(*HEAD[:5], "Year", "R/C"))
        assert not bring(session, workbook(Funds=funds, Awards=rows)).refused
        assert [line.awarded for line in _one(session, "R1").lines] == [500, 500, 500]

    def test_carries_the_doubt_of_either(self, session: Session) -> None:
        rows = award(
            ["R1", "Roads", "A", 5, None, None], ["R1", "Streets", "A", 6, None, "The split is illustrative"],
            head=(*HEAD[:5], "Notes"),
        )  # fmt: skip
        bring(session, workbook(Funds=FUNDS, Awards=rows))
        assert _one(session, "R1").amount_doubt is Doubt.ILLUSTRATIVE
        assert entries(session)[-1] == ("award", 600, date(2020, 4, 1))

    def test_may_award_no_more_than_each_line_has(self, session: Session) -> None:
        rows = award(["R1", "Roads", "A", 60, DAY], ["R1", "Streets", "A", 201, DAY])
        answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
        assert "Streets has £200.00 left to award, and row 3 awards £201.00: £1.00 more" in answer.refused


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["R1", "Streets", "B", 5, DAY, None], "that row is to A, not B"),
        (["R1", "Streets", "A", 5, DAY, "Contract"], "of another type"),
        (["R1", "Streets", "A", 5, date(2020, 5, 30), None], "another date"),
        (["R1", "Roads", "A", 5, DAY, None], "for the same fund (row 2)"),
        (["R1", "", "A", 5, DAY, "In kind"], "of another type"),
    ],
)
def test_other_rows_with_the_reference_are_refused(session: Session, row: list[Any], words: str) -> None:
    rows = award(["R1", "Roads", "A", 60, DAY, None], row, head=(*HEAD[:5], "Type"))
    answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
    refusing = [(problem.row, problem.says) for problem in answer.problems() if problem.refuses]
    assert [number for number, _ in refusing] == [3]
    assert refusing[0][1].startswith("R1 is row 2’s reference too, ")
    assert words in refusing[0][1]
