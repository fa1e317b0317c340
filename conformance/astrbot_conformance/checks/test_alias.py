"""ALIAS-*: a second path to an operation is the same operation."""

import json
from typing import Any

from astrbot_api.operations import BY_ID, KEYED, Operation

from astrbot_conformance.answer import NOT_JSON, Answer
from astrbot_conformance.belongings import Belongings
from astrbot_conformance.families import FAMILIES
from astrbot_conformance.family import Household
from astrbot_conformance.finding import expect_accepted, found
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.request import asking
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target
from astrbot_conformance.what_there_is import LISTS, request_for, values

BEFORE, AFTER = "as it was made", "as it was changed"
SECOND = {operation.alias_of: operation for operation in KEYED if operation.alias_of}
OF_THINGS = {
    SECOND[family.show.id]: (family, family.change)
    for family in FAMILIES
    if family.show and family.change and family.show.id in SECOND
}
READS = tuple(
    operation
    for operation in KEYED
    if operation.alias_of
    and operation.side_effect == "read"
    and operation.method == "GET"
    and operation not in OF_THINGS
    and {p.name for p in (*operation.parameters, *BY_ID[operation.alias_of].parameters) if p.required} <= LISTS.keys()
)


@requirement("ALIAS-SAME")
@over(READS)
def test_alias_same(operation: Operation, target: Target, keys: KeyRing) -> None:
    """A second path to an operation does the same as the first.

    This one: it shows the same of what there is.
    """
    first, key = BY_ID[str(operation.alias_of)], keys.weakest(operation.scope)
    known = values(first, target, keys) | values(operation, target, keys)

    shown = target.send_once(request_for(first, known), key)
    again = target.send_once(request_for(operation, known), key)

    _expect_same(again, shown)


@requirement("ALIAS-SAME")
@over(tuple(OF_THINGS))
def test_alias_same_of_writes(operation: Operation, target: Target, keys: KeyRing, belongings: Belongings) -> None:
    """A second path to an operation does the same as the first.

    This one: it shows, changes and removes what the run made.
    """
    family, change = OF_THINGS[operation]
    household = Household(family, target, keys.weakest(operation.scope), belongings)
    thing, key = household.made(f"{keys.name}alias", BEFORE), household.key
    named: dict[str, Any] = dict.fromkeys(family.named, thing)
    query = {parameter.name: thing for parameter in operation.parameters if parameter.required}

    again = target.send(asking(operation, query=query), key)
    _expect_same(again, target.send(family.showing(thing), key))

    changed = target.send(asking(SECOND[change.id], json_body=family.content(thing, AFTER) | named), key)
    expect_accepted(changed, f"a change of the {family.noun}")
    if AFTER.encode() not in household.shown(thing).body:
        found(changed, expected=f"the {family.noun} changed", actual="it is as it was")

    removed = target.send(asking(SECOND[family.remove.id], query=query), key)
    expect_accepted(removed, f"the removal of the {family.noun}")
    belongings.gone(family.removing(thing))


def _expect_same(again: Answer, first: Answer) -> None:
    """Raise FindingRaised unless both answers are of one kind and, where they are JSON, carry the same data."""
    same_kind = (again.status, again.media_type) == (first.status, first.media_type)
    comparable = again.json is not NOT_JSON and first.json is not NOT_JSON
    if not same_kind or (comparable and _text(again.data) != _text(first.data)):
        found(again, expected=f"what {first.request.path} answers", actual=f"{again.in_short}, with other data")


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True)
