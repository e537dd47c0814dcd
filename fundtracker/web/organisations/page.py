"""One organisation: what it asked for, was awarded and was paid, under every name that it has had."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.services.events import events_of
from fundtracker.services.figures import as_at
from fundtracker.services.listings import applications, awards, payments
from fundtracker.services.listings.filters import Filters
from fundtracker.services.organisation_sums import awards_counted, by_fund, by_year, parts_of, selves, whole
from fundtracker.services.organisations import find_organisation, root_of
from fundtracker.services.twins import twins
from fundtracker.store.organisations import Organisation
from fundtracker.web.access import may_open
from fundtracker.web.blueprints import organisations as pages
from fundtracker.web.choices import AWARD_TYPES
from fundtracker.web.db import reading
from fundtracker.web.lists.payments import what
from fundtracker.web.records import links_beside

NEWEST_ROWS = 10


class Names(NamedTuple):
    """What an organisation is also known by: what was merged into it, and names that it had or is spelt by."""

    merged: Sequence[Organisation]
    others: list[str]


@pages.get("/organisations/<int:number>")
def show(number: int) -> str:
    """Show one organisation, with those merged into it; a merged one says where it now is."""
    session = reading()
    organisation = find_organisation(session, number)
    ids = selves(session, organisation)
    parts = parts_of(session, as_at(session), ids)
    given = {
        "organisation": organisation,
        "sums": whole(parts),
        "names": _names(session, organisation, ids),
        "events": events_of(session, organisation),
        "beside": links_beside(session, organisation),
    }
    if organisation.merged_into is not None:
        given |= {"now": root_of(organisation), "awards_count": awards_counted(session, ids)}
        return render_template("organisations/merged.html", **given)
    alike = twins(session, organisation) if may_open("organisations.merge") else []
    given |= {"funds": by_fund(parts), "years": by_year(parts), "twins": alike, "types": AWARD_TYPES, "what": what}
    return render_template("organisations/show.html", **given, **_lists(session, organisation))


def _names(session: Session, organisation: Organisation, ids: list[int]) -> Names:
    chosen = select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name, Organisation.id)
    every = session.scalars(chosen.options(selectinload(Organisation.other_names), joinedload(Organisation.area))).all()
    others = (other.name for one in every for other in one.other_names)
    return Names(
        merged=[one for one in every if one is not organisation],
        others=sorted(set(others) - {one.name for one in every}),
    )


def _lists(session: Session, organisation: Organisation) -> dict[str, Any]:
    """Give the newest rows of each list, with the totals of all of them."""
    when, mine = as_at(session), Filters(organisation=organisation.id)
    return {
        "applications": applications.list_applications(session, when, mine, _newest(applications.NEWEST)),
        "awards": awards.list_awards(session, when, mine, _newest(awards.NEWEST)),
        "payments": payments.list_payments(session, when, mine, _newest(payments.NEWEST)),
    }


def _newest(part: Any) -> Any:
    return replace(part, size=NEWEST_ROWS)
