"""Bounds of numbers, lengths and counts; patterns, multiples, repetition."""

from __future__ import annotations

from typing import Any

from astrbot_generator.gate.catalogue import schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference, Kind
from astrbot_generator.gate.wording import it, value


def _bound(found: Difference, old: Any, new: Any) -> str:
    words = [value(given) if given is not None else "nothing" for given in (old, new)]
    return f"`{found.name}` of {it(found)} changed from {words[0]} to {words[1]}"


@schema_rule("request-range-narrowed", "range", direction="request")
def request_range_narrowed(found: Difference) -> str:
    """Numbers that were taken are refused.

    Breaks: clients that send them.
    Instead: take them, and treat them as the nearest allowed.
    Before: {type: integer, maximum: 100}
    After: {type: integer, maximum: 50}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-range-widened", "range", direction="response")
def response_range_widened(found: Difference) -> str:
    """A number may lie where it could not.

    Breaks: clients that made room for the former range only.
    Instead: keep to the range.
    Before: {type: integer, maximum: 50}
    After: {type: integer, maximum: 100}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-length-narrowed", "length", direction="request")
def request_length_narrowed(found: Difference) -> str:
    """Texts of a length that was taken are refused.

    Breaks: clients that send them.
    Instead: take them.
    Before: {type: string}
    After: {type: string, maxLength: 10}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-length-widened", "length", direction="response")
def response_length_widened(found: Difference) -> str:
    """A text may be of a length that it could not have.

    Breaks: clients that made room for the former length only, or rely on it not being empty.
    Instead: keep to the length.
    Before: {type: string, minLength: 1}
    After: {type: string}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-count-narrowed", "count", direction="request")
def request_count_narrowed(found: Difference) -> str:
    """Lists of a size that was taken are refused.

    Breaks: clients that send them.
    Instead: take them.
    Before: {type: array, items: {type: string}}
    After: {type: array, items: {type: string}, minItems: 1}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-count-widened", "count", direction="response")
def response_count_widened(found: Difference) -> str:
    """A list may be of a size that it could not have.

    Breaks: clients that take the first item without asking, or made room for so many.
    Instead: keep to the size.
    Before: {type: array, items: {type: string}, minItems: 1}
    After: {type: array, items: {type: string}}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-size-narrowed", "size", direction="request")
def request_size_narrowed(found: Difference) -> str:
    """Objects with a number of members that was taken are refused.

    Breaks: clients that send them.
    Instead: take them.
    Before: {type: object}
    After: {type: object, maxProperties: 3}
    """
    return _bound(found, found.in_a, found.in_b)


@schema_rule("response-size-widened", "size", direction="response")
def response_size_widened(found: Difference) -> str:
    """An object may have a number of members that it could not have.

    Breaks: clients that rely on the former number.
    Instead: keep to the number.
    Before: {type: object, maxProperties: 3}
    After: {type: object}
    """
    return _bound(found, found.in_b, found.in_a)


@schema_rule("request-pattern-narrowed", "pattern", direction="request")
def request_pattern_narrowed(found: Difference) -> str:
    """Texts must fit a pattern that they did not have to fit.

    Breaks: clients that send texts which do not.
    Instead: take the former texts too.
    Before: {type: string}
    After: {type: string, pattern: '^[a-z]+$'}
    """
    former = f" instead of {value(found.in_a)}" if found.in_a else ""
    return f"{it(found)} must fit {value(found.in_b)}{former}"


@schema_rule("response-pattern-widened", "pattern", direction="response")
def response_pattern_widened(found: Difference) -> str:
    """A text no longer has to fit the pattern that it fitted.

    Breaks: clients that take it apart.
    Instead: keep the form.
    Before: {type: string, pattern: '^[a-z]+$'}
    After: {type: string}
    """
    now = f", but {value(found.in_a)}" if found.in_a else ""
    return f"{it(found)} no longer fits {value(found.in_b)}{now}"


@schema_rule("request-multiple-demanded", "multiple", direction="request")
def request_multiple_demanded(found: Difference) -> str:
    """Numbers must be a multiple that they did not have to be.

    Breaks: clients that send others.
    Instead: take others, and round them.
    Before: {type: integer}
    After: {type: integer, multipleOf: 5}
    """
    return f"{it(found)} must be a multiple of {value(found.in_b)}"


@schema_rule("response-multiple-dropped", "multiple", direction="response")
def response_multiple_dropped(found: Difference) -> str:
    """A number may be other than the multiple it was.

    Breaks: clients that rely on it.
    Instead: keep the multiple.
    Before: {type: integer, multipleOf: 5}
    After: {type: integer}
    """
    return f"{it(found)} is no longer a multiple of {value(found.in_b)}"


@schema_rule("request-unique-items-demanded", "unique", direction="request")
def request_unique_items_demanded(found: Difference) -> str:
    """A list may no longer repeat an item.

    Breaks: clients that repeat one.
    Instead: take it, and count it once.
    Before: {type: array, items: {type: string}}
    After: {type: array, items: {type: string}, uniqueItems: true}
    """
    return f"the items of {it(found)} must differ"


@schema_rule("response-items-may-repeat", "unique", direction="response")
def response_items_may_repeat(found: Difference) -> str:
    """A list may repeat an item.

    Breaks: clients that use the items as keys.
    Instead: send each item once.
    Before: {type: array, items: {type: string}, uniqueItems: true}
    After: {type: array, items: {type: string}}
    """
    return f"{it(found)} may repeat an item"


@schema_rule("request-contains-demanded", "contains", direction="request")
def request_contains_demanded(found: Difference) -> str:
    """A list must hold other items, or more of them, than it had to.

    Breaks: clients whose lists do not.
    Instead: take the former lists.
    Before: {type: array}
    After: {type: array, contains: {type: string}}
    """
    return f"what {it(found)} must contain changed"


@schema_rule("response-contains-dropped", "contains", direction="response")
def response_contains_dropped(found: Difference) -> str:
    """A list may lack an item that it always held.

    Breaks: clients that look for it.
    Instead: keep it in the list.
    Before: {type: array, contains: {type: string}}
    After: {type: array}
    """
    return f"what {it(found)} always contained changed"


LOOSER: tuple[Kind, ...] = (
    "range",
    "length",
    "count",
    "size",
    "pattern",
    "multiple",
    "unique",
    "contains",
    "dependent",
    "generic",
    "branch",
    "closed",
)


@schema_rule("request-loosened", LOOSER, direction="request", level=Level.INFORMATION, flipped=True)
def request_loosened(found: Difference) -> str:
    """More is taken than before: a bound, pattern, composition or condition was loosened.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: integer, maximum: 50}
    After: {type: integer, maximum: 100}
    """
    return f"{it(found)} takes more than before ({found.name or found.kind})"


@schema_rule("response-tightened", LOOSER, direction="response", level=Level.INFORMATION, flipped=True)
def response_tightened(found: Difference) -> str:
    """Less is answered than before: a bound, pattern, composition or condition was tightened.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: integer, maximum: 100}
    After: {type: integer, maximum: 50}
    """
    return f"{it(found)} is narrower than before ({found.name or found.kind})"
