"""Validates values against the schemas of the contract.

An error names the type of the value, its location and the violated rule, but never the value, which may be a password
or very long. Generated; do not edit.
"""

import json
import math
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, cast

import jsonschema_rs
import pydantic
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from .document import Document, Validator, document_of
from .explain import Path, Violation, explained, kind_of
from .focus import narrowed

DEEPEST = 128
"""The maximum nesting depth of a value."""
_LONGEST = 200
"""The most characters of a member name in an error."""
_LONGEST_RULE = 300
_MOST_LINES = 100
"""The most violations that an error lists."""
_as_text = json.JSONEncoder(ensure_ascii=False).encode
_PACKAGES: dict[str, Mapping[str, str]] = {}
"""package with models -> its class names with pointers."""


def declare(package: str, pointers: Mapping[str, str]) -> Document:
    """Registers a package with models, and returns its document.

    pointers: class -> JSON pointer of its schema, if the class has another name than its schema.
    """
    _PACKAGES[package] = pointers
    return document_of(package)


class Checked(NamedTuple):
    """The schema of a model."""

    document: Document
    pointer: str
    compiled: Validator


@cache
def schema_of(model: Hashable) -> Checked | None:
    """Returns the schema of a model; None for a nested class."""
    for base in cast(type[Any], model).__mro__:
        package, _, module = base.__module__.rpartition(".")
        if module != "models" or package not in _PACKAGES:
            continue
        document, name = document_of(package), base.__name__
        pointer = _PACKAGES[package].get(name, f"#/components/schemas/{name}")
        if name in _PACKAGES[package] or name in document.content.get("components", {}).get("schemas", {}):
            return Checked(document, pointer, document.validator_at(pointer))
    return None


def plain(value: Any, depth: int = 0) -> Any:
    """Returns a value as a JSON parser would return it; models inside it are dumped. `depth` is its nesting level.

    Raises TypeError for values that JSON does not have, and ValueError for text that cannot be encoded and for values
    that are nested deeper than DEEPEST: a stack overflow in native code would end the whole process.
    """
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("infinity and NaN cannot be written in JSON")
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {plain(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be written in JSON")


def _text(value: str) -> str:
    try:
        return str.__str__(value) if value.isascii() else value.encode().decode()
    except UnicodeEncodeError:  # its message would contain the text
        raise ValueError("half of a surrogate pair is not valid text") from None


def line_errors(errors: Iterable[jsonschema_rs.ValidationError], above: Path = ()) -> list[InitErrorDetails]:
    """Returns the errors of jsonschema-rs in pydantic's form; `input` is None, so that no value is reported.

    above: the location of the value that has the errors.
    """
    found = islice(explained(errors), _MOST_LINES)
    return [_line(violation._replace(path=(*above, *violation.path)) if above else violation) for violation in found]


def _line(violation: Violation) -> InitErrorDetails:
    path = tuple(token if isinstance(token, int) else _short(token) for token in violation.path)
    if violation.keyword == "required":
        return InitErrorDetails(type="missing", loc=path, input=None)
    context = {"keyword": violation.keyword, "pointer": pointer_of(violation), "wrong": wrong(violation)}
    problem = PydanticCustomError(f"schema_{violation.keyword.partition(':')[0]}", "{wrong}", context)
    return InitErrorDetails(type=problem, loc=path, input=None)


def _other_type(path: Path, kind: str, types: tuple[str, ...]) -> InitErrorDetails:
    """Returns the error of a value with another type, as `_line` does, but faster."""
    pointer = "".join([f"/{token}" for token in path])
    if "~" in pointer or len(pointer) > _LONGEST or pointer.count("/") != len(path):
        return _line(Violation(path, "type", kind, list(types)))
    context = {"keyword": "type", "pointer": pointer, "wrong": _wrong_type(kind, types)}
    return {"type": PydanticCustomError("schema_type", "{wrong}", context), "loc": path, "input": None}


@cache
def _wrong_type(kind: str, types: tuple[str, ...]) -> str:
    return wrong(Violation((), "type", kind, list(types)))


def pointer_of(violation: Violation) -> str:
    """Returns the JSON pointer of a value that violates a rule."""
    return "".join("/" + _short(str(token)).replace("~", "~0").replace("/", "~1") for token in violation.path)


def wrong(violation: Violation) -> str:
    """Returns the type of a value and the rule that it violates, in words; never a part of the value."""
    if violation.keyword == "required":
        return "a required member is missing"
    rule = violation.keyword
    if violation.limit is not None:
        rule += f": {_short(_as_text(violation.limit), _LONGEST_RULE)}"
    return f"{violation.kind} does not satisfy `{rule}`"


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


@cache
def _json_values() -> Validator:
    """Returns the schema of the values that JSON has, nested not deeper than DEEPEST. It accepts tuples as arrays."""
    every: dict[str, Any] = {"type": ["object", "array", "string", "number", "boolean", "null"]}
    every["not"] = {"const": "\0"}  # a comparison with any text needs every text to be encodable
    levels: dict[str, Any] = {str(DEEPEST): every | {"items": False, "additionalProperties": False}}
    for level in range(DEEPEST):
        inner = {"$ref": f"#/$defs/{level + 1}"}
        levels[str(level)] = every | {"items": inner, "additionalProperties": inner}
    return jsonschema_rs.Draft202012Validator({"$ref": "#/$defs/0", "$defs": levels})


def is_valid(compiled: Validator, value: Any) -> bool:
    """Returns whether a value is JSON as it is and the schema accepts it. Copies nothing."""
    try:
        return _json_values().is_valid(value) and compiled.is_valid(value)
    except ValueError:  # a type that JSON does not have, or text that cannot be encoded
        return False


def refuse_unless_conforming(title: str, schema: Checked, value: Any) -> None:
    """Raises pydantic's ValidationError, with one line for each violation, unless the schema of a model accepts a value."""
    try:
        errors = _violations(schema, value) if _json_values().is_valid(value) else None
    except ValueError:  # a type that JSON does not have, or text that cannot be encoded
        errors = None
    if errors is None:
        refuse_unless_valid(title, schema.compiled, value)
    elif errors:
        raise ValidationError.from_exception_data(title, errors, hide_input=True)


def _violations(schema: Checked, value: Any) -> list[InitErrorDetails]:
    if schema.compiled.is_valid(value):
        return []
    path, part, inner, types = narrowed(schema.document, schema.pointer, value)
    return line_errors(part.iter_errors(inner), path) if types is None else [_other_type(path, kind_of(inner), types)]


def refuse_unless_valid(title: str, compiled: Validator, value: Any) -> None:
    """Raises pydantic's ValidationError, with one line for each violation, unless the schema accepts the value."""
    if is_valid(compiled, value):
        return
    try:
        raw = plain(value)
        if compiled.is_valid(raw):
            return
        errors = line_errors(compiled.iter_errors(raw))
    except (TypeError, ValueError, RecursionError) as error:
        problem = PydanticCustomError("schema_json", "not a JSON value: {reason}", {"reason": str(error)})
        errors = [InitErrorDetails(type=problem, loc=(), input=None)]
    raise ValidationError.from_exception_data(title, errors, hide_input=True)
