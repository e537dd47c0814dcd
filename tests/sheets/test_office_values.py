"""What the cells of an office's workbook hold: dates and amounts as text, `Paid?` in every form, merged cells."""

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from fundtracker.store.engine import open_engine
from tests.sheets.offices import FUNDS, award, awarded, bring, entries, fund, says, workbook

NAME = "Safer Roads Fund 2020"
ONE_AWARD = ["R1", NAME, "Wythall Parish Council", 810, date(2020, 5, 29)]


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite: how a workbook is laid out is nothing to the engine."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _comes_in(session: Session, content: bytes, **how: Any) -> dict[str, Any]:
    answer = bring(session, content, **how)
    assert not answer.refused, says(answer)
    return answer.to_json()


class TestValues:
    @pytest.mark.parametrize(
        "day",
        [
            "29/05/2020",
            "29/5/20",
            "29.05.2020",
            "2020-05-29",
            "29 May 2020",
            "Fri 29th May 20",
            datetime.combine(date(2020, 5, 29), time(9)),
        ],
    )
    def test_dates_may_be_text(self, session: Session, day: Any) -> None:
        _comes_in(session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, "A", 810, day])))
        assert awarded(session)["R1"][2] == date(2020, 5, 29)

    @pytest.mark.parametrize("amount", ["£1064", "1,064", 1064, 1064.0000000000001, " £1,064.00 ", "1.064k", "£ 1064"])
    def test_amounts_may_be_text(self, session: Session, amount: Any) -> None:
        _comes_in(session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, "A", amount, "29/05/2020"])))
        assert awarded(session)["R1"][1] == 106_400

    @pytest.mark.parametrize("amount", [None, "TBC", "n/a", "-"])
    def test_an_amount_that_is_not_stated_is_not_zero(self, session: Session, amount: Any) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Paid?")
        answer = _comes_in(
            session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, "A", amount, "29/5/20", "N"], head=head))
        )
        assert (awarded(session)["R1"][1], answer["sheets"][1]["amount_taken"]) == (0, "0.00")

    @pytest.mark.parametrize(
        ("paid", "expected"),
        [
            ("Y", [("payment", 81_000, date(2020, 5, 29))]),
            ("yes", [("payment", 81_000, date(2020, 5, 29))]),
            ("Yes - 1/11/2020", [("payment", 81_000, date(2020, 11, 1))]),
            ("Paid on 12th June 2020", [("payment", 81_000, date(2020, 6, 12))]),
            ("Y (12.06.20)", [("payment", 81_000, date(2020, 6, 12))]),
            (True, [("payment", 81_000, date(2020, 5, 29))]),
            (500, [("payment", 50_000, date(2020, 5, 29))]),
            ("£500", [("payment", 50_000, date(2020, 5, 29))]),
            (date(2020, 6, 30), [("payment", 81_000, date(2020, 6, 30))]),
            ("Paid 30/06/2020", [("payment", 81_000, date(2020, 6, 30))]),
            ("30 June 2020", [("payment", 81_000, date(2020, 6, 30))]),
            ("N", []), (None, []), ("n/a", []), ("Not yet", []), (0, []), (False, []),
        ],
    )  # fmt: skip
    def test_paid_may_be_a_word_an_amount_or_a_date(self, session: Session, paid: Any, expected: Any) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Paid?")
        _comes_in(session, workbook(Funds=FUNDS, Awards=award([*ONE_AWARD, paid], head=head)))
        assert entries(session)[2:] == expected

    def test_a_merged_fund_speaks_for_its_rows(self, session: Session) -> None:
        def merge(book: Workbook) -> None:
            book["Awards"].merge_cells("B2:B3")

        rows = award(ONE_AWARD, ["R2", None, "Wellington Town Council", 1, "1/6/20"])
        _comes_in(session, workbook(merge, Funds=FUNDS, Awards=rows))
        assert list(awarded(session)) == ["R1", "R2"]

    def test_a_fund_may_have_no_amount_and_be_called_by_its_reference(self, session: Session) -> None:
        head = ("Ref", "Fund", "Funder", "Amount")
        funds = fund(["SRF-A", NAME, "PCC", 280000], ["OPP", "Opportunity Fund", "Home Office", None], head=head)
        answer = _comes_in(session, workbook(Funds=funds, Awards=award(["R1", "srf-a", "A", 810, "29/5/20"])))
        assert [found["reference"] for found in answer["funds"]] == ["SRF-A", "OPP"]
        assert [kind for kind, _, _ in entries(session)] == ["allocation", "award"]
