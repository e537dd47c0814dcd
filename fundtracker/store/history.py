"""History: what every change of every watched table was, kept by triggers, and the seals that chain them."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.store.base import Base, BigId, RowId


class Change(Base):
    """
    One change of one row, written by the database itself in the change's own transaction; never changed after.

    `at` is UTC as `2020-09-01T13:05:00.000000Z`. A person is named by number alone, and what has none by its name.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_table_name_row_id", "table_name", "row_id"),)

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(27))
    by_id: Mapped[int | None] = mapped_column(BigId)  # no foreign key: a restore of the past names who was there
    by_name: Mapped[str | None]
    action: Mapped[str] = mapped_column(String(40))
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[str] = mapped_column(String(60))
    before_json: Mapped[str | None]
    after_json: Mapped[str | None]
    reason: Mapped[str]
    request_id: Mapped[str] = mapped_column(String(60))


class Detail(Base):
    """
    A person's details beside the change that they belong to, as JSON; no hash covers them, so that they can go.

    `erased` is the number of the change that erased them.
    """

    __tablename__ = "detail"

    change: Mapped[int] = mapped_column(ForeignKey("change.number"), primary_key=True, autoincrement=False)
    before_json: Mapped[str | None]
    after_json: Mapped[str | None]
    erased: Mapped[int | None] = mapped_column(ForeignKey("change.number"))


class Seal(Base):
    """The hash of one change and of everything before it; a change without one was not made through fundtracker."""

    __tablename__ = "seal"

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    change: Mapped[int] = mapped_column(ForeignKey("change.number"), unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Writing(Base):
    """The one row that tells the triggers who is writing, when and why; empty between transactions."""

    __tablename__ = "writing"

    id: Mapped[RowId]
    at: Mapped[str | None] = mapped_column(String(27))
    by_id: Mapped[int | None] = mapped_column(BigId)
    by_name: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(String(60), default="")
