"""Applications, awards, payments, corrections and organisations, on top of the ledger's own machine."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.services import (
    applications,
    awards,
    gifts,
    organisations,
    payments,
    reversals,
    variations,
)
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.store.tables import Application, Award, AwardLine, BudgetLine, Fund, Organisation, Payment
from tests.books import office
from tests.books.builder import pence
from tests.books.machine import AMOUNT, ON, PICK, Ledger, nth
from tests.books.model import Model

Rule = TypeVar("Rule", bound=Callable[..., Any])
SHARES = st.lists(st.tuples(PICK, st.none() | AMOUNT), min_size=1, max_size=2)


def has(name: str) -> Callable[[Rule], Rule]:
    return precondition(lambda self: bool(getattr(self.model, name)))


class Books(Ledger):
    """All operations of the books."""

    @initialize()
    def begin(self) -> None:
        """Start where every verb has something to be done to."""
        super().begin()
        self.award([(1, 400)], 0)
        self.pay(0, 200, 1)
        self.award([(0, None)], 0)
        self.receive(1, 300, 0)
        self.apply(0)
        self.merge(2, 1)

    def details(self, session: Session, shares: list[tuple[int, int | None]], **more: Any) -> AwardDetails:
        own = tuple(
            Share(line=self.row(BudgetLine, line), amount=None if amount is None else Pence(amount))
            for line, amount in shares
        )
        return AwardDetails(recipient=self.row(Organisation, 0), shares=own, reasons="R", **more)

    def chosen(self, shares: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
        return [(nth(self.model.lines, pick), amount) for pick, amount in shares]

    @rule(shares=SHARES, on=ON)
    def award(self, shares: list[tuple[int, int | None]], on: int) -> None:
        given = self.chosen(shares)
        self.act("record_award", lambda m: office.award(m, given, on), lambda s: awards.record_award(
            s, details=self.details(s, given), particulars=self.facts(on)))  # fmt: skip

    @rule(pick=PICK)
    def apply(self, pick: int) -> None:
        fund = nth(self.model.funds, pick)

        def expected(model: Model) -> None:
            model.need(model.funds[fund] == "open", "FundNotOpenError")
            model.applications.append("received")

        self.act("log_application", expected, lambda s: applications.log_application(
            s, details=applications.ApplicationDetails(fund=self.row(Fund, fund), organisation=self.row(
                Organisation, 0), asked_for=None), particulars=self.facts(0)))  # fmt: skip

    @has("applications")
    @rule(pick=PICK, verb=st.sampled_from(["decline", "withdraw"]))
    def turn_down(self, pick: int, verb: str) -> None:
        number = nth(self.model.applications, pick)

        def expected(model: Model) -> None:
            model.need(model.applications[number] == "received", "WrongStateError")
            model.applications[number] = "decided"

        def done(session: Session) -> None:
            application, facts = self.row(Application, number), self.facts(4)
            if verb == "decline":
                applications.decline(session, application=application, reasons="R", particulars=facts)
            else:
                applications.withdraw_application(session, application=application, particulars=facts)

        self.act(verb, expected, done)

    @has("applications")
    @rule(pick=PICK, shares=SHARES, on=ON)
    def award_from_application(self, pick: int, shares: list[tuple[int, int | None]], on: int) -> None:
        given, number = self.chosen(shares), nth(self.model.applications, pick)
        self.act("award_application", lambda m: office.award(m, given, on, number), lambda s: awards.record_award(
            s, details=self.details(s, given, application=self.row(Application, number)),
            particulars=self.facts(on)))  # fmt: skip

    @has("award_lines")
    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def settle(self, pick: int, amount: int, on: int) -> None:
        own = nth(self.model.award_lines, pick)
        self.act("settle", lambda m: office.settle(m, own, amount, on), lambda s: awards.settle(
            s, line=self.row(AwardLine, own), amount=pence(amount), particulars=self.facts(on)))  # fmt: skip

    @has("award_lines")
    @rule(pick=PICK, by=st.integers(-900, 300).filter(bool), on=ON)
    def vary(self, pick: int, by: int, on: int) -> None:
        own = nth(self.model.award_lines, pick)
        self.act("vary_award", lambda m: office.vary(m, own, by, on), lambda s: variations.vary_award(
            s, line=self.row(AwardLine, own), by=by, particulars=self.facts(on)))  # fmt: skip

    @has("awards")
    @rule(pick=PICK, keep_paid=st.booleans(), on=ON)
    def withdraw(self, pick: int, keep_paid: bool, on: int) -> None:
        number = nth(self.model.awards, pick)
        self.act("withdraw_award", lambda m: office.withdraw(m, number, on, keep_paid=keep_paid),
                 lambda s: variations.withdraw_award(s, award=self.award_row(number), keep_paid=keep_paid,
                                                     particulars=self.facts(on)))  # fmt: skip

    def award_row(self, number: int) -> Award:
        return self.row(AwardLine, self.model.awards[number].lines[0]).award

    @has("award_lines")
    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def write_off(self, pick: int, amount: int, on: int) -> None:
        owing = [n for n in range(len(self.model.award_lines)) if self.model.owed(n)]
        own = owing[nth(owing, pick)] if owing else nth(self.model.award_lines, pick)
        self.act("write_off", lambda m: office.write_off(m, own, amount, on), lambda s: variations.write_off(
            s, line=self.row(AwardLine, own), amount=pence(amount), particulars=self.facts(on)))  # fmt: skip

    @has("award_lines")
    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def pay(self, pick: int, amount: int, on: int) -> None:
        own = nth(self.model.award_lines, pick)
        self.act("pay", lambda m: office.pay(m, own, amount, on), lambda s: payments.pay(
            s, line=self.row(AwardLine, own), amount=pence(amount), particulars=self.facts(on)))  # fmt: skip

    @has("payments")
    @rule(pick=PICK, amount=st.integers(1, 250), on=ON, lowers=st.booleans())
    def refund(self, pick: int, amount: int, on: int, lowers: bool) -> None:
        own = self.model.payments[nth(self.model.payments, pick)]
        self.act("refund", lambda m: office.refund(m, own, amount, on, lowers=lowers), lambda s: payments.refund(
            s, line=self.row(AwardLine, own), amount=pence(amount), lowers_award=lowers,
            particulars=self.facts(on)))  # fmt: skip

    @has("payments")
    @rule(pick=PICK, on=ON, same=st.sampled_from([False, False, True]))
    def move_payment(self, pick: int, on: int, same: bool) -> None:
        number = nth(self.model.payments, pick)
        holder = 0 if same or 1 in self.model.merged else 1
        same = office.root(self.model, holder) == self.recipient(number)
        self.act("move_payment", lambda m: office.move_payment(m, number, on, same=same),
                 lambda s: payments.move_payment(s, payment=self.row(Payment, number),
                                                 holder=self.row(Organisation, holder),
                                                 particulars=self.facts(on)))  # fmt: skip

    def recipient(self, payment: int) -> int:
        organisation = organisations.root_of(self.row(Payment, payment).award_line.award.organisation)
        return organisation.id - self.row(Organisation, 0).id

    @has("entries")
    @rule(pick=PICK, on=ON)
    def reverse(self, pick: int, on: int) -> None:
        number = nth(self.model.entries, pick)
        self.act("reverse_entry", lambda m: office.reverse(m, number, on), lambda s: reversals.reverse_entry(
            s, entry=reversals.find_entry(s, number + 1), particulars=self.facts(on)))  # fmt: skip

    @has("entries")
    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def replace(self, pick: int, amount: int, on: int) -> None:
        number = nth(self.model.entries, pick)
        self.act("replace_entry", lambda m: office.replace(m, number, amount, on), lambda s: reversals.replace_entry(
            s, entry=reversals.find_entry(s, number + 1), amount=pence(amount),
            particulars=self.facts(on)))  # fmt: skip

    @has("awards")
    @rule(pick=PICK, paid_up=st.booleans())
    def complete(self, pick: int, paid_up: bool) -> None:
        number = nth(self.model.awards, pick)
        if paid_up:
            for own in self.model.awards[number].lines:
                self.pay_what_is_left(own)
        self.act("complete_award", lambda m: office.complete(m, number),
                 lambda s: awards.complete_award(
                     s, award=self.award_row(number), particulars=self.facts(4)))  # fmt: skip

    @has("awards")
    @rule(pick=PICK, on=ON, ended=st.sampled_from([True, True, False]))
    def reopen(self, pick: int, on: int, ended: bool) -> None:
        over = [n for n, award in enumerate(self.model.awards) if award.state != "awarded"]
        number = over[nth(over, pick)] if over and ended else nth(self.model.awards, pick)
        self.act("reopen_award", lambda m: office.reopen(m, number, on), lambda s: variations.reopen_award(
            s, award=self.award_row(number), particulars=self.facts(on)))  # fmt: skip

    def pay_what_is_left(self, own: int) -> None:
        model = self.model
        left = model.of_award("awarded", own) - model.of_award("paid", own) + model.of_award("recovered", own)
        if left > 0:
            self.act("pay", lambda m: office.pay(m, own, left, 4), lambda s: payments.pay(
                s, line=self.row(AwardLine, own), amount=pence(left), particulars=self.facts(4)))  # fmt: skip

    @rule(pick=PICK)
    def give_in_kind(self, pick: int) -> None:
        fund = nth(self.model.funds, pick)
        self.act("record_gift", lambda m: m.need(m.funds[fund] == "open", "FundNotOpenError"),
                 lambda s: gifts.record_gift(s, details=self.details(s, []), particulars=self.facts(4),
                                             fund=self.row(Fund, fund)))  # fmt: skip

    @rule(one=st.integers(0, 2), into=st.integers(0, 2))
    def merge(self, one: int, into: int) -> None:
        self.act("merge", lambda m: office.merge(m, one, into), lambda s: organisations.merge(
            s, organisation=self.row(Organisation, one), into=self.row(Organisation, into),
            particulars=self.facts(4)))  # fmt: skip

    @rule(one=st.integers(0, 2))
    def unmerge(self, one: int) -> None:
        def expected(model: Model) -> None:
            model.need(one in model.merged, "MergeRefusedError")
            del model.merged[one]

        self.act("unmerge", expected, lambda s: organisations.unmerge(
            s, organisation=self.row(Organisation, one), particulars=self.facts(4)))  # fmt: skip
