"""One organisation's page: every sum, its other names, and what it may be the same as."""

from sqlalchemy import event

from fundtracker.domain.roles import Role
from fundtracker.services.awards import AwardDetails
from fundtracker.services.gifts import record_gift
from fundtracker.services.organisations import keep_name, merge
from fundtracker.services.payments import refund
from fundtracker.store.organisations import Organisation
from fundtracker.web.db import db
from tests.books.builder import Books
from tests.web.asking import ask, count, send
from tests.web.test_form_order import in_page_order
from tests.web.visitor import Visitor, words

NEW = "/organisations/new"
RIDERS = {"organisation": "Telford Riders", "type": "Charity", "charity_number": "1234567", "contact": "The Secretary"}


def at(organisation: Organisation, *rest: str) -> str:
    return "/".join(("/organisations", str(organisation.id), *rest))


class TestShow:
    def test_adds_up_by_fund_and_by_year_to_the_figures_at_the_top(self, books: Books, officer: Visitor) -> None:
        riders = books.organisation("Telford Riders")
        roads, covid = books.fund("100", reference="SRF20"), books.fund("100", name="Covid-19", reference="COV20")
        ask(books, roads, "12.50", riders)
        books.pay(books.award(roads, "10", riders), "4")
        books.award(books.line(roads, "50", year=2021), "20", riders)
        books.award(covid, "30.05", riders)
        books.do(record_gift, details=AwardDetails(recipient=riders, shares=(), purpose="Eight bicycles"))

        said = words(officer.get(at(riders)))

        assert "Asked for £12.50 1 application" in said
        assert "Awarded £60.05 3 awards, 1 gift in kind Paid £4.00 To pay £56.05" in said
        total = "Total £12.50 £60.05 £4.00 £56.05"
        assert f"Covid-19 30.05 0.00 30.05 Safer Roads Fund 2020 12.50 30.00 4.00 26.00 {total}" in said
        assert f"2021/22 20.00 0.00 20.00 2020/21 12.50 40.05 4.00 36.05 {total}" in said
        assert "Eight bicycles" in said

    def test_says_what_is_to_recover(self, books: Books, officer: Visitor) -> None:
        riders, fund = books.organisation("Telford Riders"), books.fund("100", reference="SRF20")
        award = books.award(fund, "10", riders)
        books.pay(award, "10")
        books.do(refund, line=award.lines[0], amount="4", lowers_award=False)
        said = words(officer.get(at(riders)))
        assert "Paid £6.00 less what came back To pay £4.00" in said
        assert "£10.00 sent less £4.00 that came back" in said

    def test_one_that_asked_for_nothing_says_so(self, books: Books, officer: Visitor) -> None:
        said = words(officer.get(at(books.organisation("Telford Riders"))))
        assert "Nothing asked for and nothing awarded yet." in said
        assert "Awarded £0.00 no awards yet" in said
        assert "Organisation added" in said

    def test_two_of_one_name_are_not_mixed(self, books: Books, officer: Visitor) -> None:
        one, two = books.organisation("The Bridge"), books.organisation("The Bridge")
        fund = books.fund("100", reference="SRF20")
        books.award(fund, "10", one)
        books.award(fund, "20", two)
        said = words(officer.get(at(two)))
        assert "Awards and gifts 1 Open the list" in said
        assert "SRF20-001" not in said

    def test_says_in_words_that_it_stands_for_several(self, books: Books, officer: Visitor) -> None:
        several = books.organisation("Other groups", stands_for_several=True)
        assert "it is not counted as an organisation" in words(officer.get(at(several)))

    def test_tells_the_names_it_had_and_those_merged_into_it(self, books: Books, officer: Visitor) -> None:
        riders, club = books.organisation("Telford Riders"), books.organisation("Severn Cycling Club")
        books.award(books.fund("100", reference="SRF20"), "10", riders)
        books.change(keep_name, organisation=riders, name="Telford Wheelers")
        books.do(merge, organisation=riders, into=club)

        said = words(officer.get(at(club)))
        assert "Other names 2 Telford Riders Undo the merge of Telford Riders" in said
        assert "Telford Wheelers A name that it had" in said
        assert "Awarded £10.00 1 award" in said

        page = officer.get(at(riders))
        assert "Telford Riders was merged into Severn Cycling Club ." in words(page)
        assert "Awarded £10.00 1 award or gift" in words(page)
        assert f'href="{at(club)}"' in page.text

    def test_offers_to_compare_it_with_one_it_may_be(self, books: Books, officer: Visitor, visitor: Visitor) -> None:
        one, two = books.organisation("Weobley PC"), books.organisation("Weobley Parish Council", type="Parish council")
        page = officer.get(at(one))
        assert "May be the same as Weobley Parish Council (Parish council)" in words(page)
        assert f"{at(one, 'merge')}?other={two.id}" in page.text

        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        said = words(visitor.get(at(one)))
        assert "May be the same" not in said
        assert "Merge" not in said

    def test_makes_as_many_queries_for_sixty_rows_as_for_three(self, books: Books, officer: Visitor) -> None:
        fund, riders = books.fund("9000"), books.organisation("Telford Riders")
        books.organisation("Telford Riders CIC")
        officer.get(at(riders))
        made = []
        for rows in (3, 57):
            for _ in range(rows):
                ask(books, fund, "1", riders)
                books.pay(books.award(fund, "2", riders), "1")
            books.do(merge, organisation=books.organisation("Another"), into=riders)
            made.append(queries(officer, at(riders)))
        assert made[0] == made[1] <= 40


def queries(visitor: Visitor, path: str) -> int:
    """Count the statements that a page runs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with visitor.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert visitor.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


class TestAdd:
    def test_adds_one_and_shows_it(self, books: Books, officer: Visitor) -> None:
        done = send(officer, NEW, "", **RIDERS, stands_for_several="y")
        assert done.status_code == 303
        said = words(officer.get(done.headers["Location"]))
        for part in ("Telford Riders is added.", "1234567", "The Secretary", "This stands for several organisations"):
            assert part in said
        assert count(books, Organisation) == 1

    def test_sent_twice_adds_one(self, books: Books, officer: Visitor) -> None:
        key = officer.key(NEW)
        first, second = (send(officer, NEW, "", key, **RIDERS) for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert count(books, Organisation) == 1

    def test_asks_first_where_it_is_like_one_on_record(self, books: Books, officer: Visitor) -> None:
        there = books.organisation("Telford Riders C.I.C.", type="Company")
        refused = send(officer, NEW, "", **RIDERS)
        assert refused.status_code == 422
        assert "Telford Riders C.I.C. is on record already. If this is another organisation" in words(refused)
        assert f'href="{at(there)}"' in refused.text
        assert 'value="1234567"' in refused.text
        assert count(books, Organisation) == 1

        assert send(officer, NEW, "", **RIDERS, another="y").status_code == 303
        assert count(books, Organisation) == 2

    def test_a_refusal_keeps_what_was_typed(self, books: Books, officer: Visitor) -> None:
        for name, sentence in (("", "Enter the organisation’s name"), (" - ", "Enter the organisation's name")):
            refused = send(officer, NEW, "", **{**RIDERS, "organisation": name})
            assert refused.status_code == 422
            assert sentence in words(refused)
            assert "The Secretary" in refused.text
        assert count(books, Organisation) == 0

    def test_lists_what_is_wrong_in_the_order_of_the_page(self, officer: Visitor) -> None:
        listed, shown = in_page_order(officer, NEW)
        assert listed == shown

    def test_is_closed_to_those_who_only_read(self, visitor: Visitor) -> None:
        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        assert visitor.get(NEW).status_code == visitor.post(NEW, **RIDERS).status_code == 403
