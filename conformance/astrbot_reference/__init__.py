"""A small, complete server that keeps the contract: for developing clients, and for the suite to judge.

from astrbot_reference import Settings, running

with running(Settings(username="astrbot", password="a long password")) as url:
    ...
"""

from .app import create_app
from .serving import running
from .settings import Settings

__all__ = ["Settings", "create_app", "running"]
