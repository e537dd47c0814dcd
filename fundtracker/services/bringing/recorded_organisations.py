"""Recording the organisations that rows name: those that are new, and other spellings and identifiers of any."""

from collections.abc import Sequence

from sqlalchemy import insert, update

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import clean, match_key, one_line
from fundtracker.domain.years import today
from fundtracker.services.bringing.deciding import Decision
from fundtracker.services.bringing.gone import gone_organisations
from fundtracker.services.bringing.recipients import Recipient
from fundtracker.services.bringing.spool import in_chunks
from fundtracker.services.bringing.work import Link, Work
from fundtracker.store.events import Event
from fundtracker.store.organisations import Organisation, OrganisationIdentifier, OtherName


def record_recipients(work: Work) -> None:
    """Add the organisations that are new, and list again those of an undone batch that are named again."""
    met = work.plan.recipients.met.values()
    for some in in_chunks(one for one in met if one.id is None):
        _add(work, some)
    for some in in_chunks(met):
        _learn(work, some)
    again = gone_organisations(work.session) & {one.id for one in met if one.id is not None}
    for ids in in_chunks(sorted(again)):
        work.session.execute(update(Organisation).where(Organisation.id.in_(ids)).values(batch_id=work.batch.id))


def _add(work: Work, recipients: Sequence[Recipient]) -> None:
    rows = [_row(work, one) for one in recipients]
    added = insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True)
    ids = work.session.execute(added, rows).scalars().all()
    work.organisations.update(zip((one.token for one in recipients), ids, strict=True))
    events = [work.event(EventKind.ORGANISATION_ADDED, today(), organisation_id=key) for key in ids]
    work.session.execute(insert(Event), events)


def _row(work: Work, recipient: Recipient) -> dict[str, object]:
    stated = recipient.stated
    # The area of an award is the award's own: it may be somewhere else than the body that receives it.
    whose = work.plan.choices.kind is BatchKind.ORGANISATIONS
    area = work.area(stated.get("area", "")) if whose else None
    return {
        "name": recipient.name, "match_key": match_key(recipient.name), "type": one_line(stated.get("type")),
        "charity_number": one_line(stated.get("charity_number")),
        "company_number": one_line(stated.get("company_number")), "area_id": area.id if area else None,
        "contact": clean(stated.get("contact")), "address": clean(stated.get("address")),
        "notes": clean(stated.get("notes")) if whose else "", "stands_for_several": recipient.stands_for_several,
        "batch_id": work.batch.id,
    }  # fmt: skip


def _learn(work: Work, recipients: Sequence[Recipient]) -> None:
    """Keep other spellings and published identifiers."""
    ids = {one.token: work.organisations.get(one.token, one.token) for one in recipients}
    names = [
        {"organisation_id": ids[one.token], "name": name, "match_key": match_key(name)}
        for one in recipients
        for name in one.spellings
    ]
    identifiers = [
        {"organisation_id": ids[one.token], "identifier": identifier}
        for one in recipients
        for identifier in one.identifiers
    ]
    if names:
        work.session.execute(insert(OtherName), names)
    if identifiers:
        work.session.execute(insert(OrganisationIdentifier), identifiers)


def record_organisations(work: Work, decisions: Sequence[Decision]) -> list[Link]:
    """Say which organisation each row is; they are all in the books by now."""
    return [{"organisation_id": work.organisations.get(one.to or 0, one.to)} for one in decisions]
