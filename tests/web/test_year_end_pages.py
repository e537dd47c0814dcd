"""The pages of the year end: what they ask, what they refuse with what was typed kept, and what they show."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.store.funds import Fund
from fundtracker.web.accruals import suggestions
from tests.books.builder import Books
from tests.catalogue.visits import says
from tests.catalogue.year_end import keep_year_end
from tests.web.asking import approve
from tests.web.visitor import Visitor

SignIn = Callable[[Role], Visitor]


@pytest.fixture
def finance(books: Books, signed_in: SignIn) -> Visitor:
    keep_year_end(books)
    return signed_in(Role.FINANCE)


def sent(visitor: Visitor, path: str, **answers: str | list[str]) -> TestResponse:
    return visitor.post(path, once=visitor.key(path), **answers)


def figures(page: TestResponse, *words: str) -> bool:
    text = says(page)
    return all(word in text for word in words)


class TestExpecting:
    def test_is_noted_and_a_refusal_keeps_what_was_typed(self, finance: Visitor) -> None:
        path = "/funds/YEA20/expect"
        typed = {"kind": "claim", "amount": "1,234.56", "due_on": "30 June 2021", "period_from": "1 May 2021"}

        refused = sent(finance, path, **typed, period_to="30 April 2021")
        assert refused.status_code == 422
        assert 'value="1,234.56"' in refused.text
        assert "before it begins" in refused.text

        noted = sent(finance, path, **typed, period_to="31 May 2021")
        assert noted.status_code == 303
        page = finance.get(noted.location)
        assert figures(page, "£1,234.56 is expected from PCC by 30 June 2021", "Claim sent", "Overdue")

    def test_a_form_sent_twice_notes_it_once(self, finance: Visitor) -> None:
        path = "/funds/YEA20/expect"
        typed = {"once": finance.key(path), "kind": "instalment", "amount": "77.77", "due_on": "30 June 2021"}

        assert finance.post(path, **typed).location == finance.post(path, **typed).location
        assert finance.get("/funds/YEA20/cash").text.count(">77.77<") == 2  # its amount, and what is still expected

    def test_our_own_money_is_refused(self, finance: Visitor, roads: Fund) -> None:
        page = sent(finance, f"/funds/{roads.reference}/expect", kind="instalment", amount="1", due_on="30 June 2021")

        assert page.status_code == 422
        assert "own money" in page.text

    @pytest.mark.parametrize("role", [Role.COMMISSIONING, Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
    def test_only_finance_may(self, books: Books, signed_in: SignIn, role: Role) -> None:
        keep_year_end(books)
        visitor = signed_in(role)

        for path in ("/funds/YEA20/expect", "/accruals/new", "/accruals/year-end", "/funds/YEA20/next-year"):
            assert visitor.get(path).status_code == 403
        assert "Expect money from the funder" not in visitor.get("/funds/YEA20/cash").text


class TestBothSides:
    def test_the_office_and_the_fund_say_the_same(self, finance: Visitor) -> None:
        office, fund = finance.get("/cash"), finance.get("/funds/YEA20/cash")

        for page in (office, fund):
            assert figures(page, "3,550.00", "2,950.00")  # expected, and to pay
        assert figures(fund, "£1,450.00", "£3,500.00 overdue")
        book = load_workbook(BytesIO(finance.get("/cash.xlsx").data))
        rows = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}
        assert (rows["YEA20"][3], rows["YEA20"][4], rows["YEA20"][10]) == (3550, 3500, 2950)


class TestAccruals:
    def test_recorded_listed_and_undone(self, finance: Visitor) -> None:
        typed = {"kind": "accrual", "award": "YEA20-001", "line": "", "amount": "200", "period_end": "31 March 2021"}

        page = finance.get(sent(finance, "/accruals/new", **typed).location)
        assert figures(page, "ACC-009 is recorded: accrual of £200.00")
        page = finance.get(sent(finance, "/accruals/ACC-009/undo", narrative="It was paid in March").location)
        assert figures(page, "ACC-009 is undone", "It was paid in March")

    def test_too_much_and_no_award_are_refused_at_their_fields(self, finance: Visitor) -> None:
        typed = {"kind": "accrual", "line": "", "amount": "9,000", "period_end": "31 March 2021"}

        too_much = sent(finance, "/accruals/new", **typed, award="YEA20-001")
        assert "too much" in too_much.text
        assert 'href="#amount"' in too_much.text
        unknown = sent(finance, "/accruals/new", **typed, award="NOPE-1")
        assert (unknown.status_code, 'href="#award"' in unknown.text) == (422, True)
        neither = sent(finance, "/accruals/new", **typed)
        assert "choose the fund" in neither.text

    def test_the_journal_adds_up_on_both_sides(self, finance: Visitor) -> None:
        typed = {"kind": "accrual", "award": "YEA20-001", "line": "", "amount": "0.01", "period_end": "31 March 2021"}
        sent(finance, "/accruals/new", **typed)

        answer = finance.get("/accruals/journal.xlsx?period_end=2021-03-31")

        rows = list(load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
        assert rows[0] == (
            "Period", "Cost centre", "Account", "Project", "Debit", "Credit", "Narrative", "Reference",
            "Reversing (Y/N)", "Reverse period",
        )  # fmt: skip
        first, second = rows[1:3]
        assert first[:6] == ("2020/21 period 12", "C100", "4200", "P7", 123.45, None)
        assert second[:6] == ("2020/21 period 12", None, "Accrual", None, None, 123.45)
        assert first[7:] == ("ACC-001", "Y", "2021/22 period 1")
        debit, credit = [sum(Decimal(str(row[place] or 0)) for row in rows[1:-1]) for place in (4, 5)]
        assert debit == credit > Decimal("123.45")
        assert finance.get("/accruals/journal.xlsx?period_end=1999-03-31").status_code == 404

    def test_the_accounts_and_the_certificate_are_settings(self, administrator: Visitor, finance: Visitor) -> None:
        keeper, path = administrator, "/settings"
        known = {"name": "The office", "panel_name": "The Panel", "decision_pattern": "D/{number}",
                 "objectives": _kept(keeper, "objectives"), "areas": _kept(keeper, "areas"),
                 "accrual_account": "9410"}  # fmt: skip

        refused = sent(keeper, path, **known, certificate="{spent} was spent")
        assert (refused.status_code, "Nothing fills {spent}" in refused.text) == (422, True)
        assert sent(keeper, path, **known, certificate="{amount} of {fund} is right").status_code == 303

        assert figures(finance.get("/funds/YEA20/statement"), "£1,050.00 of Victims Fund is right")
        rows = load_workbook(BytesIO(finance.get("/accruals/journal.xlsx").data)).worksheets[0]
        assert "9410" in {row[2] for row in rows.iter_rows(values_only=True)}

    def test_suggestions_are_recorded_together(self, finance: Visitor) -> None:
        path = "/accruals/year-end?day=31+March+2021"
        page = finance.get(path)
        assert figures(page, "Year End Ltd", "YEA20-001", "2,950.00", "no end date is stated".capitalize())
        line = re.findall(r'name="amount-(\d+)"[^>]*Amount to accrue on YEA20-001', page.text)[0]

        assert finance.post(path, step="tick-all").text.count(" checked") == 1
        assert "Year End Ltd" not in finance.get(f"{path}&fund=YEA21").text
        nothing = sent(finance, path)
        assert "Tick what is to be accrued" in nothing.text
        wrong = sent(finance, path, tick=line, **{f"amount-{line}": "9,999"})
        assert (wrong.status_code, 'value="9,999"' in wrong.text, "too much" in wrong.text) == (422, True, True)
        typed = {"once": finance.key(path), "tick": line, f"amount-{line}": "1,000"}
        done = finance.post(path, **typed)
        assert finance.post(path, **typed).location == done.location
        assert figures(finance.get(done.location), "1 accrual at 31 March 2021 recorded: £1,000.00")
        over = sent(finance, path, tick=[line, "999"], **{f"amount-{line}": "5"})
        assert (over.status_code, "1 of those ticked is accrued or paid by now" in over.text) == (422, True)

    def test_suggestions_come_fifty_a_page(self, finance: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(suggestions, "PER_PAGE", 1)
        monkeypatch.setattr(suggestions, "last_page", lambda _count: 2)
        path = "/accruals/year-end?day=31+March+2021"
        first, second = finance.get(path), finance.get(f"{path}&page=2")
        assert first.text.count('name="tick"') == 1
        assert "day=31+March+2021&amp;page=2" in first.text
        line = re.findall(r'name="amount-(\d+)"', first.text)[0]
        assert f'name="amount-{line}"' not in second.text
        # What is ticked stays in sight on whatever page it was.
        assert f'name="amount-{line}"' in sent(finance, f"{path}&page=2", tick=line, **{f"amount-{line}": "x"}).text


def _kept(visitor: Visitor, name: str) -> str:
    text = visitor.get("/settings").text.split(f'name="{name}"')[1]
    return text.split(">", 1)[1].split("</textarea>")[0].strip().replace("&amp;", "&").replace("&#39;", "'")


class TestStatement:
    def test_page_and_workbook_are_the_same_to_the_penny(self, finance: Visitor) -> None:
        page = finance.get("/funds/YEA20/statement?year=2020%2F21")

        assert figures(page, "As at 31 March 2021", "£9,000.00", "£1,050.00", "£7,950.00", "Year End Ltd", "Match")
        assert figures(page, "£50.00", "Not stated", "I certify that £1,050.00 was spent from Victims Fund in 2020/21")
        book = load_workbook(BytesIO(finance.get("/funds/YEA20/statement/workbook?year=2020%2F21").data))
        items = {row[0].value: row[3] for row in book["Statement"].iter_rows(min_row=2) if row[0].value}
        assert items["Eligible expenditure"].value == "=D6+D7-D8"
        schedule = [[cell.value for cell in row] for row in book["Schedule"].iter_rows(min_row=2)]
        assert [row[0] for row in schedule] == ["YEA20-001", "Total"]
        assert book["About"]["B4"].value.date() == date(2021, 3, 31)

    def test_a_year_without_money_and_nonsense_are_answered(self, finance: Visitor) -> None:
        assert finance.get("/funds/YEA20/statement?year=2015%2F16").status_code == 404
        page = finance.get("/funds/YEA20/statement?year=nonsense&as_at=tomorrow")
        assert (page.status_code, "is not a financial year" in page.text) == (200, True)
        assert figures(finance.get("/year-end?year=2020%2F21"), "Victims Fund", "7,950.00")


class TestNextYear:
    def test_opens_and_carries_after_a_check(self, finance: Visitor, roads: Fund) -> None:
        path = "/funds/SRF20/next-year"
        typed = {"name": "Safer Roads Fund 2021", "year": "2021/22", "reference": "SRF21", "allocated": "100",
                 f"carried_{roads.lines[0].id}": "40,000", "on": "1 April 2021", "once": finance.key(path)}  # fmt: skip

        refused = finance.post(path, step="check", **typed)
        assert (refused.status_code, "Enter the decision reference" in refused.text) == (422, True)
        check = finance.post(path, step="check", **typed, decision="PCC/D/9")
        assert figures(check, "Safer Roads Fund 2021", "Open it and send £40,000.00 for approval")
        done = finance.post(path, step="record", **typed, decision="PCC/D/9")
        page = finance.get(done.location)
        assert figures(page, "is open as SRF21", "£40,000.00 waits for approval", "Safer Roads Fund 2020", "£100.00")
        approve(finance, "/approvals/1")
        assert figures(finance.get("/funds/SRF21"), "Follows", "Safer Roads Fund 2020", "£40,100.00")
        assert "Followed by" in finance.get("/funds/SRF20").text
        assert "follows Safer Roads Fund 2020 already" in finance.get(path).text

    def test_money_of_one_year_asks_for_the_letter(self, finance: Visitor) -> None:
        path = "/funds/YEA20/carry-forward"
        typed = {"amount": "10", "on": "6 April 2021", "decision": "PCC/D/9"}

        refused = finance.post(path, step="check", once=finance.key(path), **typed)
        assert (refused.status_code, 'href="#letter"' in refused.text) == (422, True)
        assert "2020/21 only" in refused.text
        allowed = finance.post(path, step="check", once=finance.key(path), **typed, letter="MoJ/8")
        assert (allowed.status_code, "MoJ/8" in allowed.text) == (200, True)


class TestAssertions:
    def test_one_that_no_longer_agrees_says_by_which_entry(self, finance: Visitor) -> None:
        page = finance.get("/assertions")

        assert figures(page, "No longer agrees", "Since then: payment of £50.00, entry #")

    def test_typed_and_answered(self, finance: Visitor) -> None:
        path = "/funds/YEA20/assertion"

        done = sent(finance, path, on="31 March 2021", stated="1,050.00", source="Trial balance")
        assert figures(finance.get(done.location), "£1,050.00. It agrees with the books.", "Trial balance")
        done = sent(finance, path, on="31 March 2020", stated="0")
        assert figures(finance.get(done.location), "31 March 2020: £0.00. It agrees")
        assert "Enter what the general ledger says" in sent(finance, path, on="31 March 2020").text
