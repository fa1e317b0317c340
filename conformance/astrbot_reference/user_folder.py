"""Folders of this user outside the working folder: for locks, for the database of `serve`, for caches.

A folder of locks or data is used only if no other user can write to it. Otherwise another user could hold a lock that
blocks a run, or redirect a file by a link.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

NAME = "astrbot-contract"
SESSIONS = Path("/run/user")  # a folder for each user who is logged in
OTHERS_MAY_WRITE = stat.S_IWOTH
ONLY_OWNER = 0o700


class UnsafeFolderError(OSError):
    """The folder cannot be used: it does not belong to this user, or another user can write to it."""


def runtime_folders() -> list[Path]:
    """The folders for files that live as long as a process, the best first; each is made private when it is created.

    A session has $XDG_RUNTIME_DIR, a scheduled job of the same user may not, and the home folder of a container may be
    read-only. So each process looks into all of them.
    """
    named, user = os.environ.get("XDG_RUNTIME_DIR"), _user()
    sessions = [Path(named)] if named and Path(named).is_absolute() else []
    sessions += [SESSIONS / str(user)] if user is not None else []
    folders = [folder / NAME for folder in sessions if folder.is_dir()]
    with contextlib.suppress(OSError):
        folders.append(state_folder() / "running" / _host())
    return list(dict.fromkeys([*folders, Path(tempfile.gettempdir()) / f"{NAME}-{user}"]))


def state_folder() -> Path:
    """The folder for permanent data: below $XDG_STATE_HOME, or ~/.local/state."""
    return _below("XDG_STATE_HOME", ".local/state")


def cache_folder() -> Path:
    """The folder for data that can be regenerated: below $XDG_CACHE_HOME, or ~/.cache."""
    return _below("XDG_CACHE_HOME", ".cache")


def make_private(folder: Path) -> Path:
    """The folder, created if it is missing, that only this user can read and write. Raises OSError if that fails."""
    folder.mkdir(mode=ONLY_OWNER, parents=True, exist_ok=True)
    check_private(folder)
    return folder


def check_private(folder: Path) -> None:
    """Raise OSError unless a folder (not a link) belongs to this user alone, and nobody else can replace it."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise UnsafeFolderError(f"{folder}: not a folder")
    user = _user()
    if user is None:  # Windows: a home folder belongs to its user by default
        return
    if found.st_uid != user or found.st_mode & 0o077:
        raise UnsafeFolderError(f"{folder}: other users may use it; make it yours alone (chmod 700)")
    for parent in folder.resolve().parents:
        if _replaceable_below(parent.stat(), user):
            raise UnsafeFolderError(f"{parent}: other users may replace what is in it")


def _replaceable_below(parent: os.stat_result, user: int) -> bool:
    """Whether another user can rename or delete the entries of a folder."""
    is_sticky = bool(parent.st_mode & stat.S_ISVTX)
    owners = {user, 0, Path("/").stat().st_uid}  # in a container, / may belong to nobody
    return parent.st_uid not in owners or (bool(parent.st_mode & OTHERS_MAY_WRITE) and not is_sticky)


def _below(variable: str, usual: str) -> Path:
    """Our folder below the one in an environment variable; a relative path there is ignored."""
    named = os.environ.get(variable, "")
    return (Path(named) if Path(named).is_absolute() else _home() / usual) / NAME


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:  # a user without a home folder
        raise UnsafeFolderError(str(error)) from None


def _user() -> int | None:
    return os.geteuid() if hasattr(os, "geteuid") else None


def _host() -> str:
    """The name of this machine as a folder: machines that share a home folder do not see each other's locks."""
    name = os.uname().nodename if hasattr(os, "uname") else ""
    return "".join(c if c.isalnum() or c == "-" else "_" for c in name) or "localhost"
