"""The contract of one release as a value. Generated; do not edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from .document import Validator, document_of
from .operation import Operation
from .vocabulary import Meaning, Requirement


@dataclass(frozen=True, eq=False)
class Contract:
    """The contract of one release; `releases.contract` returns it."""

    release: str
    operations: tuple[Operation, ...] = field(repr=False)
    """Every operation, in the order of the contract; without the WebSockets."""
    websockets: tuple[Operation, ...] = field(repr=False)
    """The operations that are WebSockets. They have scopes and messages, but no HTTP response."""
    scopes: tuple[str, ...]
    """The scopes that a key can have, without sub-scopes, in the order of the contract."""
    sub_scopes: Mapping[str, str]
    """sub-scope -> the scope that it requires. Sub-scopes matter for certain inputs only."""
    closed_scopes: tuple[str, ...]
    """Areas that no developer key can access."""
    implies: Mapping[str, frozenset[str]]
    """scope -> the scopes that it implies, directly or through others; without the scope itself."""
    meanings: Mapping[str, Meaning] = field(repr=False)
    """The meaning of each scope and sub-scope."""
    requirements: Mapping[str, Requirement] = field(repr=False)
    """Every requirement by its id, in the order of the contract."""
    package: str = field(repr=False)
    """The Python package with the tables and the document of the release."""

    @property
    def default_scopes(self) -> tuple[str, ...]:
        """The default scopes of a new key: all except the sub-scopes."""
        return self.scopes

    @cached_property
    def by_id(self) -> Mapping[str, Operation]:
        """Every operation by its id."""
        return MappingProxyType({operation.id: operation for operation in self.operations})

    @cached_property
    def keyed(self) -> tuple[Operation, ...]:
        """Operations that a developer key with their scope can call."""
        return tuple(operation for operation in self.operations if operation.scope is not None)

    @cached_property
    def closed(self) -> tuple[Operation, ...]:
        """Operations that no developer key can call."""
        return tuple(operation for operation in self.operations if operation.closed_scope is not None)

    @cached_property
    def public(self) -> tuple[Operation, ...]:
        """Operations that require no credentials."""
        return tuple(operation for operation in self.operations if operation.public)

    def operation_at(self, method: str, path: str) -> Operation | None:
        """Returns the operation with this method and path template; None if there is none."""
        return self._by_path.get((method.upper(), path))

    def closure(self, scopes: Iterable[str]) -> frozenset[str]:
        """Returns these scopes and every scope that they imply. Unknown names are kept and imply nothing."""
        held = frozenset(map(str, scopes))
        return held.union(*(self.implies.get(scope, ()) for scope in held))

    def sufficient(self, scope: str) -> frozenset[str]:
        """Returns the scopes that each suffice for this scope: the scope itself, and every scope that implies it."""
        return frozenset(other for other in self.implies if other == scope or scope in self.implies[other])

    def document(self) -> dict[str, Any]:
        """Returns the contract as one OpenAPI document. Shared: do not modify it."""
        return document_of(self.package).content

    def resolve(self, pointer: str) -> Any:
        """Returns the value at a JSON pointer, which begins with `#`. Raises KeyError or IndexError if there is none."""
        return document_of(self.package).resolve(pointer)

    def validator(self, name: str) -> Validator:
        """Returns the compiled schema of a component. Raises KeyError if the component does not exist."""
        return self.validator_at("#/components/schemas/" + name.replace("~", "~0").replace("/", "~1"))

    def validator_at(self, pointer: str) -> Validator:
        """Returns the compiled schema at a JSON pointer. Raises KeyError or IndexError if there is none."""
        return document_of(self.package).validator_at(pointer)

    @cached_property
    def _by_path(self) -> Mapping[tuple[str, str], Operation]:
        return {(operation.method, operation.path): operation for operation in self.operations}
