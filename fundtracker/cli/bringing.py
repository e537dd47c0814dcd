"""What the commands that bring files in do, and undoing one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from sqlalchemy.orm import Session

from fundtracker.cli.brought import lines_of
from fundtracker.cli.files import read_file
from fundtracker.cli.offices import find_actor, open_books, turn_of
from fundtracker.cli.progress import Progress
from fundtracker.cli.terminal import REFUSED, print_json
from fundtracker.domain.roles import Actor, Power
from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.domain.years import today
from fundtracker.services.bringing.ahead import plan_ahead
from fundtracker.services.bringing.answer import Answer, BringRefusedError
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.maps import find_map, map_of, save_map
from fundtracker.services.bringing.plan import Source
from fundtracker.services.bringing.undoing import undo_batch
from fundtracker.services.imports.waiting import find_batch
from fundtracker.services.posting import Particulars
from fundtracker.sheets.batches.bringing import look, read_rows, record
from fundtracker.store.engine import keep_readers_going
from fundtracker.store.transactions import transaction


def bring_in_file(
    kind: BatchKind,
    *,
    file: Path,
    sheet: str | None,
    all_sheets: bool,
    header_row: int | None,
    maps: Sequence[str],
    save_map: str | None,
    use_map: str | None,
    dry_run: bool,
    email: str | None,
    as_json: bool,
    fund: str | None = None,
    undated: date | None = None,
    basis: str | None = None,
    with_allocation: bool = False,
) -> None:
    """Bring in one file, and print the answer; exit status 1 where it is refused."""
    choices = Choices(kind=kind, fund=fund or "", sheet=sheet, all_sheets=all_sheets, header_row=header_row,
                      columns=_columns(maps), undated=undated, basis=AmountBasis(basis) if basis else None,
                      with_allocation=with_allocation)  # fmt: skip
    with open_books() as session:
        keep_readers_going(session.get_bind().engine)
        by = find_actor(session, email, power_for(kind))
        if use_map:
            choices = replace(choices, columns={**find_map(session, kind, use_map), **(choices.columns or {})})
        session.rollback()
        with turn_of(by), read_rows(read_file(file), file.name, choices) as source:
            _print(_bring_in(session, source, choices, by, dry_run=dry_run, save_as=save_map), as_json=as_json)


def power_for(kind: BatchKind | BatchKind) -> Power:
    """Say what a post must allow for bringing in a kind of row, or undoing it."""
    return Power.PAY if kind.value == BatchKind.FINANCE.value else Power.RECORD


def _columns(maps: Sequence[str]) -> Mapping[str, str] | None:
    columns = {}
    for one in maps:
        title, equals, field = one.rpartition("=")
        if not equals or not title.strip():
            raise click.BadParameter(f"“{one}” is not COLUMN=FIELD.", param_hint="--map")
        columns[title.strip()] = field.strip()
    return columns or None


def _bring_in(
    session: Session, source: Source, choices: Choices, by: Actor, *, dry_run: bool, save_as: str | None
) -> Answer:
    with Progress() as progress:
        if dry_run:
            answer = look(session, source, choices, progress.tell)
            if answer.refused:
                answer.tally.refuse()
            return answer
        ahead = plan_ahead(session, source, choices, progress.tell)
        try:
            with transaction(session):
                if save_as:
                    columns = map_of(source.table, choices.columns)
                    save_map(session, kind=choices.kind, name=save_as, columns=columns, by=by)
                return record(session, source, choices, by, progress.tell, ahead=ahead)
        except BringRefusedError as refusal:
            return refusal.answer


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print_json(answer.to_json())
    else:
        click.echo("\n".join(lines_of(answer)), err=bool(answer.refused))
    if answer.refused:
        raise click.exceptions.Exit(REFUSED)


def undo_import(number: int, *, why: str, email: str | None, as_json: bool) -> None:
    """Undo an import; raises BatchInUseError while something depends on it."""
    with open_books() as session:
        by = find_actor(session, email, power_for(find_batch(session, number).kind))
        with transaction(session):
            batch = find_batch(session, number)
            undo_batch(session, batch=batch, particulars=Particulars(on=today(), by=by, narrative=why))
            told = {"batch": batch.id, "file": batch.file_name, "kind": batch.kind.value, "rows": batch.rows_taken}
    if as_json:
        print_json({**told, "undone": True})
    else:
        click.echo(f"Import {told['batch']} ({told['file']}) is undone: {told['rows']:,} rows taken back.")
