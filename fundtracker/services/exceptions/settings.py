"""The office's own settings of the rules: which are watched, their days and per cent, whose they are, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.services.exceptions.rules import RULES, Rule
from fundtracker.services.office import find_office
from fundtracker.store.forecasts import ExceptionRule, ExceptionStep

MOST_DAYS = 3650
ALL = 100  # per cent
SETTINGS = "settings"  # what the changes of settings are kept under, beside what is said of exceptions


class NotTunableError(Refusal):
    """A number of days or a per cent that a rule could not look by."""


@dataclass(frozen=True, kw_only=True)
class Tuned:
    """A rule as the office set it."""

    rule: Rule
    watched: bool
    days: int | None
    percent: int | None
    owner: str
    action: str

    @property
    def says(self) -> str:
        """Write the settings in one line, as the history of them shows it."""
        parts = [
            self.rule.words + (":" if self.watched else " (not watched):"),
            f"{self.days} days" if self.days is not None else "",
            f"{self.percent}%" if self.percent is not None else "",
            f"{self.owner}; {self.action}",
        ]
        return " ".join(filter(None, parts)) + "."


def read_rules(session: Session) -> dict[Rule, Tuned]:
    """Give every rule as the office set it, in the order in which they are looked by."""
    rows = {row.rule: row for row in session.scalars(select(ExceptionRule))}
    return {rule: _tuned(rule, rows.get(rule.value)) for rule in Rule}


def tune(session: Session, *, tuned: Tuned, by: Actor) -> bool:
    """
    Set a rule, and say whether anything changed; who changed it, when and from what is kept.

    Raises NotTunableError for days outside 0 to 3,650 or a per cent outside 1 to 100.
    """
    _check(tuned)
    row = session.scalar(select(ExceptionRule).where(ExceptionRule.rule == tuned.rule.value))
    before = _tuned(tuned.rule, row)
    facts = RULES[tuned.rule]
    after = Tuned(
        rule=tuned.rule, watched=tuned.watched, days=tuned.days if facts.days is not None else None,
        percent=tuned.percent if facts.percent is not None else None,
        owner=one_line(tuned.owner) or facts.owner, action=one_line(tuned.action) or facts.action,
    )  # fmt: skip
    if after == before:
        return False
    row = row or ExceptionRule(rule=tuned.rule.value)
    row.watched, row.days, row.percent, row.owner, row.action = (
        after.watched, after.days, after.percent, after.owner, after.action
    )  # fmt: skip
    session.add(row)
    _keep(session, f"{after.says} It was: {before.says}", by)
    return True


def set_lead_times(session: Session, *, renew_days: int, procure_days: int, by: Actor) -> bool:
    """Set the days that it takes to renew a grant and to procure a contract, and say whether either changed."""
    for name, days in (("renew_days", renew_days), ("procure_days", procure_days)):
        _check_days(days, name)
    office = find_office(session)
    was = (office.renew_days, office.procure_days)
    if was == (renew_days, procure_days):
        return False
    session.add(office)
    office.renew_days, office.procure_days = renew_days, procure_days
    says = f"{renew_days} days to renew a grant, {procure_days} to procure a contract. It was: {was[0]} and {was[1]}."
    _keep(session, says, by)
    return True


def changes(session: Session, most: int) -> Sequence[ExceptionStep]:
    """Give the newest changes of the settings: who, when, and from what to what."""
    rows = select(ExceptionStep).where(ExceptionStep.key == SETTINGS).order_by(ExceptionStep.id.desc())
    return session.scalars(rows.limit(most)).all()


def _tuned(rule: Rule, row: ExceptionRule | None) -> Tuned:
    facts = RULES[rule]
    if row is None:
        return Tuned(rule=rule, watched=True, days=facts.days, percent=facts.percent, owner=facts.owner,
                     action=facts.action)  # fmt: skip
    return Tuned(
        rule=rule, watched=row.watched, days=facts.days if row.days is None else row.days,
        percent=facts.percent if row.percent is None else row.percent, owner=row.owner or facts.owner,
        action=row.action or facts.action,
    )  # fmt: skip


def _check(tuned: Tuned) -> None:
    if tuned.days is not None:
        _check_days(tuned.days, f"{tuned.rule.value}-days")
    if tuned.percent is not None and not 0 < tuned.percent <= ALL:
        raise NotTunableError("Per cent must be a whole number from 1 to 100", field=f"{tuned.rule.value}-percent")


def _check_days(days: int, field: str) -> None:
    if not 0 <= days <= MOST_DAYS:
        raise NotTunableError(f"Days must be a whole number from 0 to {MOST_DAYS:,}", field=field)


def _keep(session: Session, says: str, by: Actor) -> None:
    session.add(ExceptionStep(key=SETTINGS, note=says, made_at=now(), made_by=by.name, made_by_id=by.person_id))
    session.flush()
