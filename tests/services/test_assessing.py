"""Assessing: criteria as they are typed, scores with reasons by several people, and how far the money reaches."""

from dataclasses import replace

import pytest

from fundtracker.domain.approvals import ApprovalRefusedError
from fundtracker.domain.refusals import ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor, Role
from fundtracker.services import applications
from fundtracker.services.approvals.awarding import propose_award
from fundtracker.services.assessing.criteria import (
    CriterionNotUnderstoodError,
    Wanted,
    criteria_of,
    read_criteria,
    set_criteria,
)
from fundtracker.services.assessing.ranking import rank, reaches
from fundtracker.services.assessing.scores import (
    Score,
    ScoreRefusedError,
    assess,
    assessments_of,
    recommend,
    recommendations_of,
)
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.interests import declare_interest
from fundtracker.services.people import add_person
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import BY
from tests.books.builder import Books, particulars, pence
from tests.services.approvals.people import Office


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund of £250.00 that scores need twice."""
    fund = books.fund("250", reference="SRF20")
    books.change(set_criteria, fund=fund, wanted=read_criteria(["Fits the plan: 5", "Need: 5 x 2"]))
    return fund


def _apply(books: Books, fund: Fund, name: str, asked: str) -> Application:
    details = applications.ApplicationDetails(fund=fund, organisation=books.organisation(name), asked_for=pence(asked))
    return books.do(applications.log_application, details=details)


def _person(books: Books, name: str) -> Actor:
    person = books.change(add_person, email=f"{name}@example.org", name=name, role=Role.COMMISSIONING)
    return Actor(person.name, person.id)


def _score(books: Books, application: Application, by: Actor, *given: int) -> None:
    criteria = criteria_of(books.session, application.fund)
    scores = {one.id: Score(score, "Seen") for one, score in zip(criteria, given, strict=True)}
    books.change(assess, application=application, scores=scores, by=by)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("Fits the plan: 5", Wanted("Fits the plan", 5)), (" Need:10x3 ", Wanted("Need", 10, 3)),
     ("Value: for money: 4 × 2", Wanted("Value: for money", 4, 2))],
)  # fmt: skip
def test_criteria_are_read_as_they_are_typed(line: str, wanted: Wanted) -> None:
    assert read_criteria(["", line]) == [wanted]
    assert read_criteria([wanted.line]) == [wanted]


@pytest.mark.parametrize("line", ["Need", "Need: 0", "Need: 101", "Need: 5 x 0", ": 5", "Need: five", "Need: 5 x"])
def test_other_lines_are_refused_in_words(line: str) -> None:
    with pytest.raises(CriterionNotUnderstoodError, match="highest score"):
        read_criteria([line])


def test_each_assessor_counts_once_and_the_newest_of_each(books: Books, fund: Fund) -> None:
    riders = _apply(books, fund, "Riders", "100")
    ann, bo = _person(books, "ann"), _person(books, "bo")
    _score(books, riders, ann, 0, 0)
    _score(books, riders, ann, 5, 5)
    _score(books, riders, bo, 0, 4)
    assert [one.made_by for one in assessments_of(books.session, riders)] == ["ann", "bo"]
    (ranked,) = rank(books.session, fund)
    assert (ranked.score, ranked.assessors) == (767, 2)  # (15 + 8) of 30


def test_a_score_needs_its_reason_and_its_place(books: Books, fund: Fund) -> None:
    riders, ann = _apply(books, fund, "Riders", "100"), _person(books, "ann")
    one, two = criteria_of(books.session, fund)
    for scores, refusal in (
        ({one.id: Score(5, "Yes")}, ScoreRefusedError),
        ({one.id: Score(6, "Yes"), two.id: Score(1, "Yes")}, ScoreRefusedError),
        ({one.id: Score(5, " "), two.id: Score(1, "Yes")}, ReasonMissingError),
    ):
        with pytest.raises(refusal):
            books.change(assess, application=riders, scores=scores, by=ann)
    with pytest.raises(WrongStateError, match="A person assesses"):
        books.change(assess, application=riders, scores={}, by=Actor("command line"))
    books.do(applications.decline, application=riders, reasons="No")
    with pytest.raises(WrongStateError):
        _score(books, riders, ann, 5, 5)


def test_the_money_reaches_down_the_ranking_and_moves_with_it(books: Books, fund: Fund) -> None:
    ann = _person(books, "ann")
    low, high, middle = (_apply(books, fund, name, "100") for name in ("Low", "High", "Middle"))
    unscored = _apply(books, fund, "Unscored", "10")
    for application, given in ((low, 1), (high, 5), (middle, 3)):
        _score(books, application, ann, given, given)

    def places() -> list[tuple[str, bool]]:
        return [(one.case.organisation, one.funded) for one in rank(books.session, fund)]

    assert places() == [("High", True), ("Middle", True), ("Low", False), ("Unscored", False)]
    assert reaches(rank(books.session, fund)) == 2
    books.change(recommend, application=high, amount="40", reason="Less is enough", by=ann)
    assert reaches(rank(books.session, fund)) == 4
    books.change(recommend, application=unscored, amount="300", score=99, reason="Agreed on", by=ann)
    assert places()[0] == ("High", True)
    assert [one.made_by for one in recommendations_of(books.session, unscored)] == ["ann"]
    assert reaches(rank(books.session, fund)) == 1


def test_who_declared_an_interest_does_not_see_it_ranked(books: Books, fund: Fund) -> None:
    riders, ann = _apply(books, fund, "Riders", "100"), _person(books, "ann")
    books.change(declare_interest, touching=riders, words="Trustee", by=ann)
    books.session.info[BY] = ann
    assert rank(books.session, fund) == []


def test_criteria_that_go_leave_what_was_scored_on_them(books: Books, fund: Fund) -> None:
    riders, ann = _apply(books, fund, "Riders", "100"), _person(books, "ann")
    _score(books, riders, ann, 5, 5)
    books.change(set_criteria, fund=fund, wanted=[Wanted("Value", 10)])
    assert [one.name for one in criteria_of(books.session, fund)] == ["Value"]
    (kept,) = assessments_of(books.session, riders)
    assert [one.criterion.name for one in kept.scores] == ["Fits the plan", "Need"]


def test_nobody_approves_an_award_that_they_assessed(books: Books, fund: Fund) -> None:
    riders, ann = _apply(books, fund, "Riders", "100"), _person(books, "ann")
    office = Office(books)
    manager, other = office.person(Role.MANAGER, "manager"), office.person(Role.MANAGER, "other")
    _score(books, riders, manager, 5, 5)
    share = Share(line=fund.lines[0], amount=pence("100"))
    details = AwardDetails(recipient=riders.organisation, shares=(share,), application=riders)
    proposal = propose_award(books.session, details=details, particulars=replace(particulars(), by=ann))
    books.session.rollback()
    request = office.ask(proposal)
    with pytest.raises(ApprovalRefusedError, match="You had a hand in this"):
        office.approve(request, manager)
    assert office.approve(request, other).award is not None
