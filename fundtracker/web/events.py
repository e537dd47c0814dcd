"""Security events: what was done by whom in which request, without secrets or anything typed."""

import logging
from urllib.parse import quote

from fundtracker.web.request_ids import request_id
from fundtracker.web.signed_in import signed_in

_security = logging.getLogger("fundtracker.security")


def log_event(event: str, **facts: object) -> None:
    """Log a security event with its facts, line breaks encoded; never a password, token or free text."""
    person = signed_in()
    facts = {"request": request_id(), "person": person.person_id if person else "-", **facts}
    _security.info(
        "%s %s", event, " ".join(f"{name}={quote(str(value), safe='/:.,-')}" for name, value in facts.items())
    )
