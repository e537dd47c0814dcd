"""Parts of a list: its rows in a stable order, fifty to a page, with the totals of all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, String, Subquery, func, select
from sqlalchemy.orm import Session

PER_PAGE = 50

Row = TypeVar("Row")
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


def show(
    session: Session,
    listed: Subquery,
    part: Part,
    *,
    row: Callable[..., Row],
    totals: Callable[..., Totals],
    sums: Sequence[ColumnElement[Any]],
    everything: int,
    tie: str = "id",
) -> Listed[Row, Totals]:
    """Read the wanted rows and the totals, in two queries; rows that the order leaves equal stand by `tie`."""
    summed = session.execute(select(func.count().label("count"), *sums).select_from(listed)).mappings().one()
    last = last_page(summed["count"], part.size)
    page = min(part.page or 1, last)
    wanted = select(listed).order_by(*_in_order(listed, part.order, tie))
    if part.page is not None:
        wanted = wanted.limit(part.size).offset((page - 1) * part.size)
    rows = [row(**found) for found in session.execute(wanted).mappings()]
    return Listed(
        rows=rows, totals=totals(**summed), count=summed["count"], everything=everything, page=page, last=last
    )


def last_page(count: int, size: int = PER_PAGE) -> int:
    """Give the number of pages that so many rows fill, at least one."""
    return max(1, -(-count // size))


def count_of(session: Session, column: Any) -> int:
    """Count every row of a table."""
    return session.execute(select(func.count(column))).scalar_one()


def _in_order(listed: Subquery, order: Order, tie: str) -> list[ColumnElement[Any]]:
    column: ColumnElement[Any] = listed.c[order.key]
    missing = column.is_(None)
    if isinstance(column.type, String):
        column = func.lower(column)
    both = (column, listed.c[tie])
    return [missing, *(each.desc() if order.descending else each.asc() for each in both)]
