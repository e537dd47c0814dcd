"""Which line of an award a form is about: it names the line by its place in the award."""

from collections.abc import Iterable

from fundtracker.store.awards import Award, AwardLine
from fundtracker.web.forms import Form


def line_named(award: Award, form: Form, places: Iterable[int]) -> AwardLine:
    """Give the line that a form names among those offered; where it offers no choice, the first of them."""
    offered = {str(place): place for place in places}
    chosen = form["line"].data if "line" in form else ""
    return award.lines[offered.get(chosen, next(iter(offered.values()), 0))]
