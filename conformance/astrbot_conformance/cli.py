"""`astrbot-contract conform`, `check` and `clean`: the words on the command line, and the exit codes."""

import argparse
import contextlib
import difflib
import os
import secrets
import sys
import traceback
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from astrbot_conformance.secret import Secret, mask
from astrbot_conformance.transcript import Transcript

if TYPE_CHECKING:
    from astrbot_conformance.order import Order

USAGE, UNJUDGED = 2, 3


class UsageError(Exception):
    """The command line asks for something that does not exist; the text is one line."""


_Formatter = argparse.RawDescriptionHelpFormatter


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong, and what was perhaps meant."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError in place of printing and ending."""
        words = message.split()
        unknown = next((word for word in words if word.startswith("-")), "")
        options = [option for action in self._actions for option in action.option_strings]
        near = nearest(unknown, options) if message.startswith("unrecognized") else ""
        raise UsageError(f"{message}{near}; see astrbot-contract {self.prog} --help")


def conform(argv: list[str]) -> int:
    """Judge a running AstrBot by the contract, or the built-in reference server where no URL is given."""
    out = Transcript(sys.stdout)
    debug = "--debug" in argv
    try:
        return _conform(_conform_parser().parse_args(argv), out)
    except UsageError as error:
        print(mask(f"conform: {error}"), file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("conform: interrupted before the first check; nothing was made", file=sys.stderr)
        return UNJUDGED
    except Exception as error:  # noqa: BLE001  a mistake of the suite is never a verdict on the target
        return told(error, debug=debug)


def clean(argv: list[str]) -> int:
    """Remove what killed runs left on a target, and nothing else; not while one from another machine is under way."""
    parser = Parser(prog="clean", description=clean.__doc__)
    parser.add_argument("url", metavar="URL", help="the address of the target")
    add_connection(parser)
    try:
        return _clean(parser.parse_args(argv), Transcript(sys.stdout))
    except UsageError as error:
        print(mask(f"clean: {error}"), file=sys.stderr)
        return USAGE
    except Exception as error:  # noqa: BLE001  likewise
        return told(error, debug="--debug" in argv)


def check(argv: list[str]) -> int:
    """Say what the key in ASTRBOT_KEY can do on a running AstrBot, and what it cannot."""
    parser = Parser(prog="check", description=check.__doc__, epilog=CHECK_EPILOG, formatter_class=_Formatter)
    parser.add_argument("url", metavar="URL", nargs="?", help=f"the address of the target (default: {AT_HOME})")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for scripts")
    add_release(parser)
    add_connection(parser)
    try:
        return _check(parser.parse_args(argv), Transcript(sys.stdout))
    except UsageError as error:
        print(mask(f"check: {error}"), file=sys.stderr)
        return USAGE
    except Exception as error:  # noqa: BLE001  likewise
        return told(error, debug="--debug" in argv)


def nearest(word: str, words: Collection[str]) -> str:
    """`; did you mean …?` where one of `words` is near, else nothing."""
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def _conform_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="conform", description=conform.__doc__, epilog=EPILOG, formatter_class=_Formatter)
    add = parser.add_argument
    add("url", metavar="URL", nargs="?", help="the address of the target; the built-in reference server if left out")
    add("--report", metavar="DIR", type=Path, default=Path("conformance-report"), help="where the report goes")
    add("--seed", metavar="N", type=int, help="choose samples and generated cases by N (default: at random, shown)")
    add("--requirement", metavar="ID", action="append", default=[], help="judge this requirement only; repeatable")
    add("--operation", metavar="ID", action="append", default=[], help="judge this operation only; repeatable")
    add("--tag", metavar="TAG", action="append", default=[], help="judge the operations of this tag; repeatable")
    add("-k", metavar="EXPR", dest="expression", help="judge the checks whose name matches, as in pytest")
    add("-x", dest="stop_at_first", action="store_true", help="stop at the first finding")
    add(
        "--effects",
        choices=("read", "write", "external", "destructive"),
        default="write",
        help="how far the run may go on the target (default: write, and only what it made itself)",
    )
    add("--ui", action="store_true", help="look at the web UI too, in headless Chromium (extra `ui`)")
    add("--dry-run", action="store_true", help="list the requests of such a run, without sending any to URL")
    add("--max-chats", metavar="N", type=int, help="how many chats may be accepted (default: 60; at home any number)")
    add("--concurrency", metavar="N", type=int, default=8, help="requests at once (default: 8)")
    add(
        "-n",
        metavar="N",
        dest="workers",
        default="1",
        help="processes that share the checks, or auto (default: 1)",
    )
    add("--rate", metavar="N", type=float, help="requests a second at most (default: as fast as it answers)")
    add("--exhaustive", action="store_true", help="ask every operation with a key of each single scope too")
    add("--strict", action="store_true", help="let SHOULD findings decide the verdict too")
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
    add("--keys", metavar="FILE", type=Path, help="keys to use in place of a login, and what each holds (TOML)")
    add(
        "--known",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="deviations that do not decide the verdict (TOML), or `release`: those of its release; repeatable",
    )
    add_release(parser)
    add_connection(parser)
    return parser


EPILOG = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard.
ASTRBOT_KEY_EXPIRED may hold a key of the target whose time is over, so that expiry is judged too.
ASTRBOT_CHROMIUM may name the Chromium for --ui, where it is neither on the PATH nor Playwright's own.

Exit code:
  0  conformant
  1  violations
  2  usage or configuration, also --ui without Playwright or Chromium
  3  could not be judged
"""


AT_HOME = "http://127.0.0.1:6185"
CHECK_EPILOG = """\
A dozen requests that only show something; no login is needed.

Exit code:
  0  accepted: the key is one of the target's
  1  refused
  2  usage or configuration
  3  could not be told
"""


def add_release(parser: argparse.ArgumentParser) -> None:
    """Let a command be told whose promises count."""
    parser.add_argument(
        "--release", metavar="R", help="hold the target to what AstrBot R promises (default: the release that it is)"
    )


def add_connection(parser: argparse.ArgumentParser) -> None:
    """Let a command be told how to reach a target."""
    parser.add_argument("--timeout", metavar="S", type=float, default=20.0, help="seconds to wait (default: 20)")
    parser.add_argument("--insecure", action="store_true", help="accept any TLS certificate")
    parser.add_argument("--ca", metavar="FILE", type=Path, help="trust the certificates in FILE")
    parser.add_argument("--debug", action="store_true", help="show where the suite itself failed")


def _conform(options: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.contact import CannotBegin
    from astrbot_conformance.progress import Progress
    from astrbot_conformance.report import terminal
    from astrbot_conformance.report.files import files_of
    from astrbot_conformance.run import judge
    from astrbot_conformance.ui.sight import ALL_PICTURES

    if options.dry_run:
        return _dry_run(options, out)
    try:
        with _target(options) as order, Progress(out) as progress:
            report, errors = judge(order, progress)
    except CannotBegin as error:
        print(mask(f"conform: {error}"), file=sys.stderr)
        return error.exit_code
    out.line(terminal.render(report, out.width, colour=out.is_coloured))
    for name, text in files_of(report).items():
        out.save(options.report / name, text)
    for name in ALL_PICTURES:
        (options.report / name).unlink(missing_ok=True)  # of an earlier run
    for picture in report.pictures:
        out.save_picture(options.report / picture.name, picture.png)
    out.line(f"Report in {options.report}{os.sep}")
    if options.debug:
        for mistake in errors:
            out.write("".join(traceback.format_exception(mistake)))
    leaks = out.leaks()
    for leak in leaks:
        print(f"conform: A SECRET GOT OUT: {leak}; change it, and please report this", file=sys.stderr)
    return UNJUDGED if leaks else report.exit_code


def _dry_run(options: argparse.Namespace, out: Transcript) -> int:
    """Show what a run would send."""
    from astrbot_conformance.contact import CannotBegin
    from astrbot_conformance.dry_run import Requests
    from astrbot_conformance.run import judge

    if options.ui:
        raise UsageError("--dry-run cannot use --ui: what a browser asks is not listed")
    if options.keys:
        raise UsageError("--dry-run cannot use --keys: it is the built-in server that is asked, and it knows none")
    requests = Requests()
    try:
        with _target(options) as order:
            judge(replace(order, observer=requests, workers=1), lambda *_: None)
    except CannotBegin as error:
        print(mask(f"conform: {error}"), file=sys.stderr)
        return error.exit_code
    for line in requests.lines(options.url):
        out.line(line)
    return 0


@contextlib.contextmanager
def _target(options: argparse.Namespace) -> Iterator["Order"]:
    """What to judge and how, with the built-in server running where no URL is given, or nothing is to be sent there."""
    from astrbot_conformance.options import order_of

    order = order_of(options)
    if options.url and not options.dry_run:
        yield order
        return
    from astrbot_api import releases
    from astrbot_reference import Settings, running_apart
    from astrbot_reference.attachments import SEEDED
    from astrbot_reference.mcp_servers import EXAMPLE

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
        if options.url:
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
    from astrbot_conformance.alive import going
    from astrbot_conformance.contact import CannotBegin, log_in, meet
    from astrbot_conformance.finding import NotJudged
    from astrbot_conformance.leftovers import names_of_all_but, remove_leftovers
    from astrbot_conformance.options import reach_of
    from astrbot_conformance.recognition import recognise
    from astrbot_conformance.target import Target

    password = os.environ.get("ASTRBOT_PASSWORD")
    try:
        reach = reach_of(options)
        meet(reach)
        target = Target(reach)
        secret = Secret(password, "ASTRBOT_PASSWORD") if password else None
        dashboard = log_in(target, os.environ.get("ASTRBOT_USERNAME"), secret)
    except CannotBegin as error:
        print(mask(f"clean: {error}"), file=sys.stderr)
        return error.exit_code
    try:
        busy, contract = going(), recognise(target, dashboard).contract
        cleaned = remove_leftovers(target, dashboard, contract, names_of_all_but(busy))
    except NotJudged as error:
        print(mask(f"clean: {error}"), file=sys.stderr)
        return UNJUDGED
    finally:
        target.close()
    out.line(f"{cleaned.keys} keys and {cleaned.things} other things of interrupted runs removed from {reach.base}")
    for session in cleaned.unremovable:
        out.line(f"stays: chat session {session}, which only the key of that run could remove")
    for what in cleaned.left:
        out.line(f"left: {what}")
    for run in busy:
        out.line(f"untouched: what is called conform-{run}-…, a run that is still going on this machine")
    return UNJUDGED if cleaned.left else 0


def _check(options: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.abilities import abilities, as_json, as_text
    from astrbot_conformance.contact import CannotBegin
    from astrbot_conformance.options import reach_of, release_of

    secret = os.environ.get("ASTRBOT_KEY")
    if not secret:
        raise UsageError("set ASTRBOT_KEY to the key that is to be looked at")
    options.url = options.url or AT_HOME
    try:
        found = abilities(reach_of(options), Secret(secret, "ASTRBOT_KEY"), release_of(options))
    except CannotBegin as error:
        print(mask(f"check: {error}"), file=sys.stderr)
        return error.exit_code
    out.line(as_json(found) if options.format == "json" else as_text(found))
    return found.exit_code


def told(error: Exception, *, debug: bool) -> int:
    """Say in one line that the suite itself failed; where, only when asked."""
    text = "".join(traceback.format_exception(error)) if debug else f"{type(error).__name__}: {error}"
    print(mask(f"the suite itself failed, this says nothing of the target: {text}"), file=sys.stderr)
    return UNJUDGED
