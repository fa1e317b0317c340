"""Rules for types, null and enumerations."""

from __future__ import annotations

from astrbot_generator.gate.catalogue import schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.wording import it, types, values


@schema_rule("request-type-narrowed", "type")
def request_type_narrowed(found: Difference) -> str:
    """A request no longer accepts a type.

    Breaks: clients that send values of that type; they are rejected.
    Instead: keep accepting the type, or add a member with another name.
    Before: {type: [string, integer]}
    After: {type: string}
    """
    return f"{it(found)} accepted {types(found.in_a)} and now accepts {types(found.in_b)}"


@schema_rule("response-type-widened", "type")
def response_type_widened(found: Difference) -> str:
    """A value in a response may have a new type.

    Breaks: clients that expect the old type.
    Instead: keep the type, or add a member with another name.
    Before: {type: integer}
    After: {type: [integer, string]}
    """
    return f"{it(found)} was {types(found.in_b)} and may now be {types(found.in_a)}"


@schema_rule("request-type-widened", "type", level=Level.INFORMATION, flipped=True)
def request_type_widened(found: Difference) -> str:
    """A request accepts a new type.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: integer}
    After: {type: [integer, string]}
    """
    return f"{it(found)} accepted {types(found.in_b)} and now accepts {types(found.in_a)}"


@schema_rule("response-type-narrowed", "type", level=Level.INFORMATION, flipped=True)
def response_type_narrowed(found: Difference) -> str:
    """A value in a response no longer has one of its types.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: [integer, string]}
    After: {type: integer}
    """
    return f"{it(found)} was {types(found.in_a)} and is now {types(found.in_b)}"


@schema_rule("request-null-refused", "null")
def request_null_refused(found: Difference) -> str:
    """A request no longer accepts null.

    Breaks: clients that send null instead of omitting the member.
    Instead: treat null as if the member were absent.
    Before: {type: [string, 'null']}
    After: {type: string}
    """
    return f"{it(found)} no longer accepts null"


@schema_rule("response-became-nullable", "null")
def response_became_nullable(found: Difference) -> str:
    """A value in a response may be null.

    Breaks: clients that expect the old type.
    Instead: return an empty value of that type.
    Before: {type: string}
    After: {type: [string, 'null']}
    """
    return f"{it(found)} may be null"


@schema_rule("request-null-taken", "null", level=Level.INFORMATION, flipped=True)
def request_null_taken(found: Difference) -> str:
    """A request accepts null.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: string}
    After: {type: [string, 'null']}
    """
    return f"{it(found)} now accepts null"


@schema_rule("response-never-null", "null", level=Level.INFORMATION, flipped=True)
def response_never_null(found: Difference) -> str:
    """A value in a response is never null.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: [string, 'null']}
    After: {type: string}
    """
    return f"{it(found)} is no longer null"


def _values(found: Difference, verb: str, otherwise: str) -> str:
    return f"{it(found)} {verb} {values(found.in_a)}" if found.in_a is not None else f"{it(found)} {otherwise}"


@schema_rule("request-enum-value-removed", "enum")
def request_enum_value_removed(found: Difference) -> str:
    """A value was removed from an enumeration in a request.

    Breaks: clients that send it; they are rejected.
    Instead: keep accepting it, and document its new meaning.
    Before: {type: string, enum: [fast, slow]}
    After: {type: string, enum: [fast]}
    """
    return _values(found, "no longer accepts", f"now accepts only {values(found.in_b)}")


@schema_rule("response-enum-value-added", "enum")
def response_enum_value_added(found: Difference) -> str:
    """A value was added to an enumeration in a response.

    Breaks: clients that handle only the old values.
    Instead: document from the beginning that values may be added, and omit `enum` from responses.
    Before: {type: string, enum: [ready, busy]}
    After: {type: string, enum: [ready, busy, idle]}
    """
    return _values(found, "may now be", f"may now be something other than {values(found.in_b)}")


@schema_rule("request-enum-value-added", "enum", level=Level.INFORMATION, flipped=True)
def request_enum_value_added(found: Difference) -> str:
    """A value was added to an enumeration in a request.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: string, enum: [fast]}
    After: {type: string, enum: [fast, slow]}
    """
    return _values(found, "now accepts", f"now accepts more than {values(found.in_b)}")


@schema_rule("response-enum-value-removed", "enum", level=Level.INFORMATION, flipped=True)
def response_enum_value_removed(found: Difference) -> str:
    """A value was removed from an enumeration in a response.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: string, enum: [ready, busy, idle]}
    After: {type: string, enum: [ready, busy]}
    """
    return _values(found, "is no longer", f"is now one of {values(found.in_b)}")
