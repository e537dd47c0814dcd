"""The pages that look ahead: exceptions with what is done, the rules' settings, the forecast and the cliff edge."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import AwardType, Sureness
from fundtracker.domain.years import FinancialYear
from fundtracker.services.adjusting import adjust_forecast, adjustments
from fundtracker.services.exceptions.rules import RULES, Rule
from fundtracker.services.exceptions.steps import Said, say
from fundtracker.services.funds import find_fund
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import send
from tests.web.visitor import Visitor, hidden, words

AT = "as_at=21+September+2020"
ADJUST = "/funds/SRF20/forecast/adjust?year=2020/21"
SignIn = Callable[[Role], Visitor]


@pytest.fixture
def fund(books: Books) -> Fund:
    """Give a fund of £5,000 with a grant of £900 that is all to pay, and a contract of £100 that is paid."""
    fund = books.fund("5,000", reference="SRF20")
    books.award(fund, "900")
    contract = books.award(fund, "100", type=AwardType.CONTRACT, ends_on=date(2021, 3, 10))
    books.pay(contract, "100")
    return fund


class TestExceptions:
    def test_the_list_its_filters_and_its_workbook(self, fund: Fund, officer: Visitor) -> None:
        shown = words(officer.get(f"/reports/exceptions?{AT}"))
        assert "Exceptions 2 under 2 rules" in shown
        assert "no schedule, so due in whole on 30 June 2020, not paid Instalment overdue 900.00 83" in shown

        ending = words(officer.get(f"/reports/exceptions?{AT}&rule=ending"))
        assert "its contract ends on 10 March 2021, and nothing follows it" in ending
        assert "1 exception of 2" in ending

        sent = officer.get(f"/reports/exceptions.xlsx?{AT}")
        sheet = load_workbook(BytesIO(sent.data))["Exceptions"]
        assert [(row[0], row[3]) for row in sheet.iter_rows(2, 3, values_only=True)] == [
            ("SRF20-001", 900), ("SRF20-002", 100)
        ]  # fmt: skip

    def test_nothing_wrong_says_so(self, officer: Visitor) -> None:
        assert "Nothing is late, over or missing" in words(officer.get("/reports/exceptions"))

    def test_what_is_done_is_said_and_shown(self, books: Books, fund: Fund, officer: Visitor) -> None:
        key = f"overdue:instalment:SRF20-001:{books.award_lines()[0].id}-0"
        page = f"/reports/exceptions/one?key={key}"

        answer = send(officer, page, "", as_read="0", owner="Jo", action="Chase", due_on="1 May 2027", note="Rang")

        assert answer.status_code == 303, words(answer)
        shown = words(officer.get(answer.location))
        assert "Jo Chase “Rang” Commissioning Officer" in shown
        assert "1 May 2027" in shown

    def test_two_people_at_once_see_both(self, books: Books, fund: Fund, officer: Visitor) -> None:
        key = f"overdue:instalment:SRF20-001:{books.award_lines()[0].id}-0"
        page = f"/reports/exceptions/one?key={key}"
        books.change(say, key=key, said=Said(note="Asked the council"), as_read=0, by=Actor("Ann"))

        refused = send(officer, page, "", as_read="0", note="Rang")

        assert refused.status_code == 422
        assert "Ann said something of this after you opened the page." in words(refused)
        assert "Asked the council" in words(refused)
        assert "Rang" in refused.text
        again = send(officer, page, "", as_read=hidden(refused, "as_read"), note="Rang")
        assert again.status_code == 303

    def test_what_is_no_exception_is_not_found(self, officer: Visitor) -> None:
        assert officer.get("/reports/exceptions/one?key=cut:nothing").status_code == 404


class TestRules:
    def answers(self, **changed: str) -> dict[str, str]:
        given = {f"{rule.value}-watched": "y" for rule in Rule}
        given |= {f"{rule.value}-days": str(one.days) for rule, one in RULES.items() if one.days is not None}
        given |= {f"{rule.value}-percent": str(one.percent) for rule, one in RULES.items() if one.percent is not None}
        return {**given, "renew_days": "90", "procure_days": "180", **changed}

    def test_a_rule_is_tuned_and_the_list_follows(self, fund: Fund, signed_in: SignIn) -> None:
        administrator = signed_in(Role.ADMINISTRATOR)
        page = "/settings/exceptions"

        changed = send(administrator, page, "", **self.answers(**{"ending-days": "30", "procure_days": "200"}))

        assert changed.status_code == 303, words(changed)
        shown = words(administrator.get(changed.location))
        assert "The rules are changed." in shown
        assert "Ending with no successor: 30 days Commissioning officer" in shown
        assert "200 to procure a contract" in shown
        assert "Exceptions 1 under 1 rule" in words(administrator.get(f"/reports/exceptions?{AT}"))

    def test_a_number_that_is_none_is_refused_where_it_is(self, signed_in: SignIn) -> None:
        page = "/settings/exceptions"
        refused = send(signed_in(Role.ADMINISTRATOR), page, "", **self.answers(**{"ending-days": "soon"}))
        assert refused.status_code == 422
        assert "Enter a whole number, like 30" in words(refused)

    def test_nobody_else_may(self, officer: Visitor) -> None:
        assert officer.get("/settings/exceptions").status_code == 403


class TestForecast:
    def test_every_fund_and_the_total(self, fund: Fund, officer: Visitor) -> None:
        shown = words(officer.get(f"/reports/forecast?{AT}"))
        assert "Underspend £4,000.00 80.00% of what is allocated" in shown
        assert "SRF20 5,000.00 100.00 900.00 0.00 1,000.00 1,000.00 4,000.00 Low underspend" in shown

        sheet = load_workbook(BytesIO(officer.get(f"/reports/forecast.xlsx?{AT}").data)).worksheets[0]
        assert [cell.value for cell in sheet[2]][7:11] == [1000, None, 1000, 4000]

    def test_a_year_without_money_says_so(self, fund: Fund, officer: Visitor) -> None:
        assert "No fund has money of 2031/32" in words(officer.get("/reports/forecast?year=2031/32"))
        assert officer.get("/funds/SRF20/forecast?year=2031/32").status_code == 404

    def test_adjusting_with_a_reason_and_going_back(self, fund: Fund, officer: Visitor) -> None:
        made = send(officer, ADJUST, "", amount="4,950", sure="medium", reason="Two more rounds", as_read="0")
        assert made.status_code == 303, words(made)
        shown = words(officer.get(made.location))
        assert "Underspend £50.00 of £5,000.00 allocated; medium" in shown
        assert "Two more rounds" in shown

        read = hidden(officer.get(ADJUST), "as_read")
        back = send(officer, ADJUST, "", amount="", sure="low", reason="The schedule is right", as_read=read)

        shown = words(officer.get(back.location))
        assert "Underspend £4,000.00" in shown
        assert "Adjustments 2" in shown

    def test_two_officers_at_once_see_both(self, books: Books, fund: Fund, officer: Visitor) -> None:
        mine = find_fund(books.session, "SRF20")
        books.change(
            adjust_forecast, fund=mine, year=FinancialYear(2020), amount=pence("3,000"), sure=Sureness.HIGH,
            reason="The last round is withdrawn", as_read=0, by=Actor("Ann"),
        )  # fmt: skip

        typed = {"amount": "4,950", "sure": "medium", "reason": "Two more rounds"}
        refused = send(officer, ADJUST, "", **typed, as_read="0")

        assert refused.status_code == 422
        said = words(refused)
        assert "Ann changed this forecast to £3,000.00" in said
        assert "Spent by the end of the year £3,000.00 £4,950.00" in said
        again = send(officer, ADJUST, "", **typed, as_read=hidden(refused, "as_read"))
        assert again.status_code == 303
        books.session.rollback()
        assert [one.amount for one in adjustments(books.session, mine)] == [pence("4,950"), pence("3,000")]


class TestCliffs:
    def test_who_loses_what_and_by_when_to_decide(self, books: Books, fund: Fund, officer: Visitor) -> None:
        shown = words(officer.get(f"/reports/cliff-edge?{AT}"))
        assert "Nothing follows 2 of 2 services" in shown
        assert "Too late to begin in time 1" in shown
        assert "10 Mar 2021 180 days to procure 11 Sep 2020 10 days late" in shown

    def test_what_an_award_follows_is_said_in_its_words(self, books: Books, fund: Fund, officer: Visitor) -> None:
        page = "/awards/SRF20-002/words"
        read = hidden(officer.get(page), "as_read")
        said = {"ends_on": "10 March 2021", "as_read": read}

        unknown = send(officer, page, "", **said, follows="SRF20-099")
        assert "There is no award with the reference SRF20-099." in words(unknown)
        itself = send(officer, page, "", **said, follows="SRF20-002")
        assert "SRF20-002 comes before SRF20-002 already" in words(itself)
        assert send(officer, page, "", **said, follows="SRF20-001").status_code == 303

        shown = words(officer.get(f"/reports/cliff-edge?{AT}"))
        assert "Grant SRF20-001 £900.00 Contract SRF20-002" in shown
