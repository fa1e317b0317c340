"""Checks values against the schemas of AstrBot HTTP API 4.29.1. Generated; do not edit."""

from typing import Any

from pydantic import AfterValidator

from ..conforming import BaseModel, RootModel, declare, refuse_unless_valid
from ..document import Validator

__all__ = ["BaseModel", "RootModel", "Validator", "conforms", "document", "resolve", "validator", "validator_at"]

_DOCUMENT = declare(
    str(__package__),
    {},
)


def document() -> dict[str, Any]:
    """The contract as one OpenAPI document. Shared: do not change it."""
    return _DOCUMENT.content


def resolve(pointer: str) -> Any:
    """What a JSON pointer, beginning with `#`, leads to in the contract. KeyError or IndexError where to nothing."""
    return _DOCUMENT.resolve(pointer)


def validator_at(pointer: str) -> Validator:
    """The compiled schema at a JSON pointer, beginning with `#`. KeyError or IndexError where there is none."""
    return _DOCUMENT.validator_at(pointer)


def validator(name: str) -> Validator:
    """The compiled schema of a component. KeyError where there is none of that name."""
    return validator_at("#/components/schemas/" + name.replace("~", "~0").replace("/", "~1"))


def conforms(pointer: str) -> AfterValidator:
    """Checks a parameter against the schema at a JSON pointer."""

    def check(value: Any) -> Any:
        if value is not None:
            refuse_unless_valid("parameter", validator_at(pointer), value)
        return value

    return AfterValidator(check)
