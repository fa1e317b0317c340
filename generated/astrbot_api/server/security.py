"""Authorizes requests: one `authorize` for every operation. Generated; do not edit."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from inspect import Parameter, Signature
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar, cast

from fastapi import HTTPException, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.openapi.models import APIKey
from fastapi.security import APIKeyHeader, APIKeyQuery, HTTPBearer
from fastapi.security import http as http_schemes
from fastapi.security.base import SecurityBase
from fastapi.security.http import HTTPAuthorizationCredentials, HTTPBasicCredentials

from ..contract import Contract
from ..operation import Operation

Credentials: TypeAlias = Mapping[str, str | None]
"""The credentials of a request: security scheme -> value, None if the request has none for the scheme."""


class Caller(Protocol):
    """An authenticated caller of the application."""

    @property
    def scopes(self) -> Collection[str]:
        """The scopes of the caller, and closed areas if the caller is not a developer key."""


CallerT = TypeVar("CallerT", bound=Caller)
CallerT_contra = TypeVar("CallerT_contra", bound=Caller, contravariant=True)
Authenticate: TypeAlias = Callable[[Operation, Credentials], Awaitable[CallerT]]
"""A function of the application that returns the caller or raises. It is called before `authorize`."""

SCHEMES: Mapping[str, SecurityBase] = {
    "BearerKey": HTTPBearer(
        scheme_name="BearerKey", description="A developer key: `Authorization: Bearer abk_…`.", auto_error=False
    ),
    "HeaderKey": APIKeyHeader(
        name="X-API-Key", scheme_name="HeaderKey", description="A developer key: `X-API-Key: abk_…`.", auto_error=False
    ),
    "QueryApiKey": APIKeyQuery(
        name="api_key",
        scheme_name="QueryApiKey",
        description="A developer key in the query of a WebSocket.",
        auto_error=False,
    ),
    "QueryKey": APIKeyQuery(
        name="key", scheme_name="QueryKey", description="A developer key in the query of a WebSocket.", auto_error=False
    ),
    "DashboardToken": HTTPBearer(
        scheme_name="DashboardToken", description="The token that a login to the dashboard returns.", auto_error=False
    ),
}


class InsufficientScope(HTTPException):
    """The caller is authenticated, but lacks the scope of the operation."""

    def __init__(self, operation: Operation) -> None:
        super().__init__(403, "Insufficient scope")
        self.operation = operation


def authorize(contract: Contract, operation: Operation, caller: Caller, credentials: Credentials | None = None) -> None:
    """Raises InsufficientScope unless the caller's scopes, including implied ones, suffice for the operation.

    If alternatives require different roles, only those count whose credentials were sent.
    """
    held = contract.closure(caller.scopes)
    ways = [way for way in operation.security if credentials is None or all(credentials.get(name) for name, _ in way)]
    if not any(held.issuperset(role for _, roles in way for role in roles) for way in ways or operation.security):
        raise InsufficientScope(operation)


def admission(
    contract: Contract, operation: Operation, authenticate: Authenticate[CallerT]
) -> Callable[..., Awaitable[CallerT]]:
    """Returns the dependency that rejects unauthorized callers and returns the caller to the service.

    FastAPI describes the credentials by its signature; `without_schemes` keeps it from reading them too. A credential that the operation does not declare is read too
    if no declared one is at its place: it opens nothing, but `authenticate` can reject its caller with 403 instead of 401.
    """
    schemes = dict(scheme for way in operation.security for scheme in way)
    places = {_place(SCHEMES[name]) for name in schemes}
    others = [name for name, reader in SCHEMES.items() if _place(reader) not in places]
    readers = [(name, _reader(SCHEMES[name])) for name in (*schemes, *others)]
    slow = [(name, cast(Callable[..., Any], SCHEMES[name])) for name, read in readers if read is None]
    fast = [(name, read) for name, read in readers if read is not None]

    async def admit(*, request: Request, **_: object) -> CallerT:
        credentials = {name: read(request) for name, read in fast}
        for name, scheme in slow:
            credentials[name] = _value(await scheme(request))
        caller = await authenticate(operation, credentials)
        authorize(contract, operation, caller, credentials)
        return caller

    admit.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request),
            *(
                Parameter(argument, Parameter.KEYWORD_ONLY, annotation=_annotation(name, schemes[name]))
                for argument, name in ((f"scheme{number}", name) for number, name in enumerate(schemes))
            ),
        ]
    )
    return admit


def without_schemes(dependant: Dependant) -> Dependant:
    """Returns what a route depends on, without the schemes of the dependency that reads credentials itself."""
    inner = [
        replace(other, dependencies=[]) if getattr(other.call, "__name__", "") == "admit" else other
        for other in dependant.dependencies
    ]
    return replace(dependant, dependencies=inner)


def _place(reader: SecurityBase) -> tuple[str, ...]:
    """Returns the place of the credential in a request: the `Authorization` header, or a named parameter."""
    if isinstance(reader.model, APIKey):
        return reader.model.in_.value, reader.model.name.lower()
    return ("header", "authorization")


def _reader(scheme: SecurityBase) -> Callable[[Request], str | None] | None:
    """Returns a function that reads a credential as FastAPI's scheme does, but faster; None if there is none."""
    if type(scheme) is http_schemes.HTTPBearer:
        return _bearer
    if not isinstance(scheme.model, APIKey):
        return None
    place, name = scheme.model.in_.value, scheme.model.name
    if place == "header":
        return lambda request: _value(request.headers.get(name))
    if place == "query":
        return lambda request: _value(request.query_params.get(name)) if request.scope["query_string"] else None
    return lambda request: _value(request.cookies.get(name))


def _bearer(request: Request) -> str | None:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return _value(value) if kind.lower() == "bearer" else None


def _annotation(scheme: str, roles: tuple[str, ...]) -> Any:
    reader = cast(Callable[..., Any], SCHEMES[scheme])
    return Annotated[Any, Security(reader, scopes=list(roles))]


def _value(presented: object) -> str | None:
    """Returns the value of a credential as stripped text; None if it is missing or empty."""
    if isinstance(presented, HTTPAuthorizationCredentials):
        presented = presented.credentials
    elif isinstance(presented, HTTPBasicCredentials):
        presented = f"{presented.username}:{presented.password}"
    return str(presented).strip() or None if presented is not None else None
