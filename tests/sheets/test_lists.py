"""Lists as workbooks: titles, types, totals and what they say of themselves."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fundtracker.sheets import lists
from fundtracker.sheets.lists import ListTooLongError, write_list
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.stream import Download
from fundtracker.sheets.writing import Type
from tests.sheets.workbooks import by_calamine, by_openpyxl, opened, recalculated, saved

COLUMNS = (
    Column("Reference"),
    Column("Organisation", width=40),
    Column("Asked for (£)", Type.MONEY, total=True),
    Column("Awards", Type.WHOLE, total=True),
    Column("Received on", Type.DATE),
    Column("Recorded at", Type.MOMENT),
)
NOON = datetime(2020, 7, 1, 11, 0, tzinfo=UTC)  # one o'clock in London
ROWS: list[list[object]] = [
    ["007", "=HYPERLINK(\"x\")", 106_400, 1, date(2020, 9, 21), NOON],
    ["SRF20-A002", "Wellington <Town> & Council", None, 0, None, None],
    ["SRF20-A003", "  spaces  ", -5, 2, date(2021, 3, 31), NOON],
]  # fmt: skip


def written(rows: list[list[object]] = ROWS, title: str = "Applications", **choices: object) -> Download:
    return write_list(
        title=title, columns=COLUMNS, rows=rows, made_by="A. Officer", office="West Mercia", as_at=date(2020, 9, 21),
        **choices,  # type: ignore[arg-type]  # named in each test
    )  # fmt: skip


class TestList:
    def test_keeps_text_as_text_pounds_as_numbers_and_dates_as_dates(self) -> None:
        for read in (by_openpyxl, by_calamine):
            first, _, third, _ = read(saved(written()), "Applications").rows
            assert first[:4] == ["007", '=HYPERLINK("x")', 1064, 1]
            assert str(first[4]).startswith("2020-09-21")
            assert first[5] == datetime(2020, 7, 1, 12, 0)  # noqa: DTZ001 - Excel has no time zones
            assert third[1:3] == ["  spaces  ", -0.05]
        assert opened(saved(written()))["Applications"]["B2"].data_type == "s"

    def test_leaves_what_is_not_stated_empty_and_says_how_many(self) -> None:
        content = saved(written())

        assert by_openpyxl(content, "Applications").rows[1][2] is None
        assert by_openpyxl(content, "About").row("About", "Not stated: Asked for (£)")["This workbook"] == 1

    def test_ends_with_totals_that_are_formulas_with_their_values(self) -> None:
        content = saved(written())

        assert by_openpyxl(content, "Applications").rows[-1][:4] == ["Total", None, 1063.95, 3]
        last = opened(content)["Applications"][5]
        assert [cell.value for cell in last][:4] == ["Total", None, "=SUM(C2:C4)", "=SUM(D2:D4)"]

    @pytest.mark.needs_libreoffice
    def test_adds_up_in_libreoffice(self, tmp_path: Path, libreoffice_path: Path) -> None:
        again = recalculated(saved(written()), tmp_path, libreoffice_path)

        assert by_openpyxl(again, "Applications").rows[-1][:4] == ["Total", None, 1063.95, 3]
        assert by_openpyxl(again, "Applications").rows[0][1] == '=HYPERLINK("x")'
        assert by_openpyxl(again, "About").row("About", "Control total: Asked for (£)")["This workbook"] == 1063.95

    def test_says_what_it_is_and_how_it_was_filtered(self) -> None:
        about = by_openpyxl(
            saved(written(filters=[("Fund", "Safer Roads Fund 2020"), ("Status", "received")])), "About"
        )

        said = dict(zip(about.column("About"), about.column("This workbook"), strict=True))
        assert (said["What"], said["Office"], said["Made by"]) == ("Applications", "West Mercia", "A. Officer")
        assert (said["Fund"], said["Status"], said["Number of rows"]) == ("Safer Roads Fund 2020", "received", 3)
        assert said["As at"] == datetime(2020, 9, 21)  # noqa: DTZ001 - a day, as openpyxl gives it

    def test_is_named_by_its_title_and_day(self) -> None:
        assert written(title="Payments: to make / made").file_name == "payments-to-make-made-as-at-2020-09-21.xlsx"

    @pytest.mark.parametrize("title", ["About", "[a]:*?/\\'" + "x" * 40, "''"])
    def test_takes_any_title_for_its_sheet(self, title: str) -> None:
        names = opened(saved(written(title=title))).sheetnames

        assert names[-1] == "About"
        assert len(names) == len(set(names)) == 2

    def test_of_nothing_opens(self) -> None:
        assert by_calamine(saved(written([])), "Applications").rows[0][:4] == ["Total", "", 0, 0]

    def test_refuses_more_rows_than_excel_holds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lists, "LAST_ROW", 3)

        with pytest.raises(ListTooLongError, match="Filter it further"):
            written()
