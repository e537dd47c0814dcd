"""Every picture of a year's money as at a day."""

from sqlalchemy.orm import Session

from fundtracker.services.pictures.areas import by_area
from fundtracker.services.pictures.funds import spend_and_time
from fundtracker.services.pictures.months import by_month
from fundtracker.services.pictures.picture import Picture
from fundtracker.services.pictures.recipients import top_recipients
from fundtracker.services.years_beside import YearsBeside


def gallery(session: Session, beside: YearsBeside) -> list[Picture]:
    """Give every picture of the year in hand, in a constant number of queries; none where no year has entries."""
    if beside.year is None or not beside.rows:
        return []
    pictures = [spend_and_time(beside), *by_month(session, beside)]
    return [*pictures, by_area(session, beside), top_recipients(session, beside)]
