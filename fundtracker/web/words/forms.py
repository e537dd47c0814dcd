"""The fields of each record's words, filled in with what they say now."""

from typing import Any, Self

from sqlalchemy.orm import Session
from wtforms import HiddenField

from fundtracker.domain.refusals import DateRefusedError, NotFoundRefusal, Refusal
from fundtracker.domain.statuses import Source
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date
from fundtracker.services.awards import find_award
from fundtracker.services.events import Told
from fundtracker.services.words import current, fingerprint, said
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.funds import FundOutcome
from fundtracker.store.office import Area, Objective
from fundtracker.web.choices import LEGAL_POWERS, SOURCES, YEAR_BOUND, names_of
from fundtracker.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    PenceField,
    RadioField,
    TextField,
    TickField,
    TicksField,
)

_CHOSEN: dict[str, type[Objective | Area]] = {"objective": Objective, "area": Area}


class WordsForm(Form):
    """Words to edit, with the fingerprint of what they said when the page was opened."""

    as_read = HiddenField()
    reason = TextField("Why they are edited", hint="Kept in the history, with what the words were.")
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, session: Session, told: Any) -> Self:
        """Give the form filled in with a record's words."""
        now = current(told, dict.fromkeys(cls.names))
        shown = {name: cls.shown(value) for name, value in now.items()}
        shown |= {name: shown[name] or "" for name in _CHOSEN if name in shown}
        form = cls(**shown, as_read=fingerprint(now))
        for name, table in _CHOSEN.items():
            if name in form:
                form[name].choices = names_of(session, table)
        form.lay_out(told)
        return form

    @staticmethod
    def shown(value: Any) -> Any:
        """Give a value as its field takes it."""
        match value:
            case Objective() | Area():
                return str(value.id)
            case list():
                return said(value)
            case Award():
                return value.reference
            case Source():
                return value.value
        return value

    def lay_out(self, told: Told) -> None:
        """Give the choices that only this record has."""

    def words(self, session: Session) -> dict[str, Any]:
        """Give what the form says, as the record keeps it; raises DateRefusedError for an end before a start."""
        words = {name: self._meant(session, name) for name in self.names}
        for first, last in (("starts_on", "ends_on"), ("opens_on", "spend_by")):
            if words.get(first) and words.get(last) and words[last] < words[first]:
                raise DateRefusedError(
                    f"{self[last].label.text} is before {long_date(words[first])}, when it {first.split('_')[0]}. "
                    "Enter a later date.",
                    field=last,
                )
        return words

    def _meant(self, session: Session, name: str) -> Any:
        data = self[name].data
        match name:
            case "objective" | "area":
                return session.get(_CHOSEN[name], int(data)) if data else None
            case "source":
                return Source(data)
            case "follows":
                return self._award(session, data)
            case "outcomes":
                return [text for text in map(one_line, data.splitlines()) if text]
        return data

    @staticmethod
    def _award(session: Session, reference: str) -> Award | None:
        try:
            return find_award(session, reference) if reference else None
        except NotFoundRefusal as refusal:
            raise Refusal(refusal.sentence, field="follows") from refusal

    def keep_as_read(self, read: str) -> None:
        """Let the form be saved over what its words say now, after both were shown."""
        self.as_read.data = read
        self.as_read.raw_data = None


class FundWords(WordsForm):
    """What is said of a fund."""

    name = TextField("Name", required="Enter the fund’s name")
    funder = TextField("Funder", required="Enter the funder: whose money it is")
    source = RadioField(
        "Whose money",
        choices=SOURCES,
        required="Choose whose money it is",
    )
    programme = TextField("Programme")
    purpose = LongTextField("What it is for")
    eligibility = LongTextField("Who may apply")
    objective = ChoiceField("Objective of the plan", choices={})
    opens_on = DateField("Opens", hint="Like 1 July 2020.")
    spend_by = DateField("Spend by", hint="Like 31 March 2021.")
    outcomes = LongTextField(
        "Outcomes", hint="One a line. With any here, an application has to name at least one of them."
    )
    year_bound = TickField(YEAR_BOUND)
    notes = LongTextField("Notes")
    names: tuple[str, ...] = (
        *("name", "funder", "source", "programme", "purpose", "eligibility"),
        *("objective", "opens_on", "spend_by", "outcomes", "year_bound"),
        "notes",
    )


class ApplicationWords(WordsForm):
    """What is said of an application; the amount asked for is kept for ever."""

    purpose = LongTextField("What it is for", required="Enter what the money is for")
    benefits = TextField("Group that benefits", hint="Where it is not the organisation itself.")
    outcomes = TicksField("Outcomes it would help with")
    names: tuple[str, ...] = ("purpose", "benefits", "outcomes")

    @staticmethod
    def shown(value: Any) -> Any:
        """Give outcomes by their keys, and other words as they are."""
        return [str(outcome.id) for outcome in value] if isinstance(value, list) else value

    def lay_out(self, told: Told) -> None:
        """Offer the outcomes of the application's fund."""
        if not isinstance(told, Application):
            return
        if not told.fund.outcomes:
            del self.outcomes
            self.names = ("purpose", "benefits")
            return
        self.outcomes.choices = {str(outcome.id): outcome.words for outcome in told.fund.outcomes}
        self.outcomes.flags.required = told.fund.outcome_needed

    def _meant(self, session: Session, name: str) -> Any:
        if name != "outcomes":
            return super()._meant(session, name)
        chosen = [session.get_one(FundOutcome, int(key)) for key in self.outcomes.data or ()]
        return sorted(chosen, key=lambda outcome: outcome.position)


class AwardWords(WordsForm):
    """What is said of an award or a gift."""

    purpose = LongTextField("What it is for")
    benefits = TextField("Group that benefits", hint="Where it is not the one that is paid.")
    reasons = LongTextField("Reasons for the decision", hint="Public: leave out names and addresses of people.")
    conditions = LongTextField("Conditions")
    decision_reference = TextField("Decision reference", longest=100)
    legal_power = ChoiceField("Legal power", choices=LEGAL_POWERS)
    objective = ChoiceField("Objective of the plan", choices={})
    area = ChoiceField("Area", choices={})
    starts_on = DateField("Starts")
    ends_on = DateField("Ends")
    follows = TextField("Award that it follows", hint="The reference of the one it continues, like SRF20-003.")
    notes = LongTextField("Notes")
    names: tuple[str, ...] = (
        *("purpose", "benefits", "reasons", "conditions", "decision_reference", "legal_power"),
        *("objective", "area", "starts_on", "ends_on", "follows", "notes"),
    )


class OrganisationWords(WordsForm):
    """What is said of an organisation; a name that changes is kept as another of its names."""

    name = TextField("Name", required="Enter the organisation’s name", hint="The old name still finds it.")
    type = TextField("Type", hint="Like parish council, or charity.")
    charity_number = TextField("Charity number")
    company_number = TextField("Company number")
    area = ChoiceField("Area", choices={})
    contact = LongTextField("Contact", hint="A post rather than a person, where there is one.")
    address = LongTextField("Address")
    stands_for_several = TickField("It stands for several organisations, like “other groups”")
    notes = LongTextField("Notes")
    names: tuple[str, ...] = (
        *("name", "type", "charity_number", "company_number", "area"),
        *("contact", "address", "stands_for_several", "notes"),
    )


class BidWords(WordsForm):
    """What is said of a bid; its amounts are in no balance."""

    title = TextField("What the bid is for", required="Enter what the bid is for")
    funder = TextField("Funder", required="Enter the funder: whose money it is")
    sought = PenceField("Amount sought", hint="In pounds. Leave it empty where it is not stated.")
    national_pot = PenceField(
        "National pot", hint="What the funder offers to everyone. It is never the office’s money."
    )
    outcome_expected = TextField("Outcome expected", hint="As the funder says it, like “in the next few weeks”.")
    partners = TextField("Partners")
    notes = LongTextField("Notes")
    names: tuple[str, ...] = ("title", "funder", "sought", "national_pot", "outcome_expected", "partners", "notes")
