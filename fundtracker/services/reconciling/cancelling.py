"""Credits: lines that take back other lines, which must not be matched with a payment for their amount alone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from fundtracker.services.reconciling.items import Item, Suggestion
from fundtracker.services.reconciling.likeness import NAMED_ALIKE, SAME_NAME, Likeness, compare, names

_UNSURE = 80
_BASE, _SAME_REFERENCE = 45, 20


def cancelling(lines: Sequence[Item], ours: Sequence[Item], used: set[Item]) -> Iterator[Suggestion]:
    """Pair each credit with the line to the same payee that it takes back, unless we have the like of it ourselves."""
    debits, mine = _by_amount(lines), _by_amount(ours)
    for credit in (line for line in lines if line.amount < 0 and line not in used):
        if any(_ours(credit, item) for item in mine[credit.amount]):
            continue
        found = [line for line in debits[-credit.amount] if line not in used and _taken_back(credit, line)]
        if found:
            debit = min(found, key=lambda line: _order(credit, line))
            payments = [item for item in mine[debit.amount] if names(debit.names, item.names).named >= NAMED_ALIKE]
            used |= {credit, debit}
            yield _suggestion(credit, debit, spare=len(found) - 1, payments=len(payments))


def _by_amount(items: Sequence[Item]) -> dict[int, list[Item]]:
    of: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        of[item.amount].append(item)
    return of


def _ours(credit: Item, item: Item) -> bool:
    like = compare(credit, item)
    return like.referred or like.named >= NAMED_ALIKE


def _taken_back(credit: Item, debit: Item) -> bool:
    return bool(credit.names) and names(credit.names, debit.names).named >= SAME_NAME


def _order(credit: Item, debit: Item) -> tuple[bool, bool, int, int]:
    """Put the line of the credit's reference first, then the last before it."""
    days = (credit.on - debit.on).days if credit.on and debit.on else 0
    return not _one_number(credit, debit), days < 0, abs(days), debit.id


def _one_number(credit: Item, debit: Item) -> bool:
    return bool(credit.refers & debit.refers) or bool(credit.invoice and credit.invoice == debit.invoice)


def _suggestion(credit: Item, debit: Item, *, spare: int, payments: int) -> Suggestion:
    both = Likeness(_BASE + SAME_NAME + (_SAME_REFERENCE if _one_number(credit, debit) else 0))
    reasons = ["a credit takes this line back", "same payee"]
    doubts = []
    if _one_number(credit, debit):
        reasons.append("same reference")
    if payments > spare:
        doubts.append("we have a payment of this amount to this payee, which no line would then be left for")
    elif spare and not _one_number(credit, debit):
        doubts.append(f"{spare} other line{'s' if spare > 1 else ''} of this amount could be the one taken back")
    score = min(both.score, _UNSURE) if doubts else both.score
    return Suggestion(lines=(debit, credit), ours=(), score=score, reasons=tuple(reasons), doubts=tuple(doubts))
