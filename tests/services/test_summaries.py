"""The summary adds up, today and as at any past day, and the recount agrees with it."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.services.recount import recount
from fundtracker.services.summaries import summarise
from tests.books.builder import Books

MONEY = ("allocated", "awarded", "remaining", "net_paid", "to_pay", "to_recover")


def figures(session: Session, day: date | None = None, up_to: int | None = None) -> list[str]:
    totals = summarise(session, day, up_to).to_json()["totals"]
    return [totals[name] for name in MONEY]


class TestSummarise:
    def test_gives_each_day_what_was_true_then(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        award = books.award(fund, "1,064", on=date(2020, 4, 30))
        books.pay(award, "1,000", on=date(2020, 5, 31))
        books.award(fund, "810", on=date(2020, 4, 2))

        assert figures(session) == ["50000.00", "1874.00", "48126.00", "1000.00", "874.00", "0.00"]
        assert figures(session, date(2020, 4, 30)) == ["50000.00", "1874.00", "48126.00", "0.00", "1874.00", "0.00"]
        assert figures(session, date(2020, 4, 1)) == ["50000.00", "0.00", "50000.00", "0.00", "0.00", "0.00"]
        assert figures(session, date(2020, 3, 31))[0] == "0.00"

    def test_repeats_an_old_answer_up_to_its_last_entry(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        books.award(fund, "1,064", on=date(2020, 4, 30))
        before = summarise(session, date(2020, 6, 30)).to_json()

        books.award(fund, "810", on=date(2020, 4, 2))

        again = summarise(session, date(2020, 6, 30), before["last_entry"]).to_json()
        assert again == before

    def test_counts_an_award_over_two_funds_once(self, books: Books, session: Session) -> None:
        books.award(books.fund("50,000"), "1,064")
        books.award(books.fund("50,000", name="Other fund"), "1,064")

        summary = summarise(session)

        assert (summary.counts.awards, summary.counts.organisations) == (2, 1)
        assert [row.counts.organisations for row in summary.funds] == [1, 1]


def test_recount_agrees_and_says_what_it_looked_at(books: Books, session: Session) -> None:
    fund = books.fund("50,000")
    books.pay(books.award(fund, "1,064"), "64")

    found = recount(session)

    assert found.to_json() == {"as_at_entry": 3, "entries": 3, "balances": 10, "differences": []}
