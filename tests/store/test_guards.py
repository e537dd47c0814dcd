"""The guards in the database: each refusal of each trigger met once, by raw SQL, on both engines."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError, StatementError

from fundtracker.config import beside
from fundtracker.services import allocations, funders, payments, reversals
from fundtracker.store.tables import AwardLine, BudgetLine, Entry
from fundtracker.store.transactions import transaction
from tests.books.builder import Books
from tests.store.raw import refusal, refused_entry, tomorrow

ENTRIES: list[tuple[str, dict[str, Any]]] = [
    ("entry: the number is not the last plus one", {"number": 99}),
    ("entry: the number is not the last plus one", {"number": 1}),
    ("entry: the number is not the last plus one", {"book_moves": False}),
    ("entry: dated after it was posted", {"on_date": tomorrow()}),
    ("entry: the fund is not the budget line's", {"fund_id": 2}),
    ("entry: the budget line is not the award line's", {"kind": "award", "award_line_id": 2}),
    ("entry: the payment is not the award line's", {"kind": "payment", "award_line_id": 1, "payment_id": 2}),
    ("entry: a reversal undoes one entry in full", {"kind": "receipt", "amount": -3_999, "reverses": 5}),
    ("entry: a reversal undoes one entry in full", {"kind": "uplift", "amount": -1_000, "reverses": 8}),
    ("entry: a reversal undoes one entry in full", {"kind": "receipt", "amount": -4_000, "reverses": 5,
                                                    "on_date": date(2020, 6, 29)}),
    ("entry: already reversed|uq_entry_reverses", {"kind": "uplift", "amount": -1_000, "reverses": 7}),
    ("entry: what it replaces is of another kind or line", {"kind": "uplift", "replaces": 5}),
    ("entry: already replaced|uq_entry_replaces", {"kind": "allocation", "replaces": 9, "fund_id": 2,
                                                   "budget_line_id": 2}),
    ("guard: more awarded than allocated and allowed", {"kind": "award", "amount": 4_001, "award_line_id": 1}),
    ("guard: more awarded than allocated and allowed", {"kind": "variation", "amount": 4_001, "award_line_id": 1}),
    ("guard: less allocated than awarded", {"kind": "reduction", "amount": -4_001}),
    ("guard: more paid than awarded", {"kind": "payment", "amount": 2_001, "award_line_id": 1, "payment_id": 1}),
    ("guard: more written off than was to recover", {"kind": "write-off", "amount": 1, "award_line_id": 1}),
    ("guard: more returned than received", {"kind": "return to funder", "amount": 3_501}),
    ("entry: the remaining figure differs from the rows", {"fund_remaining_after": 1}),
]  # fmt: skip
STATEMENTS = [
    ("entry: entries are never changed", "UPDATE entry SET narrative = 'x' WHERE number = 1"),
    ("entry: entries are never changed", "UPDATE entry SET amount = 1, fund_remaining_after = 1"),
    ("entry: entries are never deleted", "DELETE FROM entry WHERE number = 1"),
    ("budget_line: opens at zero", ("INSERT INTO budget_line (id, fund_id, year, lot, spend_type, allocated, "
     "over_allowed, awarded, paid, recovered, received, returned, last_entry) "
     "VALUES (77, 1, 2025, '', 'revenue', 5, 0, 0, 0, 0, 0, 0, 0)")),
    ("budget_line: only an entry moves the money", "UPDATE budget_line SET allocated = allocated + 1 WHERE id = 1"),
    ("budget_line: only an entry moves the money", "UPDATE budget_line SET awarded = 0, last_entry = 1 WHERE id = 1"),
    ("budget_line: only an entry moves the money", "UPDATE budget_line SET last_entry = 99 WHERE id = 1"),
    ("budget_line: a line with entries keeps its fund", "UPDATE budget_line SET year = 2031 WHERE id = 1"),
    ("budget_line: a line keeps its number", "UPDATE budget_line SET id = 99 WHERE id = 3"),
    ("budget_line: a line with entries is never deleted", "DELETE FROM budget_line WHERE id = 1"),
    ("award_line: opens at zero", ("INSERT INTO award_line (id, award_id, budget_line_id, basis, awarded, paid, "
     "recovered, last_entry) VALUES (77, 1, 1, 'firm', 5, 0, 0, 0)")),
    ("award_line: only an entry moves the money", "UPDATE award_line SET paid = 0, recovered = 0 WHERE id = 1"),
    ("award_line: a line with entries keeps its award", "UPDATE award_line SET budget_line_id = 3 WHERE id = 1"),
    ("award_line: a line keeps its number", "UPDATE award_line SET id = 99 WHERE id = 3"),
    ("award_line: a line with entries is never deleted", "DELETE FROM award_line WHERE id = 1"),
    ("book: there is one book|ck_book_one", "INSERT INTO book (id, last_entry) VALUES (2, 0)"),
    ("book: entry numbers never go back", "UPDATE book SET last_entry = 1"),
    ("book: the book is never deleted", "DELETE FROM book"),
]  # fmt: skip
ONLY_SQLITE = [
    ("entry: the number is not the last plus one", "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 1"),
    ("budget_line: opens at zero", "REPLACE INTO budget_line SELECT * FROM budget_line WHERE id = 1"),
    ("budget_line: opens at zero", ("REPLACE INTO budget_line SELECT 88, fund_id, year, lot, spend_type, 0, 0, 0, 0, "
     "0, 0, 0, 0 FROM budget_line WHERE id = 1")),
    ("budget_line: a line keeps its number", "UPDATE OR REPLACE budget_line SET id = 1 WHERE id = 3"),
    ("takes no other line's place", "UPDATE OR REPLACE budget_line SET year = 2020 WHERE id = 3"),
    ("award_line: opens at zero", "REPLACE INTO award_line SELECT * FROM award_line WHERE id = 1"),
    ("award_line: a line keeps its number", "UPDATE OR REPLACE award_line SET id = 1 WHERE id = 3"),
    ("book: there is one book", "REPLACE INTO book (id, last_entry) VALUES (1, 0)"),
]  # fmt: skip
ONLY_POSTGRESQL = [
    ("entry: entries are never deleted", "TRUNCATE entry CASCADE"),
    ("entry: entries are never deleted", "TRUNCATE budget_line, award_line CASCADE"),
    ("book: the book is never deleted", "TRUNCATE book"),
    ("entry: the number is not the last plus one", ("INSERT INTO entry SELECT * FROM entry WHERE number = 1 "
     "ON CONFLICT (number) DO UPDATE SET amount = 1")),
]  # fmt: skip


@pytest.fixture
def kept(books: Books) -> Iterator[Engine]:
    """Keep books with one of what each refusal needs, and give their engine."""
    fund, other = books.fund("100"), books.fund(name="Covid-19 response fund")
    line = fund.lines[0]
    award = books.award(fund, "60")
    books.pay(award, "50")
    books.do(payments.refund, line=award.lines[0], amount="10", lowers_award=False)
    books.do(funders.record_receipt, line=line, amount="40")
    books.do(funders.return_to_funder, line=line, amount="5")
    books.do(allocations.uplift, line=line, amount="10")
    books.reverse(7)
    books.allocate(other.lines[0], "100")
    books.do(reversals.replace_entry, entry=books.entry(9), amount="200")
    books.pay(books.award(other, "10"), "10")
    books.award(books.line(fund, year=2024), None)
    yield books.session.get_bind().engine
    books.session.rollback()


CLOSED = (
    "INSERT INTO period_record (step, to_date, closed_to, why, made_at, made_by) "
    "VALUES ('closed', '2020-06-30', '2020-06-30', '', '2020-07-10 12:00:00', 'raw')"
)


def test_the_book_is_closed_by_a_recorded_step_alone(kept: Engine) -> None:
    said = refusal(kept, "UPDATE book SET closed_to = '2020-06-30'")
    assert "book: a period is closed and reopened by its own step" in said
    assert refusal(kept, CLOSED, "UPDATE book SET closed_to = '2020-06-30'") == ""
    assert "its own step" in refusal(kept, CLOSED, "UPDATE book SET closed_to = '2020-07-31'")
    assert "never changes" in refusal(kept, CLOSED, "UPDATE period_record SET closed_to = '2020-07-31'")
    assert "never goes" in refusal(kept, CLOSED, "DELETE FROM period_record")


def test_every_refusal_of_an_entry(kept: Engine) -> None:
    assert refused_entry(kept) == ""
    for said, changes in ENTRIES:
        assert re.search(said, refused_entry(kept, **changes)), (said, changes)
    closed = refused_entry(kept, CLOSED, "UPDATE book SET closed_to = '2020-06-30'")
    assert "entry: the period is closed" in closed


def test_every_refusal_of_a_statement(kept: Engine) -> None:
    own = ONLY_SQLITE if kept.dialect.name == "sqlite" else ONLY_POSTGRESQL
    for said, statement in [*STATEMENTS, *own]:
        assert re.search(said, refusal(kept, statement)), (said, statement)


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
def test_no_refusal_is_untested(engine_name: str) -> None:
    words = (beside("migrations") / "guards" / f"{engine_name}.sql").read_text(encoding="utf-8")
    quoted = re.findall(r"'((?:entry|guard|budget_line|award_line|book): (?:[^']|'')*)'", words)
    written = {found.replace("''", "'") for found in quoted}
    tested = [said for said, _ in [*ENTRIES, *STATEMENTS, *ONLY_SQLITE, *ONLY_POSTGRESQL]]
    tested.append("entry: the period is closed")

    assert len(written) > 20
    assert {refusal for refusal in written if not any(re.search(said, refusal) for said in tested)} == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_replacing_needs_no_setting_to_be_refused(kept: Engine) -> None:
    plain = sqlite3.connect(kept.url.database or "")
    for said, statement in ONLY_SQLITE:
        with pytest.raises(sqlite3.IntegrityError, match=said):
            plain.execute(statement)
    plain.close()


def test_bulk_updates_are_refused(books: Books, kept: Engine) -> None:
    for change in (
        update(Entry).values(narrative="x"),
        update(BudgetLine).values(allocated=1),
        update(AwardLine).values(paid=0, recovered=0),
    ):
        with pytest.raises(IntegrityError), transaction(books.session):
            books.session.execute(change)


@pytest.mark.parametrize("amount", [1.5, "12", True, "abc", 12.0])
def test_pence_are_whole_numbers_and_nothing_else(books: Books, kept: Engine, amount: Any) -> None:
    with pytest.raises(StatementError, match="pence must be an int"), transaction(books.session):
        books.session.execute(update(BudgetLine).values(allocated=amount))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("amount", ["1.5", "'abc'", "x'12'"])
def test_sqlite_keeps_no_fraction_and_no_word(kept: Engine, amount: str) -> None:
    bid = (
        "INSERT INTO bid (reference, title, funder, status, sought, outcome_expected, partners, notes, source_note, "
        "date_doubt) VALUES ('B', 'T', 'F', 'won', AMOUNT, '', '', '', '', '')"
    )

    assert refusal(kept, bid.replace("AMOUNT", "12")) == ""
    assert "ck_bid_sought_whole" in refusal(kept, bid.replace("AMOUNT", amount))
