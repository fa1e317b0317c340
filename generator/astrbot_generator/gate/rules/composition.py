"""Alternatives, conditions, and what no other rule has a name for."""

from __future__ import annotations

from astrbot_generator.gate.catalogue import rule, schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.wording import it, value, values


@schema_rule("request-alternative-removed", "branch", direction="request")
def request_alternative_removed(found: Difference) -> str:
    """One of several forms of a value is no longer taken.

    Breaks: clients that send that form.
    Instead: keep taking it.
    Before: {anyOf: [{type: object, required: [id]}, {type: object, required: [name]}]}
    After: {anyOf: [{type: object, required: [id]}]}
    """
    return f"{it(found)} no longer takes the form `{found.name}`"


@schema_rule("response-alternative-added", "branch", direction="response")
def response_alternative_added(found: Difference) -> str:
    """A value may have a further form.

    Breaks: clients that know the former forms only.
    Instead: answer with a form that is known.
    Before: {anyOf: [{type: object, required: [id]}]}
    After: {anyOf: [{type: object, required: [id]}, {type: object, required: [name]}]}
    """
    return f"{it(found)} may have the further form `{found.name}`"


@schema_rule("request-alternatives-overlap", "overlap", direction="request")
def request_alternatives_overlap(found: Difference) -> str:
    """A value fits two alternatives of a `oneOf` that must be told apart, and is refused for that.

    Breaks: clients that send such values.
    Instead: use `anyOf`, or make the alternatives exclude each other.
    Before: {anyOf: [{type: string}, {type: string, maxLength: 3}]}
    After: {oneOf: [{type: string}, {type: string, maxLength: 3}]}
    """
    return f"{it(found)} is refused where it fits more than one alternative"


@schema_rule("response-alternatives-no-longer-exclusive", "overlap", direction="response")
def response_alternatives_no_longer_exclusive(found: Difference) -> str:
    """A value may fit two alternatives of a `oneOf` of which it fitted only one.

    Breaks: clients that tell the alternatives apart by what fits.
    Instead: keep the alternatives apart.
    Before: {oneOf: [{type: string}, {type: string, maxLength: 3}]}
    After: {anyOf: [{type: string}, {type: string, maxLength: 3}]}
    """
    return f"{it(found)} may fit more than one alternative"


def _discriminated(found: Difference, *, old: object, new: object) -> str:
    if found.name == "mapping":
        return f"{it(found)} is no longer told apart by {values(found.in_a)}"
    if found.name == "meaning":
        return f"{values(found.in_a)} of {it(found)} stands for another alternative now"
    return f"{it(found)} was told apart by {value(old)} and is now told apart by {value(new)}"


@schema_rule("request-discriminator-changed", "discriminator", direction="request")
def request_discriminator_changed(found: Difference) -> str:
    """Alternatives are told apart by another member, or a name for one of them is gone or stands for another.

    Breaks: clients that write the former member or name.
    Instead: keep the names.
    Before: {discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
    After: {discriminator: {propertyName: sort, mapping: {cat: '#/components/schemas/Cat'}}}
    """
    return _discriminated(found, old=found.in_a, new=found.in_b)


@schema_rule("response-discriminator-changed", "discriminator", direction="response")
def response_discriminator_changed(found: Difference) -> str:
    """Alternatives are told apart by another member, or a name for one of them is new or stands for another.

    Breaks: clients that read the former member or know the former names only.
    Instead: keep the names.
    Before: {discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
    After: {discriminator: {propertyName: sort, mapping: {cat: '#/components/schemas/Cat'}}}
    """
    if found.name == "mapping":
        return f"{it(found)} may be told apart by {values(found.in_a)}"
    return _discriminated(found, old=found.in_b, new=found.in_a)


@schema_rule("request-default-changed", "default", direction="request", level=Level.WARNING)
def request_default_changed(found: Difference) -> str:
    """What an absent value stands for is something else.

    Breaks: clients that leave it out and rely on what that meant.
    Instead: keep the default.
    Before: {type: integer, default: 10}
    After: {type: integer, default: 20}
    """
    if found.name == "removed":
        return f"{it(found)} no longer has the default {value(found.in_a)}"
    return f"the default of {it(found)} changed from {value(found.in_a)} to {value(found.in_b)}"


@schema_rule("request-format-changed", "format", direction="request", when=lambda found: found.in_a is not None)
def request_format_changed(found: Difference) -> str:
    """A text or number is to be of another format, which does not take in the former.

    Breaks: clients that send the former format.
    Instead: add a member of another name.
    Before: {type: string, format: date-time}
    After: {type: string, format: date}
    """
    return f"{it(found)} was of format {value(found.in_a)} and is to be of {value(found.in_b)}"


@schema_rule("request-format-demanded", "format", direction="request", when=lambda found: found.in_a is None)
def request_format_demanded(found: Difference) -> str:
    """A text or number is to be of a format that nothing was said of.

    Breaks: clients that send something else, where the server checks formats; JSON Schema itself does not.
    Instead: take what was taken before.
    Before: {type: string}
    After: {type: string, format: uuid}
    """
    return f"{it(found)} is to be of format {value(found.in_b)}"


@schema_rule("response-format-changed", "format", direction="response", when=lambda found: found.in_a is not None)
def response_format_changed(found: Difference) -> str:
    """A text or number is of another format, which the former does not take in.

    Breaks: clients that read the former format.
    Instead: add a member of another name.
    Before: {type: string, format: date-time}
    After: {type: string, format: date}
    """
    return f"{it(found)} was of format {value(found.in_b)} and is of {value(found.in_a)}"


@schema_rule("response-format-dropped", "format", direction="response", when=lambda found: found.in_a is None)
def response_format_dropped(found: Difference) -> str:
    """A text or number is no longer of the format that it had.

    Breaks: clients that read it as that format.
    Instead: keep the format.
    Before: {type: string, format: uuid}
    After: {type: string}
    """
    return f"{it(found)} is no longer of format {value(found.in_b)}"


@schema_rule("request-encoding-demanded", "encoding", direction="request")
def request_encoding_demanded(found: Difference) -> str:
    """A text is to hold something else, or to hold it in another encoding.

    Breaks: clients that write it as they did.
    Instead: add a member of another name.
    Before: {type: string}
    After: {type: string, contentEncoding: base64}
    """
    return f"`{found.name}` of {it(found)} is now {value(found.in_b)}"


@schema_rule("response-encoding-changed", "encoding", direction="response")
def response_encoding_changed(found: Difference) -> str:
    """A text holds something else, or holds it in another encoding.

    Breaks: clients that read it as they did.
    Instead: add a member of another name.
    Before: {type: string, contentEncoding: base64}
    After: {type: string}
    """
    return f"`{found.name}` of {it(found)} is no longer {value(found.in_b)}"


@rule("unclassified-break", area="schema", level=Level.BREAKING)
def unclassified_break(found: Difference) -> str:
    """A value shows that something breaks, and no other rule has a name for it.

    Breaks: clients that send the value, or get it.
    Instead: see what the example is refused for, and keep that as it was.
    Before: {not: {type: integer}}
    After: {not: {type: [integer, 'null']}}
    """
    word = f"`{found.name}` of " if found.name else ""
    return f"{word}{it(found)} allows other values than before"


@rule("change-not-judged", area="schema", level=Level.WARNING)
def change_not_judged(found: Difference) -> str:
    """A schema changed in a way that was neither shown to break nor proven harmless.

    Breaks: perhaps nobody; no example was found.
    Instead: look at it, or say the same in words that can be judged.
    Before: {type: string, not: {pattern: '^(?!a)(?=.*b{3}c{4})'}}
    After: {type: string, not: {pattern: '^(?!a)(?=.*b{3}c{5}d{4})'}}
    """
    word = f"`{found.name}` of " if found.name else ""
    return f"{word}{it(found)} changed; whether that breaks anybody could not be told"
