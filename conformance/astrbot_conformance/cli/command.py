"""Common parts of all commands: their output, their exit codes, and one line for each kind of failure."""

import sys
import traceback
from collections.abc import Callable

from astrbot_reference.command_line import UsageError
from astrbot_reference.output import finished, occupy_closed_streams

from astrbot_conformance.interruption import sigterm_as_interrupt
from astrbot_conformance.outcome import CannotStart, NotJudged, shortened
from astrbot_conformance.report.transcript import Transcript, complain

USAGE, UNJUDGED = 2, 3
LOGIN = ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")
LEFTOVERS = "; `astrbot-contract clean URL` removes leftovers"


def run(command: str, work: Callable[[Transcript], int], *, debug: bool = False, leaves: bool = False) -> int:
    """Do the `work` of a command and return its exit code.

    debug: whether an unexpected error is shown with its traceback; other errors never are. leaves: whether an
    interruption may leave resources on the target.
    """
    occupy_closed_streams()
    out = Transcript(sys.stdout)
    if out.failure:
        complain(f"{command}: standard output is closed; redirect it to a file, or to the null device")
        return USAGE
    try:
        with sigterm_as_interrupt():
            code = work(out)
    except UsageError as error:
        complain(f"{command}: {error}")
        code = USAGE
    except CannotStart as error:
        complain(f"{command}: {error}")
        code = error.exit_code
    except NotJudged as error:
        complain(f"{command}: {error}")
        code = UNJUDGED
    except KeyboardInterrupt:
        complain(f"{command}: interrupted{LEFTOVERS if leaves else ''}")
        code = UNJUDGED
    except Exception as error:  # noqa: BLE001  an error of the suite is never a verdict on the target
        _report(error, debug=debug)
        code = UNJUDGED
    return finished(command, out, code)


def _report(error: Exception, *, debug: bool) -> None:
    """Print one line for an unexpected error that ended the command; with `debug`, also its traceback."""
    line = " ".join(f"{type(error).__name__}: {error}".split())
    result = "could not be judged: an unexpected error ended the command"
    if debug:
        Transcript(sys.stderr).lines(f"{result}: {''.join(traceback.format_exception(error))}")
    else:
        complain(f"{result}: {shortened(line)}")
