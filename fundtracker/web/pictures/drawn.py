"""Which drawing each picture has."""

from collections.abc import Callable, Mapping

from fundtracker.domain.papers import Table
from fundtracker.services.pictures.picture import Picture
from fundtracker.web.pictures.bars import awarded_bars, spend_bars
from fundtracker.web.pictures.columns import month_columns
from fundtracker.web.pictures.strokes import Drawing

DRAWINGS: Mapping[str, Callable[[Table], Drawing]] = {
    "funds": spend_bars,
    "awarded-by-month": month_columns,
    "paid-by-month": month_columns,
    "areas": awarded_bars,
    "recipients": awarded_bars,
}


def draw(picture: Picture) -> Drawing:
    """Draw a picture from its table."""
    return DRAWINGS[picture.key](picture.table)
