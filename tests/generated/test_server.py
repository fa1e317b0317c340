"""The generated server: who is asked first, what a service is given, and what of its answers gets out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from astrbot_api import models
from astrbot_api.operations import CLOSED, KEYED, Operation
from astrbot_api.releases import contract
from astrbot_api.server import Credentials, InsufficientScope, Raw, Services, WrongAnswer, authorize, mount
from fastapi import FastAPI, HTTPException

DONE = {"status": "ok", "message": "Saved", "data": {}}


class Holder:
    """A caller with some scopes."""

    def __init__(self, *scopes: str) -> None:
        self.scopes = frozenset(scopes)


class Service:
    """A service that gives back what a test has put there."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.given: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        async def method(**arguments: Any) -> Any:
            self.given = arguments
            return self.answers[name]

        return method


async def authenticate(operation: Operation, credentials: Credentials) -> Holder:
    """A credential names the scopes that it gives."""
    presented = next((value for value in credentials.values() if value), None)
    if presented is None:
        raise HTTPException(401, "Missing")
    return Holder(*presented.split(","))


@pytest.fixture(scope="module")
def service() -> Service:
    """The one service behind all tags."""
    return Service()


@pytest.fixture(scope="module")
def app(service: Service) -> FastAPI:
    """Every operation, served by it."""
    application = FastAPI(openapi_url=None)
    everywhere: dict[str, Any] = dict.fromkeys(Services.__dataclass_fields__, service)
    mount(application, Services(**everywhere), authenticate)
    return application


def ask(app: FastAPI, method: str, path: str, key: str | None = None, **options: Any) -> httpx2.Response:
    """One request with a key, in `X-API-Key`."""
    headers = {**options.pop("headers", {}), **({"X-API-Key": key} if key else {})}

    async def send() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
            return await client.request(method, f"/api/v1{path}", headers=headers, **options)

    return asyncio.run(send())


def test_malformed_json_comes_before_credentials_and_those_before_fields(app: FastAPI) -> None:
    """422 for what is no JSON, then 401, then 403, then 422 for what does not fit."""
    wrong: dict[str, Any] = {"content": b"[]", "headers": {"Content-Type": "application/json"}}
    broken: dict[str, Any] = {"content": b"{", "headers": {"Content-Type": "application/json"}}

    assert ask(app, "POST", "/im/message", **broken).status_code == 422
    assert ask(app, "POST", "/im/message", **wrong).status_code == 401
    assert ask(app, "POST", "/im/message", "bot", **wrong).status_code == 403
    assert ask(app, "POST", "/im/message", "im", **wrong).status_code == 422


@pytest.mark.parametrize("operation", KEYED, ids=str)
def test_only_the_scope_and_what_implies_it_opens(operation: Operation) -> None:
    """Each keyed operation: its scope is enough, all others are not."""
    authorize(contract(), operation, Holder(str(operation.scope)))
    others = {"bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill", "system"}
    others -= {str(operation.scope), "config"} if operation.scope in ("bot", "provider") else {str(operation.scope)}

    with pytest.raises(InsufficientScope):
        authorize(contract(), operation, Holder(*others))


@pytest.mark.parametrize("operation", CLOSED, ids=str)
def test_no_developer_scope_opens_a_closed_area(operation: Operation) -> None:
    """All nine scopes together do not; the name of the area does."""
    with pytest.raises(InsufficientScope):
        authorize(
            contract(),
            operation,
            Holder("bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"),
        )
    authorize(contract(), operation, Holder(str(operation.closed_scope)))


def test_a_credential_at_another_place_is_not_missing_but_insufficient(app: FastAPI) -> None:
    """A closed operation declares no `X-API-Key`. A caller with one gets 403, a caller without any credential 401."""
    assert ask(app, "GET", "/api-keys", "bot").status_code == 403
    assert ask(app, "GET", "/api-keys").status_code == 401


def test_a_service_is_given_models_and_typed_parameters(app: FastAPI, service: Service) -> None:
    """Path, query and body arrive as the protocol declares them."""
    service.answers["set_bot_enabled"] = models.Done.model_validate(DONE)

    answer = ask(app, "PATCH", "/bots/a%2Fb/enabled", "config", json={"enabled": True})

    assert (answer.status_code, answer.json()) == (200, DONE)
    assert service.given["bot_id"] == "a/b"
    assert isinstance(service.given["body"], models.BotSwitch)
    assert "config" in service.given["caller"].scopes


def test_a_wrong_answer_never_gets_out(app: FastAPI, service: Service, caplog: pytest.LogCaptureFixture) -> None:
    """What the contract does not allow is an error of the service, and the log says which operation and where."""
    wrong = [{"status": "ok", "message": 5, "data": {}}, None, Raw("x", "text/html"), {"data": 1}]
    for answer in wrong:
        service.answers["set_bot_enabled"] = answer
        with pytest.raises(WrongAnswer):
            ask(app, "PATCH", "/bots/a/enabled", "bot", json={"enabled": True})

    assert "set_bot_enabled returned a value that its contract does not allow, at #/message" in caplog.text


def test_events_are_sent_one_by_one(app: FastAPI, service: Service) -> None:
    """Each event is a `data:` line with a blank line after it; one that the contract does not know stops the stream."""
    first = {"type": "session_id", "data": None, "session_id": "s"}

    async def events(*sent: Any) -> AsyncIterator[Any]:
        for event in sent:
            yield event

    body = {"username": "me", "message": "hello"}
    service.answers["chat"] = service.answers["send_chat_message"] = events(models.SessionIdEvent.model_validate(first))
    answer = ask(app, "POST", "/chat", "chat", json=body)

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-cache"
    assert [json.loads(frame.removeprefix("data: ")) for frame in answer.text.split("\n\n")[:-1]] == [first]

    service.answers["chat"] = service.answers["send_chat_message"] = events({"type": "nonsense"})
    with pytest.raises(WrongAnswer):
        ask(app, "POST", "/chat", "chat", json=body)
