"""Links from a figure to the rows that make it, for every template."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from jinja2 import Undefined

from fundtracker.domain.asks import Figure, ask

_OF_A_BALANCE = {
    "allocated": Figure.ALLOCATED,
    "awarded": Figure.AWARDED,
    "remaining": Figure.REMAINING,
    "paid": Figure.NET_PAID,
    "to_pay": Figure.TO_PAY,
    "to_recover": Figure.TO_RECOVER,
}


def rows_of(figure: str, **cuts: Any) -> str:
    """Give the address of the rows behind a figure, cut as an ask names it; what is None or not there cuts nothing."""
    return f"{url_for('rows.index')}?{ask(Figure(figure), **_given(cuts))}"


def leads_of(**cuts: Any) -> dict[str, str]:
    """Give the address of the rows behind each figure of a balance, cut the same, by the keys of `equation`."""
    here, given = url_for("rows.index"), _given(cuts)
    return {key: f"{here}?{ask(figure, **given)}" for key, figure in _OF_A_BALANCE.items()}


def _given(cuts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cuts.items() if not isinstance(value, Undefined)}
