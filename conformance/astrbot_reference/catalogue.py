"""What the reference server knows of the world outside, in place of asking it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


def catalogue(name: str) -> Any:
    """The embedded JSON value of this name; a fresh copy each time, so that changing it changes nothing."""
    return json.loads(text(name))


@cache
def text(name: str) -> str:
    """The file `catalogue/<name>.json` as it is."""
    return (files(__package__) / "catalogue" / f"{name}.json").read_text(encoding="utf-8")
