"""Organisations: adding them, finding them by any of their names, and merging two that are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import MergeRefusedError, NameMissingError, NotFoundRefusal
from fundtracker.domain.text import clean, match_key, name_line, one_line
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation, OtherName

_MERGED = select(Organisation.id, Organisation.merged_into_id).where(Organisation.merged_into_id.is_not(None))


@dataclass(frozen=True, kw_only=True)
class OrganisationDetails:
    """What is known of an organisation; one that stands for several is not counted as one."""

    name: str
    type: str = ""
    charity_number: str = ""
    company_number: str = ""
    area: Area | None = None
    contact: str = ""
    address: str = ""
    notes: str = ""
    stands_for_several: bool = False


def add_organisation(session: Session, *, details: OrganisationDetails, particulars: Particulars) -> Organisation:
    """Add an organisation; two may share a name, so the caller asks first. Raises NameMissingError."""
    name = name_line(details.name)
    if not match_key(name):
        raise NameMissingError("Enter the organisation's name", field="organisation")
    organisation = Organisation(
        name=name, match_key=match_key(name), type=one_line(details.type),
        charity_number=one_line(details.charity_number), company_number=one_line(details.company_number),
        area=details.area, contact=clean(details.contact), address=clean(details.address), notes=clean(details.notes),
        stands_for_several=details.stands_for_several,
        batch_id=particulars.batch.id if particulars.batch else None,
    )  # fmt: skip
    session.add(organisation)
    note_event(session, EventKind.ORGANISATION_ADDED, organisation, particulars)
    return organisation


def keep_name(session: Session, organisation: Organisation, name: str) -> None:
    """Keep a name that an organisation was known by, so that it is still found by it."""
    kept = name_line(name)
    if match_key(kept) and kept not in (other.name for other in organisation.other_names):
        organisation.other_names.append(OtherName(name=kept, match_key=match_key(kept)))
        session.flush()


def find_organisation(session: Session, number: int) -> Organisation:
    """Give the organisation of a number, merged or not; raises NotFoundRefusal."""
    organisation = session.get(Organisation, number)
    if organisation is None:
        raise NotFoundRefusal(f"There is no organisation number {number}.")
    return organisation


def named(session: Session, name: str) -> list[Organisation]:
    """Give the organisations with a name, now or once, whatever its case and punctuation, as what they are now."""
    key = match_key(name)
    now = session.scalars(select(Organisation.id).where(Organisation.match_key == key).order_by(Organisation.id))
    once = session.scalars(select(OtherName.organisation_id).where(OtherName.match_key == key).order_by(OtherName.id))
    return as_they_are(session, [*now, *once])


def as_they_are(session: Session, ids: Iterable[int]) -> list[Organisation]:
    """Give the organisations of some ids as what they were merged into, each once, in that order."""
    into = roots(session)
    wanted = list(dict.fromkeys(into.get(key, key) for key in ids))
    chosen = select(Organisation).where(Organisation.id.in_(wanted)).options(joinedload(Organisation.area))
    found = {organisation.id: organisation for organisation in session.scalars(chosen)}
    return [found[key] for key in wanted]


def root_of(organisation: Organisation) -> Organisation:
    """Give what an organisation was merged into, and that into, to the end."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def roots(session: Session) -> dict[int, int]:
    """Give, for every merged organisation's id, the id of what it now is."""
    into = {child: parent for child, parent in session.connection().execute(_MERGED) if parent is not None}

    def root(key: int) -> int:
        while key in into:
            key = into[key]
        return key

    return {child: root(child) for child in into}


def merge(session: Session, *, organisation: Organisation, into: Organisation, particulars: Particulars) -> None:
    """Make one organisation of two, both histories telling of it. Raises MergeRefusedError."""
    if organisation.merged_into is not None:
        raise MergeRefusedError(f"{organisation.name} is merged into {organisation.merged_into.name} already.")
    stays = root_of(into)
    if stays is organisation:
        raise MergeRefusedError("An organisation cannot be merged into itself. Choose another.", field="into")
    organisation.merged_into = stays
    kind = EventKind.ORGANISATION_MERGED
    note_event(session, kind, organisation, particulars, says=f"Merged into {stays.name}.")
    note_event(session, kind, stays, particulars, says=f"{organisation.name} was merged into it.")


def unmerge(session: Session, *, organisation: Organisation, particulars: Particulars) -> None:
    """Undo a merge, so that the organisation stands alone again; raises MergeRefusedError where there is none."""
    left = organisation.merged_into
    if left is None:
        raise MergeRefusedError(f"{organisation.name} is not merged into another organisation.")
    organisation.merged_into = None
    kind = EventKind.MERGE_UNDONE
    note_event(session, kind, organisation, particulars, says=f"No longer merged into {left.name}.")
    note_event(session, kind, left, particulars, says=f"{organisation.name} is no longer merged into it.")
