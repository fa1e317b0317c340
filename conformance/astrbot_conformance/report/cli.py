"""`astrbot-contract replay` and `astrbot-contract diff`: what to do with a report once it is written."""

import argparse
import os
from pathlib import Path

from astrbot_reference.command_line import Formatter, Parser, UsageError, reject_empty_variables

from astrbot_conformance.cli import LOGIN
from astrbot_conformance.command import UNJUDGED, run
from astrbot_conformance.command_line import add_connection, add_release
from astrbot_conformance.http.connection import LEVELS
from astrbot_conformance.report.past import PastFinding, PastReport, UnreadableReportError, read_report
from astrbot_conformance.report.transcript import Transcript, complain
from astrbot_conformance.secret import Secret

REPLAY_CODES = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard. They are sent to the address in the
report only if you agree: at the prompt on a terminal, or with --yes. The report only chooses among the checks of this
version of the suite; it cannot add a request.

Exit code:
  0  gone: not one of the findings stands
  1  at least one finding stands
  2  usage or configuration
  3  could not be judged
"""
DIFF_CODES = """\
Exit code:
  0  nothing got worse
  1  something was found that was not found before
  2  usage: no such report
"""


def replay(argv: list[str]) -> int:
    """Ask again what a report found, and say of each finding whether it still stands."""
    parser = _replay_parser()
    return run("replay", lambda out: _replay(parser.parse_args(argv), out), debug="--debug" in argv, leaves=True)


def diff(argv: list[str]) -> int:
    """Say what got better and what got worse from one report to another."""
    parser = Parser(prog="diff", description=diff.__doc__, epilog=DIFF_CODES, formatter_class=Formatter)
    parser.add_argument("old", metavar="OLD", type=Path, help="report.json of the earlier run, or its folder")
    parser.add_argument("new", metavar="NEW", type=Path, help="report.json of the later run, or its folder")
    return run("diff", lambda out: _diff(parser.parse_args(argv), out))


def _diff(options: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.report.comparison import Comparison

    comparison = Comparison(_read(options.old), _read(options.new))
    for line in comparison.lines():
        out.line(line)
    return 1 if comparison.is_worse else 0


def _read(path: Path) -> PastReport:
    """The report at `path`. Raises UsageError if it cannot be read."""
    try:
        return read_report(path)
    except UnreadableReportError as error:
        raise UsageError(str(error)) from None


def _replay_parser() -> Parser:
    parser = Parser(prog="replay", description=replay.__doc__, epilog=REPLAY_CODES, formatter_class=Formatter)
    parser.add_argument("report", metavar="REPORT", type=Path, help="the report.json of a run, or its folder")
    parser.add_argument(
        "findings",
        metavar="FINDING",
        nargs="*",
        help="the number of a finding, or a requirement for all its findings (default: all)",
    )
    parser.add_argument(
        "--url", metavar="URL", help="the address of the target (default: the one in the report; see --yes)"
    )
    parser.add_argument("--yes", action="store_true", help="agree to send the login to the address in the report")
    parser.add_argument(
        "--effects",
        choices=LEVELS,
        help="how far the replay may go on the target (default: as far as the run, but never beyond write)",
    )
    add_release(parser)
    add_connection(parser)
    return parser


def _replay(options: argparse.Namespace, out: Transcript) -> int:
    reject_empty_variables(LOGIN)
    past = _read(options.report)
    findings = _chosen(past, options.findings)
    if not findings:
        out.line("The report has no findings.")
        return 0
    from astrbot_conformance.engine.run_options import RunOptions
    from astrbot_conformance.engine.scheduler import Selection
    from astrbot_conformance.options import browser_of, reach_of, release_of
    from astrbot_conformance.preflight.first_contact import CannotStart
    from astrbot_conformance.report.consent import agreed_effects, agreed_target
    from astrbot_conformance.report.replay import replay as ask_again

    options.url = agreed_target(past, options.url, yes=options.yes)
    options.effects = agreed_effects(past, options.effects)
    password = os.environ.get("ASTRBOT_PASSWORD")
    try:
        order = RunOptions(
            reach=reach_of(options),
            username=os.environ.get("ASTRBOT_USERNAME"),
            password=Secret(password, "ASTRBOT_PASSWORD") if password else None,
            selection=Selection(seed=past.seed),
            browser=browser_of() if any(finding.requirement.startswith("UI-") for finding in findings) else None,
            release=release_of(options) or past.release_held_to,
        )
        replayed = ask_again(past, findings, order)
    except CannotStart as error:
        complain(f"replay: {error}")
        return error.exit_code
    if past.effects != order.reach.effects:
        out.line(f"The run had --effects {past.effects}, this replay has --effects {order.reach.effects}.")
    for one in replayed:
        out.line(f"#{one.finding.number} {one.status:<10} {one.finding.requirement}  {one.finding.operation}")
        out.line(f"    was {one.finding.actual}")
        out.line(f"    is  {one.now}")
    statuses = {one.status for one in replayed}
    return 1 if "stands" in statuses else UNJUDGED if "not-judged" in statuses else 0


def _chosen(past: PastReport, names: list[str]) -> list[PastFinding]:
    """The findings that `names` name, all where there are no names. Raises UsageError for a name of none."""
    if not names:
        return list(past.findings)
    chosen: dict[int, PastFinding] = {}
    for name in names:
        mine = [f for f in past.findings if name.removeprefix("#") == str(f.number) or name == f.requirement]
        if not mine:
            raise UsageError(
                f"{name}: the report has {len(past.findings)} findings, none of that number or requirement"
            )
        chosen |= {finding.number: finding for finding in mine}
    return [chosen[number] for number in sorted(chosen)]
