"""Run the migrations on the connection given, or on the application's database inside one write transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from fundtracker.store.catching_up import watch_again
from fundtracker.store.engine import WRITE
from fundtracker.store.tables import Base
from fundtracker.store.watching import unwatch


def migrate(connection: Connection) -> None:
    """Bring the schema to where Alembic was asked to."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            # Another program that migrates at the same time waits here, and then finds nothing left to do.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('fundtracker migrations'))")
        unwatch(connection)  # a watched table could not be made anew
        context.run_migrations()
        watch_again(connection)


def main() -> None:
    """Take the connection given, which a restore fills in one transaction; else open the one engine, to write."""
    if (given := context.config.attributes.get("connection")) is not None:
        migrate(given)
        return
    engine: Engine = current_app.extensions["migrate"].db.engine
    # Begun here, and not by Alembic, which would keep each migration of SQLite by itself.
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        migrate(connection)


main()
