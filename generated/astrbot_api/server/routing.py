"""Creates routes for the methods of a service. Generated; do not edit."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from functools import cached_property
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, ClassVar, Generic, cast, get_args, get_origin

from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, Header, Path, Query, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from ..contract import Contract
from ..operation import Operation
from .answers import respond
from .arguments import described_by_route, has_argument, is_by_media_type, name_of, without_default, without_null
from .bodies import Form, read_bytes, read_form
from .errors import CALLED, checked, checks_errors
from .media_types import is_json
from .security import Authenticate, CallerT, admission, without_schemes
from .sockets import Conversation, SocketRoute, described, schemes_of
from .violations import violations, without_values

_MARKERS: dict[str, Callable[..., Any]] = {"path": Path, "query": Query, "header": Header, "cookie": Cookie}


class OperationRoute(APIRoute):
    """The route of an operation. It stores the operation and its contract in `request.state`."""

    contract: ClassVar[Contract]
    """The contract of the operation."""

    @property
    def operation(self) -> Operation:
        """The operation that it serves."""
        return self.contract.by_id[str(self.operation_id)]

    @cached_property
    def _beginning(self) -> str:
        return self.path.partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Matches a request. Compares the beginning of the path first, which is faster than the pattern."""
        return super().matches(scope) if self._beginning in scope.get("path", "") else (Match.NONE, {})

    @cached_property
    def _checks_errors(self) -> bool:
        return checks_errors(self.operation)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request. The bodies of errors are checked like those that the service returns."""
        if self._checks_errors:
            CALLED.set(False)
            send = checked(self.contract, self.operation, send)
        await super().handle(scope, receive, send)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns FastAPI's handler, extended to store the operation and to hide input values in errors."""
        described = self.dependant
        self.dependant = without_schemes(described)
        handle = super().get_route_handler()
        self.dependant = described
        operation = self.operation

        null_is_absent = _null_is_absent(operation)

        async def handler(request: Request) -> Response:
            request.state.operation, request.state.contract = operation, self.contract
            try:
                if null_is_absent:
                    await _refuse_null(request)
                return await handle(request)
            except RequestValidationError as error:
                raise RequestValidationError(without_values(error.errors()), body=error.body) from None

        return handler


class Routes(Generic[CallerT]):
    """Collects the routes of a service for the operations of a contract."""

    def __init__(self, contract: Contract, authenticate: Authenticate[CallerT]) -> None:
        self._contract = contract
        self._authenticate = authenticate
        self._router = APIRouter(route_class=type("OperationRoute", (OperationRoute,), {"contract": contract}))

    def serve(
        self,
        operation_id: str,
        path: str,
        declared: Callable[..., Awaitable[Any]],
        served: Callable[..., Awaitable[Any]],
    ) -> None:
        """Adds the route of an operation: its arguments are those of the protocol, its response is the service's result.

        Callers without the scope are rejected before the service is called, and its result is validated. An operation
        that the contract does not have gets no route.
        """
        operation = self._contract.by_id.get(operation_id)
        if operation is None:
            return

        async def endpoint(**arguments: Any) -> Response:
            CALLED.set(True)
            return respond(self._contract, operation, await served(**arguments))

        declares = list(signature(declared).parameters.values())[1:]
        arguments = [argument for argument in declares if has_argument(operation, path, argument)]
        taken = [
            without_default(argument.replace(annotation=self._annotation(operation, argument)))
            for argument in arguments
        ]
        endpoint.__signature__ = Signature(taken, return_annotation=Response)  # type: ignore[attr-defined]
        endpoint.__name__ = operation_id
        self._router.add_api_route(
            path,
            endpoint,
            methods=[operation.method],
            operation_id=operation.id,
            tags=[operation.tag],
            summary=operation.summary,
            response_class=Response,
            response_model=None,
            responses=_answers(operation),
            openapi_extra=described_by_route(operation, arguments),
        )

    def connect(
        self,
        operation_id: str,
        model: Any,
        answer: Callable[..., Awaitable[AsyncIterator[Any]]],
        refuse: Callable[..., Awaitable[Any]],
    ) -> None:
        """Adds the route of a WebSocket: `answer` gets each message as an instance of the model.

        An operation that the contract does not have gets no route.
        """
        for operation in self._contract.websockets:
            if operation.id == operation_id and operation.socket is not None:
                authenticate = self._authenticate
                served = Conversation(self._contract, operation, operation.socket, model, authenticate, answer, refuse)
                self._router.routes.append(SocketRoute(operation, self._contract, served.serve))

    def router(self) -> APIRouter:
        """Returns all routes, more specific ones first."""
        self._router.routes.sort(key=exactness)
        return self._router

    def _annotation(self, operation: Operation, argument: Parameter) -> Any:
        """Returns the annotation that tells FastAPI how to fill an argument."""
        if argument.name == "caller":
            return Annotated[Any, Security(admission(self._contract, operation, self._authenticate))]
        if argument.annotation in (Form, bytes):
            return Annotated[Any, Depends(read_form if argument.annotation is Form else read_bytes)]
        if is_by_media_type(argument):
            return argument.annotation
        if argument.name == "body" and operation.body is not None:
            return Annotated[without_null(argument), Body(media_type=operation.body.media_types[0])]
        is_annotated = get_origin(argument.annotation) is Annotated
        kind, *details = get_args(argument.annotation) if is_annotated else (argument.annotation,)
        declared = next((found for found in operation.parameters if found.name == name_of(argument)), None)
        if declared is None or "null" not in declared.type.split("|"):
            kind = without_null(argument)
        if not is_annotated and declared is not None:
            details = [_MARKERS[declared.param_in]()]
        return Annotated[kind, *details]


def _null_is_absent(operation: Operation) -> bool:
    """Returns whether FastAPI takes a body that is null for an absent one, although the contract tells them apart."""
    body = operation.body
    return body is not None and not body.required and body.pointer is not None and all(map(is_json, body.media_types))


async def _refuse_null(request: Request) -> None:
    """Raises RequestValidationError if the body is null and its schema does not allow null."""
    if (await request.body()).strip() == b"null":
        compiled = request.state.contract.validator_at(request.state.operation.body.pointer)
        if found := violations(compiled, None, "body"):
            raise RequestValidationError(found)


def exactness(route: Any) -> list[int]:
    """Returns a sort key by which no route hides another: literals, then parameters, then parameters with slashes."""
    kinds = [0 if "{" not in part else 2 if ":path}" in part else 1 for part in cast(str, route.path).split("/")]
    return [*kinds, 3]


def _answers(operation: Operation) -> dict[int | str, dict[str, Any]]:
    answers: dict[int | str, dict[str, Any]] = {}
    for answer in operation.answers:
        described = answers.setdefault(answer.status, {"description": answer.status})
        if answer.media_type is not None:
            described.setdefault("content", {})[answer.media_type] = {}
    return answers


def contract_path(route: OperationRoute) -> tuple[str, dict[str, str]]:
    """Returns the path template of a route in the contract, and its parameters: argument -> name."""
    names = re.findall(r"{([^}]*)}", route.operation.path)
    arguments = re.findall(r"{([^}]*)}", route.path_format)
    return route.operation.path, dict(zip(arguments, names, strict=True))


def derive(app: FastAPI) -> dict[str, Any]:
    """Returns the OpenAPI document that FastAPI derives from the routes, without the responses that FastAPI adds."""
    routes = [route for route in app.router.routes if isinstance(route, OperationRoute)]
    document = get_openapi(title=app.title, version=app.version, routes=routes)
    derived: dict[str, Any] = {}
    for route in routes:
        path, names = contract_path(route)
        for method, operation in document["paths"][route.path_format].items():
            if operation["operationId"] != route.operation.id:
                continue
            declared = {answer.status for answer in route.operation.answers}
            operation["responses"] = {key: value for key, value in operation["responses"].items() if key in declared}
            for parameter in [entry for entry in operation.get("parameters", ()) if entry["in"] == "path"]:
                parameter["name"] = names.get(parameter["name"], parameter["name"])
            derived.setdefault(path, {})[method] = operation
    for socket in [route.operation for route in app.router.routes if isinstance(route, SocketRoute)]:
        derived.setdefault(socket.path, {})[socket.method.lower()] = described(socket)
        document.setdefault("components", {}).setdefault("securitySchemes", {}).update(schemes_of(socket))
    return document | {"paths": derived}
