"""Short words for approving in a test: people in each post, and an award asked for by one of them."""

from dataclasses import dataclass, replace
from datetime import date

from fundtracker.domain.approvals import Subject
from fundtracker.domain.roles import Actor, Role
from fundtracker.services.approvals.approving import approve, approver_of
from fundtracker.services.approvals.asking import ask, comment
from fundtracker.services.approvals.awarding import propose_award
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.people import add_person
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from tests.books.builder import LATER, Books, particulars, pence


@dataclass
class Office:
    """The people of an office, each signed in by what they do."""

    books: Books

    def person(self, role: Role, name: str = "") -> Actor:
        """Add a person in a post."""
        called = name or f"the {role.value}"
        email = f"{called.replace(' ', '.').lower()}@example.org"
        person = self.books.change(add_person, email=email, name=called, role=role)
        return Actor(person.name, person.id)

    def award(self, fund: Fund, amount: str, by: Actor, *, to: Organisation, on: date = LATER) -> ApprovalRequest:
        """Ask for an award."""
        details = AwardDetails(
            recipient=to, shares=(Share(line=fund.lines[0], amount=pence(amount)),), reasons="As the panel advised"
        )
        facts = replace(particulars(on), by=by)
        proposal = propose_award(self.books.session, details=details, particulars=facts)
        self.books.session.rollback()
        return self.ask(proposal)

    def ask(self, proposal: Proposal) -> ApprovalRequest:
        """Ask for an approval."""
        return self.books.change(ask, proposal=proposal)

    def approve(self, request: ApprovalRequest, by: Actor) -> ApprovalStep:
        """Approve a request."""
        approver = approver_of(self.books.session, by.person_id or 0)
        self.books.session.rollback()
        return self.books.change(approve, request=request, approver=approver, interests="None declared")

    def comment(self, request: ApprovalRequest, by: Actor, subject: Subject) -> None:
        """Say something of a request."""
        approver = approver_of(self.books.session, by.person_id or 0)
        self.books.session.rollback()
        self.books.change(comment, request=request, approver=approver, words="It can be paid for", subject=subject)
