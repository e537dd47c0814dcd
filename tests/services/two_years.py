"""A small book of two years whose figures can be worked out by hand."""

from datetime import date

from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books

DAY = date(2020, 9, 21)
LAST = FinancialYear(2019)


def keep_two_years(books: Books) -> dict[str, Fund]:
    """
    Keep two years: roads goes on as a fund of its own that follows, streets on a second line, victims has ended.

    This day last year: roads 100 allocated, 30 awarded, 10 paid; streets 200 and 0; victims 50 allocated, 20 awarded.
    In full: roads 100, 70 and 30; streets 200 and 150; victims 50 and 20. In hand: roads 80, 5; streets 90; new 60.
    """
    before, day = date(2019, 4, 1), date(2019, 6, 1)
    roads19 = books.fund(name="Roads 2019", year=LAST, reference="R19")
    streets = books.fund(name="Streets", year=LAST, reference="S", source=Source.EXTERNAL)
    victims = books.fund(name="Victims", year=LAST, reference="V", source=Source.EXTERNAL)
    for fund, amount in ((roads19, "100"), (streets, "200"), (victims, "50")):
        books.allocate(fund.lines[0], amount, before)
    first = books.award(roads19, "30", on=day)
    books.pay(first, "10", day)
    books.pay(first, "20", date(2019, 9, 22))
    books.award(roads19, "40", on=date(2020, 3, 31))
    books.award(streets, "150", on=date(2019, 9, 22))
    books.award(victims, "20", on=day)
    roads = books.fund("80", name="Roads 2020", reference="R20")
    books.award(roads, "5", on=DAY)
    books.line(streets, "90", year=FinancialYear(2020))
    new = books.fund("60", name="New", reference="N", source=Source.RESERVE)
    with transaction(books.session):
        roads.follows = roads19
    return {"roads19": roads19, "streets": streets, "victims": victims, "roads": roads, "new": new}
