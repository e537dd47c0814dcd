"""The office's own workbook of the seed documents: it comes in whole, adds up, and comes in once."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import plain
from fundtracker.domain.statuses import AwardType, BidStatus, Doubt, FundStatus, Source
from fundtracker.store.awards import Award
from fundtracker.store.bids import Bid
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.imports import Batch
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation
from tests.sheets.offices import bring, rows_in_books

FOLDER = Path(__file__).parents[1] / "data" / "scenario"
WORKBOOK = (FOLDER / "west-mercia-2020.xlsx").read_bytes()
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["product"]


def _sum(session: Session, measure: str) -> str:
    return plain(session.scalar(select(func.sum(getattr(BudgetLine, measure)))) or 0)


def _fund(session: Session, name: str) -> Fund:
    found = session.scalar(select(Fund).where(Fund.name.startswith(name)))
    assert found is not None
    return found


class TestTheScenario:
    @pytest.fixture(autouse=True)
    def _bring_in(self, session: Session) -> None:
        assert not bring(session, WORKBOOK, file_name="west-mercia-2020.xlsx").refused

    def test_adds_up_to_what_the_report_states(self, session: Session) -> None:
        totals = EXPECTED["totals"]
        assert (_sum(session, "allocated"), _sum(session, "awarded")) == (totals["allocated"], totals["awarded"])
        assert _sum(session, "paid") == "47279.94"
        awards = session.scalars(select(Award).where(Award.type != AwardType.IN_KIND)).all()
        organisations = {a.organisation_id for a in awards if not a.organisation.stands_for_several}
        assert (len(awards), len(organisations)) == (totals["awards"], totals["organisations"])
        gifts = session.scalars(select(Award).where(Award.type == AwardType.IN_KIND)).all()
        assert [(gift.reference, gift.fund, gift.lines) for gift in gifts] == [("INK-01", None, [])]

    def test_keeps_each_fund_as_the_sheet_has_it(self, session: Session) -> None:
        covid, streets = _fund(session, "PCC's Covid"), _fund(session, "Safer Streets")
        assert (covid.status, covid.source, covid.source_note) == (FundStatus.CLOSED, Source.OWN, "Para 31")
        assert (plain(covid.lines[0].remaining), covid.lines[0].year) == ("2720.06", 2020)
        assert (streets.status, streets.spend_by_words, streets.source) == (
            FundStatus.OPEN, "granted for a year", Source.EXTERNAL,
        )  # fmt: skip
        assert len(_fund(session, "Safer Roads").outcomes) == 5
        assert _fund(session, "MoJ").lines[0].remaining == 0
        assert session.scalar(select(func.count()).select_from(Objective)) == 3
        assert session.scalar(select(func.count()).select_from(Area)) == 4

    def test_carries_what_is_illustrative_or_not_stated(self, session: Session) -> None:
        by_reference = {award.reference: award for award in session.scalars(select(Award))}
        first, second, third = (by_reference[ref] for ref in ("MOJ-01", "CRF-02", "CRF-03"))
        assert (first.amount_doubt, first.date_doubt) == (Doubt.ILLUSTRATIVE, Doubt.NOT_STATED)
        assert (second.amount_doubt, second.date_doubt) == (Doubt.NONE, Doubt.ILLUSTRATIVE)
        assert (third.awarded_on, third.date_doubt) == (date(2020, 5, 29), Doubt.NONE)
        assert third.organisation.name == "Wythall Parish Council"
        allocated = session.scalars(select(Entry).where(Entry.kind == "allocation")).all()
        assert {(e.on_date, e.date_doubt) for e in allocated} == {(date(2020, 4, 1), Doubt.NOT_STATED)}
        entry = session.scalar(select(Entry).where(Entry.award_line_id == first.lines[0].id))
        assert entry is not None
        assert (entry.amount_doubt, entry.date_doubt) == (Doubt.ILLUSTRATIVE, Doubt.NOT_STATED)

    def test_pays_in_full_on_the_day_of_the_award(self, session: Session) -> None:
        paid = session.scalars(select(Entry).where(Entry.kind == "payment").order_by(Entry.number)).all()
        days = [date(2020, 4, 30), date(2020, 5, 14), date(2020, 5, 29), date(2020, 6, 30)]
        assert [(plain(e.amount), e.on_date) for e in paid] == list(
            zip(("1064.00", "1680.00", "810.00", "43725.94"), days, strict=True)
        )

    def test_holds_bids_beside_the_books(self, session: Session) -> None:
        bids = session.scalars(select(Bid).order_by(Bid.id)).all()
        awaiting = [bid for bid in bids if bid.status.awaiting]
        assert [(plain(b.sought or 0), b.status, b.date_doubt) for b in awaiting] == [
            (EXPECTED["bids"]["sought"], BidStatus.SUBMITTED, Doubt.NOT_STATED)
        ]
        assert [(bid.sought, bid.national_pot) for bid in bids[1:]] == [(None, 1_000_000_000)] * 2

    def test_knows_who_stands_for_several(self, session: Session) -> None:
        several = session.scalars(select(Organisation).where(Organisation.stands_for_several)).all()
        assert [o.name for o in several] == ["Other Covid-19 response recipients (not itemised in the report)"]

    def test_comes_in_once(self, session: Session) -> None:
        before = rows_in_books(session)
        again = bring(session, WORKBOOK, file_name="a copy.xlsx").to_json()
        assert (again["taken"], again["already_there"], again["amount_taken"]) == (0, 50, "0.00")
        assert rows_in_books(session) == before

    def test_is_one_batch(self, session: Session) -> None:
        batch = session.scalars(select(Batch)).one()
        assert (batch.file_name, batch.rows_taken, batch.brought_in_by) == ("west-mercia-2020.xlsx", 50, "tests")
        assert {entry.batch_id for entry in session.scalars(select(Entry))} == {batch.id}


class TestTheAnswer:
    def test_accounts_for_every_row_and_pound(self, session: Session) -> None:
        answer = bring(session, WORKBOOK).to_json()
        sheets = {sheet["sheet"]: sheet for sheet in answer["sheets"]}  # type: ignore[attr-defined]  # JSON is objects
        awards = sheets["Awards"]
        assert (awards["header_row"], awards["rows_read"], awards["taken"], awards["left_out"]) == (1, 20, 18, 2)
        assert (awards["amount_read"], awards["amount_taken"], awards["amount_left_out"]) == (
            "777286.66", "388643.33", "388643.33",
        )  # fmt: skip
        assert awards["own_totals"] == [{"row": 21, "says": "388643.33", "rows_come_to": "388643.33", "agrees": True}]
        assert [row["row"] for row in awards["left_out_rows"]] == [20, 21]
        assert (sheets["Funds"]["header_row"], sheets["Funds"]["own_totals"][0]["agrees"]) == (4, True)
        assert answer["problems"] == []
        assert answer["undated"] == {"date": "2020-04-01", "rows": 19}

    def test_of_a_dry_run_is_the_same_and_records_nothing(self, session: Session) -> None:
        before = rows_in_books(session)
        rehearsed = bring(session, WORKBOOK, dry_run=True).to_json()
        assert rows_in_books(session) == before
        assert rehearsed == {**bring(session, WORKBOOK).to_json(), "dry_run": True}

    def test_gives_each_fund_its_reference_before_it_is_recorded(self, session: Session) -> None:
        funds = bring(session, WORKBOOK, dry_run=True).outcome.funds
        assert [(fund.reference, fund.new) for fund in funds] == [
            ("MECF20", True), ("SSFB20", True), ("SRF20", True), ("PCRF20", True),
        ]  # fmt: skip
