"""Recording applications, payments and finance lines."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.domain.text import LONGEST_NAME, match_key, one_line
from fundtracker.services.applications import (
    ApplicationDetails,
    decline,
    log_application,
    withdraw_application,
)
from fundtracker.services.bringing.deciding import Decision
from fundtracker.services.bringing.organisations import outcome_of
from fundtracker.services.bringing.work import Link, Work
from fundtracker.services.payments import pay
from fundtracker.store.awards import AwardLine
from fundtracker.store.organisations import Organisation
from fundtracker.store.reconciling import FinanceLine


def record_applications(work: Work, decisions: Sequence[Decision]) -> list[Link]:
    """Log applications, declined or withdrawn where their rows say so."""
    to = work.load_organisations(decisions)
    return [_log(work, decision, to[decision.to or 0]) for decision in decisions]


def _log(work: Work, decision: Decision, organisation: Organisation) -> Link:
    values, fund = decision.row.values, work.plan.fund
    if fund is None or decision.on is None:
        return {}
    words = (str(values.get(name, "")) for name in ("title", "purpose"))
    details = ApplicationDetails(
        fund=fund, organisation=organisation, asked_for=decision.row.amount, purpose="\n".join(filter(None, words)),
        benefits=str(values.get("benefits", "")),
    )  # fmt: skip
    particulars = work.particulars(decision.on, f"Brought in from {work.batch.file_name}, row {decision.row.row}")
    with work.row(decision):
        application = log_application(work.session, details=details, particulars=particulars)
        application.identifier = one_line(str(values.get("identifier") or values.get("reference") or ""))[:LONGEST_NAME]
        application.batch_id = work.batch.id
        match outcome_of(values):
            case ApplicationStatus.DECLINED:
                says = str(values.get("reasons") or values.get("notes") or values.get("status"))
                decline(work.session, application=application, reasons=says, particulars=particulars)
            case ApplicationStatus.WITHDRAWN:
                withdraw_application(work.session, application=application, particulars=particulars)
    return {"application_id": application.id}


def record_payments(work: Work, decisions: Sequence[Decision]) -> list[Link]:
    """Pay awards what their rows say was paid."""
    wanted = select(AwardLine).where(AwardLine.id.in_({one.line for one in decisions}))
    lines = {line.id: line for line in work.session.scalars(wanted.options(joinedload(AwardLine.award)))}
    return [_pay(work, decision, lines[decision.line or 0]) for decision in decisions]


def _pay(work: Work, decision: Decision, line: AwardLine) -> Link:
    values, amount = decision.row.values, decision.row.amount
    if amount is None or decision.on is None:
        return {}
    says = str(values.get("description") or values.get("notes") or "")
    particulars = work.particulars(decision.on, says, original=decision.original, doubt=decision.doubt)
    with work.row(decision):
        payment = pay(
            work.session, line=line, amount=amount, particulars=particulars,
            invoice_number=str(values.get("invoice_number", "")), voucher=_voucher(values),
        )  # fmt: skip
    return {"payment_id": payment.id, "award_id": line.award_id}


def _voucher(values: Mapping[str, object]) -> str:
    return str(values.get("voucher") or values.get("reference") or values.get("identifier") or "")


def record_finance_lines(work: Work, decisions: Sequence[Decision]) -> list[Link]:
    """Keep the finance system's lines as they came."""
    added = insert(FinanceLine).returning(FinanceLine.id, sort_by_parameter_order=True)
    rows = [_line(work, decision) for decision in decisions]
    ids = work.session.connection().execute(added, rows).scalars().all()  # without the session: it would take as long
    return [{"finance_line_id": key} for key in ids]


def _line(work: Work, decision: Decision) -> dict[str, object]:
    row = decision.row
    text = {name: str(row.values.get(name, "")) for name in _TEXTS}
    payee = text["payee"][:LONGEST_NAME]
    return {
        "batch_id": work.batch.id, "sheet": row.sheet[:LONGEST_NAME], "row": row.row,
        "on_date": row.values.get("on_date"),
        "amount": row.amount, "payee_key": match_key(payee), **text,
        **{name: row.values.get(name) for name in ("net", "vat", "gross")},
    }  # fmt: skip


_TEXTS = (
    "payee", "supplier_number", "reference", "invoice_number", "description", "unit", "cost_centre", "account",
)  # fmt: skip
