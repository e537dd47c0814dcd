"""Single sign-on: to the office's identity provider and back, by authorisation code with a proof key."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.refusals import Refusal
from fundtracker.services.outside import sign_in_outside
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.providers import ask_to_sign_in, find_provider, read_answer
from fundtracker.web.sign_in import SignInForm, local_path, pages, sign_in_page
from fundtracker.web.signed_in import sign_in_as

_NEXT, _LINK = "single_next", "single_link"


@pages.get("/sign-in/single")
def single() -> ResponseReturnValue:
    """Go to the provider; a one-time link comes along, where the person opened one."""
    provider = find_provider()
    if provider is None:
        return redirect(url_for("sign_in.sign_in"), 303)
    session[_NEXT] = local_path(request.args.get("next", ""))
    session[_LINK] = request.args.get("link", "")
    reading().rollback()  # the provider may be slow: nothing is held meanwhile
    try:
        return ask_to_sign_in(provider, url_for("sign_in.single_back", _external=True))
    except Refusal as refusal:
        return _refused(refusal)


@pages.get("/sign-in/single/back")
def single_back() -> ResponseReturnValue:
    """Come back from the provider, and open a session for whom it knows."""
    provider = find_provider()
    if provider is None:
        return redirect(url_for("sign_in.sign_in"), 303)
    wanted, link = session.pop(_NEXT, url_for("home.index")), session.pop(_LINK, "")
    reading().rollback()
    try:
        identity = read_answer(provider)
        with transaction() as books:
            token = sign_in_outside(books, identity, link=link)
    except Refusal as refusal:
        return _refused(refusal)
    sign_in_as(token)
    log_event("signed-in", by="single-sign-on")
    return redirect(wanted, 303)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    log_event("sign-in-failed", by="single-sign-on", why=type(refusal).__name__, address=request.remote_addr)
    form = SignInForm(formdata=None)
    form.form_errors.append(refusal.sentence)
    return sign_in_page(form), refusal.status
