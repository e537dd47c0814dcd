"""What was understood of a workbook, before anything is recorded: statements by row, and problems in words."""

from dataclasses import dataclass, field
from datetime import date

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardType, BidStatus, Doubt, FundStatus, Source, SpendType
from fundtracker.domain.years import FinancialYear


@dataclass(frozen=True)
class Problem:
    """Something to look at, by sheet, row (None is the whole sheet) and column letter; most refuse the import."""

    sheet: str
    row: int | None
    column: str
    says: str
    refuses: bool = True


@dataclass(frozen=True, kw_only=True)
class LineWords:
    """Which budget line of a fund a row speaks of, as far as it says."""

    year: FinancialYear | None = None
    lot: str = ""
    spend_type: SpendType | None = None


@dataclass(frozen=True, kw_only=True)
class FundStated:
    """A fund and its allocation, in pence; None is not stated. Its name may speak of a year: Safer Streets 2021."""

    name: str
    funder: str
    source: Source
    amount: Pence | None
    line: LineWords
    named_year: FinancialYear | None = None
    reference: str = ""
    status: FundStatus = FundStatus.OPEN
    allocated_on: date | None = None
    objective: str = ""
    opens: tuple[date | None, str] = (None, "")
    spend_by: tuple[date | None, str] = (None, "")
    programme: str = ""
    purpose: str = ""
    eligibility: str = ""
    notes: str = ""
    source_note: str = ""
    decision: str = ""
    amount_doubt: Doubt = Doubt.NONE
    date_doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, kw_only=True)
class OrganisationStated:
    """An organisation."""

    name: str
    type: str = ""
    area: str = ""
    charity_number: str = ""
    company_number: str = ""
    contact: str = ""
    address: str = ""
    notes: str = ""
    stands_for_several: bool = False


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What a row says was paid: in full where there is no amount (pence), on the award's date where there is none."""

    amount: Pence | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AwardStated:
    """An award to an organisation, in pence; None is not stated."""

    fund: str
    organisation: str
    stands_for_several: bool = False
    amount: Pence | None
    line: LineWords
    type: AwardType = AwardType.GRANT
    reference: str = ""
    awarded_on: date | None = None
    paid: Paid | None = None
    benefits: str = ""
    purpose: str = ""
    reasons: str = ""
    conditions: str = ""
    legal_power: str = ""
    notes: str = ""
    source_note: str = ""
    decision: str = ""
    objective: str = ""
    area: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    asked_for: Pence | None = None
    amount_doubt: Doubt = Doubt.NONE
    date_doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, kw_only=True)
class BidStated:
    """A bid to a funder, or a national opportunity; pence, None is not stated."""

    title: str
    funder: str
    status: BidStatus
    sought: Pence | None = None
    national_pot: Pence | None = None
    submitted_on: date | None = None
    outcome_expected: str = ""
    partners: str = ""
    notes: str = ""
    source_note: str = ""


@dataclass(frozen=True, kw_only=True)
class OutcomeStated:
    """One outcome that a fund asks for; `fund` is the fund's name or reference as the workbook has it."""

    fund: str
    words: str


Stated = FundStated | OrganisationStated | AwardStated | BidStated | OutcomeStated


@dataclass(frozen=True)
class RowRead:
    """One row below the headings: what it states or why it is left out, and the pence in its amount column."""

    number: int
    amount: Pence | None = None
    stated: Stated | None = None
    left_out: str = ""
    total: bool = False


@dataclass(frozen=True, kw_only=True)
class SheetRead:
    """One sheet: its headings' row (None where no table was taken), its rows, and the columns used and not used."""

    name: str
    header_row: int | None = None
    rows: tuple[RowRead, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A whole workbook: its sheets, its problems, and the date and year of rows that state none."""

    file_name: str
    digest: str
    sheets: tuple[SheetRead, ...] = ()
    problems: tuple[Problem, ...] = ()
    year: FinancialYear | None = None
    undated: date | None = None
