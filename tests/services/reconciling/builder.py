"""Short words for finance lines in a test: amounts as people write them, on days of one year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key
from fundtracker.domain.years import now
from fundtracker.services.reconciling.items import Item, Side, Suggestion, key_of, keys_in, names_of
from fundtracker.services.reconciling.matching import match
from fundtracker.store.imports import Batch
from fundtracker.store.reconciling import FinanceLine, Matching
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, pence

ANN = Actor("Ann")
QUARTER = date(2020, 6, 30)
PAYEE = "Wellington Town Council"


def finance_lines(session: Session, *lines: dict[str, Any]) -> list[int]:
    """Bring lines of the finance system in as one file, and give their ids."""
    with transaction(session):
        batch = Batch(kind=BatchKind.FINANCE, file_name="extract.csv", digest="0" * 64, brought_in_at=now(),
                      brought_in_by="tests")  # fmt: skip
        session.add(batch)
        session.flush()
        made = [_line(batch.id, row, **line) for row, line in enumerate(lines, start=2)]
        session.add_all(made)
        session.flush()
        return [line.id for line in made]


def _line(batch: int, row: int, *, amount: str | int, payee: str = PAYEE, on: date | None = LATER, **more: Any
          ) -> FinanceLine:  # fmt: skip
    return FinanceLine(
        batch_id=batch, row=row, amount=pence(amount), payee=payee, payee_key=match_key(payee), on_date=on, **more
    )


def matched(session: Session, lines: Sequence[int], entries: Sequence[int], **said: Any) -> Matching:
    """Match lines with entries as Ann."""
    with transaction(session):
        return match(session, lines=lines, entries=entries, by=ANN, **said)


def theirs(number: int, amount: str, name: str = PAYEE, on: date | None = LATER, *, said: str = "", invoice: str = ""
           ) -> Item:  # fmt: skip
    """Give a line of theirs for the suggestions to look at."""
    return Item(side=Side.LINE, id=number, on=on, amount=Pence(pence(amount)), names=names_of([name]),
                refers=keys_in(said), invoice=key_of(invoice))  # fmt: skip


def ours(number: int, amount: str, *names: str, on: date = LATER, said: str = "", invoice: str = "") -> Item:
    """Give a payment of ours for the suggestions to look at."""
    return Item(side=Side.OURS, id=number, on=on, amount=Pence(pence(amount)), names=names_of(names or [PAYEE]),
                refers=keys_in(said), invoice=key_of(invoice))  # fmt: skip


def pairs(made: Sequence[Suggestion]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Give what is suggested, by number."""
    return {(tuple(i.id for i in each.lines), tuple(i.id for i in each.ours)) for each in made}
