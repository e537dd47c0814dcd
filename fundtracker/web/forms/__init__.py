"""Forms: their fields read what people type, and a refusal is shown where it can be put right."""

from fundtracker.web.forms.base import Form, Problem
from fundtracker.web.forms.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    PasswordField,
    PenceField,
    RadioField,
    StatedField,
    TextField,
    TickField,
    TicksField,
    WholeField,
    YearField,
)

__all__ = [
    "ChoiceField",
    "DateField",
    "Form",
    "LongTextField",
    "PasswordField",
    "PenceField",
    "Problem",
    "RadioField",
    "StatedField",
    "TextField",
    "TickField",
    "TicksField",
    "WholeField",
    "YearField",
]
