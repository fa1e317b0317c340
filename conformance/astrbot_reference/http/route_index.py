"""The route of a request, found by how its path begins: asking hundreds in turn takes as long as answering."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

TOLD_APART = 4  # segments, as in /api/v1/bots: what stands before the first slash counts


class RouteIndex(BaseRoute):
    """Stands before the routes of an application, and hands a request to the first of them that takes it.

    What none of them takes goes on to the routes themselves, which say why not.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes: dict[str, list[Route]] = defaultdict(list)
        for route in routes:
            if isinstance(route, Route):
                self._routes[_beginning(route.path)].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first of the routes that begin so and take the request."""
        for route in self._routes.get(_beginning(scope.get("path", "")), ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, "route": route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer."""
        await scope["route"].handle(scope, receive, send)


def _beginning(path: str) -> str:
    return "/".join(path.split("/", TOLD_APART)[:TOLD_APART])
