"""Serves a generated package with a service that remembers what it was given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import MappingProxyType, ModuleType
from typing import Any

import httpx2
from fastapi import FastAPI

METHOD = "()"
"""The key of the name of the method that was called; no argument has this name."""


class Service:
    """A service with every method: it returns one answer, or what a function of the arguments returns."""

    def __init__(self, answer: Any, given: dict[str, Any]) -> None:
        self._answer = answer
        self._given = given

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def method(**arguments: Any) -> Any:
            self._given.clear()
            self._given.update({METHOD: name} | arguments)
            return self._answer(**arguments) if callable(self._answer) else self._answer

        return method


class Everybody:
    """A caller without scopes."""

    scopes = frozenset[str]()


async def let_in(operation: Any, credentials: Any) -> Everybody:
    """Lets everybody in."""
    return Everybody()


def serve(api: ModuleType, answer: Any = MappingProxyType({})) -> tuple[FastAPI, dict[str, Any]]:
    """An application that serves a package with one answer, and what its service was given for the last request."""
    given: dict[str, Any] = {}
    application, service = FastAPI(openapi_url=None), Service(dict(answer) if answer == {} else answer, given)
    names = api.server.Services.__dataclass_fields__
    api.server.mount(application, api.server.Services(**dict.fromkeys(names, service)), let_in)
    return application, given


def ask(app: FastAPI, method: str, path: str, **options: Any) -> httpx2.Response:
    """One request; an error of the application is a 500."""

    async def send() -> httpx2.Response:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://made") as client:
            return await client.request(method, path, **options)

    return asyncio.run(send())
