"""Suggestions: each way in which a line and a payment can be the same money, and what is never guessed in silence."""

from dataclasses import replace
from datetime import date, timedelta

from fundtracker.domain.money import Pence
from fundtracker.services.reconciling.suggesting import suggest
from tests.books.builder import LATER
from tests.services.reconciling.builder import ours, pairs, theirs

NEAR = LATER - timedelta(days=2)


def test_a_reference_in_the_line_is_sure() -> None:
    (made,) = suggest([theirs(1, "1,064", "", said="BACS WEOBLEY PC COV20-004/1")], [
        ours(9, "1,064", "Weobley Parish Council", on=NEAR, said="COV20-004/1")])  # fmt: skip
    assert (made.score, made.sure) == (98, True)
    assert made.reasons == ("same amount", "our reference in the line (COV200041)", "2 days apart")


def test_a_reference_does_not_hide_that_the_payees_differ() -> None:
    (made,) = suggest([theirs(1, "10", "Kempsey Riders", said="V100001")], [ours(9, "10", "Wem Bowls", said="V100001")])
    assert not made.sure
    assert "the payees differ" in made.doubts


def test_amount_payee_and_date_are_enough_for_a_tick() -> None:
    (made,) = suggest([theirs(1, "620")], [ours(9, "620", on=NEAR)])
    assert (made.sure, made.reasons) == (True, ("same amount", "same payee", "2 days apart"))


def test_a_name_that_was_cut_short_or_is_another_of_the_payee_is_known() -> None:
    long = "Greater Manchester Combined Authority"
    (cut,) = suggest([theirs(1, "620", long[:35])], [ours(9, "620", long)])
    (other,) = suggest([theirs(1, "620", "Old Name Trust")], [ours(9, "620", "New Name Trust", "Old Name Trust")])
    assert cut.sure
    assert "the payee’s name cut short" in cut.reasons
    assert other.sure
    assert "another name of the payee" in other.reasons


def test_a_doubt_is_said_and_not_ticked() -> None:
    (made,) = suggest([theirs(1, "620", "Penbury CTC")], [
        ours(9, "620", "Penbury Community Kitchen", on=LATER - timedelta(days=11))])  # fmt: skip
    assert not made.sure
    assert "11 days apart" in made.doubts


def test_vat_on_a_grant_is_asked_about_and_on_a_contract_is_not() -> None:
    line, paid = replace(theirs(1, "620"), vat=Pence(10_333)), ours(9, "620")
    (grant,), (contract,) = suggest([line], [replace(paid, grant=True)]), suggest([line], [paid])
    assert not grant.sure
    assert grant.doubts == ("VAT of £103.33 is charged, and a grant bears none: ask before it is accepted",)
    assert contract.sure


def test_nothing_is_suggested_on_the_amount_alone() -> None:
    assert suggest([theirs(1, "620", "Some Supplier Ltd")], [ours(9, "620", "Quite Another Body")]) == []
    assert suggest([theirs(1, "620", "", None)], [ours(9, "620")]) == []


def test_a_payee_not_given_is_suggested_by_date_where_no_other_has_the_amount() -> None:
    (made,) = suggest([theirs(1, "614,250", "Redacted")], [ours(9, "614,250")])
    assert not made.sure
    assert made.doubts == ("the line gives no payee",)


def test_equal_amounts_say_that_others_fit() -> None:
    made = suggest([theirs(1, "810"), theirs(2, "810")], [ours(8, "810"), ours(9, "810")])
    assert len(made) == 2
    assert all(not each.sure and "fit as well" in each.doubts[-1] for each in made)


def test_a_reference_tells_equal_amounts_apart() -> None:
    made = suggest([theirs(1, "810", said="5100000001"), theirs(2, "810", said="5100000002")], [
        ours(8, "810", said="5100000002"), ours(9, "810", said="5100000001")])  # fmt: skip
    assert pairs(made) == {((1,), (9,)), ((2,), (8,))}
    assert all(each.sure for each in made)


def test_a_payment_recorded_twice_leaves_one_over_and_says_so() -> None:
    made = suggest([theirs(1, "810", said="5100000001")], [ours(8, "810", said="5100000001"),
                                                           ours(9, "810", said="5100000001")])  # fmt: skip
    assert len(made) == 1
    assert not made[0].sure
    assert "1 other payment fits as well" in made[0].doubts


def test_one_line_pays_two_of_one_run() -> None:
    (made,) = suggest([theirs(1, "2,490", "BACS RUN", said="RUN-0507")], [
        ours(8, "1,680", "Wellington Town Council", said="RUN-0507"),
        ours(9, "810", "Wythall Parish Council", said="RUN-0507")])  # fmt: skip
    assert pairs([made]) == {((1,), (8, 9))}
    assert made.difference == 0
    assert "two of ours add up to one of theirs (1,680.00 + 810.00)" in made.reasons


def test_parts_of_one_payee_add_up_either_way() -> None:
    (split,) = suggest([theirs(1, "2,490")], [ours(8, "1,680"), ours(9, "810"), ours(7, "55")])
    (joined,) = suggest([theirs(1, "1,680"), theirs(2, "810"), theirs(3, "77")], [ours(9, "2,490")])
    assert pairs([split]) == {((1,), (8, 9))}
    assert pairs([joined]) == {((1, 2), (9,))}
    assert "two of theirs add up to one of ours (1,680.00 + 810.00)" in joined.reasons


def test_two_ways_to_add_up_are_not_guessed_between() -> None:
    (made,) = suggest([theirs(1, "30")], [ours(n, amount) for n, amount in enumerate(("10", "20", "11", "19"))])
    assert not made.sure
    assert "others add up to it as well" in made.doubts


def test_a_penny_out_is_named_and_never_ticked() -> None:
    (made,) = suggest([theirs(1, "810.01")], [ours(9, "810")])
    assert made.difference == 1
    assert not made.sure
    assert made.doubts[0] == "the finance system has £0.01 more"


def test_a_reference_finds_a_mistyped_amount() -> None:
    (made,) = suggest([theirs(1, "18", said="COV20-001/1")], [ours(9, "81", said="COV20-001/1")])
    assert made.difference == -6_300
    assert "the finance system has £63.00 less" in made.doubts


def test_a_credit_takes_its_own_line_back_and_leaves_the_payment_to_the_other() -> None:
    lines = [theirs(1, "500", said="V100001"), theirs(2, "-500", said="V100001"), theirs(3, "500", said="V100002")]
    made = suggest(lines, [ours(9, "500")])
    assert pairs(made) == {((1, 2), ()), ((3,), (9,))}


def test_a_credit_that_may_be_our_own_payment_come_back_is_doubted() -> None:
    made = suggest([theirs(1, "500"), theirs(2, "-500")], [ours(9, "500")])
    assert pairs(made) == {((1, 2), ())}
    assert not made[0].sure


def test_a_credit_that_we_recorded_as_a_refund_is_matched_with_it() -> None:
    made = suggest([theirs(1, "500"), theirs(2, "-500")], [ours(8, "500"), ours(9, "-500")])
    assert pairs(made) == {((1,), (8,)), ((2,), (9,))}


def test_ten_thousand_by_ten_thousand_of_three_amounts_end() -> None:
    days = [date(2020, 4, 1) + timedelta(days=n % 365) for n in range(2_000)]
    amounts = ("500", "1,000", "2,500")
    made = suggest([theirs(n, amounts[n % 3], f"Body {n % 700}", days[n]) for n in range(2_000)],
                   [ours(n, amounts[n % 3], f"Body {n % 700}", on=days[n]) for n in range(2_000)])  # fmt: skip
    used = [item for each in made for item in (*each.lines, *each.ours)]
    assert len(used) == len(set(used)) == 4_000
