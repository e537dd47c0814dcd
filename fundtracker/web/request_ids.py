"""Each request's number, which error pages, logs and the history share."""

import secrets

from flask import g


def request_id() -> str:
    """Give this request's number."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)
