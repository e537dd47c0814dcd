"""Deciding an application on one screen: in full, in part, declined; checked, then recorded once."""

from collections.abc import Callable

import pytest
from flask import Flask

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import SpendType
from fundtracker.services import funds
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.store.applications import Application
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import approved, ask, check_and_record, count, send
from tests.web.visitor import Visitor, hidden, words

DECIDE = "/applications/SRF20-A001/decide"
PART = {
    "answer": "part",
    "amounts-0": "11,200",
    "organisation": "Wellington Town Council",
    "reasons": "Meets two outcomes",
    "conditions": "Consent first",
    "on": "30 June 2020",
    "decision": "PCC/D/2020/07",
    "type": "grant",
}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line, from which £38,640.00 is awarded, and log an application to it."""
    fund = books.fund("280,000", reference="SRF20")
    books.award(fund, "38,640", to=books.organisation("Telford Riders"))
    ask(books, fund)
    return fund


@pytest.fixture
def two_lines(books: Books) -> Fund:
    """Open a fund with a revenue and a capital line, and log an application to it."""
    fund = books.fund("150,310", reference="SRF20")
    books.line(fund, "91,050", year=2020, spend_type=SpendType.CAPITAL)
    ask(books, fund)
    return fund


def status(books: Books) -> str:
    books.session.rollback()
    return find_application(books.session, "SRF20-A001").status.value


def test_the_screen_shows_what_was_asked_beside_what_is_left(books: Books, officer: Visitor, fund: Fund) -> None:
    ask(books, fund, "4,000")
    said = words(officer.get(DECIDE))
    for part in ("£12,400.00", "Two crossing points", "241,360.00", "228,960.00", "1 of 2 waiting"):
        assert part in said
    assert "If the other waiting application was also awarded in full, £224,960.00 would be left." in said
    assert "udget line" not in said
    ask(books, fund, "300,000")
    assert "the fund would be over by £75,040.00." in words(officer.get(DECIDE))


def test_what_the_organisation_had_before_is_shown(books: Books, officer: Visitor, fund: Fund) -> None:
    assert "All funds 12,400.00 0.00 0.00 This application is among what was asked for." in words(officer.get(DECIDE))
    other = books.fund("50,000", name="Covid-19 response", reference="COV20")
    wellington = find_application(books.session, "SRF20-A001").organisation
    books.award(other, "1,680", to=wellington, benefits="Polish Support Group")
    said = words(officer.get(DECIDE))
    assert "Safer Roads Fund 2020 12,400.00 0.00 0.00 All funds 12,400.00 1,680.00 0.00" in said
    assert "COV20-001 £1,680.00 Covid-19 response, 30 June 2020, for Polish Support Group" in said


def test_awarding_part_is_checked_then_recorded_and_confirmed(books: Books, officer: Visitor, fund: Fund) -> None:
    ask(books, fund, "4,000", books.organisation("Shrewsbury Riders"))
    checked = words(send(officer, DECIDE, "check", **PART))
    for part in ("Nothing has moved yet", "£11,200.00 of £12,400.00 asked for", "38,640.00 49,840.00", "£230,160.00"):
        assert part in checked
    assert "udget line" not in checked
    assert count(books, Award) == 1
    answer = check_and_record(officer, DECIDE, **PART)
    confirmed = words(officer.get(answer.location))
    assert "Wellington Town Council is awarded £11,200.00 Reference SRF20-002" in confirmed
    assert "Decide the next application waiting: Shrewsbury Riders" in confirmed
    assert status(books) == "awarded in part"
    award = find_award(books.session, "SRF20-002")
    assert (award.lines[0].awarded, award.decision_reference, award.reasons) == (
        1_120_000, "PCC/D/2020/07", "Meets two outcomes",
    )  # fmt: skip


def test_awarding_it_all_takes_the_amount_asked_for(books: Books, officer: Visitor, fund: Fund) -> None:
    assert 'value="12,400.00"' in officer.get(DECIDE).text
    check_and_record(officer, DECIDE, **PART | {"answer": "full", "amounts-0": "12,400.00", "reasons": ""})
    assert status(books) == "awarded in full"


def test_all_and_another_sum_do_not_agree(officer: Visitor, fund: Fund) -> None:
    answer = send(officer, DECIDE, "check", **PART | {"answer": "full"})
    assert answer.status_code == 422
    assert "All that was asked for is £12,400.00, and this award adds up to £11,200.00." in words(answer)
    assert 'href="#amounts-0"' in answer.text


def test_the_payee_may_differ_from_who_asked(books: Books, officer: Visitor, fund: Fund) -> None:
    books.organisation("Telford and Wrekin Council")
    answers = PART | {"organisation": "Telford and Wrekin Council", "benefits": "Wellington Town Council"}
    answer = check_and_record(officer, DECIDE, **answers)
    assert "Telford and Wrekin Council is awarded" in words(officer.get(answer.location))
    assert find_award(books.session, "SRF20-002").benefits == "Wellington Town Council"


def test_of_two_of_one_name_the_one_that_asked_is_chosen(books: Books, officer: Visitor, fund: Fund) -> None:
    books.organisation("Wellington Town Council", type="Charity")
    asker = find_application(books.session, "SRF20-A001").organisation_id
    assert f'value="{asker}" checked' in officer.get(DECIDE).text
    check_and_record(officer, DECIDE, **PART, organisation_choice=str(asker))
    books.session.rollback()
    assert find_award(books.session, "SRF20-002").organisation_id == asker


def test_more_than_is_left_is_refused_with_both_figures_and_nothing_is_lost(
    books: Books, officer: Visitor, fund: Fund
) -> None:
    answer = send(officer, DECIDE, "check", **PART | {"amounts-0": "£300,000.00"})
    assert answer.status_code == 422
    assert "There is £241,360.00 left in Safer Roads Fund 2020. This needs £300,000.00" in words(answer)
    assert 'href="#amounts-0"' in answer.text
    for typed in ("£300,000.00", "Meets two outcomes", "Consent first", "30 June 2020", "PCC/D/2020/07"):
        assert typed in answer.text
    assert count(books, Award) == 1


def test_each_line_is_refused_at_its_own_amount(books: Books, officer: Visitor, two_lines: Fund) -> None:
    answer = send(officer, DECIDE, "check", **PART | {"amounts-0": "7,200", "amounts-1": "95,000"})
    assert "There is £91,050.00 left in Safer Roads Fund 2020 2020/21 capital. This needs £95,000.00" in words(answer)
    assert 'href="#amounts-1"' in answer.text
    assert 'href="#amounts-0"' not in answer.text


def test_an_award_over_two_lines_adds_up(books: Books, officer: Visitor, two_lines: Fund) -> None:
    answers = PART | {"amounts-0": "7,200", "amounts-1": "4,000"}
    worked = words(send(officer, DECIDE, "work-out", **answers))
    for part in ("Budget line", "143,110.00", "87,050.00", "£11,200.00", "£230,160.00", "£1,200.00 less than asked"):
        assert part in worked
    check_and_record(officer, DECIDE, **answers)
    books.session.rollback()
    assert [line.awarded for line in find_award(books.session, "SRF20-001").lines] == [720_000, 400_000]


def test_working_out_again_records_nothing_and_says_what_cannot_be_read(
    books: Books, officer: Visitor, fund: Fund
) -> None:
    answer = send(officer, DECIDE, "work-out", **PART | {"amounts-0": "12,4x"})
    assert "Amount must be pounds and pence" in words(answer)
    assert "12,4x" in answer.text
    assert count(books, Award) == 1


def test_declining_asks_for_reasons_and_takes_nothing(books: Books, officer: Visitor, fund: Fund) -> None:
    declined = PART | {"answer": "decline", "reasons": ""}
    assert "Enter the reasons for declining" in words(send(officer, DECIDE, "check", **declined))
    answers = declined | {"reasons": "Not for this fund"}
    assert "Nothing is taken from Safer Roads Fund 2020" in words(send(officer, DECIDE, "check", **answers))
    said = words(officer.get(check_and_record(officer, DECIDE, **answers).location))
    assert "SRF20-A001 is declined" in said
    assert "Not for this fund" in said
    assert (status(books), count(books, Award)) == ("declined", 1)


def test_no_decision_no_record(officer: Visitor, fund: Fund) -> None:
    answer = send(officer, DECIDE, "check", **PART | {"answer": ""})
    assert "Choose what was decided" in words(answer)
    assert 'href="#answer"' in answer.text


def test_no_amount_is_asked_for(officer: Visitor, fund: Fund) -> None:
    assert "Enter the amount of this award" in words(send(officer, DECIDE, "check", **PART | {"amounts-0": ""}))


def test_a_form_sent_twice_awards_once(books: Books, officer: Visitor, fund: Fund) -> None:
    key = officer.key(DECIDE)
    answers = [send(officer, DECIDE, "record", key, **PART) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert (count(books, ApprovalRequest), count(books, Award)) == (1, 1)
    approved(officer, answers[0])
    assert count(books, Award) == 2


def test_the_second_of_two_is_told_who_decided(
    app: Flask, books: Books, officer: Visitor, signed_in: Callable[[Role], Visitor], fund: Fund
) -> None:
    finance = signed_in(Role.FINANCE)
    late = hidden(send(finance, DECIDE, "check", **PART), "once")
    check_and_record(officer, DECIDE, **PART)
    answer = send(finance, DECIDE, "record", late, **PART)
    assert answer.status_code == 422
    said = "SRF20-A001 is awarded in part already, decided by Commissioning Officer on 30 June 2020."
    assert said in words(answer)
    assert count(books, Award) == 2
    assert "SRF20-A001 is awarded in part already, decided by Commissioning Officer" in words(finance.get(DECIDE))


def test_a_balance_that_moved_meanwhile_is_shown_before_anything_is_recorded(
    books: Books, officer: Visitor, fund: Fund
) -> None:
    checked = send(officer, DECIDE, "check", **PART)
    books.award(fund, "41,360", to=books.organisation("Shrewsbury Riders"))
    answer = send(officer, DECIDE, "record", hidden(checked, "once"), seen=hidden(checked, "seen"), **PART)
    assert answer.status_code == 422
    said = words(answer)
    assert "has moved since you checked: award SRF20-002 to Shrewsbury Riders, £41,360.00, by tests." in said
    assert "£200,000.00 is left now" in said
    assert count(books, Award) == 2
    assert check_and_record(officer, DECIDE, **PART).status_code == 303


def test_a_closed_fund_awards_nothing_but_can_decline(books: Books, officer: Visitor, fund: Fund) -> None:
    books.do(funds.close_fund, fund=fund)
    assert "is closed, so it takes no new award" in words(officer.get(DECIDE))
    assert "is closed, so it takes no new award" in words(send(officer, DECIDE, "check", **PART))
    check_and_record(officer, DECIDE, **PART | {"answer": "decline"})
    assert status(books) == "declined"


@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
def test_who_only_reads_sees_no_button_and_cannot_decide(
    books: Books, signed_in: Callable[[Role], Visitor], fund: Fund, role: Role
) -> None:
    reader = signed_in(role)
    shown = words(reader.get("/applications/SRF20-A001"))
    assert "£12,400.00" in shown
    assert "Decide and award" not in shown
    assert reader.get(DECIDE).status_code == 403
    assert reader.post(DECIDE, once="a" * 24, step="record", **PART).status_code == 403
    assert count(books, Application) == 1
    assert status(books) == "received"


def test_what_is_typed_is_shown_as_text(books: Books, officer: Visitor, fund: Fund) -> None:
    answer = send(officer, DECIDE, "check", **PART | {"reasons": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
