"""Columns: which sheet and row were taken for the table, and what each of its columns is taken for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.fields import FIELDS
from fundtracker.services.bringing.maps import list_maps, save_map
from fundtracker.store.imports import WaitingFile
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading, transaction
from fundtracker.web.forms import ChoiceField, DateField, Form, RadioField, TextField, TickField
from fundtracker.web.imports.found import Found
from fundtracker.web.imports.kept_maps import NO_MAP, to_keep
from fundtracker.web.imports.looking import own_waiting, show_found
from fundtracker.web.signed_in import this_person

_BASES = {AmountBasis.NET.value: "Net, without VAT", AmountBasis.GROSS.value: "Gross, with VAT"}
_COLUMN = "column-"


class TableForm(Form):
    """Where the table stands, which amount is taken, and what its columns are."""

    sheet = ChoiceField("Sheet")
    all_sheets = TickField("Take the other sheets with the same headings too")
    header_row = TextField("Row of the headings", longest=9, hint="0 where the table has no headings.")
    map_name = ChoiceField("Columns as kept under", hint="Choose one to take its columns.")
    basis = RadioField("Amount to take", choices=_BASES, required="Choose whether amounts are net or gross")
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
                words = dict(field.choices).get(field.data, field.data)
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
    return _page(waiting, found, table_form(waiting, found.answer, asked_again=False))


def _take(waiting: WaitingFile, found: Found, _refused: str) -> ResponseReturnValue:
    form = table_form(waiting, found.answer, asked_again=True)
    again = request.form.get("step") == "again"
    with form.showing_refusals():
        if form.validate():
            with transaction() as session:
                kept = own_waiting(waiting.key, session)
                chosen = _chosen(Choices.from_json(kept.answers), form, found.answer)
                kept.answers = chosen.to_json()
                if form.save_as.data and not again:
                    columns = to_keep(chosen.kind, found.answer["table"]["columns"], form.columns())
                    by = this_person().actor
                    save_map(session, kind=chosen.kind, name=form.save_as.data, columns=columns, by=by)
            return redirect(url_for("imports.columns" if again else "imports.look", key=waiting.key), 303)
    return _page(waiting, found, form), form.status


def _page(waiting: WaitingFile, found: Found, form: TableForm) -> str:
    return render_template("imports/columns.html", waiting=waiting, answer=found.answer, form=form)


def table_form(waiting: WaitingFile, answer: Mapping[str, Any], *, asked_again: bool) -> TableForm:
    """Make the form for a table: a field for each of its columns, filled in with what it was taken for."""
    table = answer["table"]
    kind, choices = waiting.kind, Choices.from_json(waiting.answers)
    words = {"": "Not used", **{field.name: field.label for field in FIELDS[kind]}}
    named = {f"{_COLUMN}{column['letter']}": column for column in table["columns"]}
    fields = {
        name: ChoiceField(f"{column['letter']}, {column['title']}", choices=words) for name, column in named.items()
    }
    taken = {name: column["field"] for name, column in named.items()}
    form: TableForm = type("TableForm", (TableForm,), fields)(
        **({} if asked_again else {"formdata": None}), sheet=table["sheet"], header_row=str(table["header_row"]),
        map_name=answer["map_name"] or NO_MAP, basis=table["basis"] or "", undated=choices.undated,
        all_sheets=choices.all_sheets, data=taken,
    )  # fmt: skip
    sheets = (table["sheet"], *(name for name, _ in table["other_sheets"]))
    for field in (form.sheet, form.header_row, form.map_name, form.basis):
        field.flags.required = True
    form.sheet.choices = {name: name or "The file" for name in sheets}
    kept = {one.name: one.name for one in list_maps(reading(), kind)}
    form.map_name.choices = {NO_MAP: "None: guessed from the titles", **kept}
    if table["alike"]:
        form.all_sheets.label.text = f"Take the other sheets with the same headings too: {', '.join(table['alike'])}"
    else:
        del form.all_sheets
    if kind is not BatchKind.FINANCE:
        del form.basis
    if kind in (BatchKind.FINANCE, BatchKind.ORGANISATIONS):
        del form.undated
    return form


def _chosen(choices: Choices, form: TableForm, answer: Mapping[str, Any]) -> Choices:
    """Give the choices as the form leaves them; what it leaves as it was found is found again the same."""
    table, row = answer["table"], whole_number(form.header_row.data or "")
    row = table["header_row"] if row is None else row
    if (form.sheet.data, row) != (table["sheet"], table["header_row"]):
        choices = replace(choices, sheet=form.sheet.data or None, header_row=row, columns=None)
    elif form.map_name.data != (answer["map_name"] or NO_MAP):
        choices = replace(choices, map_name=form.map_name.data, columns=None)
    elif form.columns() != {column["letter"]: column["field"] for column in table["columns"]}:
        choices = replace(choices, columns=form.columns())
    if "all_sheets" in form:
        choices = replace(choices, all_sheets=form.all_sheets.data)
    if "basis" in form and form.basis.data and form.basis.data != table["basis"]:
        choices = replace(choices, basis=AmountBasis(form.basis.data))
    return replace(choices, undated=form.undated.data if "undated" in form else choices.undated)
