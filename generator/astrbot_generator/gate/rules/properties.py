"""Members of objects."""

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


@schema_rule("request-required-property-added", "required", direction="request", when=_is_new)
def request_required_property_added(found: Difference) -> str:
    """There is a new member, and a request must have it.

    Breaks: every client that does not know of it.
    Instead: make it optional, with a default that does what was done before.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, required: [owner], properties: {name: {type: string}, owner: {type: string}}}
    """
    return f"{it(found)} is new and required"


@schema_rule("request-property-became-required", "required", direction="request", when=_was_declared)
def request_property_became_required(found: Difference) -> str:
    """A member that could be left out must be sent.

    Breaks: clients that leave it out.
    Instead: keep it optional, with a default that does what was done before.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, required: [name], properties: {name: {type: string}}}
    """
    return f"{it(found)} became required"


@schema_rule(
    "request-property-became-optional",
    "required",
    direction="request",
    level=Level.INFORMATION,
    flipped=True,
    when=_was_declared,
)
def request_property_became_optional(found: Difference) -> str:
    """A member that had to be sent can be left out.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: object, required: [name], properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string}}}
    """
    return f"{it(found)} became optional" if found.in_a else f"{it(found)} is no longer required"


@schema_rule("response-required-property-removed", "required", direction="response", when=_is_new)
def response_required_property_removed(found: Difference) -> str:
    """A member that every answer had is gone.

    Breaks: clients that read it.
    Instead: keep sending it.
    Before: {type: object, required: [name], properties: {name: {type: string}}}
    After: {type: object}
    """
    return f"{it(found)} is gone; every answer had it"


@schema_rule("response-property-became-optional", "required", direction="response", when=_was_declared)
def response_property_became_optional(found: Difference) -> str:
    """A member that every answer had may be missing.

    Breaks: clients that read it without asking whether it is there.
    Instead: keep sending it, if need be with null or an empty value that was allowed before.
    Before: {type: object, required: [name], properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string}}}
    """
    return f"{it(found)} may be missing"


@schema_rule(
    "response-property-became-required", "required", direction="response", level=Level.INFORMATION, flipped=True
)
def response_property_became_required(found: Difference) -> str:
    """A member that could be missing is in every answer.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, required: [name], properties: {name: {type: string}}}
    """
    return f"{it(found)} is in every answer"


@schema_rule("request-property-added", "declared", direction="request", level=Level.INFORMATION, when=_is_unforeseen)
def request_property_added(found: Difference) -> str:
    """There is a new member that a request may have.

    Breaks: nobody who sends only members that the contract named.
    Instead: nothing.
    Before: {type: object}
    After: {type: object, properties: {note: {type: string}}}
    """
    return f"{it(found)} is new"


@schema_rule("request-property-typed", "declared", direction="request", level=Level.WARNING, when=_is_promised)
def request_property_typed(found: Difference) -> str:
    """A member has a type now, in an object that promised to take any further member.

    Breaks: clients that send a member of this name with another meaning, as `additionalProperties: true` let them.
    Instead: choose a name that nobody uses, or take what was taken.
    Before: {type: object, additionalProperties: true}
    After: {type: object, additionalProperties: true, properties: {note: {type: string}}}
    """
    return f"{it(found)} is new where any member was taken"


@schema_rule("request-property-removed", "declared", direction="request", level=Level.WARNING, flipped=True)
def request_property_removed(found: Difference) -> str:
    """A member of a request is gone; the object takes unknown members, so it is not refused.

    Breaks: no request; but what the member did is no longer done.
    Instead: keep it, marked as deprecated.
    Before: {type: object, properties: {note: {type: string}}}
    After: {type: object}
    """
    return f"{it(found)} is no longer read"


@schema_rule("response-property-removed", "declared", direction="response", when=_is_new)
def response_property_removed(found: Difference) -> str:
    """An optional member of an answer is gone.

    Breaks: clients that read it; it is missing now, or means something that nobody promises.
    Instead: keep sending it.
    Before: {type: object, properties: {note: {type: string}}}
    After: {type: object}
    """
    return f"{it(found)} is gone"


@schema_rule(
    "response-property-added", "declared", direction="response", level=Level.INFORMATION, flipped=True, when=_is_new
)
def response_property_added(found: Difference) -> str:
    """An answer may have a further member; the object was open to that.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: object}
    After: {type: object, properties: {note: {type: string}}}
    """
    return f"{it(found)} is new"


@schema_rule("request-property-refused", "refused", direction="request")
def request_property_refused(found: Difference) -> str:
    """A member that could be sent is refused.

    Breaks: clients that send it.
    Instead: take it, and ignore it.
    Before: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    After: {type: object, additionalProperties: false}
    """
    return f"{it(found)} is refused"


@schema_rule("request-property-allowed", "refused", direction="request", level=Level.INFORMATION, flipped=True)
def request_property_allowed(found: Difference) -> str:
    """A member that was refused can be sent.

    Breaks: nobody.
    Instead: nothing.
    Before: {type: object, additionalProperties: false}
    After: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    """
    return f"{it(found)} is new"


@schema_rule("response-property-added-to-closed", "refused", direction="response")
def response_property_added_to_closed(found: Difference) -> str:
    """An answer may have a further member, in an object that promised to have no others.

    Breaks: clients that refuse members they do not know, as the contract let them.
    Instead: leave answers open from the beginning.
    Before: {type: object, additionalProperties: false}
    After: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    """
    return f"{it(found)} is new in an object that was closed"


@schema_rule("response-property-gone-from-closed", "refused", direction="response", level=Level.WARNING, flipped=True)
def response_property_gone_from_closed(found: Difference) -> str:
    """An optional member of an answer is gone, from an object that has no others.

    Breaks: no answer that the contract allowed to lack it; but clients that read it never find it.
    Instead: keep sending it.
    Before: {type: object, properties: {note: {type: string}}, additionalProperties: false}
    After: {type: object, additionalProperties: false}
    """
    return f"{it(found)} is gone"


@schema_rule("request-closed", "closed", direction="request")
def request_closed(found: Difference) -> str:
    """Members that the contract does not name are refused.

    Breaks: clients that send any.
    Instead: take them, and ignore them.
    Before: {type: object}
    After: {type: object, additionalProperties: false}
    """
    return f"{_whole(found)} refuses members that the contract does not name"


@schema_rule("response-opened", "closed", direction="response")
def response_opened(found: Difference) -> str:
    """An answer may have members that the contract does not name.

    Breaks: clients that refuse members they do not know, as the contract let them.
    Instead: name the members.
    Before: {type: object, additionalProperties: false}
    After: {type: object}
    """
    return f"{_whole(found)} may have members that the contract does not name"


def _whole(found: Difference) -> str:
    return f"`{found.path}`" if found.path else "the object"


@schema_rule("request-dependency-demanded", "dependent", direction="request")
def request_dependency_demanded(found: Difference) -> str:
    """A member must be sent wherever another is.

    Breaks: clients that send the one without the other.
    Instead: give the other a default.
    Before: {type: object}
    After: {type: object, dependentRequired: {card: [holder]}}
    """
    return f"`{found.name}` must not be sent without `{found.in_b}`"


@schema_rule("response-dependency-dropped", "dependent", direction="response")
def response_dependency_dropped(found: Difference) -> str:
    """A member may be missing though another is there.

    Breaks: clients that read it wherever they find the other.
    Instead: keep sending both.
    Before: {type: object, dependentRequired: {card: [holder]}}
    After: {type: object}
    """
    return f"`{found.name}` may come without `{found.in_b}`"


@schema_rule("request-property-became-read-only", "read-only", direction="request")
def request_property_became_read_only(found: Difference) -> str:
    """A member that could be set is read only.

    Breaks: clients that set it; what they send is refused or ignored.
    Instead: let it be set.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string, readOnly: true}}}
    """
    return f"{it(found)} became read only"


@schema_rule("response-property-became-write-only", "write-only", direction="response", flipped=True)
def response_property_became_write_only(found: Difference) -> str:
    """A member is no longer in answers: it is write only.

    Breaks: clients that read it.
    Instead: keep sending it.
    Before: {type: object, properties: {name: {type: string}}}
    After: {type: object, properties: {name: {type: string, writeOnly: true}}}
    """
    return f"{it(found)} became write only"
