"""Measure whether the time of an answer tells who has an account: `python -m tests.harness.sign_in_times`."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import flask_migrate
from flask import Flask

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.services import addresses, passwords, people
from fundtracker.web.db import db, transaction
from tests.web.visitor import Visitor

TIMES = 200
MOST = 5.0  # milliseconds between the medians
KNOWN = "person{}@example.org"
PAIR = (("known", KNOWN), ("unknown", "nobody{}@example.org"))


def main() -> int:
    """Return 1, having said both medians, where they are more than 5 ms apart."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = create_app(Settings(Path(folder), f"sqlite:///{folder}/office.sqlite"))
        password_hash = passwords.hash_password("violet ladder tuesday")
        with app.app_context():
            flask_migrate.upgrade()
            with transaction() as session:
                for number in range(TIMES):  # each is tried once, so that none is held
                    one = people.add_person(session, email=KNOWN.format(number), name="P", role=Role.FINANCE)
                    people.set_password(session, one, password_hash)
            db.engine.dispose()
        taken = measure(app)
    known, unknown = (statistics.median(taken[which]) for which in ("known", "unknown"))
    apart = abs(known - unknown)
    print(f"{TIMES} wrong passwords each: known {known:.1f} ms, unknown {unknown:.1f} ms, {apart:.1f} ms apart "
          f"(at most {MOST:.0f})")  # fmt: skip
    return int(apart > MOST)


def measure(app: Flask) -> dict[str, list[float]]:
    """Give the milliseconds that a wrong password takes, for people who are there and for nobody, in turns."""
    visitor = Visitor(app)
    token = visitor.token()
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(TIMES):
        for which, email in PAIR[:: 1 if number % 2 else -1]:
            # An address of the network for each, so that none is told to wait.
            visitor.client.environ_base["REMOTE_ADDR"] = f"10.0.{number // addresses.MOST}.{number % addresses.MOST}"
            data = {"csrf_token": token, "email": email.format(number), "password": "not this one"}
            began = time.perf_counter()
            assert visitor.client.post("/sign-in", data=data).status_code == 422
            taken[which].append((time.perf_counter() - began) * 1_000)
    return taken


if __name__ == "__main__":
    sys.exit(main())
