"""Holds values to the schemas of the contract, word for word, and gives the models their base classes.

A model looks at the raw value first: the compiled JSON Schema of the contract judges it, then pydantic parses it. So a
model accepts exactly the values that its schema accepts. An error says the type of the value, where it stands and which
rule it breaks, never the value itself: it may be a password, or very long. Generated; do not edit.
"""

import json
import math
from collections.abc import Hashable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any, Generic, Self, TypeVar, cast

import jsonschema_rs
import pydantic
from pydantic import MISSING, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from .document import Document, Validator, document_of

T = TypeVar("T")

DEEPEST = 128
"""How many levels a value may have below its top."""
_TYPES: dict[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}
_LIMITS = "limit types pattern options expected_value multiple_of property format content_encoding content_media_type"
_LONGEST = 200
"""The most characters of a rule, or of a member's name, that an error repeats."""
_PACKAGES: dict[str, Mapping[str, str]] = {}
"""package with models -> what it declared."""
_checked: ContextVar[bool] = ContextVar("_checked", default=False)
"""Whether what is being parsed lies inside a value that was judged already."""


def declare(package: str, pointers: Mapping[str, str]) -> Document:
    """The document of a package whose models are judged by it.

    pointers: class -> JSON pointer of its schema, where the name of the class does not say it.
    """
    _PACKAGES[package] = pointers
    return document_of(package)


@cache
def _judge_of(model: Hashable) -> Validator | None:
    """The compiled schema of a model; None for a class that stands for a part of one."""
    for base in cast(type[Any], model).__mro__:
        package, _, module = base.__module__.rpartition(".")
        if module != "models" or package not in _PACKAGES:
            continue
        document, name = document_of(package), base.__name__
        if name in _PACKAGES[package]:
            return document.validator_at(_PACKAGES[package][name])
        if name in document.content.get("components", {}).get("schemas", {}):
            return document.validator_at(f"#/components/schemas/{name}")
    return None


def plain(value: Any, depth: int = 0) -> Any:
    """A value as a JSON parser would give it: models inside it are dumped. `depth`: how far inside it lies.

    Raises TypeError for what JSON cannot hold, and ValueError for text that cannot be sent and for what is nested deeper
    than DEEPEST: Python ends the whole process when it runs out of stack at the wrong moment.
    """
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("an infinite number, or none, has no form in JSON")
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {plain(key): plain(item, depth + 1) for key, item in value.items() if item is not MISSING}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _text(value: str) -> str:
    try:
        return str.__str__(value) if value.isascii() else value.encode().decode()
    except UnicodeEncodeError:  # which holds the text
        raise ValueError("half of a surrogate pair is not text") from None


def line_errors(errors: Iterable[jsonschema_rs.ValidationError]) -> list[InitErrorDetails]:
    """What jsonschema-rs found, in the form that pydantic reports; `input`, which would be the value, is None."""
    found: list[InitErrorDetails] = []
    for error in errors:
        path = tuple(token if isinstance(token, int) else _short(token) for token in error.instance_path)
        context = {"keyword": error.kind.name, "pointer": pointer_of(error), "wrong": wrong(error)}
        problem = PydanticCustomError(f"schema_{error.kind.name}", "{wrong}", context)
        found.append(InitErrorDetails(type=problem, loc=path, input=None))
    return found


def pointer_of(error: jsonschema_rs.ValidationError) -> str:
    """The JSON pointer of a value that breaks a rule."""
    return "".join("/" + _short(str(token)).replace("~", "~0").replace("/", "~1") for token in error.instance_path)


def wrong(error: jsonschema_rs.ValidationError) -> str:
    """The type of a value and the rule that it breaks, in words."""
    return f"{_TYPES.get(type(error.instance), 'null')} does not satisfy `{_rule(error.kind)}`"


def _rule(kind: jsonschema_rs.ValidationErrorKind) -> str:
    """A keyword and what the contract says with it; nothing of what was found in the value."""
    inner = getattr(kind, "error", None)
    if isinstance(inner, jsonschema_rs.ValidationError):  # of the name of a member
        return f"{kind.name}: {_rule(inner.kind)}"
    if kind.name == "falseSchema":
        return "false"
    said = next((getattr(kind, name) for name in _LIMITS.split() if hasattr(kind, name)), None)
    return kind.name if said is None else f"{kind.name}: {_short(json.dumps(said, ensure_ascii=False))}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def refuse_unless_valid(title: str, compiled: Validator, value: Any) -> None:
    """Raises pydantic's ValidationError, one line for each reason, unless a compiled schema accepts the value."""
    try:
        raw = plain(value)
        if compiled.is_valid(raw):
            return
        errors = line_errors(compiled.iter_errors(raw))
    except (TypeError, ValueError, RecursionError) as error:
        problem = PydanticCustomError("schema_json", "not a JSON value: {reason}", {"reason": str(error)})
        errors = [InitErrorDetails(type=problem, loc=(), input=None)]
    raise ValidationError.from_exception_data(title, errors, hide_input=True)


def _judge(model: type[T], value: Any, handler: ModelWrapValidatorHandler[T]) -> T:
    known = _checked.get() or isinstance(value, model)
    compiled = None if known else _judge_of(cast(Hashable, model))
    if compiled is None:
        return handler(value)
    refuse_unless_valid(model.__name__, compiled, value)
    token = _checked.set(True)
    try:
        return handler(value)
    finally:
        _checked.reset(token)


class BaseModel(pydantic.BaseModel):
    """An object of the contract. Members that the contract leaves open are kept, ignored or refused as it says."""

    model_config = ConfigDict(hide_input_in_errors=True, protected_namespaces=(), serialize_by_alias=True)

    @model_validator(mode="wrap")
    @classmethod
    def _conform(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        return _judge(cls, value, handler)


class RootModel(pydantic.RootModel[T], Generic[T]):
    """A value of the contract that is no object, or one of several; it stands in `root`."""

    model_config = ConfigDict(hide_input_in_errors=True, serialize_by_alias=True)

    @model_validator(mode="wrap")
    @classmethod
    def _conform(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        return _judge(cls, value, handler)
