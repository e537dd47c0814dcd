"""Standing: what the organisation that applies had, from the same fund and from all, under every name."""

from fundtracker.services.applications import ApplicationDetails, log_application
from fundtracker.services.organisations import merge
from fundtracker.services.standing import awarded_to, standings
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from tests.books.builder import LATER, Books, pence

Row = tuple[str, int | None, int | None, int]


def ask(books: Books, fund: Fund, amount: str | None, by: Organisation) -> Application:
    asked_for = pence(amount) if amount else None
    return books.do(log_application, LATER, details=ApplicationDetails(fund=fund, organisation=by, asked_for=asked_for))


def rows(books: Books, application: Application) -> list[Row]:
    found = standings(books.session, application)
    return [(had.words, had.sums.asked_for, had.sums.awarded, had.sums.paid) for had in found]


def test_is_from_this_fund_and_from_all(books: Books) -> None:
    riders = books.organisation("Telford Riders")
    roads, covid = books.fund("100", name="Roads"), books.fund("100", name="Covid-19 response", reference="COV20")
    books.pay(books.award(roads, "10", to=riders), "4")
    books.award(covid, "30", to=riders)
    books.award(covid, "40", to=books.organisation("Somebody else"))
    ask(books, covid, None, riders)

    assert rows(books, ask(books, roads, "12", riders)) == [
        ("Roads", 1_200, 1_000, 400),
        ("All funds", 1_200, 4_000, 400),
    ]


def test_a_fund_of_several_years_tells_the_year_of_the_application(books: Books) -> None:
    riders = books.organisation("Telford Riders")
    roads = books.fund("100", name="Roads")
    next_year = books.line(roads, "50", year=2021)
    books.award(roads, "10", to=riders)
    books.award(next_year, "20", to=riders)

    assert rows(books, ask(books, roads, None, riders)) == [
        ("Roads in 2020/21", None, 1_000, 0),
        ("Roads", None, 3_000, 0),
        ("All funds", None, 3_000, 0),
    ]


def test_counts_what_was_had_under_a_name_merged_since(books: Books) -> None:
    riders, club = books.organisation("Telford Riders"), books.organisation("Telford Cycling Club")
    fund = books.fund("100", name="Roads")
    books.award(fund, "10", to=riders)
    application = ask(books, fund, "12", club)
    books.do(merge, organisation=riders, into=club)
    other = books.organisation("Somebody else")

    assert rows(books, application)[-1] == ("All funds", 1_200, 1_000, 0)
    assert awarded_to(books.session, [club, other]) == {club.id: 1_000}
