"""Tasks for the child process that test what holds it."""

import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError


def tell(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Give the name of the sheet and the options."""
    yield json.dumps([sheets[0].name, len(sheets[0].rows), options])


def refuse(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Refuse, half way through the answer."""
    yield "the first line"
    raise WorkbookRefusedError("This will not do – “at all”.")


def fail(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Fail as a program does that has a fault."""
    yield str(options["nothing"])


def hoard(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Take more memory than is allowed."""
    yield str(len(bytearray(600 * 1024 * 1024)))


def sleep(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Take more time than is allowed."""
    time.sleep(60)
    yield ""


def crash(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """End as Rust does where it has no more memory."""
    yield ""
    os.abort()


def look_round(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Give the names of the environment, and what of the program the child has had to load."""
    yield json.dumps([sorted(os.environ), sorted(sys.modules)])
