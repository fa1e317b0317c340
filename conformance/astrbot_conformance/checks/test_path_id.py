"""PATH-ID: which resource a request affects if the path names one and the rest of the request names another."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import HttpRequest, HttpResponse, Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient, switched
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

BEFORE = "as it was created"


def kinds_by_change(contract: Contract) -> Mapping[Operation, ResourceKind]:
    """The kinds of resources that a body can name, by the operation that changes one."""
    return {kind.change: kind for kind in kinds(contract) if kind.change and kind.named}


@dataclass(frozen=True, slots=True)
class Responses:
    """The responses to the requests that named one resource in the path. toggled: None if it was not switched."""

    changed: HttpResponse
    toggled: HttpResponse | None
    removed: HttpResponse


@requirement("PATH-ID")
@over(lambda contract: tuple(kinds_by_change(contract)))
def test_path_id(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Name one resource in the path and another in the body or query; change, switch and remove the first.

    The other resource must stay unchanged. The name of the first is a prefix of its name. If requests are cheap, there
    is a third resource, whose name differs from the first only in case.
    """
    kind = kinds_by_change(keys.contract)[operation]
    if kind.is_costly and not target.options.is_cheap:
        raise NotJudged(f"{operation}: judged only on a fast server, or with --effects destructive", by_choice=True)
    client = ResourceClient(kind, target, keys.weakest(operation.scope), cleanup)
    name, after = f"{keys.name}path", f"{keys.name}changed"
    similar = _in_capitals(client, name)  # created first, so that a case-insensitive search finds it first
    named, other = (client.create(f"{name}{end}", BEFORE) for end in ("", "-other"))

    changed = target.send(_naming(other, kind, kind.marking(operation, named, after)), client.key)
    if changed.is_refusal and target.options.is_cheap:  # a server that rejects two ids may still confuse two resources
        changed = target.send(kind.marking(operation, named, after), client.key)
    shown = client.data_of(named) if changed.is_accepted else None
    toggled = _switch(client, named, other)
    removed = _remove(client, named, other)

    for bystander in (other, *similar):
        _expect_unchanged(client, bystander, after, Responses(changed, toggled, removed))
    if removed.is_accepted:
        client.cleanup.gone(kind.removing(named))
    answers = [response for response in (changed, toggled, removed) if response is not None]
    if not any(response.is_accepted for response in answers):
        raise NotJudged(f"{operation}: no request that names two ids is accepted: {changed.in_short}")
    if changed.status >= 500:
        raise NotJudged(f"{operation}: a request that names two ids got {changed.in_short}")
    if shown is not None and after not in shown:
        expected = f"the {kind.noun} in the path to be changed, or the request to be rejected"
        fail(changed, expected=expected, actual=f"{changed.in_short}, but nothing was changed")


def _in_capitals(client: ResourceClient, name: str) -> list[str]:
    """A resource whose name differs only in case, if requests are cheap and the target accepts it as another one."""
    beginning, _, end = name.rpartition("-")
    other = f"{beginning}-{end.upper()}"
    if not client.target.options.is_cheap or client.kind.id != client.kind.called:
        return []
    return [other] if client.try_to_create(other, BEFORE).is_accepted else []


def _naming(other: str, kind: ResourceKind, original: HttpRequest) -> HttpRequest:
    """The request with another resource named in its body, if the body is JSON."""
    if not kind.speaks_json or original.body is None:
        return original
    body = json.loads(original.body) | dict.fromkeys(kind.named, other)
    return replace(original, body=json.dumps(body).encode())


def _switch(client: ResourceClient, named: str, other: str) -> HttpResponse | None:
    """The response to a switch away from the state of a new resource; None if that switch is not allowed."""
    kind = client.kind
    if kind.switch is None or client.to is not kind.to:
        return None
    return client.target.send(_naming(other, kind, kind.switching(kind.switch, named)), client.key)


def _remove(client: ResourceClient, named: str, other: str) -> HttpResponse:
    """The response to a removal whose query names the other resource."""
    kind = client.kind
    usual = kind.removing(named)
    misleading = replace(usual, query=tuple(dict.fromkeys(kind.named, other).items()))
    return client.target.send(misleading, client.key)


def _expect_unchanged(client: ResourceClient, bystander: str, after: str, responses: Responses) -> None:
    """Raise FindingRaised if a request that named another resource changed this one."""
    data, expected = client.data_of(bystander), f"the {client.kind.noun} that the path does not name to stay unchanged"
    if data is None:
        fail(responses.removed, expected=expected, actual="it was deleted")
    if after in data:
        fail(responses.changed, expected=expected, actual="it was changed")
    is_on = switched(json.loads(data)) if responses.toggled else None
    if responses.toggled and (client.is_on(bystander) if is_on is None else is_on) is client.to:
        fail(responses.toggled, expected=expected, actual="it was switched on or off")
