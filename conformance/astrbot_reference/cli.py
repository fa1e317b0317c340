"""`astrbot-contract serve`: the reference server as a command."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from astrbot_api import releases

from .command_line import Parser, UsageError, nearest, reject_empty_variables
from .output import Output, complain, finished, log_inertly, occupy_closed_streams
from .settings import Settings
from .user_folder import make_private, state_folder

if TYPE_CHECKING:
    from astrbot_faults import Fault
    from fastapi import FastAPI

USAGE_ERROR = 2


def serve(argv: list[str]) -> int:
    """Serve an AstrBot-compatible API on 127.0.0.1, for developing clients.

    Prints the address and the first login. Returns 0 when it was stopped, 2 when it could not start.
    """
    occupy_closed_streams()
    out = Output(sys.stdout)
    try:
        options = parse(argv)
        if options.list_faults:
            out.lines(fault_list())
            return finished("serve", out, 0)
        settings = settings_of(options)
        log_inertly()
        with listener_on(options.port) as listener:
            app = app_of(settings, options.faults)
            out.lines(greeting(f"http://127.0.0.1:{listener.getsockname()[1]}", settings, app.state.account.made_up))
            if options.database is None:
                out.line(f"  database     {settings.database}")
            for fault in options.faults:
                out.line(f"  broken       {fault.name}: {fault.line} Breaks {fault.breaks}.")
            return finished("serve", out, 0) or run(app, listener)
    except UsageError as error:
        complain(f"serve: {error}")
        return USAGE_ERROR


# Functions import the server late, so that `--help` and a wrong option respond at once.


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the options and the environment. Raises UsageError if there is no folder for the database."""
    return Settings(
        database=options.database or own_database(),
        release=options.release,
        username=os.environ.get("ASTRBOT_USERNAME") or "astrbot",
        password=os.environ.get("ASTRBOT_PASSWORD"),
        expired_key=os.environ.get("ASTRBOT_KEY_EXPIRED"),
        allowed_hosts=options.allowed_host,
    )


def listener_on(port: int) -> socket.socket:
    """A socket on loopback. Raises UsageError if the port cannot be used."""
    from .serving import listen

    try:
        return listen(port)
    except (OSError, OverflowError) as error:
        raise UsageError(f"port {port} cannot be used ({error}); choose another with --port") from None


def app_of(settings: Settings, faults: Sequence[Fault]) -> FastAPI:
    """The reference server, with these faults. Raises UsageError if the database cannot be opened."""
    from sqlalchemy.exc import SQLAlchemyError

    from .app import create_app
    from .stores.store import Unavailable

    try:
        if not faults:
            return create_app(settings)
        from astrbot_faults import broken_app

        return broken_app(settings, *faults)
    except (SQLAlchemyError, ImportError, ValueError, Unavailable) as error:
        raise UsageError(f"--database: {unusable(error)}") from None


def run(app: FastAPI, listener: socket.socket) -> int:
    """Serve until the process receives a signal to stop."""
    from .serving import server

    server(app).run(sockets=[listener])
    return 0


def own_database() -> str:
    """The URL of the database of this user, in a folder that no other user can read. Raises UsageError."""
    try:
        return f"sqlite:///{make_private(state_folder() / 'serve') / 'reference.db'}"
    except OSError as error:
        raise UsageError(f"no folder for the database ({error}); name one with --database, or sqlite://") from None


def unusable(error: Exception) -> str:
    """Why a database cannot be opened and what to do, in one line without its password."""
    if isinstance(error, ModuleNotFoundError) and error.name == "psycopg":
        return "PostgreSQL needs the package psycopg: pip install 'astrbot-contract[postgres]'"
    if isinstance(error, ValueError):
        return "the URL is not valid; it looks like sqlite:///file.db or postgresql+psycopg://user:password@host/name"
    return f"the database cannot be opened ({str(error).splitlines()[0]})"


def known(release: str | None) -> str:
    """The release to serve, the first one if none is named. Raises UsageError if it is not known."""
    try:
        return releases.contract(release).release
    except ValueError:
        names = ", ".join(releases.RELEASES)
        raise UsageError(f"--release {release}: no such release; choose one of {names}") from None


def chosen(names: Sequence[str]) -> list[Fault]:
    """The faults of these names. Raises UsageError if one of them does not exist."""
    from astrbot_faults import CATALOGUE

    for name in names:
        if name not in CATALOGUE:
            meant = nearest(name, CATALOGUE) or "; --list-faults names them all"
            raise UsageError(f"unknown fault `{name}`{meant}")
    return [CATALOGUE[name] for name in names]


def fault_list() -> str:
    """Every fault: its name, the requirement that it breaks, what is wrong."""
    from astrbot_faults import CATALOGUE

    width = max(map(len, CATALOGUE))
    return "\n".join(f"{one.name:{width}}  {one.breaks:17}  {one.line}" for one in CATALOGUE.values())


def greeting(address: str, settings: Settings, made_up: str | None) -> str:
    """The lines that are printed at the start. A generated password is shown only once."""
    from .release import spelled
    from .safe_text import one_line
    from .stores.attachment_store import SEEDED

    stored = "the value of ASTRBOT_PASSWORD" if settings.password else "unchanged since the first start"
    return "\n".join(
        [
            f"AstrBot {spelled(settings.release)} reference server on {address}",
            f"  keys         {address}/",
            f"  documents    {address}/api/v1/docs",
            f"  login        {one_line(settings.username)} / {made_up or stored}",
            *(f"  attachment   {id}  {type} ({filename})" for id, (type, filename) in SEEDED.items()),
            "  agent        repeats each message; the message /help lists what else it can do",
        ]
    )


def parse(argv: list[str]) -> argparse.Namespace:
    """The options of `serve`, with `faults`. Raises UsageError for a wrong one, or for an empty variable."""
    parser = Parser(prog="serve", description=serve.__doc__)
    parser.add_argument("--port", type=int, default=6185, metavar="N", help="where to listen; 0 takes a free port")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="any SQLAlchemy URL, as postgresql+psycopg://… (extra `postgres`); sqlite:// keeps everything in memory "
        "(default: a file in the folder of this user)",
    )
    parser.add_argument("--release", metavar="R", help=f"the AstrBot release to implement (default: {releases.BASE})")
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="NAME",
        help="accept this name in a Host header too, as behind a proxy; repeatable (default: those of this machine)",
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME",
        help="break the server with this fault, to see a check fail; repeatable",
    )
    parser.add_argument(
        "--list-faults", action="store_true", help="list the faults and the requirement that each breaks"
    )
    options = parser.parse_args(argv)
    reject_empty_variables(("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY_EXPIRED"))
    options.release = known(options.release)
    options.faults = chosen(options.fault) if options.fault else []
    return options
