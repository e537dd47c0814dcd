"""The rows behind a figure come to that figure: every fund, year, day and cut of a generated book, on each engine."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.asks import NAMES, Figure, ask, asked
from fundtracker.domain.balances import Balance, total
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.behind.asked import READ, read_asked
from fundtracker.services.behind.counting import OrganisationRow
from fundtracker.services.behind.rows import COUNTS, Place, all_behind, behind, page_behind
from fundtracker.services.behind.words import sentence
from fundtracker.services.counts import Counts, count_some, fund_counts
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.listings.paging import PER_PAGE
from fundtracker.services.organisations import merge
from tests.books.builder import DAY, LATER, Books, pence
from tests.services.behind.book import AREAS, DAYS, OBJECTIVES, TYPES, keep

BALANCE = {
    Figure.ORIGINAL: "original", Figure.ALLOCATED: "allocated", Figure.AWARDED: "awarded",
    Figure.REMAINING: "remaining", Figure.PAID: "paid", Figure.RECOVERED: "recovered", Figure.NET_PAID: "net_paid",
    Figure.TO_PAY: "to_pay", Figure.TO_RECOVER: "to_recover", Figure.RECEIVED: "received",
    Figure.RETURNED: "returned",
}  # fmt: skip
COUNTED = {Figure.AWARDS: "awards", Figure.ORGANISATIONS: "organisations"}
WHENS = [(None, None), (DAYS[1], None), (None, 40), (DAYS[0], 60)]
OF_AWARDS = (Figure.AWARDED, Figure.NET_PAID, Figure.TO_PAY, Figure.TO_RECOVER)


def figures(session: Session, balance: Balance, counts: Counts, /, **cut: Any) -> Iterable[str]:
    """Give what differs between the rows behind each figure and what the balance and the counts say."""
    for figure in Figure:
        found = behind(session, ask(figure, **cut))
        said = getattr(counts, COUNTED[figure]) if figure in COUNTS else getattr(balance, BALANCE[figure])
        rows = len(found.rows) if figure in COUNTS else sum(row.amount or 0 for row in found.rows)
        if not found.value == rows == said:
            yield f"{ask(figure, **cut)}: {found.value}, rows {rows}, but {said}"


@pytest.mark.parametrize(("day", "up_to"), WHENS)
def test_the_rows_of_every_figure_of_every_fund_come_to_it(
    books: Books, session: Session, day: date | None, up_to: int | None
) -> None:
    wrong: list[str] = []
    funds = keep(books, seed=2)
    when, dated = as_at(session, day, up_to), {"as_at": day, "up_to": up_to}
    for year in (None, FinancialYear(2020), FinancialYear(2021)):
        balances, counts = fund_balances(session, when, year=year), fund_counts(session, when, year)
        for fund in funds:
            sums = balances[fund.id], counts.get(fund.id, Counts())
            wrong += figures(session, *sums, fund=fund.reference, year=year, **dated)
        everything = total(balances.values()), count_some(session, when, balances, year)
        wrong += figures(session, *everything, year=year, **dated)

    assert wrong == []
    assert total(balances.values()) != Balance()


def test_every_cut_adds_to_the_same_total(books: Books, session: Session) -> None:
    keep(books, seed=4)
    of_lines = {"source": Source, "programme": ("", "Covid"), "spend_type": SpendType, "funder": ("PCC",)}
    of_awards = {"objective": ("", *OBJECTIVES), "area": ("", *AREAS), "recipient_type": TYPES}

    def cut(figure: Figure, name: str, values: Iterable[str]) -> list[int]:
        return [behind(session, ask(figure, **{name: value})).value for value in values]

    for figure in BALANCE:
        cuts = of_lines if figure not in OF_AWARDS else of_lines | of_awards
        whole = behind(session, ask(figure)).value
        assert {name: sum(cut(figure, name, values)) for name, values in cuts.items()} == dict.fromkeys(cuts, whole)
    by_objective = [cut(figure, "objective", of_awards["objective"]) for figure in (
        Figure.ALLOCATED, Figure.AWARDED, Figure.REMAINING)]  # fmt: skip
    assert all(allocated == awarded + left for allocated, awarded, left in zip(*by_objective, strict=True))
    assert sum(by_objective[0]) == behind(session, ask(Figure.ALLOCATED)).value


def test_a_merged_organisation_is_what_it_is_now(books: Books, session: Session) -> None:
    fund, one, other = books.fund("900"), books.organisation("One"), books.organisation("Other")
    books.award(fund, "100.50", to=one)
    books.award(fund, "9", to=other)
    books.do(merge, organisation=one, into=other)

    for number in (one.id, other.id):
        found = behind(session, ask(Figure.AWARDED, organisation=number))
        assert (found.value, {row.organisation for row in found.rows}) == (pence("109.50"), {"Other"})
    (row,) = behind(session, ask(Figure.ORGANISATIONS)).rows
    assert isinstance(row, OrganisationRow)
    assert row.awards == 2


def test_a_page_goes_on_from_a_row_and_back_to_it(books: Books, session: Session) -> None:
    fund = books.fund("900")
    for number in range(PER_PAGE + 3):
        books.award(fund, "1", to=books.organisation(f"Group {number % 7} {number}"))

    for figure in (Figure.AWARDED, Figure.TO_PAY, Figure.AWARDS, Figure.ORGANISATIONS):
        what = read_asked(session, asked(ask(figure)))
        whole, first = all_behind(session, what).rows, page_behind(session, what)
        then = page_behind(session, what, Place(after=first.rows[-1].key))
        back = page_behind(session, what, Place(before=then.rows[0].key))
        assert [*first.rows, *then.rows] == whole
        assert back.rows == first.rows
        assert [(one.earlier, one.later) for one in (first, then, back)] == [
            (False, True),
            (True, False),
            (False, True),
        ]
        assert first.amount == then.amount == pence("53")


def test_says_which_figure_it_is_and_what_it_comes_to(books: Books, session: Session) -> None:
    fund = books.fund("900", reference="SRF20")
    award = books.award(fund, "100", to=books.organisation("Weobley Parish Council", type="Parish council"))
    books.pay(award, "40")

    def said(figure: Figure, **cut: str | int | date) -> str:
        return sentence(behind(session, ask(figure, as_at=LATER, **cut)))

    day = "as at 30 June 2020"
    assert said(Figure.AWARDED, fund="SRF20", year=2020) == (
        f"Awarded by Safer Roads Fund 2020, 2020/21, {day}: £100.00 in 1 entry"
    )
    assert said(Figure.REMAINING, up_to=2) == f"Left to award in all funds, {day}, up to entry #2: £800.00 in 2 entries"
    assert said(Figure.TO_PAY, recipient_type="Parish council", area="", source="own", since="") == (
        "To pay from all funds, the Commissioner’s own money, no area stated, organisations of the kind “Parish "
        f"council”, {day}: £60.00 on 1 award line"
    )
    assert said(Figure.NET_PAID, organisation=award.organisation_id, since=DAY) == (
        f"Paid from all funds to Weobley Parish Council, from 1 April 2020 on, {day}: £40.00 in 1 entry"
    )
    assert said(Figure.AWARDS) == f"Awards from all funds, {day}: 1, worth £100.00"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "does not say which figure"), ("figure=spent", "“spent” is not a figure of the books. Ask for one of"),
        ("figure=awarded&fund=NONE", "There is no fund with the reference NONE"),
        ("figure=awarded&year=2020", "is not a financial year"), ("figure=awarded&as_at=soon", "is not a date"),
        ("figure=awarded&as_at=2199-01-01", "has not come yet"), ("figure=awarded&since=x", "is not a date"),
        ("figure=awarded&organisation=x", "is not the number of an organisation"),
        ("figure=awarded&organisation=99999999999999999", "There is no organisation number"),
        ("figure=awarded&up_to=" + "9" * 40, "is not the number of an entry"),
        ("figure=awarded&area=Narnia", "The office has no area called “Narnia”"),
        ("figure=awarded&source=theirs", "“theirs” is no source of money. It is one of these: external, own"),
        ("figure=remaining&area=", "What is remaining belongs to no award, so it has no area"),
        ("figure=to+pay&since=1+May+2020", "not since one"), ("figure=awarded&funder=%00", "Excel cannot keep"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(books: Books, session: Session, query: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        behind(session, query)
    assert says in refused.value.sentence


def test_every_name_of_an_ask_is_read() -> None:
    assert READ == NAMES
