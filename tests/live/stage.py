"""A real AstrBot with the scripted model for its chats. All requests go through the contract."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.scopes import Scope
from astrbot_conformance.chat.chats import Allowance, Chats
from astrbot_conformance.engine.worker import observing
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.dashboard import logged_in
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.run_mark import new_mark
from astrbot_conformance.scenarios.journey import Journey
from astrbot_conformance.secret import Secret

from tests.live.astrbot import Astrbot
from tests.live.model import NAME, ScriptedModel

PATIENCE = 60.0  # seconds for a response: AstrBot repeats failed requests to the model for some time


@dataclass(frozen=True)
class Stage:
    """Sends and judges requests. `name` begins the name of every created resource, which is removed at the end."""

    name: str
    contract: Contract
    model: ScriptedModel
    target: Target
    keys: KeyRing
    chats: Chats
    cleanup: Cleanup
    observations: Observations

    @property
    def speaker(self) -> Key:
        """The key that chats."""
        return self.keys.own("speaker", Scope.CHAT)

    def journey(self, scope: Scope) -> Journey:
        """Requests with a key of one scope."""
        return Journey(self.target, self.keys.weakest(scope), self.cleanup)

    def say(self, text: str, session: str, **more: Any) -> HttpResponse:
        """The response to a message in a session."""
        return self.chats.converse(self.speaker, {"message": text, "session_id": self.session(session), **more})

    def session(self, name: str) -> str:
        """The id of a session of this stage."""
        return f"{self.name}-{name}"


@contextmanager
def staged(astrbot: Astrbot, model: ScriptedModel, tools: str) -> Iterator[Stage]:
    """Register the model as the only provider, and the MCP server at `tools`. All resources are removed at the end."""
    contract = releases.contract(astrbot.release)
    target = astrbot_target(TargetOptions(astrbot.url, effects="external", timeout=PATIENCE))
    observations = observing(target, contract)
    run = new_mark()
    keys = KeyRing(logged_in(target, astrbot.username, Secret(astrbot.password, "ASTRBOT_PASSWORD")), run, contract)
    cleanup = Cleanup(target)
    chats = Chats(target, keys, run, Allowance(math.inf))
    stage = Stage(f"conform-{run}", contract, model, target, keys, chats, cleanup, observations)
    try:
        register_model(stage)
        register_tools(stage, tools)
        yield stage
    finally:
        left = [*chats.close(), *cleanup.close(), *keys.close()]
        target.close()
        assert left == []


def register_model(stage: Stage) -> None:
    """Create a provider source with the address of the model, and a provider for it."""
    operator, source, provider = stage.journey(Scope.PROVIDER), f"{stage.name}-source", f"{stage.name}-model"
    kind = {"type": "openai_chat_completion", "provider_type": "chat_completion", "enable": True}
    operator.owns("delete_provider_source", source_id=source)
    operator.go("create_provider_source", body={"id": source, "key": ["none"], "api_base": stage.model.url, **kind})
    operator.owns("delete_provider", provider_id=provider)
    operator.go("create_provider", body={"id": provider, "provider_source_id": source, "model": NAME, **kind})


def register_tools(stage: Stage, address: str) -> None:
    """Connect the server of tools."""
    operator, name = stage.journey(Scope.MCP), f"{stage.name}-tools"
    operator.owns("delete_mcp_server", server_name=name)
    operator.go(
        "create_mcp_server", body={"name": name, "transport": "streamable_http", "url": address, "active": True}
    )
