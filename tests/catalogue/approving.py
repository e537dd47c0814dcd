"""What waits for approval in the office in every state, and what came of what was asked before."""

from dataclasses import replace

from sqlalchemy import select

from fundtracker.domain.approvals import ApprovalKind, Approver, StepKind, Subject
from fundtracker.domain.roles import Actor, Role
from fundtracker.services.approvals.approving import approve, approver_of
from fundtracker.services.approvals.asking import Page, ask, comment, turn_down
from fundtracker.services.approvals.awarding import propose_award
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.posting import Particulars
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.funds import Fund
from fundtracker.store.people import Person
from tests.books.builder import Books, particulars, pence


def keep_approvals(books: Books) -> None:
    """Keep an award that waits, one that was approved, one sent back, and a transfer beyond one person's limit."""
    fund = books.fund("400,000.00", name="Approvals Fund", reference="APP20")
    other = books.fund("100.00", name="Other Approvals Fund", reference="APP21")
    requests = [_award(books, fund, amount) for amount in ("4,000.00", "60,000.00", "150,000.00", "800.00")]
    approved, _, commented, back = requests
    manager = _approver(books, Role.MANAGER)
    books.change(approve, request=approved, approver=manager, words="As advised", interests="None declared")
    chief = _approver(books, Role.CHIEF_FINANCE)
    said = {"words": "It can be paid for", "subject": Subject.FINANCIAL}
    books.change(comment, request=commented, approver=chief, **said)
    books.change(turn_down, request=back, approver=manager, words="Which schools?", kind=StepKind.SENT_BACK)
    kept = {"source": fund.lines[0].id, "target": other.lines[0].id, "amount": 3_000_000, "switch_decision": ""}
    transfer = Proposal(
        kind=ApprovalKind.TRANSFER, verb="transfer", title="Transfer to Other Approvals Fund", amount=pence(3_000_000),
        fund=fund, particulars=_facts(books), details=kept, reason="Less asked for than expected",
    )  # fmt: skip
    books.change(ask, proposal=transfer)


def _award(books: Books, fund: Fund, amount: str) -> ApprovalRequest:
    share = Share(line=fund.lines[0], amount=pence(amount))
    details = AwardDetails(recipient=books.organisation(f"Asker of £{amount}"), shares=(share,), reasons="Needed")
    proposal = propose_award(books.session, details=details, particulars=_facts(books), told=[("For", "Crossings")])
    books.session.rollback()
    return books.change(ask, proposal=proposal, page=Page(address="/awards/direct/APP20", answers=[("purpose", "x")]))


def _facts(books: Books) -> Particulars:
    person = _person(books, Role.COMMISSIONING)
    return replace(particulars(), by=Actor(person.name, person.id))


def _person(books: Books, role: Role) -> Person:
    found = books.session.scalars(select(Person).where(Person.role == role, Person.active).order_by(Person.id))
    return found.all()[0]


def _approver(books: Books, role: Role) -> Approver:
    approver = approver_of(books.session, _person(books, role).id)
    books.session.rollback()
    return approver
