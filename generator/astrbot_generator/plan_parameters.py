"""Plans one parameter: its Python type, its default, and a check of the rules that the type does not cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from astrbot_generator.code_plan import PlannedParameter
from astrbot_generator.grammar import DEFAULT_STYLES
from astrbot_generator.pointer import join
from astrbot_generator.quoted_text import Identifier, PythonText, joined, literal, python
from astrbot_generator.resolve import resolve

_NONE, _STR = python("None"), python("str")
_PYTHON = {
    "string": _STR,
    "integer": python("int"),
    "number": python("float"),
    "boolean": python("bool"),
    "null": _NONE,
}
_SILENT = frozenset("default description title example examples deprecated format $comment readOnly writeOnly".split())
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}


def plan_parameter(document: Any, parameter: dict[str, Any], argument: Identifier, pointer: str) -> PlannedParameter:
    """Returns the plan of the parameter at this pointer, which begins with `#`."""
    schema = resolve(document, parameter.get("schema", {}))
    annotation, kind = python_type(document, schema)
    required = parameter.get("required") is True
    default = schema.get("default") if isinstance(schema, dict) else None
    text = None if default is None or required else literal(default)
    if not required and text is None:
        if "null" not in kind.split("|"):
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
        check=None if _says_all(document, schema) else join(pointer, "schema"),
        delimiter=_delimiter(parameter, kind),
    )


def unservable(document: Any, parameter: dict[str, Any]) -> str | None:
    """Returns why a route cannot read a parameter; None if it can."""
    if parameter["in"] == "header" and not parameter["name"].isascii():
        return "a header whose name is not ASCII"
    if "schema" not in parameter:
        return "a parameter with `content`"
    try:
        _, kind = python_type(document, resolve(document, parameter["schema"]))
    except RecursionError:
        return "a parameter whose type contains itself"
    kinds = kind.split("|")
    if "object" in kinds:
        return "a parameter that is an object"
    if "array" in kinds and (len(kinds) > 1 or parameter["in"] in ("path", "cookie")):
        return f"a parameter in `{parameter['in']}` that is a list"
    usual = DEFAULT_STYLES[parameter["in"]]
    if parameter.get("style", usual) not in (usual, *(_DELIMITERS if parameter["in"] == "query" else ())):
        return f"a parameter in the style `{parameter['style']}`"
    return None


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
    if kind != "array":
        return None
    if parameter["in"] == "header" or (parameter.get("style", "form") == "form" and parameter.get("explode") is False):
        return ","
    return _DELIMITERS.get(parameter.get("style", "form"))


def _joined(names: Iterable[PythonText]) -> PythonText:
    return joined(python(" | "), sorted(dict.fromkeys(names), key=lambda name: name == _NONE))
