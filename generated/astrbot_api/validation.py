"""Checks values against the schemas of AstrBot HTTP API 4.26.0b8. Generated; do not edit."""

from typing import Any

from pydantic import AfterValidator

from .conforming import declare, refuse_unless_valid
from .document import Validator
from .model_base import BaseModel, Nullable, RootModel

__all__ = [
    "BaseModel",
    "Nullable",
    "RootModel",
    "Validator",
    "conforms",
    "document",
    "resolve",
    "validator",
    "validator_at",
]

_DOCUMENT = declare(
    str(__package__),
    {},
)


def document() -> dict[str, Any]:
    """Returns the contract as one OpenAPI document. Shared: do not modify it."""
    return _DOCUMENT.content


def resolve(pointer: str) -> Any:
    """Returns the value at a JSON pointer, which begins with `#`. Raises KeyError or IndexError if there is none."""
    return _DOCUMENT.resolve(pointer)


def validator_at(pointer: str) -> Validator:
    """Returns the compiled schema at a JSON pointer. Raises KeyError or IndexError if there is none."""
    return _DOCUMENT.validator_at(pointer)


def validator(name: str) -> Validator:
    """Returns the compiled schema of a component. Raises KeyError if the component does not exist."""
    return validator_at("#/components/schemas/" + name.replace("~", "~0").replace("/", "~1"))


def conforms(pointer: str) -> AfterValidator:
    """Returns a validator that checks a parameter against the schema at a JSON pointer."""

    def check(value: Any) -> Any:
        if value is not None:
            refuse_unless_valid("parameter", validator_at(pointer), value)
        return value

    return AfterValidator(check)
