"""A small, complete server that keeps the contract: for developing clients, and for the suite to judge.

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
    """Load the server itself when it is asked for: whoever runs it in another process has no need of it."""
    if name == "create_app":
        from .app import create_app  # noqa: PLC0415

        return create_app
    if name == "running":
        from .serving import running  # noqa: PLC0415

        return running
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
