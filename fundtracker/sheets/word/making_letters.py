"""The templates of letters that come with the tracker, made in code as the papers' own is."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.shared import Cm, Pt

from fundtracker.domain.terms import LetterKind
from fundtracker.sheets.same_bytes import same_bytes
from fundtracker.sheets.word.making import drop_unused, set_styles

_MADE = datetime(2020, 9, 21, tzinfo=UTC)  # a template is the same whenever it is made
# A line that begins with ! is a heading, with - a bullet, with > one of an address; {%p ... %} stands alone, as docxtpl
# asks.
_TERMS = """\
{%p if instalments %}
!Payment
{%p for one in instalments %}
-{{ one.amount }} due on {{ one.due }}
{%p endfor %}
{%p endif %}
{%p if conditions %}
!Conditions
{%p for one in conditions %}
-{{ one }}
{%p endfor %}
{%p endif %}
{%p if returns %}
!What we ask you to send us
{%p for one in returns %}
-{{ one.about }}, by {{ one.due }}
{%p endfor %}
{%p endif %}
"""
_TO = """\
>{{ organisation }}
{%p for one in address %}
>{{ one }}
{%p endfor %}
>
{{ date }}
"""
_RUNS = """\
{%p if starts_on or ends_on %}
It runs{% if starts_on %} from {{ starts_on }}{% endif %}{% if ends_on %} to {{ ends_on }}{% endif %}.
{%p endif %}
"""
_OFFER = (
    "{{ office }}\n"
    + _TO
    + """\
!Offer of {{ amount }} from {{ fund or office }}: {{ reference }}
The Commissioner has decided to award {{ organisation }} {{ amount }}{% if purpose %} for {{ purpose }}{% endif %}\
{% if benefits %}, for the benefit of {{ benefits }}{% endif %}.
"""
    + _RUNS
    + _TERMS
    + """\
!Accepting this offer
{%p if accept_by %}
Sign the agreement that comes with this letter and return it by {{ accept_by }}. After that day the offer lapses.
{%p else %}
Sign the agreement that comes with this letter and return it.
{%p endif %}
For the Commissioner:
"""
)
_AGREEMENT = (
    """\
!Agreement {{ reference }}
Between {{ office }} and
"""
    + _TO
    + """\
!The award
{{ amount }} from {{ fund or office }}{% if purpose %} for {{ purpose }}{% endif %}, awarded on {{ awarded_on }}\
{% if decision %} by decision {{ decision }}{% endif %}{% if power %} under the {{ power }}{% endif %}.
"""
    + _RUNS
    + _TERMS
    + """\
!Signed
For {{ organisation }} (name, post, signature, date):
For {{ office }} (name, post, signature, date):
"""
)
_WORDS = {LetterKind.OFFER: _OFFER, LetterKind.AGREEMENT: _AGREEMENT}


def make_letter(kind: LetterKind) -> bytes:
    """Make the template of a kind of letter."""
    document = Document()
    _set_page(document)
    set_styles(document)
    for line in _WORDS[kind].splitlines():
        if line:
            _add(document, line)
    drop_unused(document)
    saved = BytesIO()
    document.save(saved)
    return same_bytes(saved.getvalue(), _MADE)


def _set_page(document: Doc) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = Cm(2.5)
    document.core_properties.title = "{{ reference }}"
    document.core_properties.author = "{{ office }}"
    document.core_properties.comments = ""


def _add(document: Doc, line: str) -> None:
    style = {"!": "Heading 2", "-": "List Bullet"}.get(line[0], "Normal")
    words = line[1:] if line[0] in "!->" else line
    added = document.add_paragraph(words, style)
    if line[0] == ">":
        added.paragraph_format.space_after = Pt(0)
    elif style == "Normal" and words.endswith(":"):
        added.paragraph_format.space_after = Pt(48)  # room to sign
