"""Approving an award: by another person, in the post that its figure asks for, with the books as they then stand."""

from dataclasses import replace

import pytest

from fundtracker.domain.approvals import ApprovalKind, ApprovalRefusedError, SettledAlreadyError, StepKind, Subject
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotEnoughLeftError, ReasonMissingError
from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.years import today
from fundtracker.services import absences, organisations, people
from fundtracker.services.approvals import asking, waiting
from fundtracker.services.approvals.approving import approver_of
from fundtracker.services.approvals.figures import measure
from fundtracker.services.approvals.proposals import Proposal, proposal_of
from fundtracker.services.interests import InterestDeclaredError, declare_interest
from fundtracker.services.people import find_person
from fundtracker.services.recount import recount
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books, particulars
from tests.services.approvals.people import Office


@pytest.fixture
def office(books: Books) -> Office:
    return Office(books)


@pytest.fixture
def roads(books: Books) -> Fund:
    return books.fund("500,000", reference="SRF20")


@pytest.fixture
def council(books: Books) -> Organisation:
    return books.organisation()


@pytest.fixture
def officer(office: Office) -> Actor:
    return office.person(Role.COMMISSIONING)


def test_nothing_moves_until_another_person_approves(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    request = office.award(roads, "4,000", officer, to=council)
    assert roads.lines[0].awarded == 0
    step = office.approve(request, office.person(Role.MANAGER))
    assert roads.lines[0].awarded == 400_000
    assert step.award is not None
    assert (step.award.reference, step.award.lines[0].awarded) == ("SRF20-001", 400_000)
    entry = books.entry(-1)
    assert (entry.kind, entry.posted_by, entry.posted_by_id) == (Kind.AWARD, officer.name, officer.person_id)
    assert (step.first_entry, step.last_entry) == (entry.number, entry.number)
    assert (step.figure, step.balance, step.post) == (400_000, 50_000_000, "commissioning manager")
    assert step.rule.startswith("£4,000.00: the commissioning manager")
    assert "not confirmed" in step.rule
    approval = waiting.approval_of(books.session, entry.number)
    assert approval is step
    assert recount(books.session).differences == []


def test_who_asked_never_approves_in_whatever_post(
    books: Books, office: Office, roads: Fund, council: Organisation
) -> None:
    manager = office.person(Role.MANAGER)
    request = office.award(roads, "4,000", manager, to=council)
    with books.refused(ApprovalRefusedError, "You had a hand in this"):
        office.approve(request, manager)
    # A new post changes nothing: it is the same person.
    person = find_person(books.session, manager.person_id or 0)
    books.change(people.change_role, person=person, role=Role.COMMISSIONER)
    with books.refused(ApprovalRefusedError, "You had a hand in this"):
        office.approve(request, manager)


def test_a_large_award_waits_for_its_comments(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    request, commissioner = office.award(roads, "150,000", officer, to=council), office.person(Role.COMMISSIONER)
    with books.refused(ApprovalRefusedError, "a financial comment by the chief finance officer"):
        office.approve(request, commissioner)
    with books.refused(ApprovalRefusedError, "A financial comment is made by the chief finance officer"):
        office.comment(request, commissioner, Subject.FINANCIAL)
    office.comment(request, office.person(Role.CHIEF_FINANCE), Subject.FINANCIAL)
    with books.refused(ApprovalRefusedError, "a legal comment by the chief executive"):
        office.approve(request, commissioner)
    office.comment(request, office.person(Role.CHIEF_EXECUTIVE), Subject.LEGAL)
    office.approve(request, commissioner)


def test_splitting_an_award_does_not_escape_its_limit(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    manager = office.person(Role.MANAGER)
    same = books.organisation("Wellington T.C.")
    books.do(organisations.merge, organisation=same, into=council)
    first = office.award(roads, "3,000", officer, to=council)
    second = office.award(roads, "2,500", officer, to=same)
    office.approve(first, manager)
    with books.refused(ApprovalRefusedError, "not yours to approve: it is for the chief executive"):
        office.approve(second, manager)
    step = office.approve(second, office.person(Role.CHIEF_EXECUTIVE))
    assert step.figure == 550_000
    assert "with £3,000.00 awarded to it before" in step.rule


def test_a_variation_is_measured_by_the_whole_award(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    award = books.award(roads, "4,500", to=council)
    facts, line = replace(particulars(), by=officer), award.lines[0]

    def proposal(by: int) -> Proposal:
        return Proposal(kind=ApprovalKind.VARIATION, verb="vary", title="Variation", amount=Pence(abs(by)), fund=roads,
                        particulars=facts, details={"changes": [[line.id, by]]}, worth=by, award=award)  # fmt: skip

    assert measure(books.session, proposal(100_000)).figure == 550_000
    assert measure(books.session, proposal(-100_000)).figure == 450_000
    request, manager = office.ask(proposal(100_000)), office.person(Role.MANAGER)
    with books.refused(ApprovalRefusedError, "the chief executive"):
        office.approve(request, manager)
    office.approve(request, office.person(Role.CHIEF_EXECUTIVE))
    assert line.awarded == 550_000


def test_money_gone_meanwhile_is_refused_in_words(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    request, manager = office.award(roads, "4,000", officer, to=council), office.person(Role.MANAGER)
    books.award(roads, "497,000", to=books.organisation("Telford Riders"))
    with books.refused(NotEnoughLeftError, "There is £3,000.00 left"):
        office.approve(request, manager)
    assert request.settled is None


def test_a_request_is_settled_once(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    request, manager = office.award(roads, "4,000", officer, to=council), office.person(Role.MANAGER)
    approver = approver_of(books.session, manager.person_id or 0)
    refuse = {"request": request, "approver": approver, "kind": StepKind.SENT_BACK}
    with books.refused(ReasonMissingError, "Enter why it is sent back"):
        books.change(asking.turn_down, words=" ", **refuse)
    books.change(asking.turn_down, words="Which schools?", **refuse)
    for again in (
        lambda: office.approve(request, manager),
        lambda: books.change(asking.withdraw, request=request, by=officer, words=""),
    ):
        with books.refused(SettledAlreadyError, "This was sent back by the commissioning manager already"):
            again()
    assert waiting.list_asked(books.session, officer.person_id or 0) == [request]
    proposal = proposal_of(books.session, request)
    second = books.change(asking.ask, proposal=proposal, follows=request)
    assert waiting.list_asked(books.session, officer.person_id or 0) == [second]
    books.change(asking.withdraw, request=second, by=officer, words="Not needed")
    assert waiting.list_asked(books.session, officer.person_id or 0) == []


def test_a_deputy_decides_in_the_days_of_an_absence(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    chief, deputy = office.person(Role.CHIEF_EXECUTIVE), office.person(Role.FINANCE, "Deputy")
    request = office.award(roads, "6,000", officer, to=council)
    theirs = office.award(roads, "6,500", chief, to=books.organisation("Telford Riders"))
    with books.refused(ApprovalRefusedError, "not yours"):
        office.approve(request, deputy)
    details = absences.AbsenceDetails(
        person=find_person(books.session, chief.person_id or 0),
        deputy=find_person(books.session, deputy.person_id or 0),
        from_on=today(), until_on=today(), why="Leave",
    )  # fmt: skip
    books.change(absences.record_absence, details=details, by=officer)
    assert waiting.list_for(books.session, approver_of(books.session, deputy.person_id or 0)) == [request, theirs]
    step = office.approve(request, deputy)
    assert (step.post, step.acting_for) == ("chief executive", chief.name)
    # What the absent person asked for is nobody's to approve in their place.
    with books.refused(ApprovalRefusedError, "not yours"):
        office.approve(theirs, deputy)


def test_an_interest_keeps_its_person_out(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    manager = office.person(Role.MANAGER)
    request = office.award(roads, "4,000", officer, to=council)
    for person in (manager, officer):
        books.change(declare_interest, touching=council, words="Its chair is my sister", by=person)
    assert waiting.list_for(books.session, approver_of(books.session, manager.person_id or 0)) == []
    with books.refused(InterestDeclaredError, "You declared an interest"):
        office.approve(request, manager)
    with books.refused(InterestDeclaredError, "You declared an interest"):
        office.award(roads, "10", officer, to=council)
    office.approve(request, office.person(Role.CHIEF_EXECUTIVE))


def test_what_waits_shows_to_those_who_decide_it(
    books: Books, office: Office, roads: Fund, council: Organisation, officer: Actor
) -> None:
    request = office.award(roads, "30,000", officer, to=council)

    def seen(role: Role) -> list[ApprovalRequest]:
        approver = approver_of(books.session, office.person(role, f"one {role.value}").person_id or 0)
        return waiting.list_for(books.session, approver)

    assert seen(Role.COMMISSIONER) == [request]
    assert seen(Role.CHIEF_FINANCE) == [request]  # whose comment it waits for
    assert seen(Role.MANAGER) == seen(Role.COMMISSIONING) == seen(Role.ADMINISTRATOR) == []
    assert waiting.waiting_on(books.session, roads) == [request]
