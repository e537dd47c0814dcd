"""What people call the rows that a change points at, looked up in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.base import Base
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.people import Person

_NAMES = ("reference", "name", "title", "file_name")
Row = Mapping[str, Any]


class Labels:
    """The names of rows, by table and number; what has none goes by its number."""

    def __init__(self, found: Mapping[tuple[str, str], str]) -> None:
        self._found = found

    def of(self, table: str, column: str, value: object) -> str:
        """Name what a column of a table points at."""
        target = _target(table, column)
        plain = f"#{value}" if target == "entry" else f"{target.replace('_', ' ')} {value}"
        return self._found.get((target, str(value))) or plain


def read_labels(session: Session, rows: Iterable[tuple[str, Row]]) -> Labels:
    """Look up the names of all that rows of tables point at."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, row in rows:
        for column, value in row.items():
            if value is not None and (target := _target(table, column)):
                wanted[target].add(value)
    named = ((target, _named(target), numbers) for target, numbers in wanted.items())
    asked = [_names(target, name, numbers) for target, name, numbers in named if name is not None]
    nobody = select(literal("person"), cast(Person.id, String), Person.name).where(Person.id < 0)
    found: Any = session.connection().execute(union_all(nobody, *asked))
    return Labels({(target, number): name for target, number, name in found})


def _target(table: str, column: str) -> str:
    known = Base.metadata.tables.get(table)
    keys = known.c[column].foreign_keys if known is not None and column in known.c else ()
    return next((key.column.table.name for key in keys), "")


def _named(target: str) -> ColumnElement[str] | None:
    if target == "entry":
        return None  # whose reference is the bank's
    if target == "award_line":
        return Award.reference + literal("")
    if target == "budget_line":
        return Fund.reference + literal(" ") + cast(BudgetLine.year, String)
    columns = Base.metadata.tables[target].c
    return next((columns[name] for name in _NAMES if name in columns), None)


def _names(target: str, name: ColumnElement[str], numbers: set[int]) -> Select[str, str, str]:
    table = Base.metadata.tables[target]
    key = next(iter(table.primary_key.columns))
    named = select(literal(target), cast(key, String), name).where(key.in_(sorted(numbers)))
    if target == "award_line":
        return named.join_from(AwardLine, Award, Award.id == AwardLine.award_id)
    return named.join_from(BudgetLine, Fund, Fund.id == BudgetLine.fund_id) if target == "budget_line" else named
