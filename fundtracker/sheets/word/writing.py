"""A paper written as a Word file from a template, the same to the byte for the same paper and moment."""

from datetime import datetime
from io import BytesIO

from docxtpl import DocxTemplate

from fundtracker.domain.papers import Content
from fundtracker.domain.text import slug
from fundtracker.sheets.same_bytes import same_bytes
from fundtracker.sheets.word.context import context_of
from fundtracker.sheets.word.making import DEFAULT
from fundtracker.sheets.word.sandbox import TemplateEnvironment
from fundtracker.sheets.word.widths import fit_tables

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_name(content: Content) -> str:
    """Name a paper's Word file: `panel-2020-21-q1-as-at-2020-06-30.docx`."""
    return f"{slug(f'{content.kind.value} {content.subject}')}-as-at-{content.as_at.isoformat()}.docx"


def write_word(content: Content, *, office: str, made_at: datetime, template: bytes | None = None) -> bytes:
    """Write a paper from a template, or from the one that comes with the tracker; warnings to its author stay out."""
    made = DocxTemplate(BytesIO(template or DEFAULT.read_bytes()))
    made.render(context_of(content, office), TemplateEnvironment(), autoescape=True)
    fit_tables(made.docx)
    saved = BytesIO()
    made.save(saved)
    return same_bytes(saved.getvalue(), made_at)
