"""Faults of the reference server: each breaks one requirement, so that a check can be seen to fail.

    with broken(settings, CATALOGUE["check-dropped"]) as url:
        ...

The catalogue holds every fault that a module of this package defines, by its name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from .broken import broken, broken_app
from .server import Fault, Server, fault

__all__ = ["CATALOGUE", "Fault", "Server", "broken", "broken_app", "fault"]


def _catalogue() -> Mapping[str, Fault]:
    found: dict[str, Fault] = {}
    for section in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        for value in vars(importlib.import_module(f"{__name__}.{section}")).values():
            for one in _faults_in(value):
                if found.setdefault(one.name, one) is not one:
                    raise ValueError(f"two faults have the name {one.name}")
    return found


def _faults_in(value: object) -> Iterator[Fault]:
    if isinstance(value, Fault):
        yield value
    elif isinstance(value, tuple):
        yield from (one for one in value if isinstance(one, Fault))


CATALOGUE: Mapping[str, Fault] = _catalogue()
"""Every fault by its name."""
