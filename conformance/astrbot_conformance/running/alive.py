"""Whether a run of this machine is still going, told by a lock that the system lets go of when its process dies."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from astrbot_conformance.run_mark import is_mark

try:
    import fcntl
except ImportError:  # a system without such locks: nothing is known of other runs there
    LOCKS = False
else:
    LOCKS = True


@contextlib.contextmanager
def announced(run: str, base: str) -> Iterator[None]:
    """Let other runs know that this one is going, and on which target, for as long as the block lasts."""
    with contextlib.ExitStack() as kept:
        if LOCKS:
            with contextlib.suppress(OSError):  # a machine that lets nobody write there: nothing will be known
                place = _place(run)
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                file = kept.enter_context(place.open("w"))
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                kept.callback(forget, run)
                file.write(base)
                file.flush()
        yield


def state_of(run: str) -> Literal["going", "dead", "unknown"]:
    """What is known of a run: "unknown" where it was not one of this machine and user, or ended by itself."""
    if not LOCKS:
        return "unknown"
    try:
        with _place(run).open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "going"
    except OSError:
        return "unknown"
    return "dead"


def going() -> dict[str, str]:
    """The runs of this machine and user that are going, each with the base URL of its target."""
    try:
        files = [file for file in sorted(_place("").iterdir()) if is_mark(file.name) and state_of(file.name) == "going"]
        return {file.name: file.read_text(encoding="utf-8", errors="replace") for file in files}
    except OSError:
        return {}


def forget(run: str) -> None:
    """Drop what tells of a run that is over, and the folder where nothing else is told."""
    with contextlib.suppress(OSError):
        _place(run).unlink(missing_ok=True)
        _place(run).parent.rmdir()


def _place(run: str) -> Path:
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"astrbot-contract-{user}" / run
