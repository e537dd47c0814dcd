"""The numbers of a paper's paragraphs, as a page and a Word file give them alike."""

from fundtracker.domain.papers import Content, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.services.papers.panel import END, PANEL


def numbers(content: Content) -> dict[str, int]:
    """Give each paragraph of a report to the Panel its number, by key; its heading and its end have none."""
    if content.kind is not PaperKind.PANEL:
        return {}
    words = [block for block in content.blocks if isinstance(block, Words) and not block.level]
    body = [one.key for one in words if one.key != PANEL and not one.key.startswith(END)]
    return {key: number for number, key in enumerate(body, start=1)}
