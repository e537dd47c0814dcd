"""Choosing an organisation by its name: one that is known, or a new one added in place."""

from typing import Any, Protocol

from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import match_key
from fundtracker.domain.years import today
from fundtracker.services.likely import likely
from fundtracker.services.organisations import OrganisationDetails, add_organisation, named
from fundtracker.services.posting import Particulars
from fundtracker.store.organisations import Organisation
from fundtracker.web.forms import RadioField, TextField
from fundtracker.web.signed_in import this_person

_NEW = "new "
_HINT = "Type its name, or part of it. A new one can be added."


class OrganisationUnclearError(Refusal):
    """A name that is no organisation's, or several organisations'."""


class NamesAnOrganisation(Protocol):
    """A form with the two fields by which an organisation is chosen."""

    organisation: TextField
    organisation_choice: RadioField


def name_field(label: str = "Organisation") -> TextField:
    """Make the field in which an organisation's name is typed."""
    return TextField(label, required="Enter the organisation’s name", hint=_HINT)


def choice_field() -> RadioField:
    """Make the choice that is shown where a name alone does not say which organisation it is."""
    return RadioField("Which organisation is it?", choices={}, validate_choice=False)


def keep_choice(session: Session, form: NamesAnOrganisation) -> None:
    """Offer again what a person chose from, so that no problem elsewhere in the form loses the choice."""
    if form.organisation_choice.data and len(named(session, form.organisation.data)) != 1:
        _offer(form, likely(session, form.organisation.data))


def choose_organisation(session: Session, form: NamesAnOrganisation) -> Organisation:
    """
    Give the organisation that a form names, adding it where the person chose to.

    Raises OrganisationUnclearError, with the likely ones put into the form, where the person has to choose.
    """
    name = form.organisation.data
    same = named(session, name)
    if len(same) == 1:
        return same[0]
    close = likely(session, name)
    chosen = form.organisation_choice.data or ""
    if chosen == _NEW + match_key(name):
        said = Particulars(on=today(), by=this_person().actor)
        return add_organisation(session, details=OrganisationDetails(name=name), particulars=said)
    for organisation in close:
        if chosen == str(organisation.id):
            return organisation
    _offer(form, close)
    raise OrganisationUnclearError(_why(name, same, close), field="organisation_choice")


def chosen_name(session: Session, form: NamesAnOrganisation) -> str:
    """Give the name of the organisation that a form names, for its answers to be checked."""
    same = named(session, form.organisation.data)
    if len(same) == 1:
        return same[0].name
    chosen = {str(organisation.id): organisation.name for organisation in likely(session, form.organisation.data)}
    return chosen.get(form.organisation_choice.data or "", f"{form.organisation.data}, a new organisation")


def _offer(form: NamesAnOrganisation, close: list[Organisation]) -> None:
    name = form.organisation.data
    known = {str(organisation.id): _in_words(organisation) for organisation in close}
    field = form.organisation_choice
    field.choices = {**known, _NEW + match_key(name): f"Add “{name}” as a new organisation"}
    field.flags.required = True


def _why(name: str, same: list[Organisation], close: list[Organisation]) -> str:
    if same:
        return f"{len(same)} organisations are named “{name}”. Choose one of them, or add a new one"
    if close:
        return f"No organisation is named “{name}”. Choose the one that is meant, or add it as a new one"
    return f"No organisation is named anything like “{name}”. Add it as a new one, or correct the name"


def _in_words(organisation: Organisation) -> str:
    facts: list[Any] = [organisation.type, organisation.area.name if organisation.area else ""]
    known = ", ".join(filter(None, facts))
    return f"{organisation.name} ({known})" if known else organisation.name
