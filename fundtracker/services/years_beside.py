"""Years beside each other: the year in hand, this day last year, and last year in full, fund by fund and in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.statuses import Doubt, Source
from fundtracker.domain.years import FinancialYear, first_day, last_day, year_of
from fundtracker.services.counts import Counts, count_some, fund_counts
from fundtracker.services.figures import AsAt, counted, fund_balances
from fundtracker.services.summaries import FundFacts, Summary
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

FEBRUARY, ALL_OF_IT = 2, 1000


@dataclass(frozen=True)
class LastYear:
    """Last year's balance at this date and in full; `example` where it rests on amounts marked illustrative."""

    this_day: Balance
    in_full: Balance
    example: bool


@dataclass(frozen=True)
class FundYears:
    """
    One fund: its lines of the year in hand, and last year beside them; None where it had no last year.

    `last_of` is the fund whose last year it is: this one, or the one that it follows.
    """

    fund: FundFacts
    balance: Balance
    counts: Counts
    last: LastYear | None = None
    last_of: FundFacts | None = None


@dataclass(frozen=True)
class Group:
    """The funds of one source; `ended` is those of last year alone, which no row here goes on from."""

    source: Source
    rows: list[FundYears]
    ended: dict[FundFacts, LastYear]

    @property
    def balance(self) -> Balance:
        """Add the funds up."""
        return total(row.balance for row in self.rows)

    @property
    def last(self) -> LastYear:
        """Add last year up, with the funds that ended."""
        return add_last([*(row.last for row in self.rows if row.last), self.ended_last])

    @property
    def ended_last(self) -> LastYear:
        """Add up the funds that ended."""
        return add_last(self.ended.values())


@dataclass(frozen=True)
class YearsBeside:
    """
    The books as at a day, their year in hand, and the year before beside it.

    `year` is None where no year has entries yet: the rows are then those of the whole book. `this_day` and `in_full`
    say what last year's figures are as at; they are None where the year before has no lines.
    """

    books: Summary
    year: FinancialYear | None
    groups: list[Group]
    counts: Counts
    this_day: AsAt | None = None
    in_full: AsAt | None = None

    @property
    def rows(self) -> list[FundYears]:
        """Give every fund with lines of the year in hand."""
        return [row for group in self.groups for row in group.rows]

    @property
    def balance(self) -> Balance:
        """Add the year in hand up."""
        return total(group.balance for group in self.groups)

    @property
    def last(self) -> LastYear | None:
        """Add last year up; None where the year before has no lines."""
        return None if self.this_day is None else add_last([group.last for group in self.groups])

    @property
    def is_over(self) -> bool:
        """Say whether the year in hand was over by the day, with no money in any year since."""
        return self.year is not None and self.year < year_of(self.books.when.day)

    @property
    def all_example(self) -> bool:
        """Say whether every figure of last year is an example."""
        found = [row.last for row in self.rows if row.last]
        return all(one.example for one in [*found, *(last for group in self.groups for last in group.ended.values())])

    @property
    def other_years(self) -> Balance | None:
        """Give what lines of other years hold; None where they hold nothing."""
        other = self.books.balance - self.balance
        return None if other == Balance() else other


def years_beside(session: Session, books: Summary, year: FinancialYear | None = None) -> YearsBeside:
    """Set the year before beside a year, or beside the year in hand, in a constant number of queries."""
    when = books.when
    year = year_in_hand(session, when) if year is None else year
    facts = {row.fund.id: row.fund for row in books.funds}
    if year is None:
        rows = [FundYears(row.fund, row.balance, row.counts) for row in books.funds]
        return YearsBeside(books, None, _grouped(rows, {}), books.counts)
    balances, counts = fund_balances(session, when, year=year), fund_counts(session, when, year)
    over_all = count_some(session, when, balances, year)
    this_day, in_full = _then(when, year_ago(when.day)), _then(when, last_day(year - 1))
    before = _last_year(session, this_day, in_full, FinancialYear(year - 1))
    claimed = _claim([facts[key] for key in facts if key in balances], before)
    rows = [
        FundYears(fund, balances[key], counts.get(key, Counts()), before.get(whose), facts.get(whose))
        for key, fund in facts.items()
        if key in balances
        for whose in (claimed.get(key, 0),)
    ]
    ended = {facts[key]: last for key, last in before.items() if key not in claimed.values()}
    groups = _grouped(rows, ended)
    return YearsBeside(books, year, groups, over_all, *((this_day, in_full) if before else ()))


def year_in_hand(session: Session, when: AsAt) -> FinancialYear | None:
    """Give the financial year of a day where its lines have entries by then, else the newest before it that does."""
    moved = exists().where(Entry.budget_line_id == BudgetLine.id, *counted(when))
    found = session.scalar(select(func.max(BudgetLine.year)).where(BudgetLine.year <= year_of(when.day), moved))
    return None if found is None else FinancialYear(found)


def year_ago(day: date) -> date:
    """Give the same day a year before; 28 February for the 29th."""
    leap = (day.month, day.day) == (FEBRUARY, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def time_gone(day: date, year: FinancialYear, opens_on: date | None = None, spend_by: date | None = None) -> int:
    """
    Give how much of the time for a year's money has gone by a day, in tenths of a per cent.

    It runs from the day the fund opened, where that is in the year, to its spend-by date or 31 March if that is first.
    """
    first, last = max(opens_on or first_day(year), first_day(year)), min(spend_by or last_day(year), last_day(year))
    days = (last - first).days + 1
    gone = (min(day, last) - first).days + 1
    return ALL_OF_IT if days <= 0 else max(0, (2 * gone * ALL_OF_IT + days) // (2 * days))


def add_last(every: Iterable[LastYear]) -> LastYear:
    """Add last years up; one that rests on an example makes the sum one."""
    found = list(every)
    sums = total(one.this_day for one in found), total(one.in_full for one in found)
    return LastYear(*sums, example=any(one.example for one in found))


def _then(when: AsAt, day: date) -> AsAt:
    return AsAt(day=day, last_entry=when.last_entry, kept=False)


def _last_year(session: Session, this_day: AsAt, in_full: AsAt, year: FinancialYear) -> dict[int, LastYear]:
    """Give last year's balances by fund, of each fund with a line of it."""
    then, full = fund_balances(session, this_day, year=year), fund_balances(session, in_full, year=year)
    marked = examples(session, year) if full else frozenset()
    return {key: LastYear(then.get(key, Balance()), full[key], key in marked) for key in full}


def examples(session: Session, year: FinancialYear) -> frozenset[int]:
    """Give the funds whose lines of a year have amounts marked illustrative."""
    of_year = select(BudgetLine.fund_id).where(BudgetLine.year == year)
    entries = of_year.join(Entry, Entry.budget_line_id == BudgetLine.id)
    awards = of_year.join(AwardLine, AwardLine.budget_line_id == BudgetLine.id)
    awards = awards.join(Award, Award.id == AwardLine.award_id).where(Award.amount_doubt == Doubt.ILLUSTRATIVE)
    both = entries.where(Entry.amount_doubt == Doubt.ILLUSTRATIVE).union(awards)
    return frozenset(fund_id for (fund_id,) in session.execute(both))


def _claim(funds: Iterable[FundFacts], before: dict[int, LastYear]) -> dict[int, int]:
    """Say whose last year is whose: a fund's own, else that of the fund it follows, and nobody's twice."""
    funds = list(funds)
    claimed = {fund.id: fund.id for fund in funds if fund.id in before}
    for fund in sorted(funds, key=lambda one: one.id):
        source = fund.follows_id
        if fund.id not in claimed and source in before and source not in claimed.values():
            claimed[fund.id] = source
    return claimed


def _grouped(rows: list[FundYears], ended: dict[FundFacts, LastYear]) -> list[Group]:
    groups = [
        Group(
            source,
            [row for row in rows if row.fund.source is source],
            {fund: last for fund, last in ended.items() if fund.source is source},
        )
        for source in Source
    ]
    return [group for group in groups if group.rows or group.ended]
