"""A form sent twice records once; with other answers it is refused in words, and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from fundtracker.domain.roles import Role
from fundtracker.domain.years import now
from fundtracker.store.office import SentForm
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from tests.harness.figures import Measured, size
from tests.web.visitor import Visitor, hidden, words

PAIRS = size(100, 1_000)
BO = {"name": "Bo", "email": "bo@example.org", "role": Role.FINANCE.value}


def count(app: Flask, kind: type[Person | SentForm]) -> int:
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(kind)) or 0


def test_the_same_form_twice_records_once_and_goes_to_the_same_place(app: Flask, administrator: Visitor) -> None:
    key = administrator.key("/people/add")
    answers = [administrator.post("/people/add", once=key, step="record", **BO) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert (count(app, Person), count(app, SentForm)) == (2, 1)


@pytest.mark.no_cover
def test_pairs_of_the_same_form_record_once_and_other_answers_never(
    app: Flask, administrator: Visitor, figure: Measured
) -> None:
    form = {"csrf_token": administrator.token(), "step": "record", **BO}
    answers, refused = list[int](), 0
    for number in range(PAIRS):
        one = {**form, "once": f"key-{number}", "email": f"{number}@example.org"}
        answers += [administrator.client.post("/people/add", data=one).status_code for _ in range(2)]
        other = {**one, "email": f"other-{number}@example.org"}
        refused += administrator.client.post("/people/add", data=other).status_code == 409
    records = count(app, Person) - 1  # but for the administrator
    figure(15, pairs=PAIRS, records=records, changed=PAIRS, refused=refused)
    assert set(answers) == {303}
    assert (records, count(app, SentForm), refused) == (PAIRS, PAIRS, PAIRS)


def test_keys_are_forgotten_once_no_session_can_send_them_again(app: Flask, administrator: Visitor) -> None:
    administrator.post("/people/add", once=administrator.key("/people/add"), step="record", **BO)
    for days, left in ((6, 2), (8, 1)):
        with app.app_context(), transaction() as session:
            session.execute(update(SentForm).values(sent_at=now() - timedelta(days=days)))
        person = {**BO, "email": f"{days}@example.org"}
        administrator.post("/people/add", once=administrator.key("/people/add"), step="record", **person)
        assert count(app, SentForm) == left


def test_the_same_form_at_the_same_moment_records_once(app: Flask, administrator: Visitor) -> None:
    form = {"once": administrator.key("/people/add"), "csrf_token": administrator.token(), "step": "record", **BO}
    cookie = administrator.client.get_cookie("ft_session")
    assert cookie is not None

    def send(_number: int) -> str | None:
        client = app.test_client()
        client.set_cookie("ft_session", cookie.value)
        return client.post("/people/add", data=form).location

    with ThreadPoolExecutor(8) as together:
        places = list(together.map(send, range(16)))
    assert len(set(places)) == 1
    assert None not in places
    assert (count(app, Person), count(app, SentForm)) == (2, 1)


def test_the_same_form_with_other_answers_is_refused_and_records_nothing(app: Flask, administrator: Visitor) -> None:
    key = administrator.key("/people/add")
    administrator.post("/people/add", once=key, step="record", **BO)
    answer = administrator.post("/people/add", once=key, step="record", **BO | {"email": "cy@example.org"})
    assert answer.status_code == 409
    assert "recorded before with other answers" in words(answer)
    assert count(app, Person) == 2


def test_another_persons_key_is_refused(app: Flask, administrator: Visitor) -> None:
    key = administrator.key("/people/add")
    administrator.post("/people/add", once=key, step="record", **BO)
    other = Visitor(app)
    other.sign_in(Role.ADMINISTRATOR, "other@example.org")
    assert other.post("/people/add", once=key, step="record", **BO).status_code == 409


def test_a_form_without_its_key_records_nothing(app: Flask, administrator: Visitor) -> None:
    for key in ("", "x" * 65):
        answer = administrator.post("/people/add", once=key, step="record", **BO)
        assert (answer.status_code, "was not sent whole" in words(answer)) == (400, True)
    assert count(app, Person) == 1


def test_a_refused_form_can_be_put_right_and_sent_with_the_same_key(app: Flask, administrator: Visitor) -> None:
    first = administrator.post("/people/add", once=administrator.key("/people/add"), **BO | {"email": "not one"})
    assert first.status_code == 422
    key = hidden(first, "once")
    assert administrator.post("/people/add", once=key, step="record", **BO).status_code == 303
    assert count(app, Person) == 2


def test_checking_answers_records_nothing_and_carries_them(app: Flask, administrator: Visitor) -> None:
    key = administrator.key("/people/add")
    check = administrator.post("/people/add", once=key, step="check", **BO | {"name": "  Bo   <b> "})
    assert check.status_code == 200
    assert "Check before you add this person" in words(check)
    assert "<b>" not in check.text
    assert [hidden(check, name) for name in ("once", "name", "email")] == [key, "  Bo   <b> ", "bo@example.org"]
    assert (count(app, Person), count(app, SentForm)) == (1, 0)


def test_changing_something_goes_back_to_the_form_as_it_was_typed(administrator: Visitor) -> None:
    back = administrator.post("/people/add", once="k", step="change", **BO | {"name": " B  o", "email": "nonsense"})
    assert back.status_code == 200
    assert "There is a problem" not in back.text
    assert (hidden(back, "name"), hidden(back, "email"), hidden(back, "once")) == (" B  o", "nonsense", "k")
    assert 'value="finance officer" checked' in back.text


def test_a_refusal_of_the_books_is_met_before_answers_are_checked(administrator: Visitor) -> None:
    administrator.post("/people/add", once=administrator.key("/people/add"), step="record", **BO)
    answer = administrator.post("/people/add", once=administrator.key("/people/add"), step="check", **BO)
    assert answer.status_code == 422
    assert "bo@example.org is in the list of people already" in words(answer)
    assert 'href="#email"' in answer.text
    assert hidden(answer, "name") == "Bo"


def test_a_form_is_recorded_with_its_key_or_not_at_all(app: Flask, administrator: Visitor) -> None:
    key = administrator.key("/people/add")
    administrator.post("/people/add", once=key, step="record", **BO | {"email": "nonsense"})
    assert (count(app, Person), count(app, SentForm)) == (1, 0)
