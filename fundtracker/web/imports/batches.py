"""Batches: what was brought in, when and by whom, and what became of each row of a file."""

from typing import Any, Final

from flask import Response, render_template, request, url_for
from sqlalchemy import func, select

from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import BatchKind, Fate
from fundtracker.services.imports.waiting import count_batch, find_batch
from fundtracker.sheets.batches.report import write_report
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, Payment
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch, BatchRow
from fundtracker.store.organisations import Organisation
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import db, reading
from fundtracker.web.lists.sending import send
from fundtracker.web.signed_in import this_person

SHOWN: Final = 50
KINDS: Final = {
    BatchKind.AWARDS: "Awards",
    BatchKind.PAYMENTS: "Payments",
    BatchKind.APPLICATIONS: "Applications",
    BatchKind.ORGANISATIONS: "Organisations",
    BatchKind.FINANCE: "Lines of the finance system",
    BatchKind.OFFICE: "The office’s whole workbook",
}
"""What a file can hold, in the order in which it is offered."""


def list_page() -> dict[str, Any]:
    """Give one page of the batches, the newest first, with what finds the others."""
    session = reading()
    count = session.scalar(select(func.count()).select_from(Batch)) or 0
    page, last = _page(count)
    batches = session.scalars(select(Batch).order_by(Batch.id.desc()).offset((page - 1) * SHOWN).limit(SHOWN)).all()

    def address(number: int) -> str:
        return url_for("imports.index", page=number, _anchor="before")

    return {"batches": batches, "count": count, "page": page, "last": last, "address": address, "kinds": KINDS}


@pages.get("/imports/<int:number>")
def show(number: int) -> str:
    """Show what one batch brought in, with every row of its file."""
    session = reading()
    batch = find_batch(session, number)
    funds = session.scalars(select(Fund).where((Fund.batch_id == batch.id) | (Fund.id == batch.fund_id))).all()
    fate = next((fate for fate in Fate if fate.value == request.args.get("rows")), None)
    fates = _fates(batch)
    counted = sum(rows for of, (rows, _) in fates.items() if fate in (None, of))
    page, last = _page(counted)

    def address(to: int = 1, rows: str = fate.value if fate else "") -> str:
        return url_for("imports.show", number=number, rows=rows or None, page=to, _anchor="rows")

    return render_template(
        "imports/show.html", batch=batch, kind=KINDS[batch.kind], funds=funds, counts=count_batch(session, batch),
        rows=_rows(batch, fate, page), fates=fates, fate=fate, counted=counted, page=page, last=last, address=address,
        undoable=_may_undo(batch),
    )  # fmt: skip


@pages.get("/imports/<int:number>/report.xlsx")
def report(number: int) -> Response:
    """Send the report of a batch: every source row, what became of it, and why."""
    batch = find_batch(reading(), number)
    return send(write_report(db.engine, batch.id, made_by=this_person().name))


def _may_undo(batch: Batch) -> bool:
    power = Power.PAY if batch.kind is BatchKind.FINANCE else Power.RECORD
    return batch.undone_at is None and batch.kind is not BatchKind.OFFICE and this_person().may(power)


def _fates(batch: Batch) -> dict[Fate, tuple[int, int | None]]:
    """Count the rows of a batch by what became of them, with their pence (None where none states any)."""
    counted = select(BatchRow.fate, func.count(), func.sum(BatchRow.amount)).where(BatchRow.batch_id == batch.id)
    found = {
        row[0]: (row[1], None if row[2] is None else int(row[2]))
        for row in reading().execute(counted.group_by(BatchRow.fate))
    }
    return {fate: found[fate] for fate in Fate if fate in found}


def _page(count: int) -> tuple[int, int]:
    last = max(1, -(-count // SHOWN))
    return min(max(1, whole_number(request.args.get("page", "")) or 1), last), last


def _rows(batch: Batch, fate: Fate | None, page: int) -> list[tuple[BatchRow, str, str]]:
    """Give one page of the rows of a batch, each with the record that it became and the address of that."""
    asked = (
        select(BatchRow, Award.reference, Application.reference, Payment.reference, Organisation.name)
        .outerjoin(Award, Award.id == BatchRow.award_id)
        .outerjoin(Application, Application.id == BatchRow.application_id)
        .outerjoin(Payment, Payment.id == BatchRow.payment_id)
        .outerjoin(Organisation, Organisation.id == BatchRow.organisation_id)
        .where(BatchRow.batch_id == batch.id, *([BatchRow.fate == fate] if fate else []))
        .order_by(BatchRow.id)
    )
    found = reading().execute(asked.offset((page - 1) * SHOWN).limit(SHOWN))
    return [(row, *_record(row, *named)) for row, *named in found]


def _record(
    row: BatchRow, award: str | None, application: str | None, payment: str | None, name: str | None
) -> tuple[str, str]:
    if payment:
        return payment, url_for("payments.show", ref=payment)
    if award:
        return award, url_for("awards.show", ref=award)
    if application:
        return application, url_for("applications.show", ref=application)
    if name:
        return name, url_for("organisations.show", number=row.organisation_id)
    return "", ""
