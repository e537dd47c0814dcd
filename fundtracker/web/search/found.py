"""What a search found: a group for each list, its first rows and how many there are, all in the same columns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from fundtracker.domain.dates import short_date
from fundtracker.domain.money import Pence, figure, pounds
from fundtracker.domain.statuses import AwardType
from fundtracker.services.figures import as_at
from fundtracker.services.listings import applications, awards, bids, organisations, payments
from fundtracker.services.listings.applications import ApplicationRow
from fundtracker.services.listings.awards import AwardRow
from fundtracker.services.listings.bids import BidRow
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.funds import BY_SOURCE, list_funds
from fundtracker.services.listings.organisations import OrganisationRow
from fundtracker.services.listings.paging import Listed, Part
from fundtracker.services.listings.payments import PaymentRow
from fundtracker.services.search import MOST, FoundEntry, find_entries
from fundtracker.services.summaries import FundSummary
from fundtracker.web.access import may_open


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One row of the results: where it leads, what it is, and its figures, blank where they do not apply."""

    href: str
    name: str
    about: str = ""
    reference: str = ""
    fund: str = ""
    asked_for: str = ""
    awarded: str = ""
    paid: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one kind: the first few, how many there are, and the list that holds all of them."""

    title: str
    count: int
    hits: list[Hit] = field(default_factory=list)
    href: str = ""


def find(session: Session, text: str) -> list[Group]:
    """Find a text or an amount in every list and in the entries; what holds none is left out."""
    when, filters = as_at(session), Filters(text=text)

    def few(usual: Part) -> Part:
        return Part(order=usual.order, size=MOST)

    found = [
        _group("Funds", "funds.index", text, list_funds(session, when, filters, few(BY_SOURCE)), _fund),
        _group(
            "Organisations", "organisations.index", text,
            organisations.list_organisations(session, when, filters, few(organisations.BY_NAME)), _organisation,
        ),
        _group(
            "Applications", "applications.index", text,
            applications.list_applications(session, when, filters, few(applications.NEWEST)), _application,
        ),
        _group("Awards", "awards.index", text, awards.list_awards(session, when, filters, few(awards.NEWEST)), _award),
        _group(
            "Payments", "payments.index", text,
            payments.list_payments(session, when, filters, few(payments.NEWEST)), _payment,
        ),
        _group("Bids", "bids.index", text, bids.list_bids(session, filters, few(bids.NEWEST)), _bid),
    ]  # fmt: skip
    entries, count = find_entries(session, text)
    found.append(Group(title="Other entries", count=count, hits=[_entry(entry) for entry in entries]))
    return [group for group in found if group.count]


def _group(title: str, page: str, text: str, listed: Listed[Any, Any], hit: Callable[[Any], Hit]) -> Group:
    hits = [hit(row) for row in listed.rows]
    return Group(title=title, count=listed.count, hits=hits, href=url_for(page, text=text))


def _fund(row: FundSummary) -> Hit:
    return Hit(
        href=url_for("funds.show", ref=row.fund.reference), name=row.fund.name, reference=row.fund.reference,
        about=f"{pounds(row.balance.allocated)} allocated, {pounds(row.balance.remaining)} left to award",
        awarded=figure(row.balance.awarded), paid=figure(row.balance.net_paid),
    )  # fmt: skip


def _organisation(row: OrganisationRow) -> Hit:
    return Hit(
        href=url_for("organisations.show", number=row.id), name=row.organisation,
        about=", ".join(filter(None, (row.type, row.area))),
        asked_for=_stated(row.asked_for) if row.applications or row.asked_for is not None else "",
        awarded=_stated(row.awarded) if row.awards else "", paid=figure(row.paid),
    )  # fmt: skip


def _application(row: ApplicationRow) -> Hit:
    return Hit(
        href=url_for("applications.show", ref=row.reference), name=row.organisation, about=_for_whom(row),
        reference=row.reference, fund=row.fund, asked_for=_stated(row.asked_for),
        awarded="" if row.awarded is None else figure(row.awarded), paid=figure(row.paid),
    )  # fmt: skip


def _award(row: AwardRow) -> Hit:
    money = row.type is not AwardType.IN_KIND
    return Hit(
        href=url_for("awards.show", ref=row.reference), name=row.organisation, about=_for_whom(row),
        reference=row.reference, fund=row.fund or "", asked_for=_stated(row.asked_for) if money else "",
        awarded=_stated(row.awarded) if money else "In kind", paid=figure(row.paid) if money else "",
    )  # fmt: skip


def _payment(row: PaymentRow) -> Hit:
    page, ref = ("payments.show", row.reference) if row.reference else ("awards.show", row.award)
    return Hit(
        href=url_for(page, ref=ref), name=row.organisation, reference=ref or "", fund=row.fund, paid=figure(row.amount),
        about=f"{row.kind.value} of {short_date(row.paid_on)}",
    )  # fmt: skip


def _bid(row: BidRow) -> Hit:
    here = (
        url_for("bids.show", ref=row.reference) if may_open("bids.show") else url_for("bids.index", text=row.reference)
    )
    return Hit(
        href=here, name=row.title, about=", ".join(filter(None, (row.funder, row.status.value))),
        reference=row.reference, fund=row.fund or "", asked_for=_stated(row.sought),
    )  # fmt: skip


def _entry(row: FoundEntry) -> Hit:
    name = f"{row.kind.value} reversed" if row.reverses is not None else row.kind.value
    return Hit(
        href=url_for("entries.show", number=row.number), name=name[:1].upper() + name[1:], reference=f"#{row.number}",
        about=f"{pounds(row.amount)}, {short_date(row.on_date)}", fund=row.fund,
    )  # fmt: skip


def _stated(amount: Pence | None) -> str:
    return "Not stated" if amount is None else figure(amount)


def _for_whom(row: ApplicationRow | AwardRow) -> str:
    return ": ".join(filter(None, (row.benefits and f"for {row.benefits}", row.purpose)))
