"""The document that FastAPI derives from the mounted routes says what the contract says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from astrbot_api.operations import OPERATIONS, Operation
from astrbot_api.server import Credentials, Services, derive, mount
from astrbot_api.validation import document
from fastapi import FastAPI
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Match

from tests.generated.derived import facts


class Anything:
    """A service that has every method."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def method(**arguments: Any) -> None:
            return None

        return method


async def nobody(operation: Operation, credentials: Credentials) -> Any:
    """Finds out nothing."""
    return None


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """An application with a route for every operation."""
    application = FastAPI(openapi_url=None)
    everything: dict[str, Any] = {name: Anything() for name in Services.__dataclass_fields__}
    mount(application, Services(**everything), nobody)
    return application


def test_the_derived_document_equals_the_contract(app: FastAPI) -> None:
    """Paths, methods, ids, parameters, media types, statuses, and security with its roles are the same."""
    derived, contract = facts(derive(app)), facts(document())

    assert derived.keys() == contract.keys()
    for operation, said in contract.items():
        assert derived[operation] == said, operation


def test_security_schemes_equal_the_contract(app: FastAPI) -> None:
    """The derived document describes the same ways to present credentials."""
    derived, contract = derive(app)["components"]["securitySchemes"], document()["components"]["securitySchemes"]

    assert derived.keys() == contract.keys()
    for name, scheme in contract.items():
        assert {word: derived[name].get(word) for word in ("type", "scheme", "in", "name")} == {
            word: scheme.get(word) for word in ("type", "scheme", "in", "name")
        }


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_no_route_hides_another(operation: Operation, app: FastAPI) -> None:
    """A request for an operation reaches that operation, also where an id may hold slashes."""
    for value in ("some-id", "a/b") if any(parameter.slashes for parameter in operation.parameters) else ("some-id",):
        path = operation.path
        for parameter in operation.parameters:
            path = path.replace(f"{{{parameter.name}}}", value if parameter.slashes else "some-id")
        scope = {"type": "http", "method": operation.method, "path": path, "headers": [], "app": app}
        found = next(route for route in app.router.routes if route.matches(scope)[0] is Match.FULL)

        assert found.operation_id == operation.id  # type: ignore[attr-defined]


def test_the_bundle_is_valid_openapi() -> None:
    """openapi-spec-validator has nothing to say about the bundle."""
    assert list(OpenAPIV31SpecValidator(document()).iter_errors()) == []
