"""What a person reads when a page cannot be given: a sentence, what to do, and the request's number."""

import logging

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from fundtracker.domain.refusals import Refusal
from fundtracker.web.db import reading
from fundtracker.web.events import log_event
from fundtracker.web.request_ids import request_id

_errors = logging.getLogger("fundtracker.errors")

Page = tuple[str, int]

WORDS = {
    400: ("This could not be read", "What your browser sent is not what this page asks for. Go back and try again."),
    403: ("You cannot open this page", "Your post does not include it. Ask an administrator if it should."),
    404: ("Page not found", "Check the address, or choose from the list above."),
    405: ("This page cannot be used that way", "Go back and use the links and buttons of the page."),
    409: ("This was sent before", "It was recorded once. Look at the record before you send anything again."),
    413: ("This is too large", "A form takes 256 kB and an import 30 MB. Nothing was recorded."),
    500: (
        "Something went wrong here",
        "Nothing was recorded. If it happens again, tell an administrator the number below.",
    ),
    503: ("The books are busy", "Another change is being recorded, and nothing of yours was. Wait and try again."),
    507: (
        "The disk is full",
        "Nothing was recorded. Tell whoever looks after the server; once there is room, send it again.",
    ),
}
OUT_OF_REACH = (
    "The books cannot be reached",
    "The database is not answering. Wait a moment and send it again: a form sent twice is recorded once.",
)
TOO_LONG_OPEN = (
    "This page had been open too long",
    "Nothing was recorded. Go back, copy anything long that you typed, reload the page and send it again.",
)


def set_up_errors(app: Flask) -> None:
    """Answer refusals and errors with a page, never with a traceback."""
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(InternalServerError, _failed)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(HTTPException, _http)


def error_page(status: int, title: str = "", sentence: str = "") -> Page:
    """Show why there is no page, in words for the status where no others are given."""
    reading().rollback()
    known, advice = WORDS.get(status, WORDS[400])
    page = render_template("errors/error.html", title=title or known, sentence=sentence or advice, status=status)
    return page, status


def _stale(_error: CSRFError) -> Page:
    log_event("form-without-token", page=request.endpoint)
    return error_page(400, *TOO_LONG_OPEN)


def _refused(refusal: Refusal) -> Page:
    titles = {404: "Not found", 409: WORDS[409][0], 503: WORDS[503][0]}
    return error_page(refusal.status, titles.get(refusal.status, "This cannot be done"), refusal.sentence)


def _busy(error: OperationalError) -> Page:
    _errors.exception("request=%s the database refused", request_id(), exc_info=error)
    said = str(error.orig).lower()
    if any(word in said for word in ("disk is full", "no space left")):
        return error_page(507)
    if error.connection_invalidated or any(word in said for word in ("connection", "starting up", "shutting down")):
        return error_page(503, *OUT_OF_REACH)
    locked = any(word in said for word in ("locked", "lock timeout", "deadlock", "busy"))
    return error_page(503 if locked else 500)


def _failed(_error: InternalServerError) -> Page:
    return error_page(500)


def _other_host(_error: SecurityError) -> Response:
    # There are no addresses to make a page of links from: the host's name is what was refused.
    return Response("This is not an address that fundtracker answers to.\n", 400, mimetype="text/plain")


def _http(error: HTTPException) -> Page | HTTPException:
    if error.code is None or error.code < 400:  # a redirect  # noqa: PLR2004 - statuses are named by number
        return error
    return error_page(error.code)
