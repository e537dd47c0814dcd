"""What drawings are made of: stretches and marks across in per cent, so that words keep their size at any width."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

LINE = 17  # pixels from one line of words to the next
BAR = 16  # pixels
_ACROSS = 284  # pixels that a phone has for a line
_BOLD = 14  # pixels that a name's letters are high, and below, how many times that they are wide in Arial bold
_WIDTHS = {"fijlrt .,'’()[]|!:;-": 0.39, "mwMW@%&—…": 1.0, "ABCDEFGHIJKLNOPQRSTUVXYZ": 0.78}
_ELSE, _BEYOND = 0.62, 1.0  # other letters, and those that no European language has


class Stretch(NamedTuple):
    """A filled part of a bar: its kind in the style sheet, and where it starts and how wide it is in per cent."""

    kind: str
    start: float
    width: float


class Text(NamedTuple):
    """Words at a height in pixels, from a place across in per cent on."""

    words: str
    y: int
    x: float = 0


@dataclass(frozen=True)
class Bar:
    """One row: its name, its bar with a frame where it has a whole, a mark across it, and words beside or under it."""

    name: Sequence[Text]
    y: int
    stretches: Sequence[Stretch]
    says: Sequence[Text]
    framed: bool = False
    mark: float | None = None


@dataclass(frozen=True)
class Bars:
    """Rows of bars, one under the other; the key says what each kind of stretch is."""

    rows: Sequence[Bar]
    height: int
    key: Sequence[tuple[str, str]]
    shape: str = "bars"


class Tick(NamedTuple):
    """A line across at an amount, which it says."""

    words: str
    y: float


class Column(NamedTuple):
    """One month: its words, its middle and its bar across in per cent, and its bar's top and height in pixels."""

    words: str
    middle: float
    start: float
    width: float
    top: float
    tall: float
    quarter: bool


class Point(NamedTuple):
    """A point of a line: across in per cent, down in pixels."""

    x: float
    y: float


@dataclass(frozen=True)
class Columns:
    """Months side by side with a line over them, between lines across that say how much."""

    ticks: Sequence[Tick]
    columns: Sequence[Column]
    key: Sequence[tuple[str, str]]
    height: int
    floor: float
    points: Sequence[Point] = field(default_factory=list)
    shape: str = "columns"

    @property
    def segments(self) -> list[tuple[Point, Point]]:
        """Give the line from point to point."""
        return list(zip(self.points, self.points[1:], strict=False))


Drawing = Bars | Columns


def name_lines(name: str, y: int) -> list[Text]:
    """Break a name over two lines at most; the table beside the picture has all of it."""
    first, rest = _line(name)
    second, more = _line(rest)
    lines = [first, *([f"{second[:-1].rstrip()}…" if more else second] if second else [])]
    return [Text(line, y + LINE * place) for place, line in enumerate(lines, start=1)]


def _line(words: str) -> tuple[str, str]:
    """Give as many words as fit across, or letters of one that does not, and what is left."""
    fits = sum(1 for width in accumulate(_width(letter) for letter in words) if width <= _ACROSS)
    if fits == len(words):
        return words, ""
    end = words.rfind(" ", 0, fits + 1)
    end = fits if end <= 0 else end
    return words[:end].rstrip(), words[end:].lstrip()


def _width(letter: str) -> float:
    if letter > "\u024f" and letter not in "’—…":
        return _BEYOND * _BOLD
    return next((width for letters, width in _WIDTHS.items() if letter in letters), _ELSE) * _BOLD
