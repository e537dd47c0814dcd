"""The provider passport: what stands between asking and being paid, under every name, worked out by hand."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content, Table
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.services.organisations import merge
from fundtracker.services.papers.provider_passport import provider_passport, provider_passport_paper
from fundtracker.services.payments import pay, refund
from fundtracker.services.replanning import instalments_of
from tests.books.builder import Books
from tests.services.papers.two_years import TwoYears, apply, keep_two_years, turn_down
from tests.services.paying import plan

DAY = date(2020, 9, 30)


@pytest.fixture
def kept(books: Books) -> TwoYears:
    """Keep the two years."""
    return keep_two_years(books)


def said(table: Table) -> dict[str, list[Any]]:
    """Give the cells of each row but its first, by its key: the value, or what stands in its place."""
    return {row.key: [cell.says if cell.value is None else cell.value for cell in row.cells[1:]] for row in table.rows}


def told(paper: Content) -> str:
    return str(paper.blocks[0].text)  # type: ignore[union-attr] # the first block is words


def test_every_step_between_asking_and_being_paid_adds_up(kept: TwoYears, books: Books, session: Session) -> None:
    turn_down(books, apply(books, kept.fund, kept.a, "70.00", date(2020, 5, 1)), date(2020, 6, 1))
    apply(books, kept.fund, kept.a, "30.00", date(2020, 7, 1))

    paper = provider_passport_paper(session, organisation=kept.a.id, day=DAY)

    # 400 asked of 2019/20's £300.00; 70 declined, 30 waiting; £450.00 was awarded without an amount asked for.
    assert said(paper.tables["steps"]) == {
        "asked_for": [50000], "turned_down": [-7000], "waiting": [-3000], "less": [-10000], "unasked": [45000],
        "awarded": [75000], "to_pay": [-40000], "paid": [35000],
    }  # fmt: skip
    assert said(paper.tables["years"]) == {
        "2020/21": [10000, 45000, 15000, 30000], "2019/20": [40000, 30000, 20000, 10000],
        "total": [50000, 75000, 35000, 40000],
    }  # fmt: skip
    assert said(paper.tables["funds"])["R20"] == [10000, 45000, 15000, 30000]
    awarded = paper.tables["funds"].rows[-1].cells[2]
    assert awarded.behind == f"figure=awarded&as_at=2020-09-30&organisation={kept.a.id}"
    assert [row.key for row in paper.tables["awards"].rows] == ["R20-001", "R19-001", "total"]


def test_what_is_decided_later_waits_until_then(kept: TwoYears, books: Books, session: Session) -> None:
    turn_down(books, apply(books, kept.fund, kept.a, "70.00", date(2020, 5, 1)), date(2020, 10, 1))

    steps = [said(provider_passport_paper(session, organisation=kept.a.id, day=day).tables["steps"])
             for day in (DAY, date(2020, 10, 1))]  # fmt: skip

    assert [sorted(rows.keys() & {"waiting", "turned_down"}) for rows in steps] == [["waiting"], ["turned_down"]]


def test_the_three_years_are_this_one_and_the_two_before(kept: TwoYears, session: Session) -> None:
    asked = {day: provider_passport(session, organisation=kept.a.id, day=day) for day in (DAY, date(2022, 5, 1))}

    assert [one.three_years for one in asked.values()] == [75000, 45000]
    assert told(asked[DAY].paper) == (
        "By 30 September 2020, £750.00 was awarded to it and £350.00 paid. In the three years 2018/19 to 2020/21, "
        "£750.00 was awarded."
    )


def test_one_that_was_merged_is_shown_as_what_it_is_now(kept: TwoYears, books: Books, session: Session) -> None:
    once = books.organisation("A of old")
    books.award(kept.fund, "50.00", once, date(2020, 5, 1))
    books.do(merge, DAY, organisation=once, into=kept.a)

    passport = provider_passport(session, organisation=once.id, day=DAY)

    assert (passport.organisation, passport.sums.awarded) == (kept.a, 80000)
    assert said(passport.paper.tables["about"])["names"] == ["A of old"]


def test_payments_say_how_late_they_were_and_what_came_back(kept: TwoYears, books: Books, session: Session) -> None:
    award = books.award(kept.fund, "900.00", kept.b, date(2020, 4, 2))
    plan(books, award)
    line, (first, second) = award.lines[0], instalments_of(session, award.lines[0])
    books.do(pay, date(2020, 7, 11), line=line, amount="450.00", instalment=first)
    books.do(pay, date(2020, 9, 1), line=line, amount="450.00", instalment=second)
    books.do(refund, date(2020, 9, 20), line=line, amount="100.00", lowers_award=True)

    paper = provider_passport_paper(session, organisation=kept.b.id, day=DAY)

    rows = paper.tables["payments"].rows
    assert [[row.cells[0].value, *(cell.value for cell in row.cells[2:])] for row in rows] == [
        ["Refund", date(2020, 9, 20), "", -10000],
        ["Payment", date(2020, 9, 1), "On time", 45000],
        ["Payment", date(2020, 7, 11), "10 days late", 45000],
        ["Payment", date(2020, 1, 10), "No schedule", 20000],
        ["All 4", None, "", 100000],
    ]


def test_one_that_was_given_nothing_says_so(books: Books, session: Session) -> None:
    paper = provider_passport_paper(session, organisation=books.organisation("New").id)

    assert {key: table.note for key, table in paper.tables.items() if not table.rows and table.note} == {
        "awards": "Nothing was awarded to it.", "payments": "Nothing was paid to it.",
        "returns": "No return was due.",
    }  # fmt: skip
    assert said(paper.tables["steps"]) == {"asked_for": [0], "awarded": [0], "paid": [0]}


def test_one_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NotFoundRefusal):
        provider_passport_paper(session, organisation=999)
