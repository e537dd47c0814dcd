"""Addresses as nobody would write them: too large a number, a control character, words that two pages share."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.references import clean_reference
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Role
from fundtracker.web.db import db
from tests.web.visitor import Visitor

TOO_LARGE = 2**31
WITH_A_NUMBER = ("/organisations/{}", "/imports/{}", "/people/{}")
WITH_WORDS = (
    "/funds/{}", "/funds/{}/allocation", "/applications/{}", "/applications/{}/decide", "/applications/log/{}",
    "/awards/{}", "/awards/{}/pay", "/awards/{}/recorded", "/awards/direct/{}", "/payments/{}", "/imports/waiting/{}",
    "/set-password/{}",
)  # fmt: skip


@pytest.fixture
def someone(database_url: str, tmp_path: Path) -> Iterator[Visitor]:
    app = create_app(Settings(tmp_path, database_url))
    visitor = Visitor(app)
    visitor.sign_in(Role.ADMINISTRATOR)
    yield visitor
    with app.app_context():
        db.engine.dispose()


def test_a_number_that_no_database_holds_is_not_found(someone: Visitor) -> None:
    for address in WITH_A_NUMBER:
        for number in (TOO_LARGE, 2**63, 10**30):
            assert someone.get(address.format(number)).status_code == 404, address


def test_a_character_that_no_database_holds_is_not_found(someone: Visitor) -> None:
    for role in (Role.ADMINISTRATOR, Role.COMMISSIONING):
        someone.sign_in(role)
        for address in WITH_WORDS:
            assert someone.get(address.format("SRF20%00")).status_code in (403, 404), address


def test_a_form_with_a_key_that_no_database_holds_is_refused(someone: Visitor) -> None:
    someone.sign_in(Role.COMMISSIONING)
    gift = {"organisation": "Kempsey", "organisation_choice": "new kempsey", "purpose": "Cones", "on": "1 May 2020"}
    assert someone.post("/gifts/record", once="a\x00", step="record", **gift).status_code < 500


def test_health_is_known_to_a_program_that_never_ran_a_migration(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if not folder.endswith("migrations")])
    monkeypatch.delitem(sys.modules, "described", raising=False)
    assert visitor.get("/health/ready").json == {"ready": True}


def test_every_word_of_an_address_beside_a_reference_is_kept_from_references(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules() if re.search("<path:(ref|key)>", rule.rule)]
    before = {rule.split("/")[2] for rule in rules if not rule.split("/")[2].startswith("<")}
    after = {rule.rpartition("/")[2] for rule in rules if not rule.endswith(">")}
    assert {"log", "direct"} <= before
    assert {"pay", "recorded", "decide", "allocation"} <= after
    for reference in (*(f"{word}/7" for word in before), *(f"7/{word}" for word in after), *before, *after, "new"):
        for written in (reference, reference.title()):
            with pytest.raises(Refusal, match="cannot be a reference"):
                clean_reference(written)
