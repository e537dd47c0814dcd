"""The kinds of rows that can be brought in, and the fields that each kind of row can state."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the rows of a file are."""

    ORGANISATIONS = "organisations"
    APPLICATIONS = "applications"
    AWARDS = "awards"
    PAYMENTS = "payments"
    FINANCE = "finance"


class Basis(StrEnum):
    """Which amount of a finance system's line is taken: without VAT, or with it."""

    NET = "net"
    GROSS = "gross"


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

FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.ORGANISATIONS: _of(f"{_ORGANISATION} supplier_number notes"),
    Kind.APPLICATIONS: _of(
        f"identifier reference title purpose asked_for received_on {_ORGANISATION} benefits starts_on ends_on "
        "programme status notes currency"
    ),
    Kind.AWARDS: _of(
        f"identifier reference title purpose amount asked_for paid awarded_on {_ORGANISATION} benefits starts_on "
        "ends_on conditions reasons legal_power decision_reference programme status notes currency"
    ),
    Kind.PAYMENTS: _of(
        "award_reference organisation organisation_identifier supplier_number amount paid_on voucher invoice_number "
        "identifier reference description cost_centre account programme status notes currency"
    ),
    Kind.FINANCE: _of(
        "on_date payee supplier_number reference invoice_number description unit cost_centre account project amount "
        "net vat gross debit credit sign currency notes"
    ),
}
"""The fields of each kind, in the order in which they are offered to a person."""

AMOUNT: Mapping[Kind, str] = {
    Kind.ORGANISATIONS: "",
    Kind.APPLICATIONS: "asked_for",
    Kind.AWARDS: "amount",
    Kind.PAYMENTS: "amount",
    Kind.FINANCE: "amount",
}
"""The field whose pence are added up for each kind: for finance lines, the amount by the basis that was chosen."""

NEEDED: Mapping[Kind, tuple[frozenset[str], ...]] = {
    Kind.ORGANISATIONS: (frozenset({"organisation"}),),
    Kind.APPLICATIONS: (frozenset({"organisation"}),),
    Kind.AWARDS: (frozenset({"organisation"}), frozenset({"amount"})),
    Kind.PAYMENTS: (frozenset({"organisation", "award_reference"}), frozenset({"amount"})),
    Kind.FINANCE: (frozenset({"amount", "net", "gross", "debit", "credit"}), frozenset({"payee", "description"})),
}
"""Of each set, a table must have at least one field."""

ADDRESS = ("address", "town", "county", "postcode")
"""The parts of an address that have columns of their own: a row states them together, as `address`."""


def field_named(name: str) -> Field:
    """Give a field by its name; raises KeyError where there is none."""
    return _ALL[name]
