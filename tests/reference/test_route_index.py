"""The index finds the route that the application itself would find, only sooner."""

from __future__ import annotations

from functools import cache

import pytest
from astrbot_api.releases import RELEASES, contract
from astrbot_reference import Settings
from astrbot_reference.app import create_app
from astrbot_reference.http.route_index import RouteIndex
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope


@cache
def served(release: str) -> list[BaseRoute]:
    """The routes of the reference server, with the index in front."""
    return create_app(Settings(release=release)).router.routes


def asked(method: str, path: str) -> Scope:
    """What a server says of a request."""
    return {"type": "http", "method": method, "path": path, "headers": []}


def in_turn(routes: list[BaseRoute], scope: Scope) -> Route | None:
    """The first of the routes that takes a request."""
    return next((r for r in routes if isinstance(r, Route) and r.matches(scope)[0] is Match.FULL), None)


@pytest.mark.parametrize("release", RELEASES)
def test_the_same_route_is_found(release: str) -> None:
    """For every operation, also with slashes in an id."""
    index, *routes = served(release)
    for operation in contract(release).operations:
        for value in ("some-id", "a/b", "types"):
            path = operation.path
            for parameter in operation.parameters:
                path = path.replace(f"{{{parameter.name}}}", value)
            scope = asked(operation.method, path)
            match, found = index.matches(scope)

            wanted = in_turn(routes, scope)

            assert (match is Match.FULL) == (wanted is not None), operation
            assert found.get("route") is wanted, operation


@pytest.mark.parametrize("scope", [asked("PATCH", "/api/v1/bots"), asked("GET", "/api/v1/none"), asked("GET", "")])
def test_the_rest_is_left_to_the_routes(scope: Scope) -> None:
    """An undeclared method is none of its matter, nor is a path that nothing serves."""
    index, *_ = served(RELEASES[0])

    assert isinstance(index, RouteIndex)
    assert index.matches(scope) == (Match.NONE, {})
