"""
Write the demonstration's workbook of 2019/20, whose every figure is invented and whose every row says so.

`python -m tests.harness.last_year` writes fundtracker/demo/example-2019-20.xlsx again.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook

from tests.harness.last_year_awards import AWARDS, Row

FILE = Path(__file__).parents[2] / "fundtracker" / "demo" / "example-2019-20.xlsx"
EXAMPLE = "illustrative example"
REASONS = "It meets an aim of the fund (example)"
DEPARTMENT = "Department for Grants (example)"
MADE = datetime(2020, 4, 1, tzinfo=UTC).replace(tzinfo=None)

VICTIMS, SECURE, REFORM, REASSURE = (
    "Putting victims and survivors first",
    "Building a more secure West Mercia",
    "Reforming West Mercia",
    "Reassuring West Mercia's communities",
)
FUND_HEADINGS = (
    "Fund", "Fund ref", "Funder", "Where the money is from", "Amount", "Date allocated", "Plan objective", "Status",
    "Spend by", "Rev/Cap", "Purpose", "Decision ref", "Notes",
)  # fmt: skip
FUNDS: tuple[Row, ...] = (
    ("Victims' Support Grant 2019 (example)", "VSG19", DEPARTMENT, "External grant", 450000, date(2019, 4, 1), VICTIMS,
     "Open", date(2020, 3, 31), "Revenue", "Help for victims to cope and recover", "EX 2019/01 (example)", EXAMPLE),
    ("Safer Places Pilot 2019 (example)", "SPP19", DEPARTMENT, "External grant", 110000, date(2019, 6, 3), SECURE,
     "Closed", date(2020, 3, 31), "Capital", "Lighting, locks and cameras", "EX 2019/04 (example)", EXAMPLE),
    ("Safer Roads Fund 2019 (example)", "SRF19", "PCC", "Own fund", 210000, date(2019, 4, 8), SECURE,
     "Open", date(2020, 3, 31), "Revenue", "Fewer collisions and casualties", "EX 2019/02 (example)", EXAMPLE),
    ("Community Grants 2019 (example)", "CG19", "PCC", "Own fund", 64210, date(2019, 4, 8), REASSURE,
     "Closed", date(2020, 3, 31), "Revenue", "Small grants to local groups", "EX 2019/03 (example)", EXAMPLE),
    ("Innovation Reserve 2019 (example)", "IR19", "PCC", "Reserve", 50000, date(2019, 5, 13), REFORM,
     "Open", date(2020, 3, 31), "Revenue", "Trials of better ways to work", "EX 2019/05 (example)", EXAMPLE),
    ("Early Help Fund 2019 (example)", "EHF19", DEPARTMENT, "External grant", 95000, date(2019, 11, 4), SECURE,
     "Open", date(2020, 3, 31), "Revenue", "Keeping young people out of violence", "EX 2019/09 (example)", EXAMPLE),
)  # fmt: skip

BID_HEADINGS = ("Bid", "Funder", "Amount sought", "Status", "Date submitted", "Outcome expected", "Notes")
BIDS: tuple[Row, ...] = (
    ("Early help for young people (example)", DEPARTMENT, 95000, "Won", date(2019, 7, 1), "October 2019", EXAMPLE),
    ("Rural road cameras (example)", DEPARTMENT, 120000, "Lost", date(2019, 9, 2), "December 2019", EXAMPLE),
)

OUTCOMES: tuple[Row, ...] = (
    ("Safer Roads Fund 2019 (example)", "Fewer people killed or hurt on the roads (example)"),
    ("Safer Roads Fund 2019 (example)", "More people who know how to stay safe on the roads (example)"),
    ("Early Help Fund 2019 (example)", "More young people in education, training or work (example)"),
)
ORGANISATION_TYPES = {
    "Trust": "Charity",
    "Council": "Parish or town council",
    "Group": "Community group",
    "Centre": "Company",
}
AWARD_HEADINGS = (
    "Award ref", "Fund", "Organisation paid", "Purpose", "Asked for", "Awarded", "Date awarded", "Type", "Paid?",
    "Paid (£)", "Date paid", "Area", "Start date", "End date", "Plan objective", "Reasons", "Notes",
)  # fmt: skip


def write(file: Path = FILE) -> None:
    """Write the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "Funds", FUND_HEADINGS, FUNDS, title="Funding 2019/20: every row is an illustrative example")
    _sheet(book, "Organisations", ("Organisation", "Type", "Area", "Notes"), organisations())
    _sheet(book, "Awards", AWARD_HEADINGS, awards())
    _sheet(book, "Bids", BID_HEADINGS, BIDS)
    _sheet(book, "Outcomes", ("Fund", "Outcome"), OUTCOMES)
    book.properties.created = book.properties.modified = MADE
    book.save(file)


def organisations() -> list[Row]:
    """Give each invented organisation that an award is to, once; this year's own are on record already."""
    areas = {name: area for _, name, _, _, _, _, _, _, area in AWARDS if name.endswith("(example)")}
    return [(name, _type(name), area, EXAMPLE) for name, area in sorted(areas.items())]


def _type(name: str) -> str:
    return next(kind for word, kind in ORGANISATION_TYPES.items() if word in name)


def awards() -> Iterator[Row]:
    """Give a row of the Awards sheet for each award, numbered within its fund."""
    names = {fund[1]: (str(fund[0]), fund[6]) for fund in FUNDS}
    numbers = dict.fromkeys(names, 0)
    for fund, organisation, purpose, asked, awarded, on, paid, paid_on, area in AWARDS:
        numbers[fund] += 1
        in_full = "Y" if paid == awarded else None
        yield (
            f"{fund}-{numbers[fund]:03d}", names[fund][0], organisation, f"{purpose} (example)", asked, awarded, on,
            "Contract" if "service" in purpose else "Grant", in_full or ("N" if not paid else None),
            paid if paid and not in_full else None, paid_on, area, on, date(2020, 3, 31), names[fund][1], REASONS,
            EXAMPLE,
        )  # fmt: skip


def _sheet(book: Workbook, name: str, headings: Row, rows: Iterable[Row], title: str = "") -> None:
    sheet = book.create_sheet(name)
    for cells in ([title],) if title else ():
        sheet.append(cells)
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))


if __name__ == "__main__":
    write()
