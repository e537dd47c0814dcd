"""What every table shares: naming, exact pence, UTC moments and words kept by value."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from fundtracker.domain.money import Pence

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A BIGINT primary key on SQLite is not the row id and takes NULL, so there it is an INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")


class PenceColumn(TypeDecorator[Pence]):
    """Whole pence: refuses True, 1.5, '12' and Decimal, which one engine or the other would take."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Pass an exact int on; raises TypeError for anything else."""
        if value is not None and type(value) is not int:
            raise TypeError(f"pence must be an int, not {value!r}")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> Pence | None:
        """Give a sum back as an int, which PostgreSQL hands over as a Decimal."""
        return None if value is None else Pence(int(value))

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Leave what SQLite gives as it is: its sums of ints are ints, and a list has thousands of them."""
        return None if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; raises ValueError for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(choices: type[StrEnum]) -> Enum:
    """Store a choice by its value, with a check that it is one of them."""
    return Enum(
        choices,
        values_callable=lambda kind: [member.value for member in kind],
        native_enum=False,
        create_constraint=False,  # the migrations name the checks
        length=40,
    )


class Base(DeclarativeBase):
    """The root of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={Pence: PenceColumn, datetime: Moment, str: Text},
    )


RowId = Annotated[int, mapped_column(BigId, primary_key=True)]
Reference = Annotated[str, mapped_column(String(60), unique=True)]  # a payment's, of a fund's 40
Name = Annotated[str, mapped_column(String(400))]
