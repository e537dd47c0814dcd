"""The first page of each post: what it needs to see, its figures those of the books, and no button it may not use."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import BidStatus, Source
from fundtracker.domain.years import last_day, today, year_label, year_of
from fundtracker.services import allocations, applications, bids, funds, variations
from fundtracker.services.years_beside import year_ago
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.web.db import db
from tests.books.builder import Books
from tests.web.visitor import Visitor, words

SignedIn = Callable[[Role], Visitor]
YESTERDAY = today() - timedelta(days=1)
FIFTY_THOUSAND = Pence(5_000_000)
# The year, last year twice, what is late, and what is owed.
MOST_QUERIES = dict.fromkeys((Role.CHIEF_EXECUTIVE, Role.COMMISSIONER, Role.DEPUTY, Role.VIEWER), 64)


def apply(books: Books, fund: Fund, asked: Pence | None, name: str, on: date = YESTERDAY) -> Application:
    details = applications.ApplicationDetails(
        fund=fund, organisation=books.organisation(name), asked_for=asked, purpose="Speed signs"
    )
    return books.do(applications.log_application, on, details=details)


def bid(books: Books, title: str = "Safer Streets round two", sought: Pence | None = FIFTY_THOUSAND) -> None:
    details = bids.BidDetails(title=title, funder="Home Office", sought=sought, status=BidStatus.SUBMITTED)
    books.do(bids.record_bid, YESTERDAY, details=details)


class TestChiefExecutive:
    def test_the_figures_add_up_over_every_fund(self, books: Books, signed_in: SignedIn) -> None:
        roads = books.fund("280,000.00", spend_by=today() + timedelta(days=40))
        streets = books.fund("550,000.00", name="Safer Streets Fund", source=Source.EXTERNAL)
        books.pay(books.award(roads, "38,640.00"), "7,200.00")
        books.award(streets, "300,000.00")
        said = words(signed_in(Role.CHIEF_EXECUTIVE).get("/"))
        for part in (
            "Allocated £830,000.00",
            "Awarded £338,640.00",
            "Left to award £491,360.00",
            "Paid £7,200.00",
            "To pay £331,440.00",
            "External money 550,000.00 300,000.00 0.00 300,000.00 250,000.00",
            "The Commissioner’s own money 280,000.00 38,640.00 7,200.00 31,440.00 241,360.00",
            "All funds, 2020/21 £830,000.00 £338,640.00 £7,200.00 £331,440.00 £491,360.00",
            "Owed by us £331,440.00 £331,440.00 to pay, £0.00 to return to funders",
        ):
            assert part in said

    def test_it_says_what_is_late_or_at_risk_most_money_first(self, books: Books, signed_in: SignedIn) -> None:
        cut = books.fund("1,000.00", name="Cut Fund", source=Source.EXTERNAL)
        books.pay(books.award(cut, "900.00"), "900.00")
        books.do(allocations.record_cut, date(2020, 9, 14), line=cut.lines[0], amount="400.00")
        late = books.fund("50.00", name="Late Fund", spend_by=YESTERDAY)
        owing = books.fund("500.00", name="Owing Fund")
        for amount in ("400.00", "60.00"):
            award = books.award(owing, amount)
            books.pay(award, amount)
            books.do(variations.vary_award, line=award.lines[0], by="-50.00")
        shut = books.fund("700.00", name="Shut Fund")
        books.do(funds.close_fund, fund=shut)
        said = words(signed_in(Role.CHIEF_EXECUTIVE).get("/"))
        found = said.split("Late or at risk")[1].split("Funds Allocated")[0]
        assert found.split()[0] == "3"
        order = ["the funder cut £400.00, the last of it on 14 September 2020 £300.00",
                 "Owing Fund: 2 amounts to recover £100.00", "Late Fund"]  # fmt: skip
        places = [found.index(part) for part in order]
        assert places == sorted(places)
        assert "1 day late." in found
        assert late.reference
        assert "For you to decide 1 Say what happens to the rest of Shut Fund £700.00 Closed since" in said
        assert "Closed with money left: £700.00" in said

    def test_it_says_what_is_to_decide_oldest_first(self, books: Books, signed_in: SignedIn) -> None:
        fund = books.fund("1,000.00")
        apply(books, fund, Pence(30_000), "Wellington Town Council", today() - timedelta(days=12))
        apply(books, fund, None, "Weobley Parish Council")
        books.award(fund, None)
        bid(books)
        bid(books, "Drive", None)
        books.do(bids.record_bid, YESTERDAY, details=bids.BidDetails(title="A pilot", funder="Home Office"))
        said = words(signed_in(Role.CHIEF_EXECUTIVE).get("/"))
        places = [
            said.index(part)
            for part in (
                "For you to decide 3",
                "Settle 1 award that has no money yet Not counted Subject to funding, or with no value stated.",
                "Decide 2 applications to Safer Roads Fund 2020 £300.00 The oldest came 12 days ago. All of it",
                "Choose whether to send 1 bid in development Not stated A pilot",
                "Awaiting an outcome: 2 bids 2 bids state no amount, left out £50,000.00",
            )
        ]
        assert places == sorted(places)

    def test_with_nothing_yet_it_says_who_begins(self, app: Flask, signed_in: SignedIn) -> None:
        page = signed_in(Role.CHIEF_EXECUTIVE).get("/")
        assert "No fund is open yet." in words(page)
        assert "govuk-button" not in page.text

    def test_nothing_late_is_said_in_one_line(self, books: Books, signed_in: SignedIn) -> None:
        books.fund("1,000.00")
        said = words(signed_in(Role.CHIEF_EXECUTIVE).get("/"))
        assert "Late or at risk 0 Nothing is late and no money is at risk." in said
        assert "For you to decide 0 Nothing for you to decide." in said

    def test_last_year_stands_beside_this_one_and_is_marked_where_it_is_an_example(
        self, books: Books, signed_in: SignedIn
    ) -> None:
        day = year_ago(today())
        old = books.fund(name="Old Fund", year=year_of(day))
        books.allocate(old.lines[0], "100.00", day)
        books.award(old, "30.00", on=day)
        books.award(old, "20.00", on=last_day(year_of(day)))
        books.allocate(books.fund(name="New Fund", year=year_of(today())).lines[0], "80.00", today())
        said = words(signed_in(Role.CHIEF_EXECUTIVE).get("/"))
        for part in (
            f"{year_label(year_of(today()))} so far",
            "Allocated £80.00 This day last year £100.00 Last year in full £100.00",
            "Awarded £0.00 This day last year £30.00 Last year in full £50.00",
            "Left to award £80.00 This day last year £70.00 Last year in full £50.00",
            f"Only in {year_label(year_of(day))}: Old Fund 30.00 50.00 in full",
            "Other years 100.00 50.00 0.00 50.00 50.00",
            "All the books £180.00 £50.00 £0.00 £50.00 £130.00",
        ):
            assert part in said
        assert "(example)" not in said


class TestCommissioning:
    def test_the_queue_is_oldest_first_with_what_would_be_left(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("1,000.00")
        new = apply(books, fund, Pence(120_000), "Weobley Parish Council")
        old = apply(books, fund, Pence(30_000), "Wellington Town Council", today() - timedelta(days=12))
        page = officer.get("/")
        said = words(page)
        assert "12 days" in said
        assert "300.00 1,000.00 700.00" in said
        assert "1,200.00 1,000.00 −200.00 more than is left" in said
        assert "2 applications waiting £1,500.00" in said
        places = [page.text.index(f"/applications/{one.reference}/decide") for one in (old, new)]
        assert places == sorted(places)

    def test_awards_without_money_and_bids_are_listed(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("1,000.00")
        books.award(fund, None)
        books.award(fund, "250.00", subject_to_funding=True)
        bid(books)
        said = words(officer.get("/"))
        assert "Awards without money 2" in said
        assert "£250.00 Safer Roads Fund 2020. Waits for funding" in said
        assert "Not stated Safer Roads Fund 2020. No value stated" in said
        assert "Bids to chase 1" in said

    def test_with_nothing_yet_it_says_what_to_do(self, officer: Visitor) -> None:
        page = officer.get("/")
        assert "No funds yet. Open the first fund" in words(page)
        assert 'href="/funds/new"' in page.text
        assert '<a class="govuk-link" href="/imports">bring in the office’s workbook</a>' in page.text
        assert "/applications/log" not in page.text


class TestFinance:
    def test_what_is_owed_and_what_was_paid(self, books: Books, signed_in: SignedIn) -> None:
        fund = books.fund("1,000.00")
        first = books.award(fund, "400.00", on=date(2020, 5, 1))
        books.pay(first, "150.00")
        books.award(fund, "100.00", books.organisation("Weobley Parish Council"))
        over = books.award(fund, "200.00")
        books.pay(over, "200.00")
        books.do(variations.vary_award, line=over.lines[0], by="-80.00")
        page = signed_in(Role.FINANCE).get("/")
        said = words(page)
        for part in (
            "To pay £350.00 on 2 awards, the oldest of 1 May 2020",
            "To recover £80.00 from 1 organisation",
            "Paid £350.00 in 2 payments, refunds and reversals",
            "All 2 awards to pay £350.00",
            "Paid £200.00, awarded £120.00",
        ):
            assert part in said
        assert 'href="/ledger.xlsx"' in page.text
        assert 'href="/payments.xlsx"' in page.text
        assert f'href="/awards/{first.reference}/pay"' in page.text

    def test_with_nothing_yet_each_list_says_so(self, signed_in: SignedIn) -> None:
        said = words(signed_in(Role.FINANCE).get("/"))
        for part in ("Nothing is to pay.", "Nothing is to come back.", "Nothing has been paid yet."):
            assert part in said


def test_the_administrator_sees_who_can_sign_in(signed_in: SignedIn) -> None:
    page = signed_in(Role.ADMINISTRATOR).get("/")
    assert "Administrator 1 person, 1 without a password yet" in words(page)
    assert "Finance officer Nobody" in words(page)
    assert "/payments/due" not in page.text


@pytest.mark.parametrize("role", Role)
def test_the_queries_do_not_grow_with_the_rows(app: Flask, books: Books, signed_in: SignedIn, role: Role) -> None:
    visitor = signed_in(role)
    few = grow(books, 2)
    visitor.get("/")
    counted = [count(app, visitor)]
    grow(books, 6)
    counted.append(count(app, visitor))
    assert few
    assert counted[0] == counted[1] <= MOST_QUERIES.get(role, 32)


def grow(books: Books, number: int) -> list[Fund]:
    made = []
    for one in range(number):
        fund = books.fund("1,000.00", name=f"Fund {number} {one}", spend_by=YESTERDAY)
        books.fund("700.00", name=f"Last year's {number} {one}", year=2019)
        apply(books, fund, Pence(10_000), f"Council {number} {one}")
        books.pay(books.award(fund, "400.00"), "150.00")
        books.award(fund, None)
        bid(books, f"Bid {number} {one}")
        made.append(fund)
    return made


def count(app: Flask, visitor: Visitor) -> int:
    sent: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    assert visitor.get("/").status_code == 200
    return len([statement for statement in sent if re.match(r"\s*(SELECT|WITH)", statement)])
