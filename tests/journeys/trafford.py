"""A council's extract, and payments recorded from it with one of each difference that people meet planted in them."""

import csv
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, parse_pounds
from fundtracker.domain.roles import COMMAND_LINE
from fundtracker.domain.statuses import BatchKind, Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services.allocations import allocate
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.sheets.batches.bringing import read_rows, record
from fundtracker.store.transactions import transaction

EXTRACT = Path(__file__).parents[1] / "data" / "trafford" / "trafford-grant-units-2024-25.csv"
OPENED, NEXT_PERIOD = date(2024, 4, 1), date(2025, 4, 2)
SPLIT, PENNY, LATE = "5100479643", "5100474601", "5100483123"
NEVER, TWICE, JOINED = "5100465686", "5100465757", ("5100480808", "5100480809")


@dataclass(frozen=True)
class Paid:
    """One payment as the office recorded it."""

    payee: str
    on: date
    amount: Pence
    invoice: str
    voucher: str


def extract() -> list[Paid]:
    """Give the extract's rows as payments of ours would say them."""
    with EXTRACT.open(encoding="utf-8-sig", newline="") as file:
        return [
            Paid(row["BeneficiaryName"], date.fromisoformat(row["PaymentDate"]), parse_pounds(row["Amount"]),
                 row["InvoiceNumber"], row["TransactionNumber"])
            for row in csv.DictReader(file)
        ]  # fmt: skip


def planted() -> list[Paid]:
    """Give the payments to record: the extract's, with the differences."""
    found: list[Paid] = []
    for paid in extract():
        # Every third has no number of the finance system's, as happens where somebody was in a hurry.
        bare = replace(paid, voucher="" if len(found) % 3 == 0 else paid.voucher)
        match paid.voucher:
            case number if number == SPLIT:
                parts = (Pence(3_000_000), Pence(paid.amount - 3_000_000))
                found += [replace(paid, amount=part, voucher="", invoice="") for part in parts]
            case number if number == PENNY:
                found.append(replace(bare, amount=Pence(paid.amount - 1)))
            case number if number == LATE:
                found.append(replace(bare, on=NEXT_PERIOD))
            case number if number == TWICE:
                found += [bare, bare]
            case number if number == JOINED[0]:
                whole = sum(each.amount for each in extract() if each.voucher in JOINED)
                found.append(replace(paid, amount=Pence(whole), voucher="", invoice=""))
            case number if number in (NEVER, JOINED[1]):
                continue
            case _:
                found.append(bare)
    return found


def keep(session: Session) -> None:
    """Open a fund, award to each payee all that it may be paid, record the payments, and bring the extract in."""
    decided = Particulars(on=OPENED, by=COMMAND_LINE, decision="D/1")
    with transaction(session):
        details = FundDetails(name="Grants 2024", funder="Council", source=Source.OWN, year=FinancialYear(2024),
                              reference="GRA24")  # fmt: skip
        line = open_fund(session, details=details, particulars=decided).lines[0]
        allocate(session, line=line, amount=Pence(400_000_000), particulars=decided)
        lines = {}
        for name in dict.fromkeys(row.payee for row in extract()):
            organisation = add_organisation(session, details=OrganisationDetails(name=name), particulars=decided)
            total = sum(row.amount for row in [*extract(), *planted()] if row.payee == name)
            details_of = AwardDetails(
                recipient=organisation, shares=(Share(line=line, amount=Pence(total)),), reasons="As agreed"
            )
            lines[name] = record_award(session, details=details_of, particulars=decided).lines[0]
        for row in sorted(planted(), key=lambda row: row.on):
            facts = Particulars(on=row.on, by=COMMAND_LINE)
            pay(session, line=lines[row.payee], amount=row.amount, particulars=facts, invoice_number=row.invoice,
                voucher=row.voucher)  # fmt: skip
    choices = Choices(kind=BatchKind.FINANCE)
    with read_rows(EXTRACT.read_bytes(), EXTRACT.name, choices) as source, transaction(session):
        record(session, source, choices, COMMAND_LINE, lambda _done, _of: None)
