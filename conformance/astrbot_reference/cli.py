"""`astrbot-contract serve`: the reference server for people."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from .settings import Settings

USAGE_ERROR = 2


def serve(argv: list[str]) -> int:
    """Serve an AstrBot-compatible API on 127.0.0.1, for developing clients.

    Prints the address and the first login. Returns 0 when it was stopped, 2 when it could not start.
    """
    options = parse(argv)
    # Imported late: `--help` and a wrong option should answer at once.
    from .app import create_app
    from .serving import listen, server
    from .settings import Settings

    username, password = os.environ.get("ASTRBOT_USERNAME"), os.environ.get("ASTRBOT_PASSWORD")
    expired = os.environ.get("ASTRBOT_KEY_EXPIRED")
    settings = Settings(
        database=options.database, username=username or "astrbot", password=password, expired_key=expired
    )
    try:
        listener = listen(options.port)
    except (OSError, OverflowError) as error:
        print(
            f"astrbot-contract: port {options.port} cannot be used ({error}); choose another with --port",
            file=sys.stderr,
        )
        return USAGE_ERROR
    try:
        app = create_app(settings)
    except (SQLAlchemyError, ImportError) as error:
        listener.close()
        reason = str(error).splitlines()[0]
        print(f"astrbot-contract: the database cannot be opened ({reason}); see --database", file=sys.stderr)
        return USAGE_ERROR
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(greeting(address, settings, app.state.account.made_up), flush=True)
    server(app).run(sockets=[listener])
    return 0


def greeting(address: str, settings: Settings, made_up: str | None) -> str:
    """What a person needs to begin. A password is shown only where it was made up just now."""
    from .attachments import SEEDED

    kept = "as ASTRBOT_PASSWORD says" if settings.password else "as at the first start"
    return "\n".join(
        [
            f"AstrBot reference server on {address}",
            f"  documents    {address}/api/v1/docs",
            f"  login        {settings.username} / {made_up or kept}",
            *(f"  attachment   {id}  {type} ({filename})" for id, (type, filename) in SEEDED.items()),
            "  agent        says back what it is told; the message /help lists what else it does",
        ]
    )


def parse(argv: list[str]) -> argparse.Namespace:
    """The options of `serve`. Exits with 2 on a wrong one."""
    parser = argparse.ArgumentParser(prog="astrbot-contract serve", description=serve.__doc__)
    parser.add_argument("--port", type=int, default=6185, metavar="N", help="where to listen; 0 takes a free port")
    parser.add_argument(
        "--database",
        default="sqlite:///astrbot-reference.db",
        metavar="URL",
        help="any SQLAlchemy URL; sqlite:// forgets",
    )
    return parser.parse_args(argv)
