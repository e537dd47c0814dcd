"""Organisations: adding them, finding them by name, and merging two that are one."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import MergeRefusedError, NameMissingError
from fundtracker.domain.text import clean, match_key, name_line, one_line
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.office import Area, Batch
from fundtracker.store.organisations import Organisation


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


def add_organisation(session: Session, *, details: OrganisationDetails, batch: Batch | None = None) -> Organisation:
    """Add an organisation; two may share a name, so the caller asks first. Raises NameMissingError."""
    name = name_line(details.name)
    if not match_key(name):
        raise NameMissingError("Enter the organisation's name", field="organisation")
    organisation = Organisation(
        name=name, match_key=match_key(name), type=one_line(details.type),
        charity_number=one_line(details.charity_number), company_number=one_line(details.company_number),
        area=details.area, contact=clean(details.contact), address=clean(details.address), notes=clean(details.notes),
        stands_for_several=details.stands_for_several, batch_id=batch.id if batch else None,
    )  # fmt: skip
    session.add(organisation)
    session.flush()
    return organisation


def named(session: Session, name: str) -> list[Organisation]:
    """Give the organisations of a name, whatever its case, spaces and punctuation, as what they were merged into."""
    found = session.scalars(select(Organisation).where(Organisation.match_key == match_key(name)))
    return list(dict.fromkeys(root_of(organisation) for organisation in found))


def root_of(organisation: Organisation) -> Organisation:
    """Give what an organisation was merged into, and that into, to the end."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def roots(session: Session) -> dict[int, int]:
    """Give, for every merged organisation's id, the id of what it now is."""
    merged = select(Organisation.id, Organisation.merged_into_id).where(Organisation.merged_into_id.is_not(None))
    into = {child: parent for child, parent in session.execute(merged) if parent is not None}

    def root(key: int) -> int:
        while key in into:
            key = into[key]
        return key

    return {child: root(child) for child in into}


def merge(session: Session, *, organisation: Organisation, into: Organisation, particulars: Particulars) -> None:
    """Make one organisation of two: no entry moves, and it can be undone. Raises MergeRefusedError."""
    if organisation.merged_into is not None:
        raise MergeRefusedError(f"{organisation.name} is merged into {organisation.merged_into.name} already.")
    if root_of(into) is organisation:
        raise MergeRefusedError("An organisation cannot be merged into itself. Choose another.", field="into")
    organisation.merged_into = root_of(into)
    says = f"Merged into {organisation.merged_into.name}."
    note_event(session, EventKind.ORGANISATION_MERGED, organisation, particulars, says=says)


def unmerge(session: Session, *, organisation: Organisation, particulars: Particulars) -> None:
    """Undo a merge, so that the organisation stands alone again; raises MergeRefusedError where there is none."""
    if organisation.merged_into is None:
        raise MergeRefusedError(f"{organisation.name} is not merged into another organisation.")
    says = f"No longer merged into {organisation.merged_into.name}."
    organisation.merged_into = None
    note_event(session, EventKind.MERGE_UNDONE, organisation, particulars, says=says)
