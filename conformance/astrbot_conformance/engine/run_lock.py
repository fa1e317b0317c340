"""Whether a run on this machine is still active: the operating system releases its lock when the process ends.

The files are in a folder that only this user can write to. Each holds the address of the target of its run.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from astrbot_reference.user_folder import check_private, make_private, runtime_folders

from astrbot_conformance.run_mark import is_mark

try:
    import fcntl
except ImportError:  # a system without file locks: the state of other runs there is unknown
    LOCKS = False
else:
    LOCKS = True

NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@contextlib.contextmanager
def announced(run: str, base: str) -> Iterator[None]:
    """Show other runs that this run is active, and on which target, until the block ends."""
    with contextlib.ExitStack() as kept:
        folder = _folder_to_write() if LOCKS else None
        if folder:
            with contextlib.suppress(OSError):  # a full disk: the state of this run is then unknown
                descriptor = os.open(folder / run, os.O_RDWR | os.O_CREAT | NO_LINK, 0o600)
                file = kept.enter_context(open(descriptor, "w", encoding="utf-8"))  # noqa: PTH123  a descriptor
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                kept.callback(forget, run)
                file.write(base)
                file.flush()
        yield


def state_of(run: str) -> Literal["going", "dead", "unknown"]:
    """The state of a run: "unknown" if it is not one of this machine and user, or if it ended normally."""
    if not LOCKS:
        return "unknown"
    states = [_state(folder / run) for folder in _folders()]
    return "going" if "going" in states else "dead" if "dead" in states else "unknown"


def going() -> dict[str, str]:
    """The active runs of this machine and user, each with the base URL of its target."""
    active: dict[str, str] = {}
    for folder in _folders():
        with contextlib.suppress(OSError):
            files = [file for file in sorted(folder.iterdir()) if is_mark(file.name) and _state(file) == "going"]
            active |= {file.name: file.read_text(encoding="utf-8", errors="replace") for file in files}
    return active


def forget(run: str) -> None:
    """Remove the lock file of a finished run. The folder stays, because another run may be about to use it."""
    for folder in _folders():
        with contextlib.suppress(OSError):
            (folder / run).unlink(missing_ok=True)


def _state(file: Path) -> Literal["going", "dead", "unknown"]:
    try:
        descriptor = os.open(file, os.O_RDWR | NO_LINK)
    except OSError:
        return "unknown"
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "going"
    except OSError:
        return "unknown"
    finally:
        os.close(descriptor)
    return "dead"


def _folder_to_write() -> Path | None:
    """The first private folder for locks that exists or can be created; None if there is none."""
    with contextlib.suppress(OSError):
        for folder in runtime_folders():
            with contextlib.suppress(OSError):
                return make_private(folder)
    return None


def _folders() -> Iterator[Path]:
    """The private folders for locks that exist."""
    with contextlib.suppress(OSError):
        for folder in runtime_folders():
            with contextlib.suppress(OSError):
                check_private(folder)
                yield folder
