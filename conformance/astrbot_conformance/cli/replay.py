"""`astrbot-contract replay`: repeat the requests of the findings in a report."""

import argparse
import os
from pathlib import Path

from astrbot_reference.command_line import Formatter, Parser, UsageError, reject_empty_variables

from astrbot_conformance.cli.command import LOGIN, UNJUDGED, run
from astrbot_conformance.cli.command_line import add_connection, add_release
from astrbot_conformance.cli.diff import read
from astrbot_conformance.http import LEVELS
from astrbot_conformance.report.past import PastFinding, PastReport
from astrbot_conformance.report.transcript import Transcript
from astrbot_conformance.secret import secret_in

EPILOG = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard. They are sent to the address in the
report only if you agree: at the prompt on a terminal, or with --yes. The report only chooses among the checks of this
version of the suite; it cannot add a request.

Exit code:
  0  none of the findings is present any more
  1  at least one finding is still present
  2  usage or configuration error
  3  could not be judged
"""


def replay(argv: list[str]) -> int:
    """Send the requests of the findings in a report again, and report whether each finding is still present."""
    parser = _replay_parser()
    return run("replay", lambda out: _replay(parser.parse_args(argv), out), debug="--debug" in argv, leaves=True)


def _replay_parser() -> Parser:
    parser = Parser(prog="replay", description=replay.__doc__, epilog=EPILOG, formatter_class=Formatter)
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
        help="the effects that the replay may have (default: those of the run, but never beyond write)",
    )
    add_release(parser)
    add_connection(parser)
    return parser


def _replay(arguments: argparse.Namespace, out: Transcript) -> int:
    reject_empty_variables(LOGIN)
    past = read(arguments.report)
    findings = _chosen(past, arguments.findings)
    if not findings:
        out.line("The report has no findings.")
        return 0
    from astrbot_conformance.cli.consent import agreed_effects, agreed_target
    from astrbot_conformance.cli.options import browser_of, release_of, target_options
    from astrbot_conformance.engine.run_options import RunOptions
    from astrbot_conformance.engine.selection import Selection
    from astrbot_conformance.report.replay import replay as replay_findings

    arguments.url = agreed_target(past, arguments.url, yes=arguments.yes)
    arguments.effects = agreed_effects(past, arguments.effects)
    options = RunOptions(
        target=target_options(arguments),
        username=os.environ.get("ASTRBOT_USERNAME"),
        password=secret_in("ASTRBOT_PASSWORD"),
        selection=Selection(seed=past.seed),
        browser=browser_of() if any(finding.requirement.startswith("UI-") for finding in findings) else None,
        release=release_of(arguments) or past.release_held_to,
    )
    replayed = replay_findings(past, findings, options)
    if past.effects != options.target.effects:
        out.line(f"The run had --effects {past.effects}, this replay has --effects {options.target.effects}.")
    for one in replayed:
        out.line(f"#{one.finding.number} {one.status:<10} {one.finding.requirement}  {one.finding.operation}")
        out.line(f"    then {one.finding.actual}")
        out.line(f"    now  {one.now}")
    statuses = {one.status for one in replayed}
    return 1 if "present" in statuses else UNJUDGED if "not-judged" in statuses else 0


def _chosen(past: PastReport, names: list[str]) -> list[PastFinding]:
    """The findings that `names` select; all if there are no names. Raises UsageError if a name selects none."""
    if not names:
        return list(past.findings)
    chosen: dict[int, PastFinding] = {}
    for name in names:
        matches = [f for f in past.findings if name.removeprefix("#") == str(f.number) or name == f.requirement]
        if not matches:
            raise UsageError(f"{name}: none of the {len(past.findings)} findings has this number or requirement")
        chosen |= {finding.number: finding for finding in matches}
    return [chosen[number] for number in sorted(chosen)]
