"""People from the command line: added with a link, listed, and looked after by administrators only."""

from fundtracker.domain.roles import Role
from tests.cli.conftest import Office


def add(office: Office, email: str, role: str, status: int = 0, *words: str) -> dict[str, str]:
    answer: dict[str, str] = office.ask(
        "user", "add", email, "--name", "Somebody", "--role", role, *words, status=status
    )
    return answer


def test_each_post_is_added_with_a_link_of_its_own(office: Office) -> None:
    answers = [
        add(office, f"new.{role.name.lower()}@office.example", role.value.lower().replace(" ", "-")) for role in Role
    ]

    assert [answer["role"] for answer in answers] == [role.value for role in Role]
    assert len({answer["link"] for answer in answers}) == len(Role)
    assert all(answer["link"].startswith("/set-password/") for answer in answers)
    people = office.ask("user", "list")["people"]
    assert {(p["email"], p["active"], p["has_password"]) for p in people if p["name"] == "Somebody"} == {
        (answer["email"], True, False) for answer in answers
    }


def test_a_person_holds_several_posts_and_an_administrator_only_that(office: Office) -> None:
    add(office, "both@office.example", "finance-officer", 0, "--also", "chief-finance-officer", "--also", "viewer")
    refused = add(office, "no@office.example", "administrator", 1, "--also", "viewer")

    (both,) = (person for person in office.ask("user", "list")["people"] if person["email"] == "both@office.example")
    assert (both["role"], both["others"]) == ("finance officer", ["viewer", "chief finance officer"])
    assert "An administrator holds no other post" in refused["refused"]


def test_a_second_step_is_taken_away_after_a_lost_phone(office: Office) -> None:
    answer = office.ask("user", "forget-code", "administrator@office.example")
    assert (answer["email"], answer["had_code"]) == ("administrator@office.example", False)


def test_a_new_link_takes_the_place_of_the_last(office: Office) -> None:
    first = add(office, "finance@office.example", "finance-officer")["link"]
    second = office.ask("user", "link", "Finance@office.example")["link"]
    assert first != second


def test_an_address_that_is_taken_is_refused(office: Office) -> None:
    add(office, "finance@office.example", "finance-officer")
    assert add(office, "FINANCE@office.example", "finance-officer", 1)["refused"].startswith("finance@office.example")


def test_only_an_administrator_may_be_named_as_doing_it(office: Office) -> None:
    add(office, "finance@office.example", "finance-officer")

    refused = add(office, "new@office.example", "administrator", 1, "--as", "finance@office.example")
    added = add(office, "new@office.example", "administrator", 0, "--as", "administrator@office.example")

    assert "may not look after people and settings" in refused["refused"]
    assert added["email"] == "new@office.example"


def test_it_says_where_the_link_is_opened(office: Office) -> None:
    said = office.run("user", "link", "administrator@office.example").stdout.splitlines()
    assert said[1].startswith("http://127.0.0.1:8000/set-password/")
    assert "7 days" in said[2]
