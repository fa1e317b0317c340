"""Reads JSON values whose type is not known."""

from __future__ import annotations

from typing import Any


def table(value: Any) -> dict[str, Any]:
    """Returns the value if it is a mapping, else an empty one; the validity check reports other types."""
    return value if isinstance(value, dict) else {}


def row(value: Any) -> list[Any]:
    """Returns the value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
