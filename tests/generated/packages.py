"""The packages that have models and a server: of the base, and of the newest release."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from astrbot_api.releases import BASE, NEWEST

PACKAGES = {BASE: "astrbot_api", NEWEST: f"astrbot_api.r{NEWEST.replace('.', '_')}"}
"""Release -> its package."""


def module(release: str, name: str) -> ModuleType:
    """A module of the package of a release."""
    return import_module(f"{PACKAGES[release]}.{name}")
