"""Payments due: many marked paid in one table, checked, and recorded all or none."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import SpendType
from fundtracker.services import funds, variations
from fundtracker.services.awards import Share, find_award
from fundtracker.store.awards import AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books, particulars, pence
from tests.web.asking import approved, check_and_record, count, send
from tests.web.visitor import Visitor, words

DUE = "/payments/due"
RUN = {"on": "1 July 2020", "voucher": "BACS-31"}
NAMES = ("Wellington Town Council", "Wythall Parish Council", "Ysgol Gymraeg 汉语")


@pytest.fixture
def fund(books: Books) -> Fund:
    """Award £100.00, £200.00 and £300.00 to three organisations."""
    fund = books.fund("1,000", reference="SRF20")
    for name, amount in zip(NAMES, ("100", "200", "300"), strict=True):
        books.award(fund, amount, to=books.organisation(name))
    return fund


def lines(books: Books) -> list[AwardLine]:
    books.session.rollback()
    return books.award_lines()


def payments(books: Books) -> list[tuple[str, int, str]]:
    """Give every payment's reference, pence and voucher."""
    books.session.rollback()
    made = select(Payment, Entry).join(Entry, Entry.payment_id == Payment.id).order_by(Entry.number)
    return [(payment.reference, entry.amount, payment.voucher) for payment, entry in books.session.execute(made)]


class TestTheList:
    def test_holds_every_line_with_something_to_pay_filled_in_with_it(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        books.pay(find_award(books.session, "SRF20-001"), "40")
        books.pay(find_award(books.session, "SRF20-002"), "200")
        page = officer.get(DUE)
        said = words(page)
        assert "To pay £360.00 2 instalments to 2 organisations" in said
        assert "Wellington Town Council SRF20-001" in said
        assert "100.00 40.00 60.00" in said
        assert 'value="60.00"' in page.text
        assert "Wythall" not in said

    def test_says_what_to_do_when_there_is_nothing(self, officer: Visitor) -> None:
        assert "Nothing is to pay" in words(officer.get(DUE))

    def test_filters_by_fund_and_name(self, books: Books, officer: Visitor, fund: Fund) -> None:
        books.award(books.fund("50", name="Covid-19 response fund", reference="COV20"), "50")
        said = words(officer.get(f"{DUE}?fund=COV20"))
        assert "COV20-001" in said
        assert "SRF20-001" not in said
        assert "Wythall" in words(officer.get(f"{DUE}?text=wythall"))
        assert "No payments due match" in words(officer.get(f"{DUE}?text=nobody"))

    def test_leaves_out_what_no_money_is_paid_on(self, books: Books, officer: Visitor, fund: Fund) -> None:
        for line in lines(books)[:2]:
            books.do(variations.withdraw_award, award=line.award, keep_paid=True)
        said = words(officer.get(DUE))
        assert "SRF20-001" not in said
        assert "SRF20-003" in said

    def test_shows_a_suspended_funds_rows_as_held_with_the_reason(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        books.change(funds.suspend_fund, fund=fund, particulars=particulars(narrative="Audit"))
        page = officer.get(DUE)
        assert "Held £600.00 of what is to pay" in words(page)
        assert "The fund is suspended: Audit" in words(page)
        assert 'name="tick"' not in page.text
        tick = str(lines(books)[0].id)
        answer = send(officer, DUE, "check", tick=tick, **{f"amount-{tick}": "100"}, **RUN)
        assert answer.status_code == 422
        assert "is suspended, so nothing is paid from it" in words(answer)

    def test_names_the_budget_line_where_there_are_two(self, books: Books, officer: Visitor, fund: Fund) -> None:
        capital = books.line(fund, "10", year=2020, spend_type=SpendType.CAPITAL)
        books.award_shares(Share(line=fund.lines[0], amount=pence("7")), Share(line=capital, amount=pence("3")))
        assert "2020/21 capital" in words(officer.get(DUE))

    def test_is_for_those_who_record(self, fund: Fund, signed_in: Callable[[Role], Visitor]) -> None:
        reader = signed_in(Role.CHIEF_EXECUTIVE)
        assert reader.get(DUE).status_code == 403
        assert reader.post(DUE, step="record").status_code == 403


class TestTicking:
    def test_is_added_up_without_a_script(self, books: Books, officer: Visitor, fund: Fund) -> None:
        first, second, _ = (str(line.id) for line in lines(books))
        given = {f"amount-{first}": "60", f"amount-{second}": "200.00"}
        page = send(officer, DUE, "work-out", tick=[first, second], **given, **RUN)
        assert "2 payments are ticked: £260.00" in words(page)
        assert f'value="{first}" checked' in page.text
        assert 'value="60"' in page.text
        assert count(books, Payment) == 0

    def test_all_of_them_at_once_keeps_what_was_typed(self, books: Books, officer: Visitor, fund: Fund) -> None:
        first = str(lines(books)[0].id)
        page = send(officer, DUE, "tick-all", **{f"amount-{first}": "60"}, **RUN)
        assert "3 payments are ticked: £560.00" in words(page)
        assert page.text.count(" checked") == 3

    def test_nothing_is_refused(self, officer: Visitor, fund: Fund) -> None:
        answer = send(officer, DUE, "check", **RUN)
        assert answer.status_code == 422
        assert "Tick at least one payment" in words(answer)


class TestRecording:
    def test_checks_then_records_all_of_them_with_one_reference(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        first, second, third = (str(line.id) for line in lines(books))
        given = {f"amount-{first}": "60", f"amount-{second}": "200.00", f"amount-{third}": "300.00", **RUN}
        said = words(send(officer, DUE, "check", tick=[first, third], **given))
        assert "Check before you record 2 payments" in said
        assert "Wellington Town Council SRF20-001 Safer Roads Fund 2020 60.00 40.00" in said
        assert "2 payments £360.00 £40.00" in said
        assert "Send £360.00 for approval" in said
        assert "Wythall" not in said
        answer = check_and_record(officer, DUE, tick=[first, third], **given)
        page = officer.get(answer.location)
        assert "2 payments are recorded: £360.00" in words(page)
        for part in ("SRF20-001/1", "SRF20-003/1", "BACS-31", "1 Jul 2020"):
            assert part in words(page)
        assert payments(books) == [("SRF20-001/1", 6_000, "BACS-31"), ("SRF20-003/1", 30_000, "BACS-31")]

    def test_sent_twice_pays_once(self, books: Books, officer: Visitor, fund: Fund) -> None:
        tick = [str(line.id) for line in lines(books)]
        given = {f"amount-{line.id}": "100" for line in lines(books)}
        key = officer.key(DUE)
        answers = [send(officer, DUE, "record", key, tick=tick, **given, **RUN) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert answers[0].location == answers[1].location
        approved(officer, answers[0])
        assert len(payments(books)) == 3

    def test_one_refused_row_stops_all_of_them_and_is_marked(self, books: Books, officer: Visitor, fund: Fund) -> None:
        first, second, third = (str(line.id) for line in lines(books))
        given = {f"amount-{first}": "100", f"amount-{second}": "200.01", f"amount-{third}": "300.50"}
        for step in ("check", "record"):
            answer = send(officer, DUE, step, tick=[first, second, third], **given, **RUN)
            assert answer.status_code == 422
            assert "SRF20-002 has £200.00 still to pay" in words(answer)
            assert "SRF20-003 has £300.00 still to pay" in words(answer)
            assert "SRF20-001 has" not in words(answer)
            for line in (second, third):
                assert f'href="#amount-{line}"' in answer.text
            assert 'value="200.01"' in answer.text
            assert "BACS-31" in answer.text
        assert payments(books) == []

    @pytest.mark.parametrize("typed", ["", "abc", "-5", "1.234", "9" * 30])
    def test_an_amount_that_cannot_be_read_is_marked_in_its_row(
        self, books: Books, officer: Visitor, fund: Fund, typed: str
    ) -> None:
        first = str(lines(books)[0].id)
        answer = send(officer, DUE, "check", tick=first, **{f"amount-{first}": typed}, **RUN)
        assert answer.status_code == 422
        assert f'href="#amount-{first}"' in answer.text
        assert "Wellington Town Council: " in words(answer)

    def test_a_row_paid_meanwhile_is_said_and_kept(self, books: Books, officer: Visitor, fund: Fund) -> None:
        first, second, _ = (str(line.id) for line in lines(books))
        books.pay(find_award(books.session, "SRF20-001"), "100")
        given = {f"amount-{first}": "100", f"amount-{second}": "200"}
        answer = send(officer, DUE, "record", tick=[first, second], **given, **RUN)
        assert answer.status_code == 422
        assert "SRF20-001 has £0.00 still to pay" in words(answer)
        assert f'id="tick-{first}"' in answer.text

    @pytest.mark.parametrize("tick", ["0", "999999999999999999", "9" * 40, "one", "-1", ""])
    def test_what_is_not_in_the_books_is_refused(self, books: Books, officer: Visitor, fund: Fund, tick: str) -> None:
        for step in ("check", "record", "work-out", "tick-all"):
            answer = send(officer, DUE, step, tick=[tick, tick], **{f"amount-{tick}": "1"}, **RUN)
            assert answer.status_code in (200, 422)
        assert payments(books) == []

    def test_a_day_that_has_not_come_is_refused_at_the_day(self, books: Books, officer: Visitor, fund: Fund) -> None:
        first = str(lines(books)[0].id)
        answer = send(officer, DUE, "check", tick=first, **{f"amount-{first}": "1"}, on="1 January 2090")
        assert 'href="#on"' in answer.text

    @pytest.mark.parametrize("numbers", ["1/1", "5/2", f"1/{'9' * 25}", f"{'9' * 25}/{'9' * 26}"])
    def test_a_run_that_was_not_recorded_is_not_found(self, officer: Visitor, fund: Fund, numbers: str) -> None:
        assert officer.get(f"/payments/run/{numbers}").status_code == 404


def test_the_list_of_payments_leads_to_what_is_due(officer: Visitor, fund: Fund) -> None:
    assert f'href="{DUE}"' in officer.get("/payments").text
