"""What the Panel is told of one fund: what was secured or set aside, what was given and to whom, and what is next."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import FundStatus, Source
from fundtracker.domain.years import long_date
from fundtracker.services.papers.drafts import Draft, Fact
from fundtracker.services.papers.panel_examples import chosen, facts_of, inline, uses
from fundtracker.services.papers.panel_reading import Reading, Told
from fundtracker.services.papers.phrases import amount, funder_name, in_sentence, listed, some, the_fund

NEW, IS_NEW = " (new this quarter)", "This is new in the quarter."


def fund_drafts(told: Told, reading: Reading, names: frozenset[str]) -> Iterator[Draft]:
    """Give the heading of a fund and its paragraphs."""
    fund = told.fund
    key = f"fund.{fund.reference}"
    yield Draft(key, fund.name + (NEW if told.is_new else ""), level=2)
    facts = _facts(told, reading)
    yield Draft(f"{key}.secured", _secured(told, names), facts=facts, warnings=tuple(_about_source(told)))
    yield _given(told, reading, facts, names)
    if fund.outcomes:
        asks = "To succeed, an application has to help achieve at least one of these outcomes:"
        says = asks if fund.outcome_needed else "It is meant to achieve these outcomes:"
        yield Draft(f"{key}.outcomes", says, bullets=tuple(outcome.words for outcome in fund.outcomes))
    if fund.status is not FundStatus.CLOSED:
        yield _next(told, reading, facts)


def _facts(told: Told, reading: Reading) -> dict[str, Fact]:
    balance, fund, quarter = told.balance, told.fund, reading.quarter
    about: dict[str, Any] = {"fund": fund.reference, "year": quarter.year, "as_at": reading.when.day}
    new = balance - told.before

    def money(figure: Figure, pence: Pence, since: date | None = None) -> Fact:
        return Fact(amount(pence), ask(figure, **about, since=since))

    many = Fact(some(told.counts.organisations, "organisation"), ask(Figure.ORGANISATIONS, **about))
    return {
        _first(told): money(Figure.ORIGINAL, balance.original),
        "allocated": money(Figure.ALLOCATED, balance.allocated),
        "awarded": money(Figure.AWARDED, balance.awarded),
        "awarded this quarter": money(Figure.AWARDED, new.awarded, since=quarter.first),
        "given out this quarter": money(Figure.NET_PAID, new.net_paid, since=quarter.first),
        "organisations": many,
        "given out": money(Figure.NET_PAID, balance.net_paid),
        "left to award": money(Figure.REMAINING, balance.remaining),
        "to recover": money(Figure.TO_RECOVER, balance.to_recover),
    }


def _first(told: Told) -> str:
    """Name what was there at first: nothing was where all of it came from another year or line."""
    if told.balance.original == 0:
        return "allocated"
    return "secured" if told.fund.source is Source.EXTERNAL else "earmarked"


def _secured(told: Told, names: frozenset[str]) -> str:
    fund, balance = told.fund, told.balance
    called = the_fund(fund.name)
    if balance.original == 0:
        says = f"{called[:1].upper()}{called[1:]} has [[allocated]] for the year."
    elif fund.source is Source.EXTERNAL:
        says = f"The Commissioner has secured [[secured]] from {funder_name(fund.funder)[0]} for {called}."
    elif fund.source is Source.OWN and told.is_new:
        says = f"The Commissioner has launched {called} and set aside [[earmarked]] for it."
    else:
        says = f"The Commissioner has set aside [[earmarked]] for {called}."
    if balance.original and balance.allocated != balance.original:
        says += " It now stands at [[allocated]]."
    says += f" It is for {in_sentence(fund.purpose, names).rstrip('.')}." if fund.purpose else ""
    return says + (f" It is open to {in_sentence(fund.eligibility, names).rstrip('.')}." if fund.eligibility else "")


def _about_source(told: Told) -> Iterator[str]:
    note = funder_name(told.fund.funder)[1]
    if note:
        yield f"The funder is recorded with a note: {note}."


def _given(told: Told, reading: Reading, facts: dict[str, Fact], names: frozenset[str]) -> Draft:
    examples = chosen(told.awards, reading.quarter)
    parts = [_in_total(told, inline(examples)), *_more(told)]
    return Draft(
        f"fund.{told.fund.reference}.given",
        " ".join(parts),
        bullets=tuple(uses(examples, names)),
        facts=facts | facts_of(examples),
        warnings=(*told.doubts.sentences(), *_not_stated(told)),
    )


def _in_total(told: Told, examples: str) -> str:
    balance = told.balance
    many = len(told.awards) > examples.count("]]") > 0
    such = f"{', with' if many else ':'} {examples}" if examples else ""
    whom = " to [[organisations]]" if told.counts.organisations else ""
    if balance.net_paid > 0:
        of = _first(told)
        says = f"In total [[given out]] of the [[{of}]] {of} was given out"
        if told.all_paid:
            return f"{says}{such}." + (f" It went{whom}{_and_others(told)}." if whom else "")
        return f"[[awarded]] has been awarded{whom}{_and_others(told)}{such}. {says}."
    if balance.awarded <= 0:
        return "Nothing has been awarded from it yet."
    whole = "All of it, [[awarded]]," if balance.remaining == 0 else "[[awarded]] of it"
    return f"{whole} has been awarded{whom}{_and_others(told)}{such}. No payment of it is recorded yet."


def _and_others(told: Told) -> str:
    return ", and to others recorded together" if any(given.several for given in told.awards) else ""


def _more(told: Told) -> Iterator[str]:
    """Say what is new in the quarter where not all of it is, what is left, and what is to come back."""
    balance, new = told.balance, told.balance - told.before
    if not told.is_new and (balance.awarded or balance.net_paid):
        yield _this_quarter(new)
    if told.counts.without_value:
        yield f"{some(told.counts.without_value, 'award has', 'awards have')} no value stated, counted in no figure."
    if balance.remaining and balance.awarded > 0:
        closed = told.fund.status is FundStatus.CLOSED
        left = "The fund is closed, with [[left to award]] not awarded." if closed else "[[left to award]] is left."
        yield left if balance.remaining > 0 else "More is awarded than allocated: [[left to award]] is left."
    if balance.to_recover:
        yield "[[to recover]] is to come back from those it was paid to."


def _this_quarter(new: Balance) -> str:
    parts = ["[[awarded this quarter]] awarded"] if new.awarded else []
    parts += ["[[given out this quarter]] given out"] if new.net_paid else []
    return f"New this quarter: {listed(parts)}." if parts else "Nothing of it is new this quarter."


def _not_stated(told: Told) -> Iterator[str]:
    if told.counts.without_value:
        yield f"{some(told.counts.without_value, 'award')} of this fund without a value."


def _next(told: Told, reading: Reading, facts: dict[str, Fact]) -> Draft:
    steps, more, says = told.steps, {}, []
    if told.fund.opens_on and told.fund.opens_on > reading.when.day:
        says.append(f"It opens on {long_date(told.fund.opens_on)}.")
    if steps.waiting:
        more["waiting"] = Fact(some(steps.waiting, "application"))
        says.append("[[waiting]] " + ("waits" if steps.waiting == 1 else "wait") + " for a decision.")
    if steps.payments:
        more["next payments"] = Fact(amount(steps.payments.amount))
        says.append(f"The next payments, of [[next payments]], are due on {long_date(steps.payments.on)}.")
    if steps.receipts:
        more["next from funder"] = Fact(amount(steps.receipts.amount))
        on = long_date(steps.receipts.on)
        says.append(f"The funder’s next payment, of [[next from funder]], is expected on {on}.")
    says += _to_spend(told)
    warnings = () if says else ("No next step of this fund is on record. Write what happens next, and by when.",)
    key = f"fund.{told.fund.reference}.next"
    return Draft(key, " ".join(says), facts=facts | more, warnings=warnings)


def _to_spend(told: Told) -> Iterator[str]:
    fund = told.fund
    if fund.spend_by:
        yield f"It is to be spent by {long_date(fund.spend_by)}."
    elif fund.spend_by_words:
        yield f"When it is to be spent: {fund.spend_by_words.rstrip('.')}."
