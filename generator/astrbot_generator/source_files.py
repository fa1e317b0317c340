"""Opens the files that a command reads. Only this module decides which files are read, and how much of each.

A contract may come from an untrusted source, and so may the paths in it. A path may contain a NUL, or lead to a loop of
symbolic links, a folder, an endless pipe or a device. Every such path raises one ContractError and never blocks.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from astrbot_generator.errors import ContractError, Position

LARGEST_FILE = 32 * 1024 * 1024
"""The most bytes that are read from one file."""
_REMEDY = "name a file that can be read"


def shown(path: Path) -> str:
    """Returns a path for messages: relative to the current folder if it is inside it, else absolute."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def real_path(path: Path) -> Path | None:
    """Returns the path with every symbolic link followed; None if no file can have that path."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return None


def is_regular_file(path: Path) -> bool:
    """Returns whether the path leads to a regular file; False for anything that cannot be looked up."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


@contextmanager
def depth_limited(file: Path) -> Iterator[None]:
    """Raises ContractError if the code inside recurses too deeply, which means that the file is nested too deeply."""
    try:
        yield
    except RecursionError:
        raise ContractError.at(shown(file), "nested too deeply", "move inner parts into components") from None


def read_text(path: Path, remedy: str = _REMEDY) -> str:
    """Returns the text of a UTF-8 file, without its byte order mark.

    `remedy` tells the reader what to do if the file cannot be read. Raises ContractError if it cannot be read, is not a
    regular file, is larger than LARGEST_FILE, or is not UTF-8.
    """
    name = shown(path)
    data = _bytes(path, name, remedy)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContractError.at(Position(name, line, 1), "not UTF-8", "save the file as UTF-8") from None


def _bytes(path: Path, name: str, remedy: str) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe without a writer would block
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ContractError.at(name, "cannot be read: it is not a regular file", remedy)
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ContractError.at(name, f"cannot be read: {error.strerror}", remedy) from None
    except ValueError:
        raise ContractError.at(name, "cannot be read: not a possible file name", remedy) from None
    if len(data) > LARGEST_FILE:
        raise ContractError.at(name, f"larger than {LARGEST_FILE >> 20} MiB", "split it into files")
    return data
