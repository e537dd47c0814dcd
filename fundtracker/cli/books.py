"""Reading the books: the summary of every fund, and the recount."""

from collections.abc import Iterator
from datetime import date

import click

from fundtracker.cli.offices import open_books
from fundtracker.cli.options import as_at_option, up_to_option
from fundtracker.cli.tables import money_table
from fundtracker.cli.terminal import REFUSED, Command, json_option, print_json
from fundtracker.domain.balances import Balance
from fundtracker.domain.money import figure, plain, pounds
from fundtracker.domain.years import long_date
from fundtracker.services.assertions import Checked, fallen_apart
from fundtracker.services.recount import Recount
from fundtracker.services.recount import recount as count_again
from fundtracker.services.summaries import Summary, summarise

COLUMNS = ("Allocated £", "Awarded £", "Left to award £", "Paid £")


@click.command(cls=Command)
@as_at_option
@up_to_option
@json_option
def summary(as_at: date | None, up_to_entry: int | None, as_json: bool) -> None:
    """Show every fund: allocated, awarded, left to award and paid."""
    with open_books() as session:
        found = summarise(session, as_at, up_to_entry)
        if as_json:
            print_json(found.to_json())
        else:
            click.echo("\n".join(_in_words(found)))


@click.command(cls=Command)
@json_option
def check(as_json: bool) -> None:
    """Recount every balance from the entries; the exit status is 1 where anything differs."""
    with open_books() as session:
        found = count_again(session)
        apart = [_no_longer(checked) for checked in fallen_apart(session)]
    if as_json:
        print_json({**found.to_json(), "no_longer_agree": apart})
    else:
        click.echo("\n".join([*said_of(found), *(one["says"] for one in apart)]))
    if not found.agrees:
        raise click.exceptions.Exit(REFUSED)


def _no_longer(checked: Checked) -> dict[str, str]:
    """Say which balance assertion agreed when it was typed and does not now, and by which entries."""
    row, numbers = checked.row, ", ".join(f"#{entry.number}" for entry in checked.since)
    says = (
        f"{row.fund.reference} at {long_date(row.on_date)}: the general ledger said {pounds(row.stated)} was spent, "
        f"and the books agreed. They say {pounds(checked.found)} now, by {numbers}."
    )
    return {
        "where": row.fund.reference,
        "on": row.on_date.isoformat(),
        "stated": plain(row.stated),
        "found": plain(checked.found),
        "says": says,
    }


def _in_words(found: Summary) -> Iterator[str]:
    yield f"As at {long_date(found.when.day)}, up to entry {found.when.last_entry}"
    yield ""
    rows = [[f"{row.fund.reference}  {row.fund.name}", *_money(row.balance)] for row in found.funds]
    yield from money_table("Fund", COLUMNS, rows, ["All funds", *_money(found.balance)])
    yield ""
    counts = found.counts
    yield f"{_number(counts.awards, 'award')} to {_number(counts.organisations, 'organisation')}."
    if counts.without_value:
        yield f"{_number(counts.without_value, 'award line')} without a value, left out of every sum."
    if counts.in_kind:
        yield f"{_number(counts.in_kind, 'gift')} in kind, outside every sum."
    if found.bids.awaiting:
        waiting = _number(found.bids.awaiting, "bid")
        yield f"{waiting} awaiting an answer, {pounds(found.bids.sought)} sought, outside every sum."


def _money(balance: Balance) -> list[str]:
    return [figure(sum_) for sum_ in (balance.allocated, balance.awarded, balance.remaining, balance.net_paid)]


def said_of(found: Recount) -> Iterator[str]:
    """Say what a recount found, in words."""
    looked_at = f"{_number(found.balances, 'balance')}, {_number(found.entries, 'entry', 'entries')}"
    if found.agrees:
        yield f"Every balance was recounted from its entries: {looked_at}, difference £0.00."
        return
    yield f"The books differ in {_number(len(found.differences), 'place')}: {looked_at}."
    yield from (f"{difference.where}: {difference.says}" for difference in found.differences)


def _number(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"
