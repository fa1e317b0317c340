"""`astrbot-contract check`: report which operations one developer key opens."""

import argparse
import os

from astrbot_reference.command_line import Formatter, Parser, UsageError

from astrbot_conformance.cli.command import run
from astrbot_conformance.cli.command_line import add_connection, add_release
from astrbot_conformance.report.transcript import Transcript, complain
from astrbot_conformance.secret import UNSENDABLE, Secret, is_sendable

AT_HOME = "http://127.0.0.1:6185"
EPILOG = """\
It sends about 30 requests that only read, a third of them with your key, the others with an invented key and without
a key: the result is unknown if the server does not tell these apart. No login is needed. It gives up after 30 seconds.

Exit code:
  0  the server accepts the key
  1  the server refuses the key
  2  usage or configuration: a wrong or empty value, nothing answers at URL
  3  the result is unknown, the check gave up, or what answers at URL is not an AstrBot
"""


def check(argv: list[str]) -> int:
    """Report which scopes the key in ASTRBOT_KEY has on a running AstrBot, and which it lacks."""
    parser = Parser(prog="check", description=check.__doc__, epilog=EPILOG, formatter_class=Formatter)
    parser.add_argument("url", metavar="URL", nargs="?", help=f"the address of the target (default: {AT_HOME})")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for scripts")
    add_release(parser)
    add_connection(parser)
    return run("check", lambda out: _check(parser.parse_args(argv), out), debug="--debug" in argv)


def _check(arguments: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.cli.options import release_of, target_options
    from astrbot_conformance.preflight.key_check import abilities, as_json, as_text

    secret = os.environ.get("ASTRBOT_KEY")
    if not secret:
        raise UsageError("set ASTRBOT_KEY to the key that is to be looked at")
    if not is_sendable(secret):
        raise UsageError(f"ASTRBOT_KEY {UNSENDABLE}")
    arguments.url = arguments.url or AT_HOME
    found = abilities(target_options(arguments), Secret(secret, "ASTRBOT_KEY"), release_of(arguments))
    if found.trouble:
        complain(f"check: {found.url}: {found.trouble}")
    if arguments.format == "json" or found.accepted is not None:
        out.lines(as_json(found) if arguments.format == "json" else as_text(found))
    return found.exit_code
