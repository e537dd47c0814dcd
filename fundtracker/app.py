"""The one place where the parts are joined."""

from flask import Flask
from flask_migrate import Migrate

from fundtracker.config import Settings, beside
from fundtracker.web.db import db


def create_app(settings: Settings | None = None) -> Flask:
    """Join settings, database, migrations and pages into an application."""
    settings = settings or Settings.read()
    app = Flask(
        "fundtracker",
        template_folder=str(beside("templates")),
        static_folder=str(beside("web") / "static"),
        instance_path=str(settings.instance),
    )
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    app.config["SECRET_KEY"] = settings.secret_key()
    db.init_app(app)
    Migrate(app, db, directory=str(beside("migrations")))
    return app
