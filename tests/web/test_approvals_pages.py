"""Requests on the pages: asked for, looked at, approved by another person, sent back, changed, withdrawn."""

from collections.abc import Callable

import pytest

from fundtracker.domain.roles import Role
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.services.variations import vary_award
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask, check_and_send, count, other, send
from tests.web.visitor import Visitor, hidden, words

DECIDE = "/applications/SRF20-A001/decide"
ANSWERS = {"answer": "part", "amounts-0": "4,000", "organisation": "Wellington Town Council", "purpose": "Crossings",
           "reasons": "Meets two outcomes", "on": "30 June 2020", "type": "grant"}  # fmt: skip
SAID = {"on": "1 July 2020", "decision": "PCC/D/2020/40", "narrative": "As the board agreed"}


@pytest.fixture
def manager(signed_in: Callable[[Role], Visitor]) -> Visitor:
    return signed_in(Role.MANAGER)


@pytest.fixture
def asked(books: Books, officer: Visitor, roads: Fund) -> str:
    """Send an award of £4,000.00 for approval, and give the address of the request."""
    ask(books, roads)
    return str(check_and_send(officer, DECIDE, **ANSWERS).location)


def test_what_is_asked_waits_and_shows_everywhere(books: Books, officer: Visitor, asked: str) -> None:
    assert count(books, Award) == 1
    said = words(officer.get(asked))
    for part in ("Award to Wellington Town Council", "£4,000.00", "Crossings", "£40,000.00 £36,000.00", "placeholders"):
        assert part in said
    for page in ("/applications/SRF20-A001", "/funds/SRF20"):
        assert "waits for approval: £4,000.00 , asked by Commissioning Officer" in words(officer.get(page))
    assert "You asked for 1" in words(officer.get("/"))
    again = send(officer, DECIDE, "record", **ANSWERS)
    assert "An award to SRF20-A001 waits for approval already" in words(again)


def test_another_person_sees_it_and_approves_it(books: Books, officer: Visitor, manager: Visitor, asked: str) -> None:
    assert "For your approval 1 Award to Wellington Town Council £4,000.00" in words(manager.get("/"))
    page = manager.get(f"{asked}/decide")
    assert "£40,000.00 is left to award now." in words(page)
    done = send(manager, f"{asked}/decide", "record", answer="approve", words="As advised", seen=hidden(page, "seen"),
                interests="None declared")  # fmt: skip
    assert done.location == "/awards/SRF20-002/recorded"
    assert find_award(books.session, "SRF20-002").lines[0].awarded == 400_000
    assert find_application(books.session, "SRF20-A001").decided_by == "Commissioning Officer"
    said = words(officer.get(asked))
    for part in ("Approved Commissioning Manager as commissioning manager", "As advised", "None declared", "#4",
                 "Left to award when it was approved £40,000.00", "limits not confirmed by the office"):  # fmt: skip
        assert part in said
    assert "by Commissioning Manager, commissioning manager Request 1" in words(officer.get("/entries/4"))


def test_a_balance_that_moved_is_seen_before_it_is_approved(books: Books, manager: Visitor, asked: str) -> None:
    page = manager.get(f"{asked}/decide")
    books.award(find_award(books.session, "SRF20-001").lines[0].budget_line, "39,000")
    late = send(manager, f"{asked}/decide", "record", answer="approve", seen=hidden(page, "seen"))
    assert (late.status_code, "has moved since you checked" in words(late)) == (422, True)
    short = send(manager, f"{asked}/decide", "record", answer="approve", seen=hidden(late, "seen"))
    assert "There is £1,000.00 left in Safer Roads Fund 2020. This needs £4,000.00" in words(short)


def test_what_is_sent_back_is_changed_and_sent_again(
    books: Books, officer: Visitor, manager: Visitor, asked: str
) -> None:
    silent = send(manager, f"{asked}/decide", "record", answer="sent back")
    assert "Enter why it is sent back" in words(silent)
    send(manager, f"{asked}/decide", "record", answer="sent back", words="Which schools?")
    page = officer.get(asked)
    assert "Which schools?" in words(page)
    path = f"{DECIDE}?again=1"
    assert path in page.text
    assert 'value="4,000"' in officer.get(path).text
    second = check_and_send(officer, path, **ANSWERS | {"purpose": "Two crossings"})
    assert second.location == "/approvals/2"
    assert "Sent back before Request 1" in words(officer.get("/approvals/2"))
    assert 'value="4,000"' not in manager.get(path).text  # another person's answers are not theirs to fill in


def test_whoever_asked_decides_nothing_and_may_withdraw_it(books: Books, officer: Visitor, asked: str) -> None:
    assert officer.get(f"{asked}/decide").location == asked
    for answer in ("approve", "declined"):
        refused = send(officer, f"{asked}/decide", "record", "a" * 24, answer=answer, words="x")
        assert refused.status_code == 422
        assert "another person decides it" in words(refused)
    send(officer, f"{asked}/withdraw", "record", words="Asked twice")
    assert "Withdrawn Commissioning Officer" in words(officer.get(asked))
    assert count(books, Award) == 1


def test_a_comment_is_made_by_its_own_post(officer: Visitor, asked: str) -> None:
    path = f"{asked}/comment"
    refused = send(officer, path, "record", subject="financial", words="Fine")
    assert "A financial comment is made by the chief finance officer, who did not ask." in words(refused)
    send(other(officer, Role.CHIEF_FINANCE), path, "record", subject="financial", words="It can be paid for")
    assert "Financial It can be paid for (Chief Finance Officer, chief finance officer" in words(officer.get(asked))


def test_the_office_sets_its_limits_from_a_day_on(officer: Visitor, asked: str, administrator: Visitor) -> None:
    path = "/settings/approval-limits"
    limits = {"manager": "1,000", "chief_executive": "2,000", "deputy": "3,000", "chief_finance": "5", "write_off": "5"}
    day = {"from_on": hidden(administrator.get(path), "none") or "22 November 2150"}
    assert officer.get(path).status_code == 403
    wrong = send(administrator, path, "record", **limits | {"deputy": "1,500"}, **day)
    assert "£1,500.00 is less than the £2,000.00 of the post below it" in words(wrong)
    send(administrator, path, "record", **limits, **day)
    assert "1,000.00 2,000.00 3,000.00" in words(administrator.get(path))
    assert "placeholders" in words(administrator.get(path))  # they hold from a day to come


ALONE = {
    "/awards/direct/SRF20": ANSWERS,
    "/awards/SRF20-001/vary": {**SAID, "values-0": "12,000"},
    "/awards/SRF20-001/pay": {"amount": "5", "on": "1 July 2020"},
    "/funds/SRF20/allowance": {**SAID, "amount": "500"},
    "/funds/SRF20/carry-forward": {**SAID, "amount": "500"},
    "/funds/SRF20/transfer": {**SAID, "amount": "500", "target": "2"},
    "/entries/2/correct": {**SAID, "amount": "12,000"},
    "/entries/4/reverse": {**SAID},
}


@pytest.mark.parametrize("path", ALONE)
def test_one_person_moves_no_money(books: Books, officer: Visitor, roads: Fund, path: str) -> None:
    books.do(vary_award, line=find_award(books.session, "SRF20-001").lines[0], by=-100_000)
    books.fund(name="Other", reference="OTH20")
    before = count(books, Entry)
    answer = check_and_send(officer, path, **ALONE[path])
    assert answer.location == "/approvals/1"
    assert count(books, Entry) == before
    assert send(officer, "/approvals/1/decide", "record", "a" * 24, answer="approve").status_code == 422
    assert count(books, Entry) == before
