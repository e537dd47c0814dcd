"""Adding an organisation on a page of its own, with those that it may be shown first."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import today
from fundtracker.services.organisations import OrganisationDetails, add_organisation, named
from fundtracker.services.posting import Particulars
from fundtracker.services.twins import twins
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation
from fundtracker.web.blueprints import organisations as pages
from fundtracker.web.choices import names_of
from fundtracker.web.db import reading
from fundtracker.web.forms import ChoiceField, Form, LongTextField, TextField, TickField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class AlreadyThereError(Refusal):
    """An organisation like one that is on record, not yet said to be another."""


class OrganisationForm(Form):
    """What is known of an organisation to add."""

    organisation = TextField("Name", required="Enter the organisation’s name")
    another = TickField("It is another organisation: add it")
    type = TextField("Kind of organisation", hint="Like Parish or town council, or Charity.")
    area = ChoiceField("Area", choices={})
    charity_number = TextField("Charity number", longest=20)
    company_number = TextField("Company number", longest=20)
    contact = LongTextField("Contact", hint="A post rather than a person where you can: The Clerk, clerk@example.org.")
    address = LongTextField("Address")
    stands_for_several = TickField("It stands for several organisations, like “other groups”; it is not counted as one")
    notes = LongTextField("Notes")


@pages.route("/organisations/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add an organisation, asking first where it may be one that is on record."""
    form = OrganisationForm()
    form.area.choices = names_of(reading(), Area)
    if len(form.area.choices) == 1:
        del form.area
    alike: list[dict[str, Any]] = []

    def record(session: Session) -> Recorded:
        said = Particulars(on=today(), by=this_person().actor)
        organisation = add_organisation(session, details=_details(session, form), particulars=said)
        if not form.another.data:
            alike[:] = [_told(one) for one in _like(session, organisation)]
        if alike:
            raise AlreadyThereError(
                f"{alike[0]['name']} is on record already. If this is another organisation, tick to say so",
                field="another",
            )
        return Recorded(url_for("organisations.show", number=organisation.id), f"{organisation.name} is added.")

    def context() -> dict[str, Any]:
        return {"alike": alike}

    return record_form(form, page="organisations/add.html", record=record, context=context)


def _like(session: Session, added: Organisation) -> list[Organisation]:
    """Give those of the very name and those nearly of it, without the one just added."""
    found = dict.fromkeys([*named(session, added.name), *twins(session, added)])
    return [organisation for organisation in found if organisation is not added]


def _told(organisation: Organisation) -> dict[str, Any]:
    """Keep what tells an organisation, for the page that is shown once the transaction is left."""
    facts = (organisation.type, organisation.area.name if organisation.area else "")
    return {"number": organisation.id, "name": organisation.name, "facts": ", ".join(filter(None, facts))}


def _details(session: Session, form: OrganisationForm) -> OrganisationDetails:
    area = form.data.get("area")
    return OrganisationDetails(
        name=form.organisation.data,
        type=form.type.data,
        charity_number=form.charity_number.data,
        company_number=form.company_number.data,
        area=session.get(Area, int(area)) if area else None,
        contact=form.contact.data,
        address=form.address.data,
        notes=form.notes.data,
        stands_for_several=form.stands_for_several.data,
    )
