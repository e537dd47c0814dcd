"""Templates of the office's own: what may be one, and what is refused in a sentence."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import Workbook

from fundtracker.sheets.word.checking import LARGEST_TEMPLATE, TemplateRefusedError, check_template
from fundtracker.sheets.word.making import DEFAULT


def document(*paragraphs: str) -> bytes:
    made, saved = Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(saved)
    return saved.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(DEFAULT) as own, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as other:
        for part in own.namelist():
            if part != name:
                other.writestr(part, own.read(part))
        other.writestr(name, content)
    return saved.getvalue()


def workbook() -> bytes:
    saved = io.BytesIO()
    Workbook().save(saved)
    return saved.getvalue()


RELATION = (
    b'<Relationships xmlns="x"><Relationship Id="r" Type="x/%s" Target="x" TargetMode="External"/></Relationships>'
)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><w:document/>'


def test_the_trackers_own_and_a_small_one_may_be_used() -> None:
    check_template(DEFAULT.read_bytes())
    check_template(document("{{ title }}, {{ as_at }}", "{% for block in blocks %}{{ block.text }}{% endfor %}"))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: b"hello", "not a Word document"),
        (lambda: b"", "not a Word document"),
        (workbook, "not a Word document"),
        (lambda: b"PK" + bytes(LARGEST_TEMPLATE), "larger than 5 MB"),
        (lambda: DEFAULT.read_bytes()[:900], "damaged"),
        (lambda: with_part("word/vbaProject.bin", b"x"), "holds macros"),
        (lambda: with_part("word/media/a.xml", b"0" * 40_000_000), "damaged"),
        (lambda: with_part("word/document.xml", ENTITY), "damaged"),
        (lambda: with_part("word/document.xml", b"<w:document"), "damaged"),
        (lambda: with_part("word/_rels/settings.xml.rels", RELATION % b"attachedTemplate"), "fetches something"),
        (lambda: document("{{ amount }}"), "“amount” is not a name that is filled here. The names are as_at"),
        (lambda: document("{% for b in blocks %}{{ b.colour }}{% endfor %}"), "“colour” is not a name"),
        (lambda: document("{{ title.__class__ }}"), "“__class__” is not a name"),
        (lambda: document("{{ title.upper() }}"), "a template has no Call"),
        (lambda: document("{{ 'a' * 999999999 }}"), "a template has no Mul"),
        (lambda: document("{% set a = 1 %}"), "a template has no Assign"),
        (lambda: document("{% include 'a' %}"), "a template has no Include"),
        (lambda: document("{{ title"), "cannot be read"),
        (lambda: document("{% for a in blocks %}" * 4 + "{% endfor %}" * 4), "loops stand too deep"),
    ],
)
def test_what_cannot_be_a_template_is_refused_in_a_sentence(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(TemplateRefusedError) as caught:
        check_template(make())
    assert says in caught.value.sentence
    assert caught.value.field == "file"
