"""What waits for approval in the demonstration, invented and said to be: a request for each of two posts to decide."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.roles import Actor, Role
from fundtracker.services.approvals.asking import ask
from fundtracker.services.approvals.awarding import propose_award
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.funds import find_fund
from fundtracker.services.organisations import named
from fundtracker.services.posting import Particulars
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.people import Person
from fundtracker.store.transactions import transaction

FUND, ON = "SRF20", date(2020, 9, 21)
# To whom, how much in pence, and what for: one for the commissioning manager, one for the chief executive.
ASKED = (
    ("Telford & Wrekin Council", Pence(320_000), "A speed sign at two schools (illustrative)"),
    ("Wellington Town Council", Pence(1_120_000), "Safer routes to three primary schools (illustrative)"),
)


def ask_for_approvals(session: Session) -> None:
    """Let the demonstration's commissioning officer ask for two awards, unless anything was asked for before."""
    with transaction(session):
        officer = session.scalars(select(Person).where(Person.role == Role.COMMISSIONING).order_by(Person.id)).first()
        if officer is None or session.scalar(select(exists().where(ApprovalRequest.id > 0))):
            return
        facts = Particulars(on=ON, by=Actor(officer.name, officer.id))
        line = find_fund(session, FUND).lines[0]
        for name, amount, purpose in ASKED:
            details = AwardDetails(
                recipient=named(session, name)[0], shares=(Share(line=line, amount=amount),), purpose=purpose,
                reasons="Invented, to show what waits for an approval",
            )  # fmt: skip
            told = [("Pay to", name), ("Amount", pounds(amount)), ("What it is for", purpose)]
            ask(session, proposal=propose_award(session, details=details, particulars=facts, told=told))
