"""The database's tables: bring them up to date, say where they stand, take a step back."""

import click
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

from fundtracker.app import create_app
from fundtracker.cli.offices import connect, open_database, require_current, schema_of
from fundtracker.cli.terminal import Group
from fundtracker.config import Settings
from fundtracker.domain.refusals import Refusal
from fundtracker.web.db import db as database

NEWEST, EMPTY = "head", "base"


class MigrationRefusal(Refusal):
    """A migration that is not there, or that lies the other way."""


@click.group(cls=Group)
def db() -> None:
    """Look after the database's tables."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date, after a new version of fundtracker was installed."""
    settings = Settings.read()
    with open_database(settings) as engine:
        schema = schema_of(engine)
        if schema.foreign or schema.is_newer:
            require_current(schema)
    run_migrations(settings)
    click.echo(f"The database is up to date, at migration {schema.newest}.")


@db.command()
def check() -> None:
    """Say whether the tables are up to date; the exit status is 1 where they are not."""
    with open_database(Settings.read()) as engine:
        schema = schema_of(engine)
    require_current(schema)
    click.echo(f"The database is up to date, at migration {schema.current}.")


@db.command()
@click.argument("migration")
def downgrade(migration: str) -> None:
    """Take the tables back to an earlier MIGRATION, like 0001; what that one has no place for is lost."""
    settings = Settings.read()
    with open_database(settings):
        run_migrations(settings, migration, back=True)
    click.echo(f"The database is at migration {migration}.")


def run_migrations(settings: Settings, target: str = NEWEST, *, back: bool = False) -> None:
    """Run migrations forward, or back, to a target; raises MigrationRefusal."""
    app = create_app(settings)
    # Refuses a database that cannot be reached, in words.
    with connect(settings), app.app_context():
        config: Config = app.extensions["migrate"].migrate.get_config()
        try:
            (command.downgrade if back else command.upgrade)(config, target)
        except CommandError as error:
            raise MigrationRefusal(f"The migration {target} cannot be run: {error}.") from error
        finally:
            database.engine.dispose()
