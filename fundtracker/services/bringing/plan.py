"""The plan: what becomes of every row of a file, decided against the books; nothing is written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import BatchKind, Fate
from fundtracker.services.bringing.answer import REFUSED, Answer, Matched, PlannedRow
from fundtracker.services.bringing.awards import Awards
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.deciding import Days, Decider, Decision, decide_all
from fundtracker.services.bringing.finance import FinanceLines
from fundtracker.services.bringing.gone import gone_organisations
from fundtracker.services.bringing.keys import Keys
from fundtracker.services.bringing.known import Known, read_known
from fundtracker.services.bringing.lines import YearLines
from fundtracker.services.bringing.organisations import Applications, Organisations
from fundtracker.services.bringing.payments import Payments
from fundtracker.services.bringing.questions import ask
from fundtracker.services.bringing.recipients import Recipients
from fundtracker.services.bringing.spool import Spool
from fundtracker.services.bringing.stated import Problem, StatedRow, TableFound
from fundtracker.services.bringing.words import words_of
from fundtracker.services.funds import check_takes_money, check_takes_new, find_fund
from fundtracker.store.funds import Fund

Tell = Callable[[int, int | None], None]
"""Told how many rows are done, and of how many."""


class FundMissingError(Refusal):
    """Rows that belong to a fund, without one."""


@dataclass
class Source:
    """A file that has been read: its name and fingerprint, the table that was found, and its rows."""

    file_name: str
    digest: str
    table: TableFound
    rows: Spool[StatedRow]


@dataclass
class Plan:
    """What would be recorded, and the answer about it."""

    source: Source
    choices: Choices
    fund: Fund | None
    answer: Answer
    recipients: Recipients
    lines: YearLines | None = None
    references: set[int] = field(default_factory=set)
    decided: Spool[Decision] = field(default_factory=Spool)


def make_plan(session: Session, source: Source, choices: Choices, tell: Tell) -> Plan:
    """Decide on every row of a file; the answer says `refused` where it cannot come in as it stands."""
    answer = Answer(choices.kind, source.file_name, source.table)
    fund = _fund(session, choices)
    finds = choices.kind is not BatchKind.FINANCE
    recipients = Recipients(read_known(session) if finds else Known(), choices.same)
    plan = Plan(source, choices, fund, answer, recipients)
    if source.table.lacks:
        answer.refused = source.table.lacks
        left = (Decision(row, Fate.LEFT_OUT, row.left_out or REFUSED) for row in source.rows)
        plan.decided.extend(_tallied(answer, left, tell, source.rows.length))
        answer.planned = _Planned(plan)
        return plan
    decider = _decider(session, plan)
    if isinstance(decider, Awards):
        plan.lines, plan.references = decider.lines, decider.given
    records = (row for row in source.rows if not row.left_out)
    keys = Keys(choices.kind, fund.id if fund else None, records)
    decided = decide_all(session, choices, source.rows.chunks(), keys, decider)
    plan.decided.extend(_tallied(answer, decided, tell, source.rows.length))
    answer.planned = _Planned(plan)
    _say_organisations(plan)
    _check(plan)
    return plan


def _fund(session: Session, choices: Choices) -> Fund | None:
    if not choices.needs_fund:
        return None
    if not choices.fund:
        raise FundMissingError("Choose the fund that these rows belong to.", field="fund")
    fund = find_fund(session, choices.fund)
    if choices.kind is not BatchKind.PAYMENTS:
        check_takes_new(fund, choices.kind.value)
    if choices.with_allocation:
        check_takes_money(fund, "allocation")
    return fund


def _decider(session: Session, plan: Plan) -> Decider:
    days = Days(session, plan.choices.undated)
    if plan.fund is None:
        if plan.choices.kind is BatchKind.FINANCE:
            return FinanceLines()
        return Organisations(plan.recipients, gone_organisations(session))
    if plan.choices.kind is BatchKind.AWARDS:
        return Awards(session, plan.fund, plan.recipients, days)
    if plan.choices.kind is BatchKind.PAYMENTS:
        return Payments(session, plan.fund, plan.recipients, days)
    return Applications(plan.recipients, days)


def _tallied(answer: Answer, decided: Iterable[Decision], tell: Tell, of: int) -> Iterator[Decision]:
    for done, decision in enumerate(decided, start=1):
        answer.tally.count(decision.fate, decision.says, decision.row.amount)
        answer.tally.note(problems_of(decision))
        if not done % _TELL_EVERY or done == of:
            tell(done, of)
        yield decision


_TELL_EVERY = 1_000


def problems_of(decision: Decision) -> list[Problem]:
    """Give what a person should look at in a row: what was read with difficulty, what is odd, why it is left out."""
    says = list(decision.notes)
    if decision.fate is Fate.LEFT_OUT and decision.says not in (decision.row.left_out, REFUSED):
        says.append(f"Left out: {decision.says}.")
    return [*decision.row.problems, *(Problem(decision.row.sheet, decision.row.row, "", one) for one in says)]


def _say_organisations(plan: Plan) -> None:
    met, names = plan.recipients.met.values(), plan.recipients.known.names
    plan.answer.new_organisations = [(one.name, one.rows) for one in met if one.id is None]
    plan.answer.matched = [
        Matched(one.id, names.get(one.id, ""), tuple(one.spellings), one.rows) for one in met if one.id is not None
    ]
    plan.answer.questions, rest = ask(met, plan.recipients.known)
    if rest:
        says = f"{rest:,} more names are new, and are too many to say which are like others."
        plan.answer.tally.note([Problem(plan.source.table.sheet, None, "", says)])


def _check(plan: Plan) -> None:
    """Refuse awards of more than the fund has left, or dated before it was allocated."""
    if plan.lines is None:
        return
    plan.answer.shortfall = plan.lines.shorts()
    refused = plan.lines.says_early(plan.choices.with_allocation)
    if not plan.choices.with_allocation:
        refused = plan.lines.says_short() or refused
    if refused:
        plan.answer.refused = f"Nothing was brought in. {refused}"


class _Planned:
    """The rows of a plan, for whoever shows them, one by one."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __iter__(self) -> Iterator[PlannedRow]:
        names = self._plan.recipients
        for one in self._plan.decided:
            row = one.row
            said = tuple(problems_of(one))
            to = names.name_of(one.to) if one.to is not None else ""
            yield PlannedRow(
                row.sheet, row.row, one.fate, one.says, row.amount, said, row.cells,
                words_of(one, to) if one.fate is Fate.TAKEN else "",
            )  # fmt: skip
