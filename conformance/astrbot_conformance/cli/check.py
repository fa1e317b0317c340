"""`astrbot-contract check`: report which operations one developer key opens."""

import argparse
import os

from astrbot_reference.command_line import Formatter, Parser, UsageError

from astrbot_conformance.cli.command import run
from astrbot_conformance.cli.command_line import add_connection, add_release
from astrbot_conformance.report.transcript import Transcript, complain
from astrbot_conformance.secret import UNSENDABLE, Secret, is_sendable

DEFAULT_URL = "http://127.0.0.1:6185"
EPILOG = """\
The check sends about 30 requests that only read: a third of them with your key, the others with an invented key and
without a key. If the server treats all three in the same way, the result is unknown. No login is needed. The check
gives up after 30 seconds.

Exit code:
  0  the server accepts the key
  1  the server rejects the key
  2  usage or configuration error: a wrong or empty value, nothing listens at URL
  3  the result is unknown, the check gave up, or the server at URL is not an AstrBot
"""


def check(argv: list[str]) -> int:
    """Report which scopes the key in ASTRBOT_KEY has on a running AstrBot, and which it lacks."""
    parser = Parser(prog="check", description=check.__doc__, epilog=EPILOG, formatter_class=Formatter)
    parser.add_argument("url", metavar="URL", nargs="?", help=f"the address of the target (default: {DEFAULT_URL})")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, JSON for scripts")
    add_release(parser)
    add_connection(parser)
    return run("check", lambda out: _check(parser.parse_args(argv), out), debug="--debug" in argv)


def _check(arguments: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.cli.options import release_of, target_options
    from astrbot_conformance.preflight.key_check import as_json, as_text, check_key

    secret = os.environ.get("ASTRBOT_KEY")
    if not secret:
        raise UsageError("set ASTRBOT_KEY to the key that you want to check")
    if not is_sendable(secret):
        raise UsageError(f"ASTRBOT_KEY {UNSENDABLE}")
    arguments.url = arguments.url or DEFAULT_URL
    result = check_key(target_options(arguments), Secret(secret, "ASTRBOT_KEY"), release_of(arguments))
    if result.trouble:
        complain(f"check: {result.url}: {result.trouble}")
    if arguments.format == "json" or result.accepted is not None:
        out.lines(as_json(result) if arguments.format == "json" else as_text(result))
    return result.exit_code
