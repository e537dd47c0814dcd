"""
What is compiled once in a run: templates and statements.

Every test has an application and a database of its own, which would each compile them anew; most of the time of a run
went into that.
"""

from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.engine.interfaces import CompiledCacheType
from sqlalchemy.util import LRUCache

from fundtracker.store import engine as contract
from fundtracker.web.application import Application

MOST = 1_000  # statements kept, with whatever values they were made of


class CompiledOnce(BytecodeCache):
    """Keep what a template was compiled to while its source stays the same, for every application of this process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what the template was compiled to, if it was."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the template was compiled to."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


class Engines:
    """Open engines that share what statements were compiled to, which SQLAlchemy keeps by the dialect."""

    def __init__(self) -> None:
        self._dialects: dict[str, Dialect] = {}
        self._compiled: CompiledCacheType = LRUCache(MOST)

    def open(self, *address: Any, **options: Any) -> Engine:
        """Open an engine as SQLAlchemy does."""
        engine = create_engine(*address, **options)
        engine.dialect = self._dialects.setdefault(engine.dialect.name, engine.dialect)
        engine.update_execution_options(compiled_cache=self._compiled)
        return engine


def pytest_configure() -> None:
    """Let every application and every database of the run share what was compiled."""
    Application.jinja_options = {"bytecode_cache": CompiledOnce()}
    setattr(contract, "create_engine", Engines().open)  # noqa: B010 - mypy refuses to assign to another's import
