"""What an address may hold: nothing that a database would choke on, so that it is not found before it is asked for."""

from typing import Any, Final

from flask import Flask, url_for
from werkzeug.routing import IntegerConverter, PathConverter, UnicodeConverter, ValidationError

MOST: Final = 2**31 - 1  # the largest number that a row of PostgreSQL can have


class Number(IntegerConverter):
    """The number of a row."""

    def to_python(self, value: str) -> int:
        """Give the number; raises ValidationError, which is a page not found, for one that no row can have."""
        number = int(super().to_python(value))
        if number > MOST:
            raise ValidationError
        return number


class Key(UnicodeConverter):
    """A key, without control characters."""

    def to_python(self, value: str) -> str:
        """Give the key; raises ValidationError, which is a page not found, for what cannot be one."""
        return _plain(super().to_python(value))


class Reference(PathConverter):
    """A reference, with or without slashes, without control characters."""

    def to_python(self, value: str) -> str:
        """Give the reference; raises ValidationError, which is a page not found, for what cannot be one."""
        return _plain(super().to_python(value))


def set_up_addresses(app: Flask) -> None:
    """Read the parts of every address with these; before any page is registered."""
    app.add_template_global(stem_of)
    app.url_map.converters |= {"int": Number, "default": Key, "string": Key, "path": Reference}


def stem_of(endpoint: str, last: str = "ref", **before: Any) -> str:
    """Give the address of a page up to its last part, for lists that write it fifty times over."""
    parts: dict[str, Any] = {**before, last: 0}
    return url_for(endpoint, **parts).removesuffix("0")


def whole_number(typed: str) -> int | None:
    """Read a whole number that an address or a hidden field gives; None for what no row can have."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST)) else None
    return None if number is None or number > MOST else number


def _plain(text: str) -> str:
    if not text.isprintable():
        raise ValidationError
    return text
