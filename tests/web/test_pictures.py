"""Pictures on their page and as files: well formed, in words, without inline styles, and of what the address asks."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.sheets.papers.plain_rows import write_csv
from fundtracker.store.funds import Fund
from fundtracker.web.pictures.bars import awarded_bars, spend_bars
from fundtracker.web.pictures.columns import month_columns
from fundtracker.web.pictures.drawn import DRAWINGS
from fundtracker.web.pictures.strokes import name_lines
from tests.books.builder import Books
from tests.sheets.workbooks import opened
from tests.web.visitor import Visitor, words

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & Söns 惠"
AT = "?as_at=21 September 2020"


@pytest.fixture
def story(books: Books, roads: Fund) -> Fund:
    """Keep awards and payments in two months, one of them to a name that means harm."""
    award = books.award(roads, "4,000", to=books.organisation(HOSTILE), on=date(2020, 9, 1))
    books.pay(award, "1,500", date(2020, 9, 2))
    return roads


class TestPage:
    def test_shows_every_picture_in_words_beside_its_figures(self, officer: Visitor, story: Fund) -> None:
        page = officer.get(f"/reports/pictures{AT}")

        assert page.text.count('role="img"') == len(DRAWINGS)
        assert "style=" not in page.text
        said = words(page)
        assert "Financial year 2020/21, as at 21 September 2020" in said
        assert "£14,000.00 was awarded of 2020/21’s money by 21 September 2020." in said
        assert "Paid 3.0%, awarded 28.0%, time gone 47.7%" in said
        assert "<script>alert" not in page.text

    def test_says_what_it_did_not_understand_and_that_there_is_nothing_to_draw(self, officer: Visitor) -> None:
        said = words(officer.get("/reports/pictures?year=nonsense&as_at=nonsense"))

        assert "“nonsense” is not a financial year" in said
        assert "Nothing has been recorded yet, so there is nothing to draw." in said
        assert "No fund has money of 2035/36" in words(officer.get("/reports/pictures?year=2035/36"))


class TestFiles:
    @pytest.mark.parametrize("key", DRAWINGS)
    def test_a_picture_is_well_formed_and_says_what_it_is(self, officer: Visitor, story: Fund, key: str) -> None:
        sent = officer.get(f"/reports/pictures/{key}.svg{AT}")
        svg = ET.fromstring(sent.data)  # noqa: S314 - what we wrote ourselves

        assert sent.mimetype == "image/svg+xml"
        assert sent.headers["Content-Disposition"].endswith("-as-at-2020-09-21.svg")
        assert (svg.tag, svg.get("role")) == (f"{SVG}svg", "img")
        assert [bool(svg.findtext(f"{SVG}{name}")) for name in ("title", "desc")] == [True, True]
        assert not [one for one in svg.iter() if "style" in one.attrib or one.tag.endswith(("script", "style"))]
        assert all(one.get("fill") for one in svg.iter(f"{SVG}text"))

    def test_its_data_is_the_same_in_both_forms(self, officer: Visitor, story: Fund) -> None:
        rows = officer.get(f"/reports/pictures/recipients.csv{AT}").data.decode("utf-8-sig").splitlines()
        workbook = opened(officer.get(f"/reports/pictures/recipients.xlsx{AT}").data, values=True)

        assert rows[0] == "Organisation,Awarded £,Paid £,To pay £,To recover £,Share"
        assert rows[2] == f"{HOSTILE},4000.00,1500.00,2500.00,0.00,28.6%"
        assert [cell.value for cell in workbook["Who receives most"][3]][:3] == [HOSTILE, 4000, 1500]

    def test_there_is_none_of_another_name(self, officer: Visitor, story: Fund) -> None:
        assert officer.get("/reports/pictures/other.svg").status_code == 404

    def test_plain_rows_keep_text_from_being_a_formula(self) -> None:
        columns = (Column("name", "Name"), Column("share", "Share", CellType.SHARE))
        rows = (Row("a", (Cell("=1+1"), Cell(-105))), Row("t", (Cell("All"), Cell()), RowKind.TOTAL))
        assert write_csv(Table("t", "T", columns, rows)).decode("utf-8-sig") == "Name,Share\r\n'=1+1,-10.5%\r\n"


class TestDrawing:
    @pytest.mark.parametrize("name", ["W" * 400, "Safer Streets Fund 2020", "a" * 400, "惠" * 40, "Of all " * 60, ""])
    def test_a_name_takes_two_lines_of_a_phone_at_most(self, name: str) -> None:
        lines = name_lines(name, 0)

        assert 1 <= len(lines) <= 2
        assert all(len(line.words) <= (21 if "W" in name or "惠" in name else 45) for line in lines)
        assert "".join(line.words for line in lines).rstrip("…").replace(" ", "") in name.replace(" ", "")

    def test_a_fund_over_its_allocation_has_a_full_bar_and_says_so(self) -> None:
        (bar,) = spend_bars(_fund(allocated=100_00, awarded=180_00, paid=90_00, time=500)).rows

        assert [(one.kind, one.start, one.width) for one in bar.stretches] == [("paid", 0, 50), ("to-pay", 50, 50)]
        assert bar.says[-1].words == "Over-allocated by £80.00"
        assert bar.mark == 50

    def test_a_fund_without_money_has_an_empty_bar(self) -> None:
        (bar,) = spend_bars(_fund(allocated=0, awarded=0, paid=0, time=0)).rows
        assert (bar.stretches, bar.says[0].words) == ([], "Paid n/a, awarded n/a, time gone 0.0%")

    def test_the_longest_bar_is_the_most_and_nothing_has_none(self) -> None:
        columns = (Column("area", "Area"), *(Column(key, key, CellType.MONEY) for key in ("awarded", "to_pay")),
                   Column("share", "Share", CellType.SHARE))  # fmt: skip
        rows = tuple(Row(key, (Cell(key), Cell(of), Cell(due), Cell(0))) for key, of, due in
                     (("a", 400, 100), ("b", 100, 100), ("c", 0, 0)))  # fmt: skip
        drawn = awarded_bars(Table("areas", "Areas", columns, rows))

        assert [sum(one.width for one in bar.stretches) for bar in drawn.rows] == [42, 10.5, 0]
        assert [bar.y for bar in drawn.rows] == sorted(bar.y for bar in drawn.rows)

    def test_months_stand_over_and_under_the_floor_with_gaps_where_none_has_come(self) -> None:
        drawn = month_columns(_months([20_000_00, -20_000_00, None], [5_000_00, 0, 10_000_00]))

        assert [tick.words for tick in drawn.ticks] == ["−£20k", "−£10k", "£0", "£10k", "£20k"]
        over, under, missing = drawn.columns
        assert over.top + over.tall == under.top == drawn.floor
        assert (over.tall, missing.tall) == (under.tall, 0)
        assert len(drawn.segments) == 2
        assert drawn.key == [("paid", "2020/21"), ("line", "2019/20 (example)")]

    def test_months_without_last_year_or_money_have_no_line(self) -> None:
        drawn = month_columns(_months([0, None, None], None))
        assert (drawn.segments, [tick.words for tick in drawn.ticks], len(drawn.key)) == ([], ["£0"], 1)


def _fund(*, allocated: int, awarded: int, paid: int, time: int) -> Table:
    money = {"allocated": allocated, "awarded": awarded, "remaining": allocated - awarded, "net_paid": paid,
             "to_pay": awarded - paid, "to_recover": 0}  # fmt: skip
    shares = [Cell(part * 1000 // allocated) if allocated else Cell(None, "n/a") for part in (awarded, paid)]
    cells = (Cell("F"), Cell("Fund"), *map(Cell, money.values()), *shares, Cell(time))
    names = ("fund", "name", *money, "used", "paid", "time")
    return Table("funds", "Funds", tuple(Column(name, name) for name in names), (Row("F", cells),))


def _months(this: list[int | None], before: list[int] | None) -> Table:
    columns = [Column("month", "Month"), Column("this", "2020/21 £", CellType.MONEY)]
    columns += [Column("before", "2019/20 (example) £", CellType.MONEY)] if before else []
    rows = [Row(str(at), (Cell(("April", "May", "June")[at]), Cell(amount), *([Cell(before[at])] if before else ())))
            for at, amount in enumerate(this)]  # fmt: skip
    return Table("awarded-by-month", "Awarded by month", tuple(columns), tuple(rows))
