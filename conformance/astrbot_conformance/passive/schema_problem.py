"""Why a JSON value does not match its schema, in one sentence for a finding."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from astrbot_api.document import Validator
from jsonschema_rs import ValidationError

MOST_ERRORS = 200  # errors of one value that are inspected
MOST_NAMES = 12  # members or values that one sentence lists
LONGEST_VALUE = 40  # characters of a text that a sentence shows
ALTERNATIVES = ("anyOf", "oneOf")
LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
}
FORMATS = {  # what a text in a format is, if its name alone does not say it
    "date-time": "a date and time with an offset, as in RFC 3339",
    "date": "a date, as in RFC 3339",
    "time": "a time with an offset, as in RFC 3339",
}
SIZES = {
    "minItems": "has {} elements, expected at least {}",
    "maxItems": "has {} elements, expected at most {}",
    "minLength": "has {} characters, expected at least {}",
    "maxLength": "has {} characters, expected at most {}",
    "minProperties": "has {} members, expected at least {}",
    "maxProperties": "has {} members, expected at most {}",
}
Path = list[str | int]


def schema_problem(errors: Sequence[ValidationError], value: Any, what: str = "the body") -> str:
    """The cause of the deepest of `errors` in `value`: the place, what is wrong there, and what the schema expects.

    If members are missing, all that are missing in the place are named. If no alternative matches, the sentence is
    about the one that the value resembles most. what: the name of the whole value.
    """
    deepest = _deepest(errors)
    while deepest.kind.name in ALTERNATIVES:
        errors = _nearest(deepest)
        if not errors:
            return f"{_named(deepest.instance_path, what)} {_of_no_alternative(deepest, value)}"
        deepest = _deepest(errors)
    same_place = [error for error in errors if error.instance_path == deepest.instance_path]
    return f"{_named(deepest.instance_path, what)} {_cause(deepest, same_place, _at(value, deepest.instance_path))}"


def first_errors(validator: Validator, value: Any) -> list[ValidationError]:
    """The errors of a value, at most MOST_ERRORS. Empty if it matches the schema."""
    return list(islice(validator.iter_errors(value), MOST_ERRORS))


def outline(value: Any) -> str:
    """The type of a JSON value, and the names of its members: ``an object with `status`, `data` ``."""
    if isinstance(value, dict):
        return f"an object with {listing(map(str, sorted(value)))}" if value else "an empty object"
    kinds = {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}
    return kinds.get(type(value), "a number" if isinstance(value, float) else "an integer")


def listing(names: Iterator[str] | Sequence[str]) -> str:
    """The first names, each as code, and `…` if there are more."""
    every = list(names)
    return ", ".join(f"`{name}`" for name in every[:MOST_NAMES]) + (", …" if len(every) > MOST_NAMES else "")


def _deepest(errors: Sequence[ValidationError]) -> ValidationError:
    """The deepest error; of several, the first by its path, so that the order of the members does not matter."""
    return min(errors, key=lambda error: (-len(error.instance_path), [str(token) for token in error.instance_path]))


def _nearest(error: ValidationError) -> Sequence[ValidationError]:
    """The errors of the alternative that the value resembles most; none if it has the type of no alternative.

    An alternative for another constant, such as another `type` of a segment, resembles it less than any other.
    """
    here, alternatives = error.instance_path, error.kind.as_dict()["context"]
    if not all(alternatives):  # several of them match
        return ()
    suitable = [branch for branch in alternatives if not any(_is_of_another_type(one, here) for one in branch)]
    return min(
        suitable,
        key=lambda branch: (
            any(one.kind.name == "const" for one in branch),
            -max(len(one.instance_path) for one in branch),
        ),
        default=(),
    )


def _is_of_another_type(error: ValidationError, path: Path) -> bool:
    return error.kind.name == "type" and error.instance_path == path


def _of_no_alternative(error: ValidationError, whole: Any) -> str:
    alternatives = error.kind.as_dict()["context"]
    if not all(alternatives):
        return "matches several alternatives of the schema, expected exactly one"
    types = {name for branch in alternatives for one in branch for name in one.kind.as_dict().get("types", ())}
    return f"is {outline(_at(whole, error.instance_path))}, expected {_either(types)}"


def _cause(error: ValidationError, same_place: Sequence[ValidationError], value: Any) -> str:
    keyword, detail = error.kind.name, error.kind.as_dict()
    if keyword == "required":
        missing = [one.kind.as_dict()["property"] for one in same_place if one.kind.name == "required"]
        return f"lacks {listing(missing)}"
    if keyword == "type":
        return f"is {outline(value)}, expected {_either(detail['types'])}"
    if keyword == "enum":
        return f"is {_shown(value)}, expected one of {listing([_plain(one) for one in detail['options']])}"
    if keyword == "const":
        return f"is {_shown(value)}, expected `{_plain(detail['expected_value'])}`"
    if keyword == "additionalProperties":
        return f"has members that the schema does not allow: {listing(detail['unexpected'])}"
    if keyword in LIMITS:
        return f"is {_shown(value)}, expected {LIMITS[keyword].format(detail['limit'])}"
    if keyword in SIZES:
        return SIZES[keyword].format(len(value), detail["limit"])
    if keyword == "pattern":
        return f"is {_shown(value)}, expected a match of the pattern `{detail['pattern']}`"
    if keyword == "format":
        return f"is {_shown(value)}, expected {FORMATS.get(detail['format'], 'the format `' + detail['format'] + '`')}"
    return f"is {outline(value)}, which violates `{keyword}`"


def _either(types: Sequence[str] | set[str]) -> str:
    """JSON types as text, null last: `integer or null`."""
    return " or ".join(sorted(types, key=lambda name: (name == "null", name)))


def _shown(value: Any) -> str:
    """A short value as code; otherwise its type."""
    text = _plain(value)
    return f"`{text}`" if len(text) <= LONGEST_VALUE and not isinstance(value, dict | list) else outline(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _named(path: Path, what: str) -> str:
    """The place in the value called `what`: `the body`, or its path in code."""
    return f"`/{'/'.join(map(str, path))}`" if path else what


def _at(value: Any, path: Path) -> Any:
    for token in path:
        value = value[token]
    return value
