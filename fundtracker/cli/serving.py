"""Serving the pages until somebody stops it."""

import ipaddress
import logging
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

import click
from flask import Flask
from waitress.server import create_server

from fundtracker.app import create_app
from fundtracker.cli.offices import open_books
from fundtracker.cli.terminal import Command
from fundtracker.config import Settings
from fundtracker.domain.refusals import Refusal
from fundtracker.services.office import find_office
from fundtracker.web.db import db

LOOPBACK = "127.0.0.1"
FIRST_PORT, PORTS = 8000, 100
# A hundred connections that never finish asking would fill waitress's own limit, and keep everybody out.
_CONNECTIONS, _LONGEST_SILENCE = 800, 60


class AddressRefusal(Refusal):
    """An address that pages cannot, or must not, be served at."""


@click.command(cls=Command)
@click.option("--host", default=LOOPBACK, show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=FIRST_PORT, show_default=True, help="The port.")
def serve(host: str, port: int) -> None:
    """Serve the office's pages until Ctrl-C."""
    settings = Settings.read()
    if not is_loopback(host) and not settings.https:
        raise AddressRefusal(
            f"{host} is open to other machines, and passwords would cross the network unprotected. Put a server that "
            "speaks https in front and set FUNDTRACKER_HTTPS=1, or leave out --host."
        )
    with open_books(settings) as session:
        name = find_office(session).name
    listening = listen(host, port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    click.echo(f"{name}: {address_of(listening)}\nPress Ctrl-C to stop.")
    serve_until_stopped(create_app(settings), listening)


def is_loopback(host: str) -> bool:
    """Say whether an address can be reached from this machine only."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Take an address; raises AddressRefusal where it is taken or is none."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return _bound(socket.socket(family, kind), address)
    except OSError as error:
        raise AddressRefusal(f"Port {port} of {host} cannot be used: {error.strerror}. Choose another.") from error


def listen_on_next_free() -> socket.socket:
    """Take port 8000 of this machine, or the next that is free; raises AddressRefusal where none is."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with suppress(AddressRefusal):
            return listen(LOOPBACK, port)
    raise AddressRefusal(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1} is free. Choose one with --port.")


def address_of(listening: socket.socket) -> str:
    """Write the address of a socket as a browser takes it."""
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_until_stopped(app: Flask, listening: socket.socket) -> None:
    """Serve an application on a socket; Ctrl-C and SIGTERM end it cleanly."""
    signal.signal(signal.SIGTERM, _stop)
    server = create_server(
        app, sockets=[listening], ident="", clear_untrusted_proxy_headers=True, connection_limit=_CONNECTIONS,
        channel_timeout=_LONGEST_SILENCE, asyncore_use_poll=True,
    )  # fmt: skip
    try:
        server.run()
    finally:
        server.close()
        with app.app_context():
            db.engine.dispose()
    click.echo("Stopped.")


def _bound(taken: socket.socket, address: tuple[Any, ...]) -> socket.socket:
    try:
        if sys.platform != "win32":  # there the option would let two programs share one port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen()  # from here on a browser waits, where it would be turned away
    except OSError:
        taken.close()
        raise
    return taken


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
