"""Papers: the Word files they are written from, what each said when it was made, and the words people gave them."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.statuses import PaperKind
from fundtracker.store.base import Base, BigId, Name, Reference, RowId, words
from fundtracker.store.signed import Made


class WordTemplate(Made, Base):
    """A Word file that papers or letters of a kind are written from; the newest is in use, the others stay."""

    __tablename__ = "word_template"

    id: Mapped[RowId]
    kind: Mapped[str] = mapped_column(String(40))  # of papers, or of letters
    name: Mapped[Name]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))


class Paper(Made, Base):
    """A paper as it was made for a meeting: every figure and word of it as JSON, never changed."""

    __tablename__ = "paper"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    kind: Mapped[PaperKind] = mapped_column(words(PaperKind))
    title: Mapped[Name]
    subject: Mapped[Name] = mapped_column(default="")
    as_at: Mapped[date]
    last_entry: Mapped[int] = mapped_column(BigId)
    meeting_on: Mapped[date | None]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("word_template.id"))
    content: Mapped[str]

    template: Mapped[WordTemplate | None] = relationship()


class PaperSignature(Made, Base):
    """Who read a paper and signed it, and what was said in signing."""

    __tablename__ = "paper_signature"

    id: Mapped[RowId]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)
    words: Mapped[str] = mapped_column(default="")

    paper: Mapped[Paper] = relationship()


class PaperWords(Made, Base):
    """What a person wrote in one place of the paper of one occasion (`2020/21-Q1`); the newest stands."""

    __tablename__ = "paper_words"

    id: Mapped[RowId]
    kind: Mapped[PaperKind] = mapped_column(words(PaperKind))
    occasion: Mapped[str] = mapped_column(String(60))
    place: Mapped[Name]
    words: Mapped[str] = mapped_column(default="")
