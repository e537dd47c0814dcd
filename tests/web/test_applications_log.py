"""Logging an application: one screen, organisations found by name, nothing typed is lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from fundtracker.domain.roles import Role
from fundtracker.domain.years import long_date, today
from fundtracker.services import funds
from fundtracker.store.applications import Application
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books
from tests.web.asking import count, send
from tests.web.visitor import Visitor, words

LOG = "/applications/log/SRF20"
ANSWERS = {
    "organisation": "Wellington Town Council",
    "asked_for": "£12,400",
    "purpose": "Two crossing points",
    "benefits": "Three primary schools",
    "received_on": "1 June 2020",
}


@pytest.fixture
def fund(books: Books) -> str:
    """Open a fund that asks for an outcome, and add an organisation."""
    books.organisation()
    return books.fund("280,000", reference="SRF20", outcomes=("Fewer collisions", "More confidence")).reference


@pytest.fixture
def outcomes(books: Books, fund: str) -> list[str]:
    return [str(outcome.id) for outcome in funds.find_fund(books.session, fund).outcomes]


def only_application(books: Books) -> Application:
    books.session.rollback()
    return books.session.scalars(select(Application)).one()


def test_it_is_logged_and_shown_with_everything_that_was_typed(
    books: Books, officer: Visitor, outcomes: list[str]
) -> None:
    answer = send(officer, LOG, "record", outcomes=outcomes[:1], **ANSWERS)
    assert answer.status_code == 303
    shown = words(officer.get(answer.location))
    for part in ("SRF20-A001", "Wellington Town Council", "£12,400.00", "Three primary schools", "Fewer collisions"):
        assert part in shown
    assert "More confidence" not in shown
    assert "1 June 2020" in shown


def test_save_and_log_another_keeps_the_fund_and_the_date_and_starts_in_the_first_field(
    officer: Visitor, outcomes: list[str]
) -> None:
    assert "autofocus" not in officer.get(LOG).text
    answer = send(officer, LOG, "another", outcomes=outcomes, **ANSWERS)
    page = officer.get(answer.location)
    assert answer.location.startswith(LOG)
    assert "SRF20-A001 is logged" in words(page)
    assert "Two crossing points" not in page.text
    assert 'value="1 June 2020"' in page.text
    assert 'data-disable-auto-focus="true"' in page.text
    assert [tag for tag in page.text.split("<") if "autofocus" in tag and 'name="organisation"' in tag]


@pytest.mark.parametrize("kept", ["soon", "2999-01-01", ""])
def test_a_date_that_cannot_be_kept_is_today(officer: Visitor, fund: str, kept: str) -> None:
    assert long_date(today()) in officer.get(f"{LOG}?received_on={kept}").text


def test_an_amount_that_is_not_stated_is_not_nought(books: Books, officer: Visitor, outcomes: list[str]) -> None:
    answer = send(officer, LOG, "record", outcomes=outcomes, **ANSWERS | {"asked_for": ""})
    assert only_application(books).asked_for is None
    assert "Asked for Not stated" in words(officer.get(answer.location))


@pytest.mark.parametrize("typed", ["WELLINGTON  town council.", "wellington town-council"])
def test_case_and_punctuation_do_not_matter(books: Books, officer: Visitor, outcomes: list[str], typed: str) -> None:
    assert send(officer, LOG, "record", outcomes=outcomes, **ANSWERS | {"organisation": typed}).status_code == 303
    assert count(books, Organisation) == 1


def test_a_name_that_is_only_alike_is_asked_about_and_nothing_is_lost(
    books: Books, officer: Visitor, outcomes: list[str]
) -> None:
    weobley = books.organisation("Weobley Parish Council")
    typed = ANSWERS | {"organisation": "Weobley P.C."}
    asked = send(officer, LOG, "record", outcomes=outcomes[:1], **typed)
    assert asked.status_code == 422
    assert "No organisation is named “Weobley P.C.”" in words(asked)
    assert f'value="{weobley.id}"' in asked.text
    for kept in ("Weobley P.C.", "£12,400", "Two crossing points", "Three primary schools", "1 June 2020"):
        assert kept in asked.text
    assert 'value="' + outcomes[0] + '" checked' in asked.text
    chosen = send(officer, LOG, "record", outcomes=outcomes[:1], organisation_choice=str(weobley.id), **typed)
    assert chosen.status_code == 303
    assert only_application(books).organisation.name == "Weobley Parish Council"


def test_an_unknown_organisation_is_added_in_place(books: Books, officer: Visitor, outcomes: list[str]) -> None:
    typed = ANSWERS | {"organisation": "Telford Riders"}
    asked = send(officer, LOG, "record", outcomes=outcomes, **typed)
    assert "Add “Telford Riders” as a new organisation" in words(asked)
    assert count(books, Organisation) == 1
    send(officer, LOG, "record", outcomes=outcomes, organisation_choice="new telford riders", **typed)
    assert only_application(books).organisation.name == "Telford Riders"


@pytest.mark.parametrize("wrong", [{"outcomes": []}, {"received_on": "soon"}])
def test_a_choice_is_not_lost_to_a_problem_elsewhere(
    books: Books, officer: Visitor, outcomes: list[str], wrong: dict[str, str | list[str]]
) -> None:
    typed = {"outcomes": outcomes, **ANSWERS, "organisation": "Telford Riders", **wrong}
    answer = send(officer, LOG, "record", organisation_choice="new telford riders", **typed)
    assert answer.status_code == 422
    assert 'value="new telford riders" checked' in answer.text
    assert count(books, Organisation) == 1


def test_a_choice_made_for_another_name_is_asked_again(books: Books, officer: Visitor, outcomes: list[str]) -> None:
    typed = ANSWERS | {"organisation": "Shropshire Youth"}
    answer = send(officer, LOG, "record", outcomes=outcomes, organisation_choice="new telford riders", **typed)
    assert answer.status_code == 422
    assert count(books, Organisation) == 1


def test_two_of_one_name_are_told_apart_by_a_person(books: Books, officer: Visitor, outcomes: list[str]) -> None:
    second = books.organisation("Wellington Town Council", type="Charity")
    asked = send(officer, LOG, "record", outcomes=outcomes, **ANSWERS)
    assert "2 organisations are named “Wellington Town Council”" in words(asked)
    assert "Wellington Town Council (Charity, awarded nothing)" in words(asked)
    send(officer, LOG, "record", outcomes=outcomes, organisation_choice=str(second.id), **ANSWERS)
    assert only_application(books).organisation.id == second.id


def test_an_outcome_is_asked_for_where_the_fund_asks_for_one(books: Books, officer: Visitor, fund: str) -> None:
    answer = send(officer, LOG, "record", **ANSWERS)
    assert answer.status_code == 422
    assert "Choose at least one outcome" in words(answer)
    assert 'href="#outcomes"' in answer.text
    assert count(books, Application) == 0


def test_a_fund_without_outcomes_does_not_ask(books: Books, officer: Visitor, fund: str) -> None:
    books.fund("1,000", name="Reserve", reference="RES20")
    assert "Outcomes" not in words(officer.get("/applications/log/RES20"))
    assert send(officer, "/applications/log/RES20", "record", **ANSWERS).status_code == 303


def test_a_form_sent_twice_logs_once(books: Books, officer: Visitor, outcomes: list[str]) -> None:
    key = officer.key(LOG)
    places = {send(officer, LOG, "record", key, outcomes=outcomes, **ANSWERS).location for _ in range(2)}
    assert len(places) == 1
    assert count(books, Application) == 1


def test_a_closed_fund_says_so(books: Books, officer: Visitor, fund: str) -> None:
    key = officer.key(LOG)
    books.do(funds.close_fund, fund=funds.find_fund(books.session, fund))
    assert "is closed" in words(officer.get(LOG))
    late = send(officer, LOG, "record", key, **ANSWERS)
    assert late.status_code == 422
    assert "is closed, so it takes no new application" in words(late)
    assert count(books, Application) == 0


def test_one_like_another_that_waits_is_asked_about(books: Books, officer: Visitor, outcomes: list[str]) -> None:
    send(officer, LOG, "record", outcomes=outcomes, **ANSWERS)
    asked = send(officer, LOG, "record", outcomes=outcomes, **ANSWERS)
    assert asked.status_code == 422
    said = "Wellington Town Council asked this fund for £12,400.00 on 1 June 2020, and it still waits: SRF20-A001."
    assert said in words(asked)
    assert 'href="#again"' in asked.text
    assert count(books, Application) == 1
    assert send(officer, LOG, "record", outcomes=outcomes, again="y", **ANSWERS).status_code == 303
    assert count(books, Application) == 2


def test_nothing_left_is_said_and_it_can_still_be_logged(books: Books, officer: Visitor) -> None:
    books.fund(name="Reserve", reference="RES20")
    assert "Nothing has been allocated to Reserve." in words(officer.get("/applications/log/RES20"))
    books.award(books.fund("10", name="Spent", reference="SP20"), "10")
    assert "Nothing is left to award in Spent." in words(officer.get("/applications/log/SP20"))
    assert send(officer, "/applications/log/SP20", "record", **ANSWERS | {"organisation": "Anyone"}).status_code == 422


class TestWithoutAFund:
    """The fund is chosen on the same screen."""

    START = "/applications/log"

    @pytest.fixture
    def reserve(self, books: Books, fund: str) -> str:
        return books.fund("1,000", name="Reserve", reference="RES20").reference

    def test_where_one_is_open_it_is_that_one(self, officer: Visitor, fund: str) -> None:
        assert officer.get(self.START).location.endswith(LOG)

    def test_where_none_is_open_it_says_so(self, officer: Visitor) -> None:
        assert "No fund is open, so none takes an application. Open a fund first." in words(officer.get(self.START))

    @pytest.mark.usefixtures("reserve")
    def test_its_outcomes_are_shown_and_what_was_typed_is_kept(self, officer: Visitor) -> None:
        assert "Fewer collisions" not in officer.get(self.START).text
        shown = send(officer, self.START, "choose", fund="SRF20", **ANSWERS)
        assert shown.status_code == 200
        assert "Fewer collisions" in words(shown)
        for kept in ('value="SRF20" selected', "£12,400", "Two crossing points", "Wellington Town Council"):
            assert kept in shown.text

    @pytest.mark.usefixtures("reserve")
    def test_it_is_logged_to_the_fund_chosen(self, books: Books, officer: Visitor, outcomes: list[str]) -> None:
        answer = send(officer, self.START, "another", fund="SRF20", outcomes=outcomes, **ANSWERS)
        assert answer.location == f"{LOG}?received_on=2020-06-01"
        assert only_application(books).reference == "SRF20-A001"

    @pytest.mark.usefixtures("reserve")
    def test_outcomes_of_another_fund_are_let_go(self, books: Books, officer: Visitor, outcomes: list[str]) -> None:
        assert send(officer, self.START, "record", fund="RES20", outcomes=outcomes, **ANSWERS).status_code == 303
        assert only_application(books).outcomes == []

    @pytest.mark.usefixtures("reserve")
    def test_a_fund_is_asked_for_and_must_be_open(self, books: Books, officer: Visitor) -> None:
        key = officer.key(self.START)
        missing = send(officer, self.START, "record", key, fund="", **ANSWERS)
        assert missing.status_code == 422
        assert 'href="#fund"' in missing.text
        books.do(funds.close_fund, fund=funds.find_fund(books.session, "RES20"))
        closed = send(officer, self.START, "record", key, fund="RES20", **ANSWERS)
        assert "Reserve is closed, so it takes no new application" in words(closed)
        unknown = send(officer, self.START, "record", key, fund="%00", **ANSWERS)
        assert "There is no fund with the reference %00" in words(unknown)
        assert "Two crossing points" in unknown.text
        assert count(books, Application) == 0


@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
def test_who_only_reads_cannot_log(signed_in: Callable[[Role], Visitor], fund: str, role: Role) -> None:
    reader = signed_in(role)
    assert reader.get(LOG).status_code == 403
    assert reader.post(LOG, once="a" * 24, step="record", **ANSWERS).status_code == 403
