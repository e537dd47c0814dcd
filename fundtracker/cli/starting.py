"""Making an empty office, with its first administrator."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from fundtracker.cli.offices import SchemaRefusal, connect, database_file, holds_something, open_books, schema_of
from fundtracker.cli.people import link_path, link_words
from fundtracker.cli.schema import run_migrations
from fundtracker.cli.terminal import Command, json_option, print_json
from fundtracker.config import Settings
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Role
from fundtracker.services.office import DEFAULT_NAME, DEFAULT_PANEL, set_up_office
from fundtracker.services.people import add_person, make_link
from fundtracker.store.office import Office
from fundtracker.store.people import Person
from fundtracker.store.transactions import transaction

FIRST_EMAIL = "administrator@office.example"


class OfficeThereError(Refusal):
    """An office asked for where there is one already."""


class FolderRefusal(Refusal):
    """A folder that cannot be made or written to."""


@click.command(cls=Command)
@click.option("--name", default=DEFAULT_NAME, show_default=True, help="The office's name.")
@click.option("--panel-name", default=DEFAULT_PANEL, show_default=True, help="The Panel's name.")
@click.option("--objective", "objectives", multiple=True, help="An objective of the plan; may be given again.")
@click.option("--area", "areas", multiple=True, help="An area the office serves; may be given again.")
@click.option("--email", default=FIRST_EMAIL, show_default=True, help="The first administrator's email address.")
@click.option("--administrator", default="Administrator", show_default=True, help="The first administrator's name.")
@json_option
def init(
    *, name: str, panel_name: str, objectives: tuple[str, ...], areas: tuple[str, ...], email: str, administrator: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Make an empty office and print a one-time link for its first administrator."""
    settings = Settings.read()
    refuse_if_taken(settings)
    make_database(settings)
    with open_books(settings) as session:
        with transaction(session):
            set_up_office(session, name=name, panel_name=panel_name, objectives=objectives, areas=areas)
            first = add_person(session, email=email, name=administrator, role=Role.ADMINISTRATOR)
            token = make_link(session, first)
        answer = {"office": name, "instance": str(settings.instance), "email": first.email, "link": link_path(token)}
    if as_json:
        print_json(answer)
        return
    made = f"{name}: an empty office in {settings.instance}"
    click.echo("\n".join([made, f"Its first administrator is {answer['email']}.", *link_words(token)]))
    click.echo("Start it with: fundtracker serve")


def refuse_if_taken(settings: Settings) -> None:
    """Raise OfficeThereError or SchemaRefusal where the database holds an office, or another program's tables."""
    if not holds_something(settings):
        return
    with connect(settings) as engine:
        schema = schema_of(engine)
        if schema.foreign:
            raise SchemaRefusal("This database holds tables that are not fundtracker's. Name an empty one.")
        if not schema.current:
            return
        with Session(engine) as session:
            taken = not schema.is_current or is_taken(session)
    if taken:
        where = database_file(settings) or "the database named by FUNDTRACKER_DATABASE"
        raise OfficeThereError(f"There is an office already in {where}. Nothing was changed; name another folder.")


def is_taken(session: Session) -> bool:
    """Say whether anybody's office or people are in a database."""
    return any(session.scalar(select(exists().select_from(table))) for table in (Office, Person))


def make_database(settings: Settings) -> None:
    """Make the folder, the secret key, the database readable by its owner only, and its tables."""
    make_folder(settings)
    file = database_file(settings)
    if file is not None:
        with _in_words(settings):
            _touch(file)
    run_migrations(settings)


def make_folder(settings: Settings) -> None:
    """Make the folder of an office with its secret key, and that of its database; raises FolderRefusal."""
    file = database_file(settings)
    with _in_words(settings):
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file is not None:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.secret_key()


@contextmanager
def _in_words(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderRefusal(f"{error.filename or settings.instance} cannot be written: {error.strerror}.") from error


def _touch(file: Path) -> None:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
