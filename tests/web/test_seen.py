"""What was checked is what is recorded: figures that moved since are shown again, and nothing is recorded on them."""

from collections.abc import Callable

import pytest

from fundtracker.services import allocations, payments, variations
from fundtracker.services.awards import find_award
from fundtracker.services.funders import record_receipt
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.office import SentForm
from tests.books.builder import Books
from tests.web.asking import approved, check_and_record, count, send
from tests.web.visitor import Visitor, hidden, words

DAY = {"on": "1 July 2020"}
WHY = {"narrative": "Typed wrongly", **DAY}
PAY = "/awards/SRF20-001/pay", {"amount": "90", **DAY}
REFUND = "/payments/SRF20-001/1/refund", {"amount": "150", "lowers": "yes", **DAY}
UNDO = "/entries/3/reverse", WHY
CORRECT = "/entries/3/correct", {"amount": "350", **WHY}
WRONG = "/payments/SRF20-001/1/wrong-organisation", {"organisation": "Wythall Parish Council", **WHY}
Sent = tuple[str, dict[str, str]]


@pytest.fixture
def fund(books: Books) -> Fund:
    """Allocate £1,000.00 (entry 1), award £600.00 of it (2) and pay £400.00 (3)."""
    fund = books.fund("1,000", reference="SRF20")
    award = books.award(fund, "600", to=books.organisation())
    books.organisation("Wythall Parish Council")
    books.pay(award, "400")
    return fund


def lower(books: Books) -> None:
    books.do(variations.vary_award, line=find_award(books.session, "SRF20-001").lines[0], by="-50")


def pay(books: Books) -> None:
    books.do(payments.pay, line=find_award(books.session, "SRF20-001").lines[0], amount="100")


@pytest.mark.parametrize("form", [PAY, REFUND, UNDO, CORRECT, WRONG], ids=lambda form: form[0])
@pytest.mark.parametrize("meanwhile", [lower, pay])
def test_an_award_that_moved_is_shown_again_with_what_moved_it(
    books: Books, officer: Visitor, fund: Fund, form: Sent, meanwhile: Callable[[Books], None]
) -> None:
    path, answers = form
    checked = send(officer, path, "check", **answers)
    meanwhile(books)
    entries = count(books, Entry)
    key, seen = hidden(checked, "once"), hidden(checked, "seen")
    refused = send(officer, path, "record", key, **answers, seen=seen)

    assert refused.status_code == 422
    assert "SRF20-001 has changed since you checked" in words(refused)
    assert "Nothing was recorded" in words(refused)
    assert count(books, Entry) == entries
    assert check_and_record(officer, path, **answers).status_code == 303


def test_a_run_refuses_the_rows_that_moved(books: Books, officer: Visitor, fund: Fund) -> None:
    line = find_award(books.session, "SRF20-001").lines[0].id
    run = {"tick": str(line), f"amount-{line}": "100", **DAY}
    checked = send(officer, "/payments/due", "check", **run)
    pay(books)
    refused = send(officer, "/payments/due", "record", hidden(checked, "once"), **run, seen=hidden(checked, "seen"))

    assert refused.status_code == 422
    assert "SRF20-001 has changed since you checked: payment, £100.00, by tests" in words(refused)
    assert count(books, Entry) == 4


def test_undoing_an_allocation_looks_at_its_fund(books: Books, officer: Visitor, fund: Fund) -> None:
    books.do(allocations.uplift, line=fund.lines[0], amount="50")
    checked = send(officer, "/entries/4/reverse", "check", **WHY)
    lower(books)
    seen = hidden(checked, "seen")
    refused = send(officer, "/entries/4/reverse", "record", hidden(checked, "once"), **WHY, seen=seen)

    assert refused.status_code == 422
    assert "The balance of Safer Roads Fund 2020 has moved since you checked: variation" in words(refused)


def test_one_receipt_recorded_by_two_people_is_shown_to_the_second(books: Books, officer: Visitor, fund: Fund) -> None:
    answers = {"amount": "300", **DAY}
    checked = send(officer, "/funds/SRF20/receipt", "check", **answers)
    books.do(record_receipt, line=fund.lines[0], amount="300")
    seen = hidden(checked, "seen")
    refused = send(officer, "/funds/SRF20/receipt", "record", hidden(checked, "once"), **answers, seen=seen)

    assert refused.status_code == 422
    assert "has moved since you checked: receipt, £300.00, by tests" in words(refused)


def test_an_allowance_set_meanwhile_is_shown(books: Books, officer: Visitor, fund: Fund) -> None:
    answers = {"amount": "300", "decision": "D1", **DAY}
    checked = send(officer, "/funds/SRF20/allowance", "check", **answers)
    books.do(allocations.allow_over, line=fund.lines[0], amount="100")
    seen = hidden(checked, "seen")
    refused = send(officer, "/funds/SRF20/allowance", "record", hidden(checked, "once"), **answers, seen=seen)

    assert refused.status_code == 422
    assert "has moved since you checked: allowance, £100.00, by tests" in words(refused)


def test_checked_again_and_sent_again_it_is_recorded_once(books: Books, officer: Visitor, fund: Fund) -> None:
    path, answers = PAY
    checked = send(officer, path, "check", **answers)
    key = hidden(checked, "once")
    done = send(officer, path, "record", key, **answers, seen=hidden(checked, "seen"))
    again = send(officer, path, "check", key, **answers)
    repeated = send(officer, path, "record", key, **answers, seen=hidden(again, "seen"))

    assert repeated.location == done.location
    approved(officer, done)
    assert count(books, Entry) == 4


@pytest.mark.parametrize("seen", ["9" * 40, "-1", "one", "²", "\x00", ""])
def test_a_garbled_mark_is_no_mark(officer: Visitor, fund: Fund, seen: str) -> None:
    answers = {"amount": "300", "decision": "D1", **DAY}
    for path in ("/funds/SRF20/receipt", "/funds/SRF20/reduction", "/awards/SRF20-001/pay"):
        said = answers | {"amount": "10"}
        assert send(officer, path, "record", **said, seen=seen).status_code == 303


def test_the_last_of_it_sent_twice_goes_to_the_same_place(books: Books, officer: Visitor, fund: Fund) -> None:
    """After a full refund nothing is left to come back, and after a withdrawal nothing to withdraw."""
    all_of_it = {**REFUND[1], "amount": "400"}
    for path, answers in ((REFUND[0], all_of_it), ("/awards/SRF20-001/withdraw", WHY)):
        checked = send(officer, path, "check", **answers)
        key, seen = hidden(checked, "once"), hidden(checked, "seen")
        once, again = (send(officer, path, "record", key, **answers, seen=seen) for _ in range(2))
        assert once.status_code == 303
        assert again.location == once.location
        assert count(books, SentForm) in (1, 2)
