"""Run the migrations on the database of the application in hand, inside one write transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from fundtracker.store.engine import WRITE
from fundtracker.store.tables import Base


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
        context.run_migrations()


def main() -> None:
    """Open the one engine, in the mode that may write."""
    engine: Engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        migrate(connection)


main()
