"""The built front-end assets are those that VENDOR.md names, and carry nothing of GOV.UK's identity."""

import hashlib
import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "fundtracker" / "web"
VENDOR = WEB / "static" / "vendor"
ROW = re.compile(r"^\| (\S+) \| ([0-9a-f]{64}) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def stylesheet() -> str:
    return (VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8")


def test_every_file_has_the_checksum_that_vendor_md_gives() -> None:
    given = dict(ROW.findall((VENDOR / "VENDOR.md").read_text(encoding="utf-8")))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "VENDOR.md"
    }
    assert given == found


def test_the_stylesheet_is_of_the_pinned_release(stylesheet: str) -> None:
    pinned = json.loads((WEB / "assets" / "package.json").read_text(encoding="utf-8"))
    release = pinned["devDependencies"]["govuk-frontend"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", release)
    assert f'--govuk-frontend-version: "{release}"' in stylesheet
    vendor = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    assert f"| govuk-frontend | {release} | MIT (LICENSE-govuk-frontend.txt) |" in vendor


def test_the_typeface_and_the_crown_of_gov_uk_are_left_out(stylesheet: str) -> None:
    assert "GDS Transport" not in stylesheet
    assert "crown" not in stylesheet
    assert "crest" not in stylesheet
    assert "font-family:arial,sans-serif" in stylesheet


def test_no_stylesheet_asks_for_another_file() -> None:
    for path in (WEB / "static").rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "url(" not in text, path.name
        assert "@import" not in text, path.name


def test_the_npm_lock_holds_no_registry_address() -> None:
    lock = json.loads((WEB / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert not [package for package in packages if "resolved" in package]
    assert all(package["integrity"].startswith("sha512-") for package in packages)
