"""Every operation of the books beside the plain model, in any order, with any amounts."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services import allocations, bids, funders, funds, organisations
from fundtracker.services.recount import recount
from fundtracker.store.tables import AwardLine, BudgetLine, Entry, Fund
from fundtracker.store.transactions import transaction
from tests.books import office
from tests.books.builder import particulars, pence
from tests.books.model import AWARD_MEASURES, MEASURES, Model, No, Posted

FIRST = date(2020, 4, 1)
PICK = st.integers(0, 30)
AMOUNT = st.integers(1, 200) | st.integers(1, 900)
ON = st.sampled_from([4, 4, 4, 3, 2, 1, 0])
Row = TypeVar("Row")


def nth(rows: Sequence[object], pick: int) -> int:
    """Choose the newest row for 0, and older ones after it."""
    return len(rows) - 1 - pick % len(rows)


REDUCED = {"reduce": (allocations.reduce, "reduction"), "record_cut": (allocations.record_cut, "funder cut")}
ADDED = {"allocate": (allocations.allocate, "allocation"), "uplift": (allocations.uplift, "uplift")}


class Ledger(RuleBasedStateMachine):
    """Allocations, receipts and the states of funds; the same outcome and the same sums are asked for at every step."""

    open_database: ClassVar[Callable[[], Engine]]
    seen: ClassVar[Counter[tuple[str, str]]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.engine = type(self).open_database()
        self.session = Session(self.engine)
        self.model = Model()
        for name in ("Safer Roads Fund", "Covid-19 response fund"):
            self.open_fund(name)
            self.act("allocate", lambda m: m.post(Posted("allocation", 1_000, len(m.lines) - 1, 0)),
                     lambda s: allocations.allocate(s, line=self.row(BudgetLine, -1), amount=pence(1_000),
                                                    particulars=self.facts(0)))  # fmt: skip
        for name in ("Weobley", "Wellington", "Wythall"):
            details = organisations.OrganisationDetails(name=name)
            with transaction(self.session):
                organisations.add_organisation(self.session, details=details, particulars=self.facts(0))

    def teardown(self) -> None:
        if hasattr(self, "session"):
            assert recount(self.session).differences == []
            self.session.close()
            self.engine.dispose()

    def open_fund(self, name: str) -> None:
        with transaction(self.session):
            funds.open_fund(self.session, details=fund_details(name), particulars=self.facts(0))
        self.model.funds.append("open")
        self.model.lines.append((len(self.model.funds) - 1, 2020))

    def facts(self, on: int) -> Any:
        return particulars(FIRST + timedelta(days=on))

    def row(self, kind: type[Row], number: int) -> Row:
        rows = list(self.session.scalars(select(kind).order_by(kind.__mapper__.primary_key[0])))  # type: ignore[attr-defined]  # every table
        return rows[number]

    def act(self, name: str, expected: Callable[[Model], object], verb: Callable[[Session], object]) -> None:
        """Do a thing in the books and in the model; both do it, or both refuse it for the same reason."""
        trial, reason = self.model.copy(), "done"
        try:
            expected(trial)
        except No as no:
            reason = str(no)
        try:
            with transaction(self.session):
                verb(self.session)
            actual = "done"
        except Refusal as refusal:
            actual = type(refusal).__name__
        assert actual == reason, name
        type(self).seen[name, actual] += 1
        if actual == "done":
            self.model = trial

    @invariant()
    def every_kept_sum_is_the_sum_of_its_entries(self) -> None:
        if not hasattr(self, "session"):
            return
        names = tuple(MEASURES)
        for number, line in enumerate(self.session.scalars(select(BudgetLine).order_by(BudgetLine.id))):
            kept = [getattr(line, name) for name in names]
            assert kept == [self.model.of_line(name, number) for name in names]
        for number, own in enumerate(self.session.scalars(select(AwardLine).order_by(AwardLine.id))):
            kept = [getattr(own, name) for name in AWARD_MEASURES]
            assert kept == [self.model.of_award(name, number) for name in AWARD_MEASURES]
            assert own.awarded == own.paid - own.recovered + own.to_pay - own.to_recover
        posted = [
            (e.number, e.kind.value, e.amount) for e in self.session.scalars(select(Entry).order_by(Entry.number))
        ]
        assert posted == [(n, e.kind, e.amount) for n, e in enumerate(self.model.entries, start=1)]
        self.session.rollback()

    @rule(name=st.sampled_from(sorted(ADDED)), pick=PICK, amount=AMOUNT, on=ON)
    def add(self, name: str, pick: int, amount: int, on: int) -> None:
        line, (verb, kind) = nth(self.model.lines, pick), ADDED[name]
        self.act(name, lambda m: office.authorise(m, kind, amount, line, on),
                 lambda s: verb(s, line=self.row(BudgetLine, line), amount=pence(amount),
                                particulars=self.facts(on)))  # fmt: skip

    @rule(name=st.sampled_from(sorted(REDUCED)), pick=PICK, amount=AMOUNT, on=ON)
    def take(self, name: str, pick: int, amount: int, on: int) -> None:
        line, (verb, kind) = nth(self.model.lines, pick), REDUCED[name]
        self.act(name, lambda m: m.post(Posted(kind, -amount, line, on)),
                 lambda s: verb(s, line=self.row(BudgetLine, line), amount=pence(amount),
                                particulars=self.facts(on)))  # fmt: skip

    @rule(pick=PICK, amount=st.integers(-300, 300).filter(bool), on=ON)
    def allow_over(self, pick: int, amount: int, on: int) -> None:
        line = nth(self.model.lines, pick)
        self.act("allow_over", lambda m: office.authorise(m, "allowance", amount, line, on),
                 lambda s: allocations.allow_over(s, line=self.row(BudgetLine, line), amount=amount,
                                                  particulars=self.facts(on)))  # fmt: skip

    @rule(source=PICK, receiver=PICK, amount=AMOUNT, on=ON)
    def transfer(self, source: int, receiver: int, amount: int, on: int) -> None:
        here, there = nth(self.model.lines, source), nth(self.model.lines, receiver)

        def expected(model: Model) -> None:
            model.need(here != there, "WrongStateError")
            model.need(model.funds[model.lines[there][0]] != "closed", "FundNotOpenError")
            office.move(model, (here, there), amount, on, "transfer")

        self.act("transfer", expected, lambda s: allocations.transfer(
            s, source=self.row(BudgetLine, here), target=self.row(BudgetLine, there), amount=pence(amount),
            particulars=self.facts(on)))  # fmt: skip

    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def carry_forward(self, pick: int, amount: int, on: int) -> None:
        line = nth(self.model.lines, pick)
        self.act("carry_forward", lambda m: office.carry_forward(m, line, amount, on),
                 lambda s: allocations.carry_forward(s, line=self.row(BudgetLine, line), amount=pence(amount),
                                                     particulars=self.facts(on)))  # fmt: skip

    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def receive(self, pick: int, amount: int, on: int) -> None:
        line = nth(self.model.lines, pick)
        self.act("record_receipt", lambda m: m.post(Posted("receipt", amount, line, on)),
                 lambda s: funders.record_receipt(s, line=self.row(BudgetLine, line), amount=pence(amount),
                                                  particulars=self.facts(on)))  # fmt: skip

    @rule(pick=PICK, amount=AMOUNT, on=ON)
    def send_back(self, pick: int, amount: int, on: int) -> None:
        line = nth(self.model.lines, pick)
        self.act("return_to_funder", lambda m: m.post(Posted("return to funder", amount, line, on)),
                 lambda s: funders.return_to_funder(s, line=self.row(BudgetLine, line), amount=pence(amount),
                                                    particulars=self.facts(on)))  # fmt: skip

    @rule(pick=PICK, state=st.sampled_from(["suspended", "closed", "closed", "open"]))
    def change_state(self, pick: int, state: str) -> None:
        fund = nth(self.model.funds, pick)
        verb = {"suspended": funds.suspend_fund, "closed": funds.close_fund, "open": funds.reopen_fund}[state]

        def expected(model: Model) -> None:
            model.need(model.funds[fund] != state, "WrongStateError")
            model.need(state != "suspended" or model.funds[fund] == "open", "WrongStateError")
            model.funds[fund] = state

        self.act(verb.__name__, expected, lambda s: verb(
            s, fund=self.row(Fund, fund), particulars=self.facts(4)))  # fmt: skip

    @precondition(lambda self: len(self.model.funds) < 3)
    @rule(amount=AMOUNT, twice=st.booleans())
    def win_bid(self, amount: int, twice: bool) -> None:
        with transaction(self.session):
            bid = bids.record_bid(self.session, details=bids.BidDetails(title="Drive", funder="Home Office"),
                                  particulars=self.facts(0))  # fmt: skip

        def expected(model: Model) -> None:
            model.funds.append("open")
            model.lines.append((len(model.funds) - 1, 2020))
            model.post(Posted("allocation", amount, len(model.lines) - 1, 1))
            model.need(not twice, "WrongStateError")

        def verb(session: Session) -> None:
            for _ in range(1 + twice):
                bids.win_bid(session, bid=bid, amount=pence(amount), fund_details=fund_details("Drive"),
                             particulars=self.facts(1))  # fmt: skip

        self.act("win_bid", expected, verb)


def fund_details(name: str) -> funds.FundDetails:
    return funds.FundDetails(name=name, funder="PCC", source=Source.OWN, year=FinancialYear(2020))
