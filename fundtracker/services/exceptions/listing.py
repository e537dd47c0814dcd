"""The exception report's list: what every rule finds as at a day, nothing twice, the most money first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.years import end_of
from fundtracker.services.exceptions import awards, beyond, finance, funds, owed, terms
from fundtracker.services.exceptions.found import Found, Look
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.exceptions.settings import SETTINGS, Tuned, read_rules
from fundtracker.services.figures import AsAt
from fundtracker.store.forecasts import ExceptionStep

FAMILIES: tuple[tuple[frozenset[Rule], Callable[[Look], Iterator[Found]]], ...] = (
    (frozenset({Rule.CUT, Rule.OVER_ALLOWANCE, Rule.OVER_ALLOCATED}), funds.find_over),
    (frozenset({Rule.TO_RECOVER}), owed.find_to_recover),
    (frozenset({Rule.CLOSED, Rule.SUSPENDED}), funds.find_stopped),
    (frozenset({Rule.HELD, Rule.OVERDUE}), owed.find_instalments),
    (frozenset({Rule.SPEND_BY}), funds.find_spend_by),
    (frozenset({Rule.FINANCE_LINE}), finance.find_lines),
    (frozenset({Rule.PAYMENT}), finance.find_payments),
    (frozenset({Rule.NEXT_YEAR, Rule.NO_VALUE}), awards.find_waiting),
    (frozenset({Rule.ENDING}), awards.find_ending),
    (frozenset({Rule.RETURN}), terms.find_late_returns),
    (frozenset({Rule.NOT_ACCEPTED}), terms.find_not_accepted),
    (frozenset({Rule.SPEND_TYPES}), awards.find_mixed),
    (frozenset({Rule.SUBSIDY}), beyond.find_subsidies),
    (frozenset({Rule.BID}), beyond.find_bids),
    (frozenset({Rule.NO_REASONS}), awards.find_unsaid),
)
_ORDER = {rule: place for place, rule in enumerate(Rule)}


@dataclass(frozen=True, kw_only=True)
class ExceptionRow:
    """
    One row of the report; `value` is pence, None where not stated, and `also` is what else is wrong with its subject.

    `owner`, `action`, `note` and `due` are what a person said last, else the rule's.
    """

    found: Found
    value: Pence | None
    age: int
    owner: str
    action: str
    note: str
    due: date
    also: tuple[Found, ...]
    step: ExceptionStep | None

    @property
    def key(self) -> str:
        """Give what knows it from one report to the next."""
        return self.found.key

    @property
    def rule(self) -> Rule:
        """Give the rule that it stands under."""
        return self.found.rule


def list_exceptions(session: Session, when: AsAt, only: Collection[Rule] | None = None) -> list[ExceptionRow]:
    """
    List what the rules that are watched find as at a day, the most money first and what states none last.

    With `only`, no other rule is looked by. What is due, held, matched or planned is as it stands now; the money and
    the days are as at the day.
    """
    rules = {rule: tuned for rule, tuned in read_rules(session).items() if tuned.watched}
    if only is not None:
        rules = {rule: tuned for rule, tuned in rules.items() if rule in only}
    look = Look(session, when, rules)
    found = [one for wanted, find in FAMILIES if look.watches(*wanted) for one in find(look) if one.rule in rules]
    steps = _steps(session, when)
    rows = [_row(one, also, rules[one.rule], steps.get(one.key), look.day) for one, also in _once(found)]
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0), _ORDER[row.rule], row.key))


def _once(found: Iterable[Found]) -> list[tuple[Found, tuple[Found, ...]]]:
    """
    Put each subject under the first rule that it meets, and take parts that stand alone off the sum they are of.

    What is wrong with an award as a whole stands beside the first row of its money, where it has one.
    """
    by_subject: dict[str, list[Found]] = defaultdict(list)
    row_of: dict[str, str] = {}
    for one in sorted(found, key=lambda one: _ORDER[one.rule]):
        whole = one.subject == f"award:{one.award}"
        by_subject[row_of.get(one.award, one.subject) if whole else one.subject].append(one)
        if one.award:
            row_of.setdefault(one.award, one.subject)
    firsts = [(mine[0], mine[1:]) for mine in by_subject.values()]
    parts: dict[str, int] = defaultdict(int)
    for first, _ in firsts:
        parts[first.part_of] += first.amount or 0
    kept = []
    for first, others in firsts:
        rest = _without_parts(first, parts[first.holds] if first.holds else 0)
        if rest is not None:
            kept.append((rest, tuple({one.rule: one for one in others if one.rule is not first.rule}.values())))
    return kept


def _without_parts(one: Found, parts: int) -> Found | None:
    """Take off what stands in rows of its own; nothing is left of a row where all of it does."""
    if not parts or one.amount is None:
        return one
    return Found(**{**vars(one), "amount": Pence(one.amount - parts)}) if one.amount > parts else None


def _steps(session: Session, when: AsAt) -> dict[str, ExceptionStep]:
    """Give what was said last of each exception, by the end of the day."""
    newest = select(func.max(ExceptionStep.id)).where(ExceptionStep.key != SETTINGS)
    newest = newest if when.kept else newest.where(ExceptionStep.made_at < end_of(when.day))
    rows = select(ExceptionStep).where(ExceptionStep.id.in_(newest.group_by(ExceptionStep.key)))
    return {step.key: step for step in session.scalars(rows)}


def _row(one: Found, also: tuple[Found, ...], rule: Tuned, step: ExceptionStep | None, day: date) -> ExceptionRow:
    return ExceptionRow(
        found=one, value=one.amount, age=max(0, (day - one.since).days), also=also, step=step,
        owner=(step.owner if step else "") or rule.owner, action=(step.action if step else "") or rule.action,
        note=step.note if step else "", due=(step.due_on if step else None) or one.due,
    )  # fmt: skip
