"""The operations on a fund's money: shown now and after, checked first, recorded once, nothing typed lost."""

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import SpendType
from fundtracker.services.allocations import allow_over
from fundtracker.services.funds import close_fund
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import approved, check_and_record, send
from tests.web.visitor import Visitor, hidden, words

ON = {"on": "1 August 2020", "narrative": "As the board agreed"}
DECIDED = {**ON, "amount": "20,000", "decision": "PCC/D/2020/40"}
# What each page is sent, what its button says, what is then said and what is posted.
CASES = {
    "allocation": (DECIDED, "Add £20,000.00", "£20,000.00 is added to", (Kind.UPLIFT, 2_000_000)),
    "reduction": (DECIDED, "Take £20,000.00 away", "£20,000.00 is taken from", (Kind.REDUCTION, -2_000_000)),
    "cut": (
        {**ON, "amount": "45,000", "decision": ""},
        "Record the cut of £45,000.00",
        "A cut of £45,000.00 is recorded on",
        (Kind.FUNDERS_CUT, -4_500_000),
    ),
    "allowance": (
        {**ON, "amount": "10%", "decision": "PCC/D/2020/40"},
        "Send £5,000.00 for approval",
        "The allowance on Safer Roads Fund 2020 is raised by £5,000.00",
        (Kind.ALLOWANCE, 500_000),
    ),
    "receipt": (
        {**ON, "amount": "20,000", "reference": "BACS 7"},
        "Record the receipt of £20,000.00",
        "£20,000.00 received is recorded on",
        (Kind.RECEIPT, 2_000_000),
    ),
    "return": (
        {**DECIDED, "lowers": "stays", "reference": "BACS 8"},
        "Record the return of £20,000.00",
        "£20,000.00 returned is recorded on",
        (Kind.RETURN, 2_000_000),
    ),
    "carry-forward": (
        DECIDED,
        "Send £20,000.00 for approval",
        "£20,000.00 of Safer Roads Fund 2020 is carried forward",
        (Kind.CARRY_FORWARD_OUT, -2_000_000),
    ),
}


def posted(books: Books, after: int) -> list[tuple[Kind, int]]:
    books.session.rollback()
    return books.entries()[after:]


@pytest.mark.parametrize("tail", CASES)
class TestEach:
    def test_is_checked_now_and_after_then_recorded_and_confirmed(
        self, books: Books, officer: Visitor, roads: Fund, tail: str
    ) -> None:
        answers, button, said, entry = CASES[tail]
        path = f"/funds/SRF20/{tail}"

        assert "Budget line" not in words(officer.get(path))
        checked = send(officer, path, "check", **answers)
        assert button in words(checked)
        assert "Nothing has moved yet" in words(checked)
        assert "As the board agreed" in words(checked)
        assert posted(books, 3) == []
        done = officer.get(check_and_record(officer, path, **answers).headers["Location"])

        assert done.status_code == 200
        assert said in words(done)
        assert "#4" in words(done)
        assert posted(books, 3)[0] == entry

    def test_sent_twice_records_once(self, books: Books, officer: Visitor, roads: Fund, tail: str) -> None:
        path = f"/funds/SRF20/{tail}"
        key = officer.key(path)
        first, second = (send(officer, path, "record", key, **CASES[tail][0]) for _ in range(2))

        assert first.status_code == 303
        assert first.headers["Location"] == second.headers["Location"]
        approved(officer, first)
        assert posted(books, 3)[0] == CASES[tail][3]
        assert len(posted(books, 3)) == (2 if tail == "carry-forward" else 1)

    def test_a_refusal_keeps_what_was_typed(self, books: Books, officer: Visitor, roads: Fund, tail: str) -> None:
        for wrong in ({"on": "1 January 2150"}, {"amount": "1.234"}, {"on": ""}):
            page = send(officer, f"/funds/SRF20/{tail}", "record", **{**CASES[tail][0], **wrong})
            assert page.status_code == 422
            assert "There is a problem" in words(page)
            assert "As the board agreed" in page.text
        assert posted(books, 3) == []

    def test_is_closed_to_those_who_only_read(self, visitor: Visitor, roads: Fund, tail: str) -> None:
        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        assert visitor.get(f"/funds/SRF20/{tail}").status_code == 403
        assert visitor.post(f"/funds/SRF20/{tail}", **CASES[tail][0]).status_code == 403

    def test_asks_for_the_line_only_where_there_are_two(
        self, books: Books, officer: Visitor, roads: Fund, tail: str
    ) -> None:
        path = f"/funds/SRF20/{tail}"
        capital = books.line(roads, "25,000", year=2020, spend_type=SpendType.CAPITAL)
        answers = {**CASES[tail][0], **({"amount": "100"} if tail != "allowance" else {})}

        assert "2020/21 capital: £25,000.00 left" in words(officer.get(path))
        assert "Choose the budget line" in words(send(officer, path, "check", **answers, line=""))
        assert "2020/21 capital" in words(send(officer, path, "check", **answers, line=str(capital.id)))
        approved(officer, send(officer, path, "record", **answers, line=str(capital.id)))

        books.session.rollback()
        assert books.entry(5).budget_line_id == capital.id


class TestAllocation:
    def test_the_first_is_an_allocation(self, books: Books, officer: Visitor) -> None:
        books.fund(reference="SRF20")
        path = "/funds/SRF20/allocation"

        assert "Allocate to this fund" in words(officer.get(path))
        checked = words(send(officer, path, "check", **DECIDED))
        assert "Allocated 0.00 +20,000.00 20,000.00" in checked
        done = officer.get(check_and_record(officer, path, **DECIDED).headers["Location"])

        assert "£20,000.00 is allocated to Safer Roads Fund 2020" in words(done)
        assert "Log an application" in words(done)
        assert posted(books, 0) == [(Kind.ALLOCATION, 2_000_000)]
        assert "Add to the allocation" in words(officer.get(path))

    def test_a_closed_fund_takes_none_and_says_what_to_do(self, books: Books, officer: Visitor, roads: Fund) -> None:
        books.do(close_fund, fund=roads)

        page = officer.get("/funds/SRF20/allocation")
        sent = send(officer, "/funds/SRF20/allocation", "record", officer.key("/funds/SRF20/receipt"), **DECIDED)

        assert "Reopen the fund first" in words(page)
        assert hidden(page, "once") == ""
        assert sent.status_code == 422
        assert "is closed, so it takes no new allocation. Reopen the fund first." in words(sent)
        assert 'value="20,000"' in sent.text
        assert posted(books, 3) == []

    @pytest.mark.parametrize("tail", ["reduction", "transfer", "carry-forward", "return"])
    def test_what_cannot_begin_says_so_before_it_is_filled_in(self, books: Books, officer: Visitor, tail: str) -> None:
        fund = books.fund("100", reference="SRF20")
        books.award(fund, "100")
        page = officer.get(f"/funds/SRF20/{tail}")

        assert hidden(page, "once") == ""
        said = "Record the receipt first" if tail == "return" else "has nothing left to award, so nothing can be taken"
        assert said in words(page)

    def test_figures_that_moved_since_they_were_checked_are_shown_again(
        self, books: Books, officer: Visitor, roads: Fund
    ) -> None:
        checked = send(officer, "/funds/SRF20/reduction", "check", **DECIDED)
        books.award(roads, "100")
        key, seen = hidden(checked, "once"), hidden(checked, "seen")
        page = send(officer, "/funds/SRF20/reduction", "record", key, **DECIDED, seen=seen)

        assert page.status_code == 422
        assert "has moved since you checked" in words(page)
        assert 'value="20,000"' in page.text


def test_a_reduction_stops_at_what_is_awarded_and_says_both_figures(officer: Visitor, roads: Fund) -> None:
    page = send(officer, "/funds/SRF20/reduction", "check", **{**DECIDED, "amount": "40,000.01"})

    assert page.status_code == 422
    assert "£10,000.00 of Safer Roads Fund 2020 is awarded already, and £40,000.00 is left" in words(page)


def test_a_cut_below_what_is_awarded_says_by_how_much_it_is_over(officer: Visitor, roads: Fund) -> None:
    checked = send(officer, "/funds/SRF20/cut", "check", **CASES["cut"][0])
    done = check_and_record(officer, "/funds/SRF20/cut", **CASES["cut"][0])

    assert "Left to award 40,000.00 −45,000.00 −5,000.00" in words(checked)
    assert "Over by £5,000.00" in words(checked)
    assert "vary or withdraw some" in words(officer.get(done.headers["Location"]))


class TestAllowance:
    PATH = "/funds/SRF20/allowance"

    def test_is_lowered_or_taken_away_by_saying_the_new_one(self, books: Books, officer: Visitor, roads: Fund) -> None:
        books.do(allow_over, line=roads.lines[0], amount="5,000")
        answers = {**CASES["allowance"][0], "amount": "0.00"}

        checked = words(send(officer, self.PATH, "check", **answers))
        done = officer.get(check_and_record(officer, self.PATH, **answers).headers["Location"])

        assert "Send it for approval" in checked
        assert "Allowance 5,000.00 −5,000.00 0.00" in checked
        assert "is lowered by £5,000.00" in words(done)
        again = send(officer, self.PATH, "check", **answers)
        assert "The allowance on Safer Roads Fund 2020 is £0.00 already" in words(again)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Enter the new allowance, or 0 for none"),
            ("101%", "a figure from 0.01 to 100"),
            ("-5", "without a minus sign"),
            ("lots", "Amount must be pounds and pence in figures"),
        ],
    )
    def test_what_is_not_an_allowance_is_refused_and_kept(
        self, officer: Visitor, roads: Fund, typed: str, said: str
    ) -> None:
        page = send(officer, self.PATH, "check", **{**CASES["allowance"][0], "amount": typed})
        assert page.status_code == 422
        assert said in words(page)
        assert f'value="{typed}"' in page.text or not typed

    def test_says_what_a_percentage_comes_to(self, officer: Visitor, roads: Fund) -> None:
        checked = words(send(officer, self.PATH, "check", **CASES["allowance"][0]))
        assert "10% of what is allocated" in checked
        assert "Allowance 0.00 +5,000.00 5,000.00" in checked
