"""People who sign in, the posts they hold, who stands in for them, and their open sessions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.roles import Role
from fundtracker.store.base import Base, Name, RowId, words
from fundtracker.store.signed import Made, Undone


class Person(Base):
    """Someone who may sign in: their main post says which first page they get, and they may hold others."""

    __tablename__ = "person"

    id: Mapped[RowId]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Name]
    role: Mapped[Role] = mapped_column(words(Role))
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    held_until: Mapped[datetime | None]

    others: Mapped[list["PersonRole"]] = relationship(cascade="all, delete-orphan", order_by="PersonRole.id")

    @property
    def roles(self) -> frozenset[Role]:
        """Give every post that the person holds."""
        return frozenset({self.role, *(other.role for other in self.others)})


class PersonRole(Base):
    """A post that a person holds beside their main one."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(words(Role))


class Absence(Base, Made, Undone):
    """The days, first and last counted, on which a person is away and a named deputy decides in their place."""

    __tablename__ = "absence"

    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    why: Mapped[str]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    deputy: Mapped[Person] = relationship(foreign_keys=deputy_id)


class SignIn(Base):
    """
    One open session; deleting the row ends it. The token itself is kept only by the browser.

    One that is `waiting` was opened by a password, and opens no page until a code is given.
    """

    __tablename__ = "sign_in"

    id: Mapped[RowId]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    waiting: Mapped[bool] = mapped_column(default=False)
    outside: Mapped[bool] = mapped_column(default=False)  # opened by the office's identity provider

    person: Mapped[Person] = relationship()


class SecondFactor(Base):
    """The secret that a person's phone makes codes from, and the last 30 seconds for which a code was taken."""

    __tablename__ = "second_factor"

    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    secret: Mapped[str] = mapped_column(String(64))
    last_step: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands for a lost phone, once; only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class OutsideIdentity(Base):
    """Who a person is to the office's identity provider: an issuer and its subject, never an email address."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issuer: Mapped[Name]
    subject: Mapped[str] = mapped_column(String(255))


class AddressCount(Base):
    """How often one address of the network asked to sign in during one minute."""

    __tablename__ = "address_count"

    id: Mapped[RowId]
    address: Mapped[str] = mapped_column(String(45), unique=True)
    since: Mapped[datetime]
    asked: Mapped[int]
