"""Applications: logged, declined and withdrawn."""

from datetime import date, timedelta
from typing import Any

import pytest

from fundtracker.domain.refusals import (
    DateRefusedError,
    NotFoundRefusal,
    OutcomeMissingError,
    ReasonMissingError,
    WrongStateError,
)
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.domain.years import today
from fundtracker.services import applications
from fundtracker.store.applications import Application
from fundtracker.store.books import Book
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import DAY, LATER, Books, pence


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
    with transaction(books.session):
        books.session.get_one(Book, 1).closed_to = date(2020, 4, 30)

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
