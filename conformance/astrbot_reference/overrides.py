"""The classes that take the place of the server's own: a seam for servers that are to misbehave."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class Overrides:
    """Subclasses of the server's classes, as `dependency_overrides` of FastAPI: the server then makes these instead.

    Several subclasses of one class work together if each calls `super()`. The type checker holds every method that a
    subclass overrides to the method of the class.
    """

    def __init__(self) -> None:
        self.subclasses: list[type] = []

    def add(self, subclass: type) -> None:
        """Override what a class of the server does, also where another class of the server extends it."""
        self.subclasses.append(subclass)

    def of(self, cls: type[T]) -> type[T]:
        """The class to make in place of `cls`; `cls` itself if nothing overrides it."""
        over = [each for each in reversed(self.subclasses) if issubclass(cls, each.__bases__)]
        return type(cls.__name__, (*over, cls), {}) if over else cls
