"""Short words for keeping books in a test: amounts as people write them, one transaction a verb."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, parse_pounds
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.services import allocations, awards, funds, organisations, payments, reversals
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import Award, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation
from fundtracker.store.transactions import transaction

DAY = date(2020, 4, 1)
LATER = date(2020, 6, 30)


def pence(text: str | int) -> Pence:
    """Read `1,064.00` as pence; a whole number is pence already."""
    return Pence(text) if isinstance(text, int) else parse_pounds(text)


def particulars(on: date = LATER, *, decision: str = "PCC/D/2020/01", **others: Any) -> Particulars:
    """Say when and by whom, with a decision unless told otherwise."""
    return Particulars(on=on, by=Actor("tests"), decision=decision, **others)


@dataclass
class Books:
    """The books of an office in a test, each verb in a transaction of its own."""

    session: Session

    def fund(self, allocated: str = "", *, name: str = "Safer Roads Fund 2020", year: int = 2020,
             spend_type: SpendType = SpendType.REVENUE, source: Source = Source.OWN) -> Fund:  # fmt: skip
        """Open a fund on 1 April 2020 and allocate to it."""
        details = funds.FundDetails(
            name=name, funder="PCC", source=source, year=funds.FinancialYear(year), spend_type=spend_type
        )
        with transaction(self.session):
            fund = funds.open_fund(self.session, details=details)
        if allocated:
            self.allocate(fund.lines[0], allocated)
        return fund

    def allocate(self, line: BudgetLine, amount: str, on: date = DAY) -> Entry:
        """Allocate to a budget line."""
        with transaction(self.session):
            return allocations.allocate(self.session, line=line, amount=pence(amount), particulars=particulars(on))

    def organisation(self, name: str = "Wellington Town Council", **details: Any) -> Organisation:
        """Add an organisation."""
        with transaction(self.session):
            return organisations.add_organisation(
                self.session, details=organisations.OrganisationDetails(name=name, **details)
            )

    def award(self, line: BudgetLine | Fund, amount: str, to: Organisation | None = None, on: date = LATER,
              **details: Any) -> Award:  # fmt: skip
        """Award directly from one budget line."""
        line = line.lines[0] if isinstance(line, Fund) else line
        recipient = to or self._anyone()
        with transaction(self.session):
            share = awards.Share(line=line, amount=pence(amount))
            full = awards.AwardDetails(
                recipient=recipient, shares=(share,), reasons=details.pop("reasons", "As the panel agreed"), **details
            )
            return awards.record_award(self.session, details=full, particulars=particulars(on))

    def pay(self, award: Award, amount: str, on: date = LATER) -> Payment:
        """Pay the first line of an award."""
        with transaction(self.session):
            return payments.pay(self.session, line=award.lines[0], amount=pence(amount), particulars=particulars(on))

    def reverse(self, number: int, on: date = LATER) -> list[Entry]:
        """Reverse an entry."""
        with transaction(self.session):
            entry = reversals.find_entry(self.session, number)
            return reversals.reverse_entry(self.session, entry=entry, particulars=particulars(on))

    def entries(self) -> list[tuple[Kind, int]]:
        """Give every entry's kind and signed pence, in order."""
        rows = self.session.execute(select(Entry.kind, Entry.amount).order_by(Entry.number))
        return [(kind, amount) for kind, amount in rows]

    def _anyone(self) -> Organisation:
        found = self.session.scalars(select(Organisation).order_by(Organisation.id)).first()
        return found or self.organisation()
