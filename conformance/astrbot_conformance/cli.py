"""`astrbot-contract conform`, `check` and `clean`, and their exit codes."""

import argparse
import contextlib
import os
import secrets
import traceback
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from astrbot_reference.command_line import Formatter, Parser, UsageError, reject_empty_variables

from astrbot_conformance.command import UNJUDGED, run
from astrbot_conformance.command_line import add_connection, add_release, conform_parser
from astrbot_conformance.report.transcript import Transcript, complain
from astrbot_conformance.secret import UNSENDABLE, Secret, is_sendable

if TYPE_CHECKING:
    from astrbot_conformance.running.order import Order

LOGIN = ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")
AT_HOME = "http://127.0.0.1:6185"
CLEAN_EPILOG = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard.

Exit code:
  0  everything that killed runs left was removed
  2  usage or configuration: a wrong or empty value, a wrong login, nothing answers at URL
  3  something could not be removed, or what answers at URL is not an AstrBot
"""
CHECK_EPILOG = """\
It sends about 30 requests that only read, a third of them with your key, the others with an invented key and without
a key: the result is unknown if the server does not tell these apart. No login is needed. It gives up after 30 seconds.

Exit code:
  0  the server accepts the key
  1  the server refuses the key
  2  usage or configuration: a wrong or empty value, nothing answers at URL
  3  the result is unknown, the check gave up, or what answers at URL is not an AstrBot
"""


def conform(argv: list[str]) -> int:
    """Judge a running AstrBot by the contract, or the built-in reference server if no URL is given."""
    parser = conform_parser(conform.__doc__)
    return run("conform", lambda out: _conform(parser.parse_args(argv), out), debug="--debug" in argv, leaves=True)


def clean(argv: list[str]) -> int:
    """Remove what killed runs left on a target, and nothing else; not while one from another machine is under way."""
    parser = Parser(prog="clean", description=clean.__doc__, epilog=CLEAN_EPILOG, formatter_class=Formatter)
    parser.add_argument("url", metavar="URL", help="the address of the target")
    parser.add_argument(
        "--run",
        metavar="RUN",
        action="append",
        default=[],
        help="remove what this run left, also one of an older version (conform-RUN-…), and nothing else; repeatable",
    )
    add_connection(parser)
    return run("clean", lambda out: _clean(parser.parse_args(argv), out), debug="--debug" in argv, leaves=True)


def check(argv: list[str]) -> int:
    """Say what the key in ASTRBOT_KEY can do on a running AstrBot, and what it cannot."""
    parser = Parser(prog="check", description=check.__doc__, epilog=CHECK_EPILOG, formatter_class=Formatter)
    parser.add_argument("url", metavar="URL", nargs="?", help=f"the address of the target (default: {AT_HOME})")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for scripts")
    add_release(parser)
    add_connection(parser)
    return run("check", lambda out: _check(parser.parse_args(argv), out), debug="--debug" in argv)


def _conform(options: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.contact.meeting import CannotBegin
    from astrbot_conformance.report import terminal
    from astrbot_conformance.report.files import files_of
    from astrbot_conformance.running.progress import Progress
    from astrbot_conformance.running.run import judge
    from astrbot_conformance.ui.sight import ALL_PICTURES

    if options.dry_run:
        return _dry_run(options, out)
    try:
        with _target(options) as order, Progress(out, order.narrowed_by) as progress:
            report, errors = judge(order, progress)
    except CannotBegin as error:
        complain(f"conform: {error}")
        return error.exit_code
    out.write_styled(terminal.render(report, out.width, colour=out.is_coloured) + "\n")
    pictures = {picture.name: picture.png for picture in report.pictures}
    try:
        out.save(options.report, files_of(report), pictures, ALL_PICTURES)
    except OSError as error:
        where = error.filename or options.report
        raise UsageError(f"the report cannot be written: {where}: {error.strerror or error}") from None
    out.line(f"Report in {options.report}{os.sep}")
    if options.debug:
        for mistake in errors:
            out.write("".join(traceback.format_exception(mistake)))
    leaks = out.leaks()
    for leak in leaks:
        complain(f"conform: A SECRET GOT OUT: {leak}; change it, and please report this")
    return UNJUDGED if leaks else report.exit_code


def _dry_run(options: argparse.Namespace, out: Transcript) -> int:
    """Show what a run would send."""
    from astrbot_conformance.contact.meeting import CannotBegin
    from astrbot_conformance.running.dry_run import Requests
    from astrbot_conformance.running.run import judge

    if options.ui:
        raise UsageError("--dry-run cannot use --ui: what a browser asks is not listed")
    if options.keys:
        raise UsageError("--dry-run cannot use --keys: it is the built-in server that is asked, and it knows none")
    requests = Requests()
    try:
        with _target(options) as order:
            judge(replace(order, observer=requests, workers=1), lambda *_: None)
    except CannotBegin as error:
        complain(f"conform: {error}")
        return error.exit_code
    for line in requests.lines(options.url):
        out.line(line)
    return 0


@contextlib.contextmanager
def _target(options: argparse.Namespace) -> Iterator["Order"]:
    """What to judge and how, with the built-in server running where no URL is given, or nothing is to be sent there."""
    from astrbot_conformance.options import order_of

    order = order_of(options)
    if options.url is not None and not options.dry_run:
        yield order
        return
    from astrbot_api import releases
    from astrbot_reference import Settings, running_apart
    from astrbot_reference.stores.attachment_store import SEEDED
    from astrbot_reference.stores.mcp_servers import EXAMPLE

    password = Secret(secrets.token_urlsafe(12), "ASTRBOT_PASSWORD")
    expired = Secret(f"abk_{secrets.token_urlsafe(32)}", "ASTRBOT_KEY_EXPIRED")
    settings = Settings(
        # Without --release the base; what is to be judged as a release is served as the one whose promises count.
        release=releases.nearest(options.release or releases.BASE),
        password=password.reveal(),
        expired_key=expired.reveal(),
        logins_at_once=100,
    )
    with running_apart(settings) as url:
        if options.url is not None:
            reach = replace(order.reach, base=url, rate=None)
            yield replace(order, reach=reach, username=settings.username, password=password)
            return
        reach = replace(order.reach, base=url, disposable=True, mcp_server=EXAMPLE)
        stored = {name: kind for name, (kind, _) in SEEDED.items()}
        yield replace(
            order,
            reach=reach,
            username=settings.username,
            password=password,
            expired_key=expired,
            attachments=stored,
        )


def _clean(options: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.contact.meeting import CannotBegin
    from astrbot_conformance.options import reach_of, runs_of
    from astrbot_conformance.running.cleaning import clean_target
    from astrbot_conformance.verdict.finding import NotJudged

    reject_empty_variables(LOGIN)
    runs = runs_of(options)
    try:
        cleaning = clean_target(reach_of(options), runs)
    except CannotBegin as error:
        complain(f"clean: {error}")
        return error.exit_code
    except NotJudged as error:
        complain(f"clean: {error}")
        return UNJUDGED
    for line in cleaning.lines():
        out.line(line)
    return UNJUDGED if cleaning.cleaned.left else 0


def _check(options: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.contact.abilities import abilities, as_json, as_text
    from astrbot_conformance.contact.meeting import CannotBegin
    from astrbot_conformance.options import reach_of, release_of

    secret = os.environ.get("ASTRBOT_KEY")
    if not secret:
        raise UsageError("set ASTRBOT_KEY to the key that is to be looked at")
    if not is_sendable(secret):
        raise UsageError(f"ASTRBOT_KEY {UNSENDABLE}")
    options.url = options.url or AT_HOME
    try:
        found = abilities(reach_of(options), Secret(secret, "ASTRBOT_KEY"), release_of(options))
    except CannotBegin as error:
        complain(f"check: {error}")
        return error.exit_code
    if found.trouble:
        complain(f"check: {found.url}: {found.trouble}")
    if options.format == "json" or found.accepted is not None:
        out.lines(as_json(found) if options.format == "json" else as_text(found))
    return found.exit_code
