"""What a look found, as the page of it is drawn from: plain lists and figures in pence."""

from dataclasses import asdict
from typing import Any

from fundtracker.services.bringing.answer import Answer

MOST_NAMED = 200


def shown(answer: Answer, asked: str, prints: str, map_name: str) -> dict[str, Any]:
    """Write an answer for its page, with what was asked and the word for its rows; of many names, the first."""
    return {
        "asked": asked,
        "map_name": map_name,
        "shown": prints,
        "kind": answer.kind.value,
        "file": answer.file_name,
        "table": asdict(answer.table) if answer.table else None,
        "refused": answer.refused,
        "fates": {fate.value: (count.rows, count.amount) for fate, count in answer.tally.fates.items()},
        "new": answer.new_organisations[:MOST_NAMED],
        "new_count": len(answer.new_organisations),
        "matched": [asdict(one) for one in answer.matched[:MOST_NAMED]],
        "matched_count": len(answer.matched),
        "questions": [asdict(one) for one in answer.questions[:MOST_NAMED]],
        "shortfall": [{**asdict(short), "short": short.short} for short in answer.shortfall],
        "allocated": answer.allocated,
    }
