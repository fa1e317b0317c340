"""Finds the route of a request by the beginning of its path: matching hundreds in turn takes as long as serving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

TOLD_APART = 4  # segments, as in /api/v1/bots: what stands before the first slash counts


class RouteIndex(BaseRoute):
    """Stands before the routes of an application and forwards a request to the first route that matches.

    Other requests go on to the routes themselves, which return the error.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes: dict[str, list[Route]] = defaultdict(list)
        for route in routes:
            if isinstance(route, Route):
                self._routes[_beginning(route.path)].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route with this beginning that matches the request."""
        for route in self._routes.get(_beginning(scope.get("path", "")), ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, "route": route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the matching route serve the request."""
        await scope["route"].handle(scope, receive, send)


def _beginning(path: str) -> str:
    return "/".join(path.split("/", TOLD_APART)[:TOLD_APART])
