"""Coding: the cost centre, the subjective and the project that a fund's payments are charged to."""

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.text import one_line
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.funds import Fund

NAMES = {"cost_centre": "Cost centre", "subjective": "Subjective", "project": "Project"}


def change_coding(
    session: Session, *, fund: Fund, cost_centre: str, subjective: str, project: str, particulars: Particulars
) -> bool:
    """Say what a fund's payments are charged to from now on, and whether anything was different."""
    codes = {"cost_centre": one_line(cost_centre), "subjective": one_line(subjective), "project": one_line(project)}
    before = {name: getattr(fund, name) for name in codes}
    changed = [name for name in codes if codes[name] != before[name]]
    for name in changed:
        setattr(fund, name, codes[name])
    if changed:
        says = " ".join(f"{NAMES[name]} was {f'“{before[name]}”' if before[name] else 'empty'}." for name in changed)
        note_event(session, EventKind.CODING_CHANGED, fund, particulars, says=says)
    return bool(changed)
