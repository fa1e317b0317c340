"""Types, null and enumerations."""

from __future__ import annotations

from astrbot_generator.gate.catalogue import schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.wording import it, types, values


@schema_rule("request-type-narrowed", "type", direction="request")
def request_type_narrowed(found: Difference) -> str:
    """A type of value is no longer taken.

    Breaks: clients that send values of that type; they are refused.
    Instead: keep taking the type, or add a member of another name.
    Before: {type: [string, integer]}
    After: {type: string}
    """
    return f"{it(found)} took {types(found.in_a)} and now takes {types(found.in_b)}"


@schema_rule("response-type-widened", "type", direction="response")
def response_type_widened(found: Difference) -> str:
    """A value may be of a further type.

    Breaks: clients that read it as the type they know.
    Instead: keep the type, or add a member of another name.
    Before: {type: integer}
    After: {type: [integer, string]}
    """
    return f"{it(found)} was {types(found.in_b)} and may now be {types(found.in_a)}"


@schema_rule("request-type-widened", "type", direction="request", level=Level.INFORMATION, flipped=True)
def request_type_widened(found: Difference) -> str:
    """A further type of value is taken.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: integer}
    After: {type: [integer, string]}
    """
    return f"{it(found)} took {types(found.in_b)} and now takes {types(found.in_a)}"


@schema_rule("response-type-narrowed", "type", direction="response", level=Level.INFORMATION, flipped=True)
def response_type_narrowed(found: Difference) -> str:
    """A value is no longer of a type that it could be of.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: [integer, string]}
    After: {type: integer}
    """
    return f"{it(found)} was {types(found.in_a)} and is now {types(found.in_b)}"


@schema_rule("request-null-refused", "null", direction="request")
def request_null_refused(found: Difference) -> str:
    """Null is no longer taken.

    Breaks: clients that send null for nothing.
    Instead: take null as if the member were absent.
    Before: {type: [string, 'null']}
    After: {type: string}
    """
    return f"{it(found)} no longer takes null"


@schema_rule("response-became-nullable", "null", direction="response")
def response_became_nullable(found: Difference) -> str:
    """A value may be null.

    Breaks: clients that read it as the type they know.
    Instead: answer with an empty value of that type.
    Before: {type: string}
    After: {type: [string, 'null']}
    """
    return f"{it(found)} may be null"


@schema_rule("request-null-taken", "null", direction="request", level=Level.INFORMATION, flipped=True)
def request_null_taken(found: Difference) -> str:
    """Null is taken.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: string}
    After: {type: [string, 'null']}
    """
    return f"{it(found)} now takes null"


@schema_rule("response-never-null", "null", direction="response", level=Level.INFORMATION, flipped=True)
def response_never_null(found: Difference) -> str:
    """A value is never null.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: [string, 'null']}
    After: {type: string}
    """
    return f"{it(found)} is no longer null"


def _values(found: Difference, verb: str, otherwise: str) -> str:
    return f"{it(found)} {verb} {values(found.in_a)}" if found.in_a is not None else f"{it(found)} {otherwise}"


@schema_rule("request-enum-value-removed", "enum", direction="request")
def request_enum_value_removed(found: Difference) -> str:
    """A value is no longer taken.

    Breaks: clients that send it; they are refused.
    Instead: keep taking it, and say what it stands for now.
    Before: {type: string, enum: [fast, slow]}
    After: {type: string, enum: [fast]}
    """
    return _values(found, "no longer takes", f"now takes nothing but {values(found.in_b)}")


@schema_rule("response-enum-value-added", "enum", direction="response")
def response_enum_value_added(found: Difference) -> str:
    """A value may be one that it could not be.

    Breaks: clients that know what to do with the former values only.
    Instead: say from the beginning that values may be added, and leave `enum` out of answers.
    Before: {type: string, enum: [ready, busy]}
    After: {type: string, enum: [ready, busy, idle]}
    """
    return _values(found, "may now be", f"may now be other than {values(found.in_b)}")


@schema_rule("request-enum-value-added", "enum", direction="request", level=Level.INFORMATION, flipped=True)
def request_enum_value_added(found: Difference) -> str:
    """A further value is taken.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: string, enum: [fast]}
    After: {type: string, enum: [fast, slow]}
    """
    return _values(found, "now takes", f"now takes more than {values(found.in_b)}")


@schema_rule("response-enum-value-removed", "enum", direction="response", level=Level.INFORMATION, flipped=True)
def response_enum_value_removed(found: Difference) -> str:
    """A value is no longer one that it could be.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: string, enum: [ready, busy, idle]}
    After: {type: string, enum: [ready, busy]}
    """
    return _values(found, "is no longer", f"is now one of {values(found.in_b)}")
