"""The output of every command of the suite and the reference server.

unsafe characters are escaped, and it never raises.

A failed write must not end a run in the middle, since its resources would stay on the target. The writer remembers the
failure, and `finished` reports it at the end of the command.
"""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from typing import TextIO

from .safe_text import inert, one_line

USAGE = 2


class Output(io.TextIOBase):
    """A text stream in front of standard output or standard error. Unsafe characters are printed as escapes.

    failure: why nothing more can be written; None if there was no failure. is_unread: whether the reader of a pipe
    left, as `head` does.
    """

    def __init__(self, stream: TextIO | None) -> None:
        """Print to `stream`; None is a stream that was closed before the command began."""
        super().__init__()
        self.failure: str | None = None if stream is not None else os.strerror(errno.EBADF)
        self.is_unread = False
        self._stream = stream

    def write(self, text: str) -> int:
        """Print text of any number of lines."""
        self._print(inert(text))
        return len(text)

    def line(self, text: str = "") -> None:
        """Print one line; line breaks in it are escaped."""
        self._print(f"{one_line(text)}\n")
        self.flush()

    def lines(self, text: str = "") -> None:
        """Print text of several lines and end the last one."""
        self._print(f"{inert(text)}\n")
        self.flush()

    def write_styled(self, text: str) -> None:
        """Print our own text as it is, with the escape sequences of its colours."""
        self._print(text)

    def flush(self) -> None:
        """Flush the stream."""
        if self._stream is None or self.failure:
            return
        try:
            self._stream.flush()
        except (OSError, ValueError) as error:
            self._fail(error)

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream is not None and not self.failure and self._stream.isatty()

    def fileno(self) -> int:
        """The file descriptor of the stream. Raises OSError if it has none."""
        if self._stream is None:
            raise io.UnsupportedOperation("the stream is closed")
        return self._stream.fileno()

    def _print(self, safe: str) -> None:
        """Print text without unsafe characters."""
        if self._stream is None or self.failure:
            return
        encoding = self._stream.encoding or "utf-8"
        try:
            self._stream.write(safe.encode(encoding, "backslashreplace").decode(encoding))
        except (OSError, ValueError) as error:
            self._fail(error)

    def _fail(self, error: OSError | ValueError) -> None:
        """Remember the failure and discard the rest, so that Python does not report it again at exit."""
        self.is_unread = isinstance(error, BrokenPipeError)
        self.failure = getattr(error, "strerror", None) or str(error)
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            return


def complain(text: str) -> None:
    """Print an error to standard error as one line."""
    Output(sys.stderr).line(text)


def log_inertly() -> None:
    """Print logged errors of libraries and the server to standard error, with unsafe characters as escapes."""
    logging.basicConfig(stream=Output(sys.stderr), level=logging.ERROR, format="%(levelname)s: %(message)s")


def occupy_closed_streams() -> None:
    """Open the null device for closed standard streams, before a file or a socket takes their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number


def finished(command: str, out: Output, code: int) -> int:
    """The exit code of a command that ended with `code`; reports lost output in one line.

    Lost output turns 0 into 2, because the user did not see the result. A reader that left, as `head` does, changes
    nothing.
    """
    out.flush()
    if not out.failure:
        return code
    if out.is_unread:
        complain(f"{command}: the reader of standard output left; the rest was not printed")
        return code
    complain(f"{command}: standard output cannot be written ({out.failure}); redirect it to a place with free space")
    return code or USAGE
