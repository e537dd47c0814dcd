"""What the file of a paper is called."""

from fundtracker.domain.papers import Content
from fundtracker.domain.text import slug


def word_name(content: Content) -> str:
    """Name a paper's Word file after its kind and what it is about: `panel-2020-21-q1.docx`."""
    return f"{slug(f'{content.kind.value} {content.subject}'.replace('/', ' '))}.docx"
