"""Renders the models: datamodel-code-generator turns the reduced schemas into Python text."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from astrbot_generator.code_plan import Plan
from astrbot_generator.contract_names import class_names
from astrbot_generator.inert_schemas import InertSchemas
from astrbot_generator.model_schemas import ModelSchemas, model_schemas
from astrbot_generator.model_text import rewritten
from astrbot_generator.quoted_text import Identifier, joined, literal, python
from astrbot_generator.resolve import SCHEMAS

HEADER = (
    '"""The schemas of the contract as pydantic models: one class for each component schema. Generated; do not edit."""'
)
_NOTHING = object()
OPTIONS: dict[str, Any] = {
    "allof_class_hierarchy": "if-no-conflict",
    "base_class": "astrbot_api.validation.BaseModel",
    "custom_file_header": HEADER,
    "disable_future_imports": True,
    "disable_timestamp": True,
    "enum_field_as_literal": "all",
    "field_constraints": True,
    "import_overrides": {"MISSING": "pydantic", "RootModel": "astrbot_api.validation"},
    "input_file_type": "openapi",
    "openapi_scopes": ["schemas"],
    "output_model_type": "pydantic_v2.BaseModel",
    "strict_nullable": True,
    "strict_refs": True,
    "target_python_version": "3.11",
    "use_annotated": True,
    "use_double_quotes": True,
    "use_missing_sentinel": True,
    "use_schema_description": True,
    "use_single_line_docstring": True,
    "use_standard_primitive_types": True,
}


def models(plan: Plan) -> str:
    """Returns the module with a class for each source of a plan; not yet formatted."""
    reduced = model_schemas(plan.document, plan.models)
    return _code(reduced, set(reduced.schemas), {source.name for source in plan.models})


def later_models(plan: Plan, base: Plan) -> str:
    """Returns the module of a later release; classes that are unchanged since the base are imported from its module."""
    reduced, before = model_schemas(plan.document, plan.models), model_schemas(base.document, base.models)
    kept = _unchanged(plan, base, reduced, before)
    ours = [name for name in reduced.schemas if reduced.owners[name] not in kept]
    imported = [name for name, owner in before.owners.items() if owner in kept and name not in ours]
    text = _code(reduced, _with_referred(ours, reduced.schemas), set(ours))
    text = _without(text, reduced.schemas.keys() - ours)
    nothing = python("")
    names = joined(nothing, [python("    {},\n", Identifier(name)) for name in imported])
    everything = joined(nothing, [python("    {},\n", literal(name)) for name in sorted([*ours, *imported])])
    listed = python("\n__all__ = [\n{}]\n", everything) if everything else nothing
    shared = python("from ..models import (\n{})\n", names) if names else nothing
    head, found, classes = text.partition("\nclass ")
    return f"{head}\n{shared}{listed}{found}{classes}"


def _unchanged(plan: Plan, base: Plan, reduced: ModelSchemas, before: ModelSchemas) -> set[str]:
    """Returns the sources whose schemas and classes, with all that they refer to, are the same as in the base."""
    old = {source.name: source.schema for source in base.models}
    classes = class_names(plan.document)
    refers = {source.name: _referred(source.schema, classes) for source in plan.models}
    kept = {source.name for source in plan.models if old.get(source.name, _NOTHING) == source.schema}
    for name, owner in reduced.owners.items():
        refers[owner] |= {reduced.owners[other] for other in _referred(reduced.schemas[name])}
        same = reduced.schemas[name] == before.schemas.get(name, _NOTHING)
        if not same or (name in reduced.open) != (name in before.open):
            kept.discard(owner)
    while True:
        touched = {name for name in kept if not refers[name] <= kept}
        if not touched:
            return kept
        kept -= touched


def _referred(schema: Any, classes: Mapping[str, str] = MappingProxyType({})) -> set[str]:
    """Returns the classes of the components that a schema refers to; other references are returned unchanged.

    classes: component -> class; empty if the references of the schema name classes already.
    """
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str):
                name = reference.removeprefix(SCHEMAS)
                found.add(classes.get(name, name))
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


def _with_referred(names: Iterable[str], schemas: dict[str, Any]) -> set[str]:
    """Returns these names and those of all schemas that they refer to."""
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_referred(schemas[name]) & schemas.keys())
    return found


def _code(reduced: ModelSchemas, names: Collection[str], required: set[str]) -> str:
    """Returns the module with the classes of these names; those that are required must be in it."""
    if not names:
        return HEADER + "\n"
    inert = InertSchemas({name: schema for name, schema in reduced.schemas.items() if name in names})
    text = rewritten(run_datamodel_codegen(inert.schemas), reduced.open)
    imports = "from pydantic import ConfigDict\nfrom .validation import Nullable,"
    text = text.replace("from astrbot_api.validation import", imports)
    text = inert.restored(re.sub(r"ConfigDict\(\s*(.*?),?\s*\)", r"ConfigDict(\1)", text))
    written = {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    missing = sorted(required - written)
    if missing:
        raise RuntimeError(f"datamodel-code-generator wrote no class for {', '.join(missing)}")
    return text


def _without(text: str, names: Collection[str]) -> str:
    """Returns a module without these classes and without the calls on them, such as `model_rebuild`."""
    lines = text.splitlines(keepends=True)
    for node in reversed(ast.parse(text).body):
        of_class = isinstance(node, ast.ClassDef) and node.name in names
        call = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
        of_call = isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id in names
        if of_class or of_call:
            del lines[node.lineno - 1 : node.end_lineno]
    return "".join(lines)


def run_datamodel_codegen(schemas: dict[str, Any]) -> str:
    """Returns the module that datamodel-code-generator writes; each class has the name of its schema."""
    from datamodel_code_generator import generate  # noqa: PLC0415 - slow to import: only valid contracts need it

    document = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
        "components": {"schemas": schemas},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = generate(document, formatters=[], custom_class_name_generator=lambda name: name, **OPTIONS)
    return str(text)
