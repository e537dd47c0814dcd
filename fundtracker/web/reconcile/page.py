"""Where it stands: both sides beside each other, suggestions to accept, and what is left to explain."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling import closing
from fundtracker.services.reconciling.matching import match
from fundtracker.services.reconciling.proposals import Proposal, Proposals, propose
from fundtracker.services.reconciling.rows import State
from fundtracker.services.reconciling.standing import Standing, Sums, stand
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import reconcile as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form
from fundtracker.web.once import Recorded, record_once
from fundtracker.web.reconcile.asked import read_asked
from fundtracker.web.reconcile.running import explained_rows, last_step, said_of
from fundtracker.web.signed_in import this_person

PER_PAGE = 50


class NotSuggestedError(Refusal):
    """A suggestion that no longer stands as it was shown."""


class AcceptForm(Form):
    """The suggestions that are ticked, or the one whose own button was pressed."""

    def __init__(self, **filled_in: Any) -> None:
        super().__init__(**filled_in)
        one = request.form.get("only", "")
        self.picked = [one] if one else list(dict.fromkeys(request.form.getlist("pick")))

    def validate(self, *others: Any, **more: Any) -> bool:
        """Ask for at least one suggestion."""
        right = bool(super().validate(*others, **more))
        if not self.picked:
            self.form_errors.append("Tick at least one suggestion")
        return right and not self.form_errors


@pages.route("/reconcile", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show where it stands, and accept suggestions."""
    form = AcceptForm()
    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                return record_once(lambda session: _accept(session, form.picked))
        return _page(form), form.status
    return _page(form)


def _accept(session: Session, picked: list[str]) -> Recorded:
    asked = read_asked(session)
    made = {each.made.token: each for each in propose(session, stand(session, asked.scope)).suggested}
    total = 0
    for token in picked:
        chosen = made.get(token)
        if chosen is None:
            raise NotSuggestedError(
                "One of these is no longer suggested, and nothing was recorded: somebody has dealt with a part of it, "
                "or something new fits as well. Look at the suggestions again."
            )
        match(session, lines=[row.id for row in chosen.lines], entries=[row.id for row in chosen.ours],
              score=chosen.made.score, reason=_why(chosen), by=this_person().actor)  # fmt: skip
        total += sum(row.amount for row in chosen.lines)
    matches = "1 match is" if len(picked) == 1 else f"{len(picked):,} matches are"
    return Recorded(asked.address("reconcile.index", anchor="suggested"), f"{matches} recorded: {pounds(total)}.")


def _why(chosen: Proposal) -> str:
    made = chosen.made
    doubts = f"; check: {', '.join(made.doubts)}" if made.doubts else ""
    return f"{', '.join(made.reasons)}{doubts}"


def _page(form: AcceptForm) -> str:
    session = reading()
    asked = read_asked(session)
    standing = stand(session, asked.scope)
    proposals, said = propose(session, standing), said_of(session, standing)
    return render_template(
        "reconcile/index.html", form=form, asked=asked, standing=standing, most=PER_PAGE, proposals=proposals,
        table=_table(standing, proposals), explained=explained_rows(standing, said), reasons=list(Explanation),
        extracts=_extracts(standing), waits=closing.asked(session), ticked=_ticked(form, proposals),
        last=last_step(standing, said),
    )  # fmt: skip


def _ticked(form: AcceptForm, proposals: Proposals) -> set[str]:
    if request.method == "POST":
        return set(form.picked)
    return {each.made.token for each in proposals.suggested[:PER_PAGE] if each.made.sure}


def _table(standing: Standing, proposals: Proposals) -> dict[str, Sums]:
    """Give the four parts into which everything falls, each line and payment in one of them."""
    left = {(row.side, row.id) for side in (standing.lines, standing.ours) for row in side if row.state is State.LEFT}
    lines = [row for each in proposals.suggested for row in each.lines if (row.side, row.id) in left]
    ours = [row for each in proposals.suggested for row in each.ours if (row.side, row.id) in left]
    suggested = Sums(len(lines), len(ours), Pence(sum(r.amount for r in lines)), Pence(sum(r.amount for r in ours)))
    whole = standing.of(State.LEFT)
    neither = Sums(whole.lines - suggested.lines, whole.payments - suggested.payments,
                   Pence(whole.theirs - suggested.theirs), Pence(whole.ours - suggested.ours))  # fmt: skip
    return {"matched": standing.of(State.MATCHED), "suggested": suggested, "explained": standing.of(State.EXPLAINED),
            "neither": neither, "all": standing.everything}  # fmt: skip


def _extracts(standing: Standing) -> list[str]:
    return list(dict.fromkeys(row.file_name for row in standing.lines))


@pages.get("/reconcile/choose")
def choose() -> str:
    """Ask which days and which funds."""
    session = reading()
    found = session.execute(select(Fund.reference, Fund.name).order_by(Fund.name))
    funds = {fund.reference: fund.name for fund in found}
    return render_template("reconcile/choose.html", asked=read_asked(session), funds=funds)
