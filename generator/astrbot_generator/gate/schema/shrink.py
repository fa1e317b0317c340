"""Makes a value smaller while a condition holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[str | int, ...]
_MOST_TRIES = 400


def shrunk(value: Any, path: Path, holds: Callable[[Any], bool]) -> Any:
    """Returns the smallest value found for which the condition holds; the value at the path is kept."""
    tries = 0
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(value, path):
            tries += 1
            if tries > _MOST_TRIES:
                return value
            if holds(candidate):
                value, smaller = candidate, True
                break
    return value


def _smaller(value: Any, path: Path | None) -> Iterator[Any]:
    """Yields the value with one part removed or simplified."""
    kept = path[0] if path else None
    if isinstance(value, dict):
        for key in value:
            if key != kept:
                yield {name: inner for name, inner in value.items() if name != key}
        for key, inner in value.items():
            inside = path[1:] if path and key == kept else None if path is None or key != kept else ()
            yield from ({**value, key: less} for less in _smaller(inner, inside))
    elif isinstance(value, list):
        fixed = kept if isinstance(kept, int) else -1
        for index in range(len(value) - 1, fixed, -1):
            yield value[:index] + value[index + 1 :]
        for index, inner in enumerate(value):
            inside = path[1:] if path and index == fixed else None
            yield from ([*value[:index], less, *value[index + 1 :]] for less in _smaller(inner, inside))
    elif path is None and isinstance(value, str) and len(value) > 1:
        yield value[:1]
