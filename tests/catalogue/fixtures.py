"""The office in every state, kept once and copied for each test, and the application on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import fasteners
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.store.engine import open_engine
from fundtracker.web.db import db
from tests.catalogue.office import keep_every_state


@pytest.fixture(scope="session")
def kept_office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the office in every state once, for all workers of a run, in a database to be copied."""
    folder = tmp_path_factory.getbasetemp()
    path = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "every-state.sqlite"
    with fasteners.InterProcessLock(path.with_suffix(".lock")):
        if not path.exists():
            begun = path.with_suffix(".begun")
            shutil.copy(sqlite_template, begun)
            engine = open_engine(f"sqlite:///{begun}")
            with Session(engine) as session:
                keep_every_state(session)
            engine.dispose()
            begun.rename(path)
    return path


@pytest.fixture
def office(kept_office: Path, tmp_path: Path) -> Iterator[Flask]:
    """Give an application on a copy of the office in every state."""
    path = tmp_path / "fundtracker.sqlite"
    shutil.copy(kept_office, path)
    app = create_app(Settings(tmp_path, f"sqlite:///{path}"))
    yield app
    with app.app_context():
        db.engine.dispose()
