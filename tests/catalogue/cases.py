"""Cases in every state: interests that stand and that ended, and decision records drafted, signed and not published."""

from sqlalchemy import select

from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services.assessing.criteria import criteria_of, read_criteria, set_criteria
from fundtracker.services.assessing.scores import Score, assess, recommend
from fundtracker.services.decisions.drafting import from_application
from fundtracker.services.decisions.gaps import explain, list_undecided
from fundtracker.services.decisions.records import draft_decision, sign_decision
from fundtracker.services.interests import declare_interest, take_back_interest
from fundtracker.store.applications import Application
from fundtracker.store.books import Entry
from fundtracker.store.people import Person
from tests.books.builder import Books


def keep_cases(books: Books) -> None:
    """Declare interests of somebody who opens no page of applications, and draft, sign and explain."""
    panel, officer, chief = (_actor(books, role) for role in (Role.PANEL, Role.COMMISSIONING, Role.CHIEF_EXECUTIVE))
    waiting = select(Application).where(Application.status == ApplicationStatus.RECEIVED)
    application = books.session.scalars(waiting.order_by(Application.id)).first()
    assert application is not None
    books.change(declare_interest, touching=application.organisation, words="A <b>trustee</b>\nsince 2019", by=panel)
    ended = books.change(declare_interest, touching=application, words="My sister asks", by=panel)
    books.change(take_back_interest, interest=ended, why="She has withdrawn", by=officer)
    _keep_assessed(books, application, officer)
    drafted = from_application(books.session, application)
    books.session.rollback()
    books.change(draft_decision, words=drafted, application=application, by=officer)
    private = {"title": "A refuge", "summary": "S", "proposal": "P", "exempt": True, "exempt_reason": "Safety",
               "part_two": "The <i>address</i>"}  # fmt: skip
    signed = books.change(draft_decision, words=private, by=officer)
    books.change(sign_decision, record=signed, words="Agreed", by=chief)
    _, (covered, said, *_) = list_undecided(books.session)
    books.session.rollback()
    books.change(explain, entry=books.session.get_one(Entry, covered.number), record=signed, by=officer)
    books.change(explain, entry=books.session.get_one(Entry, said.number), why="Before the register", by=officer)


def _keep_assessed(books: Books, application: Application, by: Actor) -> None:
    wanted = read_criteria(["Fits the plan: 5", f"Need {'W' * 60}: 10 x 2"])
    books.change(set_criteria, fund=application.fund, wanted=wanted)
    scores = {one.id: Score(one.most, "All <b>need</b> it") for one in criteria_of(books.session, application.fund)}
    books.session.rollback()
    books.change(assess, application=application, scores=scores, words="Strong", by=by)
    books.change(recommend, application=application, amount="1,000", score=99, reason="Enough", by=by)


def _actor(books: Books, role: Role) -> Actor:
    found = books.session.scalars(select(Person).where(Person.role == role).order_by(Person.id)).first()
    assert found is not None
    actor = Actor(found.name, found.id)
    books.session.rollback()
    return actor
