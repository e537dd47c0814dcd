"""Payments: recording one, in whole or in part, and what is known of one."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.years import today
from fundtracker.services import effects, histories, undoing
from fundtracker.services.approvals.paying import propose_payments
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.award_steps import payable
from fundtracker.services.awards import find_award
from fundtracker.services.confirming import run_of, state_of
from fundtracker.services.dues import Due
from fundtracker.services.entries import name_of
from fundtracker.services.payments import find_payment
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.approvals.told import told_by
from fundtracker.web.awards.lines import line_named
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.particulars import particulars_of
from fundtracker.web.payments.doubting import DoubtingForm
from fundtracker.web.prefilled import prefilled
from fundtracker.web.seen import check_awards_stand, last_entry


class PaymentForm(DoubtingForm):
    """Money sent for an award."""

    line = RadioField("Paid from", required="Choose which part of the award is paid", choices={})
    amount = PenceField("Amount paid", required="Enter the amount paid", hint="All that is to pay, or a part of it.")
    on = DateField("Date paid", required="Enter the date that it was paid", past=True)
    invoice_number = TextField("Invoice number", longest=100)
    voucher = TextField("Voucher", longest=100, hint="The finance system’s number for this payment.")
    narrative = LongTextField("Notes")


@dataclass(frozen=True)
class PaidSums:
    """An award's sums now, and after a payment; pence."""

    now: Balance
    this: Pence

    @property
    def after(self) -> Balance:
        """Give the sums with this payment in them."""
        return self.now + Balance(paid=self.this, to_pay=Pence(-self.this))


@pages.route("/awards/<path:ref>/pay", methods=["GET", "POST"])
def pay(ref: str) -> ResponseReturnValue:
    """Record a payment of an award, in whole or in part."""
    award = find_award(reading(), ref)
    if not award.lines:
        raise WrongStateError(f"{award.reference} is a gift in kind: no money is paid on it.")
    form = _form(award)

    def propose(session: Session) -> Proposal:
        own = find_award(session, ref)
        check_awards_stand(session, [own])
        one = Due(line=_line(own, form), amount=form.amount.data or ZERO, invoice_number=form.invoice_number.data)
        return propose_payments(
            dues=[one], particulars=particulars_of(form), voucher=form.voucher.data, sure=form.sure.data,
            told=told_by(form, "on", "voucher"),
        )  # fmt: skip

    def context() -> dict[str, Any]:
        seen, found = last_entry(reading()), find_award(reading(), ref)
        sums = PaidSums(effects.award_balance(found), form.amount.data or ZERO)
        return {"award": found, "sums": sums, "seen": seen, "lines": payable(found), "line": _line(found, form)}

    return check_then_ask(
        form, page="payments/pay.html", check_page="payments/check.html", propose=propose, context=context
    )


def _form(award: Award) -> PaymentForm:
    to_pay = payable(award)
    only = len(award.lines) == 1
    usual = {"on": today(), "amount": to_pay[0].to_pay if len(to_pay) == 1 else None}
    form = PaymentForm(**usual | prefilled("on", "amount", "invoice_number", "voucher"))
    if only:
        del form.line
    else:
        form.line.choices = {
            str(place): f"{line.budget_line.long_label}: {pounds(line.to_pay)} to pay"
            for place, line in enumerate(award.lines)
        }
        form.line.data = form.line.data or (str(award.lines.index(to_pay[0])) if len(to_pay) == 1 else None)
    return form


def _line(award: Award, form: PaymentForm) -> AwardLine:
    return line_named(award, form, range(len(award.lines)))


@pages.get("/payments/<path:ref>")
def show(ref: str) -> str:
    """Show one payment, with its entry and its reversal where it has one."""
    return _page("payments/show.html", ref)


@pages.get("/payments/<path:ref>/recorded")
def recorded(ref: str) -> str:
    """Confirm a payment with its reference, and lead to its entry."""
    return _page("payments/recorded.html", ref)


def _page(template: str, ref: str) -> str:
    session = reading()
    payment = find_payment(session, ref)
    entries = [entry for _, entry in histories.entries_of_payment(session, payment)]
    undone = {entry.reverses for entry in entries}
    # A corrected payment has several entries: the one that stands is it, else the last that stood.
    made = [entry for entry in entries if entry.reverses is None]
    entry = next((each for each in made if each.number not in undone), made[-1])
    line = payment.award_line
    return render_template(
        template,
        payment=payment,
        award=line.award,
        entry=entry,
        reversal=next((each for each in entries if each.reverses == entry.number), None),
        since=_since(session, line, [each for each in entries if each is not entry], entry),
        held=line.paid - line.recovered,
        obstacle=undoing.obstacle(session, entry),
        sums=effects.award_balance(line.award),
        name_of=name_of,
        state=state_of(session, payment),
        run=run_of(session, payment),
    )


def _since(session: Session, line: AwardLine, others: list[Entry], entry: Entry) -> list[Entry]:
    refunds = [each for each in histories.entries_of(session, line.award) if each.kind is Kind.REFUND]
    mine = [each for each in refunds if each.award_line_id == line.id and each.number > entry.number]
    return sorted([*others, *mine], key=lambda each: each.number)
