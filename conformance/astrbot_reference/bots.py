"""Bots and their platforms."""

from __future__ import annotations

from datetime import datetime

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.bots import BotsService
from pydantic import BaseModel

from .answers import ok
from .auth import Caller
from .bodies import configuration, given, switched_on
from .clock import stamp
from .context import Context, Service
from .refusal import Refusal
from .simulated.bot_registrations import BotRegistrations
from .simulated.platforms import bot_type, bot_types
from .stores.store import JsonObject

BOT = "bot"
WEBCHAT: JsonObject = {"id": "webchat", "type": "webchat", "enable": True}
NOT_CONFIGURATION = frozenset({"bot_id", "config", "enabled"})


class Bots(Service, BotsService[Caller]):
    """The operations of the tag `bots`. A bot of a platform that this server knows runs as soon as it is enabled."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._since = self._clock()
        self._started: dict[str, datetime] = {}
        self._registrations = BotRegistrations()

    async def list_bot_types(self, *, caller: Caller) -> Json[models.BotTypeListAnswer]:
        """List the platforms of the catalogue."""
        return ok(models.BotTypeListAnswer, {"bot_types": bot_types()})

    async def register_bot(
        self, *, caller: Caller, bot_type: str, body: models.BotRegistrationStep
    ) -> Json[models.BotRegistrationAnswer]:
        """Simulate the response of the platform."""
        return ok(models.BotRegistrationAnswer, self._registrations.step(bot_type, given(body)))

    async def list_bots(
        self, *, caller: Caller, enabled: bool | None = None, type: str | None = None
    ) -> Json[models.BotListAnswer]:
        """List the configured bots."""
        found = [
            bot
            for bot in self._store.all(BOT)
            if enabled in {None, bot["enable"]} and (not type or bot.get("type") == type)
        ]
        return ok(models.BotListAnswer, {"bots": found})

    async def create_bot(self, *, caller: Caller, body: models.BotCreation) -> Json[models.Done]:
        """Create a bot. Raises Refusal if the id is taken."""
        bot = self._described(body)
        if self._store.get(BOT, bot["id"]) is not None:
            raise Refusal(f"Bot {bot['id']} already exists")
        self._keep(bot)
        return ok(models.Done, {}, "Created")

    async def get_bot(self, *, caller: Caller, bot_id: str) -> Json[models.SingleBotAnswer]:
        """A bot as it is stored. Raises Refusal if it does not exist."""
        return ok(models.SingleBotAnswer, {"bot": self._bot(bot_id)})

    async def replace_bot(
        self, *, caller: Caller, bot_id: str, body: models.BotReplacement | models.BotReplacementById
    ) -> Json[models.Done]:
        """Replace the configuration of a bot; its id stays."""
        self._bot(bot_id)
        bot = self._described(body, bot_id)
        if bot["id"] != bot_id:
            raise Refusal("The id of a bot cannot be changed")
        self._keep(bot)
        return ok(models.Done, {}, "Saved")

    async def replace_bot_by_id(self, *, caller: Caller, body: models.BotReplacementById) -> Json[models.Done]:
        """Replace the configuration of a bot; its id stays."""
        return await self.replace_bot(caller=caller, bot_id=body.bot_id.strip(), body=body)

    async def delete_bot(self, *, caller: Caller, bot_id: str) -> Json[models.Done]:
        """Stop a bot and delete it."""
        self._bot(bot_id)
        self._store.remove(BOT, bot_id)
        self._started.pop(bot_id, None)
        return ok(models.Done, {}, "Deleted")

    async def set_bot_enabled(self, *, caller: Caller, bot_id: str, body: models.BotSwitch) -> Json[models.Done]:
        """Enable or disable a bot."""
        return self._switch(bot_id, on=body.enabled)

    async def set_bot_enabled_by_id(self, *, caller: Caller, body: models.BotReference) -> Json[models.Done]:
        """Enable or disable a bot; it is disabled if the body does not say."""
        return self._switch(body.bot_id.strip(), on=bool(given(body).get("enabled")))

    async def get_bot_stats(self, *, caller: Caller) -> Json[models.BotStatsAnswer]:
        """The status of the built-in webchat and of every running bot."""
        running = [self._fares(bot) for bot in [WEBCHAT, *self._store.all(BOT)] if runs(bot)]
        summary = {"total": len(running), "running": len(running), "error": 0, "total_errors": 0}
        return ok(models.BotStatsAnswer, {"platforms": running, "summary": summary})

    async def test_bot(self, *, caller: Caller, bot_id: str) -> Json[models.BotTrialAnswer]:
        """Report that tests are not supported, for any id: no release tests bots."""
        return ok(models.BotTrialAnswer, {"id": bot_id, "status": "unsupported"})

    async def test_bot_by_id(self, *, caller: Caller, body: models.BotReference) -> Json[models.BotTrialAnswer]:
        """Report that tests are not supported, for any id: no release tests bots."""
        return await self.test_bot(caller=caller, bot_id=body.bot_id.strip())

    def _bot(self, bot_id: str) -> JsonObject:
        return self._store.find(BOT, bot_id, f"Bot {bot_id} not found")

    def _described(self, body: BaseModel, bot_id: str | None = None) -> JsonObject:
        sent = given(body)
        bot = configuration(sent, NOT_CONFIGURATION, bot_id)
        return bot | {"enable": switched_on(sent, bot)}

    def _switch(self, bot_id: str, *, on: bool) -> Json[models.Done]:
        self._keep(self._bot(bot_id) | {"enable": on})
        return ok(models.Done, {}, "Saved")

    def _keep(self, bot: JsonObject) -> None:
        if bot["enable"] and not bot.get("type"):
            raise Refusal("An enabled bot requires a type")
        self._store.put(BOT, bot["id"], bot)
        self._started[bot["id"]] = self._clock()

    def _fares(self, bot: JsonObject) -> JsonObject:
        platform = bot_type(bot["type"]) or {}
        told = ("description", "display_name", "support_streaming_message", "support_proactive_message")
        return {
            "id": bot["id"],
            "type": bot["type"],
            "display_name": platform["display_name"],
            "status": "running",
            "started_at": stamp(self._started.get(bot["id"], self._since).replace(tzinfo=None)),
            "error_count": 0,
            "last_error": None,
            "unified_webhook": False,
            "meta": {"id": bot["id"], "name": bot["type"]} | {name: platform[name] for name in told},
        }


def runs(bot: JsonObject) -> bool:
    """Whether a bot is enabled and this server knows its platform."""
    return bool(bot["enable"]) and bot_type(bot.get("type")) is not None
