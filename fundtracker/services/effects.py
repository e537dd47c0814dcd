"""Effects: what entries that are not posted yet would do to the sums of an award and of a fund."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain import balances
from fundtracker.domain.balances import Balance, total
from fundtracker.domain.kinds import Measure
from fundtracker.domain.money import Pence
from fundtracker.services.drafts import Draft
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import Fund


@dataclass(frozen=True)
class Effect:
    """A balance now, and as it would be."""

    now: Balance
    after: Balance


def line_balance(line: AwardLine, drafts: Iterable[Draft] = ()) -> Balance:
    """Give what an award line keeps, in pence, with entries to come counted in."""
    mine = [draft for draft in drafts if draft.award_line is line]
    awarded = line.awarded + _moved(mine, Measure.AWARDED)
    paid = line.paid + _moved(mine, Measure.PAID)
    recovered = line.recovered + _moved(mine, Measure.RECOVERED)
    return Balance(
        awarded=Pence(awarded),
        paid=Pence(paid),
        recovered=Pence(recovered),
        to_pay=balances.to_pay(awarded, paid, recovered),
        to_recover=balances.to_recover(awarded, paid, recovered),
    )


def award_balance(award: Award, drafts: Iterable[Draft] = ()) -> Balance:
    """Add up what an award's lines keep, in pence, with entries to come counted in: line by line, never pooled."""
    return total(line_balance(line, drafts) for line in award.lines)


def on_awards(drafts: Sequence[Draft]) -> dict[Award, Effect]:
    """Say what drafts would do to each award that they touch."""
    awards = dict.fromkeys(draft.award_line.award for draft in drafts if draft.award_line)
    return {award: Effect(award_balance(award), award_balance(award, drafts)) for award in awards}


def on_funds(session: Session, drafts: Sequence[Draft]) -> dict[Fund, Effect]:
    """Say what drafts would do to each fund that they touch."""
    funds = list(dict.fromkeys(draft.line.fund for draft in drafts))
    kept = fund_balances(session, as_at(session), [fund.id for fund in funds])
    effects = {}
    for fund in funds:
        now = kept.get(fund.id, Balance())
        moves = [_as_balance(draft) for draft in drafts if draft.line.fund is fund]
        lines = {d.award_line.id: d.award_line for d in drafts if d.award_line and d.line.fund is fund}.values()
        effects[fund] = Effect(now, total([now, *moves, *(_debts(line, drafts) for line in lines)]))
    return effects


def _as_balance(draft: Draft) -> Balance:
    return Balance(**{draft.kind.measure.value: Pence(draft.amount)})


def _debts(line: AwardLine, drafts: Sequence[Draft]) -> Balance:
    after = line_balance(line, drafts)
    to_pay, to_recover = after.to_pay - line.to_pay, after.to_recover - line.to_recover
    return Balance(to_pay=Pence(to_pay), to_recover=Pence(to_recover))


def _moved(drafts: Iterable[Draft], measure: Measure) -> int:
    return sum(draft.amount for draft in drafts if draft.kind.measure is measure)
