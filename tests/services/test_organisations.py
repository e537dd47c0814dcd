"""Organisations: added, found by name, merged and set apart again."""

from fundtracker.domain.refusals import MergeRefusedError, NameMissingError, NotFoundRefusal
from fundtracker.domain.text import TextNotAllowedError
from fundtracker.services import organisations
from fundtracker.services.organisations import find_organisation, keep_name, merge, named, root_of, roots, unmerge
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books


def three(books: Books) -> tuple[Organisation, Organisation, Organisation]:
    first, second, third = (books.organisation(name) for name in ("Weobley PC", "Weobley Parish Council", "Weobley"))
    return first, second, third


def test_needs_a_name_with_a_letter_or_figure(books: Books) -> None:
    for name in ("", " - "):
        with books.refused(NameMissingError, "Enter the organisation's name"):
            books.organisation(name)


def test_keeps_names_that_every_engine_can_hold(books: Books) -> None:
    assert len(books.organisation("&" * 399 + "a").match_key) <= 400
    with books.refused(TextNotAllowedError, "400 or fewer"):
        books.organisation("a" * 401)


def test_is_found_whatever_the_case_spaces_and_punctuation(books: Books) -> None:
    found = books.organisation("King's Heath & District")

    assert named(books.session, " kings  heath and DISTRICT ") == [found]
    assert named(books.session, "Kings Heath") == []


def test_two_of_one_name_are_told_apart_until_they_are_merged(books: Books) -> None:
    first, second = books.organisation("The Bridge"), books.organisation("The Bridge")
    assert named(books.session, "the bridge") == [first, second]

    books.do(merge, organisation=second, into=first)

    assert named(books.session, "the bridge") == [first]


def test_a_chain_of_merges_leads_to_one_and_moves_no_entry(books: Books) -> None:
    first, second, third = three(books)
    books.award(books.fund("100"), "10", first)
    before = books.entries()

    books.do(merge, organisation=first, into=second)
    books.do(merge, organisation=second, into=third)

    assert root_of(first) is third
    assert roots(books.session) == {first.id: third.id, second.id: third.id}
    assert books.entries() == before
    assert books.award(books.fund("100"), "10", first).organisation is third


def test_a_merge_is_undone_link_by_link(books: Books) -> None:
    first, second, third = three(books)
    books.do(merge, organisation=first, into=second)
    books.do(merge, organisation=second, into=third)

    books.do(unmerge, organisation=second)

    assert (root_of(first), root_of(third)) == (second, third)
    books.do(unmerge, organisation=first)
    assert roots(books.session) == {}
    with books.refused(MergeRefusedError, "is not merged"):
        books.do(unmerge, organisation=first)


def test_a_merge_twice_or_in_a_ring_is_refused(books: Books) -> None:
    first, second, third = three(books)
    books.do(merge, organisation=first, into=second)
    books.do(merge, organisation=second, into=third)

    with books.refused(MergeRefusedError, "Weobley PC is merged into Weobley Parish Council already"):
        books.do(merge, organisation=first, into=third)
    for into in (first, third):
        with books.refused(MergeRefusedError, "cannot be merged into itself"):
            books.do(merge, organisation=third, into=into)


def test_details_are_kept_as_typed(books: Books) -> None:
    details = organisations.OrganisationDetails(name="Żółć ", company_number="01234567", stands_for_several=True)

    kept = books.do(organisations.add_organisation, details=details)

    assert (kept.name, kept.company_number, kept.stands_for_several) == ("Żółć", "01234567", True)


def test_is_still_found_by_a_name_it_had(books: Books) -> None:
    riders, other = books.organisation("Telford Riders"), books.organisation("Telford Cycling Club")
    for name in ("Telford  Wheelers", "Telford Wheelers", " - "):
        books.change(keep_name, organisation=riders, name=name)

    assert [kept.name for kept in riders.other_names] == ["Telford Wheelers"]
    assert named(books.session, "telford wheelers!") == [riders]
    books.do(merge, organisation=riders, into=other)
    assert named(books.session, "Telford Wheelers") == [other]


def test_is_found_by_its_number(books: Books) -> None:
    riders = books.organisation("Telford Riders")

    assert find_organisation(books.session, riders.id) is riders
    with books.refused(NotFoundRefusal, "no organisation number 9"):
        find_organisation(books.session, 9)
