"""Standing: what an organisation asked for, was awarded and was paid, under every name that it has had."""

from typing import Any

from fundtracker.domain.statuses import SpendType
from fundtracker.services.applications import ApplicationDetails, log_application
from fundtracker.services.organisations import merge
from fundtracker.services.standing import Standing, awarded_to, standing
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books, pence


def ask(books: Books, fund: Fund, amount: str | None, by: Organisation) -> Application:
    asked_for = pence(amount) if amount else None
    return books.do(log_application, details=ApplicationDetails(fund=fund, organisation=by, asked_for=asked_for))


def sums(had: Standing) -> tuple[Any, ...]:
    return had.applications, had.unstated, had.asked_for, had.awards, had.awarded, had.paid


def test_is_added_up_from_one_fund_or_all_in_one_year_or_ever(books: Books) -> None:
    riders = books.organisation("Telford Riders")
    roads, covid = books.fund("100"), books.fund("100", name="Covid-19 response", reference="COV20")
    next_year = books.line(roads, "50", year=2021, spend_type=SpendType.CAPITAL)
    books.pay(books.award(roads, "10", to=riders), "4")
    books.award(next_year, "20", to=riders)
    books.award(covid, "30", to=riders)
    books.award(covid, "40", to=books.organisation("Somebody else"))
    ask(books, roads, "12", riders)
    ask(books, covid, None, riders)
    this = ask(books, covid, "7", riders)

    def had(**which: Any) -> tuple[Any, ...]:
        return sums(standing(books.session, riders, **which))

    assert had() == (3, 1, 1_900, 3, 6_000, 400)
    assert had(but=this) == (2, 1, 1_200, 3, 6_000, 400)
    assert had(fund=roads) == (1, 0, 1_200, 2, 3_000, 400)
    assert had(fund=roads, year=2020) == (1, 0, 1_200, 1, 1_000, 400)
    assert had(fund=roads, year=2021) == (0, 0, 0, 1, 2_000, 0)


def test_counts_what_was_had_under_a_name_merged_since(books: Books) -> None:
    riders, club = books.organisation("Telford Riders"), books.organisation("Telford Cycling Club")
    fund = books.fund("100")
    books.award(fund, "10", to=riders)
    ask(books, fund, "12", riders)
    books.do(merge, organisation=riders, into=club)
    other = books.organisation("Somebody else")

    assert sums(standing(books.session, club)) == sums(standing(books.session, riders)) == (1, 0, 1_200, 1, 1_000, 0)
    assert sums(standing(books.session, other)) == (0, 0, 0, 0, 0, 0)
    assert awarded_to(books.session, [club, other]) == {club.id: 1_000}
