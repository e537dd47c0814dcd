"""Recounting: it agrees with true books, and names what was falsified behind the triggers' backs."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from fundtracker.services import allocations, payments
from fundtracker.services.recount import Recount, recount
from fundtracker.services.schedules import Planned, set_schedule
from tests.books.builder import LATER, Books, pence

RUN_OF_ONE = """
INSERT INTO payment_run (reference, pay_on, status, made_at, made_by, authorised_by, sent_by, stopped_by, stopped_why)
VALUES ('RUN-001', '2020-07-01', 'sent', '2020-07-01 09:00:00+00', 'A', 'A', '', '', '')
"""
FALSIFIED = [
    ("UPDATE budget_line SET allocated = allocated + 1 WHERE id = 1", "SRF20 2020/21 revenue",
     "Allocated is kept as £105.01; its entries make £105.00."),
    ("UPDATE award_line SET paid = paid - 1 WHERE id = 1", "SRF20-001 line 1",
     "Paid is kept as £49.99; its entries make £50.00."),
    ("UPDATE award_line SET recovered = paid + 1 WHERE id = 1", "SRF20-001", "more recovered than paid"),
    ("UPDATE entry SET amount = amount - 1 WHERE number = 1", "SRF20 2020/21 revenue", "its entries make £104.99"),
    ("UPDATE entry SET fund_remaining_after = 7 WHERE number = 2", "#2", "Entry #2 says £0.07 was left"),
    ("UPDATE entry SET amount = -amount WHERE number = 3", "#3", "cannot be −£60.00"),
    ("UPDATE entry SET fund_id = 2 WHERE number = 3", "#3", "stands on another fund's or line's row"),
    ("UPDATE entry SET amount = amount + 1 WHERE number = 6", "#5", "The legs of the transfer out posted with #5"),
    ("UPDATE entry SET amount = amount - 1 WHERE number = 8", "#8", "Entry #8 does not undo #7 in full"),
    ("DELETE FROM entry WHERE number = 8", "book", "The book says #8 is the last entry; there are 7"),
    ("UPDATE book SET last_entry = 99", "book", "The book says #99 is the last entry"),
    ("INSERT INTO payment (reference, award_line_id, invoice_number, voucher) VALUES ('P', 1, '', '')", "P",
     "Payment P has no entry"),
    ("UPDATE entry SET amount = amount - 5000 WHERE number = 1", "#3", "Entry #3 awards £10.00 more than its line"),
    ("UPDATE entry SET amount = amount - 9600 WHERE number = 2", "#5", "Entry #5 takes away £1.00 that was awarded"),
    ("UPDATE entry SET amount = amount + 1001 WHERE number = 4", "#4", "Entry #4 pays £0.01 more than was awarded"),
    ("UPDATE entry SET on_date = '2020-03-31' WHERE number = 8", "#8", "recovered is −£10.00"),
    ("UPDATE award SET type = 'in kind' WHERE id = 1", "SRF20-001", "is in kind and yet has money on a line"),
    ("UPDATE award_line SET awarded = awarded + 1 WHERE id = 1", "SRF20", "its awards have £60.01"),
    ("UPDATE instalment SET amount = amount - 1 WHERE id = 1", "SRF20-001",
     "The instalments of SRF20-001 add up to £59.99, not £60.00"),
    (RUN_OF_ONE, "RUN-001",
     "authorised by nobody else than the person who drew it up"),
]  # fmt: skip


@pytest.fixture
def unguarded(books: Books) -> Callable[[str], Recount]:
    """Keep books, take triggers and checks away, and give a way to falsify them and recount."""
    fund, other = books.fund("100"), books.fund("100", name="Covid-19 response fund")
    award = books.award(fund, "60")
    books.pay(award, "50")
    # Now 1 and 2 are allocations, 3 the award, 4 the payment; then two legs, a refund and its reversal.
    books.do(allocations.transfer, source=other.lines[0], target=fund.lines[0], amount="5")
    books.do(payments.refund, line=award.lines[0], amount="10", lowers_award=False)
    books.reverse(7)
    rest = Planned(due_on=LATER, amount=pence("10"))
    books.do(set_schedule, line=award.lines[0], planned=[rest])
    books.session.rollback()
    engine = books.session.get_bind().engine

    def falsify(statement: str) -> Recount:
        _write(engine, *_without_guards(engine), statement)
        return recount(books.session)

    return falsify


def _write(engine: Engine, *statements: str) -> None:
    with engine.connect().execution_options(ft_write=True) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()


def _without_guards(engine: Engine) -> list[str]:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            names = connection.exec_driver_sql(triggers).scalars().all()
        return ["PRAGMA ignore_check_constraints = ON", *(f"DROP TRIGGER {name}" for name in names)]
    with engine.connect() as connection:
        checks = (
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid > 0 "
        )
        checks += "AND connamespace = 'public'::regnamespace"
        found = connection.exec_driver_sql(checks).all()
    tables = ("entry", "budget_line", "award_line", "book")
    disabled = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in tables]
    return disabled + [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in found]


def test_true_books_agree(books: Books) -> None:
    books.pay(books.award(books.fund("100"), "60"), "50")

    answer = recount(books.session)

    assert answer.agrees
    assert answer.to_json() == {"as_at_entry": 3, "entries": 3, "balances": 10, "differences": []}


@pytest.mark.parametrize(("statement", "where", "says"), FALSIFIED)
def test_what_differs_is_named(unguarded: Callable[[str], Recount], statement: str, where: str, says: str) -> None:
    answer = unguarded(statement)

    assert not answer.agrees
    assert [d for d in answer.differences if d.where == where and says in d.says], answer.differences


def test_a_difference_gives_both_figures(unguarded: Callable[[str], Recount]) -> None:
    (difference, *_) = unguarded(FALSIFIED[0][0]).to_json()["differences"]

    assert (difference["where"], difference["kept"], difference["recounted"]) == (
        "SRF20 2020/21 revenue", "105.01", "105.00",
    )  # fmt: skip
