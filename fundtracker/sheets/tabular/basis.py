"""Which amount of a row is taken: of a finance system's lines net or gross, from whichever columns there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.services.bringing.fields import AMOUNT, field_named
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tabular.contents import CREDITS
from fundtracker.sheets.tabular.found import Found
from fundtracker.sheets.tabular.values import ColumnReader, Values

Pence = int | None
Combine = Callable[[Pence, Pence], Pence]

SIGNED = ("amount", "net", "vat", "gross")
"""The fields of a finance system's line that a credit turns below zero."""


@dataclass(frozen=True)
class AmountPlan:
    """The one or two fields that a row's amount is made of, how, and what a person should know of it."""

    fields: tuple[str, ...] = ()
    combine: Combine | None = None
    says: tuple[str, ...] = ()
    basis: AmountBasis | None = None
    turns_credits: bool = False

    def amounts(self, read: Mapping[str, Values], size: int) -> list[Any]:
        """Give the amounts of a block of rows, in pence."""
        if not self.fields:
            return [None] * size
        columns = [read[name].values for name in self.fields]
        return list(map(self.combine, *columns)) if self.combine else list(columns[0])


def plan_amounts(found: Found) -> AmountPlan:
    """Plan which amount of each row is taken."""
    if found.kind is not BatchKind.FINANCE:
        return AmountPlan(tuple({AMOUNT[found.kind]} & found.places.keys()))
    plan = _finance_plan(set(found.places), found.basis)
    plan = replace(plan, basis=plan.basis or found.basis)
    return _with_credits(found, plan) if "sign" in found.places and plan.fields else plan


def is_credit(cell: Cell) -> bool:
    """Say whether the cell of a column of signs marks a credit."""
    return str(cell).strip().casefold() in CREDITS


def _finance_plan(columns: set[str], basis: AmountBasis | None) -> AmountPlan:
    there = columns & {*SIGNED, "debit", "credit"}
    if there & {"debit", "credit"} and not there & {"amount", "net", "gross"}:
        return _debit_less_credit(there)
    net, gross, said = _net_and_gross(there)
    if net == gross != "" and basis is not None:
        said = (*said, "There is one column of amounts, and it is taken as it stands.")
    if net and gross and net != gross and basis is None:
        basis = AmountBasis.NET
        said = (*said, "Amounts are here both net and gross. Net is taken: choose gross to take the other.")
    if basis is AmountBasis.GROSS and not gross and net and "vat" in there:
        return AmountPlan((net, "vat"), _add, (*said, "Gross is net and VAT added; where no VAT is stated, it is net."))
    if basis is AmountBasis.NET and not net and gross and "vat" in there:
        return AmountPlan((gross, "vat"), _less, (*said, "Net is gross less VAT; where no VAT is stated, it is gross."))
    taken = (gross or net) if basis is AmountBasis.GROSS else (net or gross)
    if not (net and gross) and basis is not None and (gross if basis is AmountBasis.NET else net):
        said = (*said, f"There is one column of amounts, so it is taken, though {basis.value} was chosen.")
    return AmountPlan((taken,) if taken else (), None, said, basis)


def _net_and_gross(there: set[str]) -> tuple[str, str, tuple[str, ...]]:
    """Say which fields are net and gross: a plain `Amount` is whichever of the two has no column of its own."""
    net, gross = "net" if "net" in there else "", "gross" if "gross" in there else ""
    if "amount" not in there or (net and gross):
        return net, gross, ()
    if net:
        return net, "amount", ("The column of plain amounts is taken for gross, since net has a column of its own.",)
    if gross:
        return "amount", gross, ("The column of plain amounts is taken for net, since gross has a column of its own.",)
    if "vat" in there:
        return "amount", "", ("The column of plain amounts is taken for net, since VAT has a column of its own.",)
    return "amount", "amount", ()


def _debit_less_credit(there: set[str]) -> AmountPlan:
    fields = tuple(name for name in ("debit", "credit") if name in there)
    if fields == ("credit",):
        return AmountPlan(("credit", "credit"), lambda one, _: None if one is None else -one)
    return AmountPlan(fields, _less_either if len(fields) > 1 else None, ("The amount is the debit less the credit.",))


def _add(one: Pence, other: Pence) -> Pence:
    return None if one is None else one + (other or 0)


def _less(one: Pence, other: Pence) -> Pence:
    return None if one is None else one - (other or 0)


def _less_either(one: Pence, other: Pence) -> Pence:
    return None if one is None and other is None else (one or 0) - (other or 0)


def _with_credits(found: Found, plan: AmountPlan) -> AmountPlan:
    """Turn the amounts of rows marked as credits below zero, where the file leaves them all above it."""
    marked = [is_credit(cell) for cell in found.cells("sign")]
    reader = ColumnReader(field_named(plan.fields[0]))
    cells = tuple(cell for cell, credit in zip(found.cells(plan.fields[0]), marked, strict=True) if credit)
    stated = [amount for amount in reader.read(cells).values if amount] if cells else []
    if not stated or all(amount < 0 for amount in stated):
        return plan
    if any(amount < 0 for amount in stated):
        says = "Of the rows marked as credits some are below zero and some above. They are taken as they are written."
        return replace(plan, says=(*plan.says, says))
    rows = (
        f"{len(stated):,} rows are marked as credits and are"
        if len(stated) > 1
        else "A row is marked as a credit and is"
    )
    says = f"{rows} taken below zero."
    return replace(plan, says=(*plan.says, says), turns_credits=True)
