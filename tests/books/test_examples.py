"""The worked examples that the office's formulas were written down with, to the penny."""

from datetime import date

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, pounds, share, split
from fundtracker.domain.refusals import NotEnoughLeftError
from fundtracker.domain.statuses import BidStatus, Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services import allocations, bids, funders, payments, variations
from fundtracker.services.awards import Share
from fundtracker.services.funds import FundDetails
from fundtracker.store.funds import Fund
from tests.books.builder import Books, balance, pence


class TestCovidResponseFund:
    """Example A: what the Panel was told in September 2020."""

    def award_and_pay(self, books: Books) -> Fund:
        fund = books.fund("50,000", name="Covid-19 response fund 2020")
        for amount, awarded, left in (
            ("1,064", "1,064", "48,936"),
            ("1,680", "2,744", "47,256"),
            ("810", "3,554", "46,446"),
            ("43,725.94", "47,279.94", "2,720.06"),
        ):
            award = books.award(fund, amount)
            books.pay(award, amount)
            kept = balance(*fund.lines, award_lines=tuple(award.lines))
            assert (kept.allocated, kept.awarded, kept.remaining) == (pence("50,000"), pence(awarded), pence(left))
            assert (kept.net_paid, kept.to_pay, kept.to_recover) == (pence(awarded), 0, 0)
        return fund

    def test_leaves_what_the_panel_was_told(self, books: Books) -> None:
        fund = self.award_and_pay(books)

        assert share(fund.lines[0].awarded, fund.lines[0].allocated) == "94.56 %"

    def test_keeps_original_and_current_allocation_apart(self, books: Books) -> None:
        covid, roads = self.award_and_pay(books), books.fund("280,000")

        books.do(allocations.transfer, source=covid.lines[0], target=roads.lines[0], amount="2,720.06")

        assert (covid.lines[0].allocated, covid.lines[0].remaining) == (pence("47,279.94"), 0)
        assert roads.lines[0].allocated == pence("282,720.06")
        original = sum(amount for kind, amount in books.entries() if kind is Kind.ALLOCATION)
        assert original == pence("50,000") + pence("280,000")


def test_ministry_of_justice_money_goes_to_thirteen_organisations_and_leaves_nothing(books: Books) -> None:
    """Example B; the split between the thirteen is made up, the total is not."""
    fund = books.fund("341,363.39", name="Covid-19 support for victims", source=Source.EXTERNAL)
    parts = split(pence("341,363.39"), [1] * 13)
    assert sorted(parts) == [pence("26,258.72")] * 10 + [pence("26,258.73")] * 3

    awards = [
        books.award(fund, pounds(part), books.organisation(f"Organisation {number}"))
        for number, part in enumerate(parts, start=1)
    ]

    kept = balance(*fund.lines, award_lines=tuple(line for award in awards for line in award.lines))
    assert (kept.awarded, kept.remaining, kept.to_pay) == (pence("341,363.39"), 0, pence("341,363.39"))
    assert share(kept.awarded, kept.allocated) == "100.00 %"
    assert len({award.organisation_id for award in awards}) == 13


def test_safer_streets_is_out_of_pocket_until_the_funder_pays(books: Books) -> None:
    """Example C; all but the £550,000 is illustrative."""
    fund = books.fund("550,000", name="Safer Streets Fund", source=Source.EXTERNAL)
    award = books.award(fund, "300,000")
    books.pay(award, "120,000")

    books.do(funders.record_receipt, line=fund.lines[0], amount="80,000")

    kept = balance(*fund.lines, award_lines=tuple(award.lines))
    assert (kept.remaining, kept.to_pay) == (pence("250,000"), pence("180,000"))
    assert kept.cash_position == pence("-40,000")


class TestBid:
    """Example D: £50,000 sought from NHS England."""

    DETAILS = bids.BidDetails(
        title="Sexual abuse and violence co-ordinator",
        funder="NHS England",
        status=BidStatus.SUBMITTED,
        sought=pence("50,000"),
    )
    FUND = FundDetails(
        name="Sexual violence co-ordinator", funder="NHS England", source=Source.EXTERNAL, year=FinancialYear(2020)
    )

    def test_allocates_nothing_until_it_is_won(self, books: Books) -> None:
        bid = books.do(bids.record_bid, details=self.DETAILS)

        assert bid.status.awaiting
        assert books.entries() == []

    def test_won_in_full_allocates_what_was_sought(self, books: Books) -> None:
        bid = books.do(bids.record_bid, details=self.DETAILS)

        fund = books.do(bids.win_bid, bid=bid, amount="50,000", fund_details=self.FUND)

        assert (bid.status, bid.fund, fund.lines[0].allocated) == (BidStatus.WON, fund, pence("50,000"))

    def test_won_in_part_keeps_what_was_sought(self, books: Books) -> None:
        bid = books.do(bids.record_bid, details=self.DETAILS)

        fund = books.do(bids.win_bid, bid=bid, amount="42,500", fund_details=self.FUND)

        assert (bid.status, bid.sought) == (BidStatus.WON_IN_PART, pence("50,000"))
        assert fund.lines[0].allocated == pence("42,500")
        assert books.entries() == [(Kind.ALLOCATION, pence("42,500"))]


def test_money_unspent_is_owed_then_refunded_then_returned_to_the_funder(books: Books) -> None:
    """Example E."""
    fund = books.fund("20,000", source=Source.EXTERNAL)
    line = fund.lines[0]
    books.do(funders.record_receipt, line=line, amount="20,000")
    award = books.award(fund, "10,000")
    books.pay(award, "10,000")

    books.do(variations.vary_award, line=award.lines[0], by="-1,500")

    assert (line.awarded, line.remaining) == (pence("8,500"), pence("11,500"))
    assert award.lines[0].to_recover == pence("1,500")

    books.do(payments.refund, line=award.lines[0], amount="1,500", lowers_award=True)

    kept = balance(line, award_lines=tuple(award.lines))
    assert (kept.awarded, kept.recovered, kept.net_paid) == (pence("8,500"), pence("1,500"), pence("8,500"))
    assert (kept.to_pay, kept.to_recover) == (0, 0)

    books.do(allocations.reduce, line=line, amount="1,500")
    books.do(funders.return_to_funder, line=line, amount="1,500")

    assert (line.remaining, line.returned) == (pence("10,000"), pence("1,500"))


def test_funders_cut_below_what_is_awarded_is_accepted(books: Books) -> None:
    """Example F: Safer Streets 5."""
    fund = books.fund("999,025", source=Source.EXTERNAL)
    books.award(fund, "900,000")

    books.do(allocations.record_cut, line=fund.lines[0], amount="180,000", decision="")

    kept = balance(*fund.lines)
    assert (kept.allocated, kept.remaining, kept.over) == (pence("819,025"), pence("-80,975"), pence("80,975"))


class TestAuthorisedOverAward:
    """Example G: Warwickshire, with an allowance of 10 % decided as £51,000."""

    def test_is_refused_without_its_allowance(self, books: Books) -> None:
        fund = books.fund("510,000")

        with books.refused(NotEnoughLeftError, "£15,179.00 more"):
            books.award(fund, "525,179")

    def test_goes_below_zero_inside_its_allowance(self, books: Books) -> None:
        fund = books.fund("510,000")
        books.do(allocations.allow_over, line=fund.lines[0], amount="51,000")

        books.award(fund, "525,179")

        assert fund.lines[0].remaining == pence("-15,179")
        assert share(balance(*fund.lines).over, fund.lines[0].allocated) == "2.98 %"

    def test_leaves_what_the_next_year_left(self, books: Books) -> None:
        fund = books.fund("300,000")
        books.award(fund, "299,213.13")

        assert fund.lines[0].remaining == pence("786.87")


class TestWithdrawnAfterPartPayment:
    """Example H: £6,000 awarded, £2,000 paid."""

    def test_keeping_what_was_paid(self, books: Books) -> None:
        award = books.award(books.fund("10,000"), "6,000")
        books.pay(award, "2,000")

        books.do(variations.withdraw_award, award=award, keep_paid=True)

        assert books.entries()[-1] == (Kind.WITHDRAWAL, pence("-4,000"))
        line = award.lines[0]
        assert (line.awarded, line.to_pay, line.to_recover) == (pence("2,000"), 0, 0)

    def test_clawing_all_of_it_back(self, books: Books) -> None:
        award = books.award(books.fund("10,000"), "6,000")
        books.pay(award, "2,000")

        books.do(variations.withdraw_award, award=award, keep_paid=False)

        line = award.lines[0]
        assert (line.awarded, line.to_pay, line.to_recover) == (0, 0, pence("2,000"))


def test_failed_payment_leaves_the_award_to_be_paid_again(books: Books) -> None:
    """Example I."""
    award = books.award(books.fund("50,000"), "810")
    books.pay(award, "810")

    books.reverse(books.entry(-1).number)

    line = award.lines[0]
    assert (line.awarded, line.paid, line.to_pay) == (pence("810"), 0, pence("810"))
    books.pay(award, "810")
    assert (line.paid, line.to_pay) == (pence("810"), 0)


def test_one_decision_over_two_years_is_two_award_lines(books: Books) -> None:
    """Example J."""
    fund = books.fund("60,000", year=2019)
    following = books.line(fund, "230,000", year=2020)

    award = books.award_shares(
        Share(line=fund.lines[0], amount=pence("55,117.65")),
        Share(line=following, amount=pence("220,474.80")),
        on=date(2020, 6, 30),
    )

    assert [line.awarded for line in award.lines] == [pence("55,117.65"), pence("220,474.80")]
    assert balance(*fund.lines).awarded == pence("275,592.45")
    assert [line.remaining for line in fund.lines] == [pence("4,882.35"), pence("9,525.20")]
    assert {line.budget_line.year for line in award.lines} == {2019, 2020}
    assert Pence(sum(amount for kind, amount in books.entries() if kind is Kind.AWARD)) == pence("275,592.45")
