"""The form that all others are: with its CSRF token, its once-only key, and its problems in order."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, HiddenField

from fundtracker.domain.refusals import ClosedPeriodError, Refusal
from fundtracker.web.approvals.again import answers_again


class Problem(NamedTuple):
    """One line of the error summary, and the field that its link goes to, where there is one."""

    text: str
    field_id: str | None


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf carries no types
    """A form of the office; its hidden `once` key makes it safe to send twice."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask_wtf carries no types
        """Where the answers of a form come from."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Fill in a form that was sent back for changes as it was sent; any other as it is sent now."""
            return answers_again() or super().wrap_formdata(form, formdata)

    once = HiddenField(default=lambda: secrets.token_urlsafe(24))
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Show a refusal at the field it names, else above the form; the page then answers with `status`."""
        try:
            yield
        except Refusal as refusal:
            if refusal.status == HTTPStatus.CONFLICT:
                raise  # the answer to a form sent twice is not in the form
            self.show(refusal)

    def show(self, refusal: Refusal) -> None:
        """Put a refusal's sentence where it can be put right."""
        self.status = refusal.status
        field = self._fields.get(refusal.field or "")
        if field is None or isinstance(field, FieldList | FormField):
            self.form_errors.append(refusal.sentence)
        else:
            field.errors = [*field.errors, refusal.sentence]
            field.closed = isinstance(refusal, ClosedPeriodError)

    @property
    def problems(self) -> list[Problem]:
        """List what is wrong in the order of the page, for the error summary."""
        above = [Problem(text, None) for text in self.form_errors]
        return above + [problem for field in self._fields.values() for problem in _problems(field)]


def _problems(field: Field) -> Iterator[Problem]:
    within: Iterable[Field] = ()
    if isinstance(field, FormField):
        within = field.form
    elif isinstance(field, FieldList):
        within = field.entries
    elif field.errors:
        yield Problem(str(field.errors[0]), field.id)
    for inner in within:
        yield from _problems(inner)
