"""Search, choices and the list of funds, on each engine."""

from sqlalchemy.orm import Session

from fundtracker.domain.years import FinancialYear
from fundtracker.services.figures import as_at
from fundtracker.services.listings.choices import choices
from fundtracker.services.listings.filters import TO_PAY, Filters
from fundtracker.services.listings.funds import BY_SOURCE, LEFT, OVER, list_funds
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.search import find_entries, find_reference, nearest_names
from tests.books.builder import Books, pence


def test_choices_are_what_the_books_hold(books: Books, session: Session) -> None:
    assert choices(session).decided == []
    fund = books.fund("50,000", reference="SRF20")
    books.line(fund, "10", year=2021)
    books.award(fund, "100", to=books.organisation("Ankerdine", type="Charity"))

    known = choices(session)

    assert known.funds == {"SRF20": "Safer Roads Fund 2020"}
    assert (known.years, known.decided) == ([2021, 2020], [2020])
    assert known.kinds == ["Charity"]


def test_references_names_and_entries_are_found(books: Books, session: Session) -> None:
    books.award(books.fund("50,000", reference="SRF20"), "100", to=books.organisation("Weobley Parish Council"))

    assert find_reference(session, "srf20-001") == ("award", "SRF20-001")
    assert find_reference(session, "#1") == ("entry", "1")
    assert find_reference(session, "#3") is find_reference(session, "100") is None
    assert nearest_names(session, "weobly") == ["Weobley Parish Council"]
    assert nearest_names(session, "zzz") == nearest_names(session, "?") == []
    found, count = find_entries(session, "50,000.00")
    assert ([entry.number for entry in found], count) == ([1], 1)


def test_funds_are_filtered_sorted_and_summed(books: Books, session: Session) -> None:
    roads = books.fund("50,000", reference="SRF20")
    books.line(roads, "7,000", year=2021)
    covid = books.fund("900", name="Covid-19 response fund", reference="CRF20")
    books.award(covid, "900", to=books.organisation("Ankerdine"))

    def names(part: Part = BY_SOURCE, **asked: object) -> list[str]:
        listed = list_funds(session, as_at(session), Filters(**asked), part)  # type: ignore[arg-type]  # by name
        assert listed.totals.balance.allocated == sum(row.balance.allocated for row in listed.rows)
        return [row.fund.reference for row in listed.rows]

    assert names() == ["CRF20", "SRF20"]
    assert names(Part(order=Order("allocated", descending=True))) == ["SRF20", "CRF20"]
    assert names(text="covid RESPONSE") == names(text="£900.00") == names(owed=TO_PAY) == ["CRF20"]
    assert names(owed=LEFT) == ["SRF20"]
    assert names(owed=OVER) == names(source="reserve") == names(status="closed") == []
    later = list_funds(session, as_at(session), Filters(year=FinancialYear(2021)))
    assert [(row.fund.reference, row.balance.allocated) for row in later.rows] == [("SRF20", pence("7,000"))]
    assert (later.count, later.everything, later.totals.counts.awards) == (1, 2, 0)
