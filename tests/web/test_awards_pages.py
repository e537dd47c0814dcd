"""One award, awarding directly, gifts in kind, and what an organisation asked for, was awarded and was paid."""

from collections.abc import Callable

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import AwardType, Doubt
from fundtracker.services.awards import AwardDetails, Share, find_award, record_award
from fundtracker.services.organisations import merge
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books, particulars, pence
from tests.web.asking import ask, check_and_record, count, send
from tests.web.visitor import Visitor, hidden, words

DIRECT = "/awards/direct/SRF20"
ANSWERS = {
    "organisation": "Wellington Town Council",
    "amounts-0": "1,680",
    "benefits": "Polish Support Group",
    "purpose": "Food parcels",
    "reasons": "Urgent need, agreed by the Commissioner",
    "on": "30 June 2020",
    "type": "grant",
}
GIFT = {
    "organisation": "Wellington Town Council",
    "purpose": "Eight bicycles",
    "estimated_value": "800",
    "on": "1 June 2020",
    "fund": "",
}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line, and add an organisation."""
    books.organisation()
    return books.fund("50,000", reference="SRF20")


def test_an_award_shows_that_awarded_is_paid_and_to_pay(books: Books, officer: Visitor, fund: Fund) -> None:
    award = books.award(fund, "1,680", benefits="Polish Support Group", reasons="Urgent need")
    books.pay(award, "680")
    said = words(officer.get("/awards/SRF20-001"))
    for part in ("Awarded £1,680.00", "Paid £680.00", "To pay £1,000.00", "Polish Support Group", "SRF20-001/1"):
        assert part in said
    for part in ("Urgent need", "#2", "#3", "PCC/D/2020/01", "Record a payment"):
        assert part in said
    assert "udget line" not in said


def test_illustrative_amounts_and_unstated_dates_say_so(books: Books, officer: Visitor, fund: Fund) -> None:
    doubts = particulars(amount_doubt=Doubt.ILLUSTRATIVE, date_doubt=Doubt.NOT_STATED)
    wellington = books.organisation()
    share = Share(line=fund.lines[0], amount=pence("1,680"))
    details = AwardDetails(recipient=wellington, shares=(share,), reasons="Urgent need")
    books.change(record_award, details=details, particulars=doubts)
    for path in ("/awards/SRF20-001", f"/organisations/{wellington.id}"):
        said = words(officer.get(path))
        assert "illustrative" in said
        assert "date not stated" in said


def test_an_award_of_no_stated_value_is_not_nought(books: Books, officer: Visitor, fund: Fund) -> None:
    books.award(fund, None)
    said = words(officer.get("/awards/SRF20-001"))
    assert "Awarded Not stated" in said
    assert "value of this award is not stated yet" in said


def test_a_reference_of_the_offices_own_may_hold_slashes_and_spaces(books: Books, officer: Visitor, fund: Fund) -> None:
    books.pay(books.award(fund, "100", reference="WM 2020/07"), "100")
    assert "Award WM 2020/07" in words(officer.get("/awards/WM 2020/07"))
    assert "Payment WM 2020/07/1" in words(officer.get("/payments/WM 2020/07/1"))
    assert 'href="/payments/WM%202020/07/1"' in officer.get("/awards/WM 2020/07").text


def test_an_award_that_is_not_there_is_not_found(officer: Visitor) -> None:
    answer = officer.get("/awards/SRF20-999")
    assert answer.status_code == 404
    assert "There is no award with the reference SRF20-999." in words(answer)


def test_awarding_directly_is_checked_then_recorded(books: Books, officer: Visitor, fund: Fund) -> None:
    checked = words(send(officer, DIRECT, "check", **ANSWERS))
    for part in ("£1,680.00", "Polish Support Group", "Nothing has moved yet", "£48,320.00"):
        assert part in checked
    assert count(books, Award) == 0
    answer = check_and_record(officer, DIRECT, **ANSWERS)
    assert "Wellington Town Council is awarded £1,680.00 Reference SRF20-001" in words(officer.get(answer.location))
    assert find_award(books.session, "SRF20-001").lines[0].awarded == 168_000


def test_awarding_directly_asks_for_reasons(books: Books, officer: Visitor, fund: Fund) -> None:
    answer = send(officer, DIRECT, "check", **ANSWERS | {"reasons": ""})
    assert "Enter the reasons: there is no application to read them from" in words(answer)
    assert 'href="#reasons"' in answer.text
    assert "Food parcels" in answer.text


def test_a_direct_award_sent_twice_is_recorded_once(books: Books, officer: Visitor, fund: Fund) -> None:
    key = officer.key(DIRECT)
    assert len({send(officer, DIRECT, "record", key, **ANSWERS).location for _ in range(2)}) == 1
    assert (count(books, ApprovalRequest), count(books, Award)) == (1, 0)


def test_a_direct_award_on_moved_figures_is_not_recorded(books: Books, officer: Visitor, fund: Fund) -> None:
    checked = send(officer, DIRECT, "check", **ANSWERS)
    books.award(fund, "10,000")
    answer = send(officer, DIRECT, "record", hidden(checked, "once"), seen=hidden(checked, "seen"), **ANSWERS)
    assert "£40,000.00 is left now" in words(answer)
    assert count(books, Award) == 1


def test_a_gift_in_kind_is_recorded_and_moves_nothing(books: Books, officer: Visitor, fund: Fund) -> None:
    answer = send(officer, "/gifts/record", "record", **GIFT)
    assert "is given this in kind Reference GIFT-001" in words(officer.get(answer.location))
    said = words(officer.get("/awards/GIFT-001"))
    for part in ("Gift in kind GIFT-001", "Eight bicycles", "counts in no sum", "£800.00"):
        assert part in said
    assert "Payments" not in said
    books.session.rollback()
    assert (fund.lines[0].awarded, find_award(books.session, "GIFT-001").type) == (0, AwardType.IN_KIND)


def test_a_gift_names_what_is_missing(officer: Visitor, fund: Fund) -> None:
    answer = send(officer, "/gifts/record", "record", **GIFT | {"purpose": "", "estimated_value": "many"})
    said = words(answer)
    assert "Enter what is given" in said
    assert "Amount must be pounds and pence" in said
    assert "many" in answer.text


def test_an_organisation_shows_what_it_asked_for_was_awarded_and_was_paid(
    books: Books, officer: Visitor, fund: Fund
) -> None:
    wellington = books.organisation()
    same = books.organisation("Wellington T.C.")
    ask(books, fund, "2,000", wellington)
    ask(books, fund, None, wellington)
    books.pay(books.award(fund, "1,680", to=wellington), "680")
    books.award(fund, "320", to=same)
    books.do(merge, organisation=same, into=wellington)
    said = words(officer.get(f"/organisations/{wellington.id}"))
    for part in (
        "Asked for £2,000.00 2 applications, 1 without an amount left out",
        "Awarded £2,000.00",
        "Paid £680.00",
    ):
        assert part in said
    assert "To pay £1,320.00" in said
    assert "Not stated" in said
    assert "was merged into Wellington Town Council" in words(officer.get(f"/organisations/{same.id}"))
    assert officer.get("/organisations/999").status_code == 404


@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
def test_who_only_reads_sees_no_button(
    books: Books, signed_in: Callable[[Role], Visitor], fund: Fund, role: Role
) -> None:
    books.award(fund, "100")
    reader = signed_in(role)
    assert "Record a payment" not in words(reader.get("/awards/SRF20-001"))
    assert "Record a payment" not in words(reader.get("/awards/SRF20-001/recorded"))
    for path in (DIRECT, "/gifts/record", "/awards/SRF20-001/pay"):
        assert reader.get(path).status_code == 403
        assert reader.post(path, once="a" * 24, step="record").status_code == 403
    assert count(books, Award) == 1
