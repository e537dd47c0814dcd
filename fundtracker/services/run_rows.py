"""The rows of a payment run, as people and the finance system read them: payee, coding, and how far each has come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.money import Pence
from fundtracker.services.confirming import PaymentState, payment_state
from fundtracker.services.organisations import root_of
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.funds import BudgetLine
from fundtracker.store.runs import PaymentRun, RunLine
from fundtracker.store.schedules import Instalment


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One payment of a run, in pence; it has a reference and a state of its own from when the run is sent."""

    key: int
    payee: str
    number: str
    benefits: str
    award: str
    fund: str
    fund_reference: str
    line_label: str
    amount: Pence
    invoice_number: str
    po_number: str
    cost_centre: str
    subjective: str
    project: str
    payment: str
    state: PaymentState | None
    voucher: str
    confirmed_on: date | None


def rows_of_run(session: Session, run: PaymentRun) -> list[RunRow]:
    """Give the payments of a run in its order, each coded as its instalment says, or else its fund."""
    award = joinedload(RunLine.award_line).joinedload(AwardLine.award).joinedload(Award.organisation)
    fund = joinedload(RunLine.award_line).joinedload(AwardLine.budget_line).joinedload(BudgetLine.fund)
    mine = select(RunLine).where(RunLine.run_id == run.id).order_by(RunLine.position)
    lines = session.scalars(mine.options(award, fund, joinedload(RunLine.instalment))).all()
    made = select(Payment, payment_state()).where(Payment.run_line_id.in_([line.id for line in lines]))
    # The latest of a line is what stands: one found on the wrong award was posted again on the right one.
    paid = {payment.run_line_id: (payment, state) for payment, state in session.execute(made.order_by(Payment.id))}
    return [_row(line, *paid.get(line.id, (None, None))) for line in lines]


def coding_of(line: AwardLine, instalment: Instalment | None) -> tuple[str, str, str]:
    """Give the cost centre, the subjective and the project that a payment is charged to."""
    fund, own = line.budget_line.fund, instalment or Instalment(cost_centre="", subjective="", project="")
    return own.cost_centre or fund.cost_centre, own.subjective or fund.subjective, own.project or fund.project


def _row(line: RunLine, payment: Payment | None, state: str | None) -> RunRow:
    award, budget = line.award_line.award, line.award_line.budget_line
    payee = root_of(award.organisation)
    cost_centre, subjective, project = coding_of(line.award_line, line.instalment)
    return RunRow(
        key=line.id, payee=payee.name, number=payee.charity_number or payee.company_number, benefits=award.benefits,
        award=award.reference, fund=budget.fund.name, fund_reference=budget.fund.reference, line_label=budget.label,
        amount=line.amount, invoice_number=line.invoice_number,
        po_number=line.instalment.po_number if line.instalment else "", cost_centre=cost_centre,
        subjective=subjective, project=project, payment=payment.reference if payment else "",
        state=PaymentState(state) if state else None, voucher=payment.voucher if payment else "",
        confirmed_on=payment.confirmed_on if payment else None,
    )  # fmt: skip
