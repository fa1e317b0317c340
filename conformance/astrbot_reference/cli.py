"""`astrbot-contract serve`: the reference server for people."""

from __future__ import annotations

import argparse
import os
import sys

from sqlalchemy.exc import SQLAlchemyError

USAGE_ERROR = 2


def serve(argv: list[str]) -> int:
    """Serve an AstrBot-compatible API on 127.0.0.1, for developing clients.

    Prints the address and the first login. Returns 0 when it was stopped, 2 when it could not start.
    """
    options = parse(argv)
    # Imported late: `--help` and a wrong option should answer at once.
    from .app import create_app
    from .serving import listen, server
    from .settings import Settings, random_password

    chosen = os.environ.get("ASTRBOT_PASSWORD")
    username = os.environ.get("ASTRBOT_USERNAME") or "astrbot"
    settings = Settings(database=options.database, username=username, password=chosen or random_password())
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
    print(f"AstrBot reference server on http://127.0.0.1:{listener.getsockname()[1]}")
    print(f"  documents  http://127.0.0.1:{listener.getsockname()[1]}/api/v1/docs")
    print(f"  login      {username} / {'as ASTRBOT_PASSWORD says' if chosen else settings.password}", flush=True)
    server(app).run(sockets=[listener])
    return 0


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
