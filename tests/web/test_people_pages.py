"""People and settings: only the administrator changes them, and a change shows at once."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from fundtracker.domain.roles import Role
from fundtracker.services import office
from fundtracker.store.funds import Fund
from fundtracker.store.office import Area, Objective
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from tests.web.visitor import Visitor, words

SETTINGS = {
    "name": "West Mercia OPCC",
    "panel_name": "West Mercia Police and Crime Panel",
    "decision_pattern": "PCC/D/{year}/{number}",
    "objectives": "Building a more secure West Mercia\nPutting victims first",
    "areas": "Shropshire\n\n Shropshire \nWorcestershire",
}


def test_a_link_is_shown_once_and_works(app: Flask, administrator: Visitor) -> None:
    ann = Visitor(app).sign_in(Role.FINANCE, "ann@example.org")
    page = administrator.post(f"/people/{ann}/link")
    link = re.search(r"http://localhost(/set-password/[\w-]{43})", page.text)
    assert link is not None
    assert Visitor(app).get(link[1]).status_code == 200
    assert link[1] not in administrator.get(f"/people/{ann}").text
    with app.app_context():
        assert link[1].split("/")[-1] not in str(reading().get_one(Person, ann).link_hash)


@pytest.mark.parametrize("change", ["disable", "role"])
def test_a_change_to_a_person_ends_what_they_have_open(app: Flask, administrator: Visitor, change: str) -> None:
    visitor = Visitor(app)
    ann = visitor.sign_in(Role.FINANCE, "ann@example.org")
    if change == "disable":
        answer = administrator.post(f"/people/{ann}/disable")
    else:
        answer = administrator.post(f"/people/{ann}", role=Role.CHIEF_EXECUTIVE.value)
    assert answer.status_code == 303
    assert visitor.get("/").location == "/sign-in?next=/"


def test_a_disabled_person_can_be_let_in_again(app: Flask, administrator: Visitor) -> None:
    ann = Visitor(app).sign_in(Role.FINANCE, "ann@example.org")
    administrator.post(f"/people/{ann}/disable")
    assert "Disabled" in words(administrator.get("/people"))
    administrator.post(f"/people/{ann}/enable")
    assert "Disabled" not in words(administrator.get("/people"))


def test_the_last_administrator_stays(app: Flask) -> None:
    visitor = Visitor(app)
    only = visitor.sign_in(Role.ADMINISTRATOR)
    disabled = visitor.post(f"/people/{only}/disable")
    moved = visitor.post(f"/people/{only}", role=Role.FINANCE.value)
    for answer in (disabled, moved):
        assert answer.status_code == 422
        assert "is the only administrator" in words(answer)
    assert "Administrator" in visitor.get("/people").text


def test_a_person_who_is_not_there_is_not_found(administrator: Visitor) -> None:
    assert administrator.get("/people/999").status_code == 404
    assert administrator.post("/people/999/link").status_code == 404


def test_each_post_has_a_first_page(signed_in: Callable[[Role], Visitor]) -> None:
    titles = {
        Role.ADMINISTRATOR: "People and settings",
        Role.COMMISSIONING: "Waiting for you",
        Role.FINANCE: "Money to pay and to recover",
        Role.PANEL: "Papers kept for meetings",
        **dict.fromkeys((Role.CHIEF_EXECUTIVE, Role.COMMISSIONER, Role.DEPUTY, Role.VIEWER), "The funds today"),
        Role.MANAGER: "Waiting for you",
        Role.CHIEF_FINANCE: "Money to pay and to recover",
    }
    assert titles.keys() == set(Role)
    for role, title in titles.items():
        assert f">{title}</h1>" in signed_in(role).get("/").text


def test_settings_show_on_every_page_and_keep_their_order(app: Flask, administrator: Visitor) -> None:
    answer = administrator.post("/settings", once=administrator.key("/settings"), **SETTINGS)
    assert answer.status_code == 303
    assert "West Mercia OPCC" in Visitor(app).get("/sign-in").text
    with app.app_context():
        assert office.list_names(reading(), Area) == ["Shropshire", "Worcestershire"]
        assert office.list_names(reading(), Objective) == SETTINGS["objectives"].split("\n")


def test_settings_without_a_name_come_back_as_typed(administrator: Visitor) -> None:
    answer = administrator.post("/settings", once=administrator.key("/settings"), **SETTINGS | {"name": " "})
    assert answer.status_code == 422
    assert "Enter the office’s name" in words(answer)
    assert "Putting victims first" in answer.text


def test_an_objective_that_a_fund_names_stays(app: Flask, administrator: Visitor) -> None:
    administrator.post("/settings", once=administrator.key("/settings"), **SETTINGS)
    with app.app_context(), transaction() as session:
        victims = session.scalars(select(Objective).where(Objective.name == "Putting victims first")).one()
        session.add(Fund(reference="F20", name="F", funder="Us", source="own", objective=victims))
    fewer = SETTINGS | {"objectives": "Building a more secure West Mercia"}
    answer = administrator.post("/settings", once=administrator.key("/settings"), **fewer)
    assert answer.status_code == 422
    assert "“Putting victims first” is named by funds" in words(answer)
    assert 'href="#objectives"' in answer.text
