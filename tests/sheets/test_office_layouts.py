"""Workbooks laid out as people lay them out: headings anywhere and in any words, titles, totals, notes."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.store.engine import open_engine
from fundtracker.store.funds import Fund
from tests.sheets.offices import AWARDS, FUNDS, Rows, award, awarded, bring, entries, fund, says, workbook

NAME = "Safer Roads Fund 2020"
ONE_FUND = [NAME, "PCC", "Own fund", 280000, "Open"]
ONE_AWARD = ["R1", NAME, "Wythall Parish Council", 810, date(2020, 5, 29)]


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite: how a workbook is laid out is nothing to the engine."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _comes_in(session: Session, content: bytes, **how: Any) -> dict[str, Any]:
    answer = bring(session, content, **how)
    assert not answer.refused, says(answer)
    return answer.to_json()


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "values"),
        [
            (["POT", "Funded  by", "Where the money is from", "Allocation (£)"], [NAME, "PCC", "Own", 280000]),
            (["Fund name", "Amount\nallocated", "Funder", "Funding source"], [NAME, "280,000", "PCC", "PCC reserves"]),
            (["Status", "Funding pot", "Total fund £", "Funder"], ["Live", NAME, "£280k", "OPCC"]),
            (
                ["No.", "fund:", "Funder:", "Amount £", "Colour"],
                [1, f"  {NAME.upper()} ", "PCC", "£ 280,000.00", "red"],
            ),
            (["Scheme", "Funder", "Original allocation", "Left to award"], [NAME, "PCC", 280000, 279190]),
        ],
    )
    def test_are_known_in_other_words_and_order(self, session: Session, heading: Rows, values: Rows) -> None:
        _comes_in(session, workbook(Funds=[["Pots 2020/21"], heading, values], Awards=AWARDS))
        assert entries(session)[0] == ("allocation", 28_000_000, date(2020, 4, 1))

    @pytest.mark.parametrize(
        "heading",
        [
            ["Grant ref", "Pot", "Recipient", "Amount awarded", "Date of award"],
            ["Reference", "Scheme", "Paid to", "Grant £", "Decision date"],
            ["ref.", "FUND NAME", "Name of organisation", "Value", "Approved on"],
            ["Our ref", "Funded from", "Grantee", "Award", "Date"],
        ],
    )
    def test_of_awards_are_known_in_other_words(self, session: Session, heading: list[str]) -> None:
        _comes_in(session, workbook(Funds=FUNDS, Awards=[heading, ONE_AWARD]))
        assert awarded(session) == {"R1": ("Wythall Parish Council", 81_000, date(2020, 5, 29))}

    def test_may_stand_far_down_under_merged_titles(self, session: Session) -> None:
        def merge(book: Workbook) -> None:
            book["Awards"].merge_cells("A1:E2")

        titled = [["Grants awarded, 2020/21"], [], ["Kept by the commissioning team"], [], [], [], *AWARDS]
        answer = _comes_in(session, workbook(merge, Funds=FUNDS, Awards=titled))
        assert [sheet["header_row"] for sheet in answer["sheets"]] == [2, 7]

    def test_that_are_not_known_are_named(self, session: Session) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Officer", None)
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=award([*ONE_AWARD, "A", "b"], head=head)))
        assert answer["sheets"][1]["columns_not_used"] == ["Officer", "column G, without a heading"]

    def test_may_begin_to_the_right_and_below(self, session: Session) -> None:
        shifted = [[], [], *([None, None, *row] for row in AWARDS)]
        _comes_in(session, workbook(Funds=FUNDS, Awards=shifted))
        assert list(awarded(session)) == ["R1"]


class TestSheets:
    @pytest.mark.parametrize(
        ("funds", "awards"),
        [
            ("Pots", "Grants awarded"),
            ("Funding pots 20-21", "1. Awards"),
            ("FUND", "Awards 2020"),
            ("Funds ", "grants"),
        ],
    )
    def test_are_known_loosely_by_name(self, session: Session, funds: str, awards: str) -> None:
        answer = _comes_in(session, workbook(**{funds: FUNDS, awards: AWARDS}))
        assert (answer["taken"], len(awarded(session))) == (2, 1)

    def test_of_something_else_are_left_out_and_counted(self, session: Session) -> None:
        notes: Rows = [["What we said"], ["at the meeting"], [], ["of May"]]
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=AWARDS, Minutes=notes, Awards_summary=AWARDS))
        minutes, summary = answer["sheets"][2:]
        assert (minutes["rows_read"], minutes["left_out"], minutes["header_row"]) == (4, 4, None)
        assert "it is not called Funds" in minutes["left_out_rows"][0]["says"]
        assert (summary["left_out"], len(awarded(session))) == (2, 1)

    def test_that_are_hidden_are_left_out_and_counted(self, session: Session) -> None:
        def hide(book: Workbook) -> None:
            book["Awards old 2019"].sheet_state = "veryHidden"
            book["Bids"].sheet_state = "hidden"

        bids = [["Bid", "Funder"], ["A", "B"]]
        answer = _comes_in(session, workbook(hide, Funds=FUNDS, Awards=AWARDS, Awards_old_2019=AWARDS, Bids=bids))
        assert [sheet["left_out"] for sheet in answer["sheets"]] == [0, 0, 2, 2]
        assert "it is hidden" in answer["sheets"][2]["left_out_rows"][0]["says"]

    def test_may_be_empty(self, session: Session) -> None:
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=AWARDS, Bids=[], Sheet1=[]))
        assert [sheet["rows_read"] for sheet in answer["sheets"]] == [1, 1, 0, 0]

    def test_of_one_kind_may_be_several(self, session: Session) -> None:
        second = award(["R2", NAME, "Wythall Parish Council", 5, date(2020, 6, 1)])
        _comes_in(session, workbook(Funds=FUNDS, Awards_Q1=AWARDS, Awards_Q2=second))
        assert list(awarded(session)) == ["R1", "R2"]

    def test_of_outcomes_belong_to_the_fund_that_their_name_begins(self, session: Session) -> None:
        funds = fund(ONE_FUND, ["Road Safety Fund 2020", "PCC", "Own", 5, "Open"])
        outcomes: Rows = [["Outcomes sought"], ["No", "Outcome"], [1, "Fewer collisions"], [2, "Less fear"]]
        _comes_in(session, workbook(Funds=funds, Awards=AWARDS, Safer_Roads_outcomes=outcomes))
        found = session.scalars(select(Fund).where(Fund.name == NAME)).one()
        assert ([o.words for o in found.outcomes], found.outcome_needed) == (["Fewer collisions", "Less fear"], True)

    def test_of_outcomes_that_fit_no_fund_are_left_out(self, session: Session) -> None:
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=AWARDS, Hate_crime_outcomes=[["Outcome"], ["Less"]]))
        assert (answer["sheets"][2]["left_out"], len(answer["problems"])) == (1, 1)


class TestRowsThatAreNoData:
    @pytest.mark.parametrize("label", ["TOTAL", "Total", "Grand total:", "Sub-total", "Totals 2020/21", "Roads total"])
    @pytest.mark.parametrize("column", [0, 1, 2])
    def test_totals_are_left_out_with_their_figure(self, session: Session, label: str, column: int) -> None:
        total: list[Any] = [None, None, None, 810]
        total[column] = label
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=award(ONE_AWARD, total)))
        sheet = answer["sheets"][1]
        assert (sheet["amount_read"], sheet["amount_left_out"], sheet["left_out"]) == ("1620.00", "810.00", 1)
        assert sheet["own_totals"][0]["agrees"]

    def test_totals_need_no_label(self, session: Session) -> None:
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=award(ONE_AWARD, [None, None, None, 810])))
        assert (answer["sheets"][1]["left_out"], answer["problems"]) == (1, [])

    def test_totals_between_groups_are_held_to_their_group(self, session: Session) -> None:
        second = ["R2", NAME, "Wythall Parish Council", 100, date(2020, 6, 1)]
        rows = award(ONE_AWARD, ["Sub-total", None, None, 810], second, ["Sub total", None, None, 100],
                     ["Total", None, None, 910])  # fmt: skip
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=rows))
        assert [total["agrees"] for total in answer["sheets"][1]["own_totals"]] == [True, True, True]

    def test_a_grand_total_that_differs_is_held_to_the_whole_sheet(self, session: Session) -> None:
        second = ["R2", NAME, "Wythall Parish Council", 100, date(2020, 6, 1)]
        rows = award(ONE_AWARD, ["Sub-total", None, None, 810], second, ["Grand total", None, None, 905])
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=rows))
        assert "£905.00, and its rows come to £910.00" in answer["problems"][0]["says"]

    def test_a_total_that_differs_is_said_with_both_figures(self, session: Session) -> None:
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=award(ONE_AWARD, ["Total", None, None, 800])))
        assert "£800.00, and its rows come to £810.00" in answer["problems"][0]["says"]

    def test_a_total_without_a_stored_result_is_said_and_left_out(self, session: Session) -> None:
        answer = _comes_in(
            session, workbook(Funds=FUNDS, Awards=award(ONE_AWARD, ["Total", None, None, "=SUM(D2:D2)"]))
        )
        assert [(p["row"], p["column"]) for p in answer["problems"]] == [(3, "D")]
        assert answer["sheets"][1]["amount_left_out"] == "0.00"

    def test_blank_rows_notes_and_headings_again_are_left_out(self, session: Session) -> None:
        rows = award(ONE_AWARD, [], ["Ref", "Fund", "Organisation", "Awarded", "Date"], ["   "],
                     ["R2", NAME, "Wythall Parish Council", 1, date(2020, 6, 1)], [],
                     ["Prepared by the team"])  # fmt: skip
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=rows))
        assert [row["row"] for row in answer["sheets"][1]["left_out_rows"]] == [3, 4, 5, 7, 8]
        assert len(awarded(session)) == 2

    def test_an_organisation_whose_name_begins_with_total_is_one(self, session: Session) -> None:
        rows = award(["R1", NAME, "Total Recovery CIC", 810, date(2020, 5, 29)])
        organisations: Rows = [["Organisation", "Type"], ["Total Recovery CIC", "Charity"], ["Total", None]]
        _comes_in(session, workbook(Funds=FUNDS, Organisations=organisations, Awards=rows))
        assert awarded(session)["R1"][0] == "Total Recovery CIC"

    @pytest.mark.parametrize("status", ["Declined", "Withdrawn", "Pending decision", "Not awarded"])
    def test_what_was_not_awarded_is_left_out(self, session: Session, status: str) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Status")
        declined = ["R2", NAME, "Wellington Town Council", 50, date(2020, 6, 1), status]
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=award([*ONE_AWARD, "Awarded"], declined, head=head)))
        assert (list(awarded(session)), answer["sheets"][1]["amount_left_out"]) == (["R1"], "50.00")

    def test_formulas_copied_further_down_are_no_rows(self, session: Session) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Left")
        rows = award([*ONE_AWARD, 5], [None, None, None, None, None, 0], [None, None, None, 0, None, "=D4"], head=head)
        answer = _comes_in(session, workbook(Funds=FUNDS, Awards=rows))
        assert [row["row"] for row in answer["sheets"][1]["left_out_rows"]] == [3, 4]

    def test_a_sheet_grown_over_years_is_read(self, session: Session) -> None:
        debris: Rows = [["Funding pots 2020/21"], [], ["Contact", "the finance team"], *([[]] * 14)]
        rows: Rows = [
            *debris, [None, None, "Money in", None], ["Pot", "Provider of funding", "Budget", "Live/closed"],
            [None, None, "(£)", None], [NAME, "PCC", 280000, "Live"], ["Total own funds", None, 280000, None], [],
            ["Covid fund", "MoJ", 5, "Live"], ["Sub-total", None, 5, None], ["Total", None, 280005, None], [],
            ["Note: figures are as agreed in March"], ["* own money"],
        ]  # fmt: skip
        answer = _comes_in(session, workbook(Funds=rows, Awards=AWARDS))
        sheet = answer["sheets"][0]
        assert (sheet["header_row"], sheet["taken"]) == (19, 2)
        assert [(row["row"], row["says"][:17]) for row in sheet["left_out_rows"]] == [
            (20, "it only says what"), (22, "the sheet’s own t"), (23, "a blank row"), (25, "the sheet’s own t"),
            (26, "the sheet’s own t"), (27, "a blank row"), (28, "a heading or a no"), (29, "a heading or a no"),
        ]  # fmt: skip
        assert all(total["agrees"] for total in sheet["own_totals"])

    def test_a_row_number_is_no_reference(self, session: Session) -> None:
        head = ("No.", "Fund", "Organisation", "Awarded", "Date")
        _comes_in(session, workbook(Funds=FUNDS, Awards=award([1, *ONE_AWARD[1:]], head=head)))
        assert list(awarded(session)) == ["SRF20-001"]

    def test_the_year_may_stand_in_a_heading_a_sheets_name_or_the_files(self, session: Session) -> None:
        funds: Rows = [["Fund", "Funder", "Allocation 2020/21 (£)"], [*ONE_FUND[:2], 280000]]
        assert _comes_in(session, workbook(Funds=funds), dry_run=True)["undated"]["date"] == "2020-04-01"
        plain: Rows = [["Fund", "Funder", "Budget"], [*ONE_FUND[:2], 280000]]
        assert _comes_in(session, workbook(**{"Funds 2019-20": plain}), dry_run=True)["undated"]["date"] == "2019-04-01"
        named = _comes_in(session, workbook(Funds=plain), file_name="Grants tracker 2021-22.xlsx")
        assert named["undated"] == {"date": "2021-04-01", "rows": 1}

    def test_a_fund_that_does_not_apply_is_no_fund(self, session: Session) -> None:
        head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Type")
        rows = award([*ONE_AWARD, "Grant"], ["INK-1", "n/a", "The Bridge", "n/a", "-", "In kind"], head=head)
        assert _comes_in(session, workbook(Funds=FUNDS, Awards=rows))["taken"] == 3
