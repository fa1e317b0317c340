"""The command line: the options of the commands, and the error messages for wrong options."""

import argparse
from pathlib import Path

from astrbot_reference.command_line import Formatter, Parser

EPILOG = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard.
ASTRBOT_KEY_EXPIRED may hold a key of the target whose time is over, so that expiry is judged too.
ASTRBOT_CHROMIUM may name the Chromium for --ui, where it is neither on the PATH nor Playwright's own.

Exit code:
  0  conformant
  1  violations
  2  usage or configuration: a wrong or empty value, nothing answers at URL, --ui without Playwright or Chromium
  3  could not be judged: the run did not come to its end, or what answers at URL is not an AstrBot
"""


def conform_parser(description: str | None) -> argparse.ArgumentParser:
    """The parser of the options of `conform`."""
    parser = Parser(prog="conform", description=description, epilog=EPILOG, formatter_class=Formatter)
    add = parser.add_argument
    add("url", metavar="URL", nargs="?", help="the address of the target; the built-in reference server if left out")
    add("--report", metavar="DIR", type=Path, default=Path("conformance-report"), help="where the report goes")
    add("--seed", metavar="N", type=int, help="choose samples and generated cases by N (default: at random, shown)")
    _add_choice(parser)
    _add_conduct(parser)
    _add_knowledge(parser)
    add_connection(parser)
    return parser


def _add_choice(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("what is judged").add_argument
    add("--requirement", metavar="ID", action="append", default=[], help="judge this requirement only; repeatable")
    add(
        "--operation",
        metavar="ID",
        action="append",
        default=[],
        help='judge this operation only, by id or as reports name it ("GET /api/v1/im/bots"); repeatable',
    )
    add("--tag", metavar="TAG", action="append", default=[], help="judge the operations of this tag; repeatable")
    add("-k", metavar="EXPR", dest="expression", help="judge the checks whose name matches, as in pytest")
    add("--ui", action="store_true", help="look at the web UI too, in headless Chromium (extra `ui`)")
    add("--exhaustive", action="store_true", help="ask every operation with more keys: each single scope, revoked")
    add("--strict", action="store_true", help="let SHOULD findings decide the verdict too")
    add("-x", dest="stop_at_first", action="store_true", help="stop at the first finding")


def _add_conduct(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("how far the run goes").add_argument
    add(
        "--effects",
        choices=("read", "write", "external", "destructive"),
        default="write",
        help="how far the run may go on the target (default: write, and only what it made itself)",
    )
    add("--dry-run", action="store_true", help="list the requests of such a run, without sending any to URL")
    add("--max-chats", metavar="N", type=int, help="how many chats may be accepted (default: 60; at home any number)")
    add("--concurrency", metavar="N", type=int, default=8, help="requests at once (default: 8)")
    workers = "processes that share the checks, or auto (default: 1)"
    add("-n", metavar="N", dest="workers", default="1", help=workers)
    add("--rate", metavar="N", type=float, help="requests a second at most (default: as fast as it answers)")


def _add_knowledge(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is known of the target")
    add = group.add_argument
    add_release(group)
    add(
        "--known",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="deviations that do not decide the verdict (TOML), or `release`: those of its release; repeatable",
    )
    add("--keys", metavar="FILE", type=Path, help="keys to use in place of a login, and what each holds (TOML)")
    add(
        "--attachment",
        metavar="ID=TYPE",
        action="append",
        default=[],
        help="an attachment that the target has, and whether it is image, record, file or video; repeatable",
    )
    add(
        "--mcp-server",
        metavar="URL|JSON",
        help="an MCP server that the target reaches, by its URL or whole configuration",
    )


def add_release(options: argparse._ActionsContainer) -> None:
    """Add the option that selects the release whose contract applies."""
    options.add_argument(
        "--release", metavar="R", help="hold the target to what AstrBot R promises (default: the release that it is)"
    )


def add_connection(parser: argparse.ArgumentParser) -> None:
    """Add the options of the connection to a target."""
    add = parser.add_argument_group("how it is reached").add_argument
    add("--timeout", metavar="S", type=float, default=20.0, help="seconds to wait (default: 20)")
    add("--insecure", action="store_true", help="accept any TLS certificate")
    add("--ca", metavar="FILE", type=Path, help="trust the certificates in FILE")
    parser.add_argument("--debug", action="store_true", help="show where the suite itself failed")
