"""The ranking of a fund's applications that wait, and the line to which its money reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, func, not_, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.percentages import tenths_of
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services.interests import reader, touched
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.applications import Application
from fundtracker.store.assessments import Assessment, AssessmentScore, Criterion, Recommendation
from fundtracker.store.funds import Fund


class Case(NamedTuple):
    """One application: what it asks and what is recommended in pence, and its score agreed on in per cent."""

    id: int
    reference: str
    organisation: str
    asked_for: Pence | None
    recommended: Pence | None
    agreed: int | None


@dataclass(frozen=True)
class Ranked:
    """
    One application in its place: its score in tenths of a per cent, and how many assessed it.

    `wanted` is what is recommended, else asked for; `left` what the fund has left after it and all above it, in pence.
    """

    case: Case
    place: int
    score: int | None
    assessors: int
    wanted: Pence
    left: Pence

    @property
    def funded(self) -> bool:
        """Say whether the money reaches to here."""
        return self.left >= 0


def rank(session: Session, fund: Fund) -> list[Ranked]:
    """Rank the applications of a fund that wait and that the reader may see, the highest score first."""
    scored = _scores(session, fund)
    cases = [(Case(*row), *scored.get(row.id, (None, 0))) for row in session.execute(_cases(fund, reader(session)))]
    agreed = [(case, case.agreed * 10 if case.agreed is not None else score, count) for case, score, count in cases]
    agreed.sort(key=lambda one: (one[1] is None, -(one[1] or 0), one[0].reference))
    left: int = sum(line.remaining for line in fund.lines)
    ranked = list[Ranked]()
    for place, (case, score, count) in enumerate(agreed, start=1):
        wanted = case.recommended if case.recommended is not None else case.asked_for or Pence(0)
        left -= wanted
        ranked.append(Ranked(case, place, score, count, wanted, Pence(left)))
    return ranked


def _cases(fund: Fund, person_id: int | None) -> Select[int, str, str, Pence | None, Pence | None, int | None]:
    newest = select(func.max(Recommendation.id)).group_by(Recommendation.application_id)
    stands = (Recommendation.application_id == Application.id) & Recommendation.id.in_(newest)
    tree = merged()
    facts = (Application.id, Application.reference, Payee.name, Application.asked_for)
    rows = (
        select(*facts, Recommendation.amount, Recommendation.score)
        .outerjoin(tree, tree.c.id == Application.organisation_id)
        .join(Payee, Payee.id == payee_of(tree, Application.organisation_id))
        .outerjoin(Recommendation, stands)
        .where(Application.fund_id == fund.id, Application.status == ApplicationStatus.RECEIVED)
    )
    if person_id is not None:
        rows = rows.where(not_(touched(person_id, tree, payee_of(tree, Application.organisation_id))))
    return rows


def _scores(session: Session, fund: Fund) -> dict[int, tuple[int | None, int]]:
    """Give each application's score in tenths of a per cent, over its assessors, and how many they are."""
    newest = select(func.max(Assessment.id)).group_by(Assessment.application_id, Assessment.made_by_id)
    got = func.sum(AssessmentScore.score * Criterion.weight)
    most = func.sum(Criterion.most * Criterion.weight)
    rows = (
        select(Assessment.application_id, got, most, func.count(Assessment.id.distinct()))
        .join(Application, Application.id == Assessment.application_id)
        .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
        .join(Criterion, Criterion.id == AssessmentScore.criterion_id)
        .where(Application.fund_id == fund.id, Assessment.id.in_(newest))
        .group_by(Assessment.application_id)
    )
    return {key: (tenths_of(int(got), int(most)), count) for key, got, most, count in session.execute(rows)}


def reaches(ranked: Sequence[Ranked]) -> int:
    """Give the place of the last application that the money reaches, counting from the first without a break."""
    last = 0
    for one in ranked:
        if not one.funded:
            break
        last = one.place
    return last
