"""The one place where the parts are joined."""

from datetime import timedelta

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from fundtracker.config import Settings, beside
from fundtracker.services.sign_ins import LONGEST
from fundtracker.web.access import ask_table, guard_pages
from fundtracker.web.addresses import set_up_addresses
from fundtracker.web.application import Application
from fundtracker.web.db import db
from fundtracker.web.errors import set_up_errors
from fundtracker.web.filters import set_up_filters
from fundtracker.web.headers import set_up_headers
from fundtracker.web.history.records import set_up_history
from fundtracker.web.layout import set_up_layout
from fundtracker.web.once import answer_again
from fundtracker.web.pages import BLUEPRINTS
from fundtracker.web.providers import set_up_provider
from fundtracker.web.recounts import set_up_recounts
from fundtracker.web.signed_in import set_up_sign_in
from fundtracker.web.terms import set_up_terms


def create_app(settings: Settings | None = None) -> Flask:
    """Join settings, database, migrations and pages into an application; raises LookupError for an unlisted page."""
    settings = settings or Settings.read()
    app = Application(
        "fundtracker",
        static_folder=str(beside("web") / "static"),
        instance_path=str(settings.instance),
    )
    _configure(app, settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]  # Flask's own documented way
    db.init_app(app)
    Migrate(app, db, directory=str(beside("migrations")))
    set_up_addresses(app)
    set_up_headers(app, https=settings.https)
    set_up_sign_in(app)
    set_up_provider(app, settings.provider)
    app.before_request(ask_table)  # before the CSRF check: a page that is not yours says so first
    CSRFProtect(app)
    app.before_request(answer_again)
    set_up_templates(app)
    set_up_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    guard_pages(app)
    return app


def set_up_templates(app: Flask) -> None:
    """Find templates, ours and those of the GOV.UK components, and give them what they use."""
    components = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_loader = ChoiceLoader([FileSystemLoader(beside("templates")), PrefixLoader(components)])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    set_up_filters(app)
    set_up_layout(app)
    set_up_terms(app)
    set_up_recounts(app)
    set_up_history(app)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database,
        SECRET_KEY=settings.secret_key(),
        SESSION_COOKIE_NAME="__Host-ft_session" if settings.https else "ft_session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        # A form lasts as long as the session that it was shown in can.
        WTF_CSRF_TIME_LIMIT=int((LONGEST + timedelta(minutes=1)).total_seconds()),
        TRUSTED_HOSTS=list(settings.hosts) or None,
        SECOND_STEP_REQUIRED=settings.second_step,
    )
