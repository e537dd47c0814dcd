"""Parts of a list: its rows in a stable order, fifty to a page, with the totals of all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Integer, Result, Select, String, Subquery, bindparam, func, select
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PER_PAGE = 50
KEPT = 64  # statements of one list, by what it is asked

Row = TypeVar("Row", bound="DataclassInstance")
Totals = TypeVar("Totals")


@dataclass(frozen=True)
class Order:
    """The column that a list is sorted by; what is not stated comes last either way."""

    key: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which rows of a list are wanted: in what order, which page, and how many on it; no page is all of them."""

    order: Order
    page: int | None = 1
    size: int = PER_PAGE


@dataclass(frozen=True, kw_only=True)
class Listed(Generic[Row, Totals]):
    """Rows of a list, the totals of all that the filters let through, and how many there are without filters."""

    rows: list[Row]
    totals: Totals
    count: int
    everything: int
    page: int
    last: int


@dataclass(frozen=True)
class Asking:
    """The statements of a list as it is filtered and sorted: its totals, all of its rows, and a page of them."""

    summed: Select[*tuple[Any, ...]]
    rows: Select[*tuple[Any, ...]]
    page: Select[*tuple[Any, ...]]


def asking(
    listed: Subquery,
    order: Order,
    *,
    sums: Sequence[ColumnElement[Any]],
    everything: Select[*tuple[int]],
    tie: str = "id",
) -> Asking:
    """
    Make the statements of a list; rows that the order leaves equal stand by `tie`.

    Making them costs more than asking them, so lists keep those that they made: `@lru_cache(maxsize=KEPT)`.
    """
    whole = everything.scalar_subquery().label("everything")
    rows = select(listed).order_by(*_in_order(listed, order, tie))
    return Asking(
        summed=select(func.count().label("count"), *sums, whole).select_from(listed),
        rows=rows,
        page=rows.limit(bindparam("size", type_=Integer)).offset(bindparam("before", type_=Integer)),
    )


def show(
    session: Session, asked: Asking, part: Part, *, row: type[Row], totals: Callable[..., Totals]
) -> Listed[Row, Totals]:
    """Read the wanted rows and the totals, in two queries."""
    books = session.connection()
    summed = dict(books.execute(asked.summed).mappings().one())
    everything = summed.pop("everything")
    last = last_page(summed["count"], part.size)
    page = min(part.page or 1, last)
    if part.page is None:
        found = books.execute(asked.rows)
    else:
        found = books.execute(asked.page, {"size": part.size, "before": (page - 1) * part.size})
    return Listed(
        rows=_as_rows(found, row), totals=totals(**summed), count=summed["count"], everything=everything, page=page,
        last=last,
    )  # fmt: skip


def _as_rows(found: Result[*tuple[Any, ...]], row: type[Row]) -> list[Row]:
    """Give each row by its fields' own order, which costs a tenth of giving it by their names."""
    places = {name: place for place, name in enumerate(found.keys())}
    in_order = itemgetter(*(places[field.name] for field in fields(row)))
    return [row(*in_order(one)) for one in found.all()]


def last_page(count: int, size: int = PER_PAGE) -> int:
    """Give the number of pages that so many rows fill, at least one."""
    return max(1, -(-count // size))


def _in_order(listed: Subquery, order: Order, tie: str) -> list[ColumnElement[Any]]:
    column: ColumnElement[Any] = listed.c[order.key]
    missing = column.is_(None)
    if isinstance(column.type, String):
        column = func.lower(column)
    both = (column, listed.c[tie])
    return [missing, *(each.desc() if order.descending else each.asc() for each in both)]
