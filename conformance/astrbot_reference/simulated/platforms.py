"""The platforms of bots, from the embedded catalogue."""

from __future__ import annotations

from astrbot_reference.catalogue import catalogue
from astrbot_reference.stores.store import JsonObject

PLATFORMS: JsonObject = catalogue("platforms")
"""The embedded catalogue: `platforms`, and `registrations` by platform."""


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
        for platform in PLATFORMS["platforms"]
    ]


def bot_type(name: object) -> JsonObject | None:
    """The platform of this name; None if it is unknown."""
    return next((platform for platform in bot_types() if platform["type"] == name), None)
