"""Who did something and when, as tables keep it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Made:
    """Who made a row, and when (UTC)."""

    made_at: Mapped[datetime]
    made_by: Mapped[str]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Undone:
    """Who took a row back, when (UTC) and why; nothing of it while the row stands."""

    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_why: Mapped[str] = mapped_column(default="")


class Settled:
    """The last step that was taken with a row: its day, what was said of it, and who took it."""

    settled_on: Mapped[date | None]
    settled_by: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")
