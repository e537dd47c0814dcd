"""GOV.UK widgets as this product uses them: bold labels, "(optional)" where a field may be left empty."""

from typing import Any, ClassVar

from flask import current_app
from govuk_frontend_wtf import wtforms_widgets as gov
from markupsafe import Markup
from wtforms import Field

from fundtracker.domain.years import long_date, today

Params = dict[str, Any]


class _Plain:
    """What every widget of a field with a label adds."""

    extra: ClassVar[Params] = {}

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        given = kwargs.pop("params", {})
        params: Params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]  # mixed into untyped widgets
        # Required fields are named by the error message in our own words, not by the browser's bubble.
        params["attributes"].pop("required", None)
        params["label"] = {"text": field.label.text + _optional(field), "classes": "govuk-label--s"}
        return {**params, **_extra(params, self.extra), **_extra(params, given)}


class LineInput(_Plain, gov.GovTextInput):  # type: ignore[misc]  # govuk_frontend_wtf carries no types
    """One line of text."""

    def render(self, params: Params) -> Markup:
        """Write the field by our own macro, which is ten times as quick as a template and its component for each."""
        macros: Any = current_app.jinja_env.get_template("macros/inputs.html").module
        written: Markup = macros.one_line(params)
        return written

    extra: ClassVar[Params] = {"autocomplete": "off"}


class MoneyInput(LineInput):
    """An amount in pounds, right-aligned after its £."""

    extra: ClassVar[Params] = {
        "prefix": {"text": "£"},
        "classes": "ft-money",
        "inputmode": "decimal",
        "autocomplete": "off",
        "spellcheck": False,
    }


class WholeInput(LineInput):
    """A whole number of few figures."""

    extra: ClassVar[Params] = {"classes": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}


class DayInput(LineInput):
    """A day in one line, as people write it."""

    extra: ClassVar[Params] = {"classes": "govuk-input--width-10", "autocomplete": "off", "spellcheck": False}

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        """Offer to date it today where the day lies in a closed period."""
        written: Markup = super().__call__(field, **kwargs)
        ticked = getattr(field, "dated_today", False)
        if not (ticked or getattr(field, "closed", False)):
            return written
        macros: Any = current_app.jinja_env.get_template("macros/inputs.html").module
        offer: Markup = macros.dated_today(field.id, long_date(today()), ticked)
        return written + offer


class LongInput(_Plain, gov.GovTextArea):  # type: ignore[misc]  # as above
    """Several lines of text."""

    extra: ClassVar[Params] = {"rows": 4}


class SecretInput(_Plain, gov.GovPasswordInput):  # type: ignore[misc]  # as above
    """A password, with a button that shows it."""


class Choice(_Plain, gov.GovSelect):  # type: ignore[misc]  # as above
    """One of a list."""


class _Group:
    """What every group of radios or checkboxes adds."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        given = kwargs.pop("params", {})
        params: Params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]  # mixed into untyped widgets
        legend = {"text": field.label.text + _optional(field), "classes": "govuk-fieldset__legend--s"}
        params.update(fieldset={"legend": legend}, idPrefix=field.id, classes=self.classes)
        params["hint"] = {"text": field.description} if field.description else None
        return {**params, **_extra(params, given)}

    classes = ""


class Radios(_Group, gov.GovRadioInput):  # type: ignore[misc]  # as above
    """One of a few."""

    classes = "govuk-radios--small"


class Ticks(_Group, gov.GovCheckboxesInput):  # type: ignore[misc]  # as above
    """Any number of a few."""

    classes = "govuk-checkboxes--small"


class Tick(gov.GovCheckboxInput):  # type: ignore[misc]  # as above
    """One tick, with its question as its label."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        """Show the hint only where there is one."""
        params: Params = super().map_gov_params(field, **kwargs)
        params["hint"] = {"text": field.description} if field.description else None
        return {**params, "idPrefix": field.id, "classes": "govuk-checkboxes--small"}


def _optional(field: Field) -> str:
    return "" if getattr(field.flags, "required", False) else " (optional)"


def _extra(params: Params, added: Params) -> Params:
    """Add to a widget's parameters; dictionaries such as the label are added to, not replaced."""
    return {
        name: {**params[name], **value} if isinstance(value, dict) and isinstance(params.get(name), dict) else value
        for name, value in added.items()
    }
