"""People from the command line: add one, give a one-time link, list them."""

from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fundtracker.cli.offices import find_actor, find_by_email, open_books
from fundtracker.cli.options import as_option
from fundtracker.cli.tables import word_table
from fundtracker.cli.terminal import Group, json_option, print_json
from fundtracker.domain.roles import Power, Role
from fundtracker.services.people import LINK_LASTS, add_person, end_sessions, make_link
from fundtracker.services.second_factors import forget, has_one
from fundtracker.store.people import Person
from fundtracker.store.transactions import transaction

POSTS = {role.value.lower().replace(" ", "-"): role for role in Role}
EXAMPLE = "http://127.0.0.1:8000"


@click.group(cls=Group)
def user() -> None:
    """Add people, and give them links to set a password."""


@user.command()
@click.argument("address", metavar="EMAIL")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice(list(POSTS)), required=True, help="The person's main post.")
@click.option("--also", type=click.Choice(list(POSTS)), multiple=True, help="Another post; may be given again.")
@as_option
@json_option
def add(*, address: str, name: str, role: str, also: tuple[str, ...], email: str | None, as_json: bool) -> None:
    """Add a person and print a one-time link with which they set a password."""
    with open_books() as session:
        with transaction(session):
            find_actor(session, email, Power.ADMINISTER)
            others = frozenset(POSTS[other] for other in also)
            person = add_person(session, email=address, name=name, role=POSTS[role], others=others)
            token = make_link(session, person)
        _answer(person, token, as_json=as_json)


@user.command()
@click.argument("address", metavar="EMAIL")
@as_option
@json_option
def link(address: str, email: str | None, as_json: bool) -> None:
    """Print a new one-time link for a person, in place of any earlier one."""
    with open_books() as session:
        with transaction(session):
            find_actor(session, email, Power.ADMINISTER)
            person = find_by_email(session, address)
            token = make_link(session, person)
        _answer(person, token, as_json=as_json)


@user.command("forget-code")
@click.argument("address", metavar="EMAIL")
@as_option
@json_option
def forget_code(address: str, email: str | None, as_json: bool) -> None:
    """Take a person's second step away, as after a lost phone, and end their sessions."""
    with open_books() as session, transaction(session):
        find_actor(session, email, Power.ADMINISTER)
        person = find_by_email(session, address)
        had = has_one(session, person)
        forget(session, person)
        end_sessions(session, person)
        answer = {"email": person.email, "name": person.name, "had_code": had}
    if as_json:
        print_json(answer)
        return
    click.echo(f"{answer['name']}: {'the second step is taken away' if had else 'there was no second step'}.")


@user.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List everybody who may sign in, and who may not any more."""
    with open_books() as session:
        asked = select(Person).options(selectinload(Person.others)).order_by(Person.name, Person.id)
        people = [_row(person) for person in session.scalars(asked)]
    if as_json:
        print_json({"people": people})
        return
    rows = [(p["name"], p["email"], ", ".join([p["role"], *p["others"]]), _state(p)) for p in people]
    click.echo("\n".join(word_table([("Name", "Email address", "Post", ""), *rows])))


def link_words(token: str) -> list[str]:
    """Say where a one-time link is opened, and for how long."""
    lasts = f"The link sets a password once, within {LINK_LASTS.days} days."
    return [EXAMPLE + link_path(token), f"{lasts} Where the office is elsewhere, put its address before /set-password."]


def link_path(token: str) -> str:
    """Give the page of a one-time link, without the server's address."""
    return f"/set-password/{token}"


def _answer(person: Person, token: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"email": person.email, "name": person.name, "role": person.role.value, "link": link_path(token)})
        return
    click.echo("\n".join([f"{person.name}, {person.role.value}, {person.email}", *link_words(token)]))


def _row(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "role": person.role.value,
        "others": [other.role.value for other in person.others],
        "active": person.active,
        "has_password": person.password_hash is not None,
    }


def _state(row: dict[str, Any]) -> str:
    if not row["active"]:
        return "may not sign in"
    return "" if row["has_password"] else "no password yet"
