"""Recording: a whole file in the caller's transaction, as one batch; or a refusal, and nothing of it."""

import json
from collections.abc import Callable, Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AmountBasis, BatchKind, Fate
from fundtracker.domain.text import LONGEST_NAME, one_line
from fundtracker.domain.years import now
from fundtracker.services.bringing.ahead import Ahead, plan_now
from fundtracker.services.bringing.answer import Answer, BringRefusedError
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.deciding import Decision
from fundtracker.services.bringing.plan import Plan, Source, Tell
from fundtracker.services.bringing.recorded_awards import AwardRecorder, allocate_what_lacks
from fundtracker.services.bringing.recorded_organisations import record_organisations, record_recipients
from fundtracker.services.bringing.recorded_others import record_applications, record_finance_lines, record_payments
from fundtracker.services.bringing.work import Link, Work
from fundtracker.store.imports import Batch, BatchRow

Recorder = Callable[[Sequence[Decision]], list[Link]]
_LINKS = ("organisation_id", "application_id", "award_id", "payment_id", "finance_line_id")


def record(
    session: Session, source: Source, choices: Choices, by: Actor, tell: Tell, *, ahead: Ahead | None = None
) -> Answer:
    """
    Record what a file states and the books do not have yet, in the caller's transaction, as it was planned ahead.

    Raises BringRefusedError, with what became of every row, where it cannot come in; nothing is recorded then.
    """
    plan = plan_now(session, source, choices, tell, ahead)
    answer = plan.answer
    if answer.refused:
        answer.tally.refuse()
        raise BringRefusedError(answer)
    if not answer.tally.fates[Fate.TAKEN].rows:
        return answer
    batch = _batch(plan, by)
    session.add(batch)
    session.flush()
    answer.batch_number = batch.id
    work = Work(session, plan, batch, by)
    record_recipients(work)
    allocate_what_lacks(work)
    _record_rows(work, _recorder(work), tell)
    session.flush()
    return answer


def _recorder(work: Work) -> Recorder:
    if work.plan.choices.kind is BatchKind.AWARDS and work.plan.fund is not None:
        return AwardRecorder(work, work.plan.fund).record
    verbs = {
        BatchKind.ORGANISATIONS: record_organisations,
        BatchKind.APPLICATIONS: record_applications,
        BatchKind.PAYMENTS: record_payments,
        BatchKind.FINANCE: record_finance_lines,
    }
    verb = verbs[work.plan.choices.kind]
    return lambda decisions: verb(work, decisions)


def _record_rows(work: Work, recorder: Recorder, tell: Tell) -> None:
    done, of = 0, work.plan.decided.length
    for decisions in work.plan.decided.chunks():
        taken = [one for one in decisions if one.fate is Fate.TAKEN]
        links = iter(recorder(taken) if taken else [])
        rows = [_row(work, one, next(links) if one.fate is Fate.TAKEN else _there(one)) for one in decisions]
        work.session.connection().execute(insert(BatchRow), rows)
        done += len(decisions)
        tell(done, of)


def _there(decision: Decision) -> Link:
    return {"award_id": decision.award} if decision.fate is Fate.ALREADY_THERE else {}


def _row(work: Work, decision: Decision, link: Link) -> dict[str, object]:
    row = decision.row
    said = [decision.says, *decision.notes, *(problem.says for problem in row.problems)]
    return {
        "batch_id": work.batch.id, "sheet": row.sheet[:LONGEST_NAME], "row": row.row, "fate": decision.fate,
        "says": " ".join(_sentence(one) for one in said if one), "amount": row.amount, "key": decision.key,
        "copy": decision.copy, "cells": json.dumps(row.cells, ensure_ascii=False),
        **{name: link.get(name) for name in _LINKS},
    }  # fmt: skip


def _sentence(says: str) -> str:
    return f"{says[0].upper()}{says[1:]}{'' if says.endswith('.') else '.'}"


def _batch(plan: Plan, by: Actor) -> Batch:
    source, tally = plan.source, plan.answer.tally
    return Batch(
        kind=plan.choices.kind, file_name=one_line(source.file_name)[:LONGEST_NAME],
        digest=source.digest, fund_id=plan.fund.id if plan.fund else None, sheet=source.table.sheet[:LONGEST_NAME],
        header_row=source.table.header_row, amount_basis=source.table.basis or AmountBasis.NONE,
        rows_read=sum(count.rows for count in tally.fates.values()),
        amount_read=Pence(sum(count.amount for count in tally.fates.values())),
        rows_taken=tally.fates[Fate.TAKEN].rows, amount_taken=Pence(tally.fates[Fate.TAKEN].amount),
        brought_in_at=now(), brought_in_by=by.name, brought_in_by_id=by.person_id,
    )  # fmt: skip
