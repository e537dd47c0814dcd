"""Outcomes: the results that a fund asks applications to achieve, edited while applications name them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import OutcomeMissingError, Refusal
from fundtracker.domain.text import one_line
from fundtracker.store.applications import application_outcome
from fundtracker.store.funds import Fund, FundOutcome


class OutcomeInUseError(Refusal):
    """An outcome taken away while an application names it."""


def check_named(fund: Fund, outcomes: Sequence[FundOutcome]) -> None:
    """Refuse an application that names no outcome, where its fund asks for one."""
    if fund.outcome_needed and not outcomes:
        raise OutcomeMissingError(f"Choose at least one outcome: {fund.name} asks for one or more.", field="outcomes")


def set_outcomes(session: Session, *, fund: Fund, words: Sequence[str]) -> None:
    """
    Give a fund its outcomes in this order: as many as before are the same ones in new words.

    With any, an application has to name one. Raises OutcomeInUseError for one taken away that an application names.
    """
    wanted = list(dict.fromkeys(filter(None, map(one_line, words))))
    known = {outcome.words: outcome for outcome in fund.outcomes}
    if len(wanted) == len(fund.outcomes) and not known.keys() >= set(wanted):
        known = dict(zip(wanted, fund.outcomes, strict=True))
    for outcome in fund.outcomes:
        if outcome not in [known.get(text) for text in wanted]:
            _check_unused(session, outcome)
            session.delete(outcome)
    fund.outcomes = [known.get(text) or FundOutcome(fund_id=fund.id, words=text, position=0) for text in wanted]
    for position, (text, outcome) in enumerate(zip(wanted, fund.outcomes, strict=True), start=1):
        outcome.position, outcome.words = position, text
    fund.outcome_needed = bool(wanted)
    session.flush()


def _check_unused(session: Session, outcome: FundOutcome) -> None:
    named = select(func.count()).where(application_outcome.c.fund_outcome_id == outcome.id)
    if count := session.scalar(named):
        applications = "1 application names" if count == 1 else f"{count} applications name"
        raise OutcomeInUseError(
            f"{applications} the outcome “{outcome.words}”, so it cannot be taken away. Keep its line, or change its "
            "words and nothing else.",
            field="outcomes",
        )
