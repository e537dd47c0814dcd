"""Taking the books out: the ledger as a workbook, and the journal for hledger."""

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_at_option, as_option, up_to_option, year_option
from fundtracker.cli.terminal import Group, json_option, print_json
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Power
from fundtracker.domain.years import FinancialYear
from fundtracker.sheets.journal import journal_name, write_journal
from fundtracker.sheets.ledger import write_ledger

STANDARD = "-"

TO = "The file to write, a folder for it, or - for the output."


class NotWrittenError(Refusal):
    """A file that cannot be written where it was asked for."""


@click.group(cls=Group)
def export() -> None:
    """Take the books out: a workbook for Excel, a journal for hledger."""


@export.command()
@click.option("--fund", "funds", multiple=True, metavar="REF", help="A fund's reference; may be given again.")
@year_option
@as_at_option
@up_to_option
@click.option("-o", "--output", metavar="FILE", required=True, help=TO)
@as_option
@json_option
def ledger(
    *, funds: tuple[str, ...], year: FinancialYear | None, as_at: date | None, up_to_entry: int | None, output: str,
    email: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the ledger of every fund, or of those named, as an Excel workbook."""
    _refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by = find_actor(session, email, Power.READ)
        engine = _engine_of(session)
        session.rollback()
        made = write_ledger(engine, made_by=by.name, funds=funds, year=year, as_at=as_at, up_to_entry=up_to_entry)
        _write(output, made.file_name, made.chunks, as_json=as_json)


@export.command()
@up_to_option
@click.option("-o", "--output", metavar="FILE", default=STANDARD, help=TO + " The output where it is left out.")
@json_option
def journal(up_to_entry: int | None, output: str, as_json: bool) -> None:
    """Write every entry as a journal that hledger reads."""
    _refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        lines = write_journal(_engine_of(session), up_to_entry=up_to_entry)
        _write(output, journal_name(), (line.encode() for line in lines), as_json=as_json)


def _engine_of(session: Any) -> Engine:
    engine: Engine = session.get_bind()
    return engine


def _refuse_mixture(output: str, *, as_json: bool) -> None:
    if output == STANDARD and as_json:
        raise click.UsageError("-o - writes the file to the output, where --json would write its answer.")


def _write(output: str, name: str, chunks: Iterable[bytes], *, as_json: bool) -> None:
    if output == STANDARD:
        sys.stdout.buffer.writelines(chunks)
        sys.stdout.buffer.flush()
        return
    path = Path(output) / name if Path(output).is_dir() else Path(output)
    try:
        _write_whole(path, chunks)
    except OSError as error:
        raise NotWrittenError(f"{path} cannot be written: {error.strerror or error}.") from error
    if as_json:
        print_json({"file": str(path), "bytes": path.stat().st_size})
    else:
        click.echo(f"Written: {path}")


def _write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    # A file of the same name is replaced by a whole one or not at all.
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(chunks)
        Path(part).chmod(_usual_mode())
        Path(part).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
