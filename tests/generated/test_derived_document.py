"""The document that FastAPI derives from the mounted routes says what the contract says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

import pytest
from astrbot_api.operations import Operation
from astrbot_api.releases import RELEASES, contract
from astrbot_api.server import Credentials, derive
from fastapi import FastAPI
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Match

from tests.generated.derived import facts
from tests.generated.packages import PACKAGES, module

OPERATIONS = [(release, operation) for release in PACKAGES for operation in contract(release).operations]


class Anything:
    """A service that has every method."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def method(**arguments: Any) -> None:
            return None

        return method


async def nobody(operation: Operation, credentials: Credentials) -> Any:
    """Finds out nothing."""
    return None


@cache
def served(release: str) -> FastAPI:
    """An application with a route for every operation of a release."""
    server, application = module(release, "server"), FastAPI(openapi_url=None)
    everything: dict[str, Any] = {name: Anything() for name in server.Services.__dataclass_fields__}
    server.mount(application, server.Services(**everything), nobody)
    return application


@pytest.mark.parametrize("release", PACKAGES)
def test_the_derived_document_equals_the_contract(release: str) -> None:
    """Paths, methods, ids, parameters, media types, statuses, and security with its roles are the same."""
    derived, wanted = facts(derive(served(release))), facts(contract(release).document())

    assert derived.keys() == wanted.keys()
    for operation, said in wanted.items():
        assert derived[operation] == said, operation


@pytest.mark.parametrize("release", PACKAGES)
def test_security_schemes_equal_the_contract(release: str) -> None:
    """The derived document describes the same ways to present credentials."""
    derived = derive(served(release))["components"]["securitySchemes"]
    wanted = contract(release).document()["components"]["securitySchemes"]

    assert derived.keys() == wanted.keys()
    for name, scheme in wanted.items():
        assert {word: derived[name].get(word) for word in ("type", "scheme", "in", "name")} == {
            word: scheme.get(word) for word in ("type", "scheme", "in", "name")
        }


@pytest.mark.parametrize(("release", "operation"), OPERATIONS, ids=str)
def test_no_route_hides_another(release: str, operation: Operation) -> None:
    """A request for an operation reaches that operation, also where an id may hold slashes."""
    app = served(release)
    for value in ("some-id", "a/b") if any(parameter.slashes for parameter in operation.parameters) else ("some-id",):
        path = operation.path
        for parameter in operation.parameters:
            path = path.replace(f"{{{parameter.name}}}", value if parameter.slashes else "some-id")
        scope = {"type": "http", "method": operation.method, "path": path, "headers": [], "app": app}
        found = next(route for route in app.router.routes if route.matches(scope)[0] is Match.FULL)

        assert found.operation_id == operation.id  # type: ignore[attr-defined]


@pytest.mark.parametrize("release", RELEASES)
def test_the_bundle_is_valid_openapi(release: str) -> None:
    """openapi-spec-validator has nothing to say about the bundle of any release."""
    assert list(OpenAPIV31SpecValidator(contract(release).document()).iter_errors()) == []
