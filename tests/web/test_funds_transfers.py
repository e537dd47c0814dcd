"""Moving what is left of a fund: to another line or fund, into the next year, and back to the funder."""

from fundtracker.domain.kinds import Kind
from fundtracker.domain.statuses import SpendType
from fundtracker.services.funds import close_fund
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import check_and_record, count, send
from tests.web.test_funds_moving import CASES, DECIDED, posted
from tests.web.visitor import Visitor, words


class TestTransfer:
    PATH = "/funds/SRF20/transfer"

    def test_shows_both_funds_now_and_after(self, books: Books, officer: Visitor, roads: Fund) -> None:
        other = books.fund("500", name="Covid-19 response fund", reference="CRF20")
        answers = {**DECIDED, "target": str(other.lines[0].id)}

        assert "Covid-19 response fund (CRF20)" in words(officer.get(self.PATH))
        checked = words(send(officer, self.PATH, "check", **answers))
        done = officer.get(check_and_record(officer, self.PATH, **answers).headers["Location"])

        assert "Left to award 40,000.00 −20,000.00 20,000.00" in checked
        assert "Left to award 500.00 +20,000.00 20,500.00" in checked
        assert "Send £20,000.00 for approval" in checked
        assert "transfer in of Covid-19 response fund, £20,000.00, entry #6" in words(done)
        assert posted(books, 4) == [(Kind.TRANSFER_OUT, -2_000_000), (Kind.TRANSFER_IN, 2_000_000)]

    def test_between_capital_and_revenue_asks_for_the_decision_that_switches(
        self, books: Books, officer: Visitor, roads: Fund
    ) -> None:
        capital = books.line(roads, year=2020, spend_type=SpendType.CAPITAL)
        answers = {**DECIDED, "line": str(roads.lines[0].id), "target": str(capital.id), "switch_decision": ""}

        refused = send(officer, self.PATH, "check", **answers)
        assert refused.status_code == 422
        assert "Enter the decision that switches between them" in words(refused)
        done = check_and_record(officer, self.PATH, **{**answers, "switch_decision": "PCC/D/2020/41"})

        assert done.status_code == 303
        books.session.rollback()
        assert capital.allocated == pence("20,000")
        assert "PCC/D/2020/41" in books.entry(-1).narrative

    def test_offers_no_closed_fund_and_refuses_too_much(self, books: Books, officer: Visitor, roads: Fund) -> None:
        closed = books.fund("1", name="Old fund", reference="OLD")
        target = str(books.fund("500", name="Covid-19 response fund").lines[0].id)
        books.do(close_fund, fund=closed)

        assert "Old fund" not in words(officer.get(self.PATH))
        shut = send(officer, self.PATH, "record", **{**DECIDED, "target": str(closed.lines[0].id)})
        assert shut.status_code == 422
        much = send(officer, self.PATH, "check", **{**DECIDED, "target": target, "amount": "40,000.01"})
        assert "has £40,000.00 left, so £40,000.01 cannot be moved: £0.01 too much" in words(much)


def test_carrying_forward_offers_what_is_left_and_opens_the_next_year(
    books: Books, officer: Visitor, roads: Fund
) -> None:
    page = officer.get("/funds/SRF20/carry-forward")
    checked = words(send(officer, "/funds/SRF20/carry-forward", "check", **{**DECIDED, "amount": "40,000"}))

    assert 'value="40,000.00"' in page.text
    assert "2021/22 revenue" in checked
    assert count(books, Entry) == 3


def test_money_returned_can_lower_the_allocation_with_it(books: Books, officer: Visitor, roads: Fund) -> None:
    answers = {**CASES["return"][0], "lowers": "lowers"}
    done = officer.get(check_and_record(officer, "/funds/SRF20/return", **answers).headers["Location"])

    assert "With it: reduction of Safer Roads Fund 2020, −£20,000.00, entry #4" in words(done)
    assert posted(books, 3) == [(Kind.REDUCTION, -2_000_000), (Kind.RETURN, 2_000_000)]
    more = send(officer, "/funds/SRF20/return", "check", **{**answers, "lowers": "stays"})
    assert "£10,000.00 of what PCC sent for Safer Roads Fund 2020 has not gone back" in words(more)


def test_only_an_entry_of_the_fund_itself_is_confirmed(books: Books, officer: Visitor, roads: Fund) -> None:
    books.fund("1", name="Other", reference="OTH")
    for wrong in ("2", "4", "99", "0", "x", "²", "9" * 30, ""):
        assert officer.get(f"/funds/SRF20/recorded?entry={wrong}").status_code == 404, wrong
    assert officer.get("/funds/SRF20/recorded?entry=1").status_code == 200
