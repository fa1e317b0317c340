"""Plans the code of a contract that passed all checks: names, types and order. Later steps decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from astrbot_generator.code_plan import (
    Plan,
    PlannedOperation,
    PlannedRequirement,
    PlannedScheme,
    PlannedScope,
    PlannedService,
)
from astrbot_generator.contract_names import ContractNames, each_operation, scope_members
from astrbot_generator.model_schemas import ModelSource
from astrbot_generator.plan_operations import OperationPlanner
from astrbot_generator.quoted_text import Identifier, joined, literal, python
from astrbot_generator.read import Table
from astrbot_generator.resolve import SCHEMAS, target
from astrbot_generator.scope_rules import implied, release_of
from astrbot_generator.webhooks import operations_for_models

NAMED = 3  # how many operations the description of a response names
_API_KEYS = {"header": python("APIKeyHeader"), "query": python("APIKeyQuery"), "cookie": python("APIKeyCookie")}
_LOGINS = {"basic": python("HTTPBasic"), "digest": python("HTTPDigest")}
_OTHER = python("HTTPBase")


def plan_code(document: Table, *, models_only: bool = False) -> Plan:
    """Returns the plan of all generated files.

    models_only: whether operations are read for the models of their bodies only.
    """
    scopes, names = _scopes(document), ContractNames(document)
    planner = OperationPlanner(document, names, {scope.name: scope for scope in scopes})
    everything = () if models_only else tuple(planner.operation(*found) for found in each_operation(document))
    for called in operations_for_models(document, with_paths=models_only):
        planner.models_of(*called)
    operations = tuple(operation for operation in everything if operation.socket is None)
    components = document.get("components") or {}
    returned_by = _returned_by(document, operations)
    models = [
        ModelSource(names.classes[name], SCHEMAS + name, _described(schema, returned_by.get(name)))
        for name, schema in (components.get("schemas") or {}).items()
    ]
    models += planner.inline_models
    return Plan(
        document=document,
        title=str(document["info"]["title"]),
        release=release_of(document),
        has_scopes="x-scopes" in document,
        scopes=scopes,
        closed_scopes=tuple(document.get("x-closed-scopes") or ()),
        requirements=_requirements(document),
        services=_services(document, names, everything),
        operations=operations,
        sockets=tuple(operation for operation in everything if operation.socket is not None),
        schemes=tuple(_scheme(name, value) for name, value in (components.get("securitySchemes") or {}).items()),
        models=tuple(models),
        renamed=tuple((m.name, m.pointer) for m in models if m.pointer != SCHEMAS + m.name),
    )


def _scopes(document: Table) -> tuple[PlannedScope, ...]:
    declared = document.get("x-scopes") or {}
    members = scope_members(declared)
    planned: dict[str, PlannedScope] = {}

    def plan(name: str) -> PlannedScope:
        if name not in planned:
            entry = declared[name]
            follows = tuple(plan(other) for other in declared if other in implied(name, declared))
            needed = plan(entry["requires"]) if "requires" in entry else None
            planned[name] = PlannedScope(name, members[name], entry["en"], entry["zh"], follows, needed)
        return planned[name]

    return tuple(plan(name) for name in declared)


def _returned_by(document: Table, operations: Iterable[PlannedOperation]) -> dict[str, list[str]]:
    """Maps each component schema to the operations that return it, alone or as one of several forms."""
    found: dict[str, list[str]] = {}
    for operation in operations:
        for pointer in {answer.pointer: None for answer in operation.answers if answer.pointer}:
            schema = target(document, pointer)
            choices = schema.get("oneOf") or schema.get("anyOf") or [] if isinstance(schema, dict) else []
            references = [one["$ref"] for one in (schema, *choices) if isinstance(one, dict) and "$ref" in one]
            for name in {reference.rpartition("/")[2]: None for reference in (pointer, *references)}:
                found.setdefault(name, []).append(operation.id)
    return found


def _described(schema: Any, returned_by: Sequence[str] | None) -> Any:
    """Returns the schema with a description; a response without one is described by its operations."""
    if not returned_by or not isinstance(schema, dict) or "description" in schema:
        return schema
    named = [f"`{name}`" for name in returned_by]
    whole = named if len(named) <= NAMED else [*named[: NAMED - 1], f"{len(named) - NAMED + 1} more"]
    listed = f"{', '.join(whole[:-1])} and {whole[-1]}" if len(whole) > 1 else whole[0]
    return {**schema, "description": f"Response of {listed}."}


def _requirements(document: Table) -> tuple[PlannedRequirement, ...]:
    return tuple(
        PlannedRequirement(name, entry["level"], entry["sentence"], entry["source"])
        for name, entry in (document.get("x-requirements") or {}).items()
    )


def _services(
    document: Table, names: ContractNames, operations: tuple[PlannedOperation, ...]
) -> tuple[PlannedService, ...]:
    """Returns a service for each tag with operations: declared tags in their order, then all others."""
    declared = {str(tag["name"]): str(tag.get("description") or "") for tag in document.get("tags") or ()}
    used = dict.fromkeys([*declared, *(operation.tag for operation in operations)])
    services = []
    for tag in used:
        own = tuple(operation for operation in operations if operation.tag == tag and operation.socket is None)
        sockets = tuple(operation for operation in operations if operation.tag == tag and operation.socket is not None)
        description = declared.get(tag) or f"The operations of `{tag}`."
        if own or sockets:
            services.append(PlannedService(tag, names.modules[tag], names.protocols[tag], description, own, sockets))
    return tuple(services)


def _scheme(name: str, scheme: dict[str, Any]) -> PlannedScheme:
    """Returns the FastAPI object that reads a security scheme and describes it in the derived document."""
    shared = {"scheme_name": name, "description": scheme.get("description"), "auto_error": False}
    kind, http = scheme.get("type"), str(scheme.get("scheme", "")).lower()
    if kind == "apiKey":
        reader, arguments = _API_KEYS[str(scheme["in"])], {"name": scheme["name"], **shared}
    elif kind == "http" and http == "bearer":
        reader, arguments = python("HTTPBearer"), {"bearerFormat": scheme.get("bearerFormat"), **shared}
    elif kind == "http" and http in _LOGINS:
        reader, arguments = _LOGINS[http], shared
    elif kind == "oauth2":
        reader, arguments = python("OAuth2"), {"flows": scheme.get("flows") or {}, **shared}
    elif kind == "openIdConnect":
        reader, arguments = python("OpenIdConnect"), {"openIdConnectUrl": scheme["openIdConnectUrl"], **shared}
    else:
        reader, arguments = _OTHER, {"scheme": scheme.get("scheme", kind), **shared}
    given = [python("{}={}", Identifier(key), literal(value)) for key, value in arguments.items() if value is not None]
    expression = python("{}({})", reader, joined(python(", "), given))
    return PlannedScheme(name, expression, () if reader == _OTHER else (reader,))
