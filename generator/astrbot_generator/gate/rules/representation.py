"""Rules for how values are represented: XML names, and enumerations that can be extended."""

from __future__ import annotations

from typing import Any

from astrbot_generator.gate.catalogue import schema_rule
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.wording import it, values


def element(given: dict[str, Any]) -> str:
    """Returns how a value is written in XML: `<name>` or `name="…"`."""
    name = given["name"] or "…"
    if given["kind"] == "attribute":
        return f'{name}="…"'
    if given["kind"] in ("text", "cdata"):
        return "text"
    space = f' xmlns="{given["namespace"]}"' if given["namespace"] else ""
    return f"<{name}{space}>" + ("<…>" if given["wrapped"] else "…") + f"</{name}>"


def _changed(found: Difference, old: Any, new: Any) -> str:
    return f"{it(found)} was written `{element(old)}` and is now written `{element(new)}`"


@schema_rule("request-xml-changed", "xml")
def request_xml_changed(found: Difference) -> str:
    """The XML element or attribute of a value in a request changed.

    Breaks: clients that send the old element or attribute.
    Instead: add a member with another name.
    Before: {body: {content: {application/xml: {schema: {properties: {id: {type: integer}}}}}}}
    After: {body: {content: {application/xml: {schema: {properties: {id: {type: integer, xml: {attribute: true}}}}}}}}
    """
    return _changed(found, found.in_a, found.in_b)


@schema_rule("response-xml-changed", "xml")
def response_xml_changed(found: Difference) -> str:
    """The XML element or attribute of a value in a response changed.

    Breaks: clients that read the old element or attribute.
    Instead: add a member with another name.
    Before: {answers: {'200': {description: Done, content: {text/xml: {schema: {type: string, xml: {name: a}}}}}}}
    After: {answers: {'200': {description: Done, content: {text/xml: {schema: {type: string, xml: {name: b}}}}}}}
    """
    return _changed(found, found.in_b, found.in_a)


@schema_rule("request-extensible-value-removed", "extensible", level=Level.WARNING)
def request_extensible_value_removed(found: Difference) -> str:
    """A value was removed from `x-extensible-enum` in a request.

    Breaks: clients that send it, if the server no longer knows it.
    Instead: keep the value in the list for as long as the server accepts it.
    Before: {type: string, x-extensible-enum: [fast, slow]}
    After: {type: string, x-extensible-enum: [fast]}
    """
    return f"{it(found)} no longer lists {values(found.in_a)}"


@schema_rule("response-extensible-value-added", "extensible", level=Level.WARNING)
def response_extensible_value_added(found: Difference) -> str:
    """A value was added to `x-extensible-enum` in a response.

    Breaks: clients that do not handle unknown values, although the contract announces them.
    Instead: nothing to do if clients were told that values can be added.
    Before: {type: string, x-extensible-enum: [ready, busy]}
    After: {type: string, x-extensible-enum: [ready, busy, idle]}
    """
    return f"{it(found)} may now be {values(found.in_a)}"
