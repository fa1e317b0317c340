"""Plans one parameter: its Python type, its default, and a check of the rules that the type does not cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from astrbot_generator.code_plan import PlannedParameter
from astrbot_generator.grammar import DEFAULT_STYLES
from astrbot_generator.parameter_types import DELIMITERS, KINDS, is_structured, kinds_of
from astrbot_generator.pointer import join
from astrbot_generator.quoted_text import Identifier, PythonText, joined, literal, python
from astrbot_generator.resolve import resolve

_NONE, _STR, _ANY = python("None"), python("str"), python("Any")
_PYTHON = {
    "string": _STR,
    "integer": python("int"),
    "number": python("float"),
    "boolean": python("bool"),
    "null": _NONE,
    "array": python("list[Any]"),
    "object": python("dict[str, Any]"),
}
_SILENT = frozenset("default description title example examples deprecated $comment readOnly writeOnly".split())
_DESCRIPTIVE_FORMATS = frozenset("int32 int64 float double password byte binary".split())
"""Formats that JSON Schema does not check."""


def plan_parameter(document: Any, parameter: dict[str, Any], argument: Identifier, pointer: str) -> PlannedParameter:
    """Returns the plan of the parameter at this pointer, which begins with `#`."""
    structure = _structure(document, parameter, argument, pointer)
    schema = resolve(document, parameter.get("schema", {}))
    annotation, kind = _structured_type(document, parameter) if structure else python_type(document, schema)
    required = parameter.get("required") is True
    default = schema.get("default") if isinstance(schema, dict) else None
    text = None if default is None or required else literal(default)
    if not required and text is None:
        if "null" not in kind.split("|") and annotation != _ANY:
            annotation = python("{} | None", annotation)
        text = _NONE
    return PlannedParameter(
        name=parameter["name"],
        param_in=parameter["in"],
        required=required,
        type=kind,
        slashes=parameter.get("x-slashes") is True,
        argument=argument,
        annotation=annotation,
        default=text,
        check=None if structure or _says_all(document, schema) else join(pointer, "schema"),
        delimiter=None if structure else _delimiter(parameter, kind),
        structure=structure,
    )


def _structure(
    document: Any, parameter: dict[str, Any], argument: Identifier, pointer: str
) -> tuple[tuple[str, Any], ...]:
    """Returns how to read a parameter that FastAPI cannot read; empty if FastAPI can."""
    if not is_structured(document, parameter):
        return ()
    style = parameter.get("style", DEFAULT_STYLES[parameter["in"]])
    found: dict[str, Any] = {"style": style, "explode": parameter.get("explode", style == "form")}
    where: str | None = join(pointer, "schema")
    if "schema" not in parameter:
        media, described = next(iter(parameter["content"].items()))
        found = {"media_type": media}
        where = join(pointer, "content", media, "schema") if "schema" in described else None
    if parameter["in"] == "path":
        found["argument"] = argument
    if parameter.get("required") is True:
        found["required"] = True
    schema = resolve(document, parameter.get("schema", {}))
    if isinstance(schema, dict) and schema.get("default") is not None:
        found["default"] = schema["default"]
    return (("pointer", where), *found.items())


def _structured_type(document: Any, parameter: dict[str, Any]) -> tuple[PythonText, str]:
    content: Any = next(iter((parameter.get("content") or {}).values()), {})
    kinds = kinds_of(document, parameter.get("schema", content.get("schema", True)))
    if len(kinds) == len(KINDS):
        return _ANY, "string"
    return _joined(_PYTHON[kind] for kind in kinds), "|".join(kinds)


def python_type(document: Any, schema: Any) -> tuple[PythonText, str]:
    """Returns the Python type of a parameter, and its JSON types joined by `|`."""
    if not isinstance(schema, dict):
        return _STR, "string"
    for word in ("oneOf", "anyOf"):
        if word in schema:
            found = [python_type(document, resolve(document, branch)) for branch in schema[word]]
            return _joined(name for name, _ in found), "|".join(dict.fromkeys(kind for _, kind in found))
    choices = _choices(schema)
    if choices:
        return python("Literal[{}]", joined(python(", "), map(literal, choices))), "string"
    declared = schema.get("type", "string")
    kinds: list[str] = declared if isinstance(declared, list) else [declared]
    names = [
        python("list[{}]", python_type(document, resolve(document, schema.get("items", {})))[0])
        if kind == "array"
        else _PYTHON.get(kind, _STR)
        for kind in kinds
    ]
    return _joined(names), "|".join(kinds)


def _says_all(document: Any, schema: Any) -> bool:
    """Returns whether the Python type checks everything that the schema requires."""
    if not isinstance(schema, dict):
        return schema is not False
    words = {word for word in schema if word not in _SILENT and not word.startswith("x-")}
    if schema.get("format") in _DESCRIPTIVE_FORMATS:
        words.discard("format")
    if _choices(schema):
        return not words - {"type", "enum", "const"}
    if "items" in words and schema.get("type") == "array":
        return not words - {"type", "items"} and _says_all(document, resolve(document, schema["items"]))
    return not words - {"type"}


def _choices(schema: dict[str, Any]) -> list[str]:
    """Returns the strings that a value may be; an empty list if other values are allowed."""
    choices = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return list(choices) if all(isinstance(choice, str) for choice in choices) else []


def _delimiter(parameter: dict[str, Any], kind: str) -> str | None:
    """Returns the separator of a list that is sent as one string; None if each value is sent separately."""
    if kind.removesuffix("|null").removeprefix("null|") != "array":
        return None
    if parameter["in"] == "header" or (parameter.get("style", "form") == "form" and parameter.get("explode") is False):
        return ","
    return DELIMITERS.get(parameter.get("style", "form"))


def _joined(names: Iterable[PythonText]) -> PythonText:
    return joined(python(" | "), sorted(dict.fromkeys(names), key=lambda name: name == _NONE))
