"""`astrbot-contract conform`: judge a running AstrBot, or the built-in reference server."""

import argparse
import contextlib
import os
import secrets
import traceback
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from astrbot_reference.command_line import UsageError

from astrbot_conformance.cli.command import UNJUDGED, run
from astrbot_conformance.cli.command_line import conform_parser
from astrbot_conformance.report.transcript import Transcript, complain
from astrbot_conformance.secret import Secret

if TYPE_CHECKING:
    from astrbot_conformance.engine.run_options import RunOptions
    from astrbot_conformance.verdict.judgement import Report


def conform(argv: list[str]) -> int:
    """Judge a running AstrBot by the contract, or the built-in reference server if no URL is given."""
    parser = conform_parser(conform.__doc__)
    return run("conform", lambda out: _conform(parser.parse_args(argv), out), debug="--debug" in argv, leaves=True)


def _conform(arguments: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.cli.progress import progress_on
    from astrbot_conformance.engine.run import judge
    from astrbot_conformance.report.files import files_of
    from astrbot_conformance.verdict.picture import ALL_PICTURES

    if arguments.dry_run:
        return _dry_run(arguments, out)
    with _target(arguments) as options, progress_on(out, options.narrowed_by, quiet=arguments.quiet) as progress:
        report, errors = judge(options, progress)
    _show(report, arguments, out)
    pictures = {picture.name: picture.png for picture in report.pictures}
    try:
        out.save(arguments.report, files_of(report), pictures, ALL_PICTURES)
    except OSError as error:
        path = error.filename or arguments.report
        raise UsageError(f"the report cannot be written: {path}: {error.strerror or error}") from None
    if not arguments.quiet:
        out.line(f"Report in {arguments.report}{os.sep}")
    if arguments.debug:
        for error_of_suite in errors:
            out.write("".join(traceback.format_exception(error_of_suite)))
    leaks = out.leaks()
    for leak in leaks:
        complain(f"conform: A SECRET WAS SHOWN: {leak}; change the secret, and please report this bug")
    return UNJUDGED if leaks else report.exit_code


def _show(report: "Report", arguments: argparse.Namespace, out: Transcript) -> None:
    """Print the report: only the verdict, an example for each cause, or everything."""
    from astrbot_conformance.report.terminal import FEWEST_LINES, MOST_LINES, Detail, render

    detail: Detail = "verdict" if arguments.quiet else "everything" if arguments.verbose else "causes"
    most_lines = max(FEWEST_LINES, MOST_LINES - out.printed_lines)
    out.write_styled(render(report, out.width, colour=out.is_coloured, detail=detail, most_lines=most_lines) + "\n")


def _dry_run(arguments: argparse.Namespace, out: Transcript) -> int:
    """Show the requests that a run would send."""
    from astrbot_conformance.engine.dry_run import Requests
    from astrbot_conformance.engine.run import judge

    if arguments.ui:
        raise UsageError("--dry-run cannot be used with --ui: it does not list the requests of a browser")
    if arguments.keys:
        raise UsageError(
            "--dry-run cannot be used with --keys: the built-in server, which it calls, knows none of them"
        )
    requests = Requests()
    with _target(arguments) as options:
        judge(replace(options, observer=requests, workers=1), lambda *_: None)
    for line in requests.lines(arguments.url):
        out.line(line)
    return 0


@contextlib.contextmanager
def _target(arguments: argparse.Namespace) -> Iterator["RunOptions"]:
    """The options of the run. The built-in server runs if no URL is given, or if nothing may be sent to the target."""
    from astrbot_conformance.cli.options import run_options

    options = run_options(arguments)
    if arguments.url is not None and not arguments.dry_run:
        yield options
        return
    from astrbot_api import releases
    from astrbot_reference import Settings, running_apart
    from astrbot_reference.stores.attachment_store import SEEDED
    from astrbot_reference.stores.mcp_servers import EXAMPLE

    password = Secret(secrets.token_urlsafe(12), "ASTRBOT_PASSWORD")
    expired = Secret(f"abk_{secrets.token_urlsafe(32)}", "ASTRBOT_KEY_EXPIRED")
    settings = Settings(
        # Without --release the base release is served; with it, the release whose contract applies.
        release=releases.nearest(arguments.release or releases.BASE),
        password=password.reveal(),
        expired_key=expired.reveal(),
        logins_at_once=100,
    )
    with running_apart(settings) as url:
        if arguments.url is not None:
            target = replace(options.target, base=url, rate=None)
            yield replace(options, target=target, username=settings.username, password=password)
            return
        target = replace(options.target, base=url, disposable=True, mcp_server=EXAMPLE)
        stored = {name: kind for name, (kind, _) in SEEDED.items()}
        yield replace(
            options,
            target=target,
            username=settings.username,
            password=password,
            expired_key=expired,
            attachments=stored,
        )
