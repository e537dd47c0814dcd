"""Forecasts: from the schedule, adjusted by an officer, and gone back on; the cliff edge and its histories."""

from datetime import date

import pytest

from fundtracker.domain.refusals import NothingToDoError
from fundtracker.domain.refusals_year_end import ReasonNeededError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AccrualKind, AwardType, Sureness
from fundtracker.domain.years import FinancialYear
from fundtracker.services import schedules
from fundtracker.services.accruals import AccrualDetails, record_accrual
from fundtracker.services.adjusting import ForecastChangedError, adjust_forecast, adjustments
from fundtracker.services.cliffs import Cliff, cliff_edge
from fundtracker.services.figures import as_at
from fundtracker.services.forecasts import Forecast, forecasts
from fundtracker.services.schedules import Planned
from fundtracker.store.funds import Fund
from tests.books.builder import LATER, Books, pence
from tests.web.asking import ask

ANN = Actor("Ann")
DAY = date(2020, 9, 21)
MARCH = date(2021, 3, 31)


def forecast(books: Books, fund: Fund, day: date = DAY, year: int = 2020) -> Forecast:
    return forecasts(books.session, as_at(books.session, day), FinancialYear(year))[fund.id]


def adjust(books: Books, fund: Fund, amount: str | None, reason: str = "Late start", as_read: int = 0) -> int:
    given = None if amount is None else pence(amount)
    record = books.change(
        adjust_forecast, fund=fund, year=FinancialYear(2020), amount=given, sure=Sureness.MEDIUM, reason=reason,
        as_read=as_read, by=ANN,
    )  # fmt: skip
    return record.id


@pytest.fixture
def planned_fund(books: Books, fund: Fund) -> Fund:
    """Award £900 of £5,000: £300 paid, £250 due by 31 March, and £350 after it."""
    award = books.award(fund, "900")
    due = [(LATER, "300"), (date(2020, 12, 1), "250"), (date(2021, 6, 1), "350")]
    planned = [Planned(due_on=on, amount=pence(amount)) for on, amount in due]
    books.do(schedules.set_schedule, line=award.lines[0], planned=planned)
    books.pay(award, "300", date(2020, 7, 1))
    return fund


class TestForecast:
    def test_spent_and_due_by_the_end_of_the_year_and_expected(self, books: Books, planned_fund: Fund) -> None:
        ask(books, planned_fund, "1,000")

        made = forecast(books, planned_fund)

        assert (made.spent.expenditure, made.due, made.pipeline) == (pence("300"), pence("250"), pence("1,000"))
        assert (made.worked_out, made.variance) == (pence("1,550"), pence("3,450"))
        assert made.words == "underspend of £3,450.00, low"

    def test_as_at_an_earlier_day(self, books: Books, planned_fund: Fund) -> None:
        made = forecast(books, planned_fund, LATER)

        assert (made.spent.expenditure, made.due) == (0, pence("550"))

    def test_what_waits_counts_up_to_what_is_left(self, books: Books, planned_fund: Fund) -> None:
        ask(books, planned_fund, "12,400")

        assert forecast(books, planned_fund).worked_out == pence("4,650")

    def test_what_is_accrued_is_not_due_as_well(self, books: Books, planned_fund: Fund) -> None:
        award_line = books.award_lines()[0]
        details = AccrualDetails(
            kind=AccrualKind.ACCRUAL, line=planned_fund.lines[0], award_line=award_line, amount=pence("100"),
            period_end=date(2020, 8, 31), reverses_on=date(2020, 10, 1),
        )  # fmt: skip
        books.change(record_accrual, details=details, by=ANN)

        made = forecast(books, planned_fund)

        assert (made.spent.expenditure, made.due, made.worked_out) == (pence("400"), pence("150"), pence("550"))

    def test_another_year_has_its_own_lines(self, books: Books, planned_fund: Fund) -> None:
        assert planned_fund.id not in forecasts(books.session, as_at(books.session, DAY), FinancialYear(2021))

    def test_a_fund_that_is_spent_is_on_its_allocation(self, books: Books) -> None:
        fund = books.fund("900", reference="COV20")
        books.pay(books.award(fund, "900"), "900")

        assert forecast(books, fund).words == "on its allocation, high"


class TestAdjusting:
    def test_an_officers_amount_stands_beside_the_schedules(self, books: Books, planned_fund: Fund) -> None:
        adjust(books, planned_fund, "5,100")
        books.session.rollback()

        made = forecasts(books.session, as_at(books.session), FinancialYear(2020))[planned_fund.id]

        assert (made.own, made.amount, made.variance) == (pence("5,100"), pence("5,100"), pence("-100"))
        assert made.words == "overspend of £100.00, medium"
        assert made.worked_out == pence("550")  # what is due in 2021/22 is not in it

    def test_it_did_not_stand_before_it_was_made(self, books: Books, planned_fund: Fund) -> None:
        adjust(books, planned_fund, "5,100")

        assert forecast(books, planned_fund).own is None

    def test_an_empty_amount_goes_back_and_all_is_kept(self, books: Books, planned_fund: Fund) -> None:
        first = adjust(books, planned_fund, "5,100")
        adjust(books, planned_fund, None, "The schedule is right", as_read=first)
        books.session.rollback()

        made = forecasts(books.session, as_at(books.session), FinancialYear(2020))[planned_fund.id]

        assert made.own is None
        kept = [(one.amount, one.reason) for one in adjustments(books.session, planned_fund)]
        assert kept == [(None, "The schedule is right"), (pence("5,100"), "Late start")]

    def test_two_officers_at_once(self, books: Books, planned_fund: Fund) -> None:
        adjust(books, planned_fund, "5,100")

        with books.refused(ForecastChangedError, "Ann changed this forecast to £5,100.00"):
            adjust(books, planned_fund, "4,000")

    def test_a_reason_is_needed_and_something_to_change(self, books: Books, planned_fund: Fund) -> None:
        with books.refused(ReasonNeededError):
            adjust(books, planned_fund, "4,000", " ")
        with books.refused(NothingToDoError):
            adjust(books, planned_fund, None)


class TestCliffs:
    def edge(self, books: Books, day: date = DAY, until: date = MARCH) -> list[Cliff]:
        return cliff_edge(books.session, as_at(books.session, day), until)

    def test_decide_by_with_the_time_to_procure_or_to_renew(self, books: Books, fund: Fund) -> None:
        contract = books.award(fund, "900", type=AwardType.CONTRACT, ends_on=MARCH)
        grant = books.award(fund, "100")

        made = [(one.award.reference, one.ends, one.decide_by, one.days_left, one.stated) for one in self.edge(books)]

        assert made == [
            (contract.reference, MARCH, date(2020, 10, 2), 11, True),
            (grant.reference, MARCH, date(2020, 12, 31), 101, False),
        ]
        assert self.edge(books, until=date(2021, 3, 30)) == []

    def test_a_year_of_it(self, books: Books, fund: Fund) -> None:
        books.award(fund, "1,460", starts_on=date(2019, 4, 1), ends_on=date(2023, 3, 30))
        books.award(fund, None)

        costs = {one.a_year for one in self.edge(books, until=date(2023, 3, 31))}

        assert costs == {pence("365"), None}

    def test_an_annual_grant_that_became_a_contract_is_one_history(self, books: Books, fund: Fund) -> None:
        first = books.award(fund, "300", on=LATER, ends_on=date(2020, 8, 31))
        second = books.award(fund, "310", on=LATER, follows=first, ends_on=MARCH)
        third = books.award(
            fund, "400", on=date(2020, 9, 1), type=AwardType.CONTRACT, follows=second, ends_on=date(2022, 3, 31)
        )

        (before, after) = (self.edge(books, LATER)[0], self.edge(books)[0])

        assert (before.award.reference, before.safe) == (second.reference, False)
        assert [one.reference for one in before.history] == [first.reference]
        assert (after.award.reference, after.safe) == (second.reference, True)
        assert after.after is not None
        assert after.after.reference == third.reference
