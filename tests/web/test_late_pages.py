"""What comes late: a day in a closed period is refused, and the form offers to date it today with its own day noted."""

from datetime import date

from fundtracker.domain.years import long_date, today
from tests.books.builder import Books
from tests.web.asking import approved
from tests.web.visitor import Visitor, words

MAY = "7 May 2020"
OFFER = "note the date above as its original date"


def test_a_late_payment_is_dated_today_with_its_own_day_noted(books: Books, officer: Visitor) -> None:
    books.award(books.fund("10,000", reference="SRF20"), "9,000", on=date(2020, 5, 1))
    books.close(date(2020, 6, 30))
    pay = "/awards/SRF20-001/pay"
    assert OFFER not in words(officer.get(pay))
    typed = {"amount": "100", "on": MAY, "voucher": "V1"}
    refused = officer.post(pay, step="check", once=officer.key(pay), **typed)
    assert refused.status_code == 422
    assert "The books are closed to 30 June 2020" in words(refused)
    assert OFFER in words(refused)
    checked = officer.post(pay, step="check", late="yes", once=officer.key(pay), **typed)
    assert f"dated today, {long_date(today())}, with the date above noted" in words(checked)
    assert 'name="late" value="yes"' in checked.text
    key = officer.key(pay)
    approved(officer, officer.post(pay, step="record", late="yes", once=key, **typed))
    entry = books.entry(-1)
    assert (entry.on_date, entry.original_date) == (today(), date(2020, 5, 7))


def test_the_tick_changes_no_day_of_an_open_period(books: Books, officer: Visitor) -> None:
    books.award(books.fund("10,000", reference="SRF20"), "9,000", on=date(2020, 5, 1))
    pay = "/awards/SRF20-001/pay"
    approved(officer, officer.post(pay, step="record", late="yes", amount="100", on=MAY, once=officer.key(pay)))
    assert (books.entry(-1).on_date, books.entry(-1).original_date) == (date(2020, 5, 7), None)


def test_the_first_allocation_of_a_fund_that_comes_late_is_dated_today(books: Books, officer: Visitor) -> None:
    books.close(date(2020, 6, 30))
    form = {"name": "Late Fund", "funder": "PCC", "source": "own", "year": "2020/21", "spend_type": "revenue",
            "amount": "500", "on": MAY, "decision": "D/1", "objective": ""}  # fmt: skip
    refused = officer.post("/funds/new", step="check", once=officer.key("/funds/new"), **form)
    assert OFFER in words(refused)
    sent = officer.post("/funds/new", step="record", late="yes", once=officer.key("/funds/new"), **form)
    assert sent.status_code == 303
    assert books.entry(-1).original_date == date(2020, 5, 7)
