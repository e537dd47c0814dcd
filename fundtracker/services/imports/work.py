"""What every step of recording a workbook shares: the session, the batch, who does it, and names met before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import match_key, one_line
from fundtracker.domain.years import today
from fundtracker.services.imports.outcome import At, ImportRefusedError, Outcome
from fundtracker.services.posting import Particulars
from fundtracker.store.imports import Batch
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation


@dataclass
class Work:
    """One workbook on its way into the books."""

    session: Session
    batch: Batch
    by: Actor
    outcome: Outcome
    organisations: dict[str, Organisation] = field(default_factory=dict)
    _objectives: dict[str, Objective] = field(default_factory=dict)
    _areas: dict[str, Area] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._objectives = {match_key(row.name): row for row in self.session.scalars(select(Objective))}
        self._areas = {match_key(row.name): row for row in self.session.scalars(select(Area))}

    @contextmanager
    def row(self, at: At) -> Iterator[None]:
        """Record what one row states; a refusal is raised again for the import, naming the row."""
        try:
            yield
        except Refusal as refusal:
            # A posting that was refused part way has taken a number, so nothing more can follow it.
            self.outcome.refuse(at, refusal.sentence)
            raise ImportRefusedError(self.outcome) from refusal

    def today(self) -> Particulars:
        """Say that something is done by bringing the workbook in, today."""
        return Particulars(
            on=today(), by=self.by, narrative=f"Brought in from {self.batch.file_name}", batch=self.batch
        )

    def objective(self, name: str) -> Objective | None:
        """Give the objective of a name, added to the plan's where it is new."""
        key = match_key(name)
        if key and key not in self._objectives:
            self._objectives[key] = Objective(name=one_line(name))
            self.session.add(self._objectives[key])
        return self._objectives.get(key)

    def area(self, name: str) -> Area | None:
        """Give the area of a name, added to the office's where it is new."""
        key = match_key(name)
        if key and key not in self._areas:
            self._areas[key] = Area(name=one_line(name))
            self.session.add(self._areas[key])
        return self._areas.get(key)
