"""Short words for the tests of pages that record: applications, forms sent step by step, and counts."""

import re
from datetime import date

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.services.applications import ApplicationDetails, log_application
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from fundtracker.store.tables import Base
from tests.books.builder import Books, pence
from tests.web.visitor import Visitor, hidden, words

DAY = date(2020, 6, 1)


def ask(books: Books, fund: Fund, amount: str | None = "12,400.00", by: Organisation | None = None) -> Application:
    """Log an application, from Wellington Town Council unless told otherwise."""
    details = ApplicationDetails(
        fund=fund,
        organisation=by or books.organisation(),
        asked_for=pence(amount) if amount else None,
        purpose="Two crossing points",
        benefits="Three primary schools",
        outcomes=tuple(fund.outcomes),
    )
    return books.do(log_application, DAY, details=details)


def send(visitor: Visitor, path: str, step: str, key: str = "", /, **answers: str | list[str]) -> TestResponse:
    """Send a form for one of its steps, with a new key where none is given."""
    return visitor.post(path, once=key or visitor.key(path), step=step, **answers)


def check_and_record(visitor: Visitor, path: str, **answers: str | list[str]) -> TestResponse:
    """Fill a form in, check the answers and record them, as a person does; what waits for it is approved by others."""
    return approved(visitor, check_and_send(visitor, path, **answers))


def check_and_send(visitor: Visitor, path: str, **answers: str | list[str]) -> TestResponse:
    """Fill a form in, check the answers and send them."""
    checked = send(visitor, path, "check", **answers)
    assert checked.status_code == 200, checked.text
    seen = hidden(checked, "seen")
    return send(visitor, path, "record", hidden(checked, "once"), **answers, **({"seen": seen} if seen else {}))


def approved(visitor: Visitor, answer: TestResponse) -> TestResponse:
    """Let others comment on what was sent for approval and approve it; anything else is given back as it is."""
    path = answer.location or ""
    return approve(visitor, path) if re.fullmatch(r"/approvals/[0-9]+", path) else answer


def approve(visitor: Visitor, path: str) -> TestResponse:
    """Let others comment on the request at an address and approve it."""
    asked = words(visitor.get(path))
    for subject, role in (("financial", Role.CHIEF_FINANCE), ("legal", Role.CHIEF_EXECUTIVE)):
        if f"{subject} comment" in asked:
            send(other(visitor, role), f"{path}/comment", "record", subject=subject, words="It can be paid for")
    approver = other(visitor, Role.FINANCE if "the finance officer" in asked else Role.COMMISSIONER)
    seen = hidden(approver.get(f"{path}/decide"), "seen")
    done = send(approver, f"{path}/decide", "record", answer="approve", interests="None declared", seen=seen)
    assert done.status_code == 303, words(done)
    return done


def other(visitor: Visitor, role: Role) -> Visitor:
    """Sign another person in, in a post."""
    person = Visitor(visitor.app)
    person.sign_in(role)
    return person


def count(books: Books, kind: type[Base]) -> int:
    """Count the rows of a table, read afresh."""
    books.session.rollback()
    return books.session.scalar(select(func.count()).select_from(kind)) or 0
