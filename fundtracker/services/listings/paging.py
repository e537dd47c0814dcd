"""Parts of a list: its rows in a stable order, fifty to a page, with the totals of all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import CTE, ColumnElement, Integer, Select, String, bindparam, func, select, true
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
    """
    The statements of a list as it is filtered and sorted: all of its rows, and a page of them.

    Before the columns of a row stand the totals of all rows, `summed`; where there is no row, they stand alone.
    """

    rows: Select[*tuple[Any, ...]]
    page: Select[*tuple[Any, ...]]
    summed: tuple[str, ...]
    columns: tuple[str, ...]


def asking(
    listed: CTE,
    order: Order,
    *,
    sums: Sequence[ColumnElement[Any]],
    everything: Select[*tuple[int]] | None,
    tie: str = "id",
) -> Asking:
    """
    Make the statements of a list; rows that the order leaves equal stand by `tie`.

    `everything` counts what there is without filters, and is None where nothing is filtered.
    Making them costs more than asking them, so lists keep those that they made: `@lru_cache(maxsize=KEPT)`.
    """
    whole = func.count() if everything is None else everything.scalar_subquery()
    counts = (func.count().label("count"), whole.label("everything"))
    summed = select(*counts, *sums).select_from(listed).subquery("summed")
    rows = select(*summed.c, *listed.c).select_from(summed).outerjoin(listed, true())
    rows = rows.order_by(*_in_order(listed, order, tie))
    return Asking(
        rows=rows,
        page=rows.limit(bindparam("size", type_=Integer)).offset(bindparam("before", type_=Integer)),
        summed=tuple(summed.c.keys()),
        columns=(*summed.c.keys(), *listed.c.keys()),
    )


def show(
    session: Session, asked: Asking, part: Part, *, row: type[Row], totals: Callable[..., Totals]
) -> Listed[Row, Totals]:
    """Read the wanted rows and the totals, in one query, or in three where there is no such page and it is the last."""
    page = part.page or 1
    found = _read(session, asked, part, page)
    if not found:
        page = last_page(_read(session, asked, part, 1)[0][0], part.size)
        found = _read(session, asked, part, page)
    summed = dict(zip(asked.summed, found[0], strict=False))
    everything, count = summed.pop("everything"), summed["count"]
    return Listed(
        rows=_as_rows(found, asked, row) if count else [], totals=totals(**summed), count=count, everything=everything,
        page=page, last=last_page(count, part.size),
    )  # fmt: skip


def _read(session: Session, asked: Asking, part: Part, page: int) -> Sequence[Any]:
    books = session.connection()
    if part.page is None:
        return books.execute(asked.rows).all()
    return books.execute(asked.page, {"size": part.size, "before": (page - 1) * part.size}).all()


def _as_rows(found: Sequence[Any], asked: Asking, row: type[Row]) -> list[Row]:
    """Give each row by its fields' own order, which costs a tenth of giving it by their names."""
    before = len(asked.summed)
    in_order = itemgetter(*(asked.columns.index(field.name, before) for field in fields(row)))
    return [row(*in_order(one)) for one in found]


def last_page(count: int, size: int = PER_PAGE) -> int:
    """Give the number of pages that so many rows fill, at least one."""
    return max(1, -(-count // size))


def _in_order(listed: CTE, order: Order, tie: str) -> list[ColumnElement[Any]]:
    column: ColumnElement[Any] = listed.c[order.key]
    missing = column.is_(None)
    if isinstance(column.type, String):
        column = func.lower(column)
    both = (column, listed.c[tie])
    return [missing, *(each.desc() if order.descending else each.asc() for each in both)]
