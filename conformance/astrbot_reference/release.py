"""Differences between releases, read from their contracts."""

from __future__ import annotations

from functools import cache

from astrbot_api.contract import Contract
from packaging.version import Version

from .stores.store import JsonObject

STAGES = {"a": "alpha", "b": "beta", "rc": "rc"}


def spelled(release: str) -> str:
    """A release as AstrBot writes it: `4.26.0-beta.8` for `4.26.0b8`."""
    version = Version(release)
    return version.base_version + (f"-{STAGES[version.pre[0]]}.{version.pre[1]}" if version.pre else "")


def since(contract: Contract, release: str) -> bool:
    """Whether a contract is that of a release, or of a later one."""
    return Version(contract.release) >= Version(release)


def described(contract: Contract, component: str, members: JsonObject) -> JsonObject:
    """The members that the contract of a release describes in a component, of all that a service can return."""
    known = _members(contract, component)
    return {name: value for name, value in members.items() if name in known}


def describes(contract: Contract, component: str, member: str) -> bool:
    """Whether the contract of a release describes a member of a component. False if it has no such component."""
    return member in _members(contract, component)


@cache
def _members(contract: Contract, component: str) -> frozenset[str]:
    schemas = contract.document()["components"]["schemas"]
    return frozenset(_described_by(contract, schemas.get(component, {})))


def _described_by(contract: Contract, schema: JsonObject) -> set[str]:
    """The members that a schema describes, including those of the schemas it consists of."""
    while "$ref" in schema:
        schema = contract.resolve(schema["$ref"])
    return set(schema.get("properties", ())).union(*(_described_by(contract, part) for part in schema.get("allOf", ())))
