"""Columns that were kept under a name: the one that is asked for, or the newest whose titles a table has."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.maps import columns_of, find_map, fitting, map_of
from fundtracker.services.bringing.stated import Column, TableFound

NO_MAP: Final = "-"
"""What a person chooses who wants no columns that were kept; nothing chosen takes those that fit."""


def with_named_map(session: Session, choices: Choices) -> Choices:
    """Give the choices with the columns that their name keeps; raises NotFoundRefusal where there are none."""
    if choices.columns is not None or choices.map_name in ("", NO_MAP):
        return choices
    columns = find_map(session, choices.kind, choices.map_name)
    session.rollback()
    return replace(choices, columns=columns)


def with_fitting_map(session: Session, choices: Choices, table: TableFound) -> Choices:
    """Give the choices with the columns that were kept for a table's titles, where nobody said otherwise."""
    if choices.columns is not None or choices.map_name:
        return choices
    guessed = {name: column.field for column in table.columns for name in (column.letter, column.title)}
    kept = fitting(session, choices.kind, guessed)
    columns, name = (columns_of(kept), kept.name) if kept else ({}, "")
    session.rollback()
    return replace(choices, map_name=name, columns=None if columns.items() <= guessed.items() else columns)


def to_keep(kind: BatchKind, told: Sequence[Mapping[str, str]], chosen: Mapping[str, str]) -> dict[str, str]:
    """Give what is kept of a table's columns, as they were told and then chosen, for files with the same titles."""
    columns = tuple(Column(one["letter"], one["title"], chosen[one["letter"]]) for one in told)
    changed = {one["letter"]: chosen[one["letter"]] for one in told if chosen[one["letter"]] != one["field"]}
    return map_of(TableFound(kind, "", 0, columns), changed)
