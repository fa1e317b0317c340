"""The errors of a request, in the form that FastAPI reports. Generated; do not edit."""

from typing import Any

from pydantic import ValidationError

from ..conforming import refuse_unless_valid
from ..document import Validator


def violations(compiled: Validator, value: Any, *location: str | int) -> list[Any]:
    """Returns the violations of a schema; empty if it accepts the value. `location` is the place of the value."""
    try:
        refuse_unless_valid("request", compiled, value)
    except ValidationError as error:
        return [{**line, "loc": (*location, *line["loc"])} for line in error.errors(include_url=False)]
    return []


def missing(*location: str | int) -> dict[str, Any]:
    """Returns the error for a value that the request does not have."""
    return {"type": "missing", "loc": location, "msg": "Field required", "input": None}


def without_values(errors: Any) -> list[Any]:
    """Returns validation errors without input values, because a key among them would appear in the response."""
    return [{**error, "input": None} for error in errors]
