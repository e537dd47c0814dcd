"""What every step of recording a file shares: the session, the batch, who does it, and the organisations by number."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Doubt
from fundtracker.domain.text import match_key, name_line, one_line
from fundtracker.domain.years import now, today
from fundtracker.services.bringing.answer import BringRefusedError
from fundtracker.services.bringing.deciding import Decision
from fundtracker.services.bringing.plan import Plan
from fundtracker.services.posting import Particulars
from fundtracker.store.imports import Batch
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation

Link = dict[str, int | None]
"""What a row was recorded as: columns of batch_row."""


@dataclass
class Work:
    """One file on its way into the books."""

    session: Session
    plan: Plan
    batch: Batch
    by: Actor
    organisations: dict[int, int] = field(default_factory=dict)
    _areas: dict[str, Area] | None = None

    @contextmanager
    def row(self, *decisions: Decision) -> Iterator[None]:
        """Record what a row states, or several; a refusal is raised again for the file, naming the first and last."""
        try:
            yield
        except Refusal as refusal:
            first, last = decisions[0].row.row, decisions[-1].row.row
            where = f"Row {first}" if first == last else f"Rows {first} to {last}"
            answer = self.plan.answer
            answer.refused = f"Nothing was brought in. {where}: {refusal.sentence}"
            answer.batch_number = None
            raise BringRefusedError(answer) from refusal

    def particulars(self, on: date, narrative: str = "", decision: str = "", original: date | None = None,
                    doubt: Doubt = Doubt.NONE) -> Particulars:  # fmt: skip
        """Say that something is done on a day by bringing the file in."""
        return Particulars(
            on=on, by=self.by, narrative=narrative, decision=decision, original_date=original, batch=self.batch,
            date_doubt=doubt,
        )  # fmt: skip

    def today(self) -> Particulars:
        """Say that something is done by bringing the file in, today."""
        return self.particulars(today(), f"Brought in from {self.batch.file_name}")

    def area(self, name: str) -> Area | None:
        """Give the area of a name, added to the office's where it is new."""
        if self._areas is None:
            self._areas = {match_key(row.name): row for row in self.session.scalars(select(Area))}
        key = match_key(name)
        if key and key not in self._areas:
            self._areas[key] = Area(name=name_line(name))
            self.session.add(self._areas[key])
            self.session.flush()
        return self._areas.get(key)

    def load_organisations(self, decisions: Iterable[Decision]) -> dict[int, Organisation]:
        """Give the organisations of some rows, in one read, by the numbers that the rows have of them."""
        wanted = {one.to for one in decisions if one.to is not None}
        ids = {number: self.organisations.get(number, number) for number in wanted}
        found = select(Organisation).where(Organisation.id.in_(set(ids.values())))
        by_id = {organisation.id: organisation for organisation in self.session.scalars(found)}
        return {number: by_id[key] for number, key in ids.items()}

    def event(self, kind: EventKind, on: date, **told_of: int) -> dict[str, object]:
        """Give the row of an event that tells of bringing a record in, for inserting many at once."""
        return {
            "kind": kind, "on_date": on, "narrative": one_line(f"Brought in from {self.batch.file_name}"),
            "batch_id": self.batch.id, "recorded_at": now(), "recorded_by": self.by.name,
            "recorded_by_id": self.by.person_id, **told_of,
        }  # fmt: skip
