"""Decides who may: one `authorize` for every operation. Generated; do not edit."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar, cast

from fastapi import HTTPException, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from fastapi.security.base import SecurityBase
from fastapi.security.http import HTTPAuthorizationCredentials, HTTPBasicCredentials

from ..contract import Contract
from ..operation import Operation

Credentials: TypeAlias = Mapping[str, str | None]
"""What a request presents: security scheme -> value, None where it presents nothing for it."""


class Caller(Protocol):
    """Who calls, as the application knows them."""

    @property
    def scopes(self) -> Collection[str]:
        """What they are allowed to do: scopes, and closed areas where they are no developer key."""


CallerT = TypeVar("CallerT", bound=Caller)
CallerT_contra = TypeVar("CallerT_contra", bound=Caller, contravariant=True)
Authenticate: TypeAlias = Callable[[Operation, Credentials], Awaitable[CallerT]]
"""Finds out who calls, or raises: the application's own. It is asked before `authorize`."""

SCHEMES: Mapping[str, SecurityBase] = {
    "BearerKey": HTTPBearer(
        scheme_name="BearerKey", description="A developer key: `Authorization: Bearer abk_…`.", auto_error=False
    ),
    "HeaderKey": APIKeyHeader(
        name="X-API-Key", scheme_name="HeaderKey", description="A developer key: `X-API-Key: abk_…`.", auto_error=False
    ),
    "DashboardToken": HTTPBearer(
        scheme_name="DashboardToken", description="The token that a login to the dashboard returns.", auto_error=False
    ),
}


class InsufficientScope(HTTPException):
    """The caller is known, but lacks the scope of the operation."""

    def __init__(self, operation: Operation) -> None:
        super().__init__(403, "Insufficient scope")
        self.operation = operation


def authorize(contract: Contract, operation: Operation, caller: Caller, credentials: Credentials | None = None) -> None:
    """Raises InsufficientScope unless the caller's scopes, with all that follows from them, open the operation.

    Where the ways in ask for different roles, only those count whose credentials were presented.
    """
    held = contract.closure(caller.scopes)
    ways = [way for way in operation.security if credentials is None or all(credentials.get(name) for name, _ in way)]
    if not any(held.issuperset(role for _, roles in way for role in roles) for way in ways or operation.security):
        raise InsufficientScope(operation)


def admission(
    contract: Contract, operation: Operation, authenticate: Authenticate[CallerT]
) -> Callable[..., Awaitable[CallerT]]:
    """The dependency that lets only those callers through who may, and tells the service who calls.

    What it reads FastAPI knows by its signature.
    """
    schemes = dict(scheme for way in operation.security for scheme in way)
    arguments = {f"scheme{number}": name for number, name in enumerate(schemes)}

    async def admit(**presented: object) -> CallerT:
        credentials = {name: _value(presented[argument]) for argument, name in arguments.items()}
        caller = await authenticate(operation, credentials)
        authorize(contract, operation, caller, credentials)
        return caller

    admit.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(argument, Parameter.KEYWORD_ONLY, annotation=_annotation(name, schemes[name]))
            for argument, name in arguments.items()
        ]
    )
    return admit


def _annotation(scheme: str, roles: tuple[str, ...]) -> Any:
    reader = cast(Callable[..., Any], SCHEMES[scheme])
    return Annotated[Any, Security(reader, scopes=list(roles))]


def _value(presented: object) -> str | None:
    """The value of a credential as text, without blanks around it; None where there is nothing."""
    if isinstance(presented, HTTPAuthorizationCredentials):
        presented = presented.credentials
    elif isinstance(presented, HTTPBasicCredentials):
        presented = f"{presented.username}:{presented.password}"
    return str(presented).strip() or None if presented is not None else None
