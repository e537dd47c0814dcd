"""What every answer says to the browser, exactly, and how much a request may hold."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask, request

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.web import access, headers
from fundtracker.web.db import db
from tests.web.visitor import Visitor, words

EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1"
    "iDw='; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), sync-xhr=(), usb=(), "
    "xr-spatial-tracking=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/sign-in", "/people", "/settings", "/nope", "/health/live", "/accessibility"])
def test_every_answer_carries_the_headers(administrator: Visitor, path: str) -> None:
    answer = administrator.get(path).headers
    assert {name: answer[name] for name in EXPECTED} == EXPECTED
    assert not {"Server", "Strict-Transport-Security", "X-Powered-By"} & set(answer.keys())


def test_over_https_the_cookie_is_bound_to_the_host(sqlite_url: str, tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, sqlite_url, https=True))
    answer = app.test_client().get("https://localhost/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-ft_session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    with app.app_context():
        db.engine.dispose()


def test_assets_are_kept_until_they_change(visitor: Visitor) -> None:
    page = visitor.get("/sign-in").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert visitor.get("/static/app.css").headers["Cache-Control"] == "no-cache"


def test_no_page_has_a_style_attribute_or_another_script(administrator: Visitor) -> None:
    for path in ("/sign-in", "/people", "/people/add", "/settings", "/accessibility", "/nope"):
        page = administrator.get(path).text
        assert not re.search(r"<[^>]+\sstyle=|<style|\son\w+=", page)
        assert len(re.findall(r"<script>", page)) == 1
        assert re.findall(r"<script [^>]*src=\"([^?]+)", page) == ["/static/app.js"]


def test_a_form_of_more_than_256_kb_is_refused(administrator: Visitor) -> None:
    answer = administrator.post("/settings", name="x" * 270_000)
    assert (answer.status_code, "too large" in words(answer)) == (413, True)


def test_a_form_of_more_than_200_parts_is_refused(administrator: Visitor) -> None:
    parts = {f"part{number}": "x" for number in range(201)} | {"file": (io.BytesIO(b"x"), "x.txt")}
    answer = administrator.client.post("/settings", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_a_page_that_takes_a_file_takes_more(app: Flask, monkeypatch: pytest.MonkeyPatch, visitor: Visitor) -> None:
    app.add_url_rule("/taken", "taken", lambda: str(len(request.get_data())), methods=["PUT"])
    app.view_functions["taken"].__module__ = "nowhere"
    app.config["WTF_CSRF_METHODS"] = set()
    monkeypatch.setitem(access.ACCESS, "taken", access.PUBLIC)
    assert visitor.client.put("/taken", data=b"x" * 300_000).status_code == 413
    monkeypatch.setattr(headers, "LARGE_BODIES", {"taken": headers.LARGE_BODY})
    assert visitor.client.put("/taken", data=b"x" * 300_000).text == "300000"
    assert visitor.client.put("/taken", data=b"x" * (30 * 1024 * 1024 + 1)).status_code == 413


def test_only_the_hosts_listed_are_answered(sqlite_url: str, tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, sqlite_url, hosts=("funds.example.org",)))
    client = app.test_client()
    assert client.get("/health/live", base_url="http://funds.example.org").status_code == 200
    assert client.get("/health/live", base_url="http://evil.example.org").status_code == 400
    with app.app_context():
        db.engine.dispose()


def test_settings_read_the_hosts() -> None:
    read = Settings.read({"FUNDTRACKER_INSTANCE": "somewhere", "FUNDTRACKER_HOSTS": "a.example, b.example"})
    assert read.hosts == ("a.example", "b.example")
