"""The only writer of the generator's commands: escapes unsafe characters, and reports lost output in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from astrbot_generator.printable import printable

USAGE = 2
"""The exit code of every command if its usage is wrong or something cannot be read or written."""

MOST_NOTES = 100


def emit(text: str, code: int = 0) -> int:
    """Writes text to standard output, unsafe characters escaped; returns `code`, or USAGE if it cannot be written.

    If the reader closed the pipe, as `head` does, it prints no error and returns `code`.
    """
    if sys.stdout is None:
        return complain("standard output is closed; open it, or redirect it to a file")
    try:
        sys.stdout.write(_encodable(printable(text), sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        return complain(f"standard output: cannot be written: {error.strerror}; free some space, or redirect it")
    return code


def complain(message: str) -> int:
    """Writes an error to standard error, unsafe characters escaped; returns USAGE."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(_encodable(printable(message), sys.stderr) + "\n")
            sys.stderr.flush()
        except OSError:
            _discard(sys.stderr)
    return USAGE


def warn(notes: Sequence[object]) -> None:
    """Writes one line for each note to standard error, at most MOST_NOTES and the number of the others."""
    for note in notes[:MOST_NOTES]:
        complain(f"note: {note}")
    if len(notes) > MOST_NOTES:
        complain(f"note: and {len(notes) - MOST_NOTES:,} more")


def _encodable(text: str, stream: TextIO) -> str:
    """Returns the text with an escape for each character that the encoding of the stream lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _discard(stream: TextIO) -> None:
    """Discards the rest of a stream, so that Python does not report the same error again at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
