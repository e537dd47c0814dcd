"""What bringing a file in did, in lines for a person at a terminal."""

from collections.abc import Iterator

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import Fate
from fundtracker.domain.years import year_label
from fundtracker.services.bringing.answer import Answer, Question
from fundtracker.services.bringing.stated import Problem

_NAMED = 10


def lines_of(answer: Answer) -> Iterator[str]:
    """Say what became of a file's rows, and what to look at."""
    if answer.refused:
        yield answer.refused
    if table := answer.table:
        yield f"Sheet {table.sheet}, headings in row {table.header_row}"
        yield "  " + "; ".join(
            f"{column.title or column.letter}: {column.field}" for column in table.columns if column.field
        )
        yield from (f"  {note}" for note in table.notes)
    yield _counted(answer)
    for (fate, says), count in answer.tally.reasons.items():
        if fate is Fate.LEFT_OUT:
            yield f"  left out, {says}: {count.rows:,} ({pounds(count.amount)})"
    for year, amount in answer.allocated:
        yield f"Allocated to {year_label(year)} first: {pounds(amount)}"
    if answer.new_organisations:
        yield f"New organisations: {_some([name for name, _ in answer.new_organisations])}"
    yield from (_asked(question) for question in answer.questions)
    yield from (_said(problem) for problem in answer.problems)
    if answer.batch_number is not None:
        yield f"This is import {answer.batch_number}. To undo it: fundtracker import undo {answer.batch_number}"


def _counted(answer: Answer) -> str:
    counts = answer.tally.fates
    would = "would be " if answer.dry_run else ""
    parts = (
        f"{count.rows:,} {would if fate is Fate.TAKEN else ''}{fate.value} ({pounds(count.amount)})"
        for fate, count in counts.items()
    )
    rows, amount = (sum(one) for one in zip(*((c.rows, c.amount) for c in counts.values()), strict=True))
    return f"{rows:,} rows read ({pounds(amount)}): {', '.join(parts)}"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if names[_NAMED:] else ""
    return f"{len(names):,}: {', '.join(names[:_NAMED])}{more}"


def _asked(question: Question) -> str:
    like = " or ".join(name for _, name in question.like)
    return f"{question.name} is new. It may be {like}: merge the two if they are one."


def _said(problem: Problem) -> str:
    where = ", ".join(
        part
        for part in (
            problem.sheet,
            f"row {problem.row}" if problem.row else "",
            f"column {problem.column}" if problem.column else "",
        )
        if part
    )
    return f"{where}: {problem.says}" if where else problem.says
