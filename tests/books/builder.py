"""Short words for keeping books in a test: amounts as people write them, one transaction a verb."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, parse_pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import PeriodStep, Source, SpendType
from fundtracker.domain.years import FinancialYear, now
from fundtracker.services import allocations, awards, funds, organisations, payments, reversals
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation
from fundtracker.store.periods import PeriodRecord
from fundtracker.store.tables import Base
from fundtracker.store.transactions import transaction

DAY = date(2020, 4, 1)
LATER = date(2020, 6, 30)
Done = TypeVar("Done")
Rows = dict[str, list[tuple[Any, ...]]]


def pence(text: str | int) -> Pence:
    """Read `1,064.00` as pence, and `-1,064.00` or `0` too; a whole number is pence already."""
    if isinstance(text, int):
        return Pence(text)
    if text == "0":
        return Pence(0)
    return Pence(-parse_pounds(text[1:])) if text.startswith("-") else parse_pounds(text)


def particulars(on: date = LATER, *, decision: str = "PCC/D/2020/01", **others: Any) -> Particulars:
    """Say when and by whom, with a decision unless told otherwise."""
    return Particulars(on=on, by=Actor("tests"), decision=decision, **others)


@dataclass
class Books:
    """The books of an office in a test, each verb in a transaction of its own."""

    session: Session

    def do(self, verb: Callable[..., Done], on: date = LATER, *, decision: str = "PCC/D/2020/01",
           original_date: date | None = None, **given: Any) -> Done:  # fmt: skip
        """Do one thing that is dated, in a transaction of its own; amounts may be given as people write them."""
        facts = particulars(on, decision=decision, original_date=original_date)
        return self.change(verb, particulars=facts, **given)

    def change(self, verb: Callable[..., Done], **given: Any) -> Done:
        """Do one thing in a transaction of its own."""
        for name in ("amount", "by", "estimated_value"):
            if isinstance(given.get(name), str):
                given[name] = pence(given[name])
        with transaction(self.session):
            return verb(self.session, **given)

    def fund(self, allocated: str = "", *, name: str = "Safer Roads Fund 2020", year: int = 2020,
             spend_type: SpendType = SpendType.REVENUE, source: Source = Source.OWN, **more: Any) -> Fund:  # fmt: skip
        """Open a fund on 1 April 2020 and allocate to it."""
        details = funds.FundDetails(
            name=name, funder="PCC", source=source, year=FinancialYear(year), spend_type=spend_type, **more
        )
        fund = self.do(funds.open_fund, DAY, details=details)
        if allocated:
            self.allocate(fund.lines[0], allocated)
        return fund

    def line(self, fund: Fund, allocated: str = "", **what: Any) -> BudgetLine:
        """Open another budget line of a fund and allocate to it."""
        line = self.change(funds.add_line, fund=fund, **what)
        if allocated:
            self.allocate(line, allocated)
        return line

    def allocate(self, line: BudgetLine, amount: str, on: date = DAY) -> Entry:
        """Allocate to a budget line."""
        return self.do(allocations.allocate, on, line=line, amount=amount)

    def organisation(self, name: str = "Wellington Town Council", **details: Any) -> Organisation:
        """Add an organisation."""
        return self.do(
            organisations.add_organisation, DAY, details=organisations.OrganisationDetails(name=name, **details)
        )

    def award(self, line: BudgetLine | Fund, amount: str | None, to: Organisation | None = None, on: date = LATER,
              **details: Any) -> Award:  # fmt: skip
        """Award directly from one budget line; no amount is a value not stated."""
        line = line.lines[0] if isinstance(line, Fund) else line
        waiting = details.pop("subject_to_funding", False)
        share = awards.Share(line=line, amount=None if amount is None else pence(amount), subject_to_funding=waiting)
        return self.award_shares(share, to=to, on=on, **details)

    def award_shares(self, *shares: awards.Share, to: Organisation | None = None, on: date = LATER,
                     reasons: str = "As the panel agreed", **details: Any) -> Award:  # fmt: skip
        """Award directly, from several lines at once."""
        full = awards.AwardDetails(recipient=to or self._anyone(), shares=shares, reasons=reasons, **details)
        return self.do(awards.record_award, on, details=full)

    def pay(self, award: Award, amount: str, on: date = LATER) -> Payment:
        """Pay the first line of an award."""
        return self.do(payments.pay, on, line=award.lines[0], amount=amount)

    def reverse(self, number: int, on: date = LATER) -> list[Entry]:
        """Reverse an entry."""
        return self.do(reversals.reverse_entry, on, entry=self.entry(number))

    def close(self, to: date) -> None:
        """Close the books to a day, as two people would have."""
        self._step(PeriodStep.CLOSED, to, closed_to=to)

    def reopen(self) -> None:
        """Open every period of the books again."""
        self._step(PeriodStep.REOPENED, DAY, closed_to=None)

    def _step(self, step: PeriodStep, to: date, *, closed_to: date | None) -> None:
        row = PeriodRecord(step=step, to_date=to, closed_to=closed_to, made_at=now(), made_by="the builder")
        with transaction(self.session):
            self.session.add(row)
            self.session.flush()
            self.session.get_one(Book, 1).closed_to = closed_to

    def entry(self, number: int) -> Entry:
        """Give the entry of a number; below zero, counted from the last."""
        last = self.session.scalars(select(Entry.number).order_by(Entry.number.desc())).first() or 0
        return reversals.find_entry(self.session, number if number > 0 else last + number + 1)

    def award_lines(self) -> list[AwardLine]:
        """Give every award line, in order."""
        return list(self.session.scalars(select(AwardLine).order_by(AwardLine.id)))

    def entries(self) -> list[tuple[Kind, int]]:
        """Give every entry's kind and signed pence, in order."""
        rows = self.session.execute(select(Entry.kind, Entry.amount).order_by(Entry.number))
        return [(kind, amount) for kind, amount in rows]

    def rows(self) -> Rows:
        """Give every row of every table."""
        tables = {table.name: self.session.execute(table.select()).all() for table in Base.metadata.sorted_tables}
        return {name: sorted((tuple(row) for row in found), key=repr) for name, found in tables.items()}

    @contextmanager
    def refused(self, kind: type[Refusal], *said: str) -> Iterator[None]:
        """Expect a refusal of exactly this kind that says these words, and that nothing was recorded."""
        self._anyone()
        before = self.rows()
        with pytest.raises(kind) as caught:
            yield
        assert type(caught.value) is kind
        for words in said:
            assert words in caught.value.sentence
        assert self.rows() == before

    def _anyone(self) -> Organisation:
        found = self.session.scalars(select(Organisation).order_by(Organisation.id)).first()
        return found or self.organisation()


def balance(*lines: BudgetLine, award_lines: tuple[AwardLine, ...] = ()) -> Balance:
    """Add up what is kept for budget lines, with what is to pay and to recover on award lines."""

    def summed(name: str) -> Pence:
        return Pence(sum(getattr(line, name) for line in lines))

    names = ("allocated", "over_allowed", "awarded", "paid", "recovered", "received", "returned")
    return Balance(
        **{name: summed(name) for name in names},
        to_pay=Pence(sum(line.to_pay for line in award_lines)),
        to_recover=Pence(sum(line.to_recover for line in award_lines)),
    )
