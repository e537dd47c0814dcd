"""Organisations that ask for money and are paid it."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.store.base import Base, Name, RowId
from fundtracker.store.office import Area


class Organisation(Base):
    """One body that asks for money or is paid it; a merged one points at the one that it is."""

    __tablename__ = "organisation"

    id: Mapped[RowId]
    name: Mapped[Name]
    match_key: Mapped[str] = mapped_column(String(400), index=True)
    type: Mapped[str] = mapped_column(default="")
    charity_number: Mapped[str] = mapped_column(default="")
    company_number: Mapped[str] = mapped_column(default="")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    contact: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    stands_for_several: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))

    area: Mapped[Area | None] = relationship()
    merged_into: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    other_names: Mapped[list["OtherName"]] = relationship(order_by="OtherName.id")


class OtherName(Base):
    """A name that an organisation was known by, or that a spreadsheet spells it by."""

    __tablename__ = "other_name"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[RowId]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Name]
    match_key: Mapped[str] = mapped_column(String(400), index=True)


class OrganisationIdentifier(Base):
    """An identifier that an organisation is published under, such as GB-CHC-1164883; one organisation's alone."""

    __tablename__ = "organisation_identifier"

    id: Mapped[RowId]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    identifier: Mapped[Name] = mapped_column(unique=True)
