"""The one lock file pins everything, with hashes and without addresses."""

import re
import tomllib
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ENTRY = re.compile(r"^(\S+==[^\\]+?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


@pytest.fixture(scope="module")
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pins(lock: str) -> dict[str, Requirement]:
    found = [Requirement(entry) for entry, _ in ENTRY.findall(lock)]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def is_pinned(requirement: Requirement, pins: dict[str, Requirement]) -> bool:
    pin = pins.get(canonicalize_name(requirement.name))
    if pin is None:
        return False
    (version,) = pin.specifier
    return requirement.specifier.contains(version.version, prereleases=True)


def test_it_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    assert ENTRY.sub("", lock) == ""
    assert "://" not in lock


def test_it_pins_every_dependency_of_the_project(pins: dict[str, Requirement]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    assert [text for text in asked if not is_pinned(Requirement(text), pins)] == []


def test_it_pins_what_its_packages_need(pins: dict[str, Requirement]) -> None:
    # The lock is installed without resolving, so what it lacks would be missing.
    missing = [
        f"{name} needs {text}"
        for name, pin in pins.items()
        if applies(pin)
        for text in distribution(name).requires or ()
        if applies(Requirement(text)) and not is_pinned(Requirement(text), pins)
    ]
    assert missing == []
