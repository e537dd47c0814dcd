"""Choosing an organisation by its name: one that is known, or a new one added in place."""

from typing import Protocol

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import match_key
from fundtracker.domain.years import today
from fundtracker.services.likely import likely
from fundtracker.services.organisations import OrganisationDetails, add_organisation, named
from fundtracker.services.posting import Particulars
from fundtracker.services.standing import awarded_to
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
        _offer(session, form, likely(session, form.organisation.data))


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
    if chosen == new_choice(name):
        said = Particulars(on=today(), by=this_person().actor)
        return add_organisation(session, details=OrganisationDetails(name=name), particulars=said)
    for organisation in close:
        if chosen == str(organisation.id):
            return organisation
    _offer(session, form, close)
    raise OrganisationUnclearError(_why(name, same, close), field="organisation_choice")


def chosen_name(session: Session, form: NamesAnOrganisation) -> str:
    """Give the name of the organisation that a form names, for its answers to be checked."""
    same = named(session, form.organisation.data)
    if len(same) == 1:
        return same[0].name
    chosen = {str(organisation.id): organisation.name for organisation in likely(session, form.organisation.data)}
    return chosen.get(form.organisation_choice.data or "", f"{form.organisation.data}, a new organisation")


def new_choice(name: str) -> str:
    """Give the answer that adds an organisation of a name; it holds for that name alone."""
    return _NEW + match_key(name)


def new_words(name: str) -> str:
    """Word the choice that adds an organisation."""
    return f"Add “{name}” as a new organisation"


def facts(session: Session, organisations: list[Organisation]) -> dict[int, str]:
    """Say of each organisation, by its id, what tells it from others: its type, its area, what it was awarded."""
    awarded = awarded_to(session, organisations)
    return {known.id: _facts(known, awarded.get(known.id)) for known in organisations}


def _facts(organisation: Organisation, awarded: Pence | None) -> str:
    area = organisation.area.name if organisation.area else ""
    had = f"awarded {pounds(awarded)}" if awarded else "awarded nothing"
    return ", ".join(filter(None, (organisation.type, area, had)))


def _offer(session: Session, form: NamesAnOrganisation, close: list[Organisation]) -> None:
    told = facts(session, close)
    known = {str(organisation.id): f"{organisation.name} ({told[organisation.id]})" for organisation in close}
    name = form.organisation.data
    form.organisation_choice.choices = {**known, new_choice(name): new_words(name)}
    form.organisation_choice.flags.required = True


def _why(name: str, same: list[Organisation], close: list[Organisation]) -> str:
    if same:
        return f"{len(same)} organisations are named “{name}”. Choose one of them, or add a new one"
    if close:
        return f"No organisation is named “{name}”. Choose the one that is meant, or add it as a new one"
    return f"No organisation is named anything like “{name}”. Add it as a new one, or correct the name"
