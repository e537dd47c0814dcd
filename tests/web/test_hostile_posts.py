"""Ten thousand forms that nobody would send: each is answered in words, and only what is answered as recorded is."""

import random
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from fundtracker.cli.demo import STORY
from fundtracker.domain.roles import Power, Role
from fundtracker.domain.years import now
from fundtracker.services.imports.waiting import keep_file
from fundtracker.services.recount import recount
from fundtracker.store.engine import open_engine
from fundtracker.store.people import Person
from fundtracker.web.access import ACCESS, PUBLIC
from fundtracker.web.db import reading, transaction
from tests.catalogue.addresses import arguments_of
from tests.catalogue.hostile import Answers, Field, fields_of, fill_in
from tests.catalogue.office import email_of
from tests.catalogue.visits import Tags, enter
from tests.harness.figures import Measured
from tests.web.visitor import Visitor

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

POSTS, BATCHES, FILES = 10_000, 4, 10
# Who may, for each power; nobody else gets as far as the form.
POSTS_OF = {
    Power.READ: Role.CHIEF_EXECUTIVE,
    Power.ENTER: Role.FINANCE,
    Power.READ_FROZEN: Role.FINANCE,
    Power.READ_PRIVATE: Role.FINANCE,
    Power.RECORD: Role.FINANCE,
    Power.RELEASE: Role.MANAGER,
    Power.CONFIRM: Role.FINANCE,
    Power.CERTIFY: Role.CHIEF_FINANCE,
    Power.APPROVE: Role.CHIEF_EXECUTIVE,
    Power.PAY: Role.FINANCE,
    Power.LIMIT: Role.ADMINISTRATOR,
    Power.REPORT: Role.COMMISSIONING,
    Power.SIGN: Role.CHIEF_EXECUTIVE,
    Power.ADMINISTER: Role.ADMINISTRATOR,
}
# The numbers of the people who send; posts that change people are about others.
SIGNED_IN = {str(number + 1) for number in range(len(Role))}
# Where an answer other than "recorded" is kept: a wrong password is counted, and a link is shown once.
KEPT = ("/password", "/link")


class Sender:
    """Somebody of each post, who sends forms to every address that takes them, and watches the database meanwhile."""

    def __init__(self, app: Flask, path: Path, seed: int) -> None:
        self.app, self.chance = app, random.Random(seed)  # noqa: S311 - the same forms in each run
        self.visitors = {role: enter(app, role) for role in Role}
        self.tokens = {role: visitor.token() for role, visitor in self.visitors.items()}
        self.watch = sqlite3.connect(path)
        self.fields: dict[str, list[Field]] = {}
        with app.app_context():
            self._send_files()
            session = reading()
            assert isinstance(session, Session)
            self.places = [(rule, self._paths(rule, session)) for rule in app.url_map.iter_rules()
                           if "POST" in (rule.methods or ()) and rule.endpoint != "sign_in.sign_out"]  # fmt: skip

    def _send_files(self) -> None:
        """Leave workbooks waiting, enough for those that are brought in or let go."""
        with transaction() as session:
            finance = session.scalars(select(Person.id).where(Person.email == email_of(Role.FINANCE))).one()
            for _ in range(FILES):
                keep_file(session, person_id=finance, file_name="a.xlsx", content=STORY.read_bytes(), undated=None,
                          year=None)  # fmt: skip

    def _paths(self, rule: Rule, session: Session) -> list[str]:
        adapter = self.app.url_map.bind("localhost")
        about = [given for given in arguments_of(rule, session) if given.get("person_id") not in SIGNED_IN]
        return [adapter.build(rule.endpoint, given) for given in about]

    def version(self) -> int:
        """Give a number that changes when anybody commits a change."""
        number: int = self.watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    def send(self, number: int) -> tuple[str, Answers, TestResponse, bool]:
        """Send the next form; give where, what, the answer, and whether the books changed."""
        rule, paths = self.places[number % len(self.places)]
        path = self.chance.choice(paths)
        role = POSTS_OF[ACCESS[rule.endpoint] or Power.READ]
        answers = fill_in(self._fields(self.visitors[role], rule, path), self.chance)
        answers["csrf_token"] = [self.tokens[role]]
        if self.chance.random() < 0.9:
            answers["once"] = [uuid.UUID(int=self.chance.getrandbits(128)).hex]
        before = self.version()
        answer = self.visitors[role].client.post(path, data=answers)
        # Signing in counts its failures; nobody is sent to sign in from anywhere else.
        public = ACCESS[rule.endpoint] is PUBLIC
        assert public or not (answer.location or "").startswith("/sign-in"), path
        return path, answers, answer, self.version() != before and not public

    def _fields(self, visitor: Visitor, rule: Rule, path: str) -> list[Field]:
        if path not in self.fields:
            page = visitor.get(path) if "GET" in (rule.methods or ()) else None
            self.fields[path] = fields_of(Tags(page.text)) if page is not None else []
        return self.fields[path]


@pytest.fixture
def path(office: Flask, tmp_path: Path) -> Iterator[Path]:
    """Stop the clock, so that nothing is written for being late, and give the office's file."""
    with time_machine.travel(now(), tick=False):
        yield tmp_path / "fundtracker.sqlite"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_form_is_answered_with_an_error_or_changes_what_it_says_it_did_not(
    office: Flask, path: Path, batch: int, figure: Measured
) -> None:
    sender, found = Sender(office, path, seed=batch), Counter[int]()
    for number in range(batch, POSTS, BATCHES):
        where, what, answer, changed = sender.send(number // BATCHES + batch)
        case = f"{where} {answer.status_code} {what}"[:2_000]
        found[answer.status_code] += 1
        assert "Traceback" not in answer.text, case
        assert answer.status_code == 303 or not changed or where.endswith(KEPT), case
        assert answer.status_code < 500, case
    sender.watch.close()
    figure(12, posts=found.total(), errors=sum(found[status] for status in found if status >= 500))
    assert found[422] > POSTS / BATCHES / 10
    assert found[303] > POSTS / BATCHES / 100, dict(found)
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        assert recount(session).differences == []
    engine.dispose()
