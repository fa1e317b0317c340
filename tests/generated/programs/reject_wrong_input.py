"""Reads the errors of a model."""

from __future__ import annotations

from typing import Any

from astrbot_api.models import BotSwitch
from pydantic import ValidationError


def problems(value: Any) -> list[str]:
    """Returns the locations of the errors in a value."""
    try:
        BotSwitch.model_validate(value)
    except ValidationError as error:
        return ["/".join(map(str, problem["loc"])) for problem in error.errors()]
    return []


def main() -> None:
    """A valid value has no errors; in JSON, null is not the same as absent."""
    assert problems({"enabled": True}) == []
    assert problems({"enabled": None}) == ["enabled"]
    assert problems({"enabled": "yes"}) == ["enabled"]
