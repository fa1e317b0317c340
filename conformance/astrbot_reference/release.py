"""What differs between releases: how they are written, and what their answers tell, read off their contracts."""

from __future__ import annotations

from typing import Any

from astrbot_api.contract import Contract
from packaging.version import Version

from .store import JsonObject

STAGES = {"a": "alpha", "b": "beta", "rc": "rc"}


def spelled(release: str) -> str:
    """A release as AstrBot writes it: `4.26.0-beta.8` for `4.26.0b8`."""
    version = Version(release)
    return version.base_version + (f"-{STAGES[version.pre[0]]}.{version.pre[1]}" if version.pre else "")


def described(contract: Contract, component: str, whole: JsonObject) -> JsonObject:
    """A value without what the contract of a release does not describe in a component.

    So a service may tell all that the newest release tells. What a schema leaves open altogether stays as it is.
    """
    told: JsonObject = _trimmed(contract, contract.document()["components"]["schemas"][component], whole)
    return told


def describes(contract: Contract, component: str, member: str) -> bool:
    """Whether the contract of a release describes a member of a component; not where it has no such component."""
    schema = contract.document()["components"]["schemas"].get(component, {})
    return member in _members(contract, schema)


def _trimmed(contract: Contract, schema: JsonObject, value: Any) -> Any:
    if isinstance(value, list):
        items = _followed(contract, schema).get("items", {})
        return [_trimmed(contract, items, item) for item in value]
    members = _members(contract, schema) if isinstance(value, dict) else {}
    if not members:
        return value
    return {name: _trimmed(contract, members[name], inner) for name, inner in value.items() if name in members}


def _members(contract: Contract, schema: JsonObject) -> JsonObject:
    """The members that a schema describes, itself or by what it consists of, with the schema of each."""
    schema = _followed(contract, schema)
    members: JsonObject = {}
    for part in schema.get("allOf", ()):
        members |= _members(contract, part)
    return members | dict(schema.get("properties", {}))


def _followed(contract: Contract, schema: JsonObject) -> JsonObject:
    while "$ref" in schema:
        schema = dict(contract.resolve(schema["$ref"]))
    return schema
