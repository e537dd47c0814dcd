"""Invariants of the books: each a question whose answer must be that no row breaks it."""

from collections.abc import Callable

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import EITHER_WAY_KINDS, LOWERING_KINDS, Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import AwardType, RunStatus
from fundtracker.services import running
from fundtracker.services.running import Broken
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.runs import PaymentRun
from fundtracker.store.schedules import Instalment


def broken(session: Session) -> Broken:
    """Give where each invariant is broken, and how, in words."""
    for invariant in INVARIANTS:
        yield from invariant(session)


def numbers_have_no_gap(session: Session) -> Broken:
    """Find a gap in the entry numbers, which run from 1 to the book's last."""
    count, last = session.execute(select(func.count(), func.max(Entry.number)).select_from(Entry)).one()
    book = session.scalar(select(Book.last_entry))
    if not count == (last or 0) == book:
        yield "book", f"The book says #{book} is the last entry; there are {count} entries, the last #{last or 0}."


def signs_are_right(session: Session) -> Broken:
    """Find an entry with the wrong sign: each kind has one, and its reversal the other."""
    lowers = Entry.kind.in_(LOWERING_KINDS)
    below = lowers == Entry.reverses.is_(None)
    wrong = or_(Entry.amount == 0, and_(Entry.kind.not_in(EITHER_WAY_KINDS), (Entry.amount < 0) != below))
    for number, kind, amount in session.execute(select(Entry.number, Entry.kind, Entry.amount).where(wrong)):
        yield f"#{number}", f"Entry #{number}, {kind.value}, cannot be {pounds(amount)}."


def reversals_undo_one_entry(session: Session) -> Broken:
    """Find a reversal that does not undo one entry in full, of the same kind and lines."""
    undone = aliased(Entry)
    same = and_(
        undone.kind == Entry.kind,
        undone.amount == -Entry.amount,
        undone.budget_line_id == Entry.budget_line_id,
        func.coalesce(undone.award_line_id, 0) == func.coalesce(Entry.award_line_id, 0),
        undone.reverses.is_(None),
        undone.on_date <= Entry.on_date,
    )
    pairs = select(Entry.number, Entry.reverses).join(undone, undone.number == Entry.reverses).where(~same)
    for number, reverses in session.execute(pairs):
        yield f"#{number}", f"Entry #{number} does not undo #{reverses} in full."


def legs_cancel(session: Session) -> Broken:
    """Find a transfer or carry forward whose two legs do not cancel, reversed or not."""
    for out, into in ((Kind.TRANSFER_OUT, Kind.TRANSFER_IN), (Kind.CARRY_FORWARD_OUT, Kind.CARRY_FORWARD_IN)):
        sums = select(Entry.posting, func.sum(Entry.amount)).where(Entry.kind.in_((out, into))).group_by(Entry.posting)
        for posting, left in session.execute(sums.having(func.sum(Entry.amount) != 0)):
            yield f"#{posting}", f"The legs of the {out.value} posted with #{posting} differ by {pounds(left)}."


def lines_hold(session: Session) -> Broken:
    """Find an award line with a sum below zero, or with more recovered than paid."""
    wrong = or_(
        AwardLine.awarded < 0, AwardLine.paid < 0, AwardLine.recovered < 0, AwardLine.recovered > AwardLine.paid
    )
    rows = select(Award.reference).join(AwardLine, AwardLine.award_id == Award.id).where(wrong)
    for reference in session.scalars(rows):
        yield reference, f"{reference} has a sum below zero, or more recovered than paid."


def entries_stand_on_their_lines(session: Session) -> Broken:
    """Find an entry whose fund is not its budget line's, or whose budget line is not its award line's."""
    rows = select(Entry.number).join(BudgetLine, BudgetLine.id == Entry.budget_line_id)
    rows = rows.outerjoin(AwardLine, AwardLine.id == Entry.award_line_id)
    strays = or_(BudgetLine.fund_id != Entry.fund_id, AwardLine.budget_line_id != Entry.budget_line_id)
    for number in session.scalars(rows.where(strays)):
        yield f"#{number}", f"Entry #{number} stands on another fund's or line's row."


def lines_agree_with_their_awards(session: Session) -> Broken:
    """Find a budget line whose awarded, paid or recovered is not the sum of its award lines'."""
    for name in ("awarded", "paid", "recovered"):
        kept, part = getattr(BudgetLine, name), func.coalesce(func.sum(getattr(AwardLine, name)), 0)
        rows = select(Fund.reference, kept, part).join(BudgetLine, BudgetLine.fund_id == Fund.id)
        rows = rows.outerjoin(AwardLine, AwardLine.budget_line_id == BudgetLine.id)
        differing = rows.group_by(Fund.reference, BudgetLine.id, kept).having(kept != part)
        for reference, whole, parts in session.execute(differing):
            yield reference, f"{reference} has {pounds(whole)} {name}; its awards have {pounds(int(parts))}."


def only_errors_are_paid_without_award(session: Session) -> Broken:
    """Find a gift in kind with a line, or an award paid in error with a value that no write-off gave it."""
    rows = select(Award.reference, Award.type).join(AwardLine, AwardLine.award_id == Award.id)
    gifts = Award.type == AwardType.IN_KIND
    # A write-off gives up what was paid in error, and so raises even that award.
    written = select(Entry.award_line_id).where(Entry.kind == Kind.WRITE_OFF)
    errors = and_(Award.type == AwardType.PAID_IN_ERROR, AwardLine.awarded > 0, AwardLine.id.not_in(written))
    for reference, kind in session.execute(rows.where(or_(gifts, errors))):
        yield reference, f"{reference} is {kind.value} and yet has money on a line."


def payments_have_entries(session: Session) -> Broken:
    """Find a payment without the entry that made it, on its own award line."""
    made = and_(Entry.payment_id == Payment.id, Entry.award_line_id == Payment.award_line_id)
    rows = select(Payment.reference).outerjoin(Entry, made)
    for reference in session.scalars(rows.where(Entry.number.is_(None))):
        yield reference, f"Payment {reference} has no entry."


def schedules_add_up(session: Session) -> Broken:
    """Find a schedule that does not add up to its award line, or to what was paid where that is more."""
    held = AwardLine.paid - AwardLine.recovered
    whole = case((held > AwardLine.awarded, held), else_=AwardLine.awarded)
    planned = func.sum(Instalment.amount)
    rows = select(Award.reference, planned, whole).join(AwardLine, AwardLine.award_id == Award.id)
    rows = rows.join(Instalment, Instalment.award_line_id == AwardLine.id)
    differing = rows.group_by(Award.reference, AwardLine.id, whole).having(planned != whole)
    for reference, parts, sums in session.execute(differing):
        yield reference, f"The instalments of {reference} add up to {pounds(int(parts))}, not {pounds(int(sums))}."


def runs_had_two_people(session: Session) -> Broken:
    """Find a payment run that was authorised or sent without another person than the one who drew it up."""
    gone = PaymentRun.status.in_((RunStatus.AUTHORISED, RunStatus.SENT))
    alone = or_(PaymentRun.authorised_by_id.is_(None), PaymentRun.authorised_by_id == PaymentRun.made_by_id)
    for reference in session.scalars(select(PaymentRun.reference).where(gone, alone)):
        yield reference, f"{reference} was authorised by nobody else than the person who drew it up."


INVARIANTS: tuple[Callable[[Session], Broken], ...] = (
    numbers_have_no_gap,
    signs_are_right,
    reversals_undo_one_entry,
    legs_cancel,
    lines_hold,
    entries_stand_on_their_lines,
    lines_agree_with_their_awards,
    running.running_figure_is_true,
    running.rises_had_room,
    running.falls_left_the_awards,
    running.payments_were_owed,
    running.days_hold,
    only_errors_are_paid_without_award,
    payments_have_entries,
    schedules_add_up,
    runs_had_two_people,
)
