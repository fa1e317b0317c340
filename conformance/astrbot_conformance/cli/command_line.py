"""The command line: the options of the commands, and the error messages for wrong options."""

import argparse
from pathlib import Path

from astrbot_reference.command_line import Formatter, Parser

EPILOG = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard.
ASTRBOT_KEY_EXPIRED can hold an expired key of the target. Without it, the rejection of expired keys is not judged.
ASTRBOT_CHROMIUM can name the Chromium for --ui, if it is neither on the PATH nor installed by Playwright.

Exit code:
  0  conformant
  1  violations
  2  usage or configuration error: a wrong or empty value, nothing listens at URL, --ui without Playwright or Chromium
  3  could not be judged: the run did not finish, or the server at URL is not an AstrBot
"""


def conform_parser(description: str | None) -> argparse.ArgumentParser:
    """The parser of the options of `conform`."""
    parser = Parser(prog="conform", description=description, epilog=EPILOG, formatter_class=Formatter)
    add = parser.add_argument
    add("url", metavar="URL", nargs="?", help="the address of the target (default: the built-in reference server)")
    folder = "the folder of the report (default: conformance-report)"
    add("--report", metavar="DIR", type=Path, default=Path("conformance-report"), help=folder)
    add("--seed", metavar="N", type=int, help="choose samples and generated cases by N (default: random, and shown)")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="print only the verdict")
    every = "print every finding, every requirement and the scopes of every operation"
    amount.add_argument("-v", "--verbose", action="store_true", help=every)
    _add_selection(parser)
    _add_limits(parser)
    _add_target(parser)
    add_connection(parser)
    return parser


def _add_selection(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("selection").add_argument
    add("--requirement", metavar="ID", action="append", default=[], help="judge only this requirement; repeatable")
    add(
        "--operation",
        metavar="ID",
        action="append",
        default=[],
        help='judge only this operation, by id or as reports name it ("GET /api/v1/im/bots"); repeatable',
    )
    add("--tag", metavar="TAG", action="append", default=[], help="judge only the operations of this tag; repeatable")
    add("-k", metavar="EXPR", dest="expression", help="judge only the checks whose name matches, as in pytest")
    add("--ui", action="store_true", help="also judge the web UI, in headless Chromium (needs the extra `ui`)")
    more_keys = "call every operation with more keys: one for each single scope, and a revoked key"
    add("--exhaustive", action="store_true", help=more_keys)
    add("--strict", action="store_true", help="SHOULD findings affect the verdict too")
    add("-x", dest="stop_at_first", action="store_true", help="stop at the first finding")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("effects and load").add_argument
    add(
        "--effects",
        choices=("read", "write", "external", "destructive"),
        default="write",
        help="the effects that the run may have (default: write, which changes only resources of the run)",
    )
    add("--dry-run", action="store_true", help="list the requests of such a run, and send none of them to URL")
    chats = "how many chats may be accepted (default: 60; no limit on the built-in server)"
    add("--max-chats", metavar="N", type=int, help=chats)
    add("--concurrency", metavar="N", type=int, default=8, help="requests in flight at the same time (default: 8)")
    workers = "processes that share the checks, or auto (default: 1)"
    add("-n", metavar="N", dest="workers", default="1", help=workers)
    add("--rate", metavar="N", type=float, help="requests per second at most (default: no limit)")


def _add_target(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("facts about the target")
    add = group.add_argument
    add_release(group)
    add(
        "--known",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="deviations that do not affect the verdict (TOML), or `release`: those of its release; repeatable",
    )
    add("--keys", metavar="FILE", type=Path, help="keys to use instead of a login, each with its scopes (TOML)")
    add(
        "--attachment",
        metavar="ID=TYPE",
        action="append",
        default=[],
        help="an attachment that the target has, and its type: image, record, file or video; repeatable",
    )
    add(
        "--mcp-server",
        metavar="URL|JSON",
        help="an MCP server that the target can reach: its URL, or its configuration as JSON",
    )


def add_release(options: argparse._ActionsContainer) -> None:
    """Add the option that selects the release whose contract applies."""
    options.add_argument(
        "--release", metavar="R", help="judge the target by the contract of AstrBot R (default: the release it runs)"
    )


def add_connection(parser: argparse.ArgumentParser) -> None:
    """Add the options of the connection to a target."""
    add = parser.add_argument_group("connection").add_argument
    add("--timeout", metavar="S", type=float, default=20.0, help="seconds to wait for a response (default: 20)")
    add("--insecure", action="store_true", help="accept any TLS certificate")
    add("--ca", metavar="FILE", type=Path, help="trust the certificates in FILE")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error of the suite")
