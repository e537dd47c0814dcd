"""The second step on pages: asked of those who approve, set up once, and nothing opens before it is given."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from flask import Flask, request
from sqlalchemy import select

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.services import addresses, people
from fundtracker.services.office import set_up_office
from fundtracker.services.passwords import hash_password
from fundtracker.store.office import Office
from fundtracker.store.people import SecondFactor, SignIn
from fundtracker.web.db import reading, transaction
from tests.web.visitor import Visitor, words

WORDS = "violet ladder tuesday"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HASH = hash_password(WORDS)


def add(app: Flask, role: Role, email: str = "c@example.org") -> int:
    with app.app_context(), transaction() as session:
        person = people.add_person(session, email=email, name=role.post, role=role)
        people.set_password(session, person, HASH)
        return person.id


def enter(app: Flask, email: str = "c@example.org") -> Visitor:
    visitor = Visitor(app)
    assert visitor.post("/sign-in", email=email, password=WORDS).status_code == 303
    return visitor


def key_of(visitor: Visitor) -> str:
    found = re.search(r'<strong class="ft-break">([A-Z2-7 ]+)</strong>', visitor.get("/sign-in/set-up").text)
    assert found is not None
    return found[1].replace(" ", "")


def set_up(visitor: Visitor) -> tuple[str, list[str]]:
    secret = key_of(visitor)
    page = visitor.post("/sign-in/set-up", code=pyotp.TOTP(secret).now())
    codes = re.findall(r"<code>([a-z2-9-]{14})</code>", page.text)
    assert len(codes) == 8, words(page)
    return secret, codes


def test_those_who_approve_set_it_up_before_anything_opens(app: Flask) -> None:
    add(app, Role.CHIEF_EXECUTIVE)
    visitor = enter(app)
    assert visitor.get("/funds").location == "/sign-in/code?next=/funds"
    assert visitor.get("/sign-in/code?next=/funds").location == "/sign-in/set-up?next=/funds"
    page = visitor.get("/sign-in/set-up")
    assert 'class="ft-code"' in page.text
    assert "Your sign-in" not in page.text
    wrong = visitor.post("/sign-in/set-up", code="000000x")
    assert (wrong.status_code, "not the code of this moment" in words(wrong)) == (422, True)
    before = visitor.client.get_cookie("ft_session")
    secret, _ = set_up(visitor)
    after = visitor.client.get_cookie("ft_session")
    assert before is not None
    assert after is not None
    assert after.value != before.value
    assert visitor.get("/funds").status_code == 200
    assert visitor.get("/sign-in/set-up").location.startswith("/your-sign-in")
    assert secret not in visitor.get("/your-sign-in").text


def test_at_the_next_sign_in_the_code_is_asked_for(app: Flask) -> None:
    add(app, Role.ADMINISTRATOR)
    with time_machine.travel(NOON, tick=False) as clock:
        secret, codes = set_up(enter(app))
        clock.shift(timedelta(minutes=2))
        visitor, asked = enter(app), "/sign-in/code?next=/people"
        assert visitor.get("/people").location == asked
        assert visitor.post("/people/1/disable").location.startswith("/sign-in/code")
        assert "not right" in words(visitor.post(asked, code="1234567"))
        assert visitor.post(asked, code=pyotp.TOTP(secret).now()).location == "/people"
        assert visitor.get("/people").status_code == 200
        other = enter(app)
        assert "used already" in words(other.post(asked, code=pyotp.TOTP(secret).now()))
        assert other.post(asked, code=codes[3]).location == "/people"
        page = words(other.get("/your-sign-in"))
    assert "7 recovery codes left" in page
    assert "Where you are signed in 3" in page


@pytest.mark.parametrize("role", [Role.COMMISSIONING, Role.FINANCE, Role.VIEWER, Role.PANEL])
def test_others_may_and_need_not(app: Flask, role: Role) -> None:
    add(app, role)
    visitor = enter(app)
    assert visitor.get("/").status_code == 200
    set_up(visitor)
    assert visitor.get("/").status_code == 200
    assert enter(app).get("/").location == "/sign-in/code?next=/"


def test_a_demonstration_asks_nobody(app: Flask) -> None:
    add(app, Role.CHIEF_EXECUTIVE)
    with app.app_context(), transaction() as session:
        set_up_office(session, name="Office", panel_name="Panel", objectives=[], areas=[])
        session.scalars(select(Office)).one().demonstration = True
    visitor = enter(app)
    assert "a demonstration" in words(visitor.get("/your-sign-in"))
    assert "a demonstration" in words(Visitor(app).get("/sign-in"))


def test_an_office_may_make_it_optional(tmp_path: Path, sqlite_url: str) -> None:
    app = create_app(Settings(tmp_path, sqlite_url, second_step=False))
    add(app, Role.CHIEF_EXECUTIVE)
    assert enter(app).get("/").status_code == 200


def test_the_settings_are_read_from_the_environment(tmp_path: Path) -> None:
    named = {"FUNDTRACKER_INSTANCE": str(tmp_path)}
    assert (Settings.read(named).second_step, Settings.read(named).proxies) == (True, 0)
    named |= {"FUNDTRACKER_SECOND_STEP": "optional", "FUNDTRACKER_PROXIES": "1"}
    assert (Settings.read(named).second_step, Settings.read(named).proxies) == (False, 1)


def test_an_administrator_takes_it_away_and_ends_sessions(app: Flask, administrator: Visitor) -> None:
    person = add(app, Role.FINANCE)
    visitor = enter(app)
    set_up(visitor)
    assert "Set up" in words(administrator.get(f"/people/{person}"))
    assert administrator.post(f"/people/{person}/second-step/forget").status_code == 303
    assert visitor.get("/").location == "/sign-in?next=/"
    with app.app_context():
        assert reading().scalars(select(SecondFactor)).all() == []
    visitor = enter(app)
    assert administrator.post(f"/people/{person}/sessions/end").status_code == 303
    assert visitor.get("/").location == "/sign-in?next=/"


def test_a_person_ends_their_own_sessions_and_nobody_elses(app: Flask, signed_in: Callable[[Role], Visitor]) -> None:
    add(app, Role.FINANCE)
    here, there, third, other = enter(app), enter(app), enter(app), signed_in(Role.FINANCE)
    with app.app_context():
        mine = [one.id for one in reading().scalars(select(SignIn).order_by(SignIn.id))]
    assert other.post(f"/your-sign-in/sessions/{mine[1]}/end").status_code == 303
    assert there.get("/").status_code == 200
    here.post(f"/your-sign-in/sessions/{mine[1]}/end")
    assert there.get("/").status_code == 303
    assert third.get("/").status_code == 200
    here.post("/your-sign-in/sessions/end-others")
    assert [one.get("/").status_code for one in (here, third, other)] == [200, 303, 200]


def test_an_address_asks_thirty_times_a_minute_and_holds_nobody_else(app: Flask) -> None:
    add(app, Role.FINANCE)
    with time_machine.travel(NOON, tick=False) as clock:
        with app.app_context(), transaction() as session:
            for _ in range(addresses.MOST - 1):
                addresses.count_address(session, "127.0.0.1")
        enter(app)
        refused = Visitor(app).post("/sign-in", email="c@example.org", password=WORDS)
        assert (refused.status_code, "Wait a minute" in words(refused)) == (429, True)
        elsewhere = Visitor(app)
        elsewhere.client.environ_base["REMOTE_ADDR"] = "10.0.0.9"
        assert elsewhere.post("/sign-in", email="c@example.org", password=WORDS).status_code == 303
        clock.shift(timedelta(seconds=61))
        enter(app)


def test_behind_a_server_in_front_each_visitor_has_their_own_address(tmp_path: Path, sqlite_url: str) -> None:
    app = create_app(Settings(tmp_path, sqlite_url, proxies=1))
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/health/live", headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.7"})
    assert seen == ["10.0.0.7"]
