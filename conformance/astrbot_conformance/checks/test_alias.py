"""ALIAS-*: a second path to an operation is the same operation."""

import json
from collections.abc import Mapping
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.answer import NOT_JSON, Answer
from astrbot_conformance.belongings import Belongings
from astrbot_conformance.families import FAMILIES
from astrbot_conformance.family import Family, Household
from astrbot_conformance.finding import expect_accepted, found
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.request import asking
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target
from astrbot_conformance.what_there_is import LISTS, request_for, values

BEFORE, AFTER = "as it was made", "as it was changed"


def second_ways(contract: Contract) -> Mapping[str, Operation]:
    """The second path to an operation, by the id of the first."""
    return {operation.alias_of: operation for operation in contract.keyed if operation.alias_of}


def families_by_second(contract: Contract) -> Mapping[str, tuple[Family, Operation]]:
    """The families whose things are shown and changed on two paths, by the id of the second that shows them."""
    second = second_ways(contract)
    return {
        second[family.show.id].id: (family, family.change)
        for family in FAMILIES
        if family.show and family.change and family.show.id in second
    }


def second_ways_to_things(contract: Contract) -> list[Operation]:
    """The second paths to things that the run can make."""
    return [contract.by_id[name] for name in families_by_second(contract)]


def second_ways_to_read(contract: Contract) -> list[Operation]:
    """The second paths that only show something, of what lists tell."""
    of_things = families_by_second(contract)
    reads = [o for o in contract.keyed if o.alias_of and (o.method, o.side_effect) == ("GET", "read")]
    return [o for o in reads if o.id not in of_things and _needed(o, contract) <= LISTS.keys()]


@requirement("ALIAS-SAME")
@over(second_ways_to_read)
def test_alias_same(operation: Operation, target: Target, keys: KeyRing, contract: Contract) -> None:
    """A second path to an operation does the same as the first.

    This one: it shows the same of what there is.
    """
    first, key = contract.by_id[str(operation.alias_of)], keys.weakest(operation.scope)
    known = values(first, target, keys) | values(operation, target, keys)

    shown = target.send_once(request_for(first, known), key)
    again = target.send_once(request_for(operation, known), key)

    _expect_same(again, shown)


@requirement("ALIAS-SAME")
@over(second_ways_to_things)
def test_alias_same_of_writes(
    operation: Operation, target: Target, keys: KeyRing, belongings: Belongings, contract: Contract
) -> None:
    """A second path to an operation does the same as the first.

    This one: it shows, changes and removes what the run made.
    """
    (family, change), second = families_by_second(contract)[operation.id], second_ways(contract)
    household = Household(family, target, keys.weakest(operation.scope), belongings)
    thing, key = household.made(f"{keys.name}alias", BEFORE), household.key
    named: dict[str, Any] = dict.fromkeys(family.named, thing)
    query = {parameter.name: thing for parameter in operation.parameters if parameter.required}

    again = target.send(asking(operation, query=query), key)
    _expect_same(again, target.send(family.showing(thing), key))

    changed = target.send(asking(second[change.id], json_body=family.content(thing, AFTER) | named), key)
    expect_accepted(changed, f"a change of the {family.noun}")
    if AFTER.encode() not in household.shown(thing).body:
        found(changed, expected=f"the {family.noun} changed", actual="it is as it was")

    removed = target.send(asking(second[family.remove.id], query=query), key)
    expect_accepted(removed, f"the removal of the {family.noun}")
    belongings.gone(family.removing(thing))


def _needed(operation: Operation, contract: Contract) -> set[str]:
    """The parameters that one of both paths cannot do without."""
    first = contract.by_id[str(operation.alias_of)]
    return {parameter.name for parameter in (*operation.parameters, *first.parameters) if parameter.required}


def _expect_same(again: Answer, first: Answer) -> None:
    """Raise FindingRaised unless both answers are of one kind and, where they are JSON, carry the same data."""
    same_kind = (again.status, again.media_type) == (first.status, first.media_type)
    comparable = again.json is not NOT_JSON and first.json is not NOT_JSON
    if not same_kind or (comparable and _text(again.data) != _text(first.data)):
        found(again, expected=f"what {first.request.path} answers", actual=f"{again.in_short}, with other data")


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True)
