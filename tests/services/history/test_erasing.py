"""An individual's details go from the books and their history; the money stays, and the history holds."""

import pytest
from sqlalchemy import select, text

from fundtracker.domain.refusals import ReasonMissingError
from fundtracker.services.history.erasing import NotAnIndividualError, erase_individual
from fundtracker.services.history.heads import find_head
from fundtracker.services.history.reading import Wanted, read_changes
from fundtracker.services.history.telling import tell
from fundtracker.services.history.verifying import verify
from fundtracker.services.recount import recount
from fundtracker.services.words import current, edit_words, fingerprint
from fundtracker.store.organisations import Organisation
from fundtracker.store.tables import Base, BatchRow, FinanceLine
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars
from tests.services.reconciling.builder import finance_lines

NAME, STREET = "Zebedee Quill", "7 Quill Lane"


@pytest.fixture
def individual(books: Books) -> Organisation:
    """Keep the name of a person wherever the books keep names: in rows, events, files and their history."""
    person = books.organisation(NAME, type="Individual", address=STREET, contact=f"{NAME}, 01632 960001")
    books.pay(books.award(books.fund("1,000"), "600", to=person), "50")
    words = {"name": f"{NAME} the second", "notes": f"{NAME} is left-handed"}
    as_read = fingerprint(current(person, words))
    books.change(edit_words, told=person, words=words, as_read=as_read, particulars=particulars())
    finance_lines(books.session, {"payee": f"{NAME} the second", "description": f"Grant to {NAME}", "amount": "50"})
    with transaction(books.session) as session:
        row = {"batch_id": 1, "row": 2, "fate": "taken", "key": "k", "says": NAME, "cells": f'["{NAME}"]'}
        session.add(BatchRow(**row, organisation_id=person.id))
    return person


def everything(books: Books) -> str:
    """Read every word of every table."""
    tables = (books.session.execute(table.select()).all() for table in Base.metadata.sorted_tables)
    return "\n".join(repr(row) for rows in tables for row in rows)


def test_nothing_of_it_is_left_and_the_history_holds(books: Books, individual: Organisation) -> None:
    before, head = everything(books), find_head(books.session)
    assert before.count(NAME) > 10

    erased = books.change(erase_individual, organisation=individual, why="Asked for on 1 September 2020")

    after = everything(books)
    assert [words for words in (NAME, NAME.casefold(), STREET, "960001", "left-handed") if words in after] == []
    assert (erased.name, erased.changes, erased.papers) == (f"Individual {individual.id}", 0, 0)
    found = verify(books.session, head)
    assert found.faults == []
    assert recount(books.session).agrees
    assert individual.name == erased.name


def test_the_history_says_that_it_was_erased_and_why(books: Books, individual: Organisation) -> None:
    books.change(erase_individual, organisation=individual, why="Asked for on 1 September 2020")

    lines = tell(books.session, read_changes(books.session, Wanted(records=(("organisation", individual.id),))))

    newest = next(line for line in lines if line.told.table == "organisation")
    assert newest.told.reason == "Details erased: Asked for on 1 September 2020"
    assert "name: erased → Individual" in " ".join(one.in_words for one in newest.differences)
    assert NAME not in repr(lines)


def test_a_detail_erased_without_such_a_change_is_found(books: Books, individual: Organisation) -> None:
    with transaction(books.session) as session:
        session.execute(text("UPDATE detail SET before_json = NULL, after_json = NULL, erased = 1 WHERE change = 3"))

    assert any("no change says why" in fault for fault in verify(books.session).faults)


def test_is_refused_without_a_reason_and_for_who_is_no_individual(books: Books, individual: Organisation) -> None:
    council = books.organisation("Wythall Parish Council", type="Parish council")
    with books.refused(NotAnIndividualError, "on record as Parish council", "edit its type"):
        books.change(erase_individual, organisation=council, why="Because")
    with books.refused(ReasonMissingError, "why the details are erased"):
        books.change(erase_individual, organisation=individual, why=" ")


def test_finance_lines_and_events_still_refuse_any_other_change(books: Books, individual: Organisation) -> None:
    assert len(books.session.scalars(select(FinanceLine)).all()) == 1
    for statement in (
        "UPDATE finance_line SET payee = 'X'",
        "UPDATE finance_line SET payee = '', amount = 1",
        "UPDATE event SET narrative = 'X'",
        "UPDATE event SET narrative = '', on_date = '2020-01-01'",
    ):
        with pytest.raises(Exception, match="never change"), transaction(books.session) as session:
            session.execute(text(statement))
