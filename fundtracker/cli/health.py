"""The doctor: what the office runs on, and what puts its books at risk."""

import shutil
import sqlite3

import click

from fundtracker.cli.offices import NO_OFFICE, connect, holds_something
from fundtracker.cli.terminal import REFUSED, Command, json_option, print_json
from fundtracker.config import Settings, beside
from fundtracker.services import folders
from fundtracker.services.doctor import Health, examine

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@click.command(cls=Command)
@json_option
def doctor(as_json: bool) -> None:
    """Say what the office runs on and what is wrong; the exit status is 1 where anything is."""
    settings = Settings.read()
    health = _examine(settings) if holds_something(settings) else _nothing_yet(settings)
    if as_json:
        print_json(health.to_json())
    else:
        click.echo("\n".join(_in_words(health)))
    if health.problems:
        raise click.exceptions.Exit(REFUSED)


def _examine(settings: Settings) -> Health:
    with connect(settings) as engine:
        return examine(engine, instance=settings.instance, migrations=beside("migrations"))


def _nothing_yet(settings: Settings) -> Health:
    free = shutil.disk_usage(folders.nearest(settings.instance)).free
    return Health("sqlite", sqlite3.sqlite_version, None, "", free, (NO_OFFICE,))


def _in_words(health: Health) -> list[str]:
    journal = f", journal mode {health.journal_mode}" if health.journal_mode else ""
    return [
        f"Database      {NAMES[health.engine]} {health.version}{journal}",
        f"Migrations    {health.migrations or 'none yet'}",
        f"Free space    {health.free_bytes / 1_000_000_000:,.1f} GB",
        *[f"Problem       {problem}" for problem in health.problems],
        *([] if health.problems else ["No problems found."]),
    ]
