"""The page that explains a hand-over to somebody who has never seen fundtracker."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from fundtracker import __version__
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import plain
from fundtracker.domain.years import long_moment
from fundtracker.services.recount import Recount
from fundtracker.services.summaries import Summary

_BEGINS = """\
{office}
Everything that its fund tracker held on {moment}, up to entry {last_entry}.
Written by fundtracker {version}. Nothing here needs that program, or any other but a
spreadsheet and a text editor.

WHAT IS HERE
office.xlsx               every table on a sheet of its own, rows named as people name them
ledger.xlsx               every entry with its fund, award and recipient, and the funds' totals
summary-YEAR.xlsx         each financial year: every fund, with the same figures cut six ways
ledger.journal            every entry as plain text, which the free program hledger adds up
papers/                   papers kept for meetings, as they were
files/                    files that were attached, and templates; files.csv says whose each is
csv/TABLE.csv             every table, one row a line, in UTF-8; money is pounds and pence
json/TABLE.json           the same rows for programs; money is whole pence
columns.csv               what every column of every table holds
SHA256SUMS.txt            a digest of each file: sha256sum -c SHA256SUMS.txt

In csv, words that a spreadsheet might take for a formula have an apostrophe before them;
json has every word as it was typed. Passwords, open sessions and what signs people in are
left out. Names and addresses of people are in: keep this as the law on personal data asks.

HOW THE BOOKS WORK
A fund has one or more budget lines, each for one financial year (1 April to 31 March), lot,
and revenue or capital. An award to an organisation has one or more award lines, each paid
for by one budget line. Everything that happened to the money is an entry: numbered from 1
without gaps, never changed and never deleted. A mistake is undone by another entry, which
names it ("reverses").

HOW TO RECOUNT THE TOTALS
Add up "amount" in csv/entry.csv for one budget_line_id (or award_line_id), by kind:
"""
_THEN = """\
Each sum is what csv/budget_line.csv and csv/award_line.csv give under that name. Then
   left to award = allocated - awarded
   paid, less refunds = paid - recovered
   for each award line: to pay or to recover = awarded - (paid - recovered)

A full recount of every balance by these rules, done when this was written, looked at
{balances:,} balances and {entries:,} entries and found {found}.

THE FUNDS ON THAT DAY, IN POUNDS
"""
_COLUMNS = ("allocated", "awarded", "remaining", "net_paid", "to_pay", "to_recover")


def readme(summary: Summary, office: str, counted: Recount, made_at: datetime) -> str:
    """Write the page: what each file is, how the totals are recounted, and what they were."""
    begins = _BEGINS.format(
        office=office, moment=long_moment(made_at), last_entry=summary.when.last_entry, version=__version__
    )
    found = "no difference" if counted.agrees else f"{len(counted.differences)} differences, named below"
    then = _THEN.format(balances=counted.balances, entries=counted.entries, found=found)
    parts = [begins, *_sums(), "", then, *_funds(summary), *_differences(counted)]
    return "\n".join(parts) + "\n"


def _sums() -> Iterator[str]:
    for measure in Measure:
        kinds = ", ".join(kind.value for kind in Kind if kind.measure is measure)
        yield f"   {measure.value} = {kinds}"


def _funds(summary: Summary) -> Iterator[str]:
    yield _row("", [name.replace("_", " ") for name in _COLUMNS])
    for row in summary.funds:
        yield f"{row.fund.reference}  {row.fund.name}"
        yield _row("", [plain(getattr(row.balance, name)) for name in _COLUMNS])
    yield "All funds"
    yield _row("", [plain(getattr(summary.balance, name)) for name in _COLUMNS])


def _row(first: str, cells: Sequence[str]) -> str:
    return first + "".join(cell.rjust(17) for cell in cells)


def _differences(counted: Recount) -> Iterator[str]:
    if not counted.agrees:
        yield "\nWHAT DOES NOT AGREE"
        yield from (f"{one.where}: {one.says}" for one in counted.differences)
