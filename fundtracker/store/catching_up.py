"""Catching up: what changed while nobody watched, because a migration made the tables anew, gets its changes too."""

from sqlalchemy import Connection, inspect

from fundtracker.domain.roles import Actor
from fundtracker.domain.years import now
from fundtracker.store.chain import begin_changes, end_changes
from fundtracker.store.watching import LAST, WHY, WRITER, Watched, unwatch, watch, watched_tables, who

UPGRADE = Actor("fundtracker db")
WHY_FOUND = "As it was found when the tables were brought up to date"


def watch_again(connection: Connection) -> None:
    """Watch every table as it is now, after a change for each row that history does not tell of as it stands."""
    unwatch(connection)
    if not inspect(connection).has_table("change"):
        return
    first = begin_changes(connection, UPGRADE, at=now(), reason=WHY_FOUND, request="")
    for table in watched_tables(connection):
        _catch_up(connection, table, first)
    end_changes(connection, first)
    watch(connection)


def _catch_up(connection: Connection, table: Watched, first: int) -> None:
    """Write the changes of one table's rows, found for the first time or other than they were last."""
    row, apart, same_row = f"{table.name}.", table.different, f"c.table_name = '{table.name}' AND c.row_id = "
    newest = "ORDER BY c.number DESC LIMIT 1"
    was = f"(SELECT c.after_json FROM change c WHERE {same_row}{table.row_id(row)} {newest})"  # noqa: S608 - ours
    said = "FROM detail d JOIN change c ON c.number = d.change"
    known = f"(SELECT d.after_json {said} WHERE {same_row}{table.row_id(row)} {newest})"
    differs = f"was {apart} is_now" + (f" OR known {apart} details" if table.personal else "")
    now_said = table.details(row) or "NULL"
    rows = (
        f"SELECT {table.row_id(row)} AS row_id, {table.json(row)} AS is_now, {was} AS was, "  # noqa: S608
        f"{known} AS known, {now_said} AS details FROM {table.name}"
    )
    connection.exec_driver_sql(
        f"INSERT INTO change SELECT {LAST} + row_number() OVER (ORDER BY length(row_id), row_id), "  # noqa: S608
        f"{who(connection.dialect.name)}, CASE WHEN was IS NULL THEN 'found' ELSE 'changed' END, '{table.name}', "
        f"row_id, was, is_now, {WHY} FROM ({rows}) found, {WRITER} WHERE {differs}"
    )
    if table.personal:
        before = f"(SELECT d.after_json {said} WHERE {same_row}n.row_id AND c.number < n.number {newest})"
        connection.exec_driver_sql(
            f"INSERT INTO detail SELECT n.number, {before}, {now_said}, NULL FROM change n "  # noqa: S608
            f"JOIN {table.name} ON {table.row_id(row)} = n.row_id "
            f"WHERE n.number > {first} AND n.table_name = '{table.name}'"
        )
