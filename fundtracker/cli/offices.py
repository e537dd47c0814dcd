"""Opening an office's books from the command line, with a sentence where they cannot be opened."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Engine, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from fundtracker.config import Settings, beside
from fundtracker.domain.refusals import NotFoundRefusal, Refusal
from fundtracker.domain.roles import COMMAND_LINE, Actor, Power, may
from fundtracker.domain.text import one_line
from fundtracker.sheets.files.turns import one_at_a_time
from fundtracker.store.engine import open_engine
from fundtracker.store.people import Person
from fundtracker.store.schema import Schema, read_schema
from fundtracker.store.transactions import BY

NOBODY = 0  # whose turn it is where the command line itself brings a file in
DRIVERS = ("sqlite", "postgresql+psycopg")
NO_OFFICE = "There is no office here yet. Run fundtracker init."


class NoOfficeError(Refusal):
    """A command that needs an office, where none was made."""


class SchemaRefusal(Refusal):
    """A database whose tables are not those that this program keeps."""


class DatabaseRefusal(Refusal):
    """A database that cannot be opened, or that is no database."""


class NotAllowedError(Refusal):
    """A person named with --as who may not sign in, or whose post may not do this."""


@contextmanager
def open_books(settings: Settings | None = None) -> Iterator[Session]:
    """Open an office's books; raises NoOfficeError, SchemaRefusal and DatabaseRefusal."""
    with open_database(settings or Settings.read()) as engine:
        require_current(schema_of(engine))
        with Session(engine) as session:
            yield session


@contextmanager
def open_database(settings: Settings) -> Iterator[Engine]:
    """Open a database that is there; raises NoOfficeError and DatabaseRefusal."""
    if not holds_something(settings):
        raise NoOfficeError(NO_OFFICE)
    with connect(settings) as engine:
        yield engine


@contextmanager
def connect(settings: Settings) -> Iterator[Engine]:
    """Open a database, made by that where it is a file not there yet; raises DatabaseRefusal."""
    try:
        engine = open_engine(_address(settings))
    except ModuleNotFoundError as error:
        raise DatabaseRefusal("PostgreSQL needs a package more. Run: pip install 'fundtracker[postgres]'") from error
    try:
        yield engine
    except DBAPIError as error:
        if error.connection_invalidated or _is_out_of_reach(error):
            raise DatabaseRefusal(_why(error, engine)) from error
        raise
    finally:
        engine.dispose()


def database_file(settings: Settings) -> Path | None:
    """Give the database's file, where it is one; raises DatabaseRefusal for a URL that is none."""
    url = _address(settings)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def holds_something(settings: Settings) -> bool:
    """Say whether there may be an office: a file that is not empty, or a database on a server."""
    file = database_file(settings)
    return file is None or (file.is_file() and file.stat().st_size > 0)


def schema_of(engine: Engine) -> Schema:
    """Read where the database's schema stands."""
    return read_schema(engine, beside("migrations"))


def require_current(schema: Schema) -> None:
    """Raise NoOfficeError or SchemaRefusal, unless the tables are those that this program keeps."""
    if schema.foreign:
        raise SchemaRefusal("This database holds tables that are not fundtracker's. Name another database.")
    if not schema.current:
        raise NoOfficeError(NO_OFFICE)
    if schema.is_newer:
        raise SchemaRefusal("A newer fundtracker made this database. Install that version, or a later one.")
    if not schema.is_current:
        raise SchemaRefusal("This database was made by an earlier fundtracker. Run fundtracker db upgrade.")


def turn_of(by: Actor) -> AbstractContextManager[None]:
    """Hold somebody's turn to have a file read; raises StillReadingError while another of theirs is being read."""
    return one_at_a_time(Settings.read().instance, by.person_id or NOBODY)


def find_actor(session: Session, email: str | None, power: Power) -> Actor:
    """Find who does it: the person of an email address, else "command line"; raises a Refusal."""
    if email is None:
        return COMMAND_LINE
    person = find_by_email(session, email)
    if not person.active:
        raise NotAllowedError(f"{person.name} may not sign in any more. Name somebody who may.")
    if not may(person.roles, power):
        posts = " and ".join(sorted(role.value for role in person.roles))
        raise NotAllowedError(f"{person.name}'s post, {posts}, may not {power.value}. Name somebody who may.")
    actor = session.info[BY] = Actor(person.name, person.id)
    return actor


def find_by_email(session: Session, email: str) -> Person:
    """Find a person by email address; raises NotFoundRefusal."""
    person = session.scalar(select(Person).where(Person.email == one_line(email).lower()))
    if person is None:
        raise NotFoundRefusal(f"Nobody here has the email address {email}. fundtracker user list shows who is.")
    return person


def _address(settings: Settings) -> URL:
    with suppress(ArgumentError):
        url = make_url(settings.database)
        if url.drivername in DRIVERS:
            return url
    raise DatabaseRefusal(
        "FUNDTRACKER_DATABASE is not the address of a database. Write it like "
        "postgresql://name:password@server/database, or sqlite:////folder/file.sqlite."
    )


def _is_out_of_reach(error: DBAPIError) -> bool:
    said = str(error.orig)
    return error.statement is None or any(
        words in said for words in ("not a database", "malformed", "unable to open", "readonly", "disk", "permission")
    )


def _why(error: DBAPIError, engine: Engine) -> str:
    # The address may hold a password, so it is written without.
    said = str(error.orig).strip().splitlines()[0]
    where = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string()
    return f"The database {where} cannot be used: {said}."
