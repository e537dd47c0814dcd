"""Fields that read what people type with the domain's own readers, and keep it when it cannot be read."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, SelectField, SelectMultipleField
from wtforms import RadioField as WTRadioField
from wtforms.validators import InputRequired

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import Pence, figure, parse_pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import LONGEST, clean, one_line
from fundtracker.domain.years import long_date, parse_year, today, year_label
from fundtracker.web.forms import widgets

LATE = "late"  # the tick that dates today what comes late for a closed period
_NOTHING = re.compile(r"£? ?0+(\.0{1,2})?")
_NOT_OFFERED = "What you chose is not on offer now. Choose again"


class TypedField(Field):
    """
    A field that people type into.

    `required` holds the words shown where it is left empty; without them it may be, and `data` is then None.
    """

    read: Callable[[str], Any] = staticmethod(one_line)
    write: Callable[[Any], str] = staticmethod(str)

    def __init__(self, label: str, *, required: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, description=hint, **kwargs)
        self.required = required
        self.flags.required = bool(required)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; raises ValueError, as WTForms asks, with the words of the refusal."""
        self.data = None
        typed = valuelist[0] if valuelist else ""
        if not typed.strip():
            if self.required:
                raise ValueError(self.required)
            return
        try:
            self.data = self.read(typed)
        except Refusal as refusal:
            raise ValueError(refusal.sentence) from refusal

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class TextField(TypedField):
    """One line of text, tidied; `data` is empty text where nothing was typed."""

    widget = widgets.LineInput()

    def __init__(self, label: str, *, longest: int = 400, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed, nothing as empty text."""
        super().process_formdata(valuelist)
        self.data = self.data or ""
        if len(self.data) > self.longest:
            raise ValueError(f"This is {len(self.data):,} characters long. Make it {self.longest:,} or fewer")


class LongTextField(TextField):
    """Text of several lines."""

    read = staticmethod(clean)
    widget = widgets.LongInput()

    def __init__(self, label: str, *, longest: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(label, longest=longest, **kwargs)


class PenceField(TypedField):
    """An amount typed in pounds, as pence."""

    read = staticmethod(parse_pounds)
    write = staticmethod(figure)
    widget = widgets.MoneyInput()

    data: Pence | None


class StatedField(PenceField):
    """An amount typed in pounds that may be nothing, as pence: what a ledger says, or what somebody expects."""

    @staticmethod
    def read(typed: str) -> Pence:
        """Read an amount, `0` too; raises AmountNotUnderstoodError."""
        return Pence(0) if _NOTHING.fullmatch(typed.strip()) else parse_pounds(typed)


class WholeField(TypedField):
    """A whole number, like a number of days."""

    widget = widgets.WholeInput()

    data: int | None

    def read(self, typed: str) -> int:
        """Read a whole number from 0; raises ValueError with the words for anything else."""
        tidy = typed.strip()
        if not (tidy.isascii() and tidy.isdigit() and len(tidy) < len("1000000")):
            raise ValueError("Enter a whole number, like 30")
        return int(tidy)


class DateField(TypedField):
    """A day typed as people in the UK write it; `past` refuses one after today (Europe/London)."""

    write = staticmethod(long_date)
    widget = widgets.DayInput()
    closed = False  # whether it lies in a closed period, which offers to date it today

    def __init__(self, label: str, *, past: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.past = past

    def process(self, formdata: Any, *others: Any, **more: Any) -> None:
        """Read what was typed, and the tick that stands under it."""
        super().process(formdata, *others, **more)
        self.dated_today = bool(formdata) and LATE in formdata

    def read(self, typed: str) -> date:
        """Read a day; raises ValueError where it may not be in the future and is."""
        day = parse_day(typed)
        if self.past and day > today():
            raise ValueError(f"{long_date(day)} has not come yet. Enter today’s date or an earlier one")
        return day


class YearField(TypedField):
    """A financial year, typed like 2020/21."""

    read = staticmethod(parse_year)
    write = staticmethod(year_label)
    widget = widgets.DayInput()


class PasswordField(TypedField):
    """A password, kept exactly as typed and never sent back to the page."""

    read = staticmethod(str)
    widget = widgets.SecretInput()

    def _value(self) -> str:
        return ""


class ChoiceField(SelectField):
    """One of a list, in a select; `required` holds the words shown where nothing is chosen."""

    widget = widgets.Choice()

    def __init__(self, label: str, *, required: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators=_asked(required), description=hint, **kwargs)
        self.invalid_choice_message = _NOT_OFFERED


class RadioField(WTRadioField):
    """One of a few, as radios; `required` holds the words shown where nothing is chosen."""

    widget = widgets.Radios()

    def __init__(self, label: str, *, required: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators=_asked(required), description=hint, **kwargs)
        self.invalid_choice_message = _NOT_OFFERED


class TicksField(SelectMultipleField):
    """Any number of a few, as checkboxes."""

    widget = widgets.Ticks()

    def __init__(self, label: str, *, required: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators=_asked(required), description=hint, **kwargs)


class TickField(BooleanField):
    """One question answered by a tick."""

    widget = widgets.Tick()

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, description=hint, **kwargs)


def _asked(words: str) -> list[InputRequired]:
    return [InputRequired(words)] if words else []
