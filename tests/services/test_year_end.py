"""The year end: statements exact to the penny, next year's fund, and what the funder's conditions stop."""

from datetime import date
from typing import Any

from fundtracker.domain.certificates import DEFAULT_CERTIFICATE, PlaceNotKnownError, check_certificate, fill_certificate
from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import NotEnoughLeftError, NotFoundRefusal, NothingToDoError, WrongStateError
from fundtracker.domain.refusals_year_end import YearBoundError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AccrualKind, Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services import allocations, funders, payments, variations
from fundtracker.services.accruals import AccrualDetails, record_accrual
from fundtracker.services.figures import as_at
from fundtracker.services.next_year import NextYear, follower, open_next_year
from fundtracker.services.statements import Statement, funds_of_year, grant_statement
from fundtracker.store.awards import Award
from fundtracker.store.funds import BudgetLine, Fund
from tests.books.builder import LATER, Books, pence

YEAR_END = date(2021, 3, 31)
NEXT = FinancialYear(2021)


def external(books: Books, allocated: str = "1,000", **more: Any) -> Fund:
    return books.fund(allocated, name="Safer Streets 2020", source=Source.EXTERNAL, **more)


def statement(books: Books, fund: Fund, year: int = 2020, day: date | None = None) -> Statement:
    when = as_at(books.session, day) if day else None
    return grant_statement(books.session, fund=fund, year=FinancialYear(year), when=when)


def accrue(books: Books, award: Award, amount: str, kind: AccrualKind = AccrualKind.ACCRUAL) -> None:
    line = award.lines[0]
    details = AccrualDetails(
        kind=kind, line=line.budget_line, award_line=line, amount=pence(amount), period_end=YEAR_END
    )
    books.change(record_accrual, details=details, by=Actor("tests"))


def receive(books: Books, fund: Fund, amount: str, on: date = LATER) -> None:
    books.do(funders.record_receipt, on, line=fund.lines[0], amount=amount)


def follow(books: Books, fund: Fund, carried: dict[BudgetLine, str] | None = None, **more: Any) -> Fund:
    moved = {line: pence(amount) for line, amount in (carried or {}).items()}
    details = NextYear(name="Safer Streets 2021", year=NEXT, carried=moved, **more)
    return books.do(open_next_year, date(2021, 4, 6), fund=fund, details=details).fund


class TestStatement:
    def test_in_arrears_the_funder_owes_what_was_spent(self, books: Books) -> None:
        """Example C of the field's rules."""
        fund = external(books, "550,000")
        books.pay(books.award(fund, "300,000"), "120,000")
        receive(books, fund, "80,000")

        stands = statement(books, fund).position

        assert (stands.allocation, stands.spending.expenditure) == (pence("550,000"), pence("120,000"))
        assert (stands.unspent, stands.debtor, stands.in_advance) == (pence("430,000"), pence("40,000"), 0)
        assert stands.balance.cash_position == pence("-40,000")

    def test_paid_accrued_and_prepaid_by_revenue_and_capital(self, books: Books) -> None:
        fund = external(books, "10,000")
        capital = books.line(fund, "5,000", year=2020, spend_type=SpendType.CAPITAL)
        first, second = books.award(fund, "4,000"), books.award(fund, "3,000")
        works = books.award(capital, "5,000")
        books.pay(first, "1,234.56")
        books.pay(second, "3,000")
        books.pay(works, "2,000", date(2021, 4, 2))
        accrue(books, first, "765.44")
        accrue(books, second, "500", AccrualKind.PREPAYMENT)
        accrue(books, works, "2,500.01")

        year = statement(books, fund)

        assert year.when.day == YEAR_END
        revenue, spent = year.position.spent[SpendType.REVENUE], year.position.spent[SpendType.CAPITAL]
        assert (revenue.paid, revenue.accrued, revenue.prepaid) == (pence("4,234.56"), pence("765.44"), pence("500"))
        assert (spent.paid, spent.accrued, spent.expenditure) == (0, pence("2,500.01"), pence("2,500.01"))
        assert year.position.spending.expenditure == pence("7,000.01")
        assert [row.spent.expenditure for row in year.schedule] == [pence("2,000"), pence("2,500"), pence("2,500.01")]
        assert (year.unexplained, year.scheduled) == (0, year.position.spending)
        assert (year.awarded, year.ledger) == (pence("12,000"), None)

    def test_an_accrual_of_no_award_is_in_the_schedule(self, books: Books) -> None:
        fund = external(books)
        books.award(fund, "600")
        details = AccrualDetails(kind=AccrualKind.ACCRUAL, line=fund.lines[0], amount=pence("250"), period_end=YEAR_END)
        books.change(record_accrual, details=details, by=Actor("tests"))

        year = statement(books, fund)

        assert [(row.award, row.spent.expenditure) for row in year.schedule][1:] == [("", pence("250"))]
        assert year.unexplained == 0

    def test_what_came_back_and_went_back(self, books: Books) -> None:
        """Example E: an award comes down, the refund is banked, and the funder has it back."""
        fund = external(books, "20,000")
        receive(books, fund, "20,000")
        award = books.award(fund, "10,000")
        books.pay(award, "10,000")
        books.do(variations.vary_award, line=award.lines[0], by="-1,500")
        books.do(payments.refund, line=award.lines[0], amount="1,500", lowers_award=True)
        books.do(funders.return_to_funder, line=fund.lines[0], amount="1,500", lowers_allocation=True)

        stands = statement(books, fund).position

        assert (stands.allocation, stands.spending.paid) == (pence("18,500"), pence("8,500"))
        assert (stands.balance.returned, stands.unspent) == (pence("1,500"), pence("10,000"))
        assert (stands.repayable, stands.debtor) == (pence("10,000"), 0)

    def test_more_than_the_grant_is_not_the_funder_s_to_meet(self, books: Books) -> None:
        fund = external(books, "1,000")
        books.pay(books.award(fund, "1,000"), "1,000")
        books.do(allocations.record_cut, line=fund.lines[0], amount="300")

        stands = statement(books, fund).position

        assert (stands.unspent, stands.claimable, stands.debtor) == (pence("-300"), pence("700"), pence("700"))

    def test_a_year_without_money_has_none(self, books: Books) -> None:
        fund = external(books)

        with books.refused(NotFoundRefusal, "2019/20"):
            statement(books, fund, 2019)
        assert list(funds_of_year(books.session, 2020)) == [fund]
        assert list(funds_of_year(books.session, 2021)) == []

    def test_later_entries_leave_the_day_as_it_was(self, books: Books) -> None:
        fund = external(books)
        award = books.award(fund, "600")
        books.pay(award, "500")
        before = statement(books, fund)

        books.pay(award, "100", date(2021, 4, 1))
        receive(books, fund, "1,000", date(2021, 5, 1))

        after = statement(books, fund)
        assert (after.position, after.schedule) == (before.position, before.schedule)


class TestNextYear:
    def test_copies_the_rules_and_carries_money_out_and_in(self, books: Books) -> None:
        fund = external(books, purpose="Safer streets", outcomes=("Less crime",), cost_centre="C100", subjective="4200")
        receive(books, fund, "1,000")
        books.pay(books.award(fund, "600"), "600")

        new = follow(books, fund, {fund.lines[0]: "400"}, reference="SS21", allocated=pence("2,000"))

        assert (new.reference, new.purpose, new.cost_centre, new.subjective) == (
            "SS21",
            "Safer streets",
            "C100",
            "4200",
        )
        assert [outcome.words for outcome in new.outcomes] == ["Less crime"]
        assert (new.follows, follower(books.session, fund)) == (fund, new)
        assert books.entries()[-3:] == [
            (Kind.ALLOCATION, pence("2,000")),
            (Kind.CARRY_FORWARD_OUT, pence("-400")),
            (Kind.CARRY_FORWARD_IN, pence("400")),
        ]
        assert (fund.lines[0].remaining, new.lines[0].allocated) == (0, pence("2,400"))

    def test_the_money_goes_with_what_is_carried(self, books: Books) -> None:
        fund = external(books)
        receive(books, fund, "1,000")
        books.pay(books.award(fund, "600"), "600")
        new = follow(books, fund, {fund.lines[0]: "300"})
        books.pay(books.award(new, "100", on=date(2021, 6, 1)), "100", date(2021, 6, 1))

        old = statement(books, fund, day=date(2021, 4, 30)).position
        this = statement(books, new, 2021, date(2021, 6, 30)).position

        assert (old.carried_out, old.cash_out, old.repayable, old.debtor) == (
            pence("300"), pence("300"), pence("100"), 0,
        )  # fmt: skip
        at_year_end = statement(books, fund)
        assert (at_year_end.position.carried_on, at_year_end.carry_decisions) == (pence("300"), ["PCC/D/2020/01"])
        assert (at_year_end.position.allocation, at_year_end.position.repayable) == (pence("1,000"), pence("100"))
        assert (this.allocation, this.carried_in, this.cash_in) == (0, pence("300"), pence("300"))
        assert (this.unspent, this.in_advance, this.debtor) == (pence("200"), pence("200"), 0)
        assert statement(books, fund, day=date(2021, 4, 30)).carry_decisions == ["PCC/D/2020/01"]

    def test_what_was_never_received_is_not_carried_as_money(self, books: Books) -> None:
        fund = external(books)
        books.pay(books.award(fund, "600"), "600")
        receive(books, fund, "600")
        books.do(allocations.carry_forward, date(2021, 4, 1), line=fund.lines[0], amount="400")

        old, this = statement(books, fund, day=date(2021, 4, 30)), statement(books, fund, 2021, date(2021, 4, 30))

        assert (old.position.debtor, old.position.repayable, old.position.cash_out) == (0, 0, 0)
        assert (this.position.funding, this.position.cash_in, this.position.in_advance) == (pence("400"), 0, 0)

    def test_more_than_is_left_records_nothing(self, books: Books) -> None:
        fund = external(books)
        books.award(fund, "600")

        with books.refused(NotEnoughLeftError, "£400.00 left", "£400.01"):
            follow(books, fund, {fund.lines[0]: "400.01"}, allocated=pence("1"))

    def test_one_fund_follows_in_a_later_year(self, books: Books) -> None:
        fund = external(books)
        with books.refused(NothingToDoError, "letter"):
            follow(books, fund, letter="HO/2021/7")
        follow(books, fund)

        with books.refused(WrongStateError, "Safer Streets 2021", "follows"):
            follow(books, fund)
        own = books.fund("10", year=2021)
        with books.refused(WrongStateError, "later financial year"):
            follow(books, own)


class TestYearBound:
    def test_is_not_carried_without_the_funder_s_letter(self, books: Books) -> None:
        """Edge case 15 of the field's rules."""
        fund = external(books, year_bound=True)

        with books.refused(YearBoundError, "PCC gave the money", "2020/21 only", "letter"):
            books.do(allocations.carry_forward, line=fund.lines[0], amount="400")
        with books.refused(YearBoundError, "letter"):
            follow(books, fund, {fund.lines[0]: "400"})

        new = follow(books, fund, {fund.lines[0]: "400"}, letter="HO/2021/7")

        assert (new.year_bound, new.lines[0].allocated) == (True, pence("400"))
        assert books.entry(-1).narrative == "Funder’s letter: HO/2021/7"


class TestCertificate:
    def test_fills_its_places_and_no_others(self, books: Books) -> None:
        facts = {"fund": "Safer Streets", "amount": "£7,000.01", "year": "2020/21", "funder": "Home Office"}

        filled = fill_certificate("", facts)

        assert filled == fill_certificate(DEFAULT_CERTIFICATE, facts)
        assert "£7,000.01 was spent from Safer Streets in 2020/21" in filled
        assert "{" not in filled
        check_certificate("{amount} of {fund}, {as_at}")
        with books.refused(PlaceNotKnownError, "{spent}", "{amount}"):
            check_certificate("{spent}")
        assert fill_certificate("{year} {later}", facts) == "2020/21 {later}"
