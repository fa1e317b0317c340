"""Rules for members of objects."""

from __future__ import annotations

from astrbot_generator.gate.catalogue import schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.wording import it


def _was_declared(found: Difference) -> bool:
    return bool(found.in_a)


def _is_promised(found: Difference) -> bool:
    return not found.in_a and found.in_b is not None


def _is_unforeseen(found: Difference) -> bool:
    return not found.in_a and found.in_b is None


def _is_new(found: Difference) -> bool:
    return not found.in_a


@schema_rule("request-required-property-added", "required", when=_is_new)
def request_required_property_added(found: Difference) -> str:
    """A required member was added to a request.

    Breaks: every client that does not send it.
    Instead: make it optional, with a default that keeps the old behaviour.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, required: [owner], properties: {name: {type: string}, owner: {type: string}}}
    """
    return f"{it(found)} is new and required"


@schema_rule("request-property-became-required", "required", when=_was_declared)
def request_property_became_required(found: Difference) -> str:
    """An optional member of a request became required.

    Breaks: clients that do not send it.
    Instead: keep it optional, with a default that keeps the old behaviour.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, required: [name], properties: {name: {type: string}}}
    """
    return f"{it(found)} became required"


@schema_rule("request-property-became-optional", "required", level=Level.INFORMATION, flipped=True, when=_was_declared)
def request_property_became_optional(found: Difference) -> str:
    """A required member of a request became optional.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: object, required: [name], properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string}}}
    """
    return f"{it(found)} became optional"


@schema_rule("response-required-property-removed", "required", when=_is_new)
def response_required_property_removed(found: Difference) -> str:
    """A required member of a response was removed.

    Breaks: clients that read it.
    Instead: keep sending it.
    Before: {type: object, required: [name], properties: {name: {type: string}}}
    After: {type: object}
    """
    return f"{it(found)} was removed; it was in every response"


@schema_rule("response-property-became-optional", "required", when=_was_declared)
def response_property_became_optional(found: Difference) -> str:
    """A required member of a response became optional.

    Breaks: clients that read it without a check.
    Instead: keep sending it, with null or an empty value if that was allowed before.
    Before: {type: object, required: [name], properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string}}}
    """
    return f"{it(found)} may be missing"


@schema_rule("response-property-became-required", "required", level=Level.INFORMATION, flipped=True)
def response_property_became_required(found: Difference) -> str:
    """An optional member of a response became required.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, required: [name], properties: {name: {type: string}}}
    """
    return f"{it(found)} is in every response"


@schema_rule("request-property-added", "declared", level=Level.INFORMATION, when=_is_unforeseen)
def request_property_added(found: Difference) -> str:
    """An optional member was added to a request.

    Breaks: no client that sends only documented members.
    Instead: nothing to do.
    Before: {type: object}
    After: {type: object, properties: {note: {type: string}}}
    """
    return f"{it(found)} is new"


@schema_rule("request-property-typed", "declared", level=Level.WARNING, when=_is_promised)
def request_property_typed(found: Difference) -> str:
    """A member was declared in a request object that explicitly accepted any additional member.

    Breaks: clients that send a member with this name and another meaning, which `additionalProperties: true` allowed.
    Instead: choose an unused name, or accept the same values as before.
    Before: {type: object, additionalProperties: true}
    After: {type: object, additionalProperties: true, properties: {note: {type: string}}}
    """
    return f"{it(found)} is new in an object that accepted any member"


@schema_rule("request-property-removed", "declared", level=Level.WARNING, flipped=True)
def request_property_removed(found: Difference) -> str:
    """A member of a request was removed; the object accepts unknown members, so it is not rejected.

    Breaks: no request; but the member no longer has an effect.
    Instead: keep it, marked as deprecated.
    Before: {type: object, properties: {note: {type: string}}}
    After: {type: object}
    """
    return f"{it(found)} is no longer read"


@schema_rule("response-property-removed", "declared", when=_is_new)
def response_property_removed(found: Difference) -> str:
    """An optional member of a response was removed.

    Breaks: clients that read it; it is missing, or its meaning is undefined.
    Instead: keep sending it.
    Before: {type: object, properties: {note: {type: string}}}
    After: {type: object}
    """
    return f"{it(found)} was removed"


@schema_rule("response-property-added", "declared", level=Level.INFORMATION, flipped=True, when=_is_new)
def response_property_added(found: Difference) -> str:
    """An optional member was added to a response object that allows additional members.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: object}
    After: {type: object, properties: {note: {type: string}}}
    """
    return f"{it(found)} is new"


@schema_rule("request-property-refused", "refused")
def request_property_refused(found: Difference) -> str:
    """A member of a request that was allowed is rejected.

    Breaks: clients that send it.
    Instead: accept it and ignore it.
    Before: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    After: {type: object, additionalProperties: false}
    """
    return f"{it(found)} is rejected"


@schema_rule("request-property-allowed", "refused", level=Level.INFORMATION, flipped=True)
def request_property_allowed(found: Difference) -> str:
    """A member of a request that was rejected is allowed.

    Breaks: no client.
    Instead: nothing to do.
    Before: {type: object, additionalProperties: false}
    After: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    """
    return f"{it(found)} is new"


@schema_rule("response-property-added-to-closed", "refused")
def response_property_added_to_closed(found: Difference) -> str:
    """A member was added to a response object that did not allow additional members.

    Breaks: clients that reject unknown members, which the contract allowed. With `--readers tolerant` it is a warning.
    Instead: allow additional members in responses from the beginning.
    Before: {type: object, additionalProperties: false}
    After: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    """
    return f"{it(found)} is new in an object that was closed; strict readers reject it"


@schema_rule("response-property-gone-from-closed", "refused", level=Level.WARNING, flipped=True)
def response_property_gone_from_closed(found: Difference) -> str:
    """An optional member was removed from a response object that does not allow additional members.

    Breaks: no client that handles its absence; but clients that read it never get it.
    Instead: keep sending it.
    Before: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    After: {type: object, additionalProperties: false}
    """
    return f"{it(found)} was removed"


@schema_rule("request-closed", "closed")
def request_closed(found: Difference) -> str:
    """Undeclared members of a request are rejected.

    Breaks: clients that send undeclared members.
    Instead: accept them and ignore them.
    Before: {type: object}
    After: {type: object, additionalProperties: false}
    """
    return f"{_whole(found)} rejects undeclared members"


@schema_rule("response-opened", "closed")
def response_opened(found: Difference) -> str:
    """A response object may have undeclared members.

    Breaks: clients that reject unknown members, which the contract allowed. With `--readers tolerant` it is a warning.
    Instead: declare the members.
    Before: {type: object, additionalProperties: false}
    After: {type: object}
    """
    return f"{_whole(found)} may have undeclared members; strict readers reject them"


def _whole(found: Difference) -> str:
    return f"`{found.path}`" if found.path else "the object"


@schema_rule("request-dependency-demanded", "dependent")
def request_dependency_demanded(found: Difference) -> str:
    """A member of a request is required if another one is sent.

    Breaks: clients that send one without the other.
    Instead: give the other a default.
    Before: {type: object}
    After: {type: object, dependentRequired: {card: [holder]}}
    """
    return f"`{found.name}` must not be sent without `{found.in_b}`"


@schema_rule("response-dependency-dropped", "dependent")
def response_dependency_dropped(found: Difference) -> str:
    """A member of a response may be missing although another one is present.

    Breaks: clients that read it if they find the other.
    Instead: keep sending both.
    Before: {type: object, dependentRequired: {card: [holder]}}
    After: {type: object}
    """
    return f"`{found.name}` may occur without `{found.in_b}`"


@schema_rule("request-property-became-read-only", "read-only")
def request_property_became_read_only(found: Difference) -> str:
    """A writable member became read-only.

    Breaks: clients that set it; the value is rejected or ignored.
    Instead: keep it writable.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string, readOnly: true}}}
    """
    return f"{it(found)} became read-only"


@schema_rule("response-property-became-write-only", "write-only", flipped=True)
def response_property_became_write_only(found: Difference) -> str:
    """A member became write-only and is no longer in responses.

    Breaks: clients that read it.
    Instead: keep sending it.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string, writeOnly: true}}}
    """
    return f"{it(found)} became write-only"
