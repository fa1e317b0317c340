"""Plans one parameter: its Python type, its default, and what that type does not check."""

from __future__ import annotations

from typing import Any

from astrbot_generator.plan import PlannedParameter
from astrbot_generator.pointer import join
from astrbot_generator.resolving import resolve

_PYTHON = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_SAID_BY_TYPE = {"type", "enum", "items", "default", "description", "title", "example", "examples", "deprecated"}


def plan_parameter(document: Any, parameter: dict[str, Any], argument: str, pointer: str) -> PlannedParameter:
    """The plan of a parameter that lies at this pointer, beginning with `#`."""
    schema = resolve(document, parameter.get("schema", {}))
    annotation, kind = python_type(document, schema)
    required = parameter.get("required") is True
    default = schema.get("default") if isinstance(schema, dict) else None
    text = None if default is None or required else repr(_plain(default))
    if not required and text is None:
        annotation = annotation if "None" in annotation.split(" | ") else f"{annotation} | None"
        text = "None"
    words = set(schema) if isinstance(schema, dict) else set()
    words |= (
        set(schema.get("items", ())) if isinstance(schema, dict) and isinstance(schema.get("items"), dict) else set()
    )
    unsaid = [word for word in words if word not in _SAID_BY_TYPE and not word.startswith("x-")]
    return PlannedParameter(
        name=parameter["name"],
        place=parameter["in"],
        required=required,
        type=kind,
        slashes=parameter.get("x-slashes") is True,
        argument=argument,
        annotation=annotation,
        default=text,
        check=join(pointer, "schema") if unsaid else None,
        description=" ".join(str(parameter.get("description") or "").split()),
    )


def python_type(document: Any, schema: Any) -> tuple[str, str]:
    """The Python type of a parameter, and its JSON types joined by `|`."""
    if not isinstance(schema, dict):
        return "str", "string"
    for word in ("oneOf", "anyOf"):
        if word in schema:
            found = [python_type(document, resolve(document, branch)) for branch in schema[word]]
            return _joined(name for name, _ in found), "|".join(dict.fromkeys(kind for _, kind in found))
    choices = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if choices and all(isinstance(choice, str) for choice in choices):
        return f"Literal[{', '.join(repr(choice) for choice in choices)}]", "string"
    kinds = schema.get("type", "string")
    names: list[str] = []
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if kind == "array":
            inner, _ = python_type(document, resolve(document, schema.get("items", {})))
            names.append(f"list[{inner}]")
        else:
            names.append(_PYTHON.get(kind, "str"))
    return _joined(names), "|".join(kinds) if isinstance(kinds, list) else str(kinds)


def _joined(names: Any) -> str:
    unique = list(dict.fromkeys(names))
    return " | ".join(sorted(unique, key=lambda name: name == "None"))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value
