"""Suspending, closing and reopening a fund, another budget line, and what its page then says and offers."""

from datetime import date

import pytest

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import FundStatus, Source, SpendType
from fundtracker.services.allocations import allow_over, carry_forward, record_cut, reduce
from fundtracker.services.events import events_of
from fundtracker.services.funds import close_fund, find_fund, suspend_fund
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask, send
from tests.web.visitor import Visitor, words

WHY = {"narrative": "The scheme has ended", "on": "1 August 2020", "decision": ""}


def page(visitor: Visitor, tail: str = "") -> str:
    return words(visitor.get(f"/funds/SRF20{tail}"))


class TestStates:
    @pytest.mark.parametrize(
        ("tail", "became"),
        [
            ("suspend", (FundStatus.SUSPENDED, EventKind.FUND_SUSPENDED)),
            ("close", (FundStatus.CLOSED, EventKind.FUND_CLOSED)),
        ],
    )
    def test_is_recorded_once_with_its_reason_and_taken_back(
        self, books: Books, officer: Visitor, roads: Fund, tail: str, became: tuple[FundStatus, EventKind]
    ) -> None:
        status, kind = became
        key = officer.key(f"/funds/SRF20/{tail}")
        for _ in range(2):
            assert send(officer, f"/funds/SRF20/{tail}", "", key, **WHY).headers["Location"] == "/funds/SRF20"
        books.session.rollback()
        assert find_fund(books.session, "SRF20").status is status
        assert [event.kind for event in events_of(books.session, roads)][1:] == [kind]
        assert "The scheme has ended" in page(officer)
        assert f"is {status.value} already" in page(officer, f"/{tail}")

        assert send(officer, "/funds/SRF20/reopen", "", **WHY).status_code == 303
        books.session.rollback()
        assert find_fund(books.session, "SRF20").status is FundStatus.OPEN

    def test_says_what_stops_and_what_goes_on(self, books: Books, officer: Visitor, roads: Fund) -> None:
        ask(books, roads)

        closing, suspending = page(officer, "/close"), page(officer, "/suspend")

        assert "£10,000.00 is still to pay on awards, and may be paid after it is closed" in closing
        assert "£40,000.00 is left to award, and stays marked until it is dealt with" in closing
        assert "waits until the fund is open again" in suspending
        for said in (closing, suspending):
            assert "1 application waits for a decision" in said

    def test_needs_a_reason_and_keeps_what_was_typed(self, books: Books, officer: Visitor, roads: Fund) -> None:
        answer = send(officer, "/funds/SRF20/close", "", narrative="", on="1 January 2150", decision="PCC/D/9")
        assert answer.status_code == 422
        assert "Enter the reason" in words(answer)
        assert "has not come yet" in words(answer)
        assert 'value="PCC/D/9"' in answer.text
        books.session.rollback()
        assert find_fund(books.session, "SRF20").status is FundStatus.OPEN

    def test_a_step_that_was_taken_meanwhile_is_refused(self, books: Books, officer: Visitor, roads: Fund) -> None:
        key = officer.key("/funds/SRF20/suspend")
        books.do(close_fund, fund=roads)
        answer = send(officer, "/funds/SRF20/suspend", "", key, **WHY)
        assert answer.status_code == 422
        assert "is closed. Only an open fund can be suspended" in words(answer)

    @pytest.mark.parametrize("tail", ["suspend", "close", "reopen", "lines"])
    def test_is_closed_to_those_who_only_read(self, visitor: Visitor, roads: Fund, tail: str) -> None:
        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        assert visitor.get(f"/funds/SRF20/{tail}").status_code == 403
        assert visitor.post(f"/funds/SRF20/{tail}", **WHY).status_code == 403


class TestLines:
    def test_leads_on_to_its_allocation(self, books: Books, officer: Visitor, roads: Fund) -> None:
        line = {"year": "2021/22", "spend_type": "capital", "lot": "North"}
        done = send(officer, "/funds/SRF20/lines", "", **line)
        books.session.rollback()
        added = roads.lines[1]

        assert done.headers["Location"] == f"/funds/SRF20/allocation?line={added.id}"
        assert (added.year, added.spend_type, added.lot) == (2021, SpendType.CAPITAL, "North")
        assert f'value="{added.id}" selected' in officer.get(done.headers["Location"]).text
        again = send(officer, "/funds/SRF20/lines", "", **line)
        assert "has a line of 2021/22 capital for North already" in words(again)
        assert 'value="North"' in again.text

    def test_is_not_offered_by_a_closed_fund(self, books: Books, officer: Visitor, roads: Fund) -> None:
        books.do(close_fund, fund=roads)
        assert "Reopen the fund first" in page(officer, "/lines")
        assert "Add a budget line" not in page(officer)


class TestThePageOfAFund:
    def test_offers_what_its_state_allows(self, books: Books, officer: Visitor, roads: Fund) -> None:
        said = page(officer)
        for words_ in (
            "Transfer",
            "Carry forward",
            "Record a funder’s cut",
            "Suspend it",
            "Close it",
            "Edit the words",
        ):
            assert words_ in said
        assert "Reopen" not in said

        books.do(suspend_fund, fund=roads)
        said = page(officer)
        assert "This fund is suspended" in said
        assert "Reopen this fund" in said
        assert "Log an application" not in said

    def test_offers_nothing_to_those_who_only_read(self, books: Books, visitor: Visitor, roads: Fund) -> None:
        books.do(close_fund, fund=roads)
        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        said = page(visitor)
        assert "£40,000.00 is left in this closed fund. It stays marked until it is returned" in said
        for words_ in ("Change this fund", "Transfer", "Reopen", "Carry it forward"):
            assert words_ not in said

    def test_marks_money_left_in_a_closed_fund_until_it_is_carried_forward(
        self, books: Books, officer: Visitor, roads: Fund
    ) -> None:
        books.do(close_fund, fund=roads)
        books.do(carry_forward, line=roads.lines[0], amount="30,000")
        assert "£10,000.00 is left in this closed fund" in page(officer)

        books.do(reduce, line=roads.lines[0], amount="10,000")
        assert "left in this closed fund" not in page(officer)

    def test_offers_the_funder_first_what_is_left_of_its_money(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("100", reference="SRF20", source=Source.EXTERNAL)
        books.do(close_fund, fund=fund)
        assert "Return what is left to the funder Transfer what is left Carry it forward" in page(officer)

    def test_says_why_it_is_over_allocated(self, books: Books, officer: Visitor, roads: Fund) -> None:
        books.do(record_cut, date(2020, 9, 14), line=roads.lines[0], amount="45,000")
        said = page(officer)
        assert "£5,000.00 more is awarded than allocated." in said
        assert "The funder cut £45,000.00 on 14 September 2020, entry #4" in said
        assert "Nothing more can be awarded until awards come down or more is allocated." in said
        books.reverse(4, on=date(2020, 9, 15))
        assert "more is awarded than allocated" not in page(officer)

    def test_says_when_it_is_over_within_its_allowance(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("100", reference="SRF20")
        books.do(allow_over, date(2020, 5, 1), line=fund.lines[0], amount="20")
        books.award(fund, "110")
        said = page(officer)
        assert "£10.00 more is awarded than allocated, within the allowance." in said
        assert "The allowance is £20.00 since 1 May 2020, decision PCC/D/2020/01" in said

    def test_a_fund_without_an_allocation_says_so(self, books: Books, officer: Visitor) -> None:
        books.fund(reference="SRF20")
        said = page(officer)
        assert "Nothing is allocated to this fund yet, so nothing can be awarded from it. Allocate to this fund" in said

    def test_leads_from_the_number_of_an_entry_to_its_page(self, officer: Visitor, roads: Fund) -> None:
        assert 'href="/entries/2"' in officer.get("/funds/SRF20").text

    def test_names_a_share_of_many_times_with_a_comma(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("95,001", reference="SRF20")
        books.award(fund, "95,000")
        books.do(record_cut, line=fund.lines[0], amount="95,000")
        assert "1 award, 9,500,000.00%" in page(officer)
