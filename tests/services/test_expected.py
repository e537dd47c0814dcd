"""Expected from funders: filled by receipts oldest first, overdue, sent and dropped; and both sides of the cash."""

from datetime import date, timedelta
from typing import Any

import pytest

from fundtracker.domain.refusals import DateRefusedError, NothingToDoError, WrongStateError
from fundtracker.domain.refusals_year_end import DatesInOrderError, NotExternalError, ReasonNeededError
from fundtracker.domain.spending import fill_in_order
from fundtracker.domain.statuses import ExpectedKind, Source
from fundtracker.domain.years import today
from fundtracker.services import allocations, funders, funds, payments
from fundtracker.services.events import events_of
from fundtracker.services.expected import (
    ExpectedDetails,
    drop_expected,
    expect_receipt,
    expectations,
    find_expected,
    submit_claim,
)
from fundtracker.services.figures import as_at
from fundtracker.services.owing import Sums, both_sides, summed
from fundtracker.services.posting import Particulars
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.store.funds import Fund
from tests.books.builder import Books, particulars, pence

SOON = today() + timedelta(days=30)


def expect(books: Books, fund: Fund, amount: str, due_on: date, **more: object) -> ExpectedReceipt:
    facts: dict[str, Any] = {"kind": ExpectedKind.INSTALMENT, **more}
    details = ExpectedDetails(line=fund.lines[0], amount=pence(amount), due_on=due_on, **facts)
    return books.do(expect_receipt, today(), details=details)


def because(why: str, on: date | None = None) -> Particulars:
    return particulars(on or today(), narrative=why)


def states(books: Books) -> list[tuple[int, str]]:
    return [(one.outstanding, one.state) for one in expectations(books.session, as_at(books.session))]


def sides(books: Books, fund: Fund) -> Sums:
    return both_sides(books.session, as_at(books.session), fund)[0].sums


@pytest.mark.parametrize(
    ("received", "filled"),
    [(0, [0, 0]), (99, [99, 0]), (100, [100, 0]), (101, [100, 1]), (500, [100, 200]), (-5, [0, 0])],
)
def test_the_first_is_filled_first(received: int, filled: list[int]) -> None:
    assert fill_in_order([100, 200], received) == filled


class TestExpected:
    def test_receipts_fill_the_oldest_first(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL)
        expect(books, fund, "400", SOON)
        expect(books, fund, "300", date(2020, 7, 1))
        expect(books, fund, "300", date(2020, 10, 1), kind=ExpectedKind.CLAIM)
        assert [state for _, state in states(books)] == ["overdue", "overdue", "expected"]

        books.do(funders.record_receipt, line=fund.lines[0], amount="450")

        assert states(books) == [(0, "received"), (pence("150"), "overdue"), (pence("400"), "expected")]
        books.do(funders.record_receipt, line=fund.lines[0], amount="250")
        assert states(books)[2] == (pence("300"), "received in part")
        books.reverse(-1)
        assert states(books)[1] == (pence("150"), "overdue")

    def test_another_line_s_receipt_fills_nothing(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL)
        expect(books, fund, "400", SOON)
        other = books.line(fund, "100", year=2021)

        books.do(funders.record_receipt, line=other, amount="100")

        assert states(books) == [(pence("400"), "expected")]

    def test_a_claim_is_sent_once(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL)
        claim, instalment = expect(books, fund, "400", SOON, kind=ExpectedKind.CLAIM), expect(books, fund, "1", SOON)
        assert states(books)[0][1] == "to be claimed"

        books.do(submit_claim, row=claim)

        assert states(books)[0][1] == "expected"
        assert "Claim of £400.00 sent to PCC." in events_of(books.session, fund)[-1].narrative
        with books.refused(WrongStateError, "sent on 30 June 2020"):
            books.do(submit_claim, row=claim)
        with books.refused(WrongStateError, "instalment"):
            books.do(submit_claim, row=instalment)

    def test_dropped_is_expected_no_more_and_says_why(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL)
        row = expect(books, fund, "400", SOON)
        with books.refused(ReasonNeededError, "why"):
            books.do(drop_expected, today(), row=row)
        with books.refused(DateRefusedError, "cannot be dropped before"):
            books.change(drop_expected, row=row, particulars=because("Late", date(2020, 4, 1)))

        books.change(drop_expected, row=row, particulars=because("The funder pays in one sum"))

        assert find_expected(books.session, row.id).dropped_why == "The funder pays in one sum"
        assert states(books) == [(pence("400"), "dropped")]
        assert sides(books, fund).expected == 0
        with books.refused(WrongStateError, "The funder pays in one sum"):
            books.change(drop_expected, row=row, particulars=because("Again"))

    def test_refusals(self, books: Books) -> None:
        own, fund = books.fund("100"), books.fund("1,000", name="Safer Streets", source=Source.EXTERNAL)

        with books.refused(NotExternalError, "own money"):
            expect(books, own, "10", SOON)
        with books.refused(NothingToDoError, "more than £0.00"):
            expect(books, fund, "0", SOON)
        with books.refused(DatesInOrderError, "1 April 2020"):
            expect(books, fund, "1", SOON, period_from=date(2020, 4, 2), period_to=date(2020, 4, 1))
        with books.refused(DateRefusedError, "has not come yet"):
            expect(books, fund, "1", SOON, kind=ExpectedKind.CLAIM, submitted_on=SOON)


class TestBothSides:
    def test_to_pay_is_due_held_or_later(self, books: Books) -> None:
        fund, waits = books.fund("1,000"), books.fund("1,000", name="Another")
        books.award(fund, "300")
        books.award(waits, "200")
        books.do(funds.suspend_fund, fund=waits)

        both = summed(one.sums for one in both_sides(books.session, as_at(books.session)))

        assert (both.to_pay, both.due, both.held, both.later) == (pence("500"), pence("300"), pence("200"), 0)

    def test_what_comes_and_what_goes(self, books: Books) -> None:
        """Example C of the field's rules: paid before it was received."""
        fund = books.fund("550,000", source=Source.EXTERNAL)
        books.pay(books.award(fund, "300,000"), "120,000")
        books.do(funders.record_receipt, line=fund.lines[0], amount="80,000")
        expect(books, fund, "80,000", date(2020, 5, 1))
        expect(books, fund, "40,000", date(2020, 8, 1))

        sums = sides(books, fund)

        assert (sums.cash_position, sums.expected, sums.overdue) == (pence("-40,000"), pence("40,000"), pence("40,000"))
        assert (sums.to_pay, sums.owed_by_us, sums.owed_to_us) == (pence("180,000"), pence("180,000"), pence("40,000"))

    def test_to_return_is_what_is_held_and_promised_to_nobody(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL)
        award = books.award(fund, "600")
        books.pay(award, "500")
        books.do(funders.record_receipt, line=fund.lines[0], amount="1,000")
        assert sides(books, fund).to_return == 0

        books.do(funds.close_fund, fund=fund)
        assert sides(books, fund).to_return == pence("400")
        books.do(funders.return_to_funder, line=fund.lines[0], amount="150", lowers_allocation=True)
        assert sides(books, fund).to_return == pence("250")
        books.do(allocations.carry_forward, line=fund.lines[0], amount="250")
        assert sides(books, fund).to_return == 0

    def test_money_of_one_year_goes_back_when_it_is_over(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL, year_bound=True)
        books.do(funders.record_receipt, line=fund.lines[0], amount="900")

        assert sides(books, fund).to_return == pence("900")

    def test_what_is_carried_on_goes_back_only_as_far_as_it_is_owed_to_nobody(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL, year_bound=True)
        books.do(funders.record_receipt, line=fund.lines[0], amount="950")
        books.pay(books.award(fund, "900"), "100")

        books.do(allocations.carry_forward, line=fund.lines[0], amount="100", letter="HO/7")

        assert (sides(books, fund).to_pay, sides(books, fund).to_return) == (pence("800"), pence("50"))

    def test_our_own_money_owes_no_funder_and_the_office_adds_up(self, books: Books) -> None:
        own, fund = books.fund("1,000"), books.fund("70", name="Safer Streets", source=Source.EXTERNAL)
        award = books.award(own, "600")
        books.pay(award, "600")
        books.do(payments.refund, line=award.lines[0], amount="100", lowers_award=False)
        expect(books, fund, "70", SOON)

        both = both_sides(books.session, as_at(books.session))

        assert [one.fund.name for one in both] == ["Safer Roads Fund 2020", "Safer Streets"]
        assert both[0].sums == Sums(to_pay=pence("100"), due=pence("100"))
        assert summed(one.sums for one in both).owed_to_us == pence("70")

    def test_an_earlier_day_is_told_as_it_stood(self, books: Books) -> None:
        fund = books.fund("550,000", source=Source.EXTERNAL)
        books.pay(books.award(fund, "300,000"), "120,000")
        late = expect(books, fund, "80,000", date(2020, 8, 1))
        expect(books, fund, "40,000", SOON)
        books.change(drop_expected, row=late, particulars=because("It will not come"))
        books.do(funders.record_receipt, today(), line=fund.lines[0], amount="1,000")

        then, now = as_at(books.session, date(2021, 3, 31)), as_at(books.session)
        (before,), (after,) = both_sides(books.session, then, by_day=False), both_sides(books.session, now)

        assert (before.sums.expected, before.sums.overdue) == (pence("80,000"), pence("80,000"))
        assert (before.sums.to_pay, before.sums.cash_position) == (pence("180,000"), pence("-120,000"))
        assert (after.sums.expected, after.sums.cash_position) == (pence("39,000"), pence("-119,000"))
