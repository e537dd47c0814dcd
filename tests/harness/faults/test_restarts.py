"""PostgreSQL killed and started again among people who write: nothing is lost, and the pages recover by themselves."""

import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.conftest import migrate
from tests.harness.faults.serving import served
from tests.harness.figures import size
from tests.harness.postgres import Server

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

RESTARTS = size(3, 50)
MORE = 0.2  # seconds of writing before each, after something was recorded
LONGEST = 5  # seconds after the server is back until something is recorded again


@pytest.fixture
def url(own_server: Server, tmp_path: Path) -> str:
    """Give an empty, migrated database on a server of its own."""
    admin = create_engine(own_server.uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE office"))
    admin.dispose()
    url = make_url(own_server.uri).set(database="office").render_as_string(hide_password=False)
    migrate(tmp_path, url)
    return url


def test_restarts_lose_nothing_and_the_pages_recover(url: str, own_server: Server, tmp_path: Path) -> None:
    with served(url, tmp_path) as serving:
        waited = []
        with serving.life():
            for _ in range(RESTARTS):
                serving.writers.wait_for_an_answer(LONGEST)
                time.sleep(MORE)
                own_server.kill_and_start_again()
                waited.append(serving.writers.wait_for_an_answer(LONGEST))
        serving.finish()

    found = serving.found
    assert (found.lost, found.twice, found.wrong) == (set(), set(), [])
    assert max(waited) < LONGEST
    assert len(serving.writers.acknowledged) > 2 * RESTARTS
