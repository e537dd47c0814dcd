"""A book in which every kind of entry stands in every kind of place, made from a seed."""

import random
from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import select

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services import allocations, funders, payments, variations
from fundtracker.services.awards import Share
from fundtracker.services.office import set_up_office
from fundtracker.services.organisations import merge
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books, pence

OBJECTIVES, AREAS, TYPES = ("Victims", "Roads"), ("Herefordshire", "Shropshire"), ("Charity", "Parish council", "")
DAYS = (date(2020, 4, 30), date(2020, 6, 30), date(2020, 9, 1))
STEPS = 84


def keep(books: Books, seed: int) -> list[Fund]:
    """Keep a book of four funds, and give them."""
    chance = random.Random(seed)  # noqa: S311 - a book made the same again, no secret
    books.change(set_up_office, name="Office", panel_name="Panel", objectives=OBJECTIVES, areas=AREAS)
    funds = [_fund(books, number, chance) for number in range(4)]
    lines = [line for fund in funds for line in fund.lines]
    recipients = [_recipient(books, number, chance) for number in range(6)]
    books.do(merge, organisation=recipients[0], into=recipients[1])
    for step in range(STEPS):
        with suppress(Refusal):  # what the books refuse is part of every book
            (_award, _award, _on_award, _on_award, _on_award, _on_line, _undo)[step % 7](
                books, lines, recipients, chance
            )
    return funds


def _fund(books: Books, number: int, chance: random.Random) -> Fund:
    objective = _maybe(books, Objective, chance)
    fund = books.fund(
        "9,000", name=f"Fund {number}", reference=f"F{number}", source=tuple(Source)[number % 3], objective=objective,
        programme=("", "Covid")[number % 2],
    )  # fmt: skip
    books.line(fund, "4,000", year=FinancialYear(2021), spend_type=SpendType.CAPITAL)
    return fund


def _recipient(books: Books, number: int, chance: random.Random) -> Organisation:
    area = _maybe(books, Area, chance)
    return books.organisation(f"Group {number}", type=chance.choice(TYPES), area=area, stands_for_several=number == 2)


def _maybe(books: Books, kind: type[Objective] | type[Area], chance: random.Random) -> Any:
    """Give an objective or an area, or none."""
    return chance.choice([None, *books.session.scalars(select(kind).order_by(kind.id))])


def _amount(chance: random.Random) -> str:
    return f"{chance.randrange(1, 900)}.{chance.randrange(1, 100):02d}"


def _award(books: Books, lines: list[BudgetLine], recipients: list[Organisation], chance: random.Random) -> None:
    stated: dict[str, Any] = {
        "objective": _maybe(books, Objective, chance),
        "area": _maybe(books, Area, chance),
    }
    to, on, kind = chance.choice(recipients), chance.choice(DAYS), chance.random()
    if kind < 0.2:
        both = (Share(line=line, amount=pence(_amount(chance))) for line in chance.sample(lines, 2))
        books.award_shares(*both, to=to, on=on, **stated)
    else:
        amount = None if kind < 0.3 else _amount(chance)
        waiting = 0.3 <= kind < 0.4
        books.award(chance.choice(lines), amount, to=to, on=on, subject_to_funding=waiting, **stated)


def _on_award(books: Books, lines: list[BudgetLine], recipients: list[Organisation], chance: random.Random) -> None:
    line, on, kind = chance.choice(books.award_lines()), DAYS[-1], chance.random()
    if kind < 0.5:
        books.do(payments.pay, on, line=line, amount=pence(chance.randrange(1, max(2, line.to_pay + 1))))
    elif kind < 0.75:
        back, lowers = pence(chance.randrange(1, max(2, line.paid - line.recovered))), chance.random() < 0.5
        books.do(payments.refund, on, line=line, amount=back, lowers_award=lowers)
    elif kind < 0.9:
        books.do(variations.vary_award, on, line=line, by=pence(chance.randrange(-line.awarded, 9_000)))
    else:
        books.do(variations.withdraw_award, on, award=line.award, keep_paid=chance.random() < 0.5)


def _on_line(books: Books, lines: list[BudgetLine], recipients: list[Organisation], chance: random.Random) -> None:
    (line, other), on, amount = chance.sample(lines, 2), DAYS[-1], _amount(chance)
    verb = chance.choice((allocations.uplift, allocations.reduce, allocations.record_cut, funders.record_receipt,
                          funders.record_receipt, funders.return_to_funder, allocations.transfer))  # fmt: skip
    if verb is allocations.transfer:
        books.do(verb, on, source=line, target=other, amount=amount)
    else:
        books.do(verb, on, line=line, amount=amount)


def _undo(books: Books, lines: list[BudgetLine], recipients: list[Organisation], chance: random.Random) -> None:
    books.reverse(chance.randrange(1, len(books.entries()) + 1), DAYS[-1])
