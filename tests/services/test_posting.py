"""Posting: dates, closed periods, numbers and what every entry says of itself."""

from datetime import date, timedelta

from fundtracker.domain.refusals import ClosedPeriodError, DateRefusedError, MoreThanReceivedError
from fundtracker.domain.roles import Actor
from fundtracker.domain.years import now, today
from fundtracker.services import allocations, funders, variations
from fundtracker.services.posting import Particulars
from fundtracker.store.books import Book
from tests.books.builder import DAY, LATER, Books, pence


class TestDates:
    def test_tomorrow_has_not_come(self, books: Books) -> None:
        line = books.fund("100").lines[0]

        with books.refused(DateRefusedError, "has not come yet"):
            books.do(allocations.uplift, today() + timedelta(days=1), line=line, amount="1")
        books.do(allocations.uplift, today(), line=line, amount="1")

    def test_a_closed_period_takes_no_entry_and_the_next_day_does(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        books.close(LATER)

        with books.refused(ClosedPeriodError, "closed to 30 June 2020", "give 30 June 2020 as the original date"):
            books.do(allocations.uplift, LATER, line=line, amount="1")
        late = books.do(allocations.uplift, LATER + timedelta(days=1), line=line, amount="1", original_date=LATER)

        assert (late.on_date, late.original_date) == (date(2020, 7, 1), LATER)

    def test_a_closed_period_is_put_right_in_the_open_one(self, books: Books) -> None:
        award = books.award(books.fund("100"), "10")
        books.close(LATER)

        for verb in (
            lambda: books.reverse(2),
            lambda: books.do(variations.withdraw_award, award=award, keep_paid=True),
            lambda: books.award(award.lines[0].budget_line, None),
        ):
            with books.refused(ClosedPeriodError, "closed to 30 June 2020"):
                verb()
        assert [entry.reverses for entry in books.reverse(2, on=date(2020, 7, 1))] == [2]

    def test_a_reopened_period_takes_entries_again(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        books.close(LATER)
        books.reopen()

        books.do(allocations.uplift, LATER, line=line, amount="1")

        assert line.allocated == pence("101")


class TestEntry:
    def test_is_numbered_from_one_without_a_gap_whatever_is_refused(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        with books.refused(DateRefusedError):
            books.do(allocations.uplift, today() + timedelta(days=1), line=line, amount="1")
        books.do(allocations.carry_forward, line=line, amount="1")

        entries = [books.entry(number) for number in (1, 2, 3)]

        assert [entry.posting for entry in entries] == [1, 2, 2]
        assert books.session.get_one(Book, 1).last_entry == 3

    def test_says_who_when_why_and_what_was_left(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        facts = Particulars(on=DAY, by=Actor("Finance officer"), narrative=" For\nlighting ", decision=" D/1 ")

        entry = books.change(allocations.uplift, line=line, amount="5", particulars=facts)

        assert (entry.narrative, entry.decision_reference, entry.posted_by) == (
            "For lighting",
            "D/1",
            "Finance officer",
        )
        assert (entry.fund_remaining_after, entry.on_date) == (pence("105"), DAY)
        assert timedelta() <= now() - entry.posted_at < timedelta(minutes=1)

    def test_counts_what_all_lines_of_its_fund_have_left(self, books: Books) -> None:
        fund = books.fund("100")
        second = books.line(fund, "50", year=2021)

        books.award(second, "20")

        assert books.entry(-1).fund_remaining_after == pence("130")


class TestFunder:
    def test_takes_back_no_more_than_it_sent_over_the_whole_fund(self, books: Books) -> None:
        fund = books.fund("100")
        second = books.line(fund, year=2021)
        books.do(funders.record_receipt, line=fund.lines[0], amount="50")

        with books.refused(MoreThanReceivedError, "£50.00 of what PCC sent", "£50.01 is £0.01 too much"):
            books.do(funders.return_to_funder, line=second, amount="50.01")
        books.do(funders.return_to_funder, line=second, amount="50")

        assert (fund.lines[0].received, second.returned) == (pence("50"), pence("50"))

    def test_takes_back_nothing_before_it_was_sent(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        books.do(funders.record_receipt, LATER, line=line, amount="50")

        with books.refused(MoreThanReceivedError, "On 1 April 2020, £1.00 more would have gone back"):
            books.do(funders.return_to_funder, DAY, line=line, amount="1")
