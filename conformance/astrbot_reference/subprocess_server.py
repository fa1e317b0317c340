"""The server in a process of its own, so that it does not share an interpreter with its client."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from .output import Output, log_inertly
from .settings import Settings

COMMAND = "from astrbot_reference.subprocess_server import serve; serve()"
PATIENCE = 10.0  # seconds for the process to end by itself


class NotStartedError(RuntimeError):
    """The process ended before it served anything."""


@contextmanager
def running_apart(settings: Settings) -> Iterator[str]:
    """Run the server for as long as the block lasts; gives its base URL. It ends when this process dies.

    Ctrl-C does not reach it, because the client first removes its resources. Raises NotStartedError.
    """
    command, pipe = [sys.executable, "-c", COMMAND], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as process:  # noqa: S603
        try:
            url = _told(process, json.dumps(asdict(settings)))  # not as an argument, which other users could read
            if not url:
                raise NotStartedError("the built-in server did not start")
            yield url
        finally:
            _end(process)


def _told(process: subprocess.Popen[str], settings: str) -> str:
    if process.stdin is None or process.stdout is None:
        raise NotStartedError("the built-in server has no pipes")
    try:
        process.stdin.write(f"{settings}\n")
        process.stdin.flush()
    except BrokenPipeError:
        return ""
    return process.stdout.readline().strip()


def _end(process: subprocess.Popen[str]) -> None:
    if process.stdin:
        process.stdin.close()  # the process waits for that
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def serve() -> None:
    """Serve until the other end of the standard input is closed."""
    log_inertly()
    settings = Settings(**json.loads(sys.stdin.readline()))
    from .serving import running  # noqa: PLC0415  whoever starts this has no need of the server itself

    with running(settings) as url:
        Output(sys.stdout).line(url)
        sys.stdin.read()
