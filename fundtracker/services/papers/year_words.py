"""The year in numbers in sentences, to copy into the annual report."""

from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Words
from fundtracker.domain.percentages import tenths, tenths_of
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.papers.phrases import listed, some
from fundtracker.services.papers.year_figures import YearFigures
from fundtracker.services.papers.year_tables import Years


def words_to_copy(years: Years) -> tuple[Words, ...]:
    """Say the year's figures in paragraphs, under a heading."""
    said = [("year", _year(years)), ("applications", _applications(years.this)), ("before", _before(years))]
    paragraphs = (Words(f"copy-{key}", text) for key, text in said if text)
    return (Words("copy", "Words for the annual report", level=1), *paragraphs)


def _year(years: Years) -> str:
    year, label = years.this, year_label(years.this.year)
    when = f"In {label}" if years.over else f"In {label}, by {long_date(year.when.day)}"
    balance, counts = year.balance, year.counts
    given = (
        f"{pounds(balance.allocated)} was allocated to {some(year.funds, 'fund')}, and {pounds(balance.awarded)} "
        f"was awarded: {some(counts.awards, 'award')} to {some(counts.organisations, 'organisation')}"
    )
    average = f", {pounds(year.average)} on average" if year.average is not None else ""
    return f"{when}, {given}{average}. {pounds(balance.net_paid)} was paid."


def _applications(year: YearFigures) -> str:
    applied = year.applied
    if not applied.received:
        return ""
    became = [f"{getattr(applied, name):,} {words}" for name, words in _BECAME.items() if getattr(applied, name)]
    return f"{some(applied.received, 'application')} came in: {listed(became)}."


_BECAME = {
    "awarded": "awarded",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "waiting": "waiting for a decision",
}


def _before(years: Years) -> str:
    last = years.last
    if last is None:
        return ""
    when = f"In {years.label}" if years.over else f"By {long_date(last.when.day)}, in {years.label}"
    allocated, awarded = last.balance.allocated, last.balance.awarded
    changes = [
        _change("allocated", years.this.balance.allocated, allocated),
        _change("awarded", years.this.balance.awarded, awarded),
    ]
    return f"{when}, {pounds(allocated)} was allocated and {pounds(awarded)} awarded: {listed(changes)} this year."


def _change(words: str, now: int, then: int) -> str:
    if now == then:
        return f"the same {words}"
    share = tenths_of(abs(now - then), then)
    by = f" ({tenths(share)})" if share is not None else ""
    return f"{pounds(abs(now - then))}{by} {'more' if now > then else 'less'} {words}"
