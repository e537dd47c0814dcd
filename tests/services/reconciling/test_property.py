"""Whatever the lines and payments: nothing is suggested twice or for its amount alone, and sums hold at every step."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling.explaining import explain
from fundtracker.services.reconciling.items import Item, Side, names_of
from fundtracker.services.reconciling.likeness import compare
from fundtracker.services.reconciling.matching import match, undo_match
from fundtracker.services.reconciling.proposals import propose
from fundtracker.services.reconciling.refusals import DealtWithError
from fundtracker.services.reconciling.rows import State
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import Standing, stand
from fundtracker.services.reconciling.suggesting import suggest
from tests.books.builder import Books
from tests.services.reconciling.builder import ANN, PAYEE, QUARTER, finance_lines

PAYEES = ("Wem Bowls", "Kempsey Riders Association", "Kempsey Riders Ass", "Bank", "")
AMOUNTS = (500, 500, 1000, 1500, 2000, 1001, -500, -1000)
APRIL = date(2020, 4, 1)
VOUCHERS = ("", "5100000001", "5100000002")
_ids = count(1)


def items(side: Side) -> st.SearchStrategy[list[Item]]:
    """Give few amounts, payees, days and references, so that many are alike."""

    def made(amount: int, payee: str, day: int, voucher: str) -> Item:
        return Item(side=side, id=next(_ids), on=APRIL + timedelta(days=day), amount=Pence(amount),
                    names=names_of([payee or ("Somebody" if side is Side.OURS else "")]),
                    refers=frozenset({voucher} - {""}))  # fmt: skip

    one = st.builds(
        made, st.sampled_from(AMOUNTS), st.sampled_from(PAYEES), st.integers(0, 40), st.sampled_from(VOUCHERS)
    )
    return st.lists(one, max_size=9)


@settings(max_examples=300, deadline=None)
@given(lines=items(Side.LINE), ours=items(Side.OURS))
def test_no_suggestion_is_wrong_whatever_is_alike(lines: list[Item], ours: list[Item]) -> None:
    made = suggest(lines, ours)
    used = [item for each in made for item in (*each.lines, *each.ours)]
    assert len(used) == len(set(used))
    for each in made:
        assert 0 <= each.score <= 100
        assert not each.sure or each.difference == 0
        likes = [compare(line, item) for line in each.lines for item in each.ours]
        assert all(like.referred or like.named or any(word in " ".join(like.reasons) for word in ("day", "award"))
                   for like in likes)  # fmt: skip
        if not each.ours:
            assert sorted(line.amount for line in each.lines) == [-each.lines[0].amount, each.lines[0].amount]
            assert len({line.names for line in each.lines}) <= 2  # one name, or the same cut short
        if each.sure and len(each.lines) == len(each.ours) == 1:
            _alone(each.lines[0], each.ours[0], lines, ours)


def _alone(line: Item, mine: Item, lines: list[Item], ours: list[Item]) -> None:
    """Expect that nothing else is exactly like either end of a pair that is ticked beforehand."""
    twins = [other for other in ours if other is not mine and _same(other, mine)]
    copies = [other for other in lines if other is not line and _same(other, line)]
    assert not twins
    assert not copies


def _same(one: Item, other: Item) -> bool:
    return (one.amount, one.names, one.on, one.refers) == (other.amount, other.names, other.on, other.refers)


def _sums_hold(standing: Standing) -> None:
    parts = [standing.of(state) for state in State]
    whole = standing.everything
    assert sum(part.theirs for part in parts) == whole.theirs
    assert sum(part.ours for part in parts) == whole.ours
    assert standing.difference == standing.of(State.LEFT).difference
    assert standing.of(State.MATCHED).difference == standing.stated
    for matching in standing.matchings:
        lines = [row.amount for row in standing.lines if row.matching == matching]
        entries = [row.amount for row in standing.ours if row.matching == matching]
        assert sum(lines) - sum(entries) == standing.matchings[matching].difference


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_hold_at_every_step_until_nothing_is_left(books: Books, seed: int) -> None:
    award = books.award(books.fund("10,000"), "9,000", to=books.organisation(PAYEE), on=APRIL)
    for number in range(8):
        books.pay(award, ("5", "5", "10", "7.50")[(number + seed) % 4], APRIL + timedelta(days=number))
    lines = finance_lines(books.session, *(
        {"amount": amount, "on": APRIL + timedelta(days=number), "payee": PAYEE}
        for number, amount in enumerate(("5", "5", "15", "-5", "5", "17.50", "7.51", "3"))
    ))  # fmt: skip
    scope = open_scope(books.session, until=QUARTER)
    while suggested := propose(books.session, stand(books.session, scope)).suggested:
        chosen = suggested[0]
        asked = {"lines": [row.id for row in chosen.lines], "entries": [row.id for row in chosen.ours], "by": ANN}
        made = books.change(match, **asked, note="As seen", owner="Ann")
        with books.refused(DealtWithError):
            books.change(match, **asked, note="As seen", owner="Ann")
        _sums_hold(stand(books.session, scope))
        if made.id == 1:
            books.change(undo_match, number=made.id, by=ANN)
            _sums_hold(stand(books.session, scope))
    here = stand(books.session, scope)
    for row in [row for side in (here.lines, here.ours) for row in side if row.state is State.LEFT]:
        books.change(explain, side=row.side, number=row.id, reason=Explanation.QUERY, note="?", owner="Ann", by=ANN)
        _sums_hold(stand(books.session, scope))
    assert stand(books.session, scope).reconciled
    with pytest.raises(Refusal):
        books.change(match, lines=lines[:1], entries=[], by=ANN)
