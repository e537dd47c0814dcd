"""Files attached to the office's records, kept in the database so that one backup holds them."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.files import FileKind
from fundtracker.store.base import Base, BigId, Name, RowId, words
from fundtracker.store.signed import Made, Undone


class Attachment(Made, Undone, Base):
    """One file; one that is removed keeps its name, size and digest, and loses its content."""

    __tablename__ = "attachment"

    id: Mapped[RowId]
    name: Mapped[Name]
    kind: Mapped[FileKind] = mapped_column(words(FileKind))
    size: Mapped[int] = mapped_column(BigId)
    digest: Mapped[str] = mapped_column(String(64))
    fund_id: Mapped[int | None] = mapped_column(ForeignKey("fund.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    monitoring_return_id: Mapped[int | None] = mapped_column(ForeignKey("monitoring_return.id"), index=True)
    decision_record_id: Mapped[int | None] = mapped_column(ForeignKey("decision_record.id"), index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
