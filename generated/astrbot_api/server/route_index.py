"""Finds the route of a request without trying all routes. Generated; do not edit."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send


class RouteIndex:
    """Serves the requests for the routes of a contract, and leaves all other requests to the router of the application.

    routes: more specific ones first. They are also in the router, which tries its routes one by one. Routes that the
    application added before them keep their precedence.
    """

    def __init__(self, router: APIRouter, routes: Sequence[BaseRoute]) -> None:
        self._router, self._serve = router, router.middleware_stack
        self._first = routes[0] if routes else None
        self._exact: dict[str, list[Route]] = {}
        self._by_beginning: dict[str, list[Route]] = {}
        for route in routes:
            if isinstance(route, Route):
                beginning, parameter, _ = route.path.partition("{")
                found = self._by_beginning if parameter else self._exact
                found.setdefault(beginning, []).append(route)
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning}, reverse=True)
        self._alone: dict[int, APIRouter] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request."""
        route = self._found(scope) if scope["type"] == "http" else None
        if route is None:
            await self._serve(scope, receive, send)
            return
        scope.setdefault("router", self._router)
        if id(route) not in self._alone:
            self._alone[id(route)] = APIRouter(routes=[route])
        await self._alone[id(route)].app(scope, receive, send)

    def _found(self, scope: Scope) -> Route | None:
        """Returns the route that the router would find; None if it would find none or an earlier one."""
        for route in self._router.routes:
            if route is self._first:
                break
            if route.matches(scope)[0] is not Match.NONE:
                return None
        matching = (route for route in self._candidates(scope) if route.matches(scope)[0] is Match.FULL)
        return next(matching, None)

    def _candidates(self, scope: Scope) -> Iterator[Route]:
        """Yields the routes whose beginning is that of the path, more specific ones first."""
        path, root = scope["path"], scope.get("root_path", "")
        path = path[len(root) :] if path.startswith(f"{root}/") else path
        yield from self._exact.get(path, ())
        for length in self._lengths:
            if length <= len(path) and path[:length] in self._by_beginning:
                yield from self._by_beginning[path[:length]]
