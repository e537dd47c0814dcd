"""Interests and decision records on their pages: declared and kept out of, drafted, signed by another, explained."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from fundtracker.domain.roles import Role
from fundtracker.domain.years import today
from fundtracker.services.funds import find_fund
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask, send
from tests.web.visitor import Visitor, hidden, words

SignedIn = Callable[[Role], Visitor]
CASE = "/applications/SRF20-A001"


@pytest.fixture
def case(books: Books) -> None:
    """Log an application to a fund of £5,000.00."""
    ask(books, books.fund("5,000", reference="SRF20"))


@pytest.mark.usefixtures("case")
def test_who_declares_an_interest_is_kept_out_and_others_are_not(officer: Visitor, signed_in: SignedIn) -> None:
    assert "Declare an interest" in words(officer.get(CASE))
    assert officer.get(f"{CASE}/interest").status_code == 200
    refused = send(officer, f"{CASE}/interest", "record", words=" ")
    assert (refused.status_code, "Enter what your interest is" in words(refused)) == (422, True)
    answer = send(officer, f"{CASE}/interest", "record", words="I am a <b>trustee</b>")
    register = officer.get(answer.location)
    assert "I am a &lt;b&gt;trustee&lt;/b&gt;" in register.text
    for path in (CASE, f"{CASE}/decide", f"{CASE}/words", f"{CASE}/notes", f"/decisions/draft?application={CASE[14:]}"):
        page = officer.get(path)
        assert (page.status_code, "You declared an interest" in words(page)) == (403, True), path
    assert "SRF20-A001" not in words(officer.get("/applications"))

    manager = signed_in(Role.MANAGER)
    assert manager.get(CASE).status_code == 200
    assert "Record its end" in words(manager.get("/interests"))
    send(manager, "/interests/1/end", "record", why="No longer one")
    assert officer.get(CASE).status_code == 200


@pytest.mark.usefixtures("case")
def test_a_record_is_drafted_from_the_case_and_signed_by_another(officer: Visitor, signed_in: SignedIn) -> None:
    place = f"/decisions/draft?application={CASE[14:]}"
    drafted = officer.get(place)
    assert "None declared." in words(drafted)
    assert "£5,000.00 of it is left to award" in words(drafted)
    answer = send(officer, place, "record", title="Grant", summary="S", proposal="P", part_two="The <i>address</i>")
    reference = f"PCC/D/{today().year}/01"
    page = f"/decisions/{reference}"
    assert answer.location == page
    assert "The &lt;i&gt;address&lt;/i&gt;" in officer.get(page).text
    assert "Sign it" not in words(officer.get(page))

    chief = signed_in(Role.CHIEF_EXECUTIVE)
    assert "Sign it" in words(chief.get(page))
    send(chief, f"{page}/sign", "record", words="Agreed")
    assert "Agreed" in words(chief.get(page))
    assert "stays as it was" in words(officer.get(f"{page}/edit"))
    viewer = signed_in(Role.VIEWER)
    assert "The address" not in words(viewer.get(page))
    assert reference in words(viewer.get("/decisions"))
    assert viewer.get("/decisions.xlsx").status_code == 200


@pytest.mark.usefixtures("case")
def test_a_draft_that_changed_meanwhile_keeps_what_was_typed(officer: Visitor) -> None:
    answer = send(officer, "/decisions/draft", "record", title="Grant", summary="S", proposal="P")
    edit = f"{answer.location}/edit"
    read = hidden(officer.get(edit), "as_read")
    send(officer, edit, "record", title="Grant", summary="Theirs", proposal="P", as_read=read)
    refused = send(officer, edit, "record", title="Grant", summary="Mine", proposal="P", as_read=read)
    assert (refused.status_code, "Somebody changed this draft" in words(refused)) == (422, True)
    assert "Mine" in refused.text


@pytest.mark.usefixtures("case")
def test_money_without_a_record_is_explained_once(officer: Visitor) -> None:
    assert "#1" in words(officer.get("/decisions/missing"))
    refused = send(officer, "/entries/1/decision", "record", record="", why="")
    assert "Enter the decision record that covers it" in words(refused)
    send(officer, "/entries/1/decision", "record", record="", why="Before the register began")
    page = words(officer.get("/decisions/missing"))
    assert "Nothing: every movement has a signed record or is explained." in page
    assert "Before the register began" in page


@pytest.mark.usefixtures("case")
def test_an_application_is_scored_recommended_and_ranked(officer: Visitor) -> None:
    ranking = "/funds/SRF20/ranking"
    assert "This fund has no criteria yet" in words(officer.get(ranking))
    refused = send(officer, "/funds/SRF20/criteria", "record", criteria="Need")
    assert (refused.status_code, "highest score" in words(refused), "Need" in refused.text) == (422, True, True)
    send(officer, "/funds/SRF20/criteria", "record", criteria="Need: 5\nValue: 5")
    place = f"{CASE}/assess"
    refused = send(officer, place, "record", **{"score-1": "6", "reason-1": "All <b>need</b> it", "score-2": "4"})
    assert refused.status_code == 422
    assert "All &lt;b&gt;need&lt;/b&gt; it" in refused.text
    given = {"score-1": "5", "reason-1": "All need it", "score-2": "4", "reason-2": "Cheap"}
    answer = send(officer, place, "record", **given)
    assert "5 of 5" in words(officer.get(answer.location))
    assert 'value="5"' in officer.get(place).text  # one's own scores stand in the form, to be changed
    send(officer, f"{CASE}/recommend", "record", amount="2,000", score="", reason="Half of it")
    shown = words(officer.get(ranking))
    assert "90.0" in shown
    assert "£5,000.00 is left to award" in shown
    assert "3,000.00" in shown
    assert officer.get(f"{ranking}.xlsx").status_code == 200
    assert "£2,000.00" in words(officer.get(f"{CASE}/assessments"))


@pytest.mark.usefixtures("case")
def test_several_are_decided_at_once_and_each_award_waits(books: Books, officer: Visitor) -> None:
    fund = find_fund(books.session, "SRF20")
    for name in ("Riders", "Walkers"):
        ask(books, fund, "3,000", by=books.organisation(name))
    place, line = "/funds/SRF20/meeting", str(fund.lines[0].id)
    assert "Decide several at once" in words(officer.get("/funds/SRF20/ranking"))
    leave = {"on": "1 July 2020", "decision": "PCC/D/2020/09", "line": line, "answer-1": "leave", "amount-1": ""}
    refused = send(officer, place, "check", **leave, **{"answer-2": "leave", "answer-3": "leave"})
    assert "for at least one application" in words(refused)
    both = {**leave, "answer-2": "award", "amount-2": "3,000", "reasons-2": "Good", "answer-3": "award"}
    refused = send(officer, place, "check", **both, **{"amount-3": "3,000"})
    assert "Walkers: " in words(refused)
    assert "£1,000.00" in words(refused)
    refused = send(officer, place, "check", **both, **{"amount-3": ""})
    assert "Walkers: Enter the amount" in words(refused)

    given = {**both, "answer-3": "decline", "amount-3": "", "reasons-3": "Too late"}
    checked = send(officer, place, "check", **given)
    assert "£2,000.00" in words(checked)
    answer = send(officer, place, "record", hidden(checked, "once"), **given)
    assert "1 award sent for approval, 1 application declined." in words(officer.get(answer.location))
    books.session.rollback()
    assert [one.title for one in waiting_for(books, fund)] == ["Award to Riders"]
    assert "Declined" in words(officer.get("/applications/SRF20-A003"))


def waiting_for(books: Books, fund: Fund) -> list[ApprovalRequest]:
    requests = books.session.scalars(select(ApprovalRequest).where(ApprovalRequest.fund_id == fund.id)).all()
    return list(requests)
