"""Columns: which sheet and row were taken for the table, and what each of its columns is taken for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.fields import FIELDS, Basis, Kind
from fundtracker.services.bringing.maps import list_maps, save_map
from fundtracker.store.imports import WaitingFile
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading, transaction
from fundtracker.web.forms import ChoiceField, DateField, Form, RadioField, TextField
from fundtracker.web.imports.found import Found
from fundtracker.web.imports.looking import own_waiting, show_found
from fundtracker.web.signed_in import this_person

_BASES = {Basis.NET.value: "Net, without VAT", Basis.GROSS.value: "Gross, with VAT"}
_COLUMN = "column-"


class TableForm(Form):
    """Where the table stands, which amount is taken, and what its columns are."""

    sheet = ChoiceField("Sheet")
    header_row = TextField("Row of the headings", longest=9, hint="0 where the table has no headings.")
    map_name = ChoiceField("Columns as kept under", hint="Choose one to take its columns.")
    basis = RadioField("Amount to take", choices=_BASES)
    undated = DateField("Date of rows that have none", past=True, hint="Left empty, a row without a date is left out.")
    save_as = TextField("Keep these columns for next month, under the name", longest=100,
                        hint="A file with the same titles then takes them by itself.")  # fmt: skip

    def columns(self) -> dict[str, str]:
        """Give the field that is chosen for each column, by its letter; nothing for one that is not used."""
        return {name.removeprefix(_COLUMN): field.data or "" for name, field in self._columns()}

    def validate(self, extra_validators: Any = None) -> bool:
        """Take a whole number for the row, and no field from two columns."""
        valid = bool(super().validate(extra_validators))
        if self.header_row.data and whole_number(self.header_row.data) is None:
            self.header_row.errors = ["Enter the number of the row, like 3"]
            valid = False
        taken = Counter(field.data for _, field in self._columns() if field.data)
        for _, field in self._columns():
            if field.data and taken[field.data] > 1:
                words = dict(field.choices)[field.data]
                field.errors = [f"{taken[field.data]} columns are taken for “{words}”. Choose one of them"]
                valid = False
        return valid

    def _columns(self) -> list[tuple[str, Any]]:
        return [(name, field) for name, field in self._fields.items() if name.startswith(_COLUMN)]


@pages.route("/imports/waiting/<key>/columns", methods=["GET", "POST"])
def columns(key: str) -> ResponseReturnValue:
    """Show what the columns were taken for, and take other answers."""
    return show_found(key, _take if request.method == "POST" else _ask)


def _ask(waiting: WaitingFile, found: Found, _refused: str) -> ResponseReturnValue:
    return _page(waiting, found, table_form(waiting, found.answer["table"], asked_again=False))


def _take(waiting: WaitingFile, found: Found, _refused: str) -> ResponseReturnValue:
    form = table_form(waiting, found.answer["table"], asked_again=True)
    again = request.form.get("step") == "again"
    with form.showing_refusals():
        if form.validate():
            with transaction() as session:
                kept = own_waiting(waiting.key, session)
                chosen = _chosen(Choices.from_json(kept.answers), form, found.answer["table"], again=again)
                kept.answers = chosen.to_json()
                if form.save_as.data and not again:
                    columns, by = _by_title(form, found), this_person().actor
                    save_map(session, kind=chosen.kind, name=form.save_as.data, columns=columns, by=by)
            return redirect(url_for("imports.columns" if again else "imports.look", key=waiting.key), 303)
    return _page(waiting, found, form), form.status


def _page(waiting: WaitingFile, found: Found, form: TableForm) -> str:
    return render_template("imports/columns.html", waiting=waiting, answer=found.answer, form=form)


def table_form(waiting: WaitingFile, table: Mapping[str, Any], *, asked_again: bool) -> TableForm:
    """Make the form for a table: a field for each of its columns, filled in with what it was taken for."""
    kind, choices = Kind(waiting.kind.value), Choices.from_json(waiting.answers)
    words = {"": "Not used", **{field.name: field.label for field in FIELDS[kind]}}
    named = {f"{_COLUMN}{column['letter']}": column for column in table["columns"]}
    fields = {
        name: ChoiceField(f"{column['letter']}, {column['title']}", choices=words) for name, column in named.items()
    }
    taken = {name: column["field"] for name, column in named.items()}
    form: TableForm = type("TableForm", (TableForm,), fields)(
        **({} if asked_again else {"formdata": None}), sheet=table["sheet"], header_row=str(table["header_row"]),
        map_name=choices.map_name, basis=choices.basis.value if choices.basis else "", undated=choices.undated,
        data=taken,
    )  # fmt: skip
    sheets = (table["sheet"], *(name for name, _ in table["other_sheets"]))
    form.sheet.choices = {name: name or "The file" for name in sheets}
    kept = {one.name: one.name for one in list_maps(reading(), kind)}
    form.map_name.choices = {"": "None: as guessed from the titles", **kept}
    if kind is not Kind.FINANCE:
        del form.basis
    if kind in (Kind.FINANCE, Kind.ORGANISATIONS):
        del form.undated
    return form


def _chosen(choices: Choices, form: TableForm, table: Mapping[str, Any], again: bool) -> Choices:
    """Give the choices as the form leaves them; another sheet, row or mapping has its columns guessed anew."""
    sheet, row = form.sheet.data, whole_number(form.header_row.data or "")
    moved = (sheet, row if row is not None else table["header_row"]) != (table["sheet"], table["header_row"])
    anew = moved or form.map_name.data != choices.map_name
    return replace(
        choices,
        sheet=sheet or None,
        header_row=row if moved or choices.header_row is not None else None,
        columns=None if anew else form.columns(),
        map_name=form.map_name.data or "",
        basis=Basis(form.basis.data) if "basis" in form and form.basis.data else choices.basis,
        undated=form.undated.data if "undated" in form else choices.undated,
    )


def _by_title(form: TableForm, found: Found) -> dict[str, str]:
    titles = {column["letter"]: column["title"] for column in found.answer["table"]["columns"]}
    return {titles[letter] or letter: field for letter, field in form.columns().items()}
