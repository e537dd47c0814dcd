"""
Bringing an office's workbook in, from the file's bytes to the answer.

The answer's JSON object: "file", "dry_run"; "sheet" and "header_row" (null: there are several, under "sheets");
"rows_read" = "taken" + "already_there" + "left_out", and the same of "amount_read", "amount_taken",
"amount_already_there" and "amount_left_out" (pounds as text; each sheet's amount column: a fund's allocation, an
award's amount, a bid's amount sought); "undated" {"date", "rows": how many took it}; "funds" [{"sheet", "row",
"name", "reference", "new"}]; "new_organisations"; "problems" [{"sheet", "row", "column", "says"}], those that
refuse the import first; "sheets" [the same counts and problems by sheet, with "columns" {heading: what it was
taken for}, "columns_not_used", "own_totals" [{"row", "says", "rows_come_to", "agrees"}] and "left_out_rows"
[{"row", "says"}]]. A refused import takes nothing, and has "refused": the sentence. On a dry run "taken" is what
would be taken.
"""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor
from fundtracker.domain.years import FinancialYear
from fundtracker.services.imports.outcome import ImportRefusedError, Outcome
from fundtracker.services.imports.recording import record
from fundtracker.services.imports.understood import Understood
from fundtracker.sheets.office.answer import Answer, add_own_totals
from fundtracker.sheets.office.understanding import understand
from fundtracker.sheets.unsafe import WorkbookRefusedError
from fundtracker.store.transactions import transaction


class _DryRunError(Exception):
    """The end of a dry run: everything was recorded, and none of it is kept."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def bring_in(
    session: Session,
    content: bytes,
    *,
    file_name: str,
    by: Actor,
    undated: date | None = None,
    year: FinancialYear | None = None,
    dry_run: bool = False,
) -> Answer:
    """Bring a workbook in, in one transaction, and answer for every row; a refused one records nothing."""
    file_name = "".join(character for character in file_name if character.isprintable())
    try:
        understood = understand(content, file_name=file_name, undated=undated, year=year)
    except WorkbookRefusedError as refusal:
        return Answer(file_name, refused=refusal.sentence, dry_run=dry_run)
    answer = Answer(file_name, understood, dry_run=dry_run)
    try:
        answer.outcome = _record(session, understood, by, dry_run)
    except ImportRefusedError as refusal:
        answer.outcome, answer.refused = refusal.outcome, refusal.sentence
    add_own_totals(answer)
    return answer


def _record(session: Session, understood: Understood, by: Actor, dry_run: bool) -> Outcome:
    try:
        with transaction(session):
            outcome = record(session, understood=understood, by=by)
            if dry_run:
                raise _DryRunError(outcome)
            return outcome
    except _DryRunError as end:
        return end.outcome
