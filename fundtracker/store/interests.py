"""Interests that people have declared, in an organisation or in one application."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.store.applications import Application
from fundtracker.store.base import Base, RowId
from fundtracker.store.organisations import Organisation
from fundtracker.store.people import Person
from fundtracker.store.signed import Made, Undone


class Interest(Made, Undone, Base):
    """What a person has declared; while it stands, that person neither sees nor acts on what it touches."""

    __tablename__ = "interest"

    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    words: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    organisation: Mapped[Organisation | None] = relationship()
    application: Mapped[Application | None] = relationship()
