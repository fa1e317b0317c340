"""`astrbot-contract diff`: compare two reports."""

import argparse
from pathlib import Path

from astrbot_reference.command_line import Formatter, Parser, UsageError

from astrbot_conformance.cli.command import run
from astrbot_conformance.report.past import PastReport, UnreadableReportError, read_report
from astrbot_conformance.report.transcript import Transcript

EPILOG = """\
Exit code:
  0  no new findings
  1  the later run has findings that the earlier one does not have
  2  usage error, such as a missing report
"""


def diff(argv: list[str]) -> int:
    """Report which findings appeared and which disappeared between two reports."""
    parser = Parser(prog="diff", description=diff.__doc__, epilog=EPILOG, formatter_class=Formatter)
    parser.add_argument("old", metavar="OLD", type=Path, help="report.json of the earlier run, or its folder")
    parser.add_argument("new", metavar="NEW", type=Path, help="report.json of the later run, or its folder")
    return run("diff", lambda out: _diff(parser.parse_args(argv), out))


def _diff(arguments: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.report.comparison import Comparison

    comparison = Comparison(read(arguments.old), read(arguments.new))
    for line in comparison.lines():
        out.line(line)
    return 1 if comparison.is_worse else 0


def read(path: Path) -> PastReport:
    """The report at `path`. Raises UsageError if it cannot be read."""
    try:
        return read_report(path)
    except UnreadableReportError as error:
        raise UsageError(str(error)) from None
