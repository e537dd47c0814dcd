"""How templates write money, dates and shares."""

import re
from typing import Any

from flask import Flask
from jinja2.filters import do_urlencode

from fundtracker.domain.dates import short_date
from fundtracker.domain.money import figure, pounds, share
from fundtracker.domain.percentages import tenths
from fundtracker.domain.years import long_date, long_moment, year_label
from fundtracker.web.approvals.asking import approval_note
from fundtracker.web.bars import bar_parts, draw_bar, swatch
from fundtracker.web.particulars import late_note

_AS_IT_IS = re.compile(r"[A-Za-z0-9_.~/-]+").fullmatch


def set_up_filters(app: Flask) -> None:
    """Give templates the domain's own writers, so that a figure is written one way everywhere."""
    for write in (pounds, figure, long_date, long_moment, short_date, year_label, share, tenths):
        app.add_template_filter(write)
    app.add_template_filter(_sentence, "sentence")
    app.add_template_filter(_urlencode, "urlencode")
    for draw in (bar_parts, draw_bar, swatch):
        app.add_template_global(draw)
    app.add_template_global(late_note)
    app.add_template_global(approval_note)


def _sentence(text: str) -> str:
    """Begin with a capital: `external` becomes `External`."""
    return text[:1].upper() + text[1:]


def _urlencode(value: Any) -> str:
    """Write a part of an address as Jinja does; a reference, which stands as it is, is not taken apart for it."""
    return value if type(value) is str and _AS_IT_IS(value) else do_urlencode(value)
