"""The facts of a response: status, media type, and the names and types of its members. They contain no text of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from astrbot_api.contract import Contract
from astrbot_conformance.http import HttpResponse

Facts = frozenset[str]
Schemas = Sequence[Mapping[str, Any]]
TYPES = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    type(None): "null",
    dict: "object",
    list: "list",
}
FORMS = ("oneOf", "anyOf", "allOf")
# A form of the web pages or a list of models is not opened: the reference server has its own small catalogue.
CATALOGUES = frozenset({"metadata", "config_schema", "schema", "model_metadata"})


def facts_of(response: HttpResponse, contract: Contract) -> Facts:
    """The facts of a response: its first line, the status of its envelope, and a line for each member and type."""
    facts = {f"{response.status} {response.media_type or 'no body'}"}
    operation = contract.by_id[response.request.operation.id]
    answers = [answer for answer in operation.answers if answer.status == str(response.status)]
    if response.is_stream:
        pointers = [answer.events for answer in answers if answer.events]
        for event in response.events():
            kind = event.get("type") if isinstance(event, dict) else None
            facts |= set(_lines(event, f"event {kind}", _resolved(contract, pointers), contract))
    elif response.media_type == "application/json":
        pointers = [answer.pointer for answer in answers if answer.pointer]
        facts |= set(_lines(response.json, "", _resolved(contract, pointers), contract))
        facts |= {f"status {response.json['status']}"} if _is_envelope(response.json) else set()
    return frozenset(facts)


def _is_envelope(value: Any) -> bool:
    return isinstance(value, dict) and value.get("status") in ("ok", "error", "warning")


def _lines(value: Any, name: str, schemas: Schemas, contract: Contract) -> Iterator[str]:
    """A line for a value and for each value in it. What the contract does not describe is not opened."""
    if name == "detail[].input":  # a part of the request
        yield name
    elif name and not (name == "status" and isinstance(value, str)):
        yield f"{name} {TYPES[type(value)]}"
    if isinstance(value, dict):
        members, others = _members(schemas, contract)
        for member, inner in value.items():
            if member in members and member in CATALOGUES:
                yield f"{name}.{member}".lstrip(".") + f" {TYPES[type(inner)]}"
            elif member in members or (members and not others):
                yield from _lines(inner, f"{name}.{member}".lstrip("."), members.get(member, ()), contract)
            elif others:
                yield from _lines(inner, f"{name}.*", others, contract)
    elif isinstance(value, list):
        items = [schema["items"] for schema in _alternatives(schemas, contract) if "items" in schema]
        for inner in value:
            yield from _lines(inner, f"{name}[]", items, contract)


def _members(schemas: Schemas, contract: Contract) -> tuple[dict[str, list[Mapping[str, Any]]], Schemas]:
    """The schemas of the described members, by name, and those of all other members."""
    members: dict[str, list[Mapping[str, Any]]] = {}
    others: list[Mapping[str, Any]] = []
    for schema in _alternatives(schemas, contract):
        for name, rule in schema.get("properties", {}).items():
            members.setdefault(name, []).append(rule)
        if isinstance(schema.get("additionalProperties"), dict):
            others.append(schema["additionalProperties"])
    return members, others


def _alternatives(schemas: Schemas, contract: Contract) -> Iterator[Mapping[str, Any]]:
    """The schemas and those that they consist of, without references."""
    for schema in schemas:
        found = schema
        while "$ref" in found:
            found = contract.resolve(found["$ref"])
        yield found
        for form in FORMS:
            yield from _alternatives(found.get(form, ()), contract)


def _resolved(contract: Contract, pointers: Iterable[str]) -> Schemas:
    return [contract.resolve(pointer) for pointer in pointers]
