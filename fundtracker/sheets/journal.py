"""The books as a plain-text journal for hledger, so that another program can add them up."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Row
from sqlalchemy.orm import Session

from fundtracker import __version__
from fundtracker.domain.kinds import Measure
from fundtracker.domain.money import plain
from fundtracker.domain.years import today, year_label
from fundtracker.services.ledger import Line, open_ledger, read_entries

_HEADING = """\
; {office}
; The books up to entry {last}, one transaction an entry; its code is the entry's number. Amounts are pounds.
; Written by fundtracker {version}.
;
; fund:REF:remaining      allocated, less awarded: what is left to award
; fund:REF:over-allowed   by how much awards may go over the allocation
; fund:REF:net paid       paid, less recovered
; fund:REF:funder         received, less returned to the funder
; award:REF:AWARD:line N  awarded, less paid, with recovered: above zero to pay, below zero to recover
; control                 the other side of what enters or leaves the books
commodity £1,000.00
"""

# The two accounts that an entry of each measure moves, and the sign of each; `{fund}` and `{award}` are filled in.
_ACCOUNTS = {
    Measure.ALLOCATED: (("fund:{fund}:remaining:allocated", 1), ("control:{fund}:allocated", -1)),
    Measure.OVER_ALLOWED: (("fund:{fund}:over-allowed", 1), ("control:{fund}:over-allowed", -1)),
    Measure.AWARDED: (("fund:{fund}:remaining:awarded", -1), ("award:{fund}:{award}:awarded", 1)),
    Measure.PAID: (("fund:{fund}:net paid:paid", 1), ("award:{fund}:{award}:paid", -1)),
    Measure.RECOVERED: (("fund:{fund}:net paid:recovered", -1), ("award:{fund}:{award}:recovered", 1)),
    Measure.RECEIVED: (("fund:{fund}:funder:received", 1), ("control:{fund}:received", -1)),
    Measure.RETURNED: (("fund:{fund}:funder:returned", -1), ("control:{fund}:returned", 1)),
}


def write_journal(engine: Engine, *, up_to_entry: int | None = None) -> Iterator[str]:
    """Write every entry as a transaction, in the order of their numbers, read in short reads."""
    with Session(engine) as session:
        ledger = open_ledger(session, up_to_entry=up_to_entry)
        session.rollback()
    yield _HEADING.format(office=_words(ledger.office), last=ledger.when.last_entry, version=__version__)
    for entry in read_entries(engine, ledger):
        yield _transaction(entry, ledger.lines[entry.budget_line_id])


def journal_name() -> str:
    """Name the journal's file."""
    return f"fundtracker-{today().isoformat()}.journal"


def _transaction(entry: Row[Any], line: Line) -> str:
    said = ": ".join(filter(None, (entry.recipient, entry.narrative)))
    tags = {
        "year": year_label(line.year),
        "lot": line.lot,
        "spend": line.spend_type,
        "decision": entry.decision_reference,
        "reverses": entry.reverses,
    }
    award = f"{entry.award}:line {entry.award_line_id}"
    postings = [
        f"    {account.format(fund=line.fund, award=award)}  £{plain(sign * entry.amount)}"
        for account, sign in _ACCOUNTS[entry.kind.measure]
    ]
    return "\n".join(
        [
            "",
            f"{entry.on_date.isoformat()} ({entry.number}) {entry.kind.value} | {_words(said)}".rstrip(),
            f"    ; {', '.join(f'{name}:{_tag(value)}' for name, value in tags.items() if value)}",
            *postings,
            "",
        ]
    )


def _words(text: str) -> str:
    """Keep text to one line that holds nothing of hledger's own marks: a semicolon would begin a comment."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())


def _tag(value: object) -> str:
    """Write a tag's value, which a comma would end."""
    return _words(str(value)).replace(",", " ")
