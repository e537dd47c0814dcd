"""Particulars: when, why and on what authority, as a form says it, by the person signed in."""

from fundtracker.services.posting import Particulars
from fundtracker.web.forms import Form
from fundtracker.web.signed_in import this_person


def particulars_of(form: Form) -> Particulars:
    """Give the date of a form, and the decision and the narrative where it asks for them."""
    said = {name: form[name].data for name in ("decision", "narrative") if name in form}
    return Particulars(on=form.on.data, by=this_person().actor, **said)
