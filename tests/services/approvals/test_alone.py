"""What one person may not leave in the books, looked at as entries are kept."""

from dataclasses import replace

from fundtracker.domain.approvals import NotApprovedError
from fundtracker.domain.roles import Role
from fundtracker.services import allocations, funders, payments, reversals, runs, variations
from fundtracker.services.approvals.alone import check_not_alone
from fundtracker.services.runs import SamePersonError
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books, particulars
from tests.services.approvals.people import Office
from tests.services.paying import Officers, draw_up, due, send


def alone(books: Books, since: int) -> bool:
    try:
        check_not_alone(books.session, since)
    except NotApprovedError:
        return True
    return False


def test_what_gives_or_moves_money_needs_another(books: Books, fund: Fund, planned: Award) -> None:
    other, line = books.fund(name="Other", reference="OTH20"), planned.lines[0]
    verbs = (
        lambda: books.award(fund, "100"),
        lambda: books.do(variations.vary_award, line=line, by=100),
        lambda: books.do(allocations.allow_over, line=fund.lines[0], amount=100),
        lambda: books.do(allocations.transfer, source=fund.lines[0], target=other.lines[0], amount="5"),
        lambda: books.do(allocations.carry_forward, line=fund.lines[0], amount="5"),
        lambda: books.pay(planned, "5"),
    )
    for verb in verbs:
        since = books.entry(-1).number
        verb()
        assert alone(books, since)


def test_what_takes_it_back_or_only_says_what_came_does_not(books: Books, fund: Fund, planned: Award) -> None:
    line = planned.lines[0]
    payment = books.pay(planned, "50")
    since = books.entry(-1).number
    books.do(variations.vary_award, line=line, by=-100)
    books.do(funders.record_receipt, line=fund.lines[0], amount="5")
    books.do(allocations.uplift, line=fund.lines[0], amount="5")
    books.do(payments.move_payment, payment=payment, holder=books.organisation("Wrong Ltd"))
    books.do(reversals.replace_entry, entry=books.entry(2), amount="850.00")
    assert not alone(books, since)
    since = books.entry(-1).number
    books.do(reversals.replace_entry, entry=books.entry(-2), amount="900.00")
    assert alone(books, since)


def test_a_run_was_authorised_by_another(books: Books, planned: Award, officers: Officers) -> None:
    since = books.entry(-1).number
    send(books, officers, due(books, planned))
    assert not alone(books, since)


def test_who_decided_an_award_has_no_hand_in_paying_it(books: Books, fund: Fund, officers: Officers) -> None:
    office = Office(books)
    request = office.award(fund, "900.00", officers[0], to=books.organisation("Telford Riders"))
    manager = office.person(Role.MANAGER)
    award = office.approve(request, manager).award
    assert award is not None
    third = office.person(Role.FINANCE, "third")
    for hand in (officers[0], manager):
        with books.refused(SamePersonError, "You asked for an award of this run, or approved one"):
            draw_up(books, hand, due(books, award, "900.00"))
    run = draw_up(books, officers[1], due(books, award, "900.00"))
    for hand in (officers[0], manager):
        with books.refused(SamePersonError, "You asked for an award of this run, or approved one"):
            books.change(runs.authorise, run=run, by=hand)
    books.change(runs.authorise, run=run, by=third)
    books.change(runs.send, run=run, particulars=replace(particulars(), by=officers[1]))
    assert award.lines[0].paid == 90_000
