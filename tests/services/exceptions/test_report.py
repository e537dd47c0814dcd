"""The exception report as a whole: nothing twice, tuned by the office, answered by people, compared with the last."""

import json
from datetime import date

import pytest

from fundtracker.domain.papers import Content, Table
from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AwardType, PaperKind
from fundtracker.domain.years import now
from fundtracker.services import funds
from fundtracker.services.exceptions.listing import FAMILIES, list_exceptions
from fundtracker.services.exceptions.papers import exceptions_paper, since_meeting
from fundtracker.services.exceptions.rules import RULES, Rule
from fundtracker.services.exceptions.settings import (
    NotTunableError,
    Tuned,
    changes,
    read_rules,
    set_lead_times,
    tune,
)
from fundtracker.services.exceptions.steps import Said, SaidMeanwhileError, find_exception, say, steps_of
from fundtracker.services.figures import as_at
from fundtracker.services.office import find_office
from fundtracker.store.funds import Fund
from fundtracker.store.papers import Paper
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books, pence

ANN = Actor("Ann")
SEPTEMBER = date(2020, 9, 21)


def rules(books: Books, day: date | None = None) -> list[Rule]:
    return [row.rule for row in list_exceptions(books.session, as_at(books.session, day))]


def tuned(rule: Rule, **changed: object) -> Tuned:
    facts = RULES[rule]
    usual: dict[str, object] = {
        "watched": True, "days": facts.days, "percent": facts.percent, "owner": facts.owner, "action": facts.action
    }  # fmt: skip
    return Tuned(rule=rule, **{**usual, **changed})  # type: ignore[arg-type]  # the five settings by name


@pytest.fixture
def contract(books: Books, fund: Fund) -> str:
    """Award a contract that ends on 31 January 2021, and pay it; nothing else is wrong."""
    award = books.award(fund, "900", type=AwardType.CONTRACT, ends_on=date(2021, 1, 31))
    books.pay(award, "900")
    return award.reference


def test_every_rule_is_looked_by_once_and_has_its_words() -> None:
    looked = [rule for wanted, _ in FAMILIES for rule in wanted]
    assert sorted(looked) == sorted(Rule)
    assert RULES.keys() == set(Rule)


def test_one_subject_stands_under_its_first_rule_with_the_others_beside_it(books: Books) -> None:
    fund = books.fund("5,000", reference="SRF20", spend_by=date(2020, 10, 1))
    books.do(funds.suspend_fund, date(2020, 9, 1), fund=fund)

    (only,) = list_exceptions(books.session, as_at(books.session, SEPTEMBER))

    assert (only.rule, [one.rule for one in only.also], only.value) == (Rule.SUSPENDED, [Rule.SPEND_BY], pence("5,000"))


class TestTuning:
    def test_days_a_switch_and_an_owner_change_the_list(self, books: Books, contract: str) -> None:
        assert rules(books, SEPTEMBER) == [Rule.ENDING]

        books.change(tune, tuned=tuned(Rule.ENDING, days=100), by=ANN)

        assert rules(books, SEPTEMBER) == []

        books.change(tune, tuned=tuned(Rule.ENDING, owner="Head of commissioning"), by=ANN)

        (row,) = list_exceptions(books.session, as_at(books.session, SEPTEMBER))
        assert (row.owner, row.action) == ("Head of commissioning", RULES[Rule.ENDING].action)

        books.change(tune, tuned=tuned(Rule.ENDING, watched=False), by=ANN)

        assert rules(books, SEPTEMBER) == []
        told = [(step.made_by, step.note) for step in changes(books.session, 9)]
        assert len(told) == 3
        assert told[0][1].startswith("Ending with no successor (not watched): 180 days Commissioning officer")

    def test_what_changes_nothing_is_not_kept(self, books: Books) -> None:
        assert not books.change(tune, tuned=tuned(Rule.ENDING), by=ANN)
        assert changes(books.session, 9) == []
        assert read_rules(books.session)[Rule.ENDING].days == 180

    def test_numbers_out_of_range_are_refused(self, books: Books) -> None:
        with books.refused(NotTunableError, "0 to 3,650"):
            books.change(tune, tuned=tuned(Rule.ENDING, days=-1), by=ANN)
        with books.refused(NotTunableError, "1 to 100"):
            books.change(tune, tuned=tuned(Rule.SPEND_BY, percent=101), by=ANN)
        with books.refused(NotTunableError, "0 to 3,650"):
            books.change(set_lead_times, renew_days=4000, procure_days=1, by=ANN)

    def test_lead_times(self, books: Books) -> None:
        assert books.change(set_lead_times, renew_days=60, procure_days=200, by=ANN)
        office = find_office(books.session)
        assert (office.renew_days, office.procure_days) == (60, 200)


class TestSaying:
    def test_what_a_person_said_last_stands_and_all_is_kept(self, books: Books, contract: str) -> None:
        key = f"ending:award:{contract}"
        first = books.change(say, key=key, said=Said(owner="Jo"), as_read=0, by=ANN)
        second = Said(owner="Jo", action="Tender by June", note="Market event held", due_on=date(2026, 12, 1))

        with books.refused(SaidMeanwhileError, "Ann said something"):
            books.change(say, key=key, said=second, as_read=0, by=ANN)
        books.change(say, key=key, said=second, as_read=first.id, by=ANN)
        with books.refused(NothingToDoError):
            books.change(say, key=key, said=second, as_read=first.id + 1, by=ANN)

        row = find_exception(books.session, key)
        assert (row.owner, row.action, row.due, row.note) == (
            "Jo", "Tender by June", date(2026, 12, 1), "Market event held"
        )  # fmt: skip
        assert len(steps_of(books.session, key)) == 2

    def test_what_is_said_today_was_not_said_last_year(self, books: Books, contract: str) -> None:
        books.change(say, key=f"ending:award:{contract}", said=Said(owner="Jo"), as_read=0, by=ANN)

        (row,) = list_exceptions(books.session, as_at(books.session, SEPTEMBER))

        assert row.owner == RULES[Rule.ENDING].owner

    def test_what_is_no_exception_is_not_found(self, books: Books) -> None:
        with pytest.raises(NotFoundRefusal, match="no exception any more"):
            find_exception(books.session, "bid:bid:BID-001")


class TestMeeting:
    def keep(self, books: Books, content: Content) -> None:
        kept = Paper(reference="PAPER-001", kind=PaperKind.EXCEPTIONS, title=content.title, as_at=content.as_at,
                     last_entry=content.last_entry, meeting_on=date(2020, 9, 25), content=json.dumps(content.to_json()),
                     made_at=now(), made_by="Ann")  # fmt: skip
        with transaction(books.session):
            books.session.add(kept)

    def test_new_worse_and_gone_since_the_last_meeting(self, books: Books, contract: str) -> None:
        other = books.fund("100", reference="OLD20")
        books.do(funds.close_fund, SEPTEMBER, fund=other)
        content = exceptions_paper(books.session, day=SEPTEMBER)
        self.keep(books, content)
        books.do(funds.reopen_fund, SEPTEMBER, fund=other)
        books.award(books.fund("70", reference="NEW20"), "70")
        books.session.rollback()

        when = as_at(books.session)
        rows = list_exceptions(books.session, when)
        last = since_meeting(books.session, when, rows)

        assert last is not None
        assert (last.on, last.reference) == (date(2020, 9, 25), "PAPER-001")
        assert [row.rule for row in rows if row.key in last.new] == [Rule.OVERDUE]
        assert [(gone.reference, gone.value) for gone in last.gone] == [("OLD20", pence("100"))]
        assert last.worse == {}
        assert since_meeting(books.session, as_at(books.session, LATER), []) is None

    def test_the_paper_says_what_the_list_says(self, books: Books, contract: str) -> None:
        content = exceptions_paper(books.session, day=SEPTEMBER)
        table = content.tables["exceptions"]

        assert isinstance(table, Table)
        ((key, cells),) = [(row.key, row.cells) for row in table.rows]
        assert key == f"ending:award:{contract}"
        assert (cells[0].value, cells[3].value, cells[4].value) == (contract, pence("900"), 48)
