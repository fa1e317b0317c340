"""Holds values to the schemas of the contract, word for word, and gives the models their base classes.

A model looks at the raw value first: the compiled JSON Schema of the contract judges it, then pydantic parses it. So a
model accepts exactly the values that its schema accepts. Generated; do not edit.
"""

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
        if not value.isascii():
            value.encode()  # half of a surrogate pair is no text
        return str.__str__(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} has no form in JSON")
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {plain(key): plain(item, depth + 1) for key, item in value.items() if item is not MISSING}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def line_errors(errors: Iterable[jsonschema_rs.ValidationError], value: Any) -> list[InitErrorDetails]:
    """What jsonschema-rs found, in the form that pydantic reports."""
    found: list[InitErrorDetails] = []
    for error in errors:
        path = list(error.instance_path)
        pointer = "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)
        keyword = str(error.schema_path[-1]) if error.schema_path else "false"
        context = {"keyword": error.kind.name or keyword, "pointer": pointer}
        wrong = error.message
        problem = PydanticCustomError(f"schema_{context['keyword']}", wrong, context)
        found.append(InitErrorDetails(type=problem, loc=tuple(path), input=_inside(value, path)))
    return found


def _inside(value: Any, path: list[str | int]) -> Any:
    for token in path:
        value = value[token]
    return value


def refuse_unless_valid(title: str, compiled: Validator, value: Any) -> None:
    """Raises pydantic's ValidationError, one line for each reason, unless a compiled schema accepts the value."""
    try:
        raw = plain(value)
        if compiled.is_valid(raw):
            return
        errors = line_errors(compiled.iter_errors(raw), raw)
    except (TypeError, ValueError, RecursionError) as error:
        problem = PydanticCustomError("schema_json", "not a JSON value: {reason}", {"reason": str(error)})
        errors = [InitErrorDetails(type=problem, loc=(), input=None)]  # it could not be shown either
    raise ValidationError.from_exception_data(title, errors)


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

    model_config = ConfigDict(protected_namespaces=(), serialize_by_alias=True)

    @model_validator(mode="wrap")
    @classmethod
    def _conform(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        return _judge(cls, value, handler)


class RootModel(pydantic.RootModel[T], Generic[T]):
    """A value of the contract that is no object, or one of several; it stands in `root`."""

    model_config = ConfigDict(serialize_by_alias=True)

    @model_validator(mode="wrap")
    @classmethod
    def _conform(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        return _judge(cls, value, handler)
