"""One award's page: the three amounts, what each entry did, its history, and what may be done next."""

from collections.abc import Callable

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import SpendType
from fundtracker.services import awards, funds, variations
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import ask
from tests.web.visitor import Visitor, words

HERE = "/awards/SRF20-001"


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line."""
    return books.fund("50,000", reference="SRF20")


def offered(page: str) -> list[str]:
    """Give the links of the title row, the button first."""
    row = page.split('class="ft-actions"')[1].split("</div>", maxsplit=1)[0]
    return [link.split("<")[0].strip() for link in row.split(">") if link.split("<")[0].strip()]


def test_asked_for_awarded_and_paid_stand_side_by_side(books: Books, officer: Visitor, fund: Fund) -> None:
    application = ask(books, fund, "2,000")
    award = books.award(fund, "1,680", application=application)
    books.pay(award, "1,600")
    books.do(variations.vary_award, line=award.lines[0], by="-180")
    said = words(officer.get(HERE))
    figures = "Asked for £2,000.00 Awarded £1,500.00 £500.00 less than asked Paid £1,600.00 To pay £0.00 "
    assert figures + "To recover £100.00" in said
    assert "SRF20-A001 , received 1 June 2020" in said


def test_the_entries_come_to_the_figures_above(books: Books, officer: Visitor, fund: Fund) -> None:
    award = books.award(fund, "1,680")
    books.pay(award, "600")
    books.do(variations.vary_award, line=award.lines[0], by="-80")
    page = officer.get(HERE)
    said = words(page)
    assert "Awarded £ Paid £" in said
    assert "Award £1,600.00 £600.00" in said
    assert all(f'href="/entries/{number}"' in page.text for number in (2, 3, 4))


def test_each_line_adds_up_where_there_are_several(books: Books, officer: Visitor, fund: Fund) -> None:
    capital = books.line(fund, "100", year=2020, spend_type=SpendType.CAPITAL)
    following = books.line(fund, year=2021)
    award = books.award_shares(
        Share(line=fund.lines[0], amount=pence("60")),
        Share(line=capital, amount=pence("40")),
        Share(line=following, amount=pence("70"), subject_to_funding=True),
    )
    books.pay(award, "20")
    said = words(officer.get(HERE))
    assert "2020/21 revenue 60.00 20.00 40.00 0.00" in said
    assert "2020/21 capital 40.00 0.00 40.00 0.00" in said
    assert (
        "2021/22 revenue: £70.00 is subject to funding. It is counted as nothing until it is given its value." in said
    )


def test_what_is_usual_next_is_the_button(books: Books, officer: Visitor, fund: Fund) -> None:
    award = books.award(fund, None)
    assert offered(officer.get(HERE).text) == ["Give it its value", "Withdraw", "Edit the words"]
    books.do(awards.settle, line=award.lines[0], amount="10")
    assert offered(officer.get(HERE).text)[:3] == ["Record a payment", "Vary", "Withdraw"]
    books.pay(award, "10")
    assert offered(officer.get(HERE).text)[0] == "Complete it"
    books.do(awards.complete_award, award=award)
    assert "Let it stand again" in offered(officer.get(HERE).text)
    books.do(variations.vary_award, line=award.lines[0], by="-4")
    assert "Write off" in offered(officer.get(HERE).text)


def test_a_suspended_fund_offers_no_payment_and_says_why(books: Books, officer: Visitor, fund: Fund) -> None:
    books.award(fund, "10")
    books.do(funds.suspend_fund, fund=fund)
    page = officer.get(HERE)
    assert "Record a payment" not in offered(page.text)
    assert "is suspended, so nothing is paid from it now" in words(page)


def test_a_reversed_award_offers_no_change_and_says_what_to_do(books: Books, officer: Visitor, fund: Fund) -> None:
    books.award(fund, "10", application=ask(books, fund, "10"))
    books.reverse(books.entry(-1).number)
    page = officer.get(HERE)
    assert offered(page.text) == ["Edit the words"]
    assert "All that it awarded has been reversed" in words(page)
    assert 'href="/applications/SRF20-A001/decide"' in page.text


def test_its_history_tells_what_moved_no_money(books: Books, officer: Visitor, fund: Fund) -> None:
    award = books.award(fund, None)
    books.do(variations.withdraw_award, award=award, keep_paid=False)
    books.do(variations.reopen_award, award=award)
    said = words(officer.get(HERE)).split("History 3")[1]
    assert said.index("Award reopened") < said.index("Award withdrawn") < said.index("Award recorded")


def test_awards_that_follow_one_another_lead_to_each_other(books: Books, officer: Visitor, fund: Fund) -> None:
    first = books.award(fund, "10")
    share = Share(line=fund.lines[0], amount=pence("10"))
    details = AwardDetails(recipient=first.organisation, shares=(share,), reasons="The next year", follows=first)
    books.do(record_award, details=details)
    assert "Follows SRF20-001" in words(officer.get("/awards/SRF20-002"))
    assert "Followed by SRF20-002" in words(officer.get(HERE))


@pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR])
def test_who_only_reads_sees_no_action(
    books: Books, signed_in: Callable[[Role], Visitor], fund: Fund, role: Role
) -> None:
    books.pay(books.award(fund, "10"), "5")
    assert offered(signed_in(role).get(HERE).text) == []
