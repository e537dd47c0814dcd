"""Files that are turned away, each in a plain sentence."""

from fundtracker.domain.refusals import Refusal


class WorkbookRefusedError(Refusal):
    """A file that is not a spreadsheet that can be read, or that is shaped to do harm."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def damaged() -> WorkbookRefusedError:
    """Say that a file cannot be read, whatever part of it is broken."""
    return WorkbookRefusedError(
        "This workbook is damaged, so it cannot be read. Open it in Excel, save it again and send that."
    )


def cut_short() -> WorkbookRefusedError:
    """Say that the end of a file is missing."""
    return WorkbookRefusedError("This file is cut short: its end is missing. Copy or download it again and send that.")


def locked() -> WorkbookRefusedError:
    """Say that a workbook opens with a password only."""
    return WorkbookRefusedError(
        "This workbook is protected by a password. Open it in Excel, take the password off and save it."
    )


def other_kind(what: str) -> WorkbookRefusedError:
    """Say what a file is instead of a spreadsheet that can be read."""
    return WorkbookRefusedError(f"This is {what}. Open it in Excel, save it as .xlsx and send that.")


def too_far_out(rows: int, columns: int, cells: int) -> WorkbookRefusedError:
    """Say that a sheet is larger than there is room for."""
    return WorkbookRefusedError(
        f"A sheet of this file goes beyond {rows:,} rows, {columns} columns or {cells:,} cells. "
        "Take out what stands far below or far to the right, and save it again."
    )
