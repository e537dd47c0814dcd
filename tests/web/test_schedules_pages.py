"""The schedule of an award by page: by hand, by rule, held, its condition met; and claims that draw on it."""

from collections.abc import Callable
from datetime import date

import pytest

from fundtracker.domain.roles import Role
from fundtracker.services.awards import Share
from fundtracker.services.instalments import slots_of
from fundtracker.services.replanning import instalments_of
from fundtracker.store.awards import Award
from tests.books.builder import Books, pence
from tests.web.asking import send
from tests.web.visitor import Visitor, words

PLAN, CLAIM = "/awards/SRF20-001/schedule", "/awards/SRF20-001/claim"


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00."""
    return books.award(books.fund("5,000", reference="SRF20"), "900", to=books.organisation("Riders"))


def row(place: int, on: str, amount: str, **more: str) -> dict[str, str]:
    given = {"due_on": on, "amount": amount, **more}
    return {f"rows-{place}-{name}": typed for name, typed in given.items()}


def planned(books: Books, award: Award) -> list[tuple[date, int]]:
    books.session.rollback()
    return [(slot.due_on, slot.amount) for slot in slots_of(books.session, award.lines)]


class TestByHand:
    def test_it_says_what_is_still_to_place_and_saves_what_adds_up(
        self, books: Books, award: Award, officer: Visitor
    ) -> None:
        rows = row(0, "1 July 2020", "600", condition="DBS checks seen", po_number="7701")
        said = words(send(officer, PLAN, "work-out", **rows))
        assert "£300.00 still to place" in said
        refused = send(officer, PLAN, "record", **rows)
        assert refused.status_code == 422
        assert "£300.00 of £900.00 is still to place" in words(refused)
        assert 'value="DBS checks seen"' in refused.text
        too_much = words(send(officer, PLAN, "work-out", **rows, **row(1, "1 August 2020", "301")))
        assert "£1.00 too much" in too_much
        both = {**rows, **row(1, "", ""), **row(2, "1 August 2020", "300")}
        assert "Nothing left to place" in words(send(officer, PLAN, "work-out", **both))
        assert send(officer, PLAN, "record", **both).status_code == 303
        assert planned(books, award) == [(date(2020, 7, 1), 60_000), (date(2020, 8, 1), 30_000)]
        said = words(officer.get("/awards/SRF20-001"))
        assert "DBS checks seen: not met yet PO 7701" in said
        assert "2 instalments £900.00 £0.00 £900.00" in said

    def test_half_a_row_is_asked_for_the_rest(self, award: Award, officer: Visitor) -> None:
        answer = send(officer, PLAN, "record", **row(0, "", "900"), **row(1, "1 July 2020", ""))
        assert answer.status_code == 422
        assert "Enter the day" in words(answer)
        assert "Enter the amount" in words(answer)
        assert 'href="#rows-0-due_on"' in answer.text

    def test_each_line_has_its_own_page(self, books: Books, award: Award, officer: Visitor) -> None:
        other = books.fund("100", name="Covid-19 response fund", reference="COV20")
        shares = (Share(line=award.lines[0].budget_line, amount=pence("60")),
                  Share(line=other.lines[0], amount=pence("40")))  # fmt: skip
        both = books.award_shares(*shares)
        page = f"/awards/{both.reference}/schedule?line=1"
        assert "Covid-19 response fund" in words(officer.get(page))
        assert send(officer, page, "record", **row(0, "1 July 2020", "40")).status_code == 303
        assert planned(books, both)[1] == (date(2020, 7, 1), 4_000)


def test_by_rule_fills_in_the_rows(books: Books, award: Award, officer: Visitor) -> None:
    rule = {"rule": "quarterly", "first": "30 June 2020", "count": "4"}
    filled = send(officer, PLAN, "lay-out", **rule)
    assert 'value="30 September 2020"' in filled.text
    assert filled.text.count('value="225.00"') == 4
    assert "Nothing left to place" in words(filled)


class TestHeld:
    def test_a_condition_is_met_and_one_held_by_hand_and_released(
        self, books: Books, award: Award, officer: Visitor, signed_in: Callable[[Role], Visitor]
    ) -> None:
        send(officer, PLAN, "record", **row(0, "1 July 2020", "900", condition="DBS checks seen"))
        number = instalments_of(books.session, award.lines[0])[0].id
        assert "Not met yet: DBS checks seen" in words(officer.get("/payments/due"))
        assert send(officer, f"/instalments/{number}/condition", "record", on="1 July 2020").status_code == 303
        assert "DBS checks seen: met 1 Jul 2020" in words(officer.get("/awards/SRF20-001"))
        held = send(officer, f"/instalments/{number}/hold", "record", on="2 July 2020", narrative="Return overdue")
        assert held.status_code == 303
        assert "Held Return overdue" in words(officer.get("/payments/due?status=held"))
        assert "It is held already" in words(
            send(officer, f"/instalments/{number}/hold", "record", on="2 July 2020", narrative="Again")
        )
        release = f"/instalments/{number}/release"
        assert officer.get(release).status_code == 403
        assert send(signed_in(Role.MANAGER), release, "record", on="3 July 2020").status_code == 303
        assert 'name="tick"' in officer.get("/payments/due").text
        assert officer.get("/instalments/999/hold").status_code == 404


class TestClaims:
    COSTS = {  # noqa: RUF012 - a table that no test changes
        "on": "1 August 2020",
        "costs-0-description": "Venue", "costs-0-amount": "300",
        "costs-1-description": "Printing", "costs-1-amount": "100", "costs-1-spent_on": "1 July 2020",
    }  # fmt: skip

    def test_it_is_logged_cost_by_cost_and_certified_in_part_with_the_reason(
        self, books: Books, award: Award, officer: Visitor
    ) -> None:
        assert "£400.00 claimed" in words(send(officer, CLAIM, "work-out", **self.COSTS))
        assert send(officer, CLAIM, "record", **self.COSTS).headers["Location"] == "/claims/SRF20-001/C1"
        assert "Waits for a decision" in words(officer.get("/claims"))
        page = "/claims/SRF20-001/C1/decide"
        decided = {"on": "2 August 2020", "certified-1": "300", "certified-2": "60"}
        refused = send(officer, page, "record", **decided)
        assert refused.status_code == 422
        assert "Enter why £40.00 of “Printing” is not certified" in words(refused)
        assert 'value="60"' in refused.text
        assert "pounds and pence in figures" in words(send(officer, page, "record", **{**decided, "certified-1": "x"}))
        recorded = send(officer, page, "record", **decided, **{"reason-2": "VAT that they recover"})
        assert recorded.status_code == 303
        assert "£400.00 £360.00" in words(officer.get("/claims/SRF20-001/C1"))
        assert planned(books, award) == [(date(2020, 6, 30), 54_000), (date(2020, 8, 2), 36_000)]
        assert "Take the decision back" in words(officer.get("/claims/SRF20-001/C1"))
        reopen = "/claims/SRF20-001/C1/reopen"
        why = {"on": "3 August 2020", "narrative": "Certified the wrong claim"}
        assert "Enter why" in words(send(officer, reopen, "record", on="3 August 2020", narrative=""))
        assert send(officer, reopen, "record", **why).status_code == 303
        assert "Waits for a decision" in words(officer.get("/claims/SRF20-001/C1"))
        assert planned(books, award) == [(date(2020, 6, 30), 90_000)]
        assert "waits for a decision already" in words(send(officer, reopen, "record", **why))

    def test_one_without_costs_is_refused(self, award: Award, officer: Visitor) -> None:
        answer = send(officer, CLAIM, "record", on="1 August 2020")
        assert answer.status_code == 422
        assert "Enter at least one cost" in words(answer)
        half = send(officer, CLAIM, "record", on="1 August 2020", **{"costs-0-amount": "5"})
        assert "Enter what it was for" in words(half)
