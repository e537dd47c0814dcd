"""One entry on its page, undoing it and correcting its amount: shown before, checked, recorded once."""

from collections.abc import Callable
from datetime import date

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus, SpendType
from fundtracker.services import allocations, payments, variations
from fundtracker.services.applications import find_application
from fundtracker.services.awards import Share, find_award
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import ask, check_and_record, count, send
from tests.web.visitor import Visitor, words

WHY = {"narrative": "Recorded on the wrong award", "on": "1 July 2020"}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Allocate £1,000.00 (entry 1), award £600.00 of it (2) and pay £200.00 (3)."""
    fund = books.fund("1,000", reference="SRF20")
    award = books.award(fund, "600", to=books.organisation())
    books.pay(award, "200")
    return fund


class TestOneEntry:
    def test_says_all_that_is_known_of_it(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/entries/3")
        said = words(page)
        for part in ("Payment of £200.00", "Entry #3 · Wellington Town Council", "added to what is paid",
                     "30 June 2020", "by tests", "SRF20-001/1", "Left in the fund after it £400.00"):  # fmt: skip
            assert part in said
        assert 'href="/funds/SRF20?entry=3#entry-3"' in page.text
        assert 'href="/payments/SRF20-001/1"' in page.text

    def test_offers_undoing_and_correcting_to_those_who_may(
        self, books: Books, officer: Visitor, fund: Fund, signed_in: Callable[[Role], Visitor]
    ) -> None:
        assert "Undo this entry" in words(officer.get("/entries/3"))
        assert "Correct its amount" in words(officer.get("/entries/3"))
        assert "If it is wrong" not in words(signed_in(Role.CHIEF_EXECUTIVE).get("/entries/3"))

    def test_names_what_to_undo_first(self, books: Books, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/entries/1")
        assert "It cannot be undone. The money has been awarded or moved since" in words(page)
        assert "Undo this first: Award of £600.00 , 30 June 2020, entry #2" in words(page)
        assert 'href="/entries/2"' in page.text
        assert "Undo this entry" not in words(page)

    def test_says_what_reversed_it_and_what_it_reverses(self, books: Books, officer: Visitor, fund: Fund) -> None:
        books.reverse(3)
        said = words(officer.get("/entries/3"))
        assert "Payment of £200.00 Reversed" in said
        assert "Reversed by #4 on 30 June 2020, by tests" in said
        assert "is reversed already, by entry #4" in said
        said = words(officer.get("/entries/4"))
        assert "Reversal of the payment of £200.00" in said
        assert "−£200.00 taken off what is paid" in said
        assert "Record what is right as a new entry" in said

    def test_both_legs_of_a_transfer_name_each_other(self, books: Books, officer: Visitor, fund: Fund) -> None:
        other = books.fund("5", name="Covid-19 response fund")
        books.do(allocations.transfer, source=fund.lines[0], target=other.lines[0], amount="40")
        assert "Recorded with it #6 transfer in, £40.00" in words(officer.get("/entries/5"))
        assert "#5 transfer out, −£40.00" in words(officer.get("/entries/6"))
        assert "A transfer has two legs" in words(officer.get("/entries/6"))

    @pytest.mark.parametrize("number", ["0", "4", "9223372036854775807", "9" * 30])
    def test_that_is_not_there_is_not_found(self, officer: Visitor, fund: Fund, number: str) -> None:
        for page in ("", "/reverse", "/correct", "/recorded"):
            answer = officer.get(f"/entries/{number}{page}")
            assert answer.status_code == 404


class TestUndoing:
    def test_shows_what_it_takes_back_before_anything_moves(self, books: Books, officer: Visitor, fund: Fund) -> None:
        for page in (officer.get("/entries/3/reverse"), send(officer, "/entries/3/reverse", "check", **WHY)):
            said = words(page)
            assert "#3 30 Jun 2020 Payment 200.00 −200.00" in said
            assert "Paid 200.00 0.00 To pay 400.00 600.00 Awarded £600.00 £600.00" in said
            assert "Left to award £400.00 £400.00 Paid 200.00 0.00" in said
        assert "Nothing has moved yet" in said
        assert "Undo the payment of £200.00" in said
        assert count(books, Entry) == 3

    def test_is_recorded_once_and_confirmed_with_its_number(self, books: Books, officer: Visitor, fund: Fund) -> None:
        key = officer.key("/entries/3/reverse")
        answers = [send(officer, "/entries/3/reverse", "record", key, **WHY) for _ in range(2)]
        assert [answer.location for answer in answers] == ["/entries/4/recorded"] * 2
        said = words(officer.get("/entries/4/recorded"))
        assert "Reversal of the payment of £200.00 is recorded Reference #4" in said
        assert "undoes #3" in said
        assert "£600.00 awarded, £0.00 paid and £600.00 to pay" in said
        assert "Record a payment of SRF20-001" in said
        books.session.rollback()
        undo = books.entry(4)
        assert (undo.reverses, undo.narrative, undo.on_date) == (3, WHY["narrative"], date(2020, 7, 1))

    def test_needs_a_reason(self, officer: Visitor, fund: Fund) -> None:
        answer = send(officer, "/entries/3/reverse", "check", **WHY | {"narrative": " "})
        assert answer.status_code == 422
        assert "Enter the reason" in words(answer)
        assert 'href="#narrative"' in answer.text
        assert "1 July 2020" in answer.text

    def test_is_not_dated_before_what_it_undoes(self, officer: Visitor, fund: Fund) -> None:
        answer = send(officer, "/entries/3/reverse", "check", **WHY | {"on": "29 June 2020"})
        assert "#3 is dated 30 June 2020" in words(answer)
        assert 'href="#on"' in answer.text

    def test_that_cannot_be_says_what_to_undo_first(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/entries/1/reverse")
        assert page.status_code == 200
        assert "Entry #1 cannot be undone" in words(page)
        assert "Award of £600.00 , 30 June 2020, entry #2" in words(page)

    def test_a_withdrawal_says_that_the_award_stands_again(self, books: Books, officer: Visitor, fund: Fund) -> None:
        books.do(variations.withdraw_award, award=find_award(books.session, "SRF20-001"), keep_paid=True)
        assert "Award SRF20-001 stands again" in words(officer.get("/entries/4/reverse"))
        check_and_record(officer, "/entries/4/reverse", **WHY)
        books.session.rollback()
        assert find_award(books.session, "SRF20-001").status is AwardStatus.AWARDED

    def test_an_award_says_that_its_application_waits_again(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("1,000", reference="SRF20")
        application = ask(books, fund, "100")
        books.award(fund, "100", application=application)
        waits = f"Application {application.reference} waits for a decision again"
        assert waits in words(officer.get("/entries/2/reverse"))
        answer = check_and_record(officer, "/entries/2/reverse", **WHY)
        assert f"Decide {application.reference} again" in words(officer.get(answer.location))
        books.session.rollback()
        assert find_application(books.session, application.reference).status is ApplicationStatus.RECEIVED

    def test_takes_back_all_that_was_recorded_together_or_one_of_it(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        line = find_award(books.session, "SRF20-001").lines[0]
        books.do(payments.refund, line=line, amount="50", lowers_award=True)
        page = "/entries/5/reverse"
        said = words(officer.get(page))
        assert "Both entries that were recorded together" in said
        assert "#5 30 Jun 2020 Refund 50.00 −50.00 #4 30 Jun 2020 Variation −50.00 50.00" in said
        only = words(send(officer, page, "check", what="only", **WHY))
        assert "Variation −50.00" not in only
        assert "Undo the refund of £50.00" in only
        assert "Send £50.00 for approval" in words(send(officer, page, "check", what="all", **WHY))
        check_and_record(officer, page, what="all", **WHY)
        books.session.rollback()
        line = find_award(books.session, "SRF20-001").lines[0]
        assert (line.awarded, line.paid, line.recovered) == (pence("600"), pence("200"), 0)

    def test_one_line_of_an_award_over_two(self, books: Books, officer: Visitor, fund: Fund) -> None:
        capital = books.line(fund, "10,000", year=2020, spend_type=SpendType.CAPITAL)
        shares = (Share(line=fund.lines[0], amount=pence("70")), Share(line=capital, amount=pence("30")))
        award = books.award_shares(*shares)
        check_and_record(officer, "/entries/6/reverse", what="only", **WHY)
        books.session.rollback()
        assert [line.awarded for line in find_award(books.session, award.reference).lines] == [pence("70"), 0]


class TestCorrecting:
    def test_shows_the_difference_and_puts_the_amount_right(self, books: Books, officer: Visitor, fund: Fund) -> None:
        page = "/entries/3/correct"
        assert "It was recorded as £200.00 on 30 June 2020" in words(officer.get(page))
        said = words(send(officer, page, "check", amount="250", **WHY))
        assert "Recorded as £200.00 Right amount £250.00" in said
        assert "Difference £50.00 more" in said
        assert "Paid 200.00 250.00 To pay 400.00 350.00" in said
        assert "Send £50.00 for approval" in said
        answer = check_and_record(officer, page, amount="250", **WHY)
        assert "The amount is corrected to £250.00 Reference #5" in words(officer.get(answer.location))
        books.session.rollback()
        assert [books.entry(n).amount for n in (4, 5)] == [pence("-200"), pence("250")]
        assert "Put right by #5 , £250.00" in words(officer.get("/entries/3"))

    def test_an_amount_beyond_what_is_left_is_refused_at_the_amount(self, officer: Visitor, fund: Fund) -> None:
        answer = send(officer, "/entries/2/correct", "check", amount="1,000.01", **WHY)
        assert answer.status_code == 422
        assert "£0.01 more" in words(answer)
        assert 'href="#amount"' in answer.text
        assert "Recorded on the wrong award" in answer.text

    def test_a_payment_that_came_back_in_part_is_not_made_smaller_than_that(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        line = find_award(books.session, "SRF20-001").lines[0]
        books.do(payments.refund, line=line, amount="50", lowers_award=False)
        answer = send(officer, "/entries/3/correct", "check", amount="49.99", **WHY)
        assert answer.status_code == 422
        assert "£50.00 of what was paid on SRF20-001 has come back, so this payment was £50.00 or more" in words(answer)
        assert "To pay 450.00 450.00" in words(answer)
        assert check_and_record(officer, "/entries/3/correct", amount="50", **WHY).status_code == 303

    def test_the_same_amount_changes_nothing(self, books: Books, officer: Visitor, fund: Fund) -> None:
        assert "It is £200.00 already" in words(send(officer, "/entries/3/correct", "check", amount="200", **WHY))
        assert count(books, Entry) == 3

    def test_an_allocation_asks_for_its_decision_again(self, books: Books, officer: Visitor, fund: Fund) -> None:
        assert 'value="PCC/D/2020/01"' in officer.get("/entries/1/correct").text
        answer = send(officer, "/entries/1/correct", "check", amount="1,100", decision="", **WHY)
        assert "Enter the decision reference" in words(answer)
        check_and_record(officer, "/entries/1/correct", amount="1,100", decision="PCC/D/2020/09", **WHY)
        books.session.rollback()
        assert books.entry(-2).decision_reference == "PCC/D/2020/09"

    def test_a_leg_of_a_transfer_says_what_to_do_instead(self, books: Books, officer: Visitor, fund: Fund) -> None:
        books.do(allocations.carry_forward, line=fund.lines[0], amount="10")
        assert "Entry #4 cannot be corrected" in words(officer.get("/entries/4/correct"))
        assert (
            send(officer, "/entries/3/correct", "check", officer.key("/entries/3/correct"), amount="").status_code
            == 422
        )


@pytest.mark.parametrize("page", ["/entries/3/reverse", "/entries/3/correct"])
def test_those_who_only_read_do_neither(fund: Fund, signed_in: Callable[[Role], Visitor], page: str) -> None:
    reader = signed_in(Role.CHIEF_EXECUTIVE)
    assert reader.get(page).status_code == 403
    assert reader.post(page, step="record", **WHY).status_code == 403


def test_correcting_a_refund_says_that_the_fall_of_its_award_stays(books: Books, officer: Visitor, fund: Fund) -> None:
    line = find_award(books.session, "SRF20-001").lines[0]
    books.do(payments.refund, line=line, amount="50", lowers_award=True)
    said = "Variation of −£50.00 , 30 June 2020, entry #4, was recorded with it and stays as it is"

    assert said in words(officer.get("/entries/5/correct"))
    assert said in words(send(officer, "/entries/5/correct", "check", amount="40", **WHY))
