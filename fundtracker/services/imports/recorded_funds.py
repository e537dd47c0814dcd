"""Recording a workbook's funds: opened, allocated to, and closed once everything else is in."""

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import FundStatus, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.allocations import allocate
from fundtracker.services.funds import FundDetails, add_line, close_fund, open_fund, suspend_fund
from fundtracker.services.imports.outcome import At, FundNamed
from fundtracker.services.imports.slots import FundSlot, LineSlot
from fundtracker.services.imports.understood import FundStated
from fundtracker.services.imports.work import Work
from fundtracker.services.posting import Particulars
from fundtracker.store.funds import Fund, FundOutcome


def record_fund(work: Work, slot: FundSlot) -> None:
    """Open a fund where it is new, and put its allocations and outcomes in."""
    lines = [line for line in slot.lines.values() if line.stated is not None]
    new = slot.fund is None
    for line in lines:
        if line.at is not None and line.stated is not None:
            with work.row(line.at):
                _record_line(work, slot, line, line.stated)
            if line is lines[0] and slot.fund is not None:
                work.outcome.funds.append(FundNamed(line.at, slot.fund.name, slot.fund.reference, new))
                _look_at_status(work, slot, line.at, new)
    if slot.fund is not None and not new:
        _add_outcomes(work, slot.fund, slot.outcomes)


def settle_status(slot: FundSlot, work: Work) -> None:
    """Close or suspend a fund that was opened here and whose rows say so, now that its rows are in."""
    opened = any(named.new and slot.fund and named.reference == slot.fund.reference for named in work.outcome.funds)
    if slot.fund is None or not opened:
        return
    if slot.status is FundStatus.CLOSED:
        close_fund(work.session, fund=slot.fund, particulars=work.today())
    elif slot.status is FundStatus.SUSPENDED:
        suspend_fund(work.session, fund=slot.fund, particulars=work.today())


def _record_line(work: Work, slot: FundSlot, line: LineSlot, stated: FundStated) -> None:
    year, lot, spend_type = line.key
    if slot.fund is None:
        slot.fund = open_fund(work.session, details=_details(work, slot, line, stated), particulars=work.today())
    if line.line is None:
        line.line = add_line(work.session, fund=slot.fund, year=year, lot=lot, spend_type=spend_type)
    if line.adds and line.adds_on is not None:
        particulars = Particulars(
            on=line.adds_on, by=work.by, narrative=stated.source_note, decision=stated.decision, batch=work.batch,
            date_doubt=line.date_doubt, amount_doubt=stated.amount_doubt,
        )  # fmt: skip
        allocate(work.session, line=line.line, amount=Pence(line.adds), particulars=particulars)


def _details(work: Work, slot: FundSlot, line: LineSlot, stated: FundStated) -> FundDetails:
    return FundDetails(
        name=stated.name, funder=stated.funder, source=stated.source, year=FinancialYear(line.key[0]), lot=line.key[1],
        spend_type=SpendType(line.key[2]), reference=stated.reference, programme=stated.programme,
        purpose=stated.purpose, eligibility=stated.eligibility, notes=stated.notes, source_note=stated.source_note,
        objective=work.objective(stated.objective), opens_on=stated.opens[0], opens_words=stated.opens[1],
        spend_by=stated.spend_by[0], spend_by_words=stated.spend_by[1], outcomes=tuple(slot.outcomes),
    )  # fmt: skip


def _look_at_status(work: Work, slot: FundSlot, at: At, new: bool) -> None:
    if not new and slot.fund is not None and slot.fund.status is not slot.status:
        says = f"{slot.fund.name} stays {slot.fund.status.value} in the books; the file says {slot.status.value}."
        work.outcome.note(at, says)


def _add_outcomes(work: Work, fund: Fund, outcomes: list[str]) -> None:
    first = len(fund.outcomes) + 1
    fund.outcomes.extend(FundOutcome(position=first + i, words=words) for i, words in enumerate(outcomes))
    fund.outcome_needed = fund.outcome_needed or bool(outcomes)
