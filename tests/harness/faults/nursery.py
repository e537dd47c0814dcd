"""
A nursery of servers: one program joins the application and warms it, then forks a server for each line it is sent.

`python -m tests.harness.faults.nursery DATABASE_URL INSTANCE WRITERS [PLANTED]` takes a port, signs in so many people,
says both on one line, then answers each line with the number of the server it has begun, and with `gone` at its end.
The port stays taken between two lives, so that whoever asks meanwhile waits for the next.
"""

import json
import logging
import os
import sys
from pathlib import Path

from fundtracker.app import create_app
from fundtracker.cli.serving import LOOPBACK, listen, serve_until_stopped
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.web.db import db
from tests.harness.faults import planted
from tests.harness.faults.writers import forms
from tests.web.visitor import Visitor


def main(database: str, instance: str, writers: str, bug: str = "") -> None:
    """Serve lives until no line comes any more."""
    logging.disable(logging.WARNING)
    app = create_app(Settings(Path(instance), database))
    if bug:
        planted.plant(bug)
    people = [Visitor(app) for _ in range(int(writers))]
    told = []
    for visitor in people:
        visitor.sign_in(Role.FINANCE)
        token = visitor.token()  # which the cookie carries as well, from now on
        cookie = visitor.client.get_cookie("ft_session")
        told.append([cookie.value if cookie else "", token])
    for path, answers in forms("warm", told[0][1]):
        people[0].client.post(path, data={**answers, "step": "check"})
    listening = listen(LOOPBACK, 0)
    _say(json.dumps({"port": listening.getsockname()[1], "people": told}))
    with app.app_context():
        db.engine.dispose()
    for _ in sys.stdin:
        server = os.fork()
        if not server:
            sys.stdout = sys.stderr
            serve_until_stopped(app, listening)
            os._exit(0)
        _say(str(server))
        os.waitpid(server, 0)
        _say("gone")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
