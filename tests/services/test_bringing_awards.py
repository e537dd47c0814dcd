"""Bringing in awards: to whom, from which year's money, what is refused, and what adds nothing when it comes again."""

from datetime import date

import pytest
from sqlalchemy import func, select

from fundtracker.domain.kinds import Kind
from fundtracker.domain.statuses import AwardStatus, Doubt, Fate
from fundtracker.services.allocations import record_cut
from fundtracker.services.bringing.answer import BringRefusedError
from fundtracker.services.bringing.stated import StatedRow
from fundtracker.store.awards import Award, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch, BatchRow
from fundtracker.store.organisations import Organisation, OrganisationIdentifier, OtherName
from tests.books.builder import Books
from tests.services.spreadsheets import Values, bring, look

DAY = date(2020, 6, 1)


def award(to: str = "Age UK", amount: int = 50_000, on: date = DAY, **more: str | int | date) -> Values:
    return {"organisation": to, "amount": amount, "awarded_on": on, **more}


def fund(books: Books, allocated: str = "10,000") -> Fund:
    return books.fund(allocated, name="Victims Fund", reference="VF20")


def counts(books: Books, *models: type[Award | Organisation | Batch | OtherName]) -> list[int]:
    return [books.session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


class TestTaking:
    def test_awards_are_posted_from_the_line_of_their_year_as_one_batch(self, books: Books) -> None:
        fund(books)

        answer = bring(books.session, "awards", [award(), award("Mind", 120_001)], fund="VF20")

        assert (answer.tally.fates[Fate.TAKEN].rows, answer.tally.fates[Fate.TAKEN].amount) == (2, 170_001)
        entries = books.session.scalars(select(Entry).where(Entry.kind == Kind.AWARD)).all()
        assert [(entry.amount, entry.on_date, entry.batch_id) for entry in entries] == [
            (50_000, DAY, answer.batch_number),
            (120_001, DAY, answer.batch_number),
        ]
        references = books.session.scalars(select(Award.reference).order_by(Award.id)).all()
        assert references == ["VF20-001", "VF20-002"]

    def test_what_a_row_says_was_paid_is_paid(self, books: Books) -> None:
        fund(books)

        bring(books.session, "awards", [award(paid=20_000)], fund="VF20")

        paid = books.session.execute(select(Payment.reference, Entry.amount).join(Entry)).one()
        assert tuple(paid) == ("VF20-001/1", 20_000)

    def test_a_row_without_a_date_is_left_out_until_one_is_given(self, books: Books) -> None:
        fund(books)
        row: Values = {"organisation": "Age UK", "amount": 50_000}

        without = look(books.session, "awards", [row], fund="VF20")
        given = bring(books.session, "awards", [row], fund="VF20", undated=DAY)

        assert without.tally.fates[Fate.LEFT_OUT].amount == 50_000
        assert "has no date" in without.problems[0].says
        assert given.tally.fates[Fate.TAKEN].rows == 1
        assert books.session.scalar(select(Award.date_doubt)) is Doubt.NOT_STATED

    def test_a_reference_of_the_offices_own_is_kept_and_not_given_to_another(self, books: Books) -> None:
        fund(books)

        bring(books.session, "awards", [award(), award("Mind", reference="VF20-001")], fund="VF20")

        kept = books.session.execute(select(Award.reference, Organisation.name).join(Award.organisation)).all()
        assert sorted(tuple(row) for row in kept) == [("VF20-001", "Mind"), ("VF20-002", "Age UK")]

    def test_a_row_in_a_closed_period_falls_in_the_open_one_with_its_own_date_noted(self, books: Books) -> None:
        fund(books, "10,000")
        books.close(date(2020, 6, 30))

        answer = bring(books.session, "awards", [award()], fund="VF20")

        entry = books.session.scalars(select(Entry).where(Entry.kind == Kind.AWARD)).one()
        assert (entry.on_date, entry.original_date) == (date(2020, 7, 1), DAY)
        assert "is in a closed period" in answer.problems[0].says


class TestLeavingOut:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (award(amount=0), "it awards £0.00"),
            (award(amount=-81_000), "−£810.00 is below zero"),
            (award(on=date(2090, 1, 1)), "1 January 2090 has not come yet"),
            (award(paid=60_000), "it says that £600.00 was paid, and £500.00 awarded"),
            (award(status="Declined"), "its status is Declined"),
            (award(to="…"), "it names no organisation"),
        ],
    )
    def test_a_row_that_cannot_be_an_award_is_left_out_with_its_reason(
        self, books: Books, row: Values, why: str
    ) -> None:
        fund(books)

        answer = look(books.session, "awards", [row, award("Mind")], fund="VF20")

        assert [count.rows for count in answer.tally.fates.values()] == [1, 0, 1]
        assert why in answer.problems[0].says

    def test_a_total_row_counts_as_read_and_left_out(self, books: Books) -> None:
        fund(books)
        total = StatedRow(3, {}, 50_000, left_out="a total row", cells=("Total", "500"))  # type: ignore[arg-type]

        answer = bring(books.session, "awards", [award(), total], fund="VF20")

        assert answer.to_json() | {"rows_read": 2, "amount_read": "1000.00", "amount_left_out": "500.00"} == (
            answer.to_json()
        )
        fates = books.session.execute(select(BatchRow.row, BatchRow.fate).order_by(BatchRow.row)).all()
        assert [tuple(row) for row in fates] == [(2, Fate.TAKEN), (3, Fate.LEFT_OUT)]


class TestEnough:
    def test_awards_of_more_than_the_fund_has_left_are_refused_with_the_shortfall(self, books: Books) -> None:
        fund(books, "600")

        with pytest.raises(BringRefusedError, match=r"£600\.00 left to award.* £1,000\.01: £400\.01 more") as refused:
            bring(books.session, "awards", [award(), award("Mind", 50_001)], fund="VF20")

        assert refused.value.answer.tally.fates[Fate.LEFT_OUT].amount == 100_001
        assert counts(books, Award, Organisation, Batch) == [0, 0, 0]

    def test_with_allocation_posts_what_is_missing_for_each_year_marked_as_brought_in(self, books: Books) -> None:
        fund(books, "200")
        rows = [award(), award("Mind", 30_000, date(2021, 5, 1)), award("Scope", 1, date(2021, 4, 30))]

        answer = bring(books.session, "awards", rows, fund="VF20", with_allocation=True)

        allocated = select(Entry).where(Entry.kind == Kind.ALLOCATION, Entry.batch_id == answer.batch_number)
        posted = books.session.scalars(allocated.order_by(Entry.number)).all()
        assert [(entry.amount, entry.on_date) for entry in posted] == [(30_000, DAY), (30_001, date(2021, 4, 30))]
        assert answer.allocated == [(2020, 30_000), (2021, 30_001)]

    def test_with_allocation_makes_good_what_a_funder_cut_too(self, books: Books) -> None:
        cut = fund(books, "500")
        books.award(cut, "500")
        books.do(record_cut, line=cut.lines[0], amount="100")

        answer = bring(books.session, "awards", [award(on=date(2020, 7, 1))], fund="VF20", with_allocation=True)

        assert answer.allocated == [(2020, 60_000)]


class TestAgain:
    def test_the_same_rows_add_nothing_and_a_new_one_is_taken(self, books: Books) -> None:
        fund(books)
        bring(books.session, "awards", [award(), award("Mind")], fund="VF20")

        again = bring(books.session, "awards", [award("Mind"), award("AGE  UK"), award("Scope")], fund="VF20")

        assert [count.rows for count in again.tally.fates.values()] == [1, 2, 0]
        assert counts(books, Award, Batch) == [3, 2]

    def test_identical_rows_of_one_file_are_both_kept_and_flagged(self, books: Books) -> None:
        fund(books)

        first = bring(books.session, "awards", [award(), award()], fund="VF20")
        again = bring(books.session, "awards", [award(), award(), award()], fund="VF20")

        assert counts(books, Award) == [3]
        assert "says the same as an earlier one" in first.problems[0].says
        assert [count.rows for count in again.tally.fates.values()] == [1, 2, 0]

    def test_a_published_identifier_is_the_same_award_however_it_is_written(self, books: Books) -> None:
        fund(books)
        bring(books.session, "awards", [award(identifier="360G-x-1", title="A choir")], fund="VF20")

        again = look(books.session, "awards", [award("Age U.K.", identifier="360G-x-1")], fund="VF20")
        other = look(books.session, "awards", [award(amount=1, identifier="360G-x-1")], fund="VF20")

        assert again.tally.fates[Fate.ALREADY_THERE].rows == 1
        assert "with £500.00, and the file says £0.01" in other.problems[0].says
        assert books.session.scalar(select(Award.status)) is AwardStatus.AWARDED


class TestOrganisations:
    def test_one_identifier_is_one_organisation_and_its_other_spellings_are_kept(self, books: Books) -> None:
        fund(books)
        rows = [
            award("Age UK", organisation_identifier="GB-CHC-1"),
            award("Age Concern", organisation_identifier="GB-CHC-1"),
            award("Age UK", organisation_identifier="GB-CHC-2"),
        ]

        answer = bring(books.session, "awards", rows, fund="VF20")

        assert counts(books, Organisation, OtherName) == [2, 1]
        assert [name for name, _ in answer.new_organisations] == ["Age UK", "Age UK"]
        assert books.session.scalars(select(OrganisationIdentifier.identifier)).all() == ["GB-CHC-1", "GB-CHC-2"]

    def test_without_an_identifier_only_the_exact_name_matches_and_likeness_is_a_question(self, books: Books) -> None:
        fund(books)
        known = books.organisation("Weobley Parish Council")

        answer = bring(
            books.session, "awards", [award("WEOBLEY parish-council"), award("Weobly Parish Council")], fund="VF20"
        )

        assert [(one.id, one.rows) for one in answer.matched] == [(known.id, 1)]
        assert [(one.name, one.like) for one in answer.questions] == [
            ("Weobly Parish Council", ((known.id, "Weobley Parish Council"),))
        ]
        assert counts(books, Organisation) == [2]

    def test_a_person_may_answer_that_a_name_is_an_organisation(self, books: Books) -> None:
        fund(books)
        known = books.organisation("Weobley Parish Council")

        bring(books.session, "awards", [award("Weobly PC")], fund="VF20", same={"Weobly PC": known.id})

        assert counts(books, Organisation, OtherName) == [1, 1]
