"""A glance over a sheet's bytes says what going through its tags says, and nothing else."""

import random

import pytest

from fundtracker.sheets.files import glance
from fundtracker.sheets.files.unsaid import Scan, Unsaid, listen
from fundtracker.sheets.unsafe import WorkbookRefusedError
from tests.hostile.packages import sheet

CELLS = (
    "<v>1</v>", "<f>1+1</f><v>2</v>", "<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>",
    '<f t="shared" si="0"/><v>2</v>',
    '<f t="shared" si="0"/>', "", "<is><t>O'Neill = 'x' &lt;c r=&quot;</t></is>", "<f>SUM('A b'!A1)</f><v> </v>",
    "<f>1&gt;2</f>\n<v>3</v>", "<f>IF(A1='x'!B2,1)</f><v>1</v>",
)  # fmt: skip
KINDS = ("", ' t="n"', ' t="str"', ' t="e"', ' s="1" t="s"', ' t="b"')
ROWS = ("", ' hidden="1"', ' hidden="0"', ' spans="1:9" hidden="true" ht="1"', ' ht="12"')


def _sheet(chance: random.Random, odd: bool) -> bytes:
    rows = []
    for row in sorted(chance.sample(range(1, 60), 8)):
        cells = [
            f'<c r="{chance.choice("ABZ")}{row}"{chance.choice(KINDS if odd else KINDS[:1])}>'
            f"{chance.choice(CELLS if odd else CELLS[:2])}</c>"
            for _ in range(4)
        ]
        rows.append(f'<row r="{row}"{chance.choice(ROWS)}>{"".join(cells)}</row>')
    return sheet("".join(rows).encode())


def _by_tags(content: bytes) -> Unsaid | str:
    scan = Scan()
    try:
        listen(content, scan)
    except WorkbookRefusedError as refusal:
        return refusal.sentence
    return scan.found


def _at_a_glance(content: bytes) -> Unsaid | str:
    try:
        return glance.unsaid(content)
    except WorkbookRefusedError as refusal:
        return refusal.sentence


@pytest.mark.parametrize("odd", [False, True])
def test_says_what_the_tags_say(odd: bool) -> None:
    chance = random.Random(4)  # noqa: S311 - repeatable, and guards nothing
    for _ in range(500):
        content = _sheet(chance, odd)
        assert _at_a_glance(content) == _by_tags(content), content


@pytest.mark.parametrize(
    ("place", "far"),
    [("AF249999", False), ("IV29999", False), ("IV31250", False), ("AF250000", False), ("IV31251", True),
     ("IW1", True), ("A250001", True), ("XFD1048576", True)],
)  # fmt: skip
def test_knows_how_far_out_a_cell_may_stand(place: str, far: bool) -> None:
    content = sheet(f'<row r="1"><c r="A1"><v>1</v></c><c r="{place}"><v>1</v></c></row>'.encode())
    answer = _at_a_glance(content)
    assert answer == _by_tags(content)
    assert isinstance(answer, str) is far


def test_a_glance_is_enough_for_a_plain_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_again(*_: object) -> None:
        raise AssertionError("the tags were gone through")

    monkeypatch.setattr(glance, "listen", look_again)
    cells = b'<c r="A1" t="inlineStr"><is><t>O\'Neill</t></is></c><c r="B1"><f>1+1</f><v>2</v></c>'
    assert glance.unsaid(sheet(b'<row r="1" hidden="1">%b</row>' % cells)) == Unsaid({}, {1})
