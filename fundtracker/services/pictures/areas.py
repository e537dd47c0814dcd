"""Where the money lands: what was awarded of a year's money, by area."""

from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Cell, Column, Table
from fundtracker.services.cuts import By, cut
from fundtracker.services.pictures.picture import AWARDED_COLUMNS, Picture, as_at_of, awarded_rows
from fundtracker.services.years_beside import YearsBeside

NO_AREA = "No area stated"


def by_area(session: Session, beside: YearsBeside) -> Picture:
    """Show what was awarded by area, most first; an award without an area counts where its recipient is."""
    when = beside.books.when
    parts = {area: balance for area, balance in cut(session, when, beside.year, By.AREA).items() if area is not None}
    landed = sorted(parts.items(), key=lambda part: (part[0] == "", -part[1].awarded, part[0].casefold()))
    named = [
        (area or "none", Cell(area or NO_AREA), balance,
         ask(Figure.AWARDED, area=area, year=beside.year, as_at=as_at_of(when)))
        for area, balance in landed
    ]  # fmt: skip
    left = f"{pounds(beside.balance.remaining)} is not awarded yet." if beside.balance.remaining > 0 else ""
    table = Table(
        "areas", "Where the money lands", (Column("area", "Area"), *AWARDED_COLUMNS), awarded_rows(named), left
    )
    stated = [one for one in named if one[0] != "none"]
    says = f"{stated[0][1].value} has most, {pounds(stated[0][2].awarded)}." if stated else "No award states an area."
    return Picture("areas", table.title, f"{says} {left}".strip(), table)
