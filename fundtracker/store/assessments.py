"""Assessments: a fund's criteria, what each assessor gave an application for them, and what was recommended."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.store.base import Base, Name, RowId
from fundtracker.store.signed import Made


class Criterion(Base):
    """One thing that applications to a fund are scored on, from nought to `most`, counted `weight` times."""

    __tablename__ = "criterion"

    id: Mapped[RowId]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    name: Mapped[Name]
    guidance: Mapped[str] = mapped_column(default="")
    most: Mapped[int]
    weight: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    live: Mapped[bool] = mapped_column(default=True)


class Assessment(Made, Base):
    """What one assessor made of an application; a later one by the same person takes its place."""

    __tablename__ = "assessment"

    id: Mapped[RowId]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    words: Mapped[str] = mapped_column(default="")

    scores: Mapped[list["AssessmentScore"]] = relationship(order_by="AssessmentScore.id")


class AssessmentScore(Base):
    """The score that an assessment gives for one criterion, and why."""

    __tablename__ = "assessment_score"
    __table_args__ = (UniqueConstraint("assessment_id", "criterion_id"),)

    id: Mapped[RowId]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    score: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")

    criterion: Mapped[Criterion] = relationship()


class Recommendation(Made, Base):
    """What is recommended for an application, in pence, and the moderated score; the newest counts."""

    __tablename__ = "recommendation"

    id: Mapped[RowId]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    amount: Mapped[Pence | None]
    score: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
