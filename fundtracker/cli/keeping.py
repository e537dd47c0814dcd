"""`fundtracker backup` and `restore`: the whole office in one file, and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import inspect
from sqlalchemy.exc import ProgrammingError

from fundtracker.cli.books import said_of
from fundtracker.cli.handing_on import refuse_standard, whole_option
from fundtracker.cli.offices import (
    SchemaRefusal,
    connect,
    database_file,
    holds_something,
    open_database,
    require_current,
    schema_of,
)
from fundtracker.cli.output import NotWrittenError
from fundtracker.cli.starting import make_folder, refuse_if_taken
from fundtracker.cli.terminal import REFUSED, Command, json_option, print_json
from fundtracker.config import Settings, beside
from fundtracker.domain.years import long_moment
from fundtracker.services.history.verifying import MOST_TOLD, Verified
from fundtracker.services.keeping.archive import Archive, open_archive
from fundtracker.services.keeping.backup import Backup, backup_name, write_backup
from fundtracker.services.keeping.loading import Found
from fundtracker.services.keeping.manifest import Manifest
from fundtracker.services.keeping.restoring import NotOwnerError, Restored, restore_file, restore_server


@click.command(cls=Command)
@whole_option
@click.option("--force", is_flag=True, help="Replace a file of that name.")
@json_option
def backup(*, output: str, force: bool, as_json: bool) -> None:
    """Back the office up while it works: one file of everything, restored on trial before it is kept."""
    place = _placed(Path(output), force=force)
    settings = Settings.read()
    with open_database(settings) as engine:
        schema = schema_of(engine)
        if schema.foreign or not schema.current or schema.is_newer:
            require_current(schema)  # an earlier migration can be backed up, before it is upgraded
        folder = Path(output) if Path(output).is_dir() else Path(output).parent
        made = write_backup(engine, folder, place, beside("migrations"))
    answer = {"file": str(made.file), "bytes": made.file.stat().st_size, **_about(made.manifest)}
    _answer(answer, _backed_up(made), made.found, as_json=as_json)


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def restore(file: Path, as_json: bool) -> None:
    """Bring a backup FILE into a folder, or a database, that holds no office; all of it or nothing."""
    settings = Settings.read()
    refuse_if_taken(settings)
    with open_archive(file) as archive:
        make_folder(settings)
        done = _restore(settings, archive)
        answer = {"instance": str(settings.instance), "now_at": done.migration, **_about(archive.manifest)}
        _answer(answer, _brought_back(settings, archive.manifest, done), done.found, as_json=as_json)


def _restore(settings: Settings, archive: Archive) -> Restored:
    file = database_file(settings)
    with connect(settings) as engine:
        if holds_something(settings):
            _refuse_tables(set(inspect(engine).get_table_names()))
        if file is not None:
            engine.dispose()
            return restore_file(archive, file, beside("migrations"))
        with _as_owner():
            return restore_server(archive, engine, beside("migrations"))


def _refuse_tables(tables: set[str]) -> None:
    if tables - {"alembic_version"}:
        raise SchemaRefusal("This database holds tables already, though no office. Name an empty one.")


@contextmanager
def _as_owner() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        if "permission denied" not in str(error.orig):
            raise
        raise NotOwnerError(
            "The user of this database may not make tables in it. Run fundtracker restore as the user who is to own "
            "them, then let the application in; docs/keeping.md says how. Nothing was restored."
        ) from error


def _placed(output: Path, *, force: bool) -> Callable[[Manifest], Path]:
    """Refuse at once a file that is there, and say where a backup goes; raises NotWrittenError."""

    def place(manifest: Manifest) -> Path:
        return free(output / backup_name(manifest) if output.is_dir() else output)

    def free(path: Path) -> Path:
        if path.exists() and not force:
            raise NotWrittenError(f"{path} is there already, and was left as it is. Name another file, or use --force.")
        return path

    refuse_standard(str(output))
    if not output.is_dir():
        free(output)
    return place


def _about(manifest: Manifest) -> dict[str, Any]:
    said = manifest.to_json()
    return {**{name: said[name] for name in said if name not in ("format", "tables")}, "rows": manifest.rows}


def _backed_up(made: Backup) -> Iterator[str]:
    yield f"Written: {made.file}"
    yield f"It holds {_whole(made.manifest)}."
    yield "It was read back, restored on trial and compared row by row."
    yield f"SHA-256 of its rows: {made.manifest.sha256}"


def _brought_back(settings: Settings, manifest: Manifest, done: Restored) -> Iterator[str]:
    yield f"Restored in {settings.instance}: {_whole(manifest)}."
    yield f"Every row was compared with the backup; SHA-256 of its rows: {manifest.sha256}"
    if manifest.migration != done.migration:
        yield f"Its tables were brought up to date, from migration {manifest.migration} to {done.migration}."
    if database_file(settings) is None:
        yield "Now let the application in: docs/postgresql.md has the grants."
    yield "Everybody signs in again. Start it with: fundtracker serve"


def _whole(manifest: Manifest) -> str:
    when = long_moment(manifest.made_at)
    return f"{manifest.office} as it was on {when}, up to entry {manifest.last_entry}, {manifest.rows:,} rows"


def _answer(answer: dict[str, Any], words: Iterator[str], found: Found, *, as_json: bool) -> None:
    """Say what was done, and what a recount of it finds; the exit status is 1 where the books themselves differ."""
    if as_json:
        told = {"differences": found.recount.to_json()["differences"], "faults": found.history.faults}
        print_json({**answer, **told})
    else:
        click.echo("\n".join([*words, *said_of(found.recount), *_of_history(found.history)]))
    if not found.agrees:
        raise click.exceptions.Exit(REFUSED)


def _of_history(found: Verified) -> Iterator[str]:
    if found.holds:
        yield f"The history was verified: {found.changes:,} changes. Its head, to be kept elsewhere: {found.head}"
        return
    yield f"The history does not hold in {len(found.faults):,} places; fundtracker verify says more."
    yield from found.faults[:MOST_TOLD]
