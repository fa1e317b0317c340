"""Rules for alternatives, discriminators, defaults and formats, and for differences without another rule."""

from __future__ import annotations

from astrbot_generator.gate.catalogue import rule, schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.wording import it, value, values


@schema_rule("request-alternative-removed", "branch")
def request_alternative_removed(found: Difference) -> str:
    """A request no longer accepts one of several forms of a value.

    Breaks: clients that send that form.
    Instead: keep accepting it.
    Before: {anyOf: [{type: object, required: [id]}, {type: object, required: [name]}]}
    After: {anyOf: [{type: object, required: [id]}]}
    """
    return f"{it(found)} no longer accepts the form `{found.name}`"


@schema_rule("response-alternative-added", "branch")
def response_alternative_added(found: Difference) -> str:
    """A response may contain a new form of a value.

    Breaks: clients that handle only the old forms.
    Instead: return one of the old forms.
    Before: {anyOf: [{type: object, required: [id]}]}
    After: {anyOf: [{type: object, required: [id]}, {type: object, required: [name]}]}
    """
    return f"{it(found)} may have the new form `{found.name}`"


@schema_rule("request-alternatives-overlap", "overlap")
def request_alternatives_overlap(found: Difference) -> str:
    """A value that matches two alternatives of a `oneOf` is rejected.

    Breaks: clients that send such values.
    Instead: use `anyOf`, or make the alternatives exclusive.
    Before: {anyOf: [{type: string}, {type: string, maxLength: 3}]}
    After: {oneOf: [{type: string}, {type: string, maxLength: 3}]}
    """
    return f"{it(found)} is rejected if it matches more than one alternative"


@schema_rule("response-alternatives-no-longer-exclusive", "overlap")
def response_alternatives_no_longer_exclusive(found: Difference) -> str:
    """A value in a response may match two alternatives that were exclusive.

    Breaks: clients that select the alternative by validation.
    Instead: keep the alternatives exclusive.
    Before: {oneOf: [{type: string}, {type: string, maxLength: 3}]}
    After: {anyOf: [{type: string}, {type: string, maxLength: 3}]}
    """
    return f"{it(found)} may match more than one alternative"


def _discriminated(found: Difference, *, old: object, new: object) -> str:
    if found.name == "mapping":
        return f"the discriminator of {it(found)} no longer has {values(found.in_a)}"
    if found.name == "meaning":
        return f"{values(found.in_a)} of {it(found)} now selects another alternative"
    return f"the discriminator of {it(found)} changed from {value(old)} to {value(new)}"


@schema_rule("request-discriminator-changed", "discriminator")
def request_discriminator_changed(found: Difference) -> str:
    """The discriminator of a request changed: its member, or a value that was removed or selects another alternative.

    Breaks: clients that send the old member or value.
    Instead: keep the names.
    Before: {discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
    After: {discriminator: {propertyName: sort, mapping: {cat: '#/components/schemas/Cat'}}}
    """
    return _discriminated(found, old=found.in_a, new=found.in_b)


@schema_rule("response-discriminator-changed", "discriminator")
def response_discriminator_changed(found: Difference) -> str:
    """The discriminator of a response changed: its member, or a value that is new or selects another alternative.

    Breaks: clients that read the old member or know only the old values.
    Instead: keep the names.
    Before: {discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
    After: {discriminator: {propertyName: sort, mapping: {cat: '#/components/schemas/Cat'}}}
    """
    if found.name == "mapping":
        return f"the discriminator of {it(found)} may be {values(found.in_a)}"
    return _discriminated(found, old=found.in_b, new=found.in_a)


@schema_rule("request-default-changed", "default", level=Level.WARNING)
def request_default_changed(found: Difference) -> str:
    """The default of a value in a request changed.

    Breaks: clients that omit the value and rely on the old default.
    Instead: keep the default.
    Before: {type: integer, default: 10}
    After: {type: integer, default: 20}
    """
    if found.name == "removed":
        return f"{it(found)} no longer has the default {value(found.in_a)}"
    return f"the default of {it(found)} changed from {value(found.in_a)} to {value(found.in_b)}"


@schema_rule("request-format-changed", "format", when=lambda found: found.in_a is not None)
def request_format_changed(found: Difference) -> str:
    """A value in a request must have another format, which does not include the old one.

    Breaks: clients that send the old format.
    Instead: add a member with another name.
    Before: {type: string, format: date-time}
    After: {type: string, format: date}
    """
    return f"the format of {it(found)} changed from {value(found.in_a)} to {value(found.in_b)}"


@schema_rule("request-format-demanded", "format", when=lambda found: found.in_a is None)
def request_format_demanded(found: Difference) -> str:
    """A value in a request must have a format, but had none before.

    Breaks: clients that send other values, if the server checks formats; JSON Schema itself does not.
    Instead: accept the old values.
    Before: {type: string}
    After: {type: string, format: uuid}
    """
    return f"{it(found)} must have the format {value(found.in_b)}"


@schema_rule("response-format-changed", "format", when=lambda found: found.in_a is not None)
def response_format_changed(found: Difference) -> str:
    """A value in a response has another format, which the old one does not include.

    Breaks: clients that parse the old format.
    Instead: add a member with another name.
    Before: {type: string, format: date-time}
    After: {type: string, format: date}
    """
    return f"the format of {it(found)} changed from {value(found.in_b)} to {value(found.in_a)}"


@schema_rule("response-format-dropped", "format", when=lambda found: found.in_a is None)
def response_format_dropped(found: Difference) -> str:
    """A value in a response may no longer have its format.

    Breaks: clients that parse that format.
    Instead: keep the format.
    Before: {type: string, format: uuid}
    After: {type: string}
    """
    return f"{it(found)} may no longer have the format {value(found.in_b)}"


@schema_rule("request-encoding-demanded", "encoding")
def request_encoding_demanded(found: Difference) -> str:
    """A string in a request must have another content type or encoding.

    Breaks: clients that send the old one.
    Instead: add a member with another name.
    Before: {type: string}
    After: {type: string, contentEncoding: base64}
    """
    return f"`{found.name}` of {it(found)} is now {value(found.in_b)}"


@schema_rule("response-encoding-changed", "encoding")
def response_encoding_changed(found: Difference) -> str:
    """A string in a response has another content type or encoding.

    Breaks: clients that decode the old one.
    Instead: add a member with another name.
    Before: {type: string, contentEncoding: base64}
    After: {type: string}
    """
    return f"`{found.name}` of {it(found)} is no longer {value(found.in_b)}"


@rule("unclassified-break", area="schema")
def unclassified_break(found: Difference) -> str:
    """An example shows a break that no other rule describes.

    Breaks: clients that send or receive the value.
    Instead: find out why the example is rejected, and keep that part unchanged.
    Before: {not: {type: integer}}
    After: {not: {type: [integer, 'null']}}
    """
    word = f"`{found.name}` of " if found.name else ""
    return f"{word}{it(found)} allows other values than before"


@rule("change-not-judged", area="schema", level=Level.WARNING)
def change_not_judged(found: Difference) -> str:
    """A schema changed, but the gate found neither an example that breaks nor a proof that it is harmless.

    Breaks: possibly no client; no example was found.
    Instead: review it, or express it with keywords that the gate can judge.
    Before: {type: string, not: {pattern: '^(?!a)(?=.*b{3}c{4})'}}
    After: {type: string, not: {pattern: '^(?!a)(?=.*b{3}c{5}d{4})'}}
    """
    word = f"`{found.name}` of " if found.name else ""
    return f"{word}{it(found)} changed; it is unknown whether that breaks a client"
