"""Recording: a whole workbook in the caller's transaction, as one batch; or a refusal that names the rows."""

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Fate
from fundtracker.domain.text import match_key, one_line
from fundtracker.domain.years import now
from fundtracker.services.imports.outcome import ImportRefusedError, Outcome
from fundtracker.services.imports.plan import Plan, make_plan
from fundtracker.services.imports.recorded_awards import record_planned_award, record_planned_bid
from fundtracker.services.imports.recorded_funds import record_fund, settle_status
from fundtracker.services.imports.understood import OrganisationStated, Problem, Understood
from fundtracker.services.imports.work import Work
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.store.imports import Batch


def record(session: Session, *, understood: Understood, by: Actor) -> Outcome:
    """
    Record what a workbook states and the books do not have yet, in the caller's transaction.

    Raises ImportRefusedError, with what became of every row, where not all of it can come in.
    """
    plan = make_plan(session, understood)
    outcome = plan.outcome
    if all(sheet.header_row is None for sheet in understood.sheets):
        says = "No sheet is called Funds, Organisations, Awards or Bids and has their headings."
        outcome.problems.append(Problem("", None, "", says))
    if outcome.refusing:
        raise ImportRefusedError(outcome)
    batch = _batch(plan, by)
    if batch.rows_taken:
        session.add(batch)
        session.flush()
        outcome.batch_number = batch.id
    _record_all(Work(session, batch, by, outcome), plan)
    session.flush()
    return outcome


def _record_all(work: Work, plan: Plan) -> None:
    for slot in plan.slots.all():
        record_fund(work, slot)
    work.organisations = {key: found[0] for key, found in plan.known.organisations.items() if found}
    for at, organisation in plan.organisations.values():
        with work.row(at):
            _record_organisation(work, organisation)
    # References of the office's own come first, so that none is given away that a later row has.
    for award in sorted(plan.awards, key=lambda award: not award.stated.reference):
        with work.row(award.at):
            record_planned_award(work, award)
    for at, bid in plan.bids:
        with work.row(at):
            record_planned_bid(work, at, bid)
    for slot in plan.slots.all():
        settle_status(slot, work)


def _record_organisation(work: Work, stated: OrganisationStated) -> None:
    details = OrganisationDetails(
        name=stated.name, type=stated.type, charity_number=stated.charity_number,
        company_number=stated.company_number, area=work.area(stated.area), contact=stated.contact,
        address=stated.address, notes=stated.notes, stands_for_several=stated.stands_for_several,
    )  # fmt: skip
    added = add_organisation(work.session, details=details, particulars=work.today())
    work.organisations[match_key(stated.name)] = added


def _batch(plan: Plan, by: Actor) -> Batch:
    taken = [
        row.amount or 0
        for sheet in plan.understood.sheets
        for row in sheet.rows
        if plan.outcome.fates.get((sheet.name, row.number)) is Fate.TAKEN
    ]
    return Batch(
        file_name=one_line(plan.understood.file_name)[:400], digest=plan.understood.digest, rows_taken=len(taken),
        amount_taken=Pence(sum(taken)), brought_in_at=now(), brought_in_by=by.name, brought_in_by_id=by.person_id,
    )  # fmt: skip
