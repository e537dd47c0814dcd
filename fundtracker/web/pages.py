"""Every blueprint, in the order of the navigation."""

from flask import Blueprint

from fundtracker.web import home, people, settings, sign_in

BLUEPRINTS: tuple[Blueprint, ...] = (home.pages, sign_in.pages, people.pages, settings.pages)
