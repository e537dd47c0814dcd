"""One fund's ledger page by page, and its budget lines, against the fund's own balance."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.statuses import SpendType
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.listings.fund_ledger import ledger_page, page_of_entry
from fundtracker.services.listings.fund_lines import line_balances
from tests.books.builder import Books


def test_ledger_runs_by_number_and_carries_what_came_before(books: Books, session: Session) -> None:
    fund = books.fund("50,000")
    for day in range(1, 31):
        books.pay(books.award(fund, "100", on=date(2020, 5, day)), "40", on=date(2020, 6, day))
    books.award(fund, "7", on=date(2020, 4, 2))

    whole = [ledger_page(session, as_at(session), fund, page) for page in (1, 2)]

    first, last = whole
    assert (len(first.rows), len(last.rows), last.entries, last.last) == (50, 12, 62, 2)
    assert ledger_page(session, as_at(session), fund) == last
    assert [row.number for row in (*first.rows, *last.rows)] == list(range(1, 63))
    assert first.rows[1].left_after == 4_990_000
    assert (last.forward.entries, last.forward.left) == (50, first.rows[-1].left_after)
    assert last.forward.allocated - last.forward.awarded == last.forward.left
    assert last.rows[-1].left_after == fund_balances(session, as_at(session), [fund.id])[fund.id].remaining
    numbers = {row.number: page.page for page in whole for row in page.rows}
    assert {number: page_of_entry(session, as_at(session), fund, number) for number in numbers} == numbers
    assert page_of_entry(session, as_at(session), fund, 999) is None


def test_ledger_names_what_is_reversed_and_by_what(books: Books, session: Session) -> None:
    fund = books.fund("50,000")
    books.award(fund, "100")
    books.reverse(2)

    rows = ledger_page(session, as_at(session), fund).rows

    assert [(row.number, row.reverses, row.reversed_by) for row in rows] == [
        (1, None, None), (2, None, 3), (3, 2, None),
    ]  # fmt: skip


def test_lines_add_up_to_the_fund(books: Books, session: Session) -> None:
    fund = books.fund("50,000")
    capital = books.line(fund, "30,000", year=2020, spend_type=SpendType.CAPITAL)
    books.pay(books.award(fund, "100"), "40")
    books.award(capital, "200")

    for day in (None, date(2020, 6, 30)):
        when = as_at(session, day)
        lines = [line.balance for line in line_balances(session, when, fund)]
        whole = fund_balances(session, when, [fund.id])[fund.id]

        assert sum((line.allocated for line in lines), 0) == whole.allocated == 8_000_000
        assert [line.to_pay for line in lines] == [6_000, 20_000]
        assert sum((line.to_pay for line in lines), 0) == whole.to_pay
