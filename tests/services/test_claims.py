"""Claims: logged cost by cost, certified in part with reasons, and paid from the same list as all else."""

from datetime import date

import pytest

from fundtracker.domain.refusals import (
    DateRefusedError,
    MoreThanAwardedError,
    NothingToDoError,
    ReasonMissingError,
    Refusal,
    WrongStateError,
)
from fundtracker.domain.statuses import ClaimStatus
from fundtracker.services import claims, holds, runs, variations
from fundtracker.services.claims import ClaimDetails, Cost, Decision
from fundtracker.services.confirming import fail_payment
from fundtracker.services.instalments import slots_of
from fundtracker.services.recount import recount
from fundtracker.services.reopening_claims import reopen_claim
from fundtracker.services.replanning import instalments_of
from fundtracker.store.awards import Award
from fundtracker.store.schedules import Claim
from tests.books.builder import LATER, Books, particulars, pence
from tests.services.paying import Officers, draw_up, due, send, states

AUGUST = date(2020, 8, 15)


def log(books: Books, award: Award, *amounts: str) -> Claim:
    costs = [Cost(description=f"Cost {place}", amount=pence(amount)) for place, amount in enumerate(amounts, start=1)]
    return books.do(claims.log_claim, details=ClaimDetails(line=award.lines[0], costs=costs))


def decide(books: Books, claim: Claim, *certified: tuple[str, str]) -> None:
    decisions = [Decision(pence(amount), reason) for amount, reason in certified]
    books.do(claims.decide_claim, AUGUST, claim=claim, decisions=decisions)


def planned_of(books: Books, award: Award) -> list[tuple[date, int, bool]]:
    books.session.rollback()
    return [(slot.due_on, slot.amount, slot.claim_id is not None) for slot in slots_of(books.session, award.lines)]


def test_what_is_certified_is_taken_from_what_is_next_and_due_at_once(books: Books, planned: Award) -> None:
    claim = log(books, planned, "300.00", "250.00")
    assert claim.reference == "SRF20-001/C1"
    assert planned_of(books, planned) == [(date(2020, 7, 1), 45_000, False), (date(2020, 10, 1), 45_000, False)]
    decide(books, claim, ("300.00", ""), ("200.00", "VAT that they recover"))
    assert claim.status is ClaimStatus.CERTIFIED
    assert (claims.claimed(claim), claims.certified(claim)) == (55_000, 50_000)
    assert planned_of(books, planned) == [(AUGUST, 50_000, True), (date(2020, 10, 1), 40_000, False)]
    assert recount(books.session).differences == []


def test_it_is_paid_from_the_same_list(books: Books, planned: Award, officers: Officers) -> None:
    decide(books, log(books, planned, "100.00"), ("100.00", ""))
    rows = instalments_of(books.session, planned.lines[0])
    place = next(n for n, row in enumerate(rows) if row.claim_id)
    send(books, officers, due(books, planned, "100.00", place=place))
    assert states(books) == [("1 July 2020", 35_000, ""), ("1 October 2020", 45_000, "")]


def test_an_award_without_a_schedule_gets_one(books: Books, planned: Award) -> None:
    award = books.award(planned.lines[0].budget_line, "500.00")
    books.pay(award, "100.00")
    decide(books, log(books, award, "150.00"), ("150.00", ""))
    assert planned_of(books, award) == [(LATER, 10_000, False), (LATER, 25_000, False), (AUGUST, 15_000, True)]


def test_every_reduced_cost_has_its_reason(books: Books, planned: Award) -> None:
    claim = log(books, planned, "100.00", "50.00")
    with books.refused(ReasonMissingError, "why £50.00 of “Cost 2” is not certified"):
        decide(books, claim, ("100.00", ""), ("0", " "))
    with books.refused(MoreThanAwardedError, "“Cost 1” claims £100.00"):
        decide(books, claim, ("100.01", ""), ("50.00", ""))


def test_one_is_rejected_and_decided_once(books: Books, planned: Award) -> None:
    claim = log(books, planned, "100.00")
    decide(books, claim, ("0", "Spent before the award"))
    assert claim.status is ClaimStatus.REJECTED
    assert len(planned_of(books, planned)) == 2
    with books.refused(WrongStateError, "is rejected already"):
        decide(books, claim, ("100.00", ""))


def test_no_more_is_certified_than_is_free(books: Books, planned: Award) -> None:
    (first, _) = instalments_of(books.session, planned.lines[0])
    books.change(holds.hold, instalment=first, particulars=particulars(narrative="Return is overdue"))
    claim = log(books, planned, "450.01")
    with books.refused(MoreThanAwardedError, "£450.00 of SRF20-001 is free to be paid"):
        decide(books, claim, ("450.01", ""))


def test_a_fall_of_the_award_spares_what_is_certified(books: Books, planned: Award) -> None:
    decide(books, log(books, planned, "500.00"), ("500.00", ""))
    books.do(variations.vary_award, AUGUST, line=planned.lines[0], by="-300.00")
    assert planned_of(books, planned) == [(AUGUST, 50_000, True), (date(2020, 10, 1), 10_000, False)]


class TestReopened:
    def reopen(self, books: Books, claim: Claim, why: str = "Wrong claim") -> None:
        books.change(reopen_claim, claim=claim, particulars=particulars(AUGUST, narrative=why))

    def test_what_was_certified_goes_back_to_the_schedule(self, books: Books, planned: Award) -> None:
        claim = log(books, planned, "500.00", "40.00")
        before = planned_of(books, planned)
        decide(books, claim, ("500.00", ""), ("0", "Not ours"))
        with books.refused(ReasonMissingError, "why the decision is taken back"):
            self.reopen(books, claim, " ")
        self.reopen(books, claim)
        assert (claim.status, claim.decided_on, claims.certified(claim)) == (ClaimStatus.RECEIVED, None, 0)
        assert [item.reason for item in claim.items] == ["", ""]
        # All of the first instalment had gone into the claim: it comes back with the next.
        assert planned_of(books, planned) == [(before[1][0], 90_000, False)]
        with books.refused(WrongStateError, "waits for a decision already"):
            self.reopen(books, claim)
        decide(books, claim, ("100.00", "Half"), ("40.00", ""))
        assert recount(books.session).differences == []

    def test_where_nothing_else_is_planned_it_stays_and_is_no_claims(self, books: Books, planned: Award) -> None:
        claim = log(books, planned, "900.00")
        decide(books, claim, ("900.00", ""))
        self.reopen(books, claim)
        assert planned_of(books, planned) == [(AUGUST, 90_000, False)]

    def test_one_rejected_by_mistake_waits_again(self, books: Books, planned: Award) -> None:
        claim = log(books, planned, "100.00")
        decide(books, claim, ("0", "Spent before the award"))
        self.reopen(books, claim)
        assert claim.status is ClaimStatus.RECEIVED

    def test_not_while_it_is_in_a_run_or_paid(self, books: Books, planned: Award, officers: Officers) -> None:
        claim = log(books, planned, "100.00")
        decide(books, claim, ("100.00", ""))
        place = next(n for n, row in enumerate(instalments_of(books.session, planned.lines[0])) if row.claim_id)
        run = draw_up(books, officers[0], due(books, planned, "100.00", place=place))
        with books.refused(WrongStateError, "£100.00 of SRF20-001/C1 is in a payment run. Stop the run first"):
            self.reopen(books, claim)
        books.change(runs.stop, run=run, by=officers[0], why="Wrong claim")
        (payment,) = send(books, officers, due(books, planned, "100.00", place=place), on=AUGUST)
        with books.refused(WrongStateError, "£100.00 of SRF20-001/C1 is paid"):
            self.reopen(books, claim)
        books.change(fail_payment, payment=payment, particulars=particulars(AUGUST, narrative="Account closed"))
        self.reopen(books, claim)
        assert states(books)[-1][1] == 45_000


@pytest.mark.parametrize(
    ("costs", "until", "refusal"),
    [
        ([], None, NothingToDoError),
        ([Cost(description=" ", amount=pence("1"))], None, NothingToDoError),
        ([Cost(description="A", amount=pence("1"))], date(2020, 1, 1), DateRefusedError),
    ],
)
def test_what_is_not_whole_is_refused(
    books: Books, planned: Award, costs: list[Cost], until: date | None, refusal: type[Refusal]
) -> None:
    details = ClaimDetails(line=planned.lines[0], costs=costs, period_from=LATER, period_to=until)
    with books.refused(refusal):
        books.do(claims.log_claim, details=details)
