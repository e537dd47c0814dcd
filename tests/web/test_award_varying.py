"""Varying an award and giving it the value that it lacked: asked, checked, recorded once."""

import pytest

from fundtracker.domain.statuses import SpendType
from fundtracker.services import variations
from fundtracker.services.awards import Share, find_award
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import approved, check_and_record, count, send
from tests.web.visitor import Visitor, hidden, words

VARY, SETTLE = "/awards/SRF20-001/vary", "/awards/SRF20-001/settle"
LOWER = {"values-0": "1,500", "on": "1 July 2020", "decision": "PCC/D/2020/09", "narrative": "One speed sign fewer"}
VALUE = {"amount": "300", "on": "1 July 2020", "decision": "PCC/D/2020/10", "narrative": "Invoice came"}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line."""
    return books.fund("50,000", reference="SRF20")


@pytest.fixture
def award(books: Books, fund: Fund) -> Award:
    """Award £1,680.00 and pay £1,600.00 of it."""
    award = books.award(fund, "1,680")
    books.pay(award, "1,600")
    return award


@pytest.fixture
def two_lines(books: Books, fund: Fund) -> Award:
    """Award from a revenue and a capital line."""
    capital = books.line(fund, "100", year=2020, spend_type=SpendType.CAPITAL)
    shares = (Share(line=fund.lines[0], amount=pence("60")), Share(line=capital, amount=pence("40")))
    return books.award_shares(*shares)


def awarded(books: Books, reference: str = "SRF20-001") -> list[int]:
    books.session.rollback()
    return [line.awarded for line in find_award(books.session, reference).lines]


def test_the_form_starts_with_what_is_awarded_and_works_the_change_out(officer: Visitor, award: Award) -> None:
    assert 'value="1,680.00"' in officer.get(VARY).text
    said = words(send(officer, VARY, "work-out", **LOWER))
    assert "−180.00" in said
    assert "£48,500.00 would be left to award in Safer Roads Fund 2020." in said
    assert "More was paid than the new value: £100.00 would be to recover." in said
    assert "udget line" not in said


def test_a_fall_below_what_was_paid_says_what_becomes_to_recover(books: Books, officer: Visitor, award: Award) -> None:
    checked = words(send(officer, VARY, "check", **LOWER))
    for part in ("£1,500.00 , £180.00 less than £1,680.00", "£100.00 becomes to recover", "Send £180.00 for approval"):
        assert part in checked
    assert awarded(books) == [168_000]
    answer = check_and_record(officer, VARY, **LOWER)
    assert "Variation of £180.00 is recorded" in words(officer.get(answer.location))
    assert awarded(books) == [150_000]
    assert books.entry(-1).narrative == "One speed sign fewer"


def test_a_rise_beyond_what_is_left_is_refused_at_its_field(books: Books, officer: Visitor, award: Award) -> None:
    answer = send(officer, VARY, "check", **LOWER | {"values-0": "60,000"})
    assert answer.status_code == 422
    assert "There is £48,320.00 left in Safer Roads Fund 2020. This needs £58,320.00" in words(answer)
    assert 'href="#values-0"' in answer.text
    assert "60,000" in answer.text
    assert "One speed sign fewer" in answer.text


def test_one_line_gives_to_another(books: Books, officer: Visitor, two_lines: Award) -> None:
    checked = words(send(officer, VARY, "check", **LOWER | {"values-0": "0", "values-1": "100"}))
    assert "2020/21 capital £100.00 , £60.00 more than £40.00" in checked
    assert "Send it for approval" in checked
    check_and_record(officer, VARY, **LOWER | {"values-0": "0", "values-1": "100"})
    assert awarded(books) == [0, 10_000]


def test_the_line_that_is_refused_is_named(officer: Visitor, two_lines: Award) -> None:
    answer = send(officer, VARY, "check", **LOWER | {"values-0": "60", "values-1": "100.01"})
    assert "There is £60.00 left in Safer Roads Fund 2020 2020/21 capital" in words(answer)
    assert 'href="#values-1"' in answer.text
    assert 'href="#values-0"' not in answer.text


@pytest.mark.parametrize(("typed", "said"), [("1,680", "another value than it has"), ("", "another value"), ("x", "£")])
def test_a_change_of_nothing_is_refused(officer: Visitor, award: Award, typed: str, said: str) -> None:
    answer = send(officer, VARY, "check", **LOWER | {"values-0": typed})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'href="#values-0"' in answer.text


def test_a_change_on_moved_figures_is_not_recorded(books: Books, officer: Visitor, award: Award) -> None:
    checked = send(officer, VARY, "check", **LOWER)
    books.pay(award, "80")
    answer = send(officer, VARY, "record", hidden(checked, "once"), seen=hidden(checked, "seen"), **LOWER)
    assert answer.status_code == 422
    assert "SRF20-001 has changed since you checked: payment, £80.00, by tests. Nothing was recorded." in words(answer)
    assert awarded(books) == [168_000]


def test_sent_twice_it_varies_once(books: Books, officer: Visitor, award: Award) -> None:
    key = officer.key(VARY)
    before = count(books, Entry)
    answer, again = (send(officer, VARY, "record", key, **LOWER) for _ in range(2))
    assert answer.location == again.location
    assert count(books, ApprovalRequest) == 1
    approved(officer, answer)
    assert count(books, Entry) == before + 1


def test_a_withdrawn_award_says_that_it_cannot_be_varied(books: Books, officer: Visitor, award: Award) -> None:
    books.do(variations.withdraw_award, award=award, keep_paid=True)
    assert "SRF20-001 is withdrawn already." in words(officer.get(VARY))
    assert "is withdrawn already" in words(send(officer, VARY, "check", "a" * 24, **LOWER))


def test_a_value_that_was_not_stated_is_given(books: Books, officer: Visitor, fund: Fund) -> None:
    books.award(fund, None)
    assert "£50,000.00 is left in Safer Roads Fund 2020" in words(officer.get(SETTLE))
    checked = words(send(officer, SETTLE, "check", **VALUE))
    assert "Send £300.00 for approval" in checked
    assert "£49,700.00" in checked
    answer = check_and_record(officer, SETTLE, **VALUE)
    assert "Award of £300.00 is recorded" in words(officer.get(answer.location))
    assert awarded(books) == [30_000]
    assert "has its value already. Vary it instead." in words(officer.get(SETTLE))


def test_what_waits_for_funding_is_offered_with_its_amount(books: Books, officer: Visitor, fund: Fund) -> None:
    following = books.line(fund, "70", year=2021)
    last = books.line(fund, "70", year=2022)
    shares = (Share(line=line, amount=pence("70"), subject_to_funding=True) for line in (following, last))
    books.award_shares(Share(line=fund.lines[0], amount=pence("60")), *shares)
    page = officer.get(SETTLE).text
    assert "2021/22 revenue: £70.00" in page
    answer = send(officer, SETTLE, "check", **VALUE)
    assert "Choose which part of the award gets its value" in words(answer)
    assert send(officer, SETTLE, "check", **VALUE | {"line": "7x"}).status_code == 422
    check_and_record(officer, SETTLE, **VALUE | {"line": "2", "amount": "70"})
    assert awarded(books) == [6_000, 0, 7_000]
