"""Suggestions: the organisations that a name being typed may become."""

from collections.abc import Callable

from fundtracker.domain.roles import Role
from tests.books.builder import Books
from tests.web.visitor import Visitor


def ask(visitor: Visitor, typed: str) -> dict[str, object]:
    answer = visitor.client.get("/organisations/suggest", query_string={"q": typed})
    assert answer.status_code == 200
    said: dict[str, object] = answer.get_json()
    return said


def test_they_come_with_what_tells_them_apart_and_a_new_one_last(books: Books, officer: Visitor) -> None:
    weobley = books.organisation("Weobley Parish Council", type="Council")
    books.organisation("Telford Riders")
    books.award(books.fund("2,000"), "1,064", to=weobley)
    found = [
        {"choice": str(weobley.id), "name": "Weobley Parish Council", "says": "Council, awarded £1,064.00"},
    ]
    added = {
        "choice": "new weobley p c",
        "name": "Weobley P.C.",
        "says": "Add “Weobley P.C.” as a new organisation",
    }
    assert ask(officer, " Weobley P.C.") == {"found": found, "new": added}
    assert ask(officer, "weobley parish council") == {"found": found, "new": None}


def test_nothing_typed_is_nothing_found(books: Books, officer: Visitor) -> None:
    books.organisation()
    for typed in ("", "  ", ".,-", "%", "_"):
        assert ask(officer, typed) == {"found": [], "new": None}


def test_hostile_names_are_only_names(books: Books, officer: Visitor) -> None:
    books.organisation("<b>'; DROP TABLE organisation --")
    assert ask(officer, "x" * 10_000)["found"] == []
    found = ask(officer, "drop")["found"]
    assert isinstance(found, list)
    assert found[0]["name"] == "<b>'; DROP TABLE organisation --"
    assert officer.get("/organisations/suggest?q=%00").status_code == 422


def test_who_is_not_signed_in_is_told_nothing(
    books: Books, visitor: Visitor, signed_in: Callable[[Role], Visitor]
) -> None:
    books.organisation("Weobley Parish Council")
    assert visitor.get("/organisations/suggest?q=weo").status_code == 303
    assert ask(signed_in(Role.CHIEF_EXECUTIVE), "weo")["found"]
