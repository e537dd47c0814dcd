"""Funds: opening, finding, suspending, closing and reopening one."""

from collections.abc import Callable

import pytest

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.references import ReferenceNotAllowedError
from fundtracker.domain.refusals import (
    FundNotOpenError,
    NameMissingError,
    NotFoundRefusal,
    ReferenceTakenError,
    WrongStateError,
)
from fundtracker.domain.statuses import FundStatus, SpendType
from fundtracker.domain.text import TextNotAllowedError
from fundtracker.services import allocations, applications, funders, funds, payments, variations
from fundtracker.services.events import events_of
from tests.books.builder import Books, pence


class TestOpening:
    def test_gives_a_reference_of_its_initials_and_year(self, books: Books) -> None:
        assert [books.fund().reference, books.fund().reference] == ["SRF20", "SRF20B"]

    def test_keeps_the_offices_own_reference_once(self, books: Books) -> None:
        fund = books.fund(reference="CRF")

        with books.refused(ReferenceTakenError, "crf is another fund's reference"):
            books.fund(reference="crf")
        with books.refused(ReferenceNotAllowedError, "“=CRF” cannot be a reference"):
            books.fund(reference="=CRF")
        assert funds.find_fund(books.session, " crf ") is fund
        with pytest.raises(NotFoundRefusal, match="no fund with the reference XYZ"):
            funds.find_fund(books.session, "XYZ")

    def test_needs_a_name_that_every_engine_can_keep(self, books: Books) -> None:
        with books.refused(NameMissingError, "Enter the fund's name"):
            books.fund(name="  ")
        assert books.fund(name="N" * 400).name == "N" * 400
        with books.refused(TextNotAllowedError, "401 characters long", "400 or fewer"):
            books.fund(name="N" * 401)

    def test_keeps_the_outcomes_it_asks_for_in_order(self, books: Books) -> None:
        fund = books.fund(outcomes=("Fewer casualties", "Less ‘fear’ of collisions"))

        assert fund.outcome_needed
        assert [outcome.words for outcome in fund.outcomes] == ["Fewer casualties", "Less ‘fear’ of collisions"]

    def test_has_one_line_for_a_year_lot_and_spend_type(self, books: Books) -> None:
        fund = books.fund()

        same = books.line(fund, year=2020, lot=" ")
        other = books.line(fund, year=2020, spend_type=SpendType.CAPITAL)

        assert same is fund.lines[0]
        assert fund.lines == [same, other]


class TestAnotherLine:
    def test_opens_at_zero_once(self, books: Books) -> None:
        fund = books.fund("100")

        line = books.do(funds.open_line, fund=fund, year=2021, lot="Lot 2", spend_type=SpendType.CAPITAL)
        told = events_of(books.session, fund)[-1]
        assert (told.kind, told.narrative) == (EventKind.LINE_OPENED, "2021/22 capital, Lot 2.")

        assert (line.allocated, line.year, len(fund.lines)) == (0, 2021, 2)
        with books.refused(WrongStateError, "has a line of 2021/22 capital for Lot 2 already"):
            books.do(funds.open_line, fund=fund, year=2021, lot=" Lot  2", spend_type=SpendType.CAPITAL)

    def test_is_refused_of_a_closed_fund(self, books: Books) -> None:
        fund = books.fund("100")
        books.do(funds.close_fund, fund=fund)

        with books.refused(FundNotOpenError, "takes no new budget line"):
            books.do(funds.open_line, fund=fund, year=2021)


class TestClosedFund:
    def test_takes_nothing_new_and_finishes_the_rest(self, books: Books) -> None:
        fund, other = books.fund("100"), books.fund(name="Covid-19 response fund")
        award = books.award(fund, "50")
        details = applications.ApplicationDetails(fund=fund, organisation=award.organisation, asked_for=None)
        books.do(funds.close_fund, fund=fund)

        with books.refused(FundNotOpenError, "is closed, so it takes no new award"):
            books.award(fund, "1")
        with books.refused(FundNotOpenError, "is closed, so it takes no new application"):
            books.do(applications.log_application, details=details)
        books.pay(award, "50")
        books.do(payments.refund, line=award.lines[0], amount="10", lowers_award=True)
        books.do(allocations.transfer, source=fund.lines[0], target=other.lines[0], amount="60")
        books.do(variations.withdraw_award, award=award, keep_paid=True)

        assert (fund.lines[0].allocated, fund.lines[0].remaining) == (pence("40"), 0)

    def test_is_open_again_when_reopened(self, books: Books) -> None:
        fund = books.fund("100")
        books.do(funds.close_fund, fund=fund)

        books.do(funds.reopen_fund, fund=fund)

        assert books.award(fund, "1").lines[0].awarded == pence("1")


class TestAuthorityToSpend:
    @pytest.mark.parametrize("verb", [allocations.allocate, allocations.uplift, allocations.allow_over])
    def test_takes_no_new_authority_to_spend(self, books: Books, verb: Callable[..., object]) -> None:
        fund = books.fund("1,000")
        books.do(funds.close_fund, fund=fund)

        with books.refused(FundNotOpenError, "is closed, so it takes no new", "Reopen the fund first"):
            books.do(verb, line=fund.lines[0], amount="1")

    def test_has_nothing_moved_into_it(self, books: Books) -> None:
        fund, other = books.fund("1,000"), books.fund("500", name="Covid-19 response fund")
        books.do(funds.close_fund, fund=fund)

        with books.refused(FundNotOpenError, "Safer Roads Fund 2020 is closed, so it takes no new transfer"):
            books.do(allocations.transfer, source=other.lines[0], target=fund.lines[0], amount="1")

    def test_still_records_what_the_funder_does_and_what_is_left(self, books: Books) -> None:
        fund = books.fund("1,000")
        line = fund.lines[0]
        books.do(allocations.allow_over, line=line, amount="100")
        books.do(funds.close_fund, fund=fund)

        books.do(funders.record_receipt, line=line, amount="900")
        books.do(allocations.record_cut, line=line, amount="100")
        books.do(allocations.reduce, line=line, amount="50")
        books.do(allocations.set_allowance, line=line, allowance=pence("0"))
        books.do(funders.return_to_funder, line=line, amount="50")
        books.do(allocations.carry_forward, line=line, amount="850")

        assert (line.allocated, line.over_allowed, fund.lines[1].allocated) == (0, 0, pence("850"))

    def test_a_suspended_one_takes_an_uplift_decided_meanwhile(self, books: Books) -> None:
        fund = books.fund("1,000")
        books.do(funds.suspend_fund, fund=fund)

        books.do(allocations.uplift, line=fund.lines[0], amount="1")

        assert fund.lines[0].allocated == pence("1,001")


def test_each_state_leads_only_where_it_may(books: Books) -> None:
    fund = books.fund()
    with books.refused(WrongStateError, "is open already"):
        books.do(funds.reopen_fund, fund=fund)
    books.do(funds.suspend_fund, fund=fund)
    with books.refused(WrongStateError, "is suspended. Only an open fund"):
        books.do(funds.suspend_fund, fund=fund)
    with books.refused(FundNotOpenError, "is suspended, so it takes no new award"):
        books.award(fund, "1")
    books.do(funds.close_fund, fund=fund)
    with books.refused(WrongStateError, "is closed already"):
        books.do(funds.close_fund, fund=fund)
    with books.refused(WrongStateError, "is closed. Only an open fund"):
        books.do(funds.suspend_fund, fund=fund)
    books.do(funds.reopen_fund, fund=fund)

    assert fund.status is FundStatus.OPEN
