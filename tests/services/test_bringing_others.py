"""Bringing in payments, organisations and applications: what each row is matched to, and what is left out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from unittest.mock import Mock

import pytest
from sqlalchemy import func, select

from fundtracker.domain.statuses import ApplicationStatus, BatchKind, Fate
from fundtracker.services.bringing.ahead import plan_ahead
from fundtracker.services.bringing.answer import Answer, BringRefusedError
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.maps import find_map, fitting, save_map
from fundtracker.services.bringing.plan import FundMissingError, make_plan
from fundtracker.services.bringing.recording import record
from fundtracker.services.bringing.undoing import undo_batch
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, Payment
from fundtracker.store.books import Entry
from fundtracker.store.imports import Batch
from fundtracker.store.organisations import Organisation, OtherName
from fundtracker.store.transactions import transaction
from tests.books.builder import Books
from tests.services.spreadsheets import CLERK, Values, bring, look, source_of

DAY = date(2020, 7, 1)


def payment(amount: int, **more: str | int | date) -> Values:
    return {"amount": amount, "paid_on": DAY, **more}


def two_awards(books: Books) -> tuple[Award, Award]:
    fund = books.fund("10,000", name="Victims Fund", reference="VF20")
    mind = books.organisation("Mind")
    return books.award(fund, "500", mind), books.award(fund, "200", books.organisation("Age UK"))


class TestPayments:
    def test_they_are_made_on_the_award_named_or_the_payees_only_one_with_room(self, books: Books) -> None:
        first, _ = two_awards(books)
        rows = [
            payment(10_000, award_reference=first.reference.lower(), voucher="BACS 7"),
            payment(20_000, organisation="AGE UK"),
        ]

        answer = bring(books.session, "payments", rows, fund="VF20")
        again = bring(books.session, "payments", rows, fund="VF20")

        assert answer.tally.fates[Fate.TAKEN].amount == 30_000
        paid = books.session.execute(select(Payment.reference, Payment.voucher, Entry.amount).join(Entry)).all()
        assert [tuple(row) for row in paid] == [("VF20-001/1", "BACS 7", 10_000), ("VF20-002/1", "", 20_000)]
        assert [count.rows for count in again.tally.fates.values()] == [0, 2, 0]

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (payment(-5, organisation="Mind"), "is no payment. Record a credit as a refund"),
            (payment(5, organisation="Scope"), "Scope has no award in Victims Fund"),
            (payment(5, award_reference="X-1"), "has no award with the reference X-1"),
            (payment(50_001, award_reference="VF20-001"), "£500.00 still to pay, and this is £0.01 more"),
            (payment(5, organisation="Mind") | {"paid_on": date(2020, 6, 1)}, "was awarded on 30 June 2020"),
        ],
    )
    def test_one_that_fits_no_award_is_left_out_with_a_sentence(self, books: Books, row: Values, why: str) -> None:
        two_awards(books)

        answer = look(books.session, "payments", [row, payment(5, organisation="Age UK")], fund="VF20")

        assert [count.rows for count in answer.tally.fates.values()] == [1, 0, 1]
        assert why in answer.problems[0].says

    def test_a_payee_that_is_not_the_awards_is_no_payment_on_it(self, books: Books) -> None:
        first, _ = two_awards(books)
        row = payment(5, award_reference=first.reference)
        rows = [row | {"organisation": name} for name in ("Age UK", "Mind Ltd", "MIND")]

        answer = look(books.session, "payments", rows, fund="VF20")

        assert [count.rows for count in answer.tally.fates.values()] == [2, 0, 1]
        wrong, unknown = [problem.says for problem in answer.problems]
        assert "VF20-001 was awarded to Mind, and this was paid to Age UK" in wrong
        assert "VF20-001 was awarded to Mind, and the file says Mind Ltd. See whether they are one" in unknown

    def test_room_runs_out_row_by_row_and_two_awards_with_room_need_a_reference(self, books: Books) -> None:
        first, _ = two_awards(books)
        books.award(books.session.merge(first).lines[0].budget_line, "500", first.organisation)
        rows = [payment(15_000, organisation="Age UK"), payment(15_000, organisation="Age UK", voucher="2")]

        out = look(books.session, "payments", [*rows, payment(1, organisation="Mind")], fund="VF20")

        said = [problem.says for problem in out.problems]
        assert "£50.00 still to pay, and this is £100.00 more" in said[0]
        assert "2 awards to Mind have that much to pay: give the award’s reference" in said[1]

    def test_a_payment_that_was_typed_in_is_there_already(self, books: Books) -> None:
        first, _ = two_awards(books)
        books.pay(first, "100", DAY)

        answer = look(books.session, "payments", [payment(10_000, organisation="Mind")] * 2, fund="VF20")

        assert [count.rows for count in answer.tally.fates.values()] == [1, 1, 0]


class TestOrganisations:
    def test_each_comes_in_once_and_another_spelling_is_taken(self, books: Books) -> None:
        rows: list[Values] = [
            {"organisation": "Age UK", "organisation_identifier": "GB-CHC-1", "type": "charity", "area": "Telford"},
            {"organisation": "Age Concern", "organisation_identifier": "GB-CHC-1"},
            {"organisation": "age uk", "notes": "again"},
        ]

        first = bring(books.session, "organisations", rows)
        again = bring(books.session, "organisations", rows)

        assert [count.rows for count in first.tally.fates.values()] == [3, 0, 0]
        assert [count.rows for count in again.tally.fates.values()] == [0, 3, 0]
        kept = books.session.scalars(select(Organisation)).one()
        assert (kept.name, kept.type, kept.area.name if kept.area else "") == ("Age UK", "charity", "Telford")
        assert books.session.scalars(select(OtherName.name)).all() == ["Age Concern", "age uk"]

    def test_a_charity_number_is_a_published_identifier_too(self, books: Books) -> None:
        books.organisation("Age UK Shropshire", charity_number="1090445")

        answer = look(books.session, "organisations", [{"organisation": "AUK", "charity_number": "1090445"}])

        assert (answer.new_organisations, [one.name for one in answer.matched]) == ([], ["Age UK Shropshire"])


class TestApplications:
    def test_they_are_logged_and_decided_as_their_rows_say(self, books: Books) -> None:
        books.fund("10,000", name="Victims Fund", reference="VF20", outcomes=("Safer",))
        rows: list[Values] = [
            {"organisation": "Mind", "asked_for": 5_000, "received_on": DAY, "title": "Talk", "reference": "A/1"},
            {"organisation": "Scope", "received_on": DAY, "status": "Withdrawn"},
            {"organisation": "Age UK", "asked_for": 7_000, "received_on": DAY, "status": "Approved"},
        ]

        answer = bring(books.session, "applications", rows, fund="VF20")

        logged = books.session.execute(select(Application.status, Application.asked_for, Application.identifier)).all()
        assert [tuple(row) for row in logged] == [
            (ApplicationStatus.RECEIVED, 5_000, "A/1"),
            (ApplicationStatus.WITHDRAWN, None, ""),
            (ApplicationStatus.RECEIVED, 7_000, ""),
        ]
        assert "the award decides it" in answer.problems[0].says

    def test_a_fund_has_to_be_named_and_open(self, books: Books) -> None:
        with pytest.raises(FundMissingError, match="Choose the fund"):
            look(books.session, "applications", [{"organisation": "Mind", "received_on": DAY}])


def test_a_table_that_lacks_a_column_is_refused_in_its_words(books: Books) -> None:
    source = source_of(BatchKind.FINANCE, [{"payee": "Mind", "amount": 1}])
    lacking = replace(source, table=replace(source.table, lacks="No column holds an amount."))

    with pytest.raises(BringRefusedError, match="No column holds") as refused, transaction(books.session):
        record(books.session, lacking, Choices(kind=BatchKind.FINANCE), CLERK, lambda *_: None)
    assert refused.value.answer.tally.fates[Fate.LEFT_OUT].rows == 1


def test_a_saved_map_is_found_by_name_and_by_titles(books: Books) -> None:
    with transaction(books.session):
        save_map(
            books.session,
            kind=BatchKind.AWARDS,
            name="Monthly",
            columns={"Who": "organisation", "£": "amount"},
            by=CLERK,
        )

    assert find_map(books.session, BatchKind.AWARDS, "MONTHLY") == {"Who": "organisation", "£": "amount"}
    fits = fitting(books.session, BatchKind.AWARDS, ["who", "£", "Notes"])
    assert fits is not None
    assert fitting(books.session, BatchKind.AWARDS, ["Whose"]) is None
    assert books.session.scalar(select(func.count()).select_from(Award)) == 0


def test_one_name_with_two_charity_numbers_is_asked_about(books: Books) -> None:
    books.fund("10,000", name="Victims Fund", reference="VF20")
    bring(books.session, "organisations", [{"organisation": "Riders Club", "charity_number": "1164883"}])
    other: Values = {"organisation": "RIDERS CLUB", "charity_number": "1164884"}

    said = look(books.session, "organisations", [other])
    award = look(books.session, "awards", [{**other, "amount": 500, "awarded_on": DAY}], fund="VF20")

    why = "Riders Club is known with the charity number 1164883, and this row says 1164884"
    assert why in said.problems[0].says
    assert (said.tally.fates[Fate.TAKEN].rows, said.tally.fates[Fate.LEFT_OUT].rows) == (0, 1)
    assert (award.tally.fates[Fate.TAKEN].rows, why in award.problems[0].says) == (1, True)


class TestAhead:
    ROWS: Sequence[Values] = ({"payee": "Mind", "amount": 500, "on_date": DAY}, {"payee": "Scope", "amount": 70})

    def bring(self, books: Books, *, between: Callable[[], object]) -> Answer:
        source, choices = source_of(BatchKind.FINANCE, self.ROWS), Choices(kind=BatchKind.FINANCE)
        ahead = plan_ahead(books.session, source, choices, lambda *_: None)
        between()
        with transaction(books.session):
            return record(books.session, source, choices, CLERK, lambda *_: None, ahead=ahead)

    def test_finance_lines_are_planned_once_where_nothing_came_between(
        self, books: Books, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("fundtracker.services.bringing.ahead.make_plan", planned := Mock(wraps=make_plan))
        answer = self.bring(books, between=lambda: None)
        assert (answer.tally.fates[Fate.TAKEN].rows, planned.call_count) == (2, 1)

    def test_and_again_where_the_same_file_came_or_went(self, books: Books) -> None:
        answer = self.bring(books, between=lambda: bring(books.session, "finance", self.ROWS))
        assert [count.rows for count in answer.tally.fates.values()] == [0, 2, 0]
        batch = books.session.scalars(select(Batch)).one()
        again = self.bring(books, between=lambda: books.do(undo_batch, batch=batch))
        assert [count.rows for count in again.tally.fates.values()] == [2, 0, 0]
