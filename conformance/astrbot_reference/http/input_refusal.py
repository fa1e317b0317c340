"""Responses to invalid input: 422, or the error of the service.

AstrBot validates a body twice. Its request schema rejects with 422. The service checks the members in
`x-service-checks` and rejects as the operation does (`x-refusal`).
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

# The request schema of AstrBot requires the members of these bodies; the service checks only their values.
COMPLETE = frozenset(
    "PersonaOrder ConfigRoutes T2iTemplateChoice ConversationChoice ThreadMessage ChatSessionBatch "
    "MessageChange".split()
)


def refused_input(contract: Contract, operation: Operation, error: RequestValidationError) -> Response | Refusal:
    """The 422 response, or the error of the service."""
    problems = [problem for problem in error.errors() if problem["type"] != "none_required"] or error.errors()
    if declares(operation, "422") and not left_to_service(contract, operation, problems, error.body):
        detail = json.dumps({"detail": [shown(problem) for problem in problems]})  # ASCII: half a surrogate pair too
        return Response(detail, status_code=422, media_type="application/json")
    return Refusal(sentence(operation.tag, problems[0], error.body))


def declares(operation: Operation, status: str) -> bool:
    """Whether the contract names this status for the operation."""
    return any(answer.status == status for answer in operation.answers)


def left_to_service(contract: Contract, operation: Operation, problems: Sequence[Any], body: Any) -> bool:
    """Whether all invalid members are checked by the service."""
    if (
        operation.body is None
        or operation.body.schema is None
        or any(problem["loc"][0] != "body" for problem in problems)
    ):
        return False
    return isinstance(body, dict) and first_look(contract, operation.body.schema).is_valid(body)


@cache
def first_look(contract: Contract, name: str) -> jsonschema_rs.Draft202012Validator:
    """The body schema without the members that the service checks."""
    components = contract.document()["components"]
    schema = components["schemas"][name]
    stored = without(frozenset(schema.get("x-service-checks", ())), schema, components["schemas"])
    if name in COMPLETE:
        stored["required"] = schema["required"]
    return jsonschema_rs.Draft202012Validator(stored | {"type": "object", "components": components})


def without(later: frozenset[str], schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """A schema, with the schemas it consists of, without some members."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return {
        "required": [member for member in schema.get("required", ()) if member not in later],
        "properties": {member: rule for member, rule in schema.get("properties", {}).items() if member not in later},
        "allOf": [without(later, part, components) for part in schema.get("allOf", ())] or [True],
    }


def shown(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem as 422 shows it, without the documentation link and the rule of the schema."""
    stored = {name: value for name, value in problem.items() if name in {"type", "loc", "msg", "input", "ctx"}}
    if "ctx" in stored:
        stored["ctx"] = {name: str(value) for name, value in stored["ctx"].items()}
    if str(problem["type"]).startswith("schema_"):
        del stored["ctx"]
    encoded: dict[str, Any] = jsonable_encoder(stored | {"msg": pydantic_text(problem)})
    return encoded
