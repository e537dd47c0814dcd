"""What a person chooses about a file: what it holds, which fund, which sheet and columns, and how gaps are filled."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from fundtracker.domain.statuses import AmountBasis, BatchKind


@dataclass(frozen=True, kw_only=True)
class Choices:
    """
    The answers that bring a file in; what is None or empty is left to be found.

    `all_sheets` takes the sheets with the same headings too. `fund` is a reference, `columns` gives fields by a
    column's letter or title (nothing: not used), `same` the id of the organisation that a name as spelled means, or 0
    for a new one.
    """

    kind: BatchKind
    fund: str = ""
    sheet: str | None = None
    all_sheets: bool = False
    header_row: int | None = None
    columns: Mapping[str, str] | None = None
    basis: AmountBasis | None = None
    undated: date | None = None
    with_allocation: bool = False
    same: Mapping[str, int] = field(default_factory=dict)
    map_name: str = ""

    @property
    def needs_fund(self) -> bool:
        """Say whether the rows belong to one fund."""
        return self.kind in (BatchKind.APPLICATIONS, BatchKind.AWARDS, BatchKind.PAYMENTS)

    def to_json(self) -> str:
        """Write the choices as text."""
        return json.dumps(asdict(self), default=date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "Choices":
        """Read choices that were written as text."""
        kept = json.loads(text)
        kept["kind"] = BatchKind(kept["kind"])
        kept["basis"] = AmountBasis(kept["basis"]) if kept["basis"] else None
        kept["undated"] = date.fromisoformat(kept["undated"]) if kept["undated"] else None
        return cls(**kept)
