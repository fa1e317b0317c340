"""Operations, contracts and responses for tests. Their texts are new objects, as those of a parsed document are."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Body, Operation, Parameter
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse

BODY = Body(("application/json",), required=True, schema=None, pointer="#/body")


def new(text: str) -> Any:
    """An equal text that is another object."""
    return "".join(tuple(text))


def parameter(name: str, param_in: str, type: str = "string", *, required: bool = False) -> Parameter:
    """A parameter of an operation."""
    return Parameter(new(name), new(param_in), required, new(type))


def operation(
    path: str = "/api/v1/made",
    *parameters: Parameter,
    method: str = "GET",
    side_effect: str = "read",
    scope: str | None = "bot",
    **others: Any,
) -> Operation:
    """An operation that a key with the scope `bot` can call. Its id is its method and its path."""
    return Operation(
        id=f"{method} {path}",
        method=new(method),
        path=path,
        tag="made",
        summary="",
        scope=scope,
        side_effect=new(side_effect),
        parameters=parameters,
        **others,
    )


def contract_of(*operations: Operation) -> Contract:
    """The contract of the base release with these operations instead of its own ones."""
    return replace(releases.contract(), operations=operations)


def contract_with(body: dict[str, Any]) -> Contract:
    """A contract that only resolves the pointer of `BODY`, to this schema."""
    return cast("Contract", SimpleNamespace(resolve={BODY.pointer: body}.__getitem__))


def response_to(
    request: HttpRequest,
    body: bytes = b"",
    status: int = 200,
    *,
    kind: str = "application/json",
    key: Key | None = None,
    headers: dict[str, str] | None = None,
    **others: Any,
) -> HttpResponse:
    """A response of the target to `request`."""
    return HttpResponse(
        base="http://127.0.0.1:9",
        request=request,
        key=key,
        key_header=KeyHeader.BEARER,
        status=status,
        headers={"content-type": new(kind)} if headers is None else headers,
        body=body,
        seconds=0.0,
        **others,
    )
