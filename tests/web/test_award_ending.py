"""Withdrawing an award, writing off what will not come back, completing it, and letting it stand again."""

from collections.abc import Callable

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import AwardStatus
from fundtracker.services import gifts, variations
from fundtracker.services.awards import AwardDetails, find_award
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.events import Event
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import check_and_record, count, send
from tests.web.visitor import Visitor, hidden, words

HERE = "/awards/SRF20-001"
WITHDRAW, WRITE_OFF, COMPLETE, REOPEN = (f"{HERE}/{step}" for step in ("withdraw", "write-off", "complete", "reopen"))
WHY = {"on": "1 July 2020", "decision": "PCC/D/2020/09", "narrative": "The project ended"}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line."""
    return books.fund("50,000", reference="SRF20")


@pytest.fixture
def award(books: Books, fund: Fund) -> Award:
    """Award £6,000.00 and pay £2,000.00 of it."""
    award = books.award(fund, "6,000")
    books.pay(award, "2,000")
    return award


def stands(books: Books, reference: str = "SRF20-001") -> tuple[AwardStatus, list[tuple[int, int]]]:
    books.session.rollback()
    award = find_award(books.session, reference)
    return award.status, [(line.awarded, line.to_recover) for line in award.lines]


@pytest.mark.parametrize(("keep", "then"), [("keep", ("£4,000.00", 200_000, 0)), ("back", ("£6,000.00", 0, 200_000))])
def test_withdrawing_asks_what_happens_to_what_was_paid(
    books: Books, officer: Visitor, award: Award, keep: str, then: tuple[str, int, int]
) -> None:
    assert "They keep the £2,000.00 that was paid" in words(officer.get(WITHDRAW))
    assert "Choose what happens to what was paid" in words(send(officer, WITHDRAW, "check", **WHY))
    checked = words(send(officer, WITHDRAW, "check", **WHY, keep=keep))
    assert f"Withdraw {then[0]}" in checked
    assert ("£2,000.00 then shows as to recover" in checked) == (keep == "back")
    answer = check_and_record(officer, WITHDRAW, **WHY, keep=keep)
    assert "Withdrawal of" in words(officer.get(answer.location))
    assert stands(books) == (AwardStatus.WITHDRAWN, [then[1:]])


def test_withdrawing_an_unpaid_award_asks_nothing_about_payments(books: Books, officer: Visitor, fund: Fund) -> None:
    books.award(fund, "6,000")
    assert "Nothing was paid, so all £6,000.00 comes back to the fund." in words(officer.get(WITHDRAW))
    check_and_record(officer, WITHDRAW, **WHY)
    assert stands(books) == (AwardStatus.WITHDRAWN, [(0, 0)])


def test_withdrawing_without_a_value_can_be_taken_back(books: Books, officer: Visitor, fund: Fund) -> None:
    books.award(fund, None)
    answer = check_and_record(officer, WITHDRAW, **WHY)
    assert "SRF20-001 is withdrawn. No money moved." in words(officer.get(answer.location))
    again = send(officer, REOPEN, "record", **WHY | {"on": "2 July 2020"})
    assert "SRF20-001 stands as awarded again." in words(officer.get(again.location))
    assert stands(books)[0] is AwardStatus.AWARDED


def test_a_withdrawal_with_an_entry_leads_to_undoing_it(books: Books, officer: Visitor, award: Award) -> None:
    books.do(variations.withdraw_award, award=award, keep_paid=True)
    page = officer.get(REOPEN)
    assert "SRF20-001 was withdrawn by entry #4. Undo that entry, and the award stands again." in words(page)
    assert 'href="/entries/4/reverse"' in page.text
    assert "Reverse that entry" in words(send(officer, REOPEN, "record", "a" * 24, **WHY))


def test_a_gift_recorded_by_mistake_is_withdrawn(books: Books, officer: Visitor) -> None:
    details = AwardDetails(recipient=books.organisation(), shares=(), purpose="Eight bicycles")
    books.do(gifts.record_gift, details=details)
    path = "/awards/GIFT-001/withdraw"
    assert "No money moves" in words(officer.get(path))
    check_and_record(officer, path, **WHY)
    assert stands(books, "GIFT-001") == (AwardStatus.WITHDRAWN, [])


@pytest.mark.parametrize("step", ["vary", "settle", "write-off"])
def test_a_gift_has_no_value_to_change(books: Books, officer: Visitor, step: str) -> None:
    details = AwardDetails(recipient=books.organisation(), shares=(), purpose="Eight bicycles")
    books.do(gifts.record_gift, details=details)
    answers = [officer.get(f"/awards/GIFT-001/{step}"), officer.post(f"/awards/GIFT-001/{step}", step="check", **WHY)]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert all("GIFT-001" in words(answer) and "cannot be" in words(answer) for answer in answers)


def test_a_write_off_needs_a_decision_and_may_be_a_part(books: Books, officer: Visitor, award: Award) -> None:
    assert "has nothing to recover" in words(officer.get(WRITE_OFF))
    books.do(variations.withdraw_award, award=award, keep_paid=False)
    assert 'value="2,000.00"' in officer.get(WRITE_OFF).text
    part = WHY | {"amount": "500"}
    answer = send(officer, WRITE_OFF, "check", **part | {"decision": ""})
    assert "Enter the decision reference" in words(answer)
    assert 'href="#decision"' in answer.text
    checked = words(send(officer, WRITE_OFF, "check", **part))
    assert "£500.00 of £2,000.00 to recover" in checked
    assert "Send £500.00 for approval" in checked
    check_and_record(officer, WRITE_OFF, **part)
    assert stands(books)[1] == [(50_000, 150_000)]


def test_more_than_is_to_recover_is_refused(books: Books, officer: Visitor, award: Award) -> None:
    books.do(variations.withdraw_award, award=award, keep_paid=False)
    answer = send(officer, WRITE_OFF, "check", **WHY, amount="2,000.01")
    assert "has £2,000.00 to recover. Enter £2,000.00 or less." in words(answer)
    assert 'href="#amount"' in answer.text


def test_completing_and_standing_again(books: Books, officer: Visitor, award: Award) -> None:
    assert "SRF20-001 still has £4,000.00 to pay. See to that first." in words(officer.get(COMPLETE))
    books.pay(award, "4,000")
    answer = send(officer, COMPLETE, "record", **WHY)
    assert "SRF20-001 is completed: £6,000.00 was paid." in words(officer.get(answer.location))
    assert stands(books)[0] is AwardStatus.COMPLETED
    assert "Enter the reason" in words(send(officer, REOPEN, "record", **WHY | {"narrative": ""}))
    send(officer, REOPEN, "record", **WHY)
    assert stands(books)[0] is AwardStatus.AWARDED


@pytest.mark.parametrize("path", [WITHDRAW, COMPLETE])
def test_sent_twice_it_is_recorded_once(books: Books, officer: Visitor, award: Award, path: str) -> None:
    if path == COMPLETE:
        books.pay(award, "4,000")
    key, before = officer.key(path), count(books, Entry) + count(books, Event)
    assert len({send(officer, path, "record", key, **WHY, keep="keep").location for _ in range(2)}) == 1
    assert count(books, Entry) + count(books, Event) == before + 1


def test_a_withdrawal_on_moved_figures_is_not_recorded(books: Books, officer: Visitor, award: Award) -> None:
    checked = send(officer, WITHDRAW, "check", **WHY, keep="keep")
    books.pay(award, "100")
    answer = send(
        officer, WITHDRAW, "record", hidden(checked, "once"), seen=hidden(checked, "seen"), **WHY, keep="keep"
    )
    assert "SRF20-001 has changed since you checked: payment, £100.00" in words(answer)
    assert stands(books)[0] is AwardStatus.AWARDED


@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("step", ["vary", "settle", "withdraw", "write-off", "complete", "reopen"])
def test_who_only_reads_takes_no_step(
    books: Books, signed_in: Callable[[Role], Visitor], award: Award, role: Role, step: str
) -> None:
    reader = signed_in(role)
    assert reader.get(f"{HERE}/{step}").status_code == 403
    assert reader.post(f"{HERE}/{step}", once="a" * 24, step="record", **WHY).status_code == 403
    assert stands(books)[0] is AwardStatus.AWARDED
