"""On PostgreSQL the application does not own the tables: it keeps the books and cannot get round their guards."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from fundtracker.services.recount import recount
from fundtracker.store.engine import WRITE, open_engine
from tests.books.builder import Books

GUIDE = Path(__file__).parent.parent.parent / "docs" / "postgresql.md"
BYPASSES = (
    "ALTER TABLE entry DISABLE TRIGGER ALL",
    "DROP TRIGGER entry_never_changes ON entry",
    "UPDATE entry SET amount = 1",
    "DELETE FROM entry",
    "TRUNCATE entry CASCADE",
    "SET session_replication_role = replica",
)


@pytest.fixture
def app_engine(postgresql_url: str) -> Iterator[Engine]:
    """Give the engine of a role that was let in as the guide says."""
    role = f"app_{make_url(postgresql_url).database}"
    owner = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    grants = re.findall(r"```sql\n(GRANT.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    with owner.connect() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        for statement in grants[0].replace("fundtracker_app", role).strip().rstrip(";").split(";"):
            connection.execute(text(statement))
        app = open_engine(make_url(postgresql_url).set(username=role))
        yield app
        app.dispose()
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    owner.dispose()


def test_keeps_the_books_as_a_role_that_owns_nothing(app_engine: Engine) -> None:
    with Session(app_engine) as session:
        books = Books(session)
        books.pay(books.award(books.fund("50,000"), "1,064"), "1,064")

        assert recount(session).agrees


@pytest.mark.parametrize("bypass", BYPASSES)
def test_cannot_get_round_the_guards(app_engine: Engine, bypass: str) -> None:
    with (
        app_engine.connect().execution_options(**{WRITE: True}) as connection,
        pytest.raises(ProgrammingError, match=r"must be owner|permission denied"),
    ):
        connection.execute(text(bypass))
