"""Undoing a batch: what it takes back, what depends on it, and that its file can come in again."""

from datetime import date

import pytest
from sqlalchemy import func, select

from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus, Fate
from fundtracker.services.bringing.batches import live_batches
from fundtracker.services.bringing.depending import what_depends
from fundtracker.services.bringing.gone import gone_organisations
from fundtracker.services.bringing.undoing import BatchInUseError, undo_batch, undo_effect
from fundtracker.services.figures import as_at
from fundtracker.services.likely import likely
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.organisations import list_organisations
from fundtracker.services.variations import vary_award
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.imports import Batch
from fundtracker.store.organisations import Organisation
from fundtracker.store.reconciling import FinanceLine
from tests.books.builder import Books, balance
from tests.services.spreadsheets import Values, bring

DAY = date(2020, 6, 1)
ROWS: list[Values] = [
    {"organisation": "Age UK", "amount": 50_000, "awarded_on": DAY, "paid": 20_000},
    {"organisation": "Mind", "amount": 30_000, "awarded_on": date(2021, 6, 1)},
]


def undo(books: Books, number: int | None) -> None:
    books.do(undo_batch, date(2021, 7, 1), batch=books.session.get_one(Batch, number))


def test_everything_it_brought_is_taken_back(books: Books) -> None:
    fund = books.fund("100", name="Victims Fund", reference="VF20")
    answer = bring(books.session, "awards", ROWS, fund="VF20", with_allocation=True)
    effect = undo_effect(books.session, books.session.get_one(Batch, answer.batch_number))

    undo(books, answer.batch_number)

    assert (effect.awards, effect.organisations, sum(count for count, _ in effect.entries.values())) == (2, 2, 5)
    books.session.expire_all()
    kept = balance(*fund.lines)
    assert (kept.allocated, kept.awarded, kept.paid) == (10_000, 0, 0)
    assert set(books.session.scalars(select(Award.status))) == {AwardStatus.WITHDRAWN}
    assert list_organisations(books.session, as_at(books.session), Filters()).totals.count == 0
    assert likely(books.session, "Age UK of somewhere") == []
    assert books.session.scalar(select(func.count()).select_from(Batch).where(live_batches)) == 0


def test_the_same_file_can_come_in_again_and_its_organisations_are_listed_again(books: Books) -> None:
    books.fund("1,000", name="Victims Fund", reference="VF20")
    first = bring(books.session, "awards", ROWS[:1], fund="VF20")
    undo(books, first.batch_number)

    again = bring(books.session, "awards", ROWS[:1], fund="VF20")

    assert again.tally.fates[Fate.TAKEN].rows == 1
    assert gone_organisations(books.session) == set()
    assert books.session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_it_is_refused_while_something_recorded_since_depends_on_it(books: Books) -> None:
    books.fund("1,000", name="Victims Fund", reference="VF20")
    answer = bring(books.session, "awards", ROWS[:1], fund="VF20")
    line = books.session.scalars(select(AwardLine)).one()
    books.do(vary_award, date(2020, 7, 1), line=line, by=1_000)
    batch = books.session.get_one(Batch, answer.batch_number)

    assert [one.what for one in what_depends(books.session, batch)] == ["entry"]
    with pytest.raises(BatchInUseError, match=r"a variation on VF20-001, was recorded since"):
        undo(books, answer.batch_number)


def test_it_is_refused_while_its_allocation_is_used_by_another_award(books: Books) -> None:
    fund = books.fund(name="Victims Fund", reference="VF20")
    answer = bring(books.session, "awards", [ROWS[0] | {"paid": 0}], fund="VF20", with_allocation=True)
    books.reverse(2)
    books.award(fund, "100")
    batch = books.session.get_one(Batch, answer.batch_number)

    (depends,) = what_depends(books.session, batch)
    assert "£100.00 of what was allocated to VF20 2020/21" in depends.says


def test_applications_are_withdrawn_and_finance_lines_leave_every_list(books: Books) -> None:
    books.fund("1,000", name="Victims Fund", reference="VF20")
    asked: Values = {"organisation": "Mind", "asked_for": 1_000, "received_on": DAY, "status": "Rejected"}
    applications = bring(books.session, "applications", [asked], fund="VF20")
    lines = bring(books.session, "finance", [{"payee": "Mind", "amount": -1_000, "on_date": DAY}])

    assert books.session.scalar(select(Application.status)) is ApplicationStatus.DECLINED
    for answer in (applications, lines):
        undo(books, answer.batch_number)

    assert books.session.scalar(select(Application.status)) is ApplicationStatus.WITHDRAWN
    listed = select(FinanceLine).join(Batch).where(live_batches)
    assert books.session.scalars(listed).all() == []
    again = bring(books.session, "finance", [{"payee": "Mind", "amount": -1_000, "on_date": DAY}])
    assert again.tally.fates[Fate.TAKEN].amount == -1_000


def test_a_batch_is_undone_once(books: Books) -> None:
    lines = bring(books.session, "finance", [{"payee": "Mind", "amount": 5}])
    undo(books, lines.batch_number)

    with pytest.raises(WrongStateError, match="undone already"):
        undo(books, lines.batch_number)
    assert books.session.scalar(select(Batch.undone_by)) == Actor("tests").name
