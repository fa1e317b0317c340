"""`astrbot-contract clean`: remove the leftovers of killed runs on a target."""

import argparse

from astrbot_reference.command_line import Formatter, Parser, reject_empty_variables

from astrbot_conformance.cli.command import LOGIN, UNJUDGED, run
from astrbot_conformance.cli.command_line import add_connection
from astrbot_conformance.report.transcript import Transcript

EPILOG = """\
ASTRBOT_USERNAME and ASTRBOT_PASSWORD are the login of the target's dashboard.

Exit code:
  0  all leftovers of killed runs were removed
  2  usage or configuration error: a wrong or empty value, a wrong login, nothing listens at URL
  3  something could not be removed, or the server at URL is not an AstrBot
"""


def clean(argv: list[str]) -> int:
    """Remove only the leftovers of killed runs on a target; not while a run from another machine is active."""
    parser = Parser(prog="clean", description=clean.__doc__, epilog=EPILOG, formatter_class=Formatter)
    parser.add_argument("url", metavar="URL", help="the address of the target")
    parser.add_argument(
        "--run",
        metavar="RUN",
        action="append",
        default=[],
        help="remove only the leftovers of this run (conform-RUN-…), also of a run of an older version; repeatable",
    )
    add_connection(parser)
    return run("clean", lambda out: _clean(parser.parse_args(argv), out), debug="--debug" in argv, leaves=True)


def _clean(arguments: argparse.Namespace, out: Transcript) -> int:
    from astrbot_conformance.cli.options import runs_of, target_options
    from astrbot_conformance.engine.clean import clean_target

    reject_empty_variables(LOGIN)
    runs = runs_of(arguments)
    cleaning = clean_target(target_options(arguments), runs)
    for line in cleaning.lines():
        out.line(line)
    return UNJUDGED if cleaning.cleaned.left else 0
