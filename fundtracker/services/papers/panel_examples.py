"""The examples that a paragraph gives of what was awarded: three where there are three, and what each is for."""

from collections.abc import Iterator, Sequence
from itertools import islice

from fundtracker.domain.quarters import Quarter
from fundtracker.domain.statuses import Doubt
from fundtracker.services.papers.drafts import Fact, place
from fundtracker.services.papers.panel_reading import Given
from fundtracker.services.papers.phrases import amount, listed, use_of

MOST = 3


def chosen(awards: Sequence[Given], quarter: Quarter) -> list[Given]:
    """
    Choose the examples, in the order of their dates: amounts that are sure, uses that are said, new ones, large ones.

    None names a person, or a recipient that stands for several; an organisation comes twice only where few others do.
    """
    fit = [given for given in awards if not given.several and not given.person]
    best = sorted(fit, key=lambda given: (given.doubt != Doubt.NONE, not given.purpose, _is_old(given, quarter),
                                          -given.awarded, given.reference))  # fmt: skip
    first = list({given.payee_id: given for given in reversed(best)}.values())
    ordered = [given for given in best if given in first] + [given for given in best if given not in first]
    return sorted(islice(ordered, MOST), key=lambda given: (given.on, given.reference))


def inline(examples: Sequence[Given]) -> str:
    """Say them in a sentence: `[[CRF-01]] to Weobley Parish Council and [[CRF-03]] to Wythall Parish Council`."""
    return listed([f"{place(given.reference)} to {given.organisation}" for given in examples])


def uses(examples: Sequence[Given], names: frozenset[str]) -> Iterator[str]:
    """Say what each is for, in a bullet; one that says nothing of it has none."""
    for given in examples:
        if use := use_of(given.benefits, given.purpose, names):
            yield f"{given.organisation}{', ' if use.startswith(('to ', 'for ')) else ': '}{use}"


def facts_of(examples: Sequence[Given]) -> dict[str, Fact]:
    """Give the figure of each by the award's reference."""
    return {given.reference: Fact(_says(given), award=given.reference) for given in examples}


def _says(given: Given) -> str:
    return amount(given.awarded) + (" (illustrative)" if given.doubt is Doubt.ILLUSTRATIVE else "")


def _is_old(given: Given, quarter: Quarter) -> bool:
    return given.on < quarter.first
