"""The file of a kept paper, made again from what was kept and nothing else: the same to the byte each time."""

from typing import NamedTuple

from fundtracker.domain.statuses import PaperKind
from fundtracker.services.papers.keeping import read_kept
from fundtracker.sheets.papers.workbook import paper_name, write_paper
from fundtracker.sheets.stream import XLSX
from fundtracker.sheets.word.writing import DOCX, word_name, write_word
from fundtracker.store.papers import Paper


class KeptFile(NamedTuple):
    """A file: its name, what kind of file it is, and its bytes."""

    name: str
    type: str
    content: bytes


def kept_file(paper: Paper) -> KeptFile:
    """Make a paper's file: the Panel's as Word, from the template of its day, every other as a workbook."""
    kept = read_kept(paper)
    if paper.kind is PaperKind.PANEL:
        template = paper.template.content if paper.template else None
        made = write_word(kept.content, office=kept.office, made_at=paper.made_at, template=template)
        return KeptFile(word_name(kept.content), DOCX, made)
    made = write_paper(kept.content, made_at=paper.made_at, made_by=paper.made_by, office=kept.office, head=kept.head)
    return KeptFile(paper_name(kept.content), XLSX, made)
