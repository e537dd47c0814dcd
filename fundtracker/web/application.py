"""The Flask application: how it logs a failure, and how it knows that its pages go out over https."""

import logging
from types import TracebackType
from typing import TYPE_CHECKING

from flask import Flask, request
from flask.ctx import RequestContext

from fundtracker.web.printing import Printing
from fundtracker.web.request_ids import request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_errors = logging.getLogger("fundtracker.errors")

Failure = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Application(Flask):
    """Flask, logging a failure under its request's number and not its address, which may hold a token."""

    jinja_environment = Printing

    def log_exception(self, exc_info: Failure) -> None:
        """Log a failure with its traceback."""
        _errors.error("request=%s page=%s failed", request_id(), request.endpoint, exc_info=exc_info)

    def request_context(self, environ: "WSGIEnvironment") -> RequestContext:
        """Begin a request; where the office serves over https, whatever stands in front has taken the https off."""
        if self.config["SESSION_COOKIE_SECURE"]:
            environ["wsgi.url_scheme"] = "https"
        return super().request_context(environ)
