"""Replacements for classes of the server: the seam for servers with faults."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class Overrides:
    """Subclasses that replace the classes of the server, like `dependency_overrides` of FastAPI.

    Several subclasses of one class work together if each calls `super()`. The type checker checks every overridden
    method against the class.
    """

    def __init__(self) -> None:
        self.subclasses: list[type] = []

    def add(self, subclass: type) -> None:
        """Replace a class of the server by a subclass. Other classes that extend it are replaced too."""
        self.subclasses.append(subclass)

    def of(self, cls: type[T]) -> type[T]:
        """The class to instantiate for `cls`; `cls` itself if nothing overrides it."""
        over = [each for each in reversed(self.subclasses) if issubclass(cls, each.__bases__)]
        return type(cls.__name__, (*over, cls), {}) if over else cls
