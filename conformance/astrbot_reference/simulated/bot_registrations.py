"""Registration of bots by QR code. The responses of the platforms are simulated."""

from __future__ import annotations

import json
import secrets

from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.store import JsonObject

from .platforms import PLATFORMS

POLLS_BEFORE_CREATED = 1


class BotRegistrations:
    """The registrations in progress. A code counts as scanned after its first poll."""

    def __init__(self) -> None:
        self._polls: dict[tuple[str, str], int] = {}

    def step(self, bot_type: str, asked: JsonObject) -> JsonObject:
        """The response of the platform, as BotRegistration of the contract.

        Raises Refusal if the platform has no registration, the action is unknown, or a poll does not name its code.
        """
        script = PLATFORMS["registrations"].get(bot_type)
        if script is None:
            raise Refusal(f"Registration is not supported for {bot_type}", 404)
        action = asked["action"].strip().lower()
        if action == "start":
            return self._start(bot_type, script)
        if action == "poll":
            return self._poll(bot_type, script, asked)
        raise Refusal(f"Unsupported action: {action}" if action else "Missing action")

    def _start(self, bot_type: str, script: JsonObject) -> JsonObject:
        code = secrets.token_hex(4)
        self._polls[bot_type, code] = 0
        return {"status": "pending", "registration_code": code} | filled_in(script["start"], code)

    def _poll(self, bot_type: str, script: JsonObject, asked: JsonObject) -> JsonObject:
        code_name, *further = script["asks_for"]
        code: str = asked.get(code_name) or asked.get("registration_code") or ""
        for name, value in [(code_name, code), *((name, asked.get(name)) for name in further)]:
            if not value:
                raise Refusal(f"Missing {name}")
        polls = self._polls.pop((bot_type, code), None)
        if polls is None:
            return {"status": "expired", "message": "This code is no longer good", **script["expired"]}
        if polls < POLLS_BEFORE_CREATED:
            self._polls[bot_type, code] = polls + 1
            return {"status": "pending", **script["pending"]}
        return {"status": "created"} | filled_in(script["created"], code)


def filled_in(members: JsonObject, code: str) -> JsonObject:
    """The members of a response with the code inserted."""
    filled: JsonObject = json.loads(json.dumps(members).replace("{code}", code))
    return filled
