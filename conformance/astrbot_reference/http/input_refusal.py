"""Input that the contract does not allow: which of AstrBot's two refusals it gets.

AstrBot looks at a body twice. What its request schema turns down gets 422; what only the service looks at
(`x-service-checks`) is refused the way of the operation (`x-refusal`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import jsonschema_rs
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from astrbot_reference.refusal import Refusal

from .refusal_text import pydantic_text, sentence


def refused_input(contract: Contract, operation: Operation, error: RequestValidationError) -> Response | Refusal:
    """The 422 answer, or the refusal of the service."""
    problems = error.errors()
    if declares(operation, "422") and not left_to_service(contract, operation, problems, error.body):
        detail = json.dumps({"detail": [shown(problem) for problem in problems]})  # ASCII: half a surrogate pair too
        return Response(detail, status_code=422, media_type="application/json")
    return Refusal(sentence(operation.tag, problems[0], error.body))


def declares(operation: Operation, status: str) -> bool:
    """Whether the contract names this status for the operation."""
    return any(answer.status == status for answer in operation.answers)


def left_to_service(contract: Contract, operation: Operation, problems: Sequence[Any], body: Any) -> bool:
    """Whether only members that the service checks are wrong."""
    if (
        operation.body is None
        or operation.body.schema is None
        or any(problem["loc"][0] != "body" for problem in problems)
    ):
        return False
    return isinstance(body, dict) and first_look(contract, operation.body.schema).is_valid(body)


@cache
def first_look(contract: Contract, name: str) -> jsonschema_rs.Draft202012Validator:
    """The body schema without what the service checks later."""
    components = contract.document()["components"]
    schema = components["schemas"][name]
    kept = without(frozenset(schema.get("x-service-checks", ())), schema, components["schemas"])
    return jsonschema_rs.Draft202012Validator(kept | {"type": "object", "components": components})


def without(later: frozenset[str], schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """What a schema and those it consists of say of their other members."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return {
        "required": [member for member in schema.get("required", ()) if member not in later],
        "properties": {member: rule for member, rule in schema.get("properties", {}).items() if member not in later},
        "allOf": [without(later, part, components) for part in schema.get("allOf", ())] or [True],
    }


def shown(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem as 422 shows it, without the documentation link, Python objects and the rule of the schema."""
    kept = {name: value for name, value in problem.items() if name in {"type", "loc", "msg", "input", "ctx"}}
    if "ctx" in kept:
        kept["ctx"] = {name: str(value) for name, value in kept["ctx"].items() if name != "wrong"}
    encoded: dict[str, Any] = jsonable_encoder(kept | {"msg": pydantic_text(problem)})
    return encoded
