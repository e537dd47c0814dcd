"""Notes and contacts: what an officer wrote down about an organisation, an application or an award."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.terms import ContactKind
from fundtracker.store.base import Base, RowId, words
from fundtracker.store.signed import Made, Undone


class Note(Made, Undone, Base):
    """One note, or one contact; its words are never edited, and one that is wrong is taken back."""

    __tablename__ = "note"

    id: Mapped[RowId]
    kind: Mapped[ContactKind] = mapped_column(words(ContactKind))
    on_date: Mapped[date]
    words: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), index=True)
