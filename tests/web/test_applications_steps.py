"""One application's page, and the steps it takes without an award: withdrawn, reopened."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.years import long_date, today
from fundtracker.services import applications, funds
from fundtracker.services.applications import find_application
from fundtracker.services.variations import withdraw_award
from fundtracker.store.applications import Application
from fundtracker.store.events import Event
from fundtracker.store.funds import Fund
from tests.books.builder import LATER, Books
from tests.web.asking import ask, count, send
from tests.web.visitor import Visitor, words

PAGE = "/applications/SRF20-A001"
WITHDRAW, REOPEN = f"{PAGE}/withdraw", f"{PAGE}/reopen"


@pytest.fixture
def fund(books: Books) -> Fund:
    return books.fund("280,000", reference="SRF20", outcomes=("Fewer collisions",))


@pytest.fixture
def application(books: Books, fund: Fund) -> Application:
    return ask(books, fund)


@pytest.fixture
def declined(books: Books, application: Application) -> Application:
    books.do(applications.decline, application=application, reasons="Outside the area.")
    return application


def status(books: Books) -> str:
    books.session.rollback()
    return find_application(books.session, "SRF20-A001").status.value


class TestPage:
    """What the page shows in each state."""

    @pytest.mark.usefixtures("application")
    def test_while_it_waits(self, officer: Visitor) -> None:
        said = words(officer.get(PAGE))
        for part in ("Waits for a decision", "Asked for £12,400.00", "Awarded £0.00 not decided yet", "Nothing yet."):
            assert part in said
        for link in ("/decide", "/withdraw", "/words"):
            assert f'href="{PAGE}{link}"' in officer.get(PAGE).text
        assert f'href="{REOPEN}"' not in officer.get(PAGE).text
        assert "Application logged 1 Jun 2020 By tests" in said

    def test_asked_for_awarded_and_paid_stand_side_by_side(
        self, books: Books, officer: Visitor, fund: Fund, application: Application
    ) -> None:
        award = books.award(fund, "11,200", to=application.organisation, application=application)
        books.pay(award, "8,400")
        said = words(officer.get(PAGE))
        assert "Asked for £12,400.00 Awarded £11,200.00 awarded in part Paid £8,400.00 To pay £2,800.00" in said
        assert "SRF20-001 11,200.00 8,400.00 2,800.00" in said
        assert "Safer Roads Fund 2020 12,400.00 11,200.00 8,400.00" in said
        for link in ("/decide", "/withdraw", "/reopen"):
            assert f'href="{PAGE}{link}"' not in officer.get(PAGE).text

    def test_a_value_not_stated_is_not_nought(
        self, books: Books, officer: Visitor, fund: Fund, application: Application
    ) -> None:
        books.award(fund, None, to=application.organisation, application=application)
        assert "Awarded Not stated" in words(officer.get(PAGE))

    def test_money_to_come_back_is_said(
        self, books: Books, officer: Visitor, fund: Fund, application: Application
    ) -> None:
        award = books.award(fund, "100", to=application.organisation, application=application)
        books.pay(award, "100")
        books.do(withdraw_award, award=award, keep_paid=False)
        assert "Paid £100.00 To pay £0.00 To recover £100.00" in words(officer.get(PAGE))

    @pytest.mark.usefixtures("declined")
    def test_declined_with_its_reasons(self, officer: Visitor) -> None:
        said = words(officer.get(PAGE))
        assert "Awarded £0.00 declined" in said
        assert "Outside the area" in said
        assert f'href="{REOPEN}"' in officer.get(PAGE).text

    def test_the_next_waiting_is_linked(self, books: Books, officer: Visitor, fund: Fund) -> None:
        first = ask(books, fund)
        ask(books, fund, None, books.organisation("Shrewsbury Riders"))
        assert "Next waiting: Shrewsbury Riders" in words(officer.get(PAGE))
        books.do(applications.decline, application=first, reasons="Outside the area")
        shown = officer.get(PAGE)
        assert "Decide the next waiting: Shrewsbury Riders" in words(shown)
        assert 'href="/applications/SRF20-A002/decide"' in shown.text


class TestWithdrawing:
    """Those who asked have withdrawn."""

    @pytest.mark.usefixtures("application")
    def test_is_recorded_once_with_its_reasons_and_takes_nothing(self, books: Books, officer: Visitor) -> None:
        key = officer.key(WITHDRAW)
        answers = {"on": "30 June 2020", "reasons": "They found money elsewhere"}
        before = count(books, Event)
        places = {send(officer, WITHDRAW, "record", key, **answers).location for _ in range(2)}
        assert places == {PAGE}
        said = words(officer.get(PAGE))
        assert "SRF20-A001 is withdrawn. Nothing was taken from the fund." in said
        assert "They found money elsewhere" in said
        assert (status(books), count(books, Event) - before) == ("withdrawn", 1)

    @pytest.mark.usefixtures("application")
    @pytest.mark.parametrize("day", ["soon", "", "31 May 2020", long_date(today() + timedelta(days=1))])
    def test_a_wrong_date_keeps_what_was_typed(self, books: Books, officer: Visitor, day: str) -> None:
        answer = send(officer, WITHDRAW, "record", on=day, reasons="They found money elsewhere")
        assert answer.status_code == 422
        assert 'href="#on"' in answer.text
        assert "They found money elsewhere" in answer.text
        assert status(books) == "received"

    def test_one_that_is_decided_says_so(self, books: Books, officer: Visitor, application: Application) -> None:
        key = officer.key(WITHDRAW)
        books.do(applications.decline, application=application, reasons="Outside the area")
        said = "SRF20-A001 is declined already, decided by tests on 30 June 2020."
        assert said in words(officer.get(WITHDRAW))
        late = send(officer, WITHDRAW, "record", key, on="1 July 2020")
        assert late.status_code == 422
        assert said in words(late)


class TestReopening:
    """It was declined or withdrawn by mistake."""

    @pytest.mark.usefixtures("declined")
    def test_waits_again_and_its_history_says_why(self, books: Books, officer: Visitor) -> None:
        assert "Outside the area" in words(officer.get(REOPEN))
        answer = send(officer, REOPEN, "record", on="1 July 2020", reasons="The wrong row was chosen")
        said = words(officer.get(answer.location))
        assert "SRF20-A001 is reopened, and waits for a decision again." in said
        assert "with the reasons: Outside the area. The wrong row was chosen" in said
        assert status(books) == "received"
        assert officer.get(f"{PAGE}/decide").status_code == 200

    @pytest.mark.usefixtures("declined")
    def test_asks_why_and_for_a_date_after_the_decision(self, books: Books, officer: Visitor) -> None:
        assert "Enter why it is reopened" in words(send(officer, REOPEN, "record", on="1 July 2020", reasons=" "))
        early = send(officer, REOPEN, "record", on="29 June 2020", reasons="The wrong row was chosen")
        assert f"SRF20-A001 was declined on {long_date(LATER)}" in words(early)
        assert "The wrong row was chosen" in early.text
        assert status(books) == "declined"

    def test_one_that_waits_or_is_awarded_says_so(
        self, books: Books, officer: Visitor, fund: Fund, application: Application
    ) -> None:
        assert "SRF20-A001 waits for a decision already." in words(officer.get(REOPEN))
        books.award(fund, "12,400", to=application.organisation, application=application)
        assert "Undo the entry that awarded it" in words(officer.get(REOPEN))

    @pytest.mark.usefixtures("declined")
    def test_a_closed_fund_can_be_put_right(self, books: Books, officer: Visitor, fund: Fund) -> None:
        books.do(funds.close_fund, fund=fund)
        assert send(officer, REOPEN, "record", on="1 July 2020", reasons="A mistake").status_code == 303


@pytest.mark.usefixtures("declined")
@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", [WITHDRAW, REOPEN])
def test_who_only_reads_can_do_neither(
    books: Books, signed_in: Callable[[Role], Visitor], role: Role, path: str
) -> None:
    reader = signed_in(role)
    assert "Reopen" not in words(reader.get(PAGE))
    assert reader.get(path).status_code == 403
    assert reader.post(path, once="a" * 24, step="record", on="1 July 2020", reasons="x").status_code == 403
    assert status(books) == "declined"
