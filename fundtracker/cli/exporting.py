"""Taking the books out: the ledger as a workbook, and the journal for hledger."""

from datetime import date
from typing import Any

import click
from sqlalchemy import Engine

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_at_option, as_option, up_to_option, year_option
from fundtracker.cli.output import STANDARD, TO, output_option, refuse_mixture, write_output
from fundtracker.cli.terminal import Group, json_option
from fundtracker.domain.roles import Power
from fundtracker.domain.years import FinancialYear
from fundtracker.sheets.journal import journal_name, write_journal
from fundtracker.sheets.ledger import write_ledger


@click.group(cls=Group)
def export() -> None:
    """Take the books out: a workbook for Excel, a journal for hledger."""


@export.command()
@click.option("--fund", "funds", multiple=True, metavar="REF", help="A fund's reference; may be given again.")
@year_option
@as_at_option
@up_to_option
@output_option
@as_option
@json_option
def ledger(
    *, funds: tuple[str, ...], year: FinancialYear | None, as_at: date | None, up_to_entry: int | None, output: str,
    email: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the ledger of every fund, or of those named, as an Excel workbook."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by = find_actor(session, email, Power.READ)
        engine = _engine_of(session)
        session.rollback()
        made = write_ledger(engine, made_by=by.name, funds=funds, year=year, as_at=as_at, up_to_entry=up_to_entry)
        write_output(output, made.file_name, made.chunks, as_json=as_json)


@export.command()
@up_to_option
@click.option("-o", "--output", metavar="FILE", default=STANDARD, help=TO + " The output where it is left out.")
@json_option
def journal(up_to_entry: int | None, output: str, as_json: bool) -> None:
    """Write every entry as a journal that hledger reads."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        lines = write_journal(_engine_of(session), up_to_entry=up_to_entry)
        write_output(output, journal_name(), (line.encode() for line in lines), as_json=as_json)


def _engine_of(session: Any) -> Engine:
    engine: Engine = session.get_bind()
    return engine
