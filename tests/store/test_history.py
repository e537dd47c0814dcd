"""Every change of a row leaves one change in the history, whoever made it, on both engines."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor, Role
from fundtracker.store import transactions
from fundtracker.store.chain import GENESIS, digest
from fundtracker.store.engine import WRITE
from fundtracker.store.tables import Area, Award, Base, Change, Detail, Fund, Organisation, Person, Seal
from fundtracker.store.transactions import BY, REQUEST, transaction
from fundtracker.store.watched import DERIVED, IN_THE_ROW_ALONE, PERSONAL, UNWATCHED
from fundtracker.store.watching import OUTSIDE
from tests.books.builder import Books
from tests.store.raw import refusal

KEPT = "scrypt:of a password"


def last(session: Session, number: int = 1) -> list[Change]:
    """Give the last changes, in their order."""
    return list(session.scalars(select(Change).order_by(Change.number.desc()).limit(number)))[::-1]


def test_who_when_what_before_after_why_and_request(books: Books) -> None:
    session = books.session
    with transaction(session):
        session.add(Person(id=7, email="a@b.example", name="A. Person", role=Role.FINANCE))
    session.info[BY], session.info[REQUEST] = Actor("A. Person", 7), "5f0c"
    with transaction(session, why="A new\tname  for it\x00"):
        session.add(Area(id=1, name='North “and” \\ "south"\n'))
    with transaction(session):
        session.get_one(Area, 1).name = "North"
    with transaction(session):
        session.execute(delete(Area))

    added, changed, removed = last(session, 3)
    row = '{"id":1,"name":"North “and” \\\\ \\"south\\"\\n"}'
    assert (added.action, added.table_name, added.row_id) == ("added", "area", "1")
    assert (added.by_id, added.by_name, added.reason, added.request_id) == (7, None, "A new name for it", "5f0c")
    assert (added.before_json, added.after_json) == (None, row)
    assert (changed.before_json, changed.after_json) == (row, '{"id":1,"name":"North"}')
    assert (removed.action, removed.before_json, removed.after_json) == ("removed", '{"id":1,"name":"North"}', None)
    assert abs(datetime.strptime(added.at, "%Y-%m-%dT%H:%M:%S.%f%z") - datetime.now(UTC)).seconds < 60


def test_each_change_is_sealed_on_the_one_before_it(books: Books) -> None:
    books.fund("100")

    previous = GENESIS
    for change, seal in books.session.execute(select(Change, Seal).join(Seal).order_by(Change.number)):
        fields = (change.at, change.by_id, change.by_name, change.action, change.table_name, change.row_id,
                  change.before_json, change.after_json, change.reason, change.request_id)  # fmt: skip
        assert (seal.number, seal.previous_hash) == (change.number, previous.hex())
        previous = digest(previous, change.number, fields)
        assert seal.hash == previous.hex()


def test_lengths_keep_fields_apart_and_nothing_is_not_empty() -> None:
    fields = ["2020"] + [None] * 9
    seen = {digest(GENESIS, 1, one) for one in (fields, ["202", "0", *fields[2:]], ["2020", "", *fields[2:]])}
    known = digest(GENESIS, 1, ["2020-09-01T13:05:00.000000Z", 7, None, "added", "area", "1", None, "{}", "é", ""])

    assert len(seen) == 3
    assert known.hex() == "a03b53ec850aee09ec0bce7c476c2c015f609f3b4d96a42b4ad28d29fa5fa35b"


def bulk(session: Session) -> None:
    session.execute(update(Area).values(name=Area.name + "!"))


def raw(session: Session) -> None:
    session.execute(text("UPDATE area SET name = name || '?'"))


def many(session: Session) -> None:
    session.connection().execute(insert(Area), [{"name": "C"}, {"name": "D"}])


@pytest.mark.parametrize(("statement", "changes"), [(bulk, 2), (raw, 2), (many, 2)])
def test_bulk_updates_and_raw_sql_are_in_it(books: Books, statement: Callable[[Session], None], changes: int) -> None:
    with transaction(books.session) as session:
        session.add_all([Area(name="A"), Area(name="B")])
    before = last(books.session)[0].number

    with transaction(books.session) as session:
        statement(session)

    assert last(books.session)[0].number == before + changes


def test_what_changes_nothing_and_what_follows_from_others_leaves_none(books: Books) -> None:
    award = books.award(books.fund("100"), "60")
    before = last(books.session)[0].number

    with transaction(books.session) as session:
        session.execute(update(Fund).values(name=Fund.name))
        session.execute(update(Award).values(last_payment=award.last_payment))
        session.execute(text("UPDATE book SET last_entry = last_entry"))
    assert last(books.session)[0].number == before

    books.pay(award, "50")
    assert [change.table_name for change in last(books.session, 2)] == ["payment", "entry"]
    assert last(books.session)[0].number == before + 2  # the sums that the entry moves are told of by the entry


def test_names_stand_beside_it_and_secrets_nowhere(books: Books) -> None:
    with transaction(books.session) as session:
        session.add(Person(id=7, email="a@b.example", name="A. Person", role=Role.FINANCE, password_hash=KEPT))
    with transaction(books.session) as session:
        session.get_one(Person, 7).password_hash = f"{KEPT} and another"
    with transaction(books.session) as session:
        session.add(Organisation(name="Zebedee Quill", match_key="zebedee quill", address="7 Quill Lane"))

    everything = json.dumps([[getattr(one, column.key) for column in Change.__table__.columns]
                             for one in last(books.session, 3)], default=str)  # fmt: skip
    assert [word for word in ("A. Person", "a@b.example", "Zebedee", "Quill", "scrypt") if word in everything] == []
    person, changed, organisation = last(books.session, 3)
    assert json.loads(person.after_json or "")["password_hash"] is True
    assert changed.before_json == changed.after_json
    beside = books.session.get_one(Detail, organisation.number)
    assert json.loads(beside.after_json or "")["address"] == "7 Quill Lane"
    details = books.session.scalars(select(Detail.after_json)).all()
    assert not any("scrypt" in (detail or "") for detail in details)


def test_is_named_and_not_sealed_outside_fundtracker(books: Books, engine: Engine) -> None:
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        connection.execute(text("INSERT INTO area (name) VALUES ('By hand')"))

    change = last(books.session)[0]
    assert (change.by_name, books.session.scalar(select(Seal).where(Seal.change == change.number))) == (OUTSIDE, None)


def test_time_never_goes_back(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    books.fund("100")
    before = last(books.session)[0].at
    monkeypatch.setattr(transactions, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    with transaction(books.session) as session:
        session.add(Area(name="A"))

    assert last(books.session)[0].at == before


@pytest.mark.parametrize("statement", [
    "UPDATE change SET reason = 'X'", "DELETE FROM change", "UPDATE seal SET hash = 'X'", "DELETE FROM seal",
    "INSERT INTO change SELECT * FROM change", "DELETE FROM detail", "UPDATE detail SET after_json = 'X'",
])  # fmt: skip
def test_is_never_changed_or_removed(books: Books, engine: Engine, statement: str) -> None:
    books.award(books.fund("100"), "60")
    books.session.rollback()

    assert any(words in refusal(engine, statement) for words in ("never", "unique constraint"))


def test_what_is_left_out_is_there(books: Books) -> None:
    tables: dict[str, Any] = dict(Base.metadata.tables)
    for name in UNWATCHED.keys() - {"alembic_version"}:
        assert name in tables
    for left_out in (DERIVED, IN_THE_ROW_ALONE, PERSONAL):
        for name, columns in left_out.items():
            assert set(columns) <= set(tables[name].columns.keys()), name
