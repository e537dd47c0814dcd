"""Gifts in kind: held without touching any sum."""

from fundtracker.domain.refusals import FundNotOpenError, NothingToDoError
from fundtracker.domain.statuses import AwardType
from fundtracker.services import funds, gifts
from fundtracker.services.awards import AwardDetails, Share
from tests.books.builder import Books, pence


class TestGiftInKind:
    def test_moves_no_money_and_needs_no_fund(self, books: Books) -> None:
        details = AwardDetails(recipient=books.organisation("The Bridge"), shares=(), purpose="Eight bicycles")

        gift = books.do(gifts.record_gift, details=details, estimated_value="400")

        assert (gift.reference, gift.type, gift.fund, gift.lines) == ("GIFT-001", AwardType.IN_KIND, None, [])
        assert books.entries() == []

    def test_from_a_fund_takes_nothing_from_it(self, books: Books) -> None:
        fund = books.fund("100")
        details = AwardDetails(recipient=books.organisation(), shares=())

        books.do(gifts.record_gift, details=details, fund=fund)

        assert fund.lines[0].remaining == pence("100")

    def test_with_money_is_refused(self, books: Books) -> None:
        share = Share(line=books.fund("100").lines[0], amount=pence("1"))
        details = AwardDetails(recipient=books.organisation(), shares=(share,))

        with books.refused(NothingToDoError, "takes no money"):
            books.do(gifts.record_gift, details=details)

    def test_from_a_closed_fund_is_refused(self, books: Books) -> None:
        fund = books.fund("100")
        details = AwardDetails(recipient=books.organisation(), shares=())
        books.do(funds.close_fund, fund=fund)

        with books.refused(FundNotOpenError, "no new award"):
            books.do(gifts.record_gift, details=details, fund=fund)
