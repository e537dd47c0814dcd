"""Applications: logged, declined, withdrawn and reopened."""

from datetime import date, timedelta
from typing import Any

import pytest

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import (
    DateRefusedError,
    LoggedBeforeError,
    NotFoundRefusal,
    OutcomeMissingError,
    ReasonMissingError,
    WrongStateError,
)
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.domain.years import today
from fundtracker.services import applications
from fundtracker.services.events import events_of
from fundtracker.services.organisations import merge
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from tests.books.builder import DAY, LATER, Books, particulars, pence


def details(books: Books, fund: Fund, **more: Any) -> applications.ApplicationDetails:
    given = {"asked_for": pence("10"), "organisation": books.organisation(), **more}
    return applications.ApplicationDetails(fund=fund, **given)


def logged(books: Books, fund: Fund, on: date = DAY, **more: Any) -> Application:
    return books.do(applications.log_application, on, details=details(books, fund, **more))


def test_is_numbered_in_its_fund_and_found_by_its_reference(books: Books) -> None:
    fund = books.fund()

    assert [logged(books, fund).reference for _ in range(2)] == ["SRF20-A001", "SRF20-A002"]
    assert applications.find_application(books.session, "srf20-a002").reference == "SRF20-A002"
    with pytest.raises(NotFoundRefusal, match="no application with the reference SRF20-A3"):
        applications.find_application(books.session, "SRF20-A3")


def test_names_an_outcome_where_its_fund_asks_for_one(books: Books) -> None:
    fund, other = books.fund(outcomes=("Fewer casualties",)), books.fund(outcomes=("Less fear",))

    for outcomes in ((), tuple(other.outcomes)):
        wrong = details(books, fund, outcomes=outcomes)
        with books.refused(OutcomeMissingError, "Choose at least one outcome"):
            books.do(applications.log_application, details=wrong)
    assert logged(books, fund, outcomes=tuple(fund.outcomes)).outcomes == fund.outcomes


def test_is_not_received_in_the_future(books: Books) -> None:
    wrong = details(books, books.fund())

    with books.refused(DateRefusedError, "has not come yet"):
        books.do(applications.log_application, today() + timedelta(days=1), details=wrong)


def test_keeps_its_day_in_a_period_that_is_closed_for_money(books: Books) -> None:
    fund = books.fund()
    books.close(date(2020, 4, 30))

    application = logged(books, fund, DAY)
    books.do(applications.decline, DAY, application=application, reasons="Too late")

    assert (application.received_on, application.decided_on) == (DAY, DAY)


def test_is_declined_with_reasons_and_once(books: Books) -> None:
    application = logged(books, books.fund())

    with books.refused(ReasonMissingError, "Enter the reasons for declining"):
        books.do(applications.decline, application=application, reasons=" ")
    with books.refused(DateRefusedError, "has not come yet"):
        books.do(applications.decline, today() + timedelta(days=1), application=application, reasons="No")
    books.do(applications.decline, application=application, reasons="Outside the area")

    assert (application.status, application.decided_on) == (ApplicationStatus.DECLINED, LATER)
    with books.refused(WrongStateError, "SRF20-A001 is declined already"):
        books.do(applications.decline, application=application, reasons="Again")
    with books.refused(WrongStateError, "SRF20-A001 is declined already"):
        books.do(applications.withdraw_application, application=application)


def test_is_withdrawn_before_it_is_decided(books: Books) -> None:
    fund = books.fund("100")
    application = logged(books, fund)

    books.do(applications.withdraw_application, application=application)

    assert application.status is ApplicationStatus.WITHDRAWN
    with books.refused(WrongStateError, "is withdrawn already"):
        books.award(fund, "1", application=application)
    assert fund.lines[0].awarded == 0


@pytest.mark.parametrize("verb", [applications.decline, applications.withdraw_application])
def test_is_reopened_and_its_history_keeps_what_was_decided(books: Books, verb: Any) -> None:
    application = logged(books, books.fund())
    reasons: dict[str, Any] = {"reasons": "Outside the area"} if verb is applications.decline else {}
    books.do(verb, application=application, **reasons)

    with books.refused(ReasonMissingError, "Enter why it is reopened"):
        books.do(applications.reopen_application, application=application)
    why = particulars(narrative="The wrong one was chosen")
    books.change(applications.reopen_application, application=application, particulars=why)

    assert (application.status, application.decided_on) == (ApplicationStatus.RECEIVED, None)
    assert (application.decided_by, application.decision_reference, application.reasons) == ("", "", "")
    told = events_of(books.session, application)[-1]
    assert told.kind is EventKind.APPLICATION_REOPENED
    assert "on 30 June 2020 by tests" in told.narrative
    assert told.narrative.endswith("The wrong one was chosen")
    assert ("Outside the area" in told.narrative) is bool(reasons)
    books.award(application.fund.lines[0], None, application=application)


def test_is_not_reopened_where_it_waits_is_awarded_or_before_it_was_decided(books: Books) -> None:
    fund = books.fund("100")
    waits, awarded, declined = logged(books, fund), logged(books, fund), logged(books, fund)
    books.award(fund, "10", application=awarded)
    books.do(applications.decline, application=declined, reasons="No")

    def reopen(application: Application, on: date = LATER) -> None:
        facts = particulars(on, narrative="A mistake")
        books.change(applications.reopen_application, application=application, particulars=facts)

    with books.refused(WrongStateError, "SRF20-A001 waits for a decision already"):
        reopen(waits)
    with books.refused(WrongStateError, "SRF20-A002 is awarded in full", "Undo the entry"):
        reopen(awarded)
    with books.refused(DateRefusedError, "SRF20-A003 was declined on 30 June 2020"):
        reopen(declined, LATER - timedelta(days=1))


def test_is_asked_about_where_one_like_it_waits(books: Books) -> None:
    fund, other = books.fund(), books.fund(name="Reserve", reference="RES20")
    first, unstated = logged(books, fund), logged(books, other, asked_for=None)

    def look(fund: Fund, **more: Any) -> None:
        applications.check_not_logged(books.session, details(books, fund, organisation=first.organisation, **more))

    with pytest.raises(LoggedBeforeError, match=r"asked this fund for £10.00 on 1 April 2020.*waits: SRF20-A001"):
        look(fund)
    with pytest.raises(LoggedBeforeError, match=f"with no amount stated.*waits: {unstated.reference}"):
        applications.check_not_logged(
            books.session, details(books, other, organisation=unstated.organisation, asked_for=None)
        )
    look(fund, asked_for=pence("11"))
    look(fund, asked_for=None)
    look(other)
    books.do(applications.decline, application=first, reasons="No")
    look(fund)


def test_is_asked_about_under_every_name_of_an_organisation(books: Books) -> None:
    riders, club = books.organisation("Telford Riders"), books.organisation("Telford Cycling Club")
    fund = books.fund()
    logged(books, fund, organisation=riders)
    books.do(merge, organisation=riders, into=club)

    with pytest.raises(LoggedBeforeError):
        applications.check_not_logged(books.session, details(books, fund, organisation=club))
