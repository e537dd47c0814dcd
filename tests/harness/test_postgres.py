"""The run's PostgreSQL server."""

import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

pytest_plugins = ["pytester"]


def test_answers_at_the_address_it_gives(postgres_uri: str) -> None:
    engine = create_engine(postgres_uri)
    with engine.connect() as connection:
        version = connection.scalar(text("SHOW server_version_num"))
        data = connection.scalar(text("SHOW data_directory"))
    engine.dispose()
    assert int(version) >= 180000
    assert f"{data}" == f"{engine.url.query['host']}/data"


def test_orders_text_as_sqlite_does(postgres_uri: str) -> None:
    engine = create_engine(postgres_uri)
    with engine.connect() as connection:
        ordered = connection.scalars(text("SELECT v FROM (VALUES ('a'), ('B'), ('_')) AS t (v) ORDER BY v"))
        assert list(ordered) == ["B", "_", "a"]
        assert connection.scalar(text("SHOW server_encoding")) == "UTF8"
    engine.dispose()


def test_listens_on_no_network(postgres_uri: str) -> None:
    engine = create_engine(postgres_uri)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW listen_addresses")) == ""
        port = connection.scalar(text("SHOW port"))
    engine.dispose()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"host=127.0.0.1 port={port} user=postgres", connect_timeout=2)


def test_it_is_stopped_and_deleted_however_the_run_ends(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os

        def test_that_ends_the_run(postgres_uri):
            print(postgres_uri, flush=True)
            os._exit(3)
        """
    )
    result = pytester.runpytest_subprocess("-p", "tests.harness.postgres", "-s")
    assert result.ret == 3
    (folder,) = [Path(line.rpartition("=")[2]) for line in result.outlines if "postgresql+psycopg" in line]
    end = time.monotonic() + 30
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not folder.exists()
