"""The platforms of bots, from the embedded catalogue."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from astrbot_reference.stores.store import JsonObject

CATALOGUE = files("astrbot_reference") / "catalogue" / "platforms.json"


@cache
def catalogue() -> JsonObject:
    """The embedded catalogue: `platforms`, and `registrations` by platform."""
    read: JsonObject = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return read


def bot_types() -> list[JsonObject]:
    """Every platform as BotType of the contract."""
    return [
        {
            "type": platform["type"],
            "id": platform["type"],
            "description": platform["description"],
            "display_name": platform["type"],
            "default_config": platform.get("default_config"),
            "schema": platform.get("schema", {}),
            "support_streaming_message": platform["streams"],
            "support_proactive_message": platform["speaks_first"],
        }
        for platform in catalogue()["platforms"]
    ]


def bot_type(name: object) -> JsonObject | None:
    """The platform of this name; None if it is unknown."""
    return next((platform for platform in bot_types() if platform["type"] == name), None)
