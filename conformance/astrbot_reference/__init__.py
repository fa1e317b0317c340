"""A small, complete server that implements the contract: for client development, and as a target of the suite.

from astrbot_reference import Settings, running

with running(Settings(username="astrbot", password="a long password")) as url:
    ...
"""

from typing import TYPE_CHECKING, Any

from .settings import Settings
from .subprocess_server import running_apart

if TYPE_CHECKING:
    from .app import create_app
    from .serving import running

__all__ = ["Settings", "create_app", "running", "running_apart"]


def __getattr__(name: str) -> Any:
    """Load the server on first use: a process that runs it in another process does not need it."""
    if name == "create_app":
        from .app import create_app  # noqa: PLC0415

        return create_app
    if name == "running":
        from .serving import running  # noqa: PLC0415

        return running
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
