"""The target of a run: its transport receives the roles of AstrBot's operations."""

import httpx2

from astrbot_conformance.astrbot_operations import ROLES
from astrbot_conformance.http import Target, TargetOptions
from astrbot_conformance.http.read_write_lock import SharedReadWriteLock


def astrbot_target(
    options: TargetOptions,
    transport: httpx2.BaseTransport | None = None,
    shared_lock: SharedReadWriteLock | None = None,
    mark: str | None = None,
) -> Target:
    """An AstrBot as the target. Close it with `close`. See `Target` for the arguments."""
    return Target(options, ROLES, transport, shared_lock, mark)
