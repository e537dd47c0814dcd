"""Every constraint of the schema broken once, on both engines, with the triggers out of the way."""

import pytest
from sqlalchemy import Engine, Inspector, inspect

from fundtracker.services import applications, bids
from fundtracker.store.tables import Base
from tests.books.builder import Books
from tests.store.raw import refusal
from tests.store.rows import OTHERS

# What breaks a check that is not broken by -1, 1.5 or a word that is no choice.
BREAKS = {
    "ck_book_one": "id = 2",
    "ck_office_one": "id = 2",
    "ck_writing_one": "id = 2",
    "ck_person_email": "email = 'A@B.example'",
    "ck_budget_line_year": "year = 1999",
    "ck_budget_line_recovered_paid": "recovered = paid + 1",
    "ck_award_line_recovered_paid": "recovered = paid + 1",
    "ck_organisation_merged": "merged_into_id = id",
    "ck_award_fund": "fund_id = NULL",
    "ck_entry_amount": "amount = 0",
    "ck_claim_item_claimed": "claimed = 0, certified = NULL",
    "ck_claim_item_certified_claimed": "certified = claimed + 1",
    "ck_accrual_reverses_on_after": "reverses_on = period_end",
    "ck_explained_about": "entry_number = 3",
    "ck_absence_until_on_from": "until_on = '2020-06-29'",
    "ck_absence_deputy_other": "deputy_id = person_id",
    "ck_event_about": "fund_id = NULL, organisation_id = NULL, application_id = NULL, award_id = NULL, bid_id = NULL",
    "ck_note_about": "award_id = NULL",
    "ck_attachment_about": "fund_id = 1",
    "ck_interest_about": "organisation_id = NULL",
    "ck_entry_sign": "amount = -amount",
    "ck_entry_on_award": "award_line_id = 1",
    "ck_entry_paid": "payment_id = 1",
    "ck_entry_one_correction": "reverses = 1, replaces = 1, amount = -1",
}
# What must change with a link so that no check is broken before it.
BESIDES = {
    ("entry", "reverses"): ", amount = -amount",
    ("explained", "entry_number"): ", finance_line_id = NULL",
    ("interest", "application_id"): ", organisation_id = NULL",
    **{("note", f"{name}_id"): ", award_id = NULL" for name in ("organisation", "application")},
    **{
        ("attachment", f"{name}_id"): ", award_id = NULL"
        for name in ("fund", "organisation", "application", "claim", "monitoring_return", "decision_record")
    },
}
EMPTY = frozenset({"sent_form"})  # no check, no money: only keys and links


@pytest.fixture
def bare(books: Books) -> Engine:
    """Keep a row in every table that holds money or has a check, and take the triggers away."""
    fund = books.fund("100", outcomes=("Fewer casualties",))
    award = books.award(fund, "60")
    books.pay(award, "50")
    details = applications.ApplicationDetails(
        fund=fund, organisation=award.organisation, asked_for=None, outcomes=tuple(fund.outcomes)
    )
    books.do(applications.log_application, details=details)
    books.do(bids.record_bid, details=bids.BidDetails(title="T", funder="F"))
    books.session.rollback()
    engine = books.session.get_bind().engine
    with engine.connect().execution_options(ft_write=True) as connection:
        for statement in (*OTHERS, *_no_triggers(engine)):
            connection.exec_driver_sql(statement)
        connection.commit()
    return engine


def _no_triggers(engine: Engine) -> list[str]:
    if engine.dialect.name == "postgresql":
        return [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in Base.metadata.tables]
    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    return [f"DROP TRIGGER {name}" for name in names]


def test_every_check(bare: Engine) -> None:
    schema, tried = inspect(bare), 0
    for table in schema.get_table_names():
        for check in schema.get_check_constraints(table):
            name = str(check["name"])
            said = refusal(bare, f"UPDATE {table} SET {_break(table, name)}")  # noqa: S608 - our own names
            assert name in said, (name, said)
            tried += 1

    assert tried > 40
    assert BREAKS.keys() <= {str(c["name"]) for t in schema.get_table_names() for c in schema.get_check_constraints(t)}


def _break(table: str, name: str) -> str:
    if name in BREAKS:
        return BREAKS[name]
    column = name.removeprefix(f"ck_{table}_")
    if column.endswith("_whole"):
        return f"{column.removesuffix('_whole')} = 1.5"
    return f"{column} = -1" if "INT" in str(Base.metadata.tables[table].c[column].type) else f"{column} = 'nonsense'"


def test_every_required_column(bare: Engine) -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.nullable or column.primary_key or table.name in EMPTY:
                continue
            said = refusal(bare, f"UPDATE {table.name} SET {column.name} = NULL")  # noqa: S608 - our own names
            assert "null" in said.lower(), (column, said)
            assert column.name in said


def test_every_link(bare: Engine) -> None:
    schema, tried = inspect(bare), 0
    for table in Base.metadata.sorted_tables:
        for link in schema.get_foreign_keys(table.name):
            (column,) = link["constrained_columns"]
            if table.name in EMPTY:
                continue
            extra = BESIDES.get((table.name, column), "")
            where = _link_where(table.name, column)
            said = refusal(bare, f"UPDATE {table.name} SET {column} = 98765{extra}{where}")  # noqa: S608 - our own names
            assert "foreign key" in said.lower(), (table.name, column, said)
            tried += 1

    assert tried > 30


def _link_where(table: str, column: str) -> str:
    if table in ("detail", "seal"):
        return f" WHERE change = (SELECT MAX(change) FROM {table})"  # noqa: S608 - our own names
    if table != "entry":
        return ""
    wanted = {"award_line_id": "award", "payment_id": "payment"}.get(column, "allocation")
    return f" WHERE kind = '{wanted}'"


def test_every_unique_set(bare: Engine) -> None:
    schema, tried = inspect(bare), 0
    for table in Base.metadata.sorted_tables:
        for unique in schema.get_unique_constraints(table.name):
            said = refusal(bare, *_twice(schema, table.name, list(unique["column_names"])))
            assert "unique" in said.lower(), (unique, said)
            assert str(unique["name"]) in said or all(name in said for name in unique["column_names"])
            tried += 1

    assert tried == 33


def _twice(schema: Inspector, table: str, unique: list[str]) -> list[str]:
    """Copy a row under another key, what else is unique made different; of entries, two that undo or replace #1."""
    if table == "entry":
        undone = {unique[0]: "1", "amount": "-amount" if unique == ["reverses"] else "amount"}
        return [_copy(schema, table, {"number": number, **undone}) for number in ("901", "902")]
    others = {n for u in schema.get_unique_constraints(table) for n in u["column_names"]} - set(unique)
    return [
        _copy(schema, table, {"id": "id + 900", "number": "number + 900"} | {name: f"{name} || 'x'" for name in others})
    ]


def _copy(schema: Inspector, table: str, changed: dict[str, str]) -> str:
    names = [column["name"] for column in schema.get_columns(table)]
    values = [changed.get(name, name) for name in names]
    copied = f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table}"  # noqa: S608 - our own
    return f"{copied} ORDER BY 1 LIMIT 1"


def test_what_stands_uses_a_line_or_an_entry_once(bare: Engine) -> None:
    twice = {
        "matching_line": "INSERT INTO matching_line (matching_id, finance_line_id, live) VALUES (1, 1, {})",
        "matching_entry": "INSERT INTO matching_entry (matching_id, entry_number, live) VALUES (1, 3, {})",
    }
    for table, statement in twice.items():
        assert table in refusal(bare, statement.format("true"))
        assert refusal(bare, statement.format("false")) == ""
