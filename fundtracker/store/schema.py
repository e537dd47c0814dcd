"""The schema: which migration a database is at, beside the newest that this program knows."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect


@dataclass(frozen=True)
class Schema:
    """
    Where a database stands: `current` is its migration, empty where none was ever run on it.

    `foreign` says that it holds tables that no migration of ours made.
    """

    current: str
    newest: str
    known: frozenset[str]
    foreign: bool = False

    @property
    def is_current(self) -> bool:
        """Say whether the newest migration has been run."""
        return self.current == self.newest

    @property
    def is_newer(self) -> bool:
        """Say whether a newer program made this database."""
        return bool(self.current) and self.current not in self.known


def read_schema(engine: Engine, migrations: Path) -> Schema:
    """Read which migration a database is at, and compare with the folder of migrations."""
    newest, known = read_known(migrations)
    with engine.connect() as connection:
        current = migration_of(connection)
        foreign = not current and bool(set(inspect(connection).get_table_names()) - {"alembic_version"})
    return Schema(current, newest, known, foreign)


def migration_of(connection: Connection) -> str:
    """Read which migration a database is at, empty where none was ever run on it."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def read_known(migrations: Path) -> tuple[str, frozenset[str]]:
    """Read the newest migration, and all that there are, in the folder of migrations."""
    script = ScriptDirectory.from_config(_config(migrations))
    return script.get_current_head() or "", frozenset(revision.revision for revision in script.walk_revisions())


def bring_to(connection: Connection, migrations: Path, target: str = "head") -> None:
    """Run migrations forward to a target, in the transaction that a connection is in."""
    config = _config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _config(migrations: Path) -> Config:
    config = Config(migrations / "alembic.ini")
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config
