"""Awards: what may be given to whom, from which lines, and what stays outside every sum."""

from datetime import date

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    DateRefusedError,
    FundNotOpenError,
    NotEnoughLeftError,
    NotFoundRefusal,
    NothingToDoError,
    ReasonMissingError,
    ReferenceTakenError,
    WrongStateError,
)
from fundtracker.domain.statuses import ApplicationStatus, AwardType, Basis, SpendType
from fundtracker.services import applications, awards, funds, variations
from fundtracker.services.awards import Share
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from tests.books.builder import DAY, LATER, Books, pence


def apply(books: Books, fund: Fund, asked_for: str | None) -> Application:
    details = applications.ApplicationDetails(
        fund=fund,
        organisation=books.organisation(),
        asked_for=None if asked_for is None else pence(asked_for),
    )
    return books.do(applications.log_application, DAY, details=details)


class TestRecordAward:
    def test_is_numbered_in_its_fund_and_says_who_it_benefits(self, books: Books) -> None:
        fund = books.fund("50,000", reference="CRF20")
        council = books.organisation("Weobley Parish Council")

        first = books.award(fund, "1,064", council, benefits="Weobley Support Group")
        second = books.award(fund, "1,680")

        assert (first.reference, second.reference) == ("CRF20-001", "CRF20-002")
        assert (first.organisation.name, first.benefits) == ("Weobley Parish Council", "Weobley Support Group")

    def test_over_two_funds_and_spend_types_takes_from_each(self, books: Books) -> None:
        roads, covid = books.fund("100"), books.fund("100", name="Covid-19 response fund")
        capital = books.line(roads, "50", year=2020, spend_type=SpendType.CAPITAL)

        award = books.award_shares(
            *(Share(line=line, amount=pence("40")) for line in (roads.lines[0], capital, covid.lines[0]))
        )

        assert [line.budget_line.remaining for line in award.lines] == [pence("60"), pence("10"), pence("60")]

    def test_one_short_line_refuses_all_of_it(self, books: Books) -> None:
        roads, covid = books.fund("100"), books.fund("30", name="Covid-19 response fund")

        with books.refused(NotEnoughLeftError, "£30.00 left in Covid-19 response fund", "£10.00 more"):
            books.award_shares(*(Share(line=fund.lines[0], amount=pence("40")) for fund in (roads, covid)))

    def test_twice_from_one_line_counts_both_parts(self, books: Books) -> None:
        line = books.fund("100").lines[0]

        with books.refused(NotEnoughLeftError, "£40.00 left", "£20.00 more"):
            books.award_shares(Share(line=line, amount=pence("60")), Share(line=line, amount=pence("60")))

    def test_needs_an_amount_and_a_reason(self, books: Books) -> None:
        fund = books.fund("100")

        with books.refused(ReasonMissingError, "Enter the reasons"):
            books.award(fund, "1", reasons=" ")
        with books.refused(NothingToDoError, "at least one budget line"):
            books.award_shares()
        with books.refused(NothingToDoError, "more than £0.00"):
            books.award_shares(Share(line=fund.lines[0], amount=pence(0)))

    def test_is_not_dated_before_its_line_was_allocated(self, books: Books) -> None:
        fund = books.fund("100")

        with books.refused(DateRefusedError, "was allocated on 1 April 2020"):
            books.award(fund, "1", on=date(2020, 3, 31))

    @pytest.mark.parametrize("kind", [AwardType.IN_KIND, AwardType.PAID_IN_ERROR])
    def test_takes_money_only_as_a_grant_or_contract(self, books: Books, kind: AwardType) -> None:
        fund = books.fund("100")

        with books.refused(WrongStateError, "grant or a contract"):
            books.award(fund, "1", type=kind)

    def test_keeps_the_offices_own_reference_once(self, books: Books) -> None:
        fund = books.fund("100")
        books.award(fund, "1", reference="RG/2020 7")

        with books.refused(ReferenceTakenError, "rg/2020 7"):
            books.award(fund, "1", reference="rg/2020 7")
        assert awards.find_award(books.session, " Rg/2020 7 ").reference == "RG/2020 7"
        with pytest.raises(NotFoundRefusal, match="no award with the reference X-1"):
            awards.find_award(books.session, "X-1")

    def test_of_a_long_fund_reference_still_has_room(self, books: Books) -> None:
        fund = books.fund("100", reference="R" * 40)

        award = books.award(fund, "1")
        payment = books.pay(award, "1")

        assert payment.reference == "R" * 40 + "-001/1"


class TestAwardFromApplication:
    def test_decides_it_in_full_or_in_part(self, books: Books) -> None:
        fund = books.fund("100")
        whole, part, unstated = apply(books, fund, "10"), apply(books, fund, "10"), apply(books, fund, None)

        books.award(fund, "10", application=whole, reasons="")
        award = books.award(fund, "9.99", application=part, reasons="")
        books.award(fund, "5", application=unstated, reasons="")

        assert [a.status for a in (whole, part, unstated)] == [
            ApplicationStatus.IN_FULL,
            ApplicationStatus.IN_PART,
            ApplicationStatus.IN_FULL,
        ]
        assert (award.asked_for, part.decided_on, part.decision_reference) == (pence("10"), LATER, "PCC/D/2020/01")

    def test_of_more_than_was_asked_for_needs_reasons(self, books: Books) -> None:
        fund = books.fund("100")
        application = apply(books, fund, "10")

        with books.refused(ReasonMissingError, "£10.01 is more than the £10.00 asked for"):
            books.award(fund, "10.01", application=application, reasons="")
        books.award(fund, "10.01", application=application, reasons="Prices rose")

        assert application.reasons == "Prices rose"

    def test_is_not_dated_before_the_application(self, books: Books) -> None:
        fund = books.fund("100")
        books.allocate(fund.lines[0], "1", date(2020, 3, 1))
        application = apply(books, fund, "60")

        with books.refused(DateRefusedError, "SRF20-A001 was received on 1 April 2020", "cannot be decided earlier"):
            books.award(fund, "60", on=date(2020, 3, 31), application=application)

    def test_decided_already_is_refused(self, books: Books) -> None:
        fund = books.fund("100")
        application = apply(books, fund, "10")
        books.award(fund, "10", application=application)

        with books.refused(WrongStateError, "SRF20-A001 is awarded in full already"):
            books.award(fund, "10", application=application)

    def test_waits_again_when_the_award_is_reversed(self, books: Books) -> None:
        fund = books.fund("100")
        application = apply(books, fund, "10")
        books.award(fund, "10", application=application)

        books.reverse(books.entry(-1).number)

        assert (application.status, application.decided_on) == (ApplicationStatus.RECEIVED, None)
        assert (application.decision_reference, application.reasons) == ("", "")
        books.award(fund, "10", application=application)


class TestMoneyToCome:
    def test_subject_to_funding_counts_as_nothing_until_it_is_settled(self, books: Books) -> None:
        fund = books.fund("100")
        following = books.line(fund, year=2021)

        award = books.award_shares(
            Share(line=fund.lines[0], amount=pence("60")),
            Share(line=following, amount=pence("70"), subject_to_funding=True),
        )

        waiting = award.lines[1]
        assert (waiting.basis, waiting.proposed, waiting.awarded) == (Basis.SUBJECT_TO_FUNDING, pence("70"), 0)
        with books.refused(NotEnoughLeftError, "£0.00 left"):
            books.do(awards.settle, line=waiting, amount="70")
        books.allocate(following, "70")
        books.do(awards.settle, line=waiting, amount="70")
        assert (waiting.awarded, following.remaining) == (pence("70"), 0)

    def test_not_stated_is_not_nothing(self, books: Books) -> None:
        award = books.award(books.fund("100"), None)

        line = award.lines[0]
        assert (line.basis, line.awarded, books.entries()[1:]) == (Basis.NOT_STATED, 0, [])
        with books.refused(WrongStateError, "no value on this line yet"):
            books.do(variations.vary_award, line=line, by="1")
        books.do(awards.settle, line=line, amount="30")
        assert books.entries()[1:] == [(Kind.AWARD, pence("30"))]

    def test_settled_for_all_that_was_asked_answers_the_application_in_full(self, books: Books) -> None:
        fund = books.fund("100")
        application = apply(books, fund, "30")
        award = books.award(fund, None, application=application)
        statuses = [application.status]

        books.do(awards.settle, line=award.lines[0], amount="30")

        assert [*statuses, application.status] == [ApplicationStatus.IN_PART, ApplicationStatus.IN_FULL]

    def test_is_settled_once_for_more_than_nothing(self, books: Books) -> None:
        fund = books.fund("100")
        award = books.award(fund, None)

        for amount in (0, -1):
            with books.refused(NothingToDoError, "more than £0.00"):
                books.do(awards.settle, line=award.lines[0], amount=amount)
        books.do(awards.settle, line=award.lines[0], amount="30")
        with books.refused(WrongStateError, "has its money on this line already"):
            books.do(awards.settle, line=award.lines[0], amount="30")

    def test_is_not_settled_before_it_was_awarded(self, books: Books) -> None:
        award = books.award(books.fund("100"), None)

        with books.refused(DateRefusedError, "was awarded on 30 June 2020", "cannot be dated earlier"):
            books.do(awards.settle, date(2020, 6, 29), line=award.lines[0], amount="1")
        books.do(awards.settle, line=award.lines[0], amount="1")

    def test_is_not_settled_on_a_withdrawn_award_or_a_closed_fund(self, books: Books) -> None:
        fund = books.fund("100")
        gone, late = books.award(fund, None), books.award(fund, None)
        books.do(variations.withdraw_award, award=gone, keep_paid=False)

        with books.refused(WrongStateError, "is withdrawn"):
            books.do(awards.settle, line=gone.lines[0], amount="1")
        books.do(funds.close_fund, fund=fund)
        with books.refused(FundNotOpenError, "is closed, so it takes no new award"):
            books.do(awards.settle, line=late.lines[0], amount="1")
