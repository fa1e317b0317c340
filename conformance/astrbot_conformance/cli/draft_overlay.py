"""`astrbot-contract draft-overlay`: draft the overlay of a release that has no contract yet."""

import argparse
import os
from pathlib import Path

from astrbot_reference.command_line import Formatter, Parser, UsageError

from astrbot_conformance.cli.command import run
from astrbot_conformance.cli.command_line import add_connection
from astrbot_conformance.report.transcript import Transcript

EPILOG = """\
The draft is YAML on the standard output. It compares the nearest known contract with the operations, scopes and
parameters in the published document, and, with a URL and a login (ASTRBOT_USERNAME, ASTRBOT_PASSWORD), with the members
in responses to reads without parameters. Nothing is changed on the server. `astrbot-contract generate` accepts the
draft; a person completes it.

Exit code:
  0  the draft was written
  2  usage or configuration error: a wrong value, no such file, nothing listens at URL
  3  the server at URL is not an AstrBot, or publishes no document
"""


def draft_overlay(argv: list[str]) -> int:
    """Draft the overlay that brings the contract to the release of a server, or of a published document."""
    parser = Parser(prog="draft-overlay", description=draft_overlay.__doc__, epilog=EPILOG, formatter_class=Formatter)
    parser.add_argument("source", metavar="URL|FILE", help="a running server, or a published OpenAPI document as JSON")
    parser.add_argument("--release", metavar="R", help="the release of the draft (default: the one that URL states)")
    parser.add_argument("--after", metavar="R", help="the known release that it changes (default: the most similar)")
    add_connection(parser)
    return run("draft-overlay", lambda out: _draft(parser.parse_args(argv), out), debug="--debug" in argv)


def _draft(arguments: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.cli.options import release_of, target_options
    from astrbot_conformance.draft.draft import Base, draft_of_document, draft_of_server
    from astrbot_conformance.secret import secret_in

    base = Base(release_of(arguments), _known(arguments.after))
    if "://" in arguments.source:
        arguments.url = arguments.source
        login = os.environ.get("ASTRBOT_USERNAME"), secret_in("ASTRBOT_PASSWORD")
        text = draft_of_server(target_options(arguments), base, *login)
    else:
        text = draft_of_document(_document(Path(arguments.source)), base)
    out.lines(text.rstrip("\n"))
    return 0


def _known(release: str | None) -> str | None:
    """The named release. Raises UsageError if it has no contract."""
    from astrbot_api import releases

    try:
        return None if release is None else releases.contract(release).release
    except ValueError:
        known = ", ".join(releases.RELEASES)
        raise UsageError(f"--after {release}: has no contract; the known releases are {known}") from None


def _document(path: Path) -> object:
    """The JSON value in a file. Raises UsageError if it cannot be read."""
    from astrbot_conformance.given_file import LARGEST, UnreadableFileError, read_text
    from astrbot_conformance.json_text import parsed

    try:
        return parsed(read_text(path, LARGEST))
    except UnreadableFileError as error:
        raise UsageError(f"{path}: {error}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path}: is not valid JSON") from None
