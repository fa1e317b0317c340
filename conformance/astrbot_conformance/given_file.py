"""Files that a user names, read with a bound: a device, a pipe or a huge file must not stop or fill a run."""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

SETTINGS_LIMIT = 1 << 20  # bytes of a file that a person writes
LARGEST = 64 << 20  # bytes of a file that a program wrote; a `report.json` has about 100 kB, or more with many findings


class UnreadableFileError(Exception):
    """The file cannot be read. The text states the reason, without the name of the file."""


def read_text(path: Path, limit: int) -> str:
    """The text of a regular UTF-8 file, without a byte order mark. Raises UnreadableFileError."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"is not UTF-8 text (byte {error.start + 1})") from None


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes. Raises UnreadableFileError."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableFileError("is not a regular file")
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise UnreadableFileError(f"cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > limit:
        raise UnreadableFileError(f"is larger than {limit >> 20} MiB")
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Open a file. Opening a named pipe does not wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_toml(path: Path, unreadable: type[Exception]) -> dict[str, Any]:
    """The content of a TOML file. Raises `unreadable` with one line that states the location and the reason."""
    try:
        return tomllib.loads(read_text(path, SETTINGS_LIMIT))
    except UnreadableFileError as error:
        raise unreadable(f"{path}: {error}") from None
    except RecursionError:
        raise unreadable(f"{path}: is nested too deeply") from None
    except ValueError as error:
        raise unreadable(f"{path}: is not valid TOML ({error})") from None
