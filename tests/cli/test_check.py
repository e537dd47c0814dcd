"""The recount: in words, in JSON, and by the exit status where the books differ."""

import sqlite3

from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor
from fundtracker.services.assertions import assert_balance
from fundtracker.store.engine import open_engine
from tests.books.builder import LATER, Books
from tests.cli.conftest import Office
from tests.cli.test_answers import keep_books


def tamper(office: Office) -> None:
    """Change a kept sum behind the guards' back."""
    with sqlite3.connect(office.folder / "fundtracker.sqlite") as books:
        books.execute("DROP TRIGGER budget_line_moves_by_entry")
        books.execute("UPDATE budget_line SET awarded = awarded - 100")
    books.close()


def test_it_says_what_was_recounted(office: Office) -> None:
    keep_books(office)

    said = office.run("check")

    assert said.exit_code == 0
    assert said.stdout == ("Every balance was recounted from its entries: 10 balances, 2 entries, difference £0.00.\n")


def test_it_names_what_differs(office: Office) -> None:
    keep_books(office)
    tamper(office)

    said = office.run("check")
    answer = office.ask("check", status=1)

    assert said.exit_code == 1
    assert "Awarded is kept as £1,063.00; its entries make £1,064.00." in said.stdout
    first = answer["differences"][0]
    assert (first["kept"], first["recounted"]) == ("1063.00", "1064.00")
    assert answer["as_at_entry"] == answer["entries"] == 2


def test_the_doctor_names_the_guard_that_is_gone(office: Office) -> None:
    keep_books(office)
    tamper(office)

    problems = office.ask("doctor", status=1)["problems"]

    assert problems == [
        "Guards of the books are missing or switched off: budget_line_moves_by_entry. Restore a backup."
    ]


def test_it_says_which_balance_assertion_no_longer_agrees(office: Office) -> None:
    engine = open_engine(office.url)
    with Session(engine) as session:
        books = Books(session)
        fund = books.fund("50,000")
        award = books.award(fund, "1,064")
        books.change(assert_balance, fund=fund, on=LATER, stated=0, by=Actor("tests"))
        books.pay(award, "10.00")
    engine.dispose()

    answer = office.ask("check")

    (apart,) = answer["no_longer_agree"]
    assert (apart["stated"], apart["found"], answer["differences"]) == ("0.00", "10.00", [])
    assert "They say £10.00 now, by #3." in office.run("check").stdout
