"""ALIAS-*: a second path to an operation is the same operation."""

import json
from collections.abc import Mapping
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import along
from astrbot_conformance.http import NOT_JSON, HttpResponse, Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.existing_resources import LISTS, request_for, values
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import Aside, ResourceKind
from astrbot_conformance.resources.kinds import kinds, mcp_servers
from astrbot_conformance.resources.skill_sample import SKILL_FILE
from astrbot_conformance.verdict.finding import expect_accepted, fail
from astrbot_conformance.verdict.requirement import by_itself, over, requirement

ATTEMPTS = 2  # attempts to compare two responses that differ
BEFORE, AFTER = "as it was created", "as it was changed"


def second_paths(contract: Contract) -> Mapping[str, Operation]:
    """The second path to an operation, by the id of the first."""
    return {operation.alias_of: operation for operation in contract.keyed if operation.alias_of}


def kinds_by_second_path(contract: Contract) -> Mapping[str, ResourceKind]:
    """The resource kinds with a second path to change or remove a resource, by the id of that second operation."""
    second = second_paths(contract)
    of_each = [(kind, [first for first in _firsts(kind) if first in second]) for kind in kinds(contract)]
    return {second[firsts[0]].id: kind for kind, firsts in of_each if firsts}


def second_paths_to_resources(contract: Contract) -> list[Operation]:
    """The second paths to resources that the run can create, one for each kind."""
    return [contract.by_id[name] for name in kinds_by_second_path(contract)]


def second_paths_to_read(contract: Contract) -> list[Operation]:
    """The second paths that only read, for resources that lists show."""
    own = {id for kind in kinds_by_second_path(contract).values() for id in _readings(kind, contract)}
    return [o for o in _second_reads(contract) if o.id not in own and _needed(o, contract) <= LISTS.keys()]


@requirement("ALIAS-SAME")
@over(second_paths_to_read)
@by_itself
def test_alias_same(operation: Operation, target: Target, keys: KeyRing, contract: Contract) -> None:
    """Request an existing resource by both paths, and expect the same status, media type and data.

    The data can change in between, so two responses that differ are compared again.
    """
    first, key = contract.by_id[str(operation.alias_of)], keys.weakest(operation.scope)
    known = values(first, target, keys) | values(operation, target, keys)

    shown, again = (target.send_once(request_for(path, known), key) for path in (first, operation))
    if min(shown.status, again.status) >= 400:
        raise NotJudged(f"{first}: both paths return an error: {shown.in_short}")
    for _ in range(ATTEMPTS):  # the data may have changed in between
        if _is_same(again, shown):
            return
        shown, again = (target.send(request_for(path, known), key) for path in (first, operation))

    _expect_same(again, shown)


@requirement("ALIAS-SAME")
@over(second_paths_to_resources, sample_if_slow=3)
def test_alias_same_of_writes(
    operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup, contract: Contract
) -> None:
    """Change, switch, read and remove a resource of the run by the second path.

    Each request must take effect, and both paths must show the same data.
    """
    kind = kinds_by_second_path(contract)[operation.id]
    _judge(ResourceClient(kind, target, keys.weakest(operation.scope), cleanup), f"{keys.name}alias", contract)


@requirement("ALIAS-SAME")
@over(along("replace_mcp_server_by_name"))
def test_alias_same_of_mcp_servers(
    operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup, contract: Contract
) -> None:
    """Change, switch, read and remove an MCP server by the second path, as with other resources.

    A target stores an MCP server only if it can reach it.
    """
    kind = mcp_servers(contract, target.options.known_mcp_server)
    _judge(ResourceClient(kind, target, keys.weakest(operation.scope), cleanup), f"{keys.name}alias", contract)


def _judge(client: ResourceClient, name: str, contract: Contract) -> None:
    """Use every second path to a resource of the run, one after the other."""
    kind, second, send = client.kind, second_paths(contract), client.target.send
    id, key = client.create(name, BEFORE), client.key
    shown = None
    if kind.change and kind.change.id in second:
        changed, shown = send(kind.marking(second[kind.change.id], id, AFTER), key), client.shown(id)
        expect_accepted(changed, f"a change of the {kind.noun} by the second path")
        if AFTER.encode() not in shown.body:
            actual = f"{changed.in_short}, but it was not changed"
            fail(changed, expected=f"the {kind.noun} to be changed by the second path", actual=actual)
    asides = _send_asides(client, id, f"{name}-aside", second)
    shows = _expect_same_shown(client, id, shown, contract)
    for aside, response in asides.items():
        if not any(aside.trace.encode() in one.body for one in shows):
            expected = f"the second path to create `{aside.trace}`"
            fail(response, expected=expected, actual=f"{response.in_short}, but it was not created")
        client.undo(aside)
    if kind.switch and kind.switch.id in second:
        to = client.to
        switched = send(kind.changing(second[kind.switch.id], id, {"enabled": to}), key)
        expect_accepted(switched, f"switching the {kind.noun} {'on' if to else 'off'} by the second path")
        if to is kind.to and client.is_on(id) is (not to):
            expected = f"the {kind.noun} to be switched {'on' if to else 'off'} by the second path"
            fail(switched, expected=expected, actual=f"{switched.in_short}, but it was not")
    _expect_removed(client, id, second.get(kind.remove.id))


def _send_asides(
    client: ResourceClient, id: str, mark: str, second: Mapping[str, Operation]
) -> Mapping[Aside, HttpResponse]:
    """Send the other requests that have a second path by that path, and return the responses."""
    others = {operation.id for operation in second.values()}
    asides = [aside for aside in client.kind.asides(id, mark) if aside.attempt.operation.id in others]
    answers = {}
    for aside in asides:
        if aside.removal:
            client.cleanup.owns(aside.removal, client.key)
        answers[aside] = client.target.send(aside.attempt, client.key)
        expect_accepted(answers[aside], f"an additional change to the {client.kind.noun} by the second path")
    return answers


def _expect_same_shown(
    client: ResourceClient, id: str, shown: HttpResponse | None, contract: Contract
) -> list[HttpResponse]:
    """The responses of the first paths. shown: a response that is already known."""
    kind, send, key = client.kind, client.target.send, client.key
    known, shows = _known(kind, id), list[HttpResponse]()
    for again in _readings(kind, contract).values():
        first = request_for(contract.by_id[str(again.alias_of)], known)
        shows.append(shown if shown and shown.request == first else send(first, key))
        _expect_same(send(request_for(again, known), key), shows[-1])
    return shows


def _expect_removed(client: ResourceClient, id: str, second: Operation | None) -> None:
    """Remove by the second path, if there is one. Raises FindingRaised if only the first path removes the resource."""
    kind = client.kind
    removed = client.target.send(kind.removing(id, second), client.key)
    expect_accepted(removed, f"the removal of the {kind.noun}{' by the second path' if second else ''}")
    if second and client.exists(id):
        client.remove(id)
        if not client.exists(id):
            actual = f"{removed.in_short}, but only {kind.remove} removed it"
            fail(removed, expected=f"the {kind.noun} to be removed by the second path", actual=actual)
    client.cleanup.gone(kind.removing(id))


def _firsts(kind: ResourceKind) -> list[str]:
    """The ids of the operations that change, switch and remove resources of a kind."""
    return [one.id for one in (kind.change, kind.switch, kind.remove) if one]


def _second_reads(contract: Contract) -> list[Operation]:
    return [o for o in contract.keyed if o.alias_of and (o.method, o.side_effect) == ("GET", "read")]


def _readings(kind: ResourceKind, contract: Contract) -> Mapping[str, Operation]:
    """The second paths that read a resource or a part of it, by id."""
    known, tag = _known(kind, "").keys(), kind.create.tag
    return {o.id: o for o in _second_reads(contract) if o.tag == tag and _needed(o, contract) <= known}


def _known(kind: ResourceKind, id: str) -> dict[str, str]:
    """The values of the parameters that name a resource of the run."""
    return dict.fromkeys(kind.named, id) | dict.fromkeys(("path", "file_path"), SKILL_FILE)


def _needed(operation: Operation, contract: Contract) -> set[str]:
    """The parameters that at least one of both paths requires."""
    first = contract.by_id[str(operation.alias_of)]
    return {parameter.name for parameter in (*operation.parameters, *first.parameters) if parameter.required}


def _expect_same(again: HttpResponse, first: HttpResponse) -> None:
    if not _is_same(again, first):
        expected = f"the same response as from {first.request.path}: {first.in_short}"
        fail(again, expected=expected, actual=f"{again.in_short}, with different data")


def _is_same(again: HttpResponse, first: HttpResponse) -> bool:
    """Whether both responses have the same status and media type and, if both are JSON, the same data."""
    same_kind = (again.status, again.media_type) == (first.status, first.media_type)
    comparable = again.json is not NOT_JSON and first.json is not NOT_JSON
    return same_kind and (not comparable or _text(again.data) == _text(first.data))


def _text(data: Any) -> str:
    """JSON text for comparison. It ignores the order of members and of lists of objects, which is not promised."""
    return json.dumps(_in_order(data), sort_keys=True)


def _in_order(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _in_order(value) for name, value in data.items()}
    if not isinstance(data, list):
        return data
    items = [_in_order(item) for item in data]
    return sorted(items, key=_text) if all(isinstance(item, dict) for item in items) else items
