"""Fields: what is typed is read as people mean it, kept when it cannot be read, and linked from the summary."""

from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField
from wtforms import Form as Rows

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotEnoughLeftError, Refusal
from fundtracker.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    PenceField,
    RadioField,
    TextField,
    TicksField,
)


class LineForm(Rows):
    """One row."""

    amount = PenceField("Amount")


class AwardForm(Form):
    """Every kind of field."""

    amount = PenceField("Amount", required="Enter the amount")
    on = DateField("Date awarded", required="Enter the date", past=True)
    ends = DateField("Ends")
    reference = TextField("Reference", longest=5)
    notes = LongTextField("Notes")
    fund = ChoiceField("Fund", choices={"": "Choose", "SRF20": "Safer Roads"}, required="Choose a fund")
    kind = RadioField("Kind", choices={"grant": "Grant"}, required="Choose a kind")
    outcomes = TicksField("Outcomes", choices={"1": "Fewer collisions"})
    lines = FieldList(FormField(LineForm), label="Lines")


GOOD = {"amount": "£1,064.00", "on": "12/10/20", "fund": "SRF20", "kind": "grant"}


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Any:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(), time_machine.travel(date(2026, 6, 1)):
        yield


def refuse(refusal: Refusal) -> None:
    raise refusal


def fill(**answers: str) -> AwardForm:
    form = AwardForm(formdata=MultiDict(GOOD | answers))
    form.validate()
    return form


def test_what_is_typed_is_read() -> None:
    form = fill(notes=" two\r\nlines ", reference=" a  b ", **{"lines-0-amount": "5"})
    assert form.problems == []
    assert (form.amount.data, form.on.data, form.ends.data) == (106400, date(2020, 10, 12), None)
    assert (form.notes.data, form.reference.data, form.lines.data) == ("two\nlines", "a b", [{"amount": 500}])


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("amount", "", "Enter the amount"),
        ("amount", "   ", "Enter the amount"),
        ("amount", "NaN", "Amount must be pounds and pence in figures, like 1,064 or 47,279.94"),
        ("amount", "0", "Amount must be more than £0.00"),
        ("on", " ", "Enter the date"),
        ("on", "31 June 2020", "31 June 2020 does not exist. Check “31 June 2020”"),
        ("on", "2 June 2026", "2 June 2026 has not come yet. Enter today’s date or an earlier one"),
        ("reference", "123456", "This is 6 characters long. Make it 5 or fewer"),
        ("notes", "a\x00b", "This holds a character that Excel cannot keep (U+0000). Take it out and try again."),
        ("fund", "", "Choose a fund"),
        ("kind", "", "Choose a kind"),
        ("lines-0-amount", "-1", "Amount must be more than £0.00, without a minus sign or brackets"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_field_and_kept(name: str, typed: str, says: str) -> None:
    form = fill(**{name: typed})
    assert form.problems == [(says, name)]
    if name not in ("fund", "kind", "lines-0-amount"):
        assert form[name]._value() == typed  # noqa: SLF001 - what the widget shows again


def test_a_future_date_is_taken_where_it_may_be() -> None:
    assert fill(ends="31 March 2027").ends.data == date(2027, 3, 31)


def test_every_link_of_the_summary_goes_to_something_that_takes_focus() -> None:
    form = AwardForm(formdata=MultiDict({"amount": "x", "lines-0-amount": "y", "ends": "z"}))
    assert not form.validate()
    page = "".join(str(field()) for field in (form.amount, form.on, form.ends, form.fund, form.kind))
    page += str(form.lines[0].form.amount())
    assert [problem.field_id for problem in form.problems] == ["amount", "on", "ends", "fund", "kind", "lines-0-amount"]
    for problem in form.problems:
        assert any(f'<{tag} class="' in page and f'id="{problem.field_id}"' in page for tag in ("input", "select"))


def test_a_refusal_goes_to_the_field_it_names_else_above_the_form() -> None:
    form = fill()
    for refusal in (
        NotEnoughLeftError("There is £1.00 left.", field="amount"),
        Refusal("The books are closed.", field="no such field"),
    ):
        with form.showing_refusals():
            refuse(refusal)
    assert form.problems == [("The books are closed.", None), ("There is £1.00 left.", "amount")]
    assert form.status == 422


def test_stored_values_are_shown_as_people_write_them() -> None:
    form = AwardForm(amount=Pence(106450), on=date(2020, 9, 1))
    assert 'value="1,064.50"' in form.amount()
    assert 'value="1 September 2020"' in form.on()
    assert "Notes (optional)" in form.notes()
    assert "optional" not in form.amount()


def test_an_amount_in_words_for_a_screen_reader_and_its_pound_sign() -> None:
    html = fill(amount="x").amount(params={"hint": {"text": "Up to £5.00"}})
    for part in ('inputmode="decimal"', ">£<", "Up to £5.00", 'aria-describedby="amount-hint amount-error"'):
        assert part in html
