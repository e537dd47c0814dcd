"""Money that comes back and money that went to the wrong organisation, with the award before and after."""

from collections.abc import Callable
from datetime import date

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import AwardType, SpendType
from fundtracker.services import gifts, payments, variations
from fundtracker.services.awards import AwardDetails, Share, find_award
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import check_and_record, count, send
from tests.web.visitor import Visitor, words

REFUND = "/payments/SRF20-001/1/refund"
ANSWERS = {"amount": "150", "lowers": "yes", "on": "1 July 2020", "reference": "BACS-9", "narrative": "Unspent"}
WRONG = "/payments/SRF20-001/1/wrong-organisation"
MOVED = {"organisation": "Wythall Parish Council", "narrative": "Two councils on one list", "on": "1 July 2020"}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Allocate £1,000.00 (entry 1), award £600.00 of it (2) and pay it all (3)."""
    fund = books.fund("1,000", reference="SRF20")
    award = books.award(fund, "600", to=books.organisation())
    books.organisation("Wythall Parish Council")
    books.pay(award, "600")
    return fund


def award(books: Books, reference: str = "SRF20-001") -> Award:
    books.session.rollback()
    return find_award(books.session, reference)


class TestRefund:
    def test_shows_the_award_and_the_fund_before_and_after_for_each_answer(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        assert "At most £600.00, all that Wellington Town Council holds" in words(officer.get(REFUND))
        said = words(send(officer, REFUND, "check", **ANSWERS))
        assert "Comes down by £150.00, which can be awarded again" in said
        assert "Paid 600.00 450.00 To pay 0.00 0.00 Awarded £600.00 £450.00" in said
        assert "Left to award £400.00 £550.00" in said
        said = words(send(officer, REFUND, "check", **ANSWERS | {"lowers": "no"}))
        assert "Stays as it is: £150.00 may be paid" in said
        assert "Paid 600.00 450.00 To pay 0.00 150.00 Awarded £600.00 £600.00" in said
        assert "Left to award £400.00 £400.00" in said
        assert count(books, Entry) == 3

    @pytest.mark.parametrize(("lowers", "awarded"), [("yes", "450"), ("no", "600")])
    def test_is_recorded_as_it_was_answered(
        self, books: Books, officer: Visitor, fund: Fund, lowers: str, awarded: str
    ) -> None:
        answer = check_and_record(officer, REFUND, **ANSWERS | {"lowers": lowers})
        said = words(officer.get(answer.location))
        assert "Refund of £150.00 is recorded" in said
        line = award(books).lines[0]
        assert (line.awarded, line.recovered) == (pence(awarded), pence("150"))
        refund = books.entry(-1)
        assert (refund.reference, refund.narrative) == ("BACS-9", "Unspent")
        assert answer.location == f"/entries/{refund.number}/recorded"

    def test_sent_twice_is_recorded_once(self, books: Books, officer: Visitor, fund: Fund) -> None:
        key = officer.key(REFUND)
        answers = [send(officer, REFUND, "record", key, **ANSWERS) for _ in range(2)]
        assert answers[0].location == answers[1].location
        assert count(books, Entry) == 5

    def test_more_than_was_paid_is_refused_and_keeps_what_was_typed(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        answer = send(officer, REFUND, "check", **ANSWERS | {"amount": "600.01", "lowers": "no"})
        assert answer.status_code == 422
        assert "£0.01 more would have been refunded than was paid" in words(answer)
        for typed in ("600.01", "BACS-9", "Unspent"):
            assert typed in answer.text

    def test_what_is_to_recover_is_filled_in_and_does_not_lower_the_award_again(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        books.do(variations.vary_award, line=award(books).lines[0], by="-200")
        page = officer.get("/awards/SRF20-001/refund")
        assert 'value="200.00"' in page.text
        assert "£200.00 is to recover already" in words(page)
        said = words(send(officer, "/awards/SRF20-001/refund", "check", **ANSWERS | {"amount": "200"}))
        assert "Stays as it is: it came down by this sum before" in said
        assert "To recover 200.00 0.00 Awarded £400.00 £400.00" in said

    def test_the_part_is_asked_for_where_two_were_paid(self, books: Books, officer: Visitor, fund: Fund) -> None:
        capital = books.line(fund, "500", year=2020, spend_type=SpendType.CAPITAL)
        shares = (Share(line=fund.lines[0], amount=pence("70")), Share(line=capital, amount=pence("30")))
        two = books.award_shares(*shares)
        for line in two.lines:
            books.do(payments.pay, line=line, amount=line.awarded)
        page = f"/awards/{two.reference}/refund"
        assert "2020/21 capital: £30.00 paid" in words(officer.get(page))
        assert "Choose which part" in words(send(officer, page, "check", **ANSWERS | {"amount": "5"}))
        for typed in ("\x00", "2", "-1", "one"):
            assert send(officer, page, "record", line=typed, **ANSWERS | {"amount": "5"}).status_code == 422
        check_and_record(officer, page, line="1", **ANSWERS | {"amount": "5"})
        assert [line.recovered for line in award(books, two.reference).lines] == [0, pence("5")]

    def test_a_part_that_came_back_meanwhile_is_not_taken_for_the_other(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        capital = books.line(fund, "500", year=2020, spend_type=SpendType.CAPITAL)
        shares = (Share(line=fund.lines[0], amount=pence("70")), Share(line=capital, amount=pence("30")))
        two = books.award_shares(*shares)
        for line in two.lines:
            books.do(payments.pay, line=line, amount=line.awarded)
        page = f"/awards/{two.reference}/refund"
        books.do(payments.refund, line=two.lines[0], amount="70", lowers_award=True)
        refused = send(officer, page, "check", line="0", **ANSWERS | {"amount": "5"})
        assert refused.status_code == 422
        assert "What you chose is not on offer now" in words(refused)

    def test_where_nothing_was_paid_nothing_comes_back(self, books: Books, officer: Visitor, fund: Fund) -> None:
        books.reverse(3)
        for page in (REFUND, "/awards/SRF20-001/refund"):
            assert "There is nothing that could come back" in words(officer.get(page))
        assert "Record a refund" not in words(officer.get("/payments/SRF20-001/1"))

    def test_a_gift_in_kind_takes_no_money_either_way(self, books: Books, officer: Visitor) -> None:
        details = AwardDetails(recipient=books.organisation(), shares=(), purpose="Eight bicycles")
        books.do(gifts.record_gift, details=details)
        assert "gift in kind: no money is paid on it" in words(officer.get("/awards/GIFT-001/pay"))
        assert "There is nothing that could come back" in words(officer.get("/awards/GIFT-001/refund"))


class TestWrongOrganisation:
    def test_says_in_words_what_will_happen(self, books: Books, officer: Visitor, fund: Fund) -> None:
        assert "recorded as paid in error to whoever has it" in words(officer.get(WRONG))
        said = words(send(officer, WRONG, "check", **MOVED))
        assert "Payment SRF20-001/1 of £600.00 is reversed" in said
        assert "paid in error to Wythall Parish Council, on an award of £0.00" in said
        assert "Paid 600.00 0.00 To pay 0.00 600.00 Awarded £600.00 £600.00" in said
        assert "Move the payment of £600.00" in said
        assert count(books, Entry) == 3

    def test_moves_it_once_and_says_what_next(self, books: Books, officer: Visitor, fund: Fund) -> None:
        key = officer.key(WRONG)
        answers = [send(officer, WRONG, "record", key, **MOVED) for _ in range(2)]
        assert answers[0].location == answers[1].location
        page = officer.get(answers[0].location)
        assert "The payment is moved to Wythall Parish Council Reference SRF20-002" in words(page)
        assert "£600.00 is to recover from Wythall Parish Council" in words(page)
        assert 'href="/awards/SRF20-002/refund"' in page.text
        assert 'href="/awards/SRF20-001/pay"' in page.text
        assert award(books, "SRF20-002").type is AwardType.PAID_IN_ERROR
        assert count(books, Entry) == 5

    def test_the_money_comes_back_without_the_question(self, books: Books, officer: Visitor, fund: Fund) -> None:
        check_and_record(officer, WRONG, **MOVED)
        page = officer.get("/payments/SRF20-002/1/refund")
        assert "Does the award come down" not in words(page)
        assert 'value="600.00"' in page.text
        check_and_record(officer, "/payments/SRF20-002/1/refund", amount="600", on="1 July 2020")
        assert award(books, "SRF20-002").lines[0].to_recover == 0

    def test_what_comes_back_after_it_was_written_off_is_to_pay_to_nobody(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        check_and_record(officer, WRONG, **MOVED)
        books.do(variations.write_off, date(2020, 7, 1), line=award(books, "SRF20-002").lines[0])
        back = {"amount": "30", "on": "2 July 2020"}
        said = words(send(officer, "/payments/SRF20-002/1/refund", "check", **back))
        assert "Paid 600.00 570.00 To pay 0.00 0.00 Awarded £600.00 £570.00" in said
        check_and_record(officer, "/payments/SRF20-002/1/refund", **back)
        assert award(books, "SRF20-002").lines[0].to_pay == 0

    def test_the_one_that_it_was_meant_for_is_refused_at_the_name(self, officer: Visitor, fund: Fund) -> None:
        answer = send(officer, WRONG, "check", **MOVED | {"organisation": "wellington town council"})
        assert answer.status_code == 422
        assert "this one was meant to" in words(answer)
        assert 'href="#organisation"' in answer.text
        assert "Two councils on one list" in answer.text

    def test_a_new_organisation_is_added_in_place(self, books: Books, officer: Visitor, fund: Fund) -> None:
        given = MOVED | {"organisation": "Ysgol Gymraeg 汉语"}
        answer = send(officer, WRONG, "check", **given)
        assert "Add it as a new one" in words(answer)
        check_and_record(officer, WRONG, organisation_choice="new ysgol gymraeg 汉语", **given)
        assert award(books, "SRF20-002").organisation.name == "Ysgol Gymraeg 汉语"

    def test_what_was_refunded_in_part_says_what_to_undo_first(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        check_and_record(officer, REFUND, **ANSWERS | {"lowers": "no"})
        assert "Some of it has been refunded since" in words(officer.get(WRONG))
        assert "It went to the wrong organisation" not in words(officer.get("/payments/SRF20-001/1"))
        assert send(officer, WRONG, "check", **MOVED).status_code == 422

    def test_is_not_for_money_paid_in_error_already(self, books: Books, officer: Visitor, fund: Fund) -> None:
        check_and_record(officer, WRONG, **MOVED)
        answer = officer.get("/payments/SRF20-002/1/wrong-organisation")
        assert "records money paid in error. Record its refund, or write it off" in words(answer)
        assert "went to the wrong organisation" not in words(officer.get("/payments/SRF20-002/1"))

    @pytest.mark.parametrize("asked", ["", "?award=SRF20-001", "?award=none"])
    def test_the_confirmation_is_only_of_what_was_moved(self, officer: Visitor, fund: Fund, asked: str) -> None:
        assert officer.get(f"/payments/SRF20-001/1/moved{asked}").status_code == 404


class TestThePaymentPage:
    def test_says_what_happened_since_and_what_can_be_done(self, books: Books, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/payments/SRF20-001/1")
        for part in ("Record a refund", "Undo the payment", "Correct its amount", "It went to the wrong organisation"):
            assert part in words(page)
        check_and_record(officer, REFUND, **ANSWERS)
        said = words(officer.get("/payments/SRF20-001/1"))
        assert "#5 1 Jul 2020 Refund Unspent 150.00" in said
        assert "It cannot be undone. Some of it has been refunded since" in said

    def test_shows_the_corrected_amount(self, books: Books, officer: Visitor, fund: Fund) -> None:
        check_and_record(officer, "/entries/3/correct", amount="550", narrative="Typed wrongly", on="1 July 2020")
        said = words(officer.get("/payments/SRF20-001/1"))
        assert "Paid £550.00" in said
        assert "#3 30 Jun 2020 Payment 600.00 #4 1 Jul 2020 Reversal of the payment Typed wrongly −600.00" in said
        assert "Reversed by" not in said

    def test_offers_nothing_to_those_who_only_read(self, fund: Fund, signed_in: Callable[[Role], Visitor]) -> None:
        reader = signed_in(Role.CHIEF_EXECUTIVE)
        said = words(reader.get("/payments/SRF20-001/1"))
        assert "Undo the payment" not in said
        assert "Record a refund" not in said
        for page in (REFUND, WRONG, "/awards/SRF20-001/refund"):
            assert reader.get(page).status_code == 403
            assert reader.post(page, step="record").status_code == 403
