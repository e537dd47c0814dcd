"""Payment runs by page: one person draws up, another authorises, and what the bank did is recorded."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from fundtracker.domain.roles import Role
from fundtracker.services.funds import suspend_fund
from fundtracker.services.replanning import instalments_of
from fundtracker.services.schedules import Planned, set_schedule
from fundtracker.services.variations import withdraw_award
from fundtracker.store.awards import Award, Payment
from tests.books.builder import Books, pence
from tests.sheets.workbooks import opened
from tests.web.asking import check_and_record, send
from tests.web.visitor import Visitor, words

DUE, NEW = "/payments/due", "/payments/runs/new"


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00, due in two halves."""
    award = books.award(books.fund("5,000", reference="SRF20"), "900", to=books.organisation("Riders"))
    halves = [Planned(due_on=date(2020, month, 1), amount=pence("450"), po_number="PO 7") for month in (7, 10)]
    books.do(set_schedule, line=award.lines[0], planned=halves)
    return award


@pytest.fixture
def finance(signed_in: Callable[[Role], Visitor]) -> tuple[Visitor, Visitor]:
    """Sign in two people of finance."""
    return signed_in(Role.FINANCE), signed_in(Role.FINANCE)


def ticks(books: Books, award: Award, amount: str = "450.00") -> dict[str, str]:
    key = f"{award.lines[0].id}-{instalments_of(books.session, award.lines[0])[0].id}"
    return {"tick": key, f"amount-{key}": amount}


def draw_up(visitor: Visitor, rows: dict[str, str], **more: str) -> None:
    started = visitor.post(NEW, step="start", **rows)
    assert "Draw up a payment run" in words(started)
    answer = send(visitor, NEW, "record", visitor.key(DUE), pay_on="1 January 2190", **rows, **more)
    assert answer.status_code == 303, words(answer)


def test_a_run_from_the_list_to_the_bank(books: Books, award: Award, finance: tuple[Visitor, Visitor]) -> None:
    first, second = finance
    rows = ticks(books, award)
    draw_up(first, rows, **{f"invoice-{rows['tick']}": "INV 7"})
    said = words(first.get("/payments/runs/RUN-001"))
    assert "You drew this run up, so another person of finance authorises it" in said
    assert "RUN-001 waits to be authorised." in words(second.get("/"))
    refused = send(first, "/payments/runs/RUN-001/authorise", "record")
    assert refused.status_code == 422
    assert "another person of finance authorises it" in words(refused)
    assert "In a payment run" in words(first.get(DUE))
    assert opened(second.get("/payments/runs/RUN-001/workbook").data).sheetnames[0] == "RUN-001, not authorised"
    assert send(second, "/payments/runs/RUN-001/authorise", "record").status_code == 303
    assert check_and_record(first, "/payments/runs/RUN-001/send", on="1 July 2020").status_code == 303
    sheet = opened(first.get("/payments/runs/RUN-001/workbook").data)["Payment run RUN-001"]
    payee, _, amount, reference, invoice, order, *_ = [cell.value for cell in sheet[2]]
    assert (payee, amount, reference, invoice, order) == ("Riders", 450, "SRF20-001/1", "INV 7", "PO 7")
    said = words(first.get("/payments/runs/RUN-001"))
    assert "1 payment waits for the bank: £450.00" in said
    line = str(books.session.scalars(select(Payment.run_line_id)).one())
    paid = {"tick": line, f"voucher-{line}": "BACS 9", "on": "3 July 2020"}
    assert send(first, "/payments/runs/RUN-001/paid", "record", **paid).status_code == 303
    assert "paid 3 Jul 2020, BACS 9" in words(first.get("/payments/runs/RUN-001"))
    failed = {"narrative": "Account closed", "on": "6 July 2020"}
    assert check_and_record(first, "/payments/SRF20-001/1/failed", **failed).status_code == 303
    assert "450.00 0.00 450.00" in words(first.get(DUE))


def test_two_who_send_one_run_at_once_pay_it_once(books: Books, award: Award, finance: tuple[Visitor, Visitor]) -> None:
    first, second = finance
    draw_up(first, ticks(books, award))
    page = "/payments/runs/RUN-001/send"
    assert send(second, "/payments/runs/RUN-001/authorise", "record").status_code == 303
    checked = [send(visitor, page, "check", on="1 July 2020") for visitor in finance]
    assert [answer.status_code for answer in checked] == [200, 200]
    assert send(first, page, "record", on="1 July 2020").status_code == 303
    late = send(second, page, "record", on="1 July 2020")
    assert "RUN-001 is sent, not authorised. Nothing was done." in words(late)
    assert len(books.session.scalars(select(Payment)).all()) == 1


@pytest.mark.parametrize("what", ["suspended", "varied"])
def test_what_changed_since_it_was_authorised_stops_it_in_words(
    books: Books, award: Award, finance: tuple[Visitor, Visitor], what: str
) -> None:
    first, second = finance
    draw_up(first, ticks(books, award))
    assert send(second, "/payments/runs/RUN-001/authorise", "record").status_code == 303
    if what == "suspended":
        books.do(suspend_fund, date(2020, 6, 30), fund=award.lines[0].budget_line.fund)
    else:
        books.do(withdraw_award, date(2020, 6, 30), award=award, keep_paid=True)
    refused = send(first, "/payments/runs/RUN-001/send", "check", on="1 July 2020")
    assert refused.status_code == 422
    says = {"suspended": "is suspended, so nothing is paid from it. Reopen the fund first",
            "varied": "SRF20-001 has £0.00 still to pay of £0.00 awarded"}  # fmt: skip
    assert says[what] in words(refused)
    assert "stop the run and draw up another" in words(refused)


def test_nothing_ticked_stays_on_the_list(award: Award, finance: tuple[Visitor, Visitor]) -> None:
    answer = finance[0].post(NEW, step="start")
    assert answer.status_code == 422
    assert "Tick at least one payment" in words(answer)


def test_a_doubt_is_said_and_answered_by_a_tick(books: Books, award: Award, finance: tuple[Visitor, Visitor]) -> None:
    rows = ticks(books, award)
    alike = books.award(award.lines[0].budget_line, "450")
    draw_up(finance[0], rows)
    other = {"tick": str(alike.lines[0].id), f"amount-{alike.lines[0].id}": "450", "pay_on": "1 January 2190"}
    asked = send(finance[0], NEW, "record", finance[0].key(DUE), **other)
    assert asked.status_code == 422
    assert "£450.00 is in RUN-001, dated 1 January 2190" in words(asked)
    answer = send(finance[0], NEW, "record", finance[0].key(DUE), sure="y", **other)
    assert answer.headers["Location"] == "/payments/runs/RUN-002"


def test_a_run_is_stopped_with_a_reason(books: Books, award: Award, finance: tuple[Visitor, Visitor]) -> None:
    draw_up(finance[0], ticks(books, award))
    assert "Enter why it is stopped" in words(send(finance[0], "/payments/runs/RUN-001/stop", "record"))
    assert send(finance[0], "/payments/runs/RUN-001/stop", "record", why="Wrong day").status_code == 303
    assert "Wrong day" in words(finance[0].get("/payments/runs/RUN-001"))
    refused = send(finance[1], "/payments/runs/RUN-001/authorise", "record")
    assert "RUN-001 is stopped, not drawn up" in words(refused)


def test_runs_are_for_finance_and_read_by_all(
    books: Books, award: Award, finance: tuple[Visitor, Visitor], officer: Visitor
) -> None:
    draw_up(finance[0], ticks(books, award))
    assert "RUN-001" in words(officer.get("/payments/runs"))
    assert "Authorise it" not in words(officer.get("/payments/runs/RUN-001"))
    assert officer.post(NEW, step="start").status_code == 403
    assert officer.get("/payments/runs/RUN-001/authorise").status_code == 403
    assert "Make a payment run" not in words(officer.get(DUE))


def test_the_list_is_downloaded_as_it_is_filtered(books: Books, award: Award, officer: Visitor) -> None:
    sheet = opened(officer.get(f"{DUE}.xlsx?until=31+July+2020").data)["Payments due"]
    assert [[cell.value for cell in row][9:12] for row in sheet.iter_rows(min_row=2, max_row=3)] == [
        [450, 0, 450],
        ["=SUM(J2:J2)", "=SUM(K2:K2)", "=SUM(L2:L2)"],
    ]
