"""What templates print: escaped to the letter as Jinja itself escapes it."""

from enum import StrEnum

import pytest
from flask import Flask
from jinja2 import Environment, Undefined, UndefinedError
from markupsafe import Markup

from fundtracker.web.application import Application


class Word(StrEnum):
    """A word with letters that HTML takes for its own."""

    TAG = "<b>"


class Drawn:
    """Something that gives its own markup."""

    def __html__(self) -> str:
        """Give it."""
        return "<i>'</i>"


SOURCE = """
{% macro row(value) %}<td title="{{ value }}">{{ value }}{{ caller() if caller }}</td>{% endmacro %}
{% set kept %}{{ value }}&amp;{% endset %}
{{ row(value) }}{{ kept }}{{ value ~ "<" }}{{ value | string | upper }}{% call row("x") %}{{ value }}{% endcall %}
{% autoescape false %}{{ value }}{% endautoescape %}{% for _ in "ab" %}{{ loop.index }}{{ value }}{% endfor %}
"""


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "<script>'\"&</script>",
        "Señor & Ørsted 日本",
        Markup("<b>&amp;</b>"),
        Word.TAG,
        Drawn(),
        7,
        None,
        ["<"],
    ],
)
def test_prints_what_jinja_prints(value: object) -> None:
    ours = Application("fundtracker").jinja_env.from_string(SOURCE).render(value=value)

    assert ours == Environment(autoescape=True).from_string(SOURCE).render(value=value)


def test_prints_nothing_for_what_is_not_there_and_never_what_is_wrong(app: Flask) -> None:
    one = app.jinja_env.from_string("[{{ nothing }}]")

    assert one.render() == "[]"
    assert isinstance(app.jinja_env.undefined(), Undefined)
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nothing.at_all }}").render()


@pytest.mark.parametrize("part", ["SSF20-003", "a/b.c~d_e", "Señor & co", "100%", "a b+c", "", 7])
def test_writes_a_part_of_an_address_as_jinja_writes_it(app: Flask, part: object) -> None:
    ours = app.jinja_env.from_string("{{ part | urlencode }}").render(part=part)

    assert ours == Environment(autoescape=True).from_string("{{ part | urlencode }}").render(part=part)
