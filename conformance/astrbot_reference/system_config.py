"""The configuration of the installation, and its subagents."""

from __future__ import annotations

from datetime import UTC, timedelta

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.system_config import SystemConfigService

from .administrators import refuse_change
from .answers import ok
from .auth import Caller
from .bodies import given
from .catalogue import catalogue
from .clock import stamp
from .context import Service
from .release import described
from .stores.profile_store import DEFAULT
from .stores.store import JsonObject

SUBAGENTS = "subagent_orchestrator"
SUBAGENT: JsonObject = {
    "name": "",
    "persona_id": None,
    "public_description": "",
    "system_prompt": "",
    "tools": [],
    "enabled": True,
    "provider_id": None,
}


class SystemConfig(Service, SystemConfigService[Caller]):
    """The operations of the tag `system-config`. This server has no second factor and needs no code for it."""

    refuse_change = staticmethod(refuse_change)

    async def get_system_config(self, *, caller: Caller) -> Json[models.FilledConfigurationFormAnswer]:
        """The configuration and the form of its system part, without credentials of the dashboard."""
        now = self._clock()
        offset = (now.utcoffset() or timedelta()) // timedelta(minutes=1)
        whole = self._form() | {"server_utc_time": stamp(now.astimezone(UTC)), "server_utc_offset_minutes": offset}
        return ok(models.FilledConfigurationFormAnswer, described(self._contract, "FilledConfigurationForm", whole))

    async def get_system_config_schema(self, *, caller: Caller) -> Json[models.FilledConfigurationFormAnswer]:
        """The same, from 4.27.4 on without the time of the server."""
        if self._contract.by_id["get_system_config_schema"].alias_of:
            return await self.get_system_config(caller=caller)
        return ok(models.FilledConfigurationFormAnswer, self._form())

    async def get_system_config_runtime(self, *, caller: Caller) -> Json[models.RuntimeFormAnswer]:
        """The configuration and the forms of bots and providers."""
        forms = catalogue("forms")["runtime"]
        return ok(
            models.RuntimeFormAnswer, {"config": self._config(), "metadata": forms, "platform_i18n_translations": {}}
        )

    async def update_system_config(
        self, *, caller: Caller, body: models.ConfigurationChange, x_2_fa_code: str | None = None
    ) -> Json[models.Done]:
        """Replace the given members. Raises Refusal if the key may not change the administrators."""
        change = given(body)
        self.refuse_change(self._contract.by_id["update_system_config"], caller, self._config(), change)
        self._profiles.change(DEFAULT, change)
        return ok(models.Done, {}, "Saved")

    async def get_subagent_config(self, *, caller: Caller) -> Json[models.SubagentConfigAnswer]:
        """The subagents, with defaults for missing members."""
        stored = self._config()[SUBAGENTS]
        filled = {"main_enable": False, "remove_main_duplicate_tools": False, "agents": []} | stored
        return ok(models.SubagentConfigAnswer, filled | {"agents": [SUBAGENT | agent for agent in filled["agents"]]})

    async def replace_subagent_config(
        self, *, caller: Caller, body: models.SubagentConfigReplacement
    ) -> Json[models.Done]:
        """Replace the configuration of the subagents."""
        fields = {name: value for name, value in given(body).items() if value is not None}
        if "enable" in fields:
            fields.setdefault("main_enable", fields.pop("enable"))
        self._profiles.change(DEFAULT, {SUBAGENTS: fields})
        return ok(models.Done, {}, "Saved")

    async def list_subagent_tools(self, *, caller: Caller) -> Json[models.SubagentToolListAnswer]:
        """The tools of the enabled MCP servers."""
        tools = [
            tool | {"active": True, "handler_module_path": None}
            for server in self._mcp_servers.all()
            if server["active"]
            for tool in self._mcp_servers.tools(server)
        ]
        return ok(models.SubagentToolListAnswer, tools)

    def _form(self) -> JsonObject:
        return {"config": self._config(), "metadata": catalogue("forms")["system"]}

    def _config(self) -> JsonObject:
        config: JsonObject = self._profiles.find(DEFAULT)["config"]
        return config
