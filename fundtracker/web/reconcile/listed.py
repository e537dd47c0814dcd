"""The rows behind each figure: lines and payments by how they are dealt with, and one line with its history."""

from collections.abc import Sequence
from typing import TypeVar

from flask import render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.domain.money import figure
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import Explanation
from fundtracker.domain.text import match_key
from fundtracker.services.listings.paging import PER_PAGE, last_page
from fundtracker.services.organisations import named
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, State, lines_named
from fundtracker.services.reconciling.standing import stand
from fundtracker.store.awards import Award
from fundtracker.store.reconciling import Explained, Matching, MatchingLine
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import reconcile as pages
from fundtracker.web.db import reading
from fundtracker.web.reconcile.asked import read_asked

STATES = {State.MATCHED.value: "Matched", State.EXPLAINED.value: "Explained", State.LEFT.value: "Left"}
_MOST_AWARDS = 20

Some = TypeVar("Some", bound=Row)


@pages.get("/reconcile/rows")
def rows() -> str:
    """List the lines and payments of a scope, those of one state or of all."""
    asked = read_asked(reading())
    standing = stand(reading(), asked.scope)
    lines, ours = _wanted(standing.lines), _wanted(standing.ours)
    last = max(last_page(len(lines)), last_page(len(ours)))
    page = min(max(whole_number(request.args.get("page", "")) or 1, 1), last)
    part = slice((page - 1) * PER_PAGE, page * PER_PAGE)
    return render_template(
        "reconcile/rows.html", asked=asked, standing=standing, lines=lines[part], ours=ours[part],
        totals=(len(lines), sum(r.amount for r in lines), len(ours), sum(r.amount for r in ours)), page=page,
        last=last, states=STATES, reasons=list(Explanation), typed=_typed(),
    )  # fmt: skip


def _typed() -> dict[str, str]:
    return {name: request.args[name].strip() for name in ("state", "reason", "text") if request.args.get(name)}


def _wanted(rows: Sequence[Some]) -> list[Some]:
    typed = _typed()
    state, reason, text = (typed.get(name, "") for name in ("state", "reason", "text"))
    return [
        row for row in rows
        if (not state or row.state.value == state)
        and (not reason or (row.reason is not None and row.reason.value == reason))
        and (not text or _says(row, text))
    ]  # fmt: skip


def _says(row: Row, text: str) -> bool:
    said = [row.payee, figure(row.amount)]
    if isinstance(row, LineRow):
        said += [row.reference, row.invoice, row.description, row.unit, row.cost_centre]
    if isinstance(row, OurRow):
        said += [row.payment or "", row.voucher, row.award, row.fund]
    wanted = match_key(text)
    return any(wanted in match_key(each) for each in said)


@pages.get("/reconcile/lines/<int:number>")
def line(number: int) -> str:
    """Show one line of the finance system as it came, what was said of it, and how to record it."""
    session = reading()
    found = lines_named(session, [number])
    if not found:
        raise NotFoundRefusal("There is no such line, or the file that it came with was undone.")
    (row,) = found
    matchings = select(Matching).join(MatchingLine).where(MatchingLine.finance_line_id == number)
    explained = select(Explained).where(Explained.finance_line_id == number)
    return render_template(
        "reconcile/line.html", row=row, asked=read_asked(session), awards=_payable(session, row),
        matchings=session.scalars(matchings.order_by(Matching.id)).all(),
        explained=session.scalars(explained.order_by(Explained.id)).all(),
    )  # fmt: skip


def _payable(session: Session, row: LineRow) -> list[Award]:
    """Give the awards of the line's payee that have something to pay."""
    ids = [one.id for one in named(session, row.payee)]
    if not ids:
        return []
    theirs = select(Award).where(Award.organisation_id.in_(ids)).order_by(Award.id.desc())
    awards = session.scalars(theirs.options(selectinload(Award.lines), joinedload(Award.organisation)))
    return [award for award in awards if any(part.to_pay for part in award.lines)][:_MOST_AWARDS]
