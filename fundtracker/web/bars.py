"""The bar: what part of an allocation is paid, still to pay and left, in tenths of a per cent that add up."""

from typing import NamedTuple

from markupsafe import Markup, escape

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import ZERO, Pence, pounds, split

_TENTHS = Pence(1000)
_STRETCHES = (
    ("paid", "Paid"),
    ("to-pay", "Awarded, still to pay"),
    ("this", "This award"),
    ("left", "Left to award"),
)
_PATTERNS = {"to-pay": "ft-hatch", "recover": "ft-stripes"}  # what is not filled by a class of the style sheet


class Part(NamedTuple):
    """One stretch of a bar: its name in the style sheet, its words, and where it starts and ends in per cent."""

    kind: str
    words: str
    start: float
    width: float
    share: str


class Mark(NamedTuple):
    """What is to recover, in pence, and where it is marked on what is paid, in per cent."""

    amount: Pence
    start: float
    width: float


class Bar(NamedTuple):
    """A bar's parts from left to right, the mark on what is to recover, and by how much the fund is over, in pence."""

    parts: list[Part]
    over: Pence
    to_recover: Mark | None = None

    @property
    def drawn(self) -> list[Part]:
        """Give the stretches to draw over the whole, which is drawn as left."""
        return [part for part in self.parts if part.width and part.kind != "left"]

    @property
    def in_words(self) -> str:
        """Say what the bar shows, for those who do not see it."""
        if not any(part.width for part in self.parts):
            return "nothing allocated yet"
        words = [f"{part.words.lower()} {part.share}" for part in self.parts]
        if self.to_recover:
            words.insert(1, f"of that to recover {pounds(self.to_recover.amount)}")
        said = ", ".join(words)
        return f"{said}; over-allocated by {pounds(self.over)}" if self.over else said


def draw_bar(balance: Balance, name: str, *, big: bool = False, this_award: int = 0, gone: int | None = None) -> Markup:
    """
    Draw the bar of a balance, which says in words what it shows; `this_award` is pence that are not in it yet.

    `gone` is how much of the time has gone, in tenths of a per cent: a mark across the bar.
    """
    bar = bar_parts(balance, this_award)
    classes = "ft-bar ft-bar-big" if big else "ft-bar"
    time = "" if gone is None else f"; {_share(gone, gone, _TENTHS)} of the time has gone"
    says = f"{escape(name)}: {bar.in_words}{time}"
    drawn = "".join([_rect(part.kind, part.start, part.width) for part in bar.drawn])
    if bar.to_recover:
        drawn += _rect("recover", bar.to_recover.start, bar.to_recover.width)
    mark = "" if gone is None else _mark(gone)
    svg = f'<svg class="{classes}" role="img" aria-label="{says}">{_LEFT}{drawn}{_FRAME}{mark}</svg>'
    return Markup(svg)  # noqa: S704 - the name is escaped, and all the rest is ours


def swatch(kind: str) -> Markup:
    """Draw the square of one kind of stretch, for the key of a bar."""
    return Markup(f'<svg aria-hidden="true" focusable="false">{_rect(kind)}{_FRAME}</svg>')  # noqa: S704 - ours


def _rect(kind: str, start: float = 0, width: float = 100) -> str:
    pattern = _PATTERNS.get(kind)
    filled = f'fill="url(#{pattern})"' if pattern else f'class="ft-bar-{kind}"'
    return f'<rect {filled} x="{start}%" width="{width}%" height="100%"/>'


def _mark(tenths: int) -> str:
    """Mark a place across the bar, seen on every stretch of it."""
    at = f'x1="{tenths / 10}%" x2="{tenths / 10}%" y2="100%"'
    return f'<line class="ft-bar-now-edge" {at}/><line class="ft-bar-now" {at}/>'


_LEFT, _FRAME = _rect("left"), _rect("frame")


def bar_parts(balance: Balance, this_award: int = 0) -> Bar:
    """
    Divide a bar; `this_award` is an award in pence that is not in the balance yet.

    Below zero nothing is left, the bar is full, and `over` says by how much. What is to recover has been paid, so it is
    a mark on the end of that stretch and no stretch of its own.
    """
    left = balance.remaining - this_award
    amounts = (balance.net_paid, balance.to_pay, this_award, max(0, left))
    whole = sum(amounts)
    shares = split(_TENTHS, amounts) if whole else [ZERO] * len(amounts)
    parts, start = [], 0
    for (kind, words), amount, tenths in zip(_STRETCHES, amounts, shares, strict=True):
        if amount or kind != "this":
            parts.append(Part(kind, words, start / 10, tenths / 10, _share(tenths, amount, whole)))
        start += tenths
    return Bar(parts, Pence(max(0, -left)), _to_recover(balance.to_recover, shares[0], whole))


def _to_recover(amount: Pence, paid: int, whole: int) -> Mark | None:
    if not amount or not whole:
        return None
    tenths = min(max(1, amount * _TENTHS // whole), paid)  # a mark that is there is seen
    return Mark(amount, (paid - tenths) / 10, tenths / 10)


def _share(tenths: int, amount: int, whole: int) -> str:
    """Write a share so that a part which is there never reads as nothing, nor one that is not all as all."""
    if amount and not tenths:
        return "under 0.1%"
    if tenths == _TENTHS and amount < whole:
        return "over 99.9%"
    return f"{tenths // 10}.{tenths % 10}%"
