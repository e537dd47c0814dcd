"""Reconciling on pages: suggestions accepted, what is left explained, the workbook back, and a period closed by two."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from urllib.parse import quote

import openpyxl
import pytest

from fundtracker.domain.roles import Role
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import Standing, stand
from fundtracker.store.awards import Award
from tests.books.builder import Books
from tests.services.reconciling.builder import finance_lines, matched
from tests.web.visitor import Visitor, words

MAY, UNTIL = date(2020, 5, 7), date(2020, 6, 30)
PAGE = f"/reconcile?until={quote('30 June 2020')}"


@pytest.fixture
def award(books: Books) -> Award:
    """Award £9,000.00 and pay £1,680.00 and £810.00 of it in May: entries 3 and 4."""
    award = books.award(books.fund("10,000", reference="SRF20"), "9,000", on=MAY)
    books.pay(award, "1,680", MAY)
    books.pay(award, "810", MAY)
    return award


@pytest.fixture
def finance(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """Give a finance officer's visitor."""
    return signed_in(Role.FINANCE)


def standing(books: Books) -> Standing:
    found = stand(books.session, open_scope(books.session, until=UNTIL))
    books.session.rollback()
    return found


def test_it_goes_to_nought_as_lines_are_dealt_with(books: Books, award: Award, finance: Visitor) -> None:
    charge = {"amount": "25", "on": MAY, "payee": "Bank"}
    one, fee = finance_lines(books.session, {"amount": "2,490", "on": MAY}, charge)
    page = finance.get(PAGE)
    assert "Two of ours add up to one of theirs (1,680.00 + 810.00)" in words(page)
    assert "£25.00" in words(page)
    first, second = finance.key(PAGE), finance.key(PAGE)
    accepted = finance.post(PAGE, pick=f"{one}-3.4", once=first)
    assert accepted.status_code == 303, words(accepted)
    again = finance.post(PAGE, pick=f"{one}-3.4", once=second)
    assert "no longer suggested" in words(again)

    explain = f"/reconcile/explain?line={fee}&until={quote('30 June 2020')}"
    refused = finance.post(explain, reason="not ours", note="", owner="", once=finance.key(explain))
    assert refused.status_code == 422
    assert "Say why in a note" in words(refused)
    done = finance.post(explain, reason="not ours", note="Charge", owner="Ann", once=finance.key(explain))
    assert done.status_code == 303
    assert "Every line and every payment is matched or explained." in words(finance.get(PAGE))
    assert standing(books).reconciled


def test_two_people_close_a_period(
    books: Books, award: Award, finance: Visitor, signed_in: Callable[[Role], Visitor]
) -> None:
    (line,) = finance_lines(books.session, {"amount": "2,490", "on": MAY})
    matched(books.session, [line], [3, 4])
    books.session.rollback()
    ask = f"/periods/ask?until={quote('30 June 2020')}"
    assert finance.post(ask, once=finance.key(ask)).status_code == 303
    assert "The chief finance officer closes it" in words(finance.get(PAGE))
    assert finance.get("/periods/close").status_code == 403
    other = signed_in(Role.CHIEF_FINANCE)
    assert other.post("/periods/close", step="close", once=other.key("/periods/close")).status_code == 303
    assert "The books are closed to 30 June 2020" in words(finance.get("/periods"))
    reopened = other.post("/periods/reopen", why="A line was missed", once=other.key("/periods/reopen"))
    assert reopened.status_code == 303
    assert "A line was missed" in words(finance.get("/periods"))


def test_whoever_asked_does_not_close_whatever_posts_they_hold(
    books: Books, award: Award, signed_in: Callable[[Role], Visitor]
) -> None:
    (line,) = finance_lines(books.session, {"amount": "2,490", "on": MAY})
    matched(books.session, [line], [3, 4])
    books.session.rollback()
    chief, ask = signed_in(Role.CHIEF_FINANCE), f"/periods/ask?until={quote('30 June 2020')}"
    assert chief.post(ask, once=chief.key(ask)).status_code == 303
    assert "You asked for this period to be closed" in words(chief.get("/periods/close"))
    refused = chief.post("/periods/close", step="close", once=chief.key("/periods/close"))
    assert "Another person closes it" in words(refused)


def test_a_period_is_closed_for_every_fund_whatever_the_address_asks_for(
    books: Books, award: Award, finance: Visitor
) -> None:
    (line,) = finance_lines(books.session, {"amount": "2,490", "on": MAY})
    matched(books.session, [line], [3, 4])
    books.pay(books.award(books.fund("100", reference="CRF20"), "50", on=MAY), "50", MAY)
    books.session.rollback()
    only = f"?until={quote('30 June 2020')}&fund=SRF20"
    assert "Every line and every payment is matched or explained." in words(finance.get(f"/reconcile{only}"))
    ask = f"/periods/ask{only}"
    assert "Ask for it to be closed" not in words(finance.get(ask))
    refused = finance.post(ask, once=finance.key(f"/reconcile/explain?line={line}"))
    assert refused.status_code == 422
    assert "−£50.00 is left to explain and 1 line or payment is not dealt with" in words(refused)


def test_a_penny_out_is_matched_by_hand_with_a_note(books: Books, award: Award, finance: Visitor) -> None:
    (line,) = finance_lines(books.session, {"amount": "810.01", "on": MAY})
    assert "the finance system has £0.01 more" in words(finance.get(PAGE))
    by_hand = f"/reconcile/match?line={line}&entry=4"
    form = {"lines": str(line), "entries": "4", "owner": "Ann", "once": finance.key(by_hand)}
    refused = finance.post(by_hand, step="record", note="", **form)
    assert "£0.01 more than the payments" in words(refused)
    assert finance.post(by_hand, step="record", note="A penny short", **form).status_code == 303
    assert standing(books).stated == 1


def test_a_step_is_undone_once(books: Books, award: Award, finance: Visitor) -> None:
    (line,) = finance_lines(books.session, {"amount": "810", "on": MAY})
    number = matched(books.session, [line], [4]).id
    books.session.rollback()
    assert finance.post(f"/reconcile/matches/{number}/undo").status_code == 303
    assert finance.post(f"/reconcile/matches/{number}/undo").status_code == 303
    assert "was undone by Finance Officer already" in words(finance.get(PAGE))
    assert standing(books).left == 3


def test_the_workbook_comes_back_with_its_reasons(books: Books, award: Award, finance: Visitor) -> None:
    lines = finance_lines(books.session, {"amount": "25", "on": MAY, "payee": "Bank"}, {"amount": "-5", "on": MAY},
                          {"amount": "7", "on": MAY, "payee": "Post"})  # fmt: skip
    sent = finance.get(f"/reconcile/workbook.xlsx?until={quote('30 June 2020')}")
    workbook = openpyxl.load_workbook(BytesIO(sent.data))
    sheet = workbook["Unexplained"]
    typed = {f"L{lines[0]}": "not ours", f"L{lines[1]}": "Query", "E3": "never recorded", f"L{lines[2]}": "query"}
    for row in sheet.iter_rows(min_row=2):
        if str(row[0].value) in typed:
            row[8].value, row[9].value, row[10].value = typed[str(row[0].value)], "As the bank says", "Ann"
    matched_since = {"reason": "not ours", "note": "x", "owner": "y"}
    explain = f"/reconcile/explain?line={lines[2]}"
    finance.post(explain, once=finance.key(explain), **matched_since)
    saved = BytesIO()
    workbook.save(saved)

    upload = f"/reconcile/workbook?until={quote('30 June 2020')}"
    file = {"csrf_token": finance.token(), "file": (BytesIO(saved.getvalue()), "back.xlsx")}
    shown = finance.client.post(upload, data=file, content_type="multipart/form-data", buffered=True)
    assert "Take 2 explanations" in words(shown), words(shown)
    assert f"L{lines[2]} has been dealt with since" in words(shown)
    assert "“never recorded” is no reason" in words(shown)
    changes = [part.split('"')[0].replace("&#34;", '"') for part in shown.text.split('name="change" value="')[1:]]
    once = shown.text.split('name="once" value="')[1].split('"')[0]
    assert finance.post(upload, step="record", change=changes, once=once).status_code == 303
    assert standing(books).explained == 2_500 - 500 + 700


def test_a_line_never_recorded_leads_to_its_payment(books: Books, award: Award, finance: Visitor) -> None:
    (line,) = finance_lines(books.session, {"amount": "500", "on": MAY, "reference": "V600", "invoice_number": "INV-9"})
    assert "it may never have been recorded" in words(finance.get(PAGE))
    page = finance.get(f"/reconcile/lines/{line}")
    assert "Pay £500.00 of SRF20-001" in words(page)
    link = page.text.split('href="/awards/SRF20-001/pay')[1].split('"')[0].replace("&amp;", "&")
    form = finance.get("/awards/SRF20-001/pay" + link).text
    for typed in ("500.00", "7 May 2020", "INV-9", "V600"):
        assert f'value="{typed}"' in form


def test_every_figure_leads_to_its_rows(books: Books, award: Award, finance: Visitor) -> None:
    finance_lines(books.session, {"amount": "810", "on": MAY, "description": "Bikes for all"})
    page = finance.get("/reconcile/rows?state=left&text=bikes")
    assert "Bikes for all" in words(page)
    assert "SRF20-001/1" not in words(page)
    assert "Bikes for all" not in words(finance.get("/reconcile/rows?state=matched"))
    for path in (
        "/reconcile/choose",
        "/reconcile?until=nonsense",
        "/reconcile?fund=SRF20",
        "/periods",
        "/reconcile/rows",
    ):
        assert finance.get(path).status_code == 200


def test_only_finance_reconciles(officer: Visitor, books: Books) -> None:
    assert officer.get("/reconcile").status_code == 403
    assert officer.get("/periods").status_code == 200
    assert officer.get("/periods/close").status_code == 403
    (line,) = finance_lines(books.session, {"amount": "5", "on": MAY})
    for path in (
        "/imports/1/undo", "/reconcile/matches/1/undo", "/reconcile/explanations/1/undo", "/reconcile/workbook",
        f"/reconcile/explain?line={line}", "/periods/ask",
    ):  # fmt: skip
        assert officer.post(path, once="a", narrative="Wrong file", on="1 July 2020").status_code == 403
    assert len(standing(books).lines) == 1
