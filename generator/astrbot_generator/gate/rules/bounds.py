"""Rules for bounds, lengths and counts, and for patterns, multiples and unique items."""

from __future__ import annotations

from typing import Any, get_args

from astrbot_generator.gate.catalogue import schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Constraint, Difference
from astrbot_generator.gate.wording import it, value


def _bound(found: Difference, old: Any, new: Any) -> str:
    words = [value(given) if given is not None else "nothing" for given in (old, new)]
    return f"`{found.name}` of {it(found)} changed from {words[0]} to {words[1]}"


@schema_rule("request-range-narrowed", "range")
def request_range_narrowed(found: Difference) -> str:
    """A request accepts a smaller range of numbers.

    Breaks: clients that send other numbers.
    Instead: accept them as the nearest allowed number.
    Before: {type: integer, maximum: 100}
    After: {type: integer, maximum: 50}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-range-widened", "range")
def response_range_widened(found: Difference) -> str:
    """A response may contain numbers outside the old range.

    Breaks: clients that handle only the old range.
    Instead: keep the range.
    Before: {type: integer, maximum: 50}
    After: {type: integer, maximum: 100}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-length-narrowed", "length")
def request_length_narrowed(found: Difference) -> str:
    """A request accepts fewer string lengths.

    Breaks: clients that send longer or shorter strings.
    Instead: accept the old lengths.
    Before: {type: string}
    After: {type: string, maxLength: 10}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-length-widened", "length")
def response_length_widened(found: Difference) -> str:
    """A response may contain strings of a new length.

    Breaks: clients that handle only the old lengths, or rely on a non-empty string.
    Instead: keep the lengths.
    Before: {type: string, minLength: 1}
    After: {type: string}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-count-narrowed", "count")
def request_count_narrowed(found: Difference) -> str:
    """A request accepts fewer list lengths.

    Breaks: clients that send longer or shorter lists.
    Instead: accept the old lengths.
    Before: {type: array, items: {type: string}}
    After: {type: array, items: {type: string}, minItems: 1}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-count-widened", "count")
def response_count_widened(found: Difference) -> str:
    """A response may contain lists of a new length.

    Breaks: clients that read the first item without a check, or handle only the old lengths.
    Instead: keep the lengths.
    Before: {type: array, items: {type: string}, minItems: 1}
    After: {type: array, items: {type: string}}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-size-narrowed", "size")
def request_size_narrowed(found: Difference) -> str:
    """A request accepts fewer numbers of members.

    Breaks: clients that send objects with more or fewer members.
    Instead: accept the old numbers of members.
    Before: {type: object}
    After: {type: object, maxProperties: 3}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-size-widened", "size")
def response_size_widened(found: Difference) -> str:
    """A response object may have a new number of members.

    Breaks: clients that rely on the old number.
    Instead: keep the number.
    Before: {type: object, maxProperties: 3}
    After: {type: object}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-pattern-narrowed", "pattern")
def request_pattern_narrowed(found: Difference) -> str:
    """A string in a request must match a new pattern.

    Breaks: clients that send strings that do not match.
    Instead: accept the old strings too.
    Before: {type: string}
    After: {type: string, pattern: '^[a-z]+$'}
    """
    former = f" instead of {value(found.in_a)}" if found.in_a else ""
    return f"{it(found)} must match {value(found.in_b)}{former}"


@schema_rule("response-pattern-widened", "pattern")
def response_pattern_widened(found: Difference) -> str:
    """A string in a response may no longer match its pattern.

    Breaks: clients that parse it.
    Instead: keep the pattern.
    Before: {type: string, pattern: '^[a-z]+$'}
    After: {type: string}
    """
    now = f", but {value(found.in_a)}" if found.in_a else ""
    return f"{it(found)} may no longer match {value(found.in_b)}{now}"


@schema_rule("request-multiple-demanded", "multiple")
def request_multiple_demanded(found: Difference) -> str:
    """A number in a request must be a multiple of a given number.

    Breaks: clients that send other numbers.
    Instead: accept other numbers and round them.
    Before: {type: integer}
    After: {type: integer, multipleOf: 5}
    """
    return f"{it(found)} must be a multiple of {value(found.in_b)}"


@schema_rule("response-multiple-dropped", "multiple")
def response_multiple_dropped(found: Difference) -> str:
    """A number in a response may no longer be a multiple of a given number.

    Breaks: clients that rely on it.
    Instead: keep the multiple.
    Before: {type: integer, multipleOf: 5}
    After: {type: integer}
    """
    return f"{it(found)} may no longer be a multiple of {value(found.in_b)}"


@schema_rule("request-unique-items-demanded", "unique")
def request_unique_items_demanded(found: Difference) -> str:
    """A list in a request must not contain duplicates.

    Breaks: clients that send duplicates.
    Instead: accept duplicates and ignore them.
    Before: {type: array, items: {type: string}}
    After: {type: array, items: {type: string}, uniqueItems: true}
    """
    return f"the items of {it(found)} must be unique"


@schema_rule("response-items-may-repeat", "unique")
def response_items_may_repeat(found: Difference) -> str:
    """A list in a response may contain duplicates.

    Breaks: clients that use the items as keys.
    Instead: send each item once.
    Before: {type: array, items: {type: string}, uniqueItems: true}
    After: {type: array, items: {type: string}}
    """
    return f"{it(found)} may contain duplicates"


@schema_rule("request-contains-demanded", "contains")
def request_contains_demanded(found: Difference) -> str:
    """A list in a request must contain other or more items.

    Breaks: clients that send other lists.
    Instead: accept the old lists.
    Before: {type: array}
    After: {type: array, contains: {type: string}}
    """
    return f"the required items of {it(found)} changed"


@schema_rule("response-contains-dropped", "contains")
def response_contains_dropped(found: Difference) -> str:
    """A list in a response may no longer contain an item that it always contained.

    Breaks: clients that search for it.
    Instead: keep it in the list.
    Before: {type: array, contains: {type: string}}
    After: {type: array}
    """
    return f"the guaranteed items of {it(found)} changed"


@schema_rule("request-loosened", *get_args(Constraint), level=Level.INFORMATION, flipped=True)
def request_loosened(found: Difference) -> str:
    """A request accepts more than before: a bound, pattern, composition or condition was loosened.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: integer, maximum: 50}
    After: {type: integer, maximum: 100}
    """
    return f"{it(found)} accepts more than before ({found.name or found.kind})"


@schema_rule("response-tightened", *get_args(Constraint), level=Level.INFORMATION, flipped=True)
def response_tightened(found: Difference) -> str:
    """A response contains less than before: a bound, pattern, composition or condition was tightened.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: integer, maximum: 100}
    After: {type: integer, maximum: 50}
    """
    return f"{it(found)} is narrower than before ({found.name or found.kind})"
