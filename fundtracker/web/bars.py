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
_SAID = {kind: words.lower() for kind, words in _STRETCHES}
_NOTHING = [ZERO] * len(_STRETCHES)
_PATTERNS = {"to-pay": "ft-hatch", "recover": "ft-stripes"}  # what is not filled by a class of the style sheet
_PER_CENT = [f"{tenths // 10}.{tenths % 10}%" for tenths in range(_TENTHS + 1)]


class Part(NamedTuple):
    """One stretch of a bar: its name in the style sheet, where it starts and its length in tenths, and its words."""

    kind: str
    begins: int
    tenths: int
    words: str = ""
    share: str = ""

    @property
    def start(self) -> float:
        """Give where it starts, in per cent."""
        return self.begins / 10

    @property
    def width(self) -> float:
        """Give how long it is, in per cent."""
        return self.tenths / 10


class Bar(NamedTuple):
    """A bar's parts from left to right; what they come to, how much is over and what is to recover, in pence."""

    parts: list[Part]
    whole: int
    over: Pence
    to_recover: Pence

    @property
    def drawn(self) -> list[Part]:
        """
        Give the stretches to draw over the whole, which is drawn as left.

        What is to recover has been paid, so it is drawn over the end of that stretch and is no stretch of its own.
        """
        drawn = [part for part in self.parts if part.tenths and part.kind != "left"]
        if self.to_recover and self.whole:
            paid = self.parts[0].tenths
            tenths = min(max(1, self.to_recover * _TENTHS // self.whole), paid)  # a mark that is there is seen
            drawn.append(Part("recover", paid - tenths, tenths))
        return drawn

    @property
    def in_words(self) -> str:
        """Say what the bar shows, for those who do not see it."""
        if not self.whole:
            return "nothing allocated yet"
        words = [f"{_SAID[part.kind]} {part.share}" for part in self.parts]
        if self.to_recover:
            words.insert(1, f"of that to recover {pounds(self.to_recover)}")
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
    drawn = "".join([_rect(part.kind, part.begins, part.tenths) for part in bar.drawn])
    mark = "" if gone is None else _mark(gone)
    svg = f'<svg class="{classes}" role="img" aria-label="{says}">{_LEFT}{drawn}{_FRAME}{mark}</svg>'
    return Markup(svg)  # noqa: S704 - the name is escaped, and all the rest is ours


def swatch(kind: str) -> Markup:
    """Draw the square of one kind of stretch, for the key of a bar."""
    return Markup(f'<svg aria-hidden="true" focusable="false">{_rect(kind)}{_FRAME}</svg>')  # noqa: S704 - ours


def _rect(kind: str, begins: int = 0, tenths: int = _TENTHS) -> str:
    pattern = _PATTERNS.get(kind)
    filled = f'fill="url(#{pattern})"' if pattern else f'class="ft-bar-{kind}"'
    return f'<rect {filled} x="{_PER_CENT[begins]}" width="{_PER_CENT[tenths]}" height="100%"/>'


def _mark(tenths: int) -> str:
    """Mark a place across the bar, seen on every stretch of it."""
    at = f'x1="{_PER_CENT[tenths]}" x2="{_PER_CENT[tenths]}" y2="100%"'
    return f'<line class="ft-bar-now-edge" {at}/><line class="ft-bar-now" {at}/>'


_LEFT, _FRAME = _rect("left"), _rect("frame")


def bar_parts(balance: Balance, this_award: int = 0) -> Bar:
    """
    Divide a bar; `this_award` is an award in pence that is not in the balance yet.

    Below zero nothing is left, the bar is full, and `over` says by how much.
    """
    left = balance.remaining - this_award
    amounts = (balance.net_paid, balance.to_pay, this_award, max(0, left))
    whole = sum(amounts)
    shares = split(_TENTHS, amounts) if whole else _NOTHING
    parts, begins = [], 0
    for (kind, words), amount, tenths in zip(_STRETCHES, amounts, shares, strict=True):
        if amount or kind != "this":
            parts.append(Part(kind, begins, tenths, words, _share(tenths, amount, whole)))
        begins += tenths
    return Bar(parts, whole, Pence(max(0, -left)), balance.to_recover)


def _share(tenths: int, amount: int, whole: int) -> str:
    """Write a share so that a part which is there never reads as nothing, nor one that is not all as all."""
    if amount and not tenths:
        return "under 0.1%"
    if tenths == _TENTHS and amount < whole:
        return "over 99.9%"
    return _PER_CENT[tenths]
