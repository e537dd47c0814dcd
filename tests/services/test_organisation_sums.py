"""Sums of organisations: by fund, by year and in whole, all of the same parts."""

from fundtracker.services.applications import ApplicationDetails, log_application
from fundtracker.services.figures import as_at
from fundtracker.services.organisation_sums import Sums, awards_counted, by_fund, by_year, parts_of, selves, whole
from fundtracker.services.organisations import merge
from tests.books.builder import Books, pence


def test_every_grouping_adds_up_to_the_whole(books: Books) -> None:
    riders, club, other = (books.organisation(name) for name in ("Telford Riders", "Severn Club", "Another"))
    roads, covid = books.fund("100", reference="SRF20"), books.fund("100", name="covid-19", reference="COV20")
    asked = ApplicationDetails(fund=roads, organisation=riders, asked_for=None)
    books.do(log_application, details=asked)
    books.pay(books.award(roads, "10", riders), "4")
    books.award(books.line(roads, "50", year=2021), "20", club)
    books.award(covid, "30", club, asked_for=pence("45"))
    books.award(covid, None, riders)
    books.award(covid, "1", other)
    books.do(merge, organisation=riders, into=club)

    parts = parts_of(books.session, as_at(books.session), selves(books.session, club))

    assert whole(parts) == Sums(
        asked_for=pence("45"), awarded=pence("60"), paid=pence("4"), to_pay=pence("56"), applications=1, unstated=1,
        without_value=1,
    )  # fmt: skip
    assert [name for _, name in by_fund(parts)] == ["covid-19", "Safer Roads Fund 2020"]
    assert [year for year, _ in by_year(parts)] == ["2021/22", "2020/21"]
    for groups in (by_fund(parts), by_year(parts)):
        assert sum(groups.values(), Sums()) == whole(parts)
    assert awards_counted(books.session, selves(books.session, club)) == 4


def test_what_nobody_states_stays_not_stated(books: Books) -> None:
    riders = books.organisation("Telford Riders")
    assert whole(parts_of(books.session, as_at(books.session), selves(books.session, riders))) == Sums()
    assert Sums(asked_for=pence("1")) + Sums() == Sums(asked_for=pence("1"))


def test_one_merged_holds_what_was_merged_into_it_before(books: Books) -> None:
    one, two, three = (books.organisation(name) for name in ("One", "Two", "Three"))
    books.do(merge, organisation=one, into=two)
    books.do(merge, organisation=two, into=three)

    assert selves(books.session, two) == [two.id, one.id]
    assert selves(books.session, three) == [three.id, two.id, one.id]
