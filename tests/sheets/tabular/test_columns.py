"""Which column is which: by the usual headings of every system, by what columns hold, and never twice."""

import pytest

from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.fields import FIELDS, NEEDED
from fundtracker.sheets.tabular.titles import RANKED
from tests.sheets.tabular.offices import OFFICES
from tests.sheets.tabular.systems import FINANCE, columns
from tests.sheets.tabular.tables import read, text


@pytest.mark.parametrize("system", FINANCE)
def test_finance_systems(system: str) -> None:
    rows, fields = columns(FINANCE[system])
    found = read(BatchKind.FINANCE, rows)
    assert [column.field for column in found.table.columns] == fields
    assert not found.table.lacks


@pytest.mark.parametrize(("kind", "described"), OFFICES)
def test_what_offices_write(kind: BatchKind, described: str) -> None:
    rows, fields = columns(described)
    assert [column.field for column in read(kind, rows).table.columns] == fields


@pytest.mark.parametrize("kind", list(FIELDS))
def test_each_field_has_usual_titles_and_each_title_a_field_of_its_kind(kind: BatchKind) -> None:
    fields = {field.name for field in FIELDS[kind]}
    titled = {name for fields in RANKED[kind].values() for name in fields}
    assert titled == fields
    assert set().union(*NEEDED[kind]) <= fields


def test_what_columns_hold_decides_between_headings() -> None:
    found = read(BatchKind.AWARDS, text("Paid|Organisation|Amount|Date\nY|ABC|5|01/02/2024\nN|DEF|6|02/02/2024"))
    assert "Paid" not in found.fields
    assert found.table.notes == ("Column A (“Paid”) mostly holds no amounts, so it is not used.",)


def test_a_column_of_codes_is_the_suppliers_number_and_one_of_names_the_payee() -> None:
    found = read(BatchKind.FINANCE, text("Supplier|Supplier Name|Amount\n10001|ABC|5\n10002|DEF|6"))
    assert found.fields == {"Supplier": "supplier_number", "Supplier Name": "payee", "Amount": "amount"}


def test_an_empty_column_gives_way_to_a_filled_one() -> None:
    found = read(BatchKind.FINANCE, text("Supplier|Payment Amount|Amount|Date\nABC||5|01/02/2024"))
    assert found.sums()[1] == "£5.00"


def test_the_only_column_of_dates_and_the_only_column_of_pounds() -> None:
    found = read(BatchKind.AWARDS, text("Organisation|£|When\nABC|5|01/02/2024\nDEF|6|02/02/2024"))
    assert found.fields == {"Organisation": "organisation", "£": "amount", "When": "awarded_on"}
    assert [column.why for column in found.table.columns][2] == "the only column of dates"


def test_two_columns_of_amounts_with_one_heading_are_asked_about() -> None:
    rows = text("Organisation|Amount|Amount\nABC|100|90")
    found = read(BatchKind.AWARDS, rows)
    assert (
        found.table.lacks == "Columns B and C are both headed “Amount”, with other figures. Say which of them is meant."
    )
    assert read(BatchKind.AWARDS, rows, columns={"C": "amount"}).table.lacks == ""
    assert read(BatchKind.AWARDS, text("Organisation|Amount|Amount\nABC|100|100")).table.lacks == ""


def test_another_column_that_could_be_the_amount_is_named() -> None:
    found = read(BatchKind.FINANCE, text("Supplier|Amount|Invoice Amount|Date\nABC|100|120|01/02/2024"))
    assert "Column C (“Invoice Amount”) could also be the amount: column B (“Amount”) is taken." in found.table.notes


@pytest.mark.parametrize("heading", ["Amount (£000)", "Amount £k", "Amount (€)", "Amount in USD"])
def test_amounts_that_are_not_single_pounds_hold_the_table_back(heading: str) -> None:
    found = read(BatchKind.AWARDS, text(f"Organisation|{heading}\nABC|5"), columns={heading: "amount"})
    assert heading in found.table.lacks
    assert [(problem.row, problem.column) for problem in found.table.problems] == [(1, "B")]


def test_each_column_comes_with_samples_of_what_it_holds() -> None:
    found = read(BatchKind.AWARDS, [["Organisation", "Amount"], ["ABC", 5.0], ["ABC", 41133.770000000004], ["DEF", ""]])
    assert [column.samples for column in found.table.columns] == [("ABC", "DEF"), ("5", "41133.770000000004")]
    assert [column.filled for column in found.table.columns] == [3, 2]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Recipient Org:0:Name", "organisation"),
        ("recipientOrganization/0/name", "organisation"),
        ("Grant awarded 2023/24 (£)", "amount"),
        ("Total Grant Awarded to the organisation", "amount"),
        ("amountAwarded", "amount"),
        ("Recipent Name", "organisation"),
        ("Ammount awarded", "amount"),
        ("Amount awarded last year less clawback remaining", ""),
        ("Funding Org:Name", ""),
    ],
)
def test_other_ways_of_writing_a_heading(heading: str, field: str) -> None:
    rows = text(f"Recipient Org:Identifier|{heading}\nGB-CHC-1|{'ABC' if field == 'organisation' else 5}")
    found = read(BatchKind.AWARDS, rows, header_row=1)
    assert found.table.columns[1].field == field
