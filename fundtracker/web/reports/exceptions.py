"""The exception report: everything that is late, over or missing, and what a person says is done about each."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import today
from fundtracker.services.exceptions.listing import ExceptionRow, list_exceptions
from fundtracker.services.exceptions.papers import exceptions_paper, since_meeting
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.exceptions.steps import (
    Said,
    SaidMeanwhileError,
    find_exception,
    last_step,
    say,
    steps_of,
)
from fundtracker.services.figures import as_at
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, TextField
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.once import Recorded
from fundtracker.web.reports.places import place_of
from fundtracker.web.reports.sending import send_paper
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

PAGE = 50
VALUE = "value"
SORTS = {VALUE: "Value", "age": "Age", "due": "Due", "rule": "Rule", "owner": "Owner"}
_KEYS: dict[str, Any] = {
    "value": lambda row: (row.value is None, -(row.value or 0)),
    "age": lambda row: -row.age,
    "due": lambda row: row.due,
    "rule": lambda row: list(Rule).index(row.rule),
    "owner": lambda row: row.owner.casefold(),
}


class Filter(NamedTuple):
    """One filter of the page: its words by value, and the value in use."""

    name: str
    label: str
    none: str
    choices: dict[str, str]
    chosen: str


@dataclass(frozen=True)
class Chosen:
    """The rows that the address asks for, in its order, and the page of them in hand."""

    filters: list[Filter]
    sort: str
    rows: list[ExceptionRow]
    page: int

    @property
    def last(self) -> int:
        """Give the number of pages."""
        return max(1, -(-len(self.rows) // PAGE))

    @property
    def shown(self) -> list[ExceptionRow]:
        """Give the rows of the page in hand."""
        return self.rows[(self.page - 1) * PAGE : self.page * PAGE]

    @property
    def in_use(self) -> dict[str, str]:
        """Give the filters and the order as an address holds them."""
        kept = {one.name: one.chosen for one in self.filters if one.chosen}
        return kept | ({"sort": self.sort} if self.sort != VALUE else {})


class SayForm(Form):
    """What is done about an exception; an empty owner or action leaves the rule's."""

    owner = TextField("Owner", longest=100, hint="A post, or a name. Empty is the rule’s.")
    action = TextField("What is done", longest=200, hint="Empty is what the rule says.")
    due_on = DateField("Due", hint="Like 31 March 2021.")
    note = LongTextField("Note", hint="Kept with the date and your name, under what was said before.")
    as_read = HiddenField()


@pages.get("/reports/exceptions", endpoint="exceptions")
def index() -> str:
    """List the exceptions as at a day, the most money first."""
    session = reading()
    day, problem = asked_day()
    when = as_at(session, day)
    rows = list_exceptions(session, when)
    return render_template(
        "reports/exceptions.html",
        when=when,
        asked=day,
        problems=[problem] if problem else [],
        everything=rows,
        last=since_meeting(session, when, rows),
        chosen=_chosen(rows),
        sorts={key: words for key, words in SORTS.items() if key != VALUE},
        place_of=place_of,
        kind=PaperKind.EXCEPTIONS,
        overdue=sum(row.due < when.day for row in rows),
    )


@pages.get("/reports/exceptions.xlsx", endpoint="exceptions_workbook")
def workbook() -> Response:
    """Send the exception report as a workbook, every row of it."""
    return send_paper(exceptions_paper(reading(), day=asked_day()[0]))


@pages.route("/reports/exceptions/one", endpoint="exception", methods=["GET", "POST"])
def one() -> ResponseReturnValue:
    """Say whose an exception is, what is done about it and by when."""
    key = request.args.get("key", "")
    row = find_exception(reading(), key)
    step = row.step
    form = SayForm(
        owner=step.owner if step else "", action=step.action if step else "", due_on=step.due_on if step else None,
        as_read=str(step.id if step else 0),
    )  # fmt: skip

    def record(session: Session) -> Recorded:
        said = Said(owner=form.owner.data, action=form.action.data, note=form.note.data, due_on=form.due_on.data)
        try:
            say(session, key=key, said=said, as_read=_number(form.as_read.data), by=this_person().actor)
        except SaidMeanwhileError as refusal:
            last = last_step(session, key)
            form.as_read.data, form.as_read.raw_data = str(last.id if last else 0), None
            refusal.sentence += " It is below. Save again to put what you typed over it."
            raise
        return Recorded(url_for("reports.exceptions"), f"{row.found.reference}: what is done is recorded.")

    def context() -> dict[str, Any]:
        return {"row": row, "said": steps_of(reading(), key), "place": place_of(row.found), "today": today()}

    return record_form(form, page="reports/exception.html", record=record, context=context)


def _chosen(rows: list[ExceptionRow]) -> Chosen:
    asked = {name: request.args.get(name, "").strip() for name in ("rule", "owner", "fund")}
    rules = {rule.value: rule.words for rule in Rule if any(rule in _rules(row) for row in rows)}
    owners = {row.owner: row.owner for row in sorted(rows, key=lambda row: row.owner)}
    funds = {one.fund_reference: one.fund for one in sorted((r.found for r in rows), key=lambda f: f.fund) if one.fund}
    filters = [
        Filter("rule", "Rule", "Every rule", rules, asked["rule"] if asked["rule"] in rules else ""),
        Filter("owner", "Owner", "Every owner", owners, asked["owner"] if asked["owner"] in owners else ""),
        Filter("fund", "Fund", "Every fund", funds, asked["fund"] if asked["fund"] in funds else ""),
    ]
    rule, owner, fund = (one.chosen for one in filters)
    kept = [row for row in rows if (not rule or rule in _rules(row))]
    kept = [row for row in kept if owner in ("", row.owner) and fund in ("", row.found.fund_reference)]
    sort = request.args.get("sort", "")
    sort = sort if sort in SORTS else VALUE
    return Chosen(filters, sort, sorted(kept, key=_KEYS[sort]), max(1, _number(request.args.get("page")) or 1))


def _rules(row: ExceptionRow) -> tuple[Rule, ...]:
    return (row.rule, *(one.rule for one in row.also))


def _number(typed: str | None) -> int:
    tidy = (typed or "").strip()
    return int(tidy) if tidy.isascii() and tidy.isdigit() and len(tidy) < len("1000000000000") else 0
