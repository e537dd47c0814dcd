"""The kinds of rows that can be brought in, and the fields that each kind of row can state."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fundtracker.domain.statuses import BatchKind


class Holds(StrEnum):
    """What a field holds: pence, a day, a name, an identifier in figures and letters, or words."""

    AMOUNT = "amount"
    DAY = "day"
    NAME = "name"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True)
class Field:
    """A field of a kind of row: its name in a mapping, and what people call it."""

    name: str
    label: str
    holds: Holds


def _fields(holds: Holds, text: str) -> list[Field]:
    pairs = (line.split(":") for line in text.split("|"))
    return [Field(name.strip(), label.strip(), holds) for name, label in pairs]


_ALL = {
    field.name: field
    for field in (
        *_fields(
            Holds.AMOUNT,
            "amount: Amount | asked_for: Amount asked for | paid: Amount paid | net: Net amount | vat: VAT |"
            "gross: Gross amount | debit: Debit | credit: Credit",
        ),
        *_fields(
            Holds.DAY,
            "awarded_on: Date awarded | received_on: Date received | paid_on: Date paid | on_date: Date |"
            "starts_on: Start date | ends_on: End date",
        ),
        *_fields(
            Holds.NAME,
            "organisation: Organisation | payee: Payee | title: Title | benefits: Group that benefits | type: Type |"
            "area: Area | programme: Programme | unit: Department or unit | legal_power: Legal power |"
            "status: Status | currency: Currency",
        ),
        *_fields(
            Holds.NUMBER,
            "identifier: Published identifier | reference: Reference | organisation_identifier: Organisation’s "
            "published identifier | charity_number: Charity number | company_number: Company number |"
            "decision_reference: Decision reference | award_reference: Award reference | invoice_number: Invoice "
            "number | voucher: BACS reference or voucher | supplier_number: Supplier number | cost_centre: Cost "
            "centre | account: Account or subjective | project: Project | sign: Debit or credit",
        ),
        *_fields(
            Holds.WORDS,
            "purpose: Purpose | conditions: Conditions | reasons: Reasons | description: Description |"
            "address: Address | town: Town or city | county: County | postcode: Postcode | contact: Contact |"
            "notes: Notes",
        ),
    )
}


def _of(names: str) -> tuple[Field, ...]:
    return tuple(_ALL[name] for name in names.split())


_ORGANISATION = (
    "organisation organisation_identifier charity_number company_number type area address town county postcode contact"
)

FIELDS: Mapping[BatchKind, tuple[Field, ...]] = {
    BatchKind.ORGANISATIONS: _of(f"{_ORGANISATION} supplier_number notes"),
    BatchKind.APPLICATIONS: _of(
        f"identifier reference title purpose asked_for received_on {_ORGANISATION} benefits starts_on ends_on "
        "programme status notes currency"
    ),
    BatchKind.AWARDS: _of(
        f"identifier reference title purpose amount asked_for paid awarded_on {_ORGANISATION} benefits starts_on "
        "ends_on conditions reasons legal_power decision_reference programme status notes currency"
    ),
    BatchKind.PAYMENTS: _of(
        "award_reference organisation organisation_identifier supplier_number amount paid_on voucher invoice_number "
        "identifier reference description cost_centre account programme status notes currency"
    ),
    BatchKind.FINANCE: _of(
        "on_date payee supplier_number reference invoice_number description unit cost_centre account project amount "
        "net vat gross debit credit sign currency notes"
    ),
}
"""The fields of each kind, in the order in which they are offered to a person."""

AMOUNT: Mapping[BatchKind, str] = {
    BatchKind.ORGANISATIONS: "",
    BatchKind.APPLICATIONS: "asked_for",
    BatchKind.AWARDS: "amount",
    BatchKind.PAYMENTS: "amount",
    BatchKind.FINANCE: "amount",
}
"""The field whose pence are added up for each kind: for finance lines, the amount by the basis that was chosen."""

NEEDED: Mapping[BatchKind, tuple[frozenset[str], ...]] = {
    BatchKind.ORGANISATIONS: (frozenset({"organisation"}),),
    BatchKind.APPLICATIONS: (frozenset({"organisation"}),),
    BatchKind.AWARDS: (frozenset({"organisation"}), frozenset({"amount"})),
    BatchKind.PAYMENTS: (frozenset({"organisation", "award_reference"}), frozenset({"amount"})),
    BatchKind.FINANCE: (frozenset({"amount", "net", "gross", "debit", "credit"}), frozenset({"payee", "description"})),
}
"""Of each set, a table must have at least one field."""

ADDRESS = ("address", "town", "county", "postcode")
"""The parts of an address that have columns of their own: a row states them together, as `address`."""


def field_named(name: str) -> Field:
    """Give a field by its name; raises KeyError where there is none."""
    return _ALL[name]
