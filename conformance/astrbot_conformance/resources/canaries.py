"""Secrets that a run plants in its resources, so that a response to a key without their scope can be seen.

Each is in the members in which real resources store a credential, and in the note of the resource.
"""

import contextlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kind_of, mcp_servers, plugins_of
from astrbot_conformance.secret import PLANTED, Secret

CREDENTIALS = ("token", "app_secret", "api_key")  # members of a configuration
NOT_ALLOWED = "secrets are planted only with --effects write"
NOT_PLANTED = "the target accepted no resource with a secret"

Members = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Canaries:
    """The planted secrets. A process that receives them searches for them too. reason: why there are none."""

    secrets: tuple[Secret, ...] = ()
    reason: str = NOT_PLANTED
    by_choice: bool = False


NO_CANARIES = Canaries()


def plant(target: Target, keys: KeyRing, cleanup: Cleanup) -> Canaries:
    """Create a resource of each kind that holds a secret. `cleanup` removes them at the end of the run."""
    if not target.options.allows("write"):
        return Canaries(reason=NOT_ALLOWED, by_choice=True)
    planting = _Planting(target, keys, cleanup)
    steps = [planting.provider, planting.source, planting.bot, planting.persona, planting.project]
    if target.options.is_cheap:  # a real server is slow with these
        steps += [planting.profile, planting.mcp_server]
    if target.options.disposable:
        steps += [planting.plugin, planting.chat]
    return Canaries(tuple(_planted(steps)))


def _planted(steps: list[Callable[[], Secret | None]]) -> Iterator[Secret]:
    for step in steps:
        with contextlib.suppress(NotJudged):  # the release lacks the kind, or refuses the resource
            if (secret := step()) is not None:
                yield secret


@dataclass(frozen=True, slots=True)
class _Planting:
    """Creates the resources, each with a key that has only the scope of its kind."""

    target: Target
    keys: KeyRing
    cleanup: Cleanup

    def provider(self) -> Secret | None:
        return self._in("provider", "PROVIDER", _configured)

    def source(self) -> Secret | None:
        return self._in("provider source", "PROVIDER_SOURCE", _configured)

    def bot(self) -> Secret | None:
        return self._in("bot", "BOT", _configured)

    def persona(self) -> Secret | None:
        return self._in("persona", "PERSONA")

    def project(self) -> Secret | None:
        return self._in("chat project", "CHAT_PROJECT")

    def profile(self) -> Secret | None:
        """A secret in the content of a profile. It has no other members with a free text."""
        kind, secret = kind_of("configuration profile", self.keys.contract), _new("CONFIGURATION")
        client = self._client(kind)
        id = client.create(self._name, "made by a conformance run")
        change = kind.asides(id, secret.reveal())[0].attempt
        return secret if self.target.send(change, client.key).is_accepted else None

    def mcp_server(self) -> Secret | None:
        reached = self.target.options.known_mcp_server
        kind, secret = mcp_servers(self.keys.contract, reached), _new("MCP_SERVER")
        more = {"env": {"TOKEN": secret.reveal()}, "headers": {"Authorization": secret.reveal()}}
        return self._created(kind, secret, lambda _: more)

    def plugin(self) -> Secret | None:
        kind, secret = plugins_of(self.target, self.keys.contract), _new("PLUGIN")
        client = self._client(kind)
        id = client.create(self._name, "made by a conformance run")
        if kind.change is None:
            return None
        change = kind.marking(kind.change, id, secret.reveal())
        return secret if self.target.send(change, client.key).is_accepted else None

    def chat(self) -> Secret | None:
        key, secret, session = self.keys.speaker(), _new("CHAT"), self._name
        self.target.created.append((key, session))
        body = {"username": f"api_key:{key.id}", "session_id": session, "message": secret.reveal()}
        return secret if self.target.send(request("chat", body=body), key).is_accepted else None

    @property
    def _name(self) -> str:
        return f"{self.keys.name}canary"

    def _client(self, kind: ResourceKind) -> ResourceClient:
        return ResourceClient(kind, self.target, self.keys.weakest(kind.scope), self.cleanup)

    def _in(self, noun: str, name: str, more: Members = lambda _: {}) -> Secret | None:
        return self._created(kind_of(noun, self.keys.contract), _new(name), more)

    def _created(self, kind: ResourceKind, secret: Secret, more: Members) -> Secret | None:
        """The secret after a resource with it was created. None if the resource was refused."""
        holding = replace(kind, content=lambda name, note: {**kind.content(name, note), **more(secret.reveal())})
        response = self._client(holding).try_to_create(self._name, secret.reveal())
        return secret if response.is_accepted else None


def _configured(secret: str) -> Mapping[str, Any]:
    """The members in which the configuration of a bot or a provider stores credentials."""
    return {**dict.fromkeys(CREDENTIALS, secret), "key": [secret]}


def _new(name: str) -> Secret:
    """A new secret. Its form is no word, and no form of a credential that AstrBot issues."""
    return Secret(f"Sk7{secrets.token_hex(16)}", PLANTED + name)
