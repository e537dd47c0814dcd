"""Where every page is: each route's addresses in the office in every state, found from the route itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from fundtracker.store.applications import Application
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.bids import Bid
from fundtracker.store.books import Entry
from fundtracker.store.decisions import DecisionRecord
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.imports import Batch, WaitingFile
from fundtracker.store.interests import Interest
from fundtracker.store.organisations import Organisation
from fundtracker.store.papers import Paper
from fundtracker.store.people import Absence, Person
from fundtracker.store.periods import Accrual
from fundtracker.store.reconciling import Explained, FinanceLine, Matching
from fundtracker.store.runs import PaymentRun
from fundtracker.store.schedules import Claim, Instalment
from fundtracker.web.pictures.drawn import DRAWINGS
from tests.catalogue.office import LINK
from tests.catalogue.terms_found import HANG, HANGING, TERMS

FUNDS = (
    "PCRF20", "NIL20", "CUT20", "SUS20", "CLS20", "OWE20", "SSF20", "PAY20",
    "YEA20", "YEA21", "MANY20", "ALPH20", "ALPH21", "ALPH22", "ALPH23",
)  # fmt: skip
FILTERED = (
    "?q=nothing+has+this+name", "?fund=MANY20&page=2", "?page=999999", "?fund=SSF20&sort=reference&order=desc",
    "?status=nonsense&year=2020%2F21", "?q=%25_%27%22%3Cb%3E&least=1&most=2", "?q=1,064.00",
)  # fmt: skip
QUERIES: dict[str, tuple[str, ...]] = {
    "funds.show": ("", "?as_at=21+September+2020", "?after=0", "?before=9", "?entry=3"),
    "reports.pictures": ("", "?as_at=21+September+2020", "?year=2019%2F20", "?year=nonsense&as_at=nonsense"),
    "decisions.draft": ("", "?application=CUT20-A001", "?award=SSF20-001", "?award=nonsense", "?application="),
    "reports.words": ("?place=fund.PCRF20.given", "?place=background", "?place=title", "?place=nonsense"),
    "reports.keep": ("?kind=panel&year=2020%2F21&quarter=1", "?kind=nonsense", "?kind=panel"),
    "reports.paper": ("", "?now=same"),
    "reports.papers": ("", "?kind=panel", "?kind=nonsense"),
    "summary.index": ("", "?as_at=21+September+2020&by=area", "?year=2020%2F21&by=objective", "?as_at=nonsense&by=x"),
    "history.index": (
        "",
        "?of=award/SSF20-001",
        "?who=command+line&what=entry&least=1",
        "?fund=MANY20&before=300",
        "?of=nonsense",
    ),
    "ledger.index": ("", "?fund=SSF20", "?fund=NIL20&as_at=nonsense"),
    "reconcile.rows": ("", "?state=left&text=riders", "?state=explained&reason=query", "?page=2", "?state=nonsense"),
    "reconcile.explain": ("", "?line=4&entry=9", "?line=999999"),
    "reconcile.match": ("", "?line=3", "?entry=99999"),
    "reports.year": ("", "?year=2020%2F21&as_at=21+September+2020", "?year=nonsense&as_at=nonsense"),
    "reports.briefing": ("", "?as_at=21+September+2020", "?year=2019%2F20"),
    "reports.year_workbook": ("", "?year=2020%2F21"),
    "reports.exceptions": (
        "",
        "?as_at=21+September+2020",
        "?rule=no-reasons&sort=age",
        "?fund=CUT20&owner=Chief+executive",
        "?page=999&rule=nonsense&as_at=nonsense",
    ),
    "reports.exception": ("?key=nonsense", "?key=cut%3Aline%3ACUT20%3A2020%2F21+revenue"),
    "reports.forecast": ("", "?year=2020%2F21&as_at=21+September+2020", "?year=nonsense", "?year=2150%2F51"),
    "reports.cliffs": ("", "?as_at=21+September+2020", "?until=nonsense", "?until=31+March+2030"),
    "rows.index": (
        "?figure=awarded",
        "",
        "?figure=remaining&fund=MANY20&after=3",
        "?figure=to+pay&source=own&area=",
        "?figure=organisations&as_at=30+June+2020",
        "?figure=awards&fund=NIL20",
        "?figure=nonsense",
    ),
    "rows.download": ("?figure=awarded&fund=SSF20", "?figure=organisations"),
    "search.index": (
        "?q=How+much+did+we+give+Telford+Riders%3F",
        "",
        "?q=what+is+left+in+2020%2F21",
        "?q=how+much+did+we+pay+Welington+TC",
        "?q=Welington",
        "?q=SSF20-001",
        "?q=%231204",
        "?q=£9,000.00",
        "?q=" + "W" * 2_000,
    ),
}
# Of what an address is about, these are asked everything; the others, only to be there.
ASKED_IN_FULL = ("MANY20", "2020-21/1", "PAPER-001")
# What a confirmation is asked beside its reference: the demonstration's first entries, and the award paid in error.
CONFIRMED = {
    "funds.recorded": ("", *(f"?entry={number}" for number in range(1, 6))),
    "payments.moved": ("", "?award=OWE20-004"),
}
_ARGUMENT = re.compile(r"/([a-z-]+)/<(?:\w+:)?\w+>")
Finder = Callable[[Session], list[str]]


@dataclass(frozen=True)
class Address:
    """One place to go: the endpoint that answers there, and its path."""

    endpoint: str
    path: str


LARGE = frozenset({"awards.dossier"})  # files with the history of every later change: one of them is enough


def addresses(app: Flask, session: Session) -> Iterator[Address]:
    """Give every address of every page; raises LookupError for a route whose argument the catalogue does not know."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in (rule.methods or ()):
            for arguments in arguments_of(rule, session):
                path = adapter.build(rule.endpoint, arguments)
                yield from (Address(rule.endpoint, path + query) for query in _queries(rule, path))


def _queries(rule: Rule, path: str) -> tuple[str, ...]:
    if rule.endpoint in CONFIRMED:
        return CONFIRMED[rule.endpoint]
    if rule.endpoint in QUERIES:
        return QUERIES[rule.endpoint] if not rule.arguments or any(one in path for one in ASKED_IN_FULL) else ("",)
    if rule.arguments or not rule.endpoint.endswith((".index", ".download")):
        return ("",)
    return ("", *FILTERED) if rule.endpoint.endswith(".index") else ("", FILTERED[0])


def arguments_of(rule: Rule, session: Session) -> list[dict[str, str]]:
    """Give what a route can be about, each as the arguments of an address; raises LookupError as above."""
    if not rule.arguments:
        return [{}]
    if rule.endpoint == "payments.run_recorded":
        return [{"first": numbers[0], "last": numbers[-1]} for numbers in (_entries(session), ["999999"])]
    found = _ARGUMENT.search(rule.rule)
    if len(rule.arguments) > 1 or found is None or found[1] not in FINDERS:
        raise LookupError(f"{rule.endpoint}: tests/catalogue/addresses.py does not know what {rule.rule} is about")
    (name,) = rule.arguments
    find = (FINDERS | HANGING if rule.endpoint.startswith(HANG) else FINDERS)[found[1]]
    values = list(dict.fromkeys(find(session)))
    return [{name: value} for value in (values[:1] if rule.endpoint in LARGE else values)]


def _funds(session: Session) -> list[str]:
    named = session.scalars(select(Fund.reference).where(Fund.reference.in_(FUNDS) | Fund.reference.like("AAA%")))
    return sorted(named)


def _applications(session: Session) -> list[str]:
    kinds = select(func.min(Application.id)).join(Fund).group_by(Application.status, Fund.status)
    named = select(Application.id).join(Fund).where(Fund.reference.in_(("CUT20", "ALPH20", "ALPH21")))
    chosen = Application.id.in_(kinds) | Application.id.in_(named)
    return list(session.scalars(select(Application.reference).where(chosen).order_by(Application.id)))


def _awards(session: Session) -> list[str]:
    owing = AwardLine.awarded - AwardLine.paid + AwardLine.recovered
    owed = (owing > 0, owing < 0, AwardLine.basis)
    lines = select(func.min(Award.id)).outerjoin(Award.lines).outerjoin(Award.fund)
    kinds = lines.group_by(Award.type, Award.status, Fund.status, *owed)
    named = (
        select(Award.id).join(Award.fund).where(Fund.reference.like("AAA%") | Fund.reference.in_(("SSF20", "PAY20")))
    )
    chosen = Award.id.in_(kinds) | Award.id.in_(named)
    return list(session.scalars(select(Award.reference).where(chosen).order_by(Award.id)))


def _payments(session: Session) -> list[str]:
    lines = select(func.min(Payment.id)).join(Payment.award_line).join(AwardLine.award).outerjoin(Award.fund)
    kinds = lines.group_by(Award.type, Award.status, Fund.reference.like("AAA%"))
    undone = select(Entry.payment_id).where(Entry.reverses.is_not(None), Entry.payment_id.is_not(None))
    chosen = Payment.id.in_(kinds) | Payment.id.in_(undone)
    return list(session.scalars(select(Payment.reference).where(chosen).order_by(Payment.id)))


def _entries(session: Session) -> list[str]:
    kinds = select(func.min(Entry.number)).join(BudgetLine, BudgetLine.id == Entry.budget_line_id)
    kinds = kinds.group_by(Entry.kind, Entry.reverses.is_not(None))
    undone = select(Entry.reverses).where(Entry.reverses.is_not(None))
    chosen = Entry.number.in_(kinds) | Entry.number.in_(undone)
    return [str(number) for number in session.scalars(select(Entry.number).where(chosen).order_by(Entry.number))]


def _organisations(session: Session) -> list[str]:
    names = ("Pontesbury%", "Several%", "Weobley W%", "Owing%", "Telford Riders", "Wrong%", "%Söns%", "惠%")
    chosen = [session.scalars(select(Organisation.id).where(Organisation.name.like(name))).all() for name in names]
    return [str(number) for found in chosen for number in found]


def _instalments(session: Session) -> list[str]:
    kinds = select(func.min(Instalment.id)).group_by(
        Instalment.held_why != "", Instalment.condition != "", Instalment.condition_met_on.is_(None)
    )
    return [str(number) for number in session.scalars(kinds)]


FINDERS: dict[str, Finder] = {
    "static": lambda _session: ["app.css"],
    "funds": _funds,
    "direct": _funds,
    "log": _funds,
    "applications": _applications,
    "awards": _awards,
    "payments": _payments,
    "entries": _entries,
    "organisations": _organisations,
    "bids": lambda session: list(session.scalars(select(Bid.reference).order_by(Bid.id))),
    "lines": lambda session: [str(number) for number in session.scalars(select(FinanceLine.id))],
    "matches": lambda session: [str(number) for number in session.scalars(select(Matching.id))],
    "explanations": lambda session: [str(number) for number in session.scalars(select(Explained.id))],
    "imports": lambda session: [str(number) for number in session.scalars(select(Batch.id))],
    "runs": lambda session: list(session.scalars(select(PaymentRun.reference).order_by(PaymentRun.id))),
    "claims": lambda session: list(session.scalars(select(Claim.reference).order_by(Claim.id))),
    "instalments": _instalments,
    "waiting": lambda session: list(session.scalars(select(WaitingFile.key))),
    "set-password": lambda _session: [LINK, "spent"],
    "expected": lambda session: [str(number) for number in session.scalars(select(ExpectedReceipt.id))],
    "accruals": lambda session: list(session.scalars(select(Accrual.reference).order_by(Accrual.id))),
    "pictures": lambda _session: list(DRAWINGS),
    "panel": lambda _session: ["2020-21/1", "2020-21/2", "2019-20/4"],
    "papers": lambda session: list(session.scalars(select(Paper.reference).order_by(Paper.id))),
    "decisions": lambda session: list(session.scalars(select(DecisionRecord.reference).order_by(DecisionRecord.id))),
    "interests": lambda session: [str(number) for number in session.scalars(select(Interest.id))],
    "people": lambda session: [str(number) for number in session.scalars(select(Person.id))],
    "approvals": lambda session: [str(number) for number in session.scalars(select(ApprovalRequest.id))],
    **TERMS,
    "sessions": lambda _session: ["999999"],  # ending one of the office's would sign its visitor out
    "absences": lambda session: [str(number) for number in session.scalars(select(Absence.id))],
}
