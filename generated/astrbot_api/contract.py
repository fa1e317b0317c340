"""What one release promises, as a value that can be handed on. Generated; do not edit."""

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
    """The contract of one release; `astrbot_api.releases.contract` gives the one of each."""

    release: str
    operations: tuple[Operation, ...] = field(repr=False)
    """Every operation, in the order of the contract."""
    scopes: tuple[str, ...]
    """The scopes that a key can hold, sub-scopes aside, in the order of the contract."""
    sub_scopes: Mapping[str, str]
    """The scopes that matter for certain inputs only: sub-scope -> the scope without which it cannot be granted."""
    closed_scopes: tuple[str, ...]
    """Areas that no developer key may enter."""
    implies: Mapping[str, frozenset[str]]
    """Everything that follows from a scope, directly or through others; not the scope itself."""
    meanings: Mapping[str, Meaning] = field(repr=False)
    """What each scope means, sub-scopes too."""
    requirements: Mapping[str, Requirement] = field(repr=False)
    """Every normative sentence by its id, in the order of the contract."""
    package: str = field(repr=False)
    """The package that holds the tables and the document of the release."""

    @property
    def default_scopes(self) -> tuple[str, ...]:
        """What a key holds that was created without naming scopes: all but the sub-scopes."""
        return self.scopes

    @cached_property
    def by_id(self) -> Mapping[str, Operation]:
        """Every operation by its id."""
        return MappingProxyType({operation.id: operation for operation in self.operations})

    @cached_property
    def keyed(self) -> tuple[Operation, ...]:
        """Those that a developer key with their scope opens."""
        return tuple(operation for operation in self.operations if operation.scope is not None)

    @cached_property
    def closed(self) -> tuple[Operation, ...]:
        """Those that no developer key opens."""
        return tuple(operation for operation in self.operations if operation.closed_scope is not None)

    @cached_property
    def public(self) -> tuple[Operation, ...]:
        """Those that ask for no credentials."""
        return tuple(operation for operation in self.operations if operation.public)

    def operation_at(self, method: str, path: str) -> Operation | None:
        """The operation of a method and a path as the contract spells it; None where there is none."""
        return self._by_place.get((method.upper(), path))

    def closure(self, scopes: Iterable[str]) -> frozenset[str]:
        """These scopes and all that follows from them. Names that are no scope are kept; nothing follows from them."""
        held = frozenset(map(str, scopes))
        return held.union(*(self.implies.get(scope, ()) for scope in held))

    def sufficient(self, scope: str) -> frozenset[str]:
        """The scopes each of which alone gives this one: itself, and every scope that it follows from."""
        return frozenset(other for other in self.implies if other == scope or scope in self.implies[other])

    def document(self) -> dict[str, Any]:
        """The contract as one OpenAPI document. Shared: do not change it."""
        return document_of(self.package).content

    def resolve(self, pointer: str) -> Any:
        """What a JSON pointer, beginning with `#`, leads to in the document. KeyError or IndexError where to nothing."""
        return document_of(self.package).resolve(pointer)

    def validator(self, name: str) -> Validator:
        """The compiled schema of a component. KeyError where there is none of that name."""
        return self.validator_at("#/components/schemas/" + name.replace("~", "~0").replace("/", "~1"))

    def validator_at(self, pointer: str) -> Validator:
        """The compiled schema at a JSON pointer, beginning with `#`. KeyError or IndexError where there is none."""
        return document_of(self.package).validator_at(pointer)

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], Operation]:
        return {(operation.method, operation.path): operation for operation in self.operations}
