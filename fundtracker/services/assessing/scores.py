"""Scores: each assessor's own, with a reason for each, and what is recommended after they are talked over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import ReasonMissingError, Refusal, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import now
from fundtracker.services.allocations import not_below_zero
from fundtracker.services.applications import check_waiting
from fundtracker.services.assessing.criteria import criteria_of
from fundtracker.store.applications import Application
from fundtracker.store.assessments import Assessment, AssessmentScore, Recommendation

PER_CENT = 100


class ScoreRefusedError(Refusal):
    """A score that is missing, or more than the highest."""


@dataclass(frozen=True)
class Score:
    """What one criterion is given, and why."""

    score: int | None
    reason: str


def assess(
    session: Session, *, application: Application, scores: Mapping[int, Score], by: Actor, words: str = ""
) -> Assessment:
    """
    Score an application that waits on each criterion of its fund; a later assessment takes the place of one's own.

    Raises ScoreRefusedError, ReasonMissingError for a score without its reason, WrongStateError for one decided.
    """
    check_waiting(application)
    criteria = criteria_of(session, application.fund)
    if not criteria:
        raise WrongStateError(f"{application.fund.name} has no criteria yet. Set them on the fund first.")
    if by.person_id is None:
        raise WrongStateError("A person assesses. Sign in and do it on a page.")
    made = Assessment(application_id=application.id, words=clean(words), made_at=now(), made_by=by.name,
                      made_by_id=by.person_id)  # fmt: skip
    for criterion in criteria:
        given = scores.get(criterion.id) or Score(None, "")
        if given.score is None or not 0 <= given.score <= criterion.most:
            raise ScoreRefusedError(f"Score must be from 0 to {criterion.most}", field=f"score-{criterion.id}")
        if not one_line(given.reason):
            raise ReasonMissingError(f"Enter why “{criterion.name}” has this score", field=f"reason-{criterion.id}")
        made.scores.append(AssessmentScore(criterion=criterion, score=given.score, reason=clean(given.reason)))
    session.add(made)
    session.flush()
    return made


def recommend(
    session: Session, *, application: Application, amount: Pence | None, reason: str, by: Actor,
    score: int | None = None,
) -> Recommendation:  # fmt: skip
    """
    Recommend an amount in pence, nought for none, and a score in per cent where the assessors agreed on one.

    Raises ReasonMissingError, BelowZeroError, ScoreRefusedError, WrongStateError for an application decided.
    """
    check_waiting(application)
    not_below_zero(amount, "amount")
    if not one_line(reason):
        raise ReasonMissingError("Enter why this is recommended", field="reason")
    if score is not None and not 0 <= score <= PER_CENT:
        raise ScoreRefusedError("Score must be from 0 to 100", field="score")
    made = Recommendation(application_id=application.id, amount=amount, score=score, reason=clean(reason),
                          made_at=now(), made_by=by.name, made_by_id=by.person_id)  # fmt: skip
    session.add(made)
    session.flush()
    return made


def assessments_of(session: Session, application: Application) -> Sequence[Assessment]:
    """Give the newest assessment of each assessor, in the order in which they were made."""
    whole = selectinload(Assessment.scores).joinedload(AssessmentScore.criterion)
    rows = select(Assessment).where(Assessment.application_id == application.id).order_by(Assessment.id)
    newest = {one.made_by_id: one for one in session.scalars(rows.options(whole))}
    return sorted(newest.values(), key=lambda one: one.id)


def recommendations_of(session: Session, application: Application) -> Sequence[Recommendation]:
    """Give what was recommended for an application, the newest first."""
    mine = select(Recommendation).where(Recommendation.application_id == application.id)
    return session.scalars(mine.order_by(Recommendation.id.desc())).all()
