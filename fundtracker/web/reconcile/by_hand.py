"""Matching by hand: lines and payments that a person knows to be the same money."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.dates import short_date
from fundtracker.domain.money import pounds
from fundtracker.services.reconciling import matching
from fundtracker.services.reconciling.items import Item, Side
from fundtracker.services.reconciling.knowing import line_items, our_items
from fundtracker.services.reconciling.likeness import compare
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, State, entries_named, lines_named
from fundtracker.services.reconciling.standing import stand
from fundtracker.web.blueprints import reconcile as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, TextField, TicksField
from fundtracker.web.once import Recorded
from fundtracker.web.reconcile.asked import Asked, asked_for, numbers_of, post_of, read_asked
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

MOST = 40


class MatchForm(Form):
    """Which lines and which payments are the same money."""

    lines = TicksField("Lines of the finance system", choices={})
    entries = TicksField("Our payments", choices={})
    note = LongTextField("Why they differ", longest=2_000, hint="Only where the two do not add up to the same.")
    owner = TextField("Who sees it put right")


@pages.route("/reconcile/match", methods=["GET", "POST"])
def match() -> ResponseReturnValue:
    """Match lines and payments by hand, with a note and an owner where they differ."""
    session = reading()
    lines, entries = asked_for("line"), asked_for("entry")
    form = MatchForm(lines=[str(n) for n in lines], entries=[str(n) for n in entries],
                     owner=post_of(this_person()))  # fmt: skip
    asked = read_asked(session)
    _offer(session, form, asked)

    def record(session: Session) -> Recorded:
        made = matching.match(
            session, lines=numbers_of(form.lines.data), entries=numbers_of(form.entries.data), note=form.note.data,
            owner=form.owner.data, by=this_person().actor,
        )  # fmt: skip
        return Recorded(asked.address("reconcile.index", anchor="matched"), f"Match {made.id} is recorded.")

    def context() -> dict[str, Any]:
        return {"asked": asked, "sums": _sums(reading(), form)}

    if request.form.get("step") == "work-out":
        return render_template("reconcile/match.html", form=form, **context())
    return record_form(form, page="reconcile/match.html", record=record, context=context)


def _offer(session: Session, form: MatchForm, asked: Asked) -> None:
    standing = stand(session, asked.scope)
    lines = [row for row in standing.lines if row.state is not State.MATCHED and row.matching is None]
    ours = [row for row in standing.ours if row.matching is None]
    chosen = set(numbers_of(form.lines.data)), set(numbers_of(form.entries.data))
    near = _Near(line_items(lines), our_items(session, ours), chosen)
    form.lines.choices = {str(row.id): _label(row) for row in sorted(lines, key=near.of)[:MOST]}
    form.entries.choices = {str(row.id): _label(row) for row in sorted(ours, key=near.of)[:MOST]}


class _Near:
    """Puts what is chosen first, and then whatever is most like what is chosen on the other side."""

    def __init__(self, lines: Sequence[Item], ours: Sequence[Item], chosen: tuple[set[int], set[int]]) -> None:
        self.chosen = {Side.LINE: chosen[0], Side.OURS: chosen[1]}
        self.points: dict[tuple[Side, int], int] = {}
        picked = {Side.LINE: [i for i in lines if i.id in chosen[0]], Side.OURS: [i for i in ours if i.id in chosen[1]]}
        for line in lines:
            self.points[line.side, line.id] = max((compare(line, one).points for one in picked[Side.OURS]), default=0)
        for item in ours:
            self.points[item.side, item.id] = max((compare(one, item).points for one in picked[Side.LINE]), default=0)

    def of(self, row: Row) -> tuple[bool, int, int]:
        """Give the place of a row."""
        return row.id not in self.chosen[row.side], -self.points[row.side, row.id], row.id


def _label(row: Row) -> str:
    known = row.payment if isinstance(row, OurRow) else row.reference if isinstance(row, LineRow) else ""
    day = short_date(row.on) if row.on else "no date"
    return ", ".join(filter(None, (day, row.payee or "payee not given", known, pounds(row.amount))))


def _sums(session: Session, form: MatchForm) -> tuple[int, int]:
    lines = lines_named(session, numbers_of(form.lines.data))
    entries = entries_named(session, numbers_of(form.entries.data))
    return sum(row.amount for row in lines), sum(row.amount for row in entries)
