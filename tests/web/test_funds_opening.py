"""Opening a fund: checked first, recorded once, nothing typed lost."""

import pytest

from fundtracker.domain.statuses import SpendType
from fundtracker.services.funds import find_fund
from fundtracker.services.office import set_up_office
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import count, send
from tests.web.visitor import Visitor, hidden, words

NEW = "/funds/new"
FUND = {
    "name": "Safer Roads Fund 2020",
    "funder": "PCC",
    "source": "own",
    "year": "2020/21",
    "spend_type": "capital",
    "reference": "",
    "purpose": "Initiatives which aim to improve road safety",
    "eligibility": "Anybody",
    "outcomes": "Fewer collisions\n\nLess fear",
    "objective": "1",
    "opens_on": "1 July 2020",
    "spend_by": "31 March 2021",
    "amount": "280,000",
    "on": "1 July 2020",
    "decision": "PCC/D/2020/31",
}


@pytest.fixture(autouse=True)
def office(books: Books) -> None:
    """Give the office an objective to choose."""
    objectives = ["Building a more secure West Mercia"]
    books.change(set_up_office, name="West Mercia OPCC", panel_name="Panel", objectives=objectives, areas=[])


class TestOpen:
    def test_checks_first_with_the_suggested_reference_and_records_it(self, books: Books, officer: Visitor) -> None:
        checked = send(officer, NEW, "check", **FUND)
        assert "SRF20 (suggested)" in words(checked)
        assert "Open SRF20 with £280,000.00" in words(checked)
        assert count(books, Fund) == count(books, Entry) == 0

        key, suggested = hidden(checked, "once"), hidden(checked, "suggested")
        done = send(officer, NEW, "record", key, suggested=suggested, **FUND)

        assert (done.status_code, done.headers["Location"]) == (303, "/funds/SRF20")
        said = words(officer.get("/funds/SRF20"))
        assert "Safer Roads Fund 2020 is open as SRF20, with £280,000.00 allocated." in said
        for part in ("Left to award £280,000.00", "Fewer collisions", "Less fear", "PCC/D/2020/31", "31 March 2021"):
            assert part in said
        fund = find_fund(books.session, "SRF20")
        assert (fund.lines[0].spend_type, fund.lines[0].year) == (SpendType.CAPITAL, 2020)
        assert fund.objective is not None

    def test_sent_twice_records_once(self, books: Books, officer: Visitor) -> None:
        key = officer.key(NEW)
        first, second = (send(officer, NEW, "record", key, suggested="SRF20", **FUND) for _ in range(2))

        assert first.headers["Location"] == second.headers["Location"] == "/funds/SRF20"
        assert (count(books, Fund), count(books, Entry)) == (1, 1)

    def test_opens_with_nothing_allocated(self, books: Books, officer: Visitor) -> None:
        nothing = {**FUND, "amount": "", "on": "", "decision": ""}
        assert "nothing allocated" in words(send(officer, NEW, "check", **nothing))
        assert send(officer, NEW, "record", suggested="SRF20", **nothing).status_code == 303
        assert (count(books, Fund), count(books, Entry)) == (1, 0)
        assert "Nothing is allocated to it yet" in words(officer.get("/funds/SRF20"))

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "Enter the fund’s name"),
            ({"funder": " "}, "Enter the funder"),
            ({"source": ""}, "Choose whose money it is"),
            ({"year": "2020"}, "is not a financial year"),
            ({"on": ""}, "Enter the date of the allocation"),
            ({"on": "1 January 2150"}, "has not come yet"),
            ({"decision": ""}, "Enter the decision reference"),
            ({"amount": ""}, "Enter the amount allocated, or leave the decision out"),
            ({"amount": "-5"}, "without a minus sign"),
            ({"reference": "srf19"}, "is another fund's reference"),
            ({"reference": "NEW"}, "would be the address of another page"),
            ({"reference": "../x"}, "cannot be a reference"),
            ({"spend_by": "soon"}, "is not a date"),
            ({"purpose": "a\x01b"}, "character that Excel cannot keep"),
        ],
    )
    def test_a_refusal_says_why_and_keeps_everything_typed(
        self, books: Books, officer: Visitor, wrong: dict[str, str], sentence: str
    ) -> None:
        books.fund(name="Another", reference="SRF19")
        for step in ("check", "record"):
            page = send(officer, NEW, step, **{**FUND, **wrong})
            assert page.status_code == 422
            assert sentence in words(page)
            for typed in set(FUND) - set(wrong) - {"source", "spend_type", "outcomes", "objective", "reference"}:
                assert FUND[typed] in page.text
        assert count(books, Fund) == 1

    def test_a_suggestion_taken_meanwhile_is_refused_and_not_changed(self, books: Books, officer: Visitor) -> None:
        checked = send(officer, NEW, "check", **FUND)
        books.fund(reference="SRF20")
        page = send(officer, NEW, "record", hidden(checked, "once"), suggested=hidden(checked, "suggested"), **FUND)

        assert page.status_code == 422
        assert "SRF20 is another fund's reference" in words(page)

    def test_goes_back_to_change_with_everything_filled_in(self, officer: Visitor) -> None:
        page = send(officer, NEW, "change", **FUND)
        assert page.status_code == 200
        assert 'value="280,000"' in page.text
        assert "Fewer collisions" in page.text
