"""Embedded facts about the outside world, which the server never asks."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


def catalogue(name: str) -> Any:
    """The embedded JSON value of this name. It is a fresh copy, so callers may change it."""
    return json.loads(text(name))


@cache
def text(name: str) -> str:
    """The text of the file `catalogue/<name>.json`."""
    return (files(__package__) / "catalogue" / f"{name}.json").read_text(encoding="utf-8")
