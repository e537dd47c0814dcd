"""The Panel's section: the seed report's figures, the quarter's last day, what is new, and what is doubtful."""

from datetime import date

import pytest

from fundtracker.domain.papers import RowKind
from fundtracker.domain.quarters import Quarter
from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.statuses import AwardType, BatchKind, BidStatus, Source
from fundtracker.domain.years import FinancialYear, now
from fundtracker.services.bids import BidDetails, move_bid_on, record_bid
from fundtracker.services.papers.panel import draft_panel, panel_paper
from fundtracker.services.papers.panel_bids import bids_at
from fundtracker.store.imports import Batch
from fundtracker.store.reconciling import FinanceLine
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, pence
from tests.services.papers.seed import tell, text_of, words_of

DAY = date(2020, 6, 30)
USES = """\
Weobley Parish Council, to enable the Weobley Support Group to deliver prescriptions and food to vulnerable groups; \
parish magazines to all households
Wellington Town Council, to enable the Polish Support Group to provide items for NHS workers; packs for children in \
hospital in Telford and Shrewsbury
Wythall Parish Council, to help support vulnerable people in the local community""".splitlines()
Q1 = Quarter(FinancialYear(2020), 1)


def test_the_seed_reports_paragraphs_have_their_figures(books: Books) -> None:
    tell(books)
    content = panel_paper(books.session, 2020, 1)
    words, said = words_of(content), text_of(content)

    assert (content.as_at, content.subject, content.last_entry) == (DAY, "2020/21 Q1", 25)
    assert content.title.endswith("monitoring report (April to June 2020)")
    assert words["recommendation"].text == "Members of the Panel are invited to consider this report."
    assert [words[f"end.{name}"].text for name in ("risk", "financial", "legal", "equality")] == ["None."] * 4
    # Paragraphs 8, 12 and 14
    assert "secured £341,363.39 from the Ministry of Justice" in said
    assert "£341,363.39, has been awarded to 13 organisations" in said
    assert any(
        one.startswith("Victim Support, for 3 specialist domestic abuse workers")
        for one in words["fund.MECF20.given"].bullets
    )
    assert "secured £550,000 from the Ministry of Justice for the Safer Streets Fund 2020" in said
    assert "set aside £280,000" in said
    assert words["fund.SRF20.outcomes"].bullets[0] == "A reduction in fatalities and casualties"
    assert len(words["fund.SRF20.outcomes"].bullets) == 5
    # Paragraph 31
    assert words["fund.PCRF20.given"].text.startswith(
        "In total £47,279.94 of the £50,000 earmarked was given out, with £1,064 to Weobley Parish Council, £1,680 to "
        "Wellington Town Council and £810 to Wythall Parish Council. It went to 3 organisations"
    )
    assert list(words["fund.PCRF20.given"].bullets) == USES


def test_bids_and_gifts_are_told_beside_the_money(books: Books) -> None:
    tell(books)
    said = text_of(panel_paper(books.session, 2020, 1))
    assert "A bid for £50,000 has been submitted to NHS England: Sexual abuse & violence co-ordinator" in said
    assert "An outcome is expected in the next few weeks." in said
    assert "£10,000,000 is what the funder offers nationally, to all who bid: it is no money of ours." in said
    assert "to The Bridge, Malvern: eight recovered bicycles to refurbish. No cash was given, and no value" in said


def test_the_tables_add_up_and_keep_bids_outside(books: Books) -> None:
    tell(books)
    tables = panel_paper(books.session, 2020, 1).tables
    keys = [column.key for column in tables["funds"].columns]
    total = dict(zip(keys, (cell.value for cell in tables["funds"].rows[-1].cells), strict=True))

    assert total == {"fund": "Total", "allocated": pence("1,221,363.39"), "awarded": pence("388,643.33"),
                     "new": pence("388,643.33"), "given": pence("47,279.94"), "left": pence("832,720.06"),
                     "organisations": 16}  # fmt: skip
    rows = [row for row in tables["funds"].rows if row.kind is RowKind.ROW]
    assert [row.key for row in rows] == ["MECF20", "SSFB20", "SRF20", "PCRF20"]
    assert "fund=PCRF20" in rows[-1].cells[1].behind
    assert "as_at=2020-06-30" in rows[-1].cells[1].behind
    assert tables["bids"].rows[-1].cells[3].value == pence("50,000")


def test_each_paragraph_tells_its_author_of_doubtful_rows(books: Books) -> None:
    tell(books)
    words = words_of(panel_paper(books.session, 2020, 1))
    assert words["fund.MECF20.given"].warnings == (
        "14 entries of this fund had no date and took the workbook’s.",
        "13 entries of this fund: the amount is illustrative.",
    )
    assert "2 entries of this fund: the date is an example." in words["fund.PCRF20.given"].warnings
    assert "£26,258.73 (illustrative) to Victim Support" in words["fund.MECF20.given"].text
    assert words["fund.SSFB20.secured"].warnings == (
        "The funder is recorded with a note: as stated; the scheme is run by the Home Office.",
    )
    assert "sought is not stated" in words["bid.BID-002"].warnings[0]
    assert len(words["gift.INK-01"].warnings) == 2


def test_payments_are_called_unmatched_in_months_whose_finance_lines_are_there(books: Books) -> None:
    fund = books.fund("5,000", reference="SRF20")
    award = books.award(fund, "900", on=date(2020, 5, 1))
    books.pay(award, "100", on=date(2020, 5, 4))
    books.pay(award, "100", on=date(2020, 6, 4))
    assert words_of(panel_paper(books.session, 2020, 1))["fund.SRF20.given"].warnings == ()
    with transaction(books.session):
        batch = Batch(kind=BatchKind.FINANCE, file_name="gl.csv", digest="0", brought_in_at=now(), brought_in_by="t")
        books.session.add(batch)
        books.session.flush()
        books.session.add(FinanceLine(batch_id=batch.id, row=2, on_date=date(2020, 5, 9), amount=pence("1")))
    warnings = words_of(panel_paper(books.session, 2020, 1))["fund.SRF20.given"].warnings
    assert warnings == ("1 payment or refund of this fund not matched with the finance system.",)


def test_figures_are_of_the_quarters_last_day_and_what_is_new_is_marked(books: Books) -> None:
    fund = books.fund("5,000", reference="SRF20")
    first = books.award(fund, "1,000", on=date(2020, 5, 1), purpose="Signs")
    books.award(fund, "600", on=date(2020, 8, 1), purpose="Train riders", to=books.organisation("Telford Riders"))
    books.award(books.line(fund, "900", year=2021), "100", on=date(2020, 8, 2))
    books.pay(first, "400", on=date(2020, 7, 1))

    spring, summer = (words_of(panel_paper(books.session, 2020, number)) for number in (1, 2))
    assert spring["fund.SRF20"].text == "Safer Roads Fund 2020 (new this quarter)"
    assert spring["fund.SRF20.given"].text == (
        "£1,000 of it has been awarded to 1 organisation: £1,000 to Wellington Town Council. No payment of it is "
        "recorded yet. £4,000 is left."
    )
    assert summer["fund.SRF20"].text == "Safer Roads Fund 2020"
    assert summer["fund.SRF20.given"].text == (
        "£1,600 has been awarded to 2 organisations: £1,000 to Wellington Town Council and £600 to Telford Riders. In "
        "total £400 of the £5,000 earmarked was given out. New this quarter: £600 awarded and £400 given out. "
        "£3,400 is left."
    )


def test_a_quarter_that_has_not_begun_is_refused_and_one_under_way_is_as_at_today(books: Books) -> None:
    with pytest.raises(DateRefusedError, match="begins on 1 April 2198"):
        panel_paper(books.session, 2198, 1)
    with pytest.raises(DateRefusedError, match="a day of it, or a later one"):
        panel_paper(books.session, 2020, 2, date(2020, 6, 30))
    made = draft_panel(books.session, Q1, date(2020, 5, 1))
    assert made.when.day == date(2020, 5, 1)
    assert "The quarter ends on 30 June 2020." in {said.draft.key: said.draft.text for said in made.said}["background"]


def test_a_bid_without_a_date_counts_from_the_day_of_its_workbooks_undated_rows(books: Books) -> None:
    tell(books, undated=date(2020, 5, 20))
    assert [told.since for told in bids_at(books.session, DAY)] == [date(2020, 5, 20)] * 3
    assert bids_at(books.session, date(2020, 5, 19)) == []


def test_bids_stand_as_they_stood_at_the_day(books: Books) -> None:
    details = BidDetails(title="Co-ordinator", funder="NHS England", sought=pence("50,000"))
    bid = books.do(record_bid, date(2020, 4, 20), details=details)
    books.do(move_bid_on, date(2020, 5, 20), bid=bid, status=BidStatus.SUBMITTED)
    books.do(move_bid_on, date(2020, 7, 20), bid=bid, status=BidStatus.LOST)

    assert [told.awaits for told in bids_at(books.session, DAY)] == [True]
    assert [told.awaits for told in bids_at(books.session, date(2020, 5, 1))] == [False]
    assert bids_at(books.session, date(2020, 4, 19)) == []
    assert bids_at(books.session, date(2020, 7, 20)) == []


def test_examples_are_sure_and_name_no_person(books: Books) -> None:
    fund = books.fund("9,000", reference="SRF20", source=Source.OWN)
    others = books.organisation("Others", stands_for_several=True)
    one, two, three = (books.organisation(name) for name in ("One", "Two", "Three"))
    for place, to in enumerate((one, two, three, books.organisation("A person", type="Individual"), others)):
        books.award(fund, f"{100 + place}", to=to, purpose="Signs")
    books.award(fund, "5,000", to=books.organisation("Four"), purpose="Signs", type=AwardType.CONTRACT)
    said = words_of(panel_paper(books.session, 2020, 1))["fund.SRF20.given"]

    assert said.text.startswith(
        "£5,510 of it has been awarded to 5 organisations, and to others recorded together, with £101 to Two, "
        "£102 to Three and £5,000 to Four."
    )
    assert said.bullets == ("Two, for signs", "Three, for signs", "Four, for signs")


def test_an_award_without_a_value_is_said_and_counted_in_no_figure(books: Books) -> None:
    fund = books.fund("900", reference="SRF20")
    books.award(fund, None, purpose="A study")
    said = words_of(panel_paper(books.session, 2020, 1))["fund.SRF20.given"]
    assert said.text == "Nothing has been awarded from it yet. 1 award has no value stated, counted in no figure."
    assert said.warnings == ("1 award of this fund without a value.",)
