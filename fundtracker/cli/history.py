"""`fundtracker verify` and `erase`: whether the history is whole, and an individual's details taken out of it."""

from collections.abc import Iterator

import click

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_option
from fundtracker.cli.terminal import REFUSED, Command, json_option, print_json
from fundtracker.domain.roles import Power
from fundtracker.services.history.erasing import erase_individual
from fundtracker.services.history.heads import parse_head
from fundtracker.services.history.verifying import MOST_TOLD, Verified
from fundtracker.services.history.verifying import verify as verify_history
from fundtracker.services.organisations import find_organisation
from fundtracker.store.transactions import transaction


@click.command(cls=Command)
@click.option(
    "--anchor", metavar="N:HASH", help="The head of the history as a workbook or a backup of an earlier day printed it."
)
@json_option
def verify(anchor: str | None, as_json: bool) -> None:
    """Check that no change was altered, left out or made behind fundtracker's back; the exit status is 1 if any was."""
    with open_books() as session:
        found = verify_history(session, parse_head(anchor) if anchor else None)
    if as_json:
        print_json(found.to_json())
    else:
        click.echo("\n".join(_said_of(found, anchored=bool(anchor))))
    if not found.holds:
        raise click.exceptions.Exit(REFUSED)


@click.command(cls=Command)
@click.argument("number", type=int)
@click.option("--why", metavar="WORDS", required=True, help="Why; it stays in the history, so name nobody.")
@as_option
@json_option
def erase(number: int, why: str, email: str | None, as_json: bool) -> None:
    """Erase the details of the individual whose page is /organisations/NUMBER; the money stays."""
    with open_books() as session:
        find_actor(session, email, Power.ADMINISTER)
        with transaction(session):
            erased = erase_individual(session, organisation=find_organisation(session, number), why=why)
    if as_json:
        print_json({"name": erased.name, "changes": erased.changes, "papers": erased.papers})
    else:
        click.echo(erased.sentence)


def _said_of(found: Verified, *, anchored: bool) -> Iterator[str]:
    looked_at = f"{found.changes:,} changes, {found.rows:,} rows"
    if found.holds:
        yield f"The history holds: {looked_at}."
    else:
        yield f"The history does not hold: {looked_at}, {len(found.faults):,} faults."
        yield from found.faults[:MOST_TOLD]
        if len(found.faults) > MOST_TOLD:
            yield f"And {len(found.faults) - MOST_TOLD:,} more."
    yield f"Its head is {found.head}" if found.head else "Nothing is sealed."
    if found.holds and not anchored:
        yield "Give --anchor with the head of an earlier workbook to know that nothing before it was rewritten."
