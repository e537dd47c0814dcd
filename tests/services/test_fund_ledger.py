"""One fund's ledger page by page, and its budget lines, against the fund's own balance."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import SpendType
from fundtracker.services.allocations import uplift
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.fund_ledger import Forward, LedgerPage, Place, ledger_page
from fundtracker.services.listings.fund_lines import line_balances
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.listings.payments import list_payments, newest_payments
from fundtracker.services.payments import pay
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars


def long_ledger(books: Books) -> Fund:
    """Keep a ledger of 131 entries, among those of another fund, the last of them dated before all the rest."""
    fund, other = books.fund("50,000"), books.fund("50,000", reference="OTH20")
    award, another = books.award(fund, "3,000", on=date(2020, 5, 1)), books.award(other, "50", on=date(2020, 5, 1))
    with transaction(books.session) as session:
        for number in range(119):
            said = particulars(date(2020, 6, 1 + number // 4))
            pay(session, line=award.lines[0], amount=Pence(1_000 + number), particulars=said)
            if number % 10 == 0:
                pay(session, line=another.lines[0], amount=Pence(100), particulars=said)
        for _ in range(10):
            uplift(session, line=fund.lines[0], amount=Pence(700), particulars=particulars(date(2020, 4, 2)))
    return fund


def numbers(page: LedgerPage) -> list[int]:
    return [row.number for row in page.rows]


def test_pages_lead_from_the_newest_to_the_first_and_back_and_carry_what_came_before(
    books: Books, session: Session
) -> None:
    fund = long_ledger(books)
    when = as_at(session)
    all_of_it = list(session.scalars(select(Entry.number).where(Entry.fund_id == fund.id).order_by(Entry.number)))
    whole = fund_balances(session, when, [fund.id])[fund.id]

    newest = ledger_page(session, when, fund)
    older = ledger_page(session, when, fund, Place(before=newest.rows[0].number))
    first = ledger_page(session, when, fund, Place(before=older.rows[0].number))

    assert numbers(first) + numbers(older) + numbers(newest) == all_of_it
    assert [len(page.rows) for page in (first, older, newest)] == [31, 50, 50]
    assert [(page.newer, page.whole) for page in (first, older, newest)] == [
        (True, False),
        (True, False),
        (False, False),
    ]
    assert first.forward is None
    assert older.forward == Forward(left=first.rows[-1].left_after)
    assert newest.forward is not None
    assert newest.forward.left == older.rows[-1].left_after
    paid = sum(row.amount for row in newest.rows if row.measure is Measure.PAID)
    assert newest.forward.paid == whole.paid - paid
    assert Pence((newest.forward.allocated or 0) - (newest.forward.awarded or 0)) == newest.forward.left
    assert newest.rows[-1].left_after == whole.remaining


def test_what_comes_after_an_entry_begins_behind_it(books: Books, session: Session) -> None:
    fund = long_ledger(books)
    when = as_at(session)
    all_of_it = list(session.scalars(select(Entry.number).where(Entry.fund_id == fund.id).order_by(Entry.number)))

    for after in (0, all_of_it[30], all_of_it[-3]):
        page = ledger_page(session, when, fund, Place(after=after))
        assert numbers(page) == [number for number in all_of_it if number > after][:50]
        assert page.newer == (page.rows[-1].number < all_of_it[-1])


def test_an_earlier_day_adds_up_what_came_before(books: Books, session: Session) -> None:
    fund = long_ledger(books)
    when = as_at(session, date(2020, 6, 25))

    newest = ledger_page(session, when, fund)

    balance = fund_balances(session, when, [fund.id])[fund.id]
    assert newest.forward is not None
    assert newest.rows[-1].left_after == balance.remaining
    assert newest.forward.paid is not None
    paid = sum(row.amount for row in newest.rows if row.measure is Measure.PAID)
    assert newest.forward.paid + paid == balance.paid
    older = ledger_page(session, when, fund, Place(before=newest.rows[0].number))
    assert older.forward is not None
    assert (older.forward.allocated, older.newer) == (5_000_000, True)
    assert all(row.on_date <= date(2020, 6, 25) for row in (*older.rows, *newest.rows))


def test_opens_at_an_entry_and_at_the_newest_where_there_is_no_such_place(books: Books, session: Session) -> None:
    fund = long_ledger(books)
    when = as_at(session)
    newest = ledger_page(session, when, fund)

    at_one = ledger_page(session, when, fund, Place(entry=newest.rows[-3].number))

    assert numbers(at_one) == numbers(newest)[-3:]
    assert at_one.rows == newest.rows[-3:]
    anothers = session.scalar(select(Entry.number).where(Entry.fund_id != fund.id))
    for nowhere in (Place(entry=anothers), Place(entry=999), Place(after=999), Place(before=1)):
        assert ledger_page(session, when, fund, nowhere) == newest


def test_an_empty_ledger_is_whole(books: Books, session: Session) -> None:
    fund = books.fund()

    assert ledger_page(session, as_at(session), fund) == LedgerPage(rows=[], forward=None, newer=False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_is_looked_up_by_number_and_nothing_is_sorted(books: Books, session: Session) -> None:
    fund = long_ledger(books)
    told: list[tuple[str, tuple[Any, ...]]] = []
    listen = ("before_cursor_execute", lambda *given: told.append((given[2], given[3])))
    event.listen(session.get_bind(), *listen)
    newest = ledger_page(session, as_at(session), fund)
    ledger_page(session, as_at(session), fund, Place(before=newest.rows[0].number))
    event.remove(session.get_bind(), *listen)

    asked = [each for each in told if "FROM entry" in each[0]]
    plans = [row[3] for sql, given in asked
             for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]  # fmt: skip
    assert len(asked) == 4
    of_entries = [step for step in plans if " entry " in f"{step} "]
    assert of_entries
    assert all("ix_entry_fund_id_number" in step for step in of_entries), of_entries
    assert not [step for step in plans if "TEMP B-TREE" in step]


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


def test_the_payments_recorded_last_and_whether_there_are_more(books: Books, session: Session) -> None:
    fund = long_ledger(books)
    when = as_at(session)

    last, more = newest_payments(session, when, fund, 3)
    known = list_payments(session, when, Filters(fund=fund.reference), Part(order=Order("number", descending=True)))

    assert (last, more) == (known.rows[:3], True)
    assert newest_payments(session, when, fund, known.count)[1] is False
    assert newest_payments(session, as_at(session, date(2020, 5, 30)), fund, 3) == ([], False)
