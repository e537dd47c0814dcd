"""Awarding from more than one line or fund, subject to funding, or with no value stated yet."""

import pytest

from fundtracker.domain.statuses import ApplicationStatus, Basis
from fundtracker.services import funds
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask, check_and_record, count, send
from tests.web.visitor import Visitor, hidden, words

DIRECT = "/awards/direct/SRF20"
ANSWERS = {
    "organisation": "Wellington Town Council",
    "amounts-0": "60",
    "purpose": "Food parcels",
    "reasons": "Urgent need",
    "on": "30 June 2020",
    "type": "grant",
}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line, and add an organisation."""
    books.organisation()
    return books.fund("100", reference="SRF20")


@pytest.fixture
def covid(books: Books, fund: Fund) -> Fund:
    """Open another fund."""
    return books.fund("30", name="Covid-19 response fund", reference="COV20")


def both(fund: Fund, covid: Fund) -> str:
    return f"{fund.lines[0].id} {covid.lines[0].id}"


def test_another_fund_is_added_and_taken_out_without_script(
    books: Books, officer: Visitor, fund: Fund, covid: Fund
) -> None:
    added = send(officer, DIRECT, "add-fund", **ANSWERS | {"another": "COV20"})
    assert added.status_code == 200
    assert hidden(added, "lines") == both(fund, covid)
    assert 'name="amounts-1"' in added.text
    assert 'value="60"' in added.text
    said = words(added)
    assert "Covid-19 response fund 30.00" in said
    assert "Take Covid-19 response fund out again" in said
    answers = ANSWERS | {"lines": both(fund, covid), "amounts-1": "20"}
    dropped = send(officer, DIRECT, "drop COV20", **answers)
    assert hidden(dropped, "lines") == str(fund.lines[0].id)
    assert 'name="amounts-1"' not in dropped.text


def test_a_fund_that_was_chosen_and_not_added_is_not_forgotten(officer: Visitor, fund: Fund, covid: Fund) -> None:
    checked = send(officer, DIRECT, "check", **ANSWERS | {"another": "COV20"})
    assert 'name="amounts-1"' in checked.text
    assert "Nothing has moved yet" not in words(checked)


def test_two_funds_are_checked_recorded_and_confirmed(books: Books, officer: Visitor, fund: Fund, covid: Fund) -> None:
    answers = ANSWERS | {"lines": both(fund, covid), "amounts-1": "20"}
    checked = words(send(officer, DIRECT, "check", **answers))
    for part in (
        "Send £80.00 for approval",
        "Covid-19 response fund: £20.00",
        "Safer Roads Fund 2020: £60.00",
        "£10.00",
        "£40.00",
    ):
        assert part in checked
    confirmed = words(officer.get(check_and_record(officer, DIRECT, **answers).location))
    assert "Wellington Town Council is awarded £80.00 Reference SRF20-001" in confirmed
    assert "£10.00 is left to award in Covid-19 response fund" in confirmed
    books.session.rollback()
    assert [line.awarded for line in find_award(books.session, "SRF20-001").lines] == [6_000, 2_000]


def test_the_fund_that_is_short_is_refused_at_its_amount(officer: Visitor, fund: Fund, covid: Fund) -> None:
    answer = send(officer, DIRECT, "check", **ANSWERS | {"lines": both(fund, covid), "amounts-1": "31"})
    assert "There is £30.00 left in Covid-19 response fund. This needs £31.00" in words(answer)
    assert 'href="#amounts-1"' in answer.text


def test_either_fund_moving_is_told(books: Books, officer: Visitor, fund: Fund, covid: Fund) -> None:
    answers = ANSWERS | {"lines": both(fund, covid), "amounts-1": "20"}
    checked = send(officer, DIRECT, "check", **answers)
    books.award(covid, "5")
    answer = send(officer, DIRECT, "record", hidden(checked, "once"), seen=hidden(checked, "seen"), **answers)
    assert "The balance of Covid-19 response fund has moved since you checked" in words(answer)
    assert count(books, Award) == 1


def test_a_line_opened_meanwhile_changes_no_row(books: Books, officer: Visitor, fund: Fund, covid: Fund) -> None:
    shown = both(fund, covid)
    books.line(fund, "50", year=2021)
    check_and_record(officer, DIRECT, **ANSWERS | {"lines": shown, "amounts-1": "20"})
    books.session.rollback()
    lines = find_award(books.session, "SRF20-001").lines
    assert [(line.budget_line.fund.reference, line.awarded) for line in lines] == [("SRF20", 6_000), ("COV20", 2_000)]


def test_subject_to_funding_is_listed_and_not_counted(books: Books, officer: Visitor, fund: Fund) -> None:
    following = books.line(fund, year=2021)
    answers = ANSWERS | {"amounts-1": "70", "waiting": str(following.id)}
    worked = words(send(officer, DIRECT, "work-out", **answers))
    assert "£70.00 is subject to funding, and not counted." in worked
    assert "2021/22 revenue subject to funding, not counted yet" in worked
    checked = words(send(officer, DIRECT, "check", **answers))
    assert "2021/22 revenue: £70.00, subject to funding" in checked
    assert "Send £130.00 for approval" in checked
    confirmed = words(officer.get(check_and_record(officer, DIRECT, **answers).location))
    assert "£70.00 from Safer Roads Fund 2020 is subject to funding: it is counted as nothing" in confirmed
    assert "Give SRF20-001 its value, once it has one" in confirmed
    books.session.rollback()
    line = find_award(books.session, "SRF20-001").lines[1]
    assert (line.basis, line.proposed, line.awarded) == (Basis.SUBJECT_TO_FUNDING, 7_000, 0)


def test_a_value_not_stated_is_recorded_as_such(books: Books, officer: Visitor, fund: Fund) -> None:
    line = str(fund.lines[0].id)
    clash = send(officer, DIRECT, "check", **ANSWERS | {"unstated": line})
    assert "The value is ticked as not stated, and £60.00 is entered." in words(clash)
    assert 'href="#amounts-0"' in clash.text
    answers = ANSWERS | {"unstated": line, "amounts-0": ""}
    checked = words(send(officer, DIRECT, "check", **answers))
    assert "Safer Roads Fund 2020: value not stated" in checked
    assert "Send it for approval" in checked
    confirmed = words(officer.get(check_and_record(officer, DIRECT, **answers).location))
    assert "has an award that is not counted yet" in confirmed
    books.session.rollback()
    assert find_award(books.session, "SRF20-001").lines[0].basis is Basis.NOT_STATED


def test_a_decision_takes_from_two_funds_too(books: Books, officer: Visitor, fund: Fund, covid: Fund) -> None:
    ask(books, fund, "80")
    path = "/applications/SRF20-A001/decide"
    added = send(officer, path, "add-fund", **ANSWERS | {"answer": "full", "another": "COV20"})
    assert hidden(added, "lines") == both(fund, covid)
    answers = ANSWERS | {"answer": "full", "lines": both(fund, covid), "amounts-1": "20"}
    check_and_record(officer, path, **answers)
    books.session.rollback()
    assert find_application(books.session, "SRF20-A001").status is ApplicationStatus.IN_FULL
    assert sum(line.awarded for line in find_award(books.session, "SRF20-001").lines) == 8_000


@pytest.mark.parametrize("lines", ["9" * 30, "x y", "-1 0", "1 1 1", "²"])
def test_lines_that_nobody_has_are_left_out(officer: Visitor, fund: Fund, lines: str) -> None:
    answer = send(officer, DIRECT, "check", **ANSWERS | {"lines": lines, "amounts-7": "9"})
    assert "Send £60.00 for approval" in words(answer)


def test_a_closed_fund_is_not_offered(books: Books, officer: Visitor, fund: Fund, covid: Fund) -> None:
    books.do(funds.close_fund, fund=covid)
    assert "Covid-19" not in words(officer.get(DIRECT))
    answer = send(officer, DIRECT, "check", **ANSWERS | {"lines": both(fund, covid), "amounts-1": "20"})
    assert "Covid-19 response fund is closed, so it takes no new award" in words(answer)


def test_where_one_fund_is_open_awarding_starts_there(books: Books, officer: Visitor, fund: Fund) -> None:
    assert officer.get("/awards/direct").location == DIRECT
    books.fund("30", name="Covid-19 response fund", reference="COV20")
    said = words(officer.get("/awards/direct"))
    assert "Safer Roads Fund 2020 SRF20 PCC 100.00" in said
    assert "Covid-19 response fund COV20 PCC 30.00" in said
