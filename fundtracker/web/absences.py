"""Absences: who decides in whose place and on which days; for the administrator only."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role
from fundtracker.services import absences, people
from fundtracker.services.absences import AbsenceDetails
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.forms import ChoiceField, DateField, Form, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.people import pages
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class AbsenceForm(Form):
    """Who decides while somebody is away."""

    deputy = ChoiceField("Who decides in their place", required="Choose who decides in their place")
    from_on = DateField("First day away", required="Enter the first day", hint="Like 21 September 2026")
    until_on = DateField("Last day away", required="Enter the last day")
    why = TextField("Reason", required="Enter the reason, such as leave")


@pages.route("/<int:person_id>/absence", methods=["GET", "POST"])
def absence(person_id: int) -> ResponseReturnValue:
    """Record that a person is away, and who decides meanwhile."""
    found, form = people.find_person(reading(), person_id), AbsenceForm()
    form.deputy.choices = {"": "Choose", **_deputies(found)}

    def record(session: Session) -> Recorded:
        away, deputy = people.find_person(session, person_id), session.get(Person, int(form.deputy.data))
        details = AbsenceDetails(away, deputy, form.from_on.data, form.until_on.data, form.why.data)
        made = absences.record_absence(session, details=details, by=this_person().actor)
        return Recorded(url_for("people.person", person_id=person_id), f"{made.deputy.name} decides in their place.")

    def context() -> dict[str, Any]:
        return {"found": people.find_person(reading(), person_id)}

    answer = record_form(form, page="people/absence.html", record=record, context=context)
    if form.is_submitted() and not form.problems:
        log_event("absence-recorded", of=person_id, deputy=form.deputy.data)
    return answer


@pages.post("/absences/<int:number>/end")
def end_absence(number: int) -> ResponseReturnValue:
    """Take an absence back."""
    with transaction() as session:
        found = absences.find_absence(session, number)
        absences.end_absence(session, found, by=this_person().actor)
        person_id = found.person_id
    log_event("absence-ended", of=person_id)
    flash("The absence is taken back. Nobody decides in this person’s place.", "recorded")
    return redirect(url_for("people.person", person_id=person_id), 303)


def _deputies(found: Person) -> dict[str, str]:
    asked = select(Person).where(Person.active, Person.id != found.id, Person.role != Role.ADMINISTRATOR)
    return {str(one.id): f"{one.name}, {one.role.value}" for one in reading().scalars(asked.order_by(Person.name))}
