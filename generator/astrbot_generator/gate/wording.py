"""Formats values and types for messages."""

from __future__ import annotations

import json
from typing import Any

from astrbot_generator.gate.schema.difference import Difference


def value(given: Any, most: int = 60) -> str:
    """Returns a JSON value for a message."""
    text = json.dumps(given, ensure_ascii=False)
    return f"`{text}`" if len(text) <= most else f"`{text[: most - 1]}…`"


def values(given: list[Any]) -> str:
    """Returns several JSON values for a message."""
    more = f" and {len(given) - 6} more" if len(given) > 6 else ""
    return ", ".join(value(item) for item in given[:6]) + more


def types(names: list[str] | None) -> str:
    """Returns types for a message."""
    if names is None or len(names) >= 6:
        return "anything"
    return " or ".join(names) or "nothing"


def it(difference: Difference) -> str:
    """Returns the part of the value that a message is about."""
    return f"`{difference.subject}`" if difference.subject else "the value"
