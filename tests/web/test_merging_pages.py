"""Merging two organisations with both in view, and undoing it."""

import pytest

from fundtracker.domain.roles import Role
from fundtracker.services.organisations import merge
from fundtracker.store.events import Event
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books
from tests.web.asking import ask, count, send
from tests.web.visitor import Visitor, words

WHY = "The clerk says that they are one"


@pytest.fixture
def two(books: Books) -> tuple[Organisation, Organisation]:
    """Keep one council under two names, each with an award."""
    one = books.organisation("Weobley PC", charity_number="1234567")
    other = books.organisation("Weobley Parish Council", charity_number="7654321", contact="The Clerk")
    fund = books.fund("100", reference="SRF20")
    books.pay(books.award(fund, "10", one), "4")
    books.award(fund, "20", other)
    ask(books, fund, None, other)
    return one, other


def path(one: Organisation, other: Organisation) -> str:
    return f"/organisations/{one.id}/merge?other={other.id}"


def now(books: Books, organisation: Organisation) -> str | None:
    books.session.rollback()
    return organisation.merged_into.name if organisation.merged_into else None


class TestChoose:
    def test_offers_those_it_may_be_and_finds_others(self, books: Books, officer: Visitor, two: object) -> None:
        one = books.organisation("Weobly Parish Council")
        riders = books.organisation("Telford Riders")
        page = officer.get(f"/organisations/{one.id}/merge")
        assert "May be the same 2" in words(page)

        found = officer.get(f"/organisations/{one.id}/merge?name=riders")
        assert "Found for “riders” 1 Telford Riders" in words(found)
        assert f"other={riders.id}" in found.text
        assert "named anything like that" in words(officer.get(f"/organisations/{one.id}/merge?name=zzz"))

    @pytest.mark.parametrize("other", ["", "x", "9" * 30, "-1", "²"])
    def test_an_address_that_names_no_other_asks_for_one(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation], other: str
    ) -> None:
        said = words(officer.get(f"/organisations/{two[0].id}/merge?other={other}"))
        assert "Merge Weobley PC with another" in said
        assert "Merge Weobley PC with another" in words(officer.get(path(two[0], two[0])))
        assert officer.get(f"/organisations/{two[0].id}/merge?other=999").status_code == 404


class TestMerge:
    def test_shows_both_and_merges_under_the_name_that_stays(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        one, other = two
        said = words(officer.get(path(one, other)))
        assert "Charity number They differ 1234567 7654321" in said
        assert "Awarded £10.00 £20.00 Paid £4.00 £0.00 To pay £6.00 £20.00" in said
        assert "Applications 0 1 Asked for £0.00 Not stated" in said
        assert "Branches of one charity are kept apart" in said

        done = send(officer, path(one, other), "", stays=str(one.id), reason=WHY)

        assert done.headers["Location"] == f"/organisations/{one.id}"
        assert now(books, other) == "Weobley PC"
        said = words(officer.get(f"/organisations/{one.id}"))
        assert "Weobley Parish Council is merged into Weobley PC." in said
        assert "Awarded £30.00 2 awards Paid £4.00 To pay £26.00" in said
        assert f"Weobley Parish Council was merged into it. {WHY} By Commissioning Officer" in said

    def test_the_other_direction_is_the_other_choice(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        one, other = two
        send(officer, path(one, other), "", stays=str(other.id), reason=WHY)
        assert (now(books, one), now(books, other)) == ("Weobley Parish Council", None)

    def test_sent_twice_merges_once(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        before, key = count(books, Event), officer.key(path(*two))
        for _ in range(2):
            assert send(officer, path(*two), "", key, stays=str(two[0].id), reason=WHY).status_code == 303
        assert count(books, Event) == before + 2

    def test_asks_which_name_stays_and_why_and_keeps_what_was_typed(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        refused = send(officer, path(*two), "", reason=WHY)
        assert refused.status_code == 422
        assert "Choose the name that stays" in words(refused)
        assert WHY in refused.text
        refused = send(officer, path(*two), "", stays=str(two[0].id), reason=" ")
        assert "Enter why they are the same" in words(refused)
        assert (now(books, two[0]), now(books, two[1])) == (None, None)

    def test_two_that_were_merged_meanwhile_are_not_merged_again(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        key = officer.key(path(*two))
        books.do(merge, organisation=two[1], into=books.organisation("Wem Parish Council"))
        answer = send(officer, path(*two), "", key, stays=str(two[1].id), reason=WHY)
        assert answer.status_code in (200, 422)
        assert now(books, two[0]) is None

    def test_is_closed_to_those_who_only_read(
        self, books: Books, visitor: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        books.do(merge, organisation=two[0], into=two[1])
        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        for page in (path(*two), f"/organisations/{two[0].id}/unmerge"):
            assert visitor.get(page).status_code == visitor.post(page, reason=WHY).status_code == 403
        assert "Undo" not in words(visitor.get(f"/organisations/{two[0].id}"))


class TestUnmerge:
    def test_shows_what_comes_apart_and_parts_it(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        one, other = two
        books.do(merge, organisation=one, into=other)
        page = f"/organisations/{one.id}/unmerge"
        assert "Awarded £10.00 £20.00" in words(officer.get(page))

        key = officer.key(page)
        for _ in range(2):
            done = send(officer, page, "", key, reason="They are two")
            assert (done.status_code, done.headers["Location"]) == (303, f"/organisations/{one.id}")

        assert now(books, one) is None
        assert "Awarded £10.00 1 award " in words(officer.get(f"/organisations/{one.id}"))
        assert "Awarded £20.00 1 award " in words(officer.get(f"/organisations/{other.id}"))

    def test_needs_a_reason_and_a_merge(
        self, books: Books, officer: Visitor, two: tuple[Organisation, Organisation]
    ) -> None:
        one, other = two
        page = f"/organisations/{one.id}/unmerge"
        assert officer.get(page).headers["Location"] == f"/organisations/{one.id}"
        refused = officer.post(page, once="a" * 20, reason="They are two")
        assert refused.status_code == 422
        assert "Weobley PC is not merged into another organisation." in words(refused)

        books.do(merge, organisation=one, into=other)
        assert "Enter why the merge is undone" in words(send(officer, page, "", reason=""))
        assert now(books, one) == "Weobley Parish Council"
