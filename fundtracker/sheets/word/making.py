"""
The template that comes with the tracker, made by `python -m fundtracker.sheets.word.making` into `paper.docx`.

Its headings, lists and table styles are Word's own, so that an office can restyle it without touching a name.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from fundtracker.sheets.same_bytes import same_bytes
from fundtracker.sheets.word.making_tables import add_table

DEFAULT = Path(__file__).with_name("paper.docx")
INK, ACCENT, QUIET = RGBColor(0x1D, 0x1D, 0x1D), RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x50, 0x5A, 0x5F)
_MADE = datetime(2020, 9, 21, tzinfo=UTC)  # a template is the same whenever it is made
_HEADINGS = (("Title", 20, 6), ("Heading 1", 15, 18), ("Heading 2", 12, 12), ("Heading 3", 11, 10))
_PARAGRAPHS = (("Numbered paragraph", 0), ("Plain paragraph", 0))


def make_template() -> bytes:
    """Make the template."""
    document = Document()
    _set_page(document)
    set_styles(document)
    _number(document, "Numbered paragraph")
    _write_head(document)
    _write_blocks(document)
    drop_unused(document)
    saved = BytesIO()
    document.save(saved)
    return same_bytes(saved.getvalue(), _MADE)


def _set_page(document: Doc) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    head = page.header.paragraphs[0]
    head.text, head.style = "{{ panel or office }}\t{{ subject }}", document.styles["Header"]
    foot = page.footer.paragraphs[0]
    foot.text = "{{ office }}. As at {{ as_at }}, entries to {{ last_entry }}.\tPage "
    _add_field(foot, "PAGE")
    for name, value in (("title", "{{ title }}"), ("author", "{{ office }}"), ("language", "en-GB"), ("comments", "")):
        setattr(document.core_properties, name, value)


def set_styles(document: Doc) -> None:
    """Give a document the fonts, sizes and colours of the tracker's papers."""
    styles: Any = document.styles
    fonts = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = fonts.find(qn("w:lang"))
    for place in ("w:val", "w:eastAsia"):
        language.set(qn(place), "en-GB")
    _font(styles["Normal"], 11, INK)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size, before in _HEADINGS:
        _font(styles[name], size, ACCENT, bold=True)
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(4)
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, QUIET)
        _tab_right(styles[name])
    for name, _ in _PARAGRAPHS:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles["List Bullet"].paragraph_format.left_indent = Cm(1.6)
    _add_table_styles(styles)


def drop_unused(document: Doc) -> None:
    """Leave out the hundred table styles and the picture of another page that python-docx begins with."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            styles.remove(style)
    package = document.part.package
    for owner in (package, document.part):
        for key, related in list(owner.rels.items()):
            if related.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del owner.rels[key]


def _add_table_styles(styles: Any) -> None:
    for name, bold, right in (("Words", False, False), ("Figure", False, True), ("Strong words", True, False),
                              ("Strong figure", True, True)):  # fmt: skip
        style = styles.add_style(f"Table {name.lower()}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, 8, INK, bold=bold)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(2)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT


def _font(style: Any, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = "Arial", Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in list(fonts.attrib):
        del fonts.attrib[place]  # a theme's font would stand before the one named
    for place in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(place), "Arial")


def _tab_right(style: Any) -> None:
    tabs = style.element.get_or_add_pPr().find(qn("w:tabs"))
    if tabs is not None:
        tabs.getparent().remove(tabs)
    style.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)


def _number(document: Doc, name: str) -> None:
    """Give a style Word's own numbering: 1., 2., 3. through the whole paper, the text hung from the number."""
    numbering = document.part.numbering_part.element
    abstract, level = OxmlElement("w:abstractNum"), OxmlElement("w:lvl")
    abstract.set(qn("w:abstractNumId"), "90")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", "%1."), ("w:lvlJc", "left")):
        level.append(_with(tag, value))
    place, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), "567")
    indent.set(qn("w:hanging"), "567")
    place.append(indent)
    level.append(place)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = numbering.add_num(90)
    chosen = document.styles[name].element.get_or_add_pPr().get_or_add_numPr()
    chosen.get_or_add_numId().val = number.numId


def _with(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _add_field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields of its own


def _write_head(document: Doc) -> None:
    document.add_paragraph("{%p if panel %}")
    document.add_paragraph("{{ panel }}", "Heading 1")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if meeting %}")
    document.add_paragraph("{{ meeting }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ title }}", "Title")


def _write_blocks(document: Doc) -> None:
    document.add_paragraph("{%p for block in blocks %}")
    for level in (1, 2, 3):
        document.add_paragraph("{%p " + ("if" if level == 1 else "elif") + f" block.is == 'heading {level}' %}}")
        document.add_paragraph("{{ block.text }}", f"Heading {level}")
    document.add_paragraph("{%p elif block.is == 'table' %}")
    add_table(document)
    document.add_paragraph("{%p elif block.is == 'numbered' %}")
    document.add_paragraph("{{ block.text }}", "Numbered paragraph")
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{ block.text }}", "Plain paragraph")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for bullet in block.bullets %}")
    document.add_paragraph("{{ bullet }}", "List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


if __name__ == "__main__":
    DEFAULT.write_bytes(make_template())
