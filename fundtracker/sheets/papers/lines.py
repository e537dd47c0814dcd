"""Words over several lines of a cell: how many there are, and how high their row is."""

from textwrap import wrap

_LINE, _HIGHEST = 15, 409  # points; Excel's highest row


def count_lines(text: str, width: int) -> int:
    """Count the lines that words take in a column of so many letters."""
    return sum(max(1, len(wrap(line, width - 2))) for line in text.split("\n")) if text else 0


def row_height(lines: int) -> int:
    """Give a row's height in points, nought where one line needs none of its own."""
    return min(_LINE * lines, _HIGHEST) if lines > 1 else 0
