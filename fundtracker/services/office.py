"""The office: its names, the objectives of its plan and the areas it serves."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.certificates import check_certificate
from fundtracker.domain.refusals import NameMissingError, Refusal
from fundtracker.domain.statuses import AccrualKind
from fundtracker.domain.text import clean, name_line, one_line
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from fundtracker.store.office import Area, Objective, Office
from fundtracker.store.organisations import Organisation

DEFAULT_NAME = "Office of the Police and Crime Commissioner"
DEFAULT_PANEL = "Police and Crime Panel"
RENEW_DAYS, PROCURE_DAYS = 90, 180
DECISIONS = "PCC/D/{year}/{number}"
CONTROL_ACCOUNTS = {
    AccrualKind.ACCRUAL: "accrual_account",
    AccrualKind.PREPAYMENT: "prepayment_account",
    AccrualKind.DEBTOR: "debtor_account",
    AccrualKind.IN_ADVANCE: "advance_account",
}


class InUseError(Refusal):
    """An objective or area taken away while records name it."""


def find_office(session: Session) -> Office:
    """Find the office, or give one with default names where none was set up."""
    return session.scalar(select(Office)) or Office(
        id=1, name=DEFAULT_NAME, panel_name=DEFAULT_PANEL, renew_days=RENEW_DAYS, procure_days=PROCURE_DAYS,
        decision_pattern=DECISIONS,
    )  # fmt: skip


def list_names(session: Session, kind: type[Objective] | type[Area]) -> list[str]:
    """List the names of the objectives or areas, in the order they were given."""
    return list(session.scalars(select(kind.name).order_by(kind.id)))


def set_up_office(
    session: Session, *, name: str, panel_name: str, objectives: Iterable[str], areas: Iterable[str]
) -> Office:
    """Set the office's names, objectives and areas; raises NameMissingError, and InUseError for one that is used."""
    office = find_office(session)
    session.add(office)
    office.name = _named(name, "name", "Enter the office's name")
    office.panel_name = _named(panel_name, "panel_name", "Enter the Panel's name")
    _set_names(session, Objective, objectives, [Fund.objective_id, Award.objective_id], "objectives")
    _set_names(session, Area, areas, [Organisation.area_id, Award.area_id], "areas")
    session.flush()
    return office


def set_statement(session: Session, *, certificate: str, accounts: Mapping[AccrualKind, str]) -> Office:
    """
    Set the words of the year-end certificate, and the control account of each kind of accrual.

    Raises PlaceNotKnownError for a place in the certificate that no figure fills.
    """
    check_certificate(certificate)
    office = find_office(session)
    session.add(office)
    office.certificate = clean(certificate)
    for kind, account in accounts.items():
        setattr(office, CONTROL_ACCOUNTS[kind], one_line(account))
    session.flush()
    return office


def control_account(office: Office, kind: AccrualKind) -> str:
    """Give the account of the other side of an accrual's journal, or nothing where the office stated none."""
    account: str = getattr(office, CONTROL_ACCOUNTS[kind])
    return account or ""


def _named(text: str, field: str, sentence: str) -> str:
    tidy = name_line(text)
    if not tidy:
        raise NameMissingError(sentence, field=field)
    return tidy


def _set_names(
    session: Session,
    kind: type[Objective] | type[Area],
    wanted: Iterable[str],
    users: Sequence[InstrumentedAttribute[int | None]],
    field: str,
) -> None:
    names = list(dict.fromkeys(filter(None, map(name_line, wanted))))
    rows: Iterable[Objective | Area] = session.scalars(select(kind))
    kept = {row.name: row for row in rows}
    for name, row in kept.items():
        if name not in names:
            if any(session.scalar(select(user).where(user == row.id).limit(1)) for user in users):
                raise InUseError(f"“{name}” is named by funds, awards or organisations, so it stays.", field=field)
            session.delete(row)
    session.add_all(kind(name=name) for name in names if name not in kept)
