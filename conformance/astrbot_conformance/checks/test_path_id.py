"""PATH-ID: which of several things a request means, where the path names one and the rest of the request another."""

import json
from dataclasses import dataclass, replace

from astrbot_api.operation import Operation

from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import ResourceClient, ResourceKind, switched
from astrbot_conformance.resources.kinds import FAMILIES
from astrbot_conformance.verdict.finding import found
from astrbot_conformance.verdict.requirement import over, requirement

BEFORE = "as it was made"
FAMILY_OF = {family.change: family for family in FAMILIES if family.change and family.named}


@dataclass(frozen=True, slots=True)
class Done:
    """What was said to all that meant the one thing. turned: None where it was not switched."""

    changed: HttpResponse
    turned: HttpResponse | None
    removed: HttpResponse


@requirement("PATH-ID")
@over(tuple(FAMILY_OF))
def test_path_id(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """The id in the path SHOULD decide which resource is read or changed, whatever id the body contains.

    Things of the run's own, the name of the one the beginning of the other's: the path names the one, the body or the
    query the other, in each member that could be an id. It is changed, switched and removed; the others stay.
    """
    family = FAMILY_OF[operation]
    if family.is_costly and not target.reach.is_cheap:
        raise NotJudged(f"{operation}: tried where a request costs little", by_choice=True)
    client = ResourceClient(family, target, keys.weakest(operation.scope), cleanup)
    name, after = f"{keys.name}path", f"{keys.name}changed"
    alike = _in_capitals(client, name)  # made first: who looks for the other finds it first
    meant, other = (client.made(f"{name}{end}", BEFORE) for end in ("", "-other"))

    changed = target.send(_naming(other, family, family.marking(operation, meant, after)), client.key)
    if changed.is_refusal and target.reach.is_cheap:  # who refuses two ids may still take one for another
        changed = target.send(family.marking(operation, meant, after), client.key)
    touched = client.seen(meant) if changed.is_accepted else None
    turned = _switch(client, meant, other)
    removed = _remove(client, meant, other)

    for bystander in (other, *alike):
        _expect_untouched(client, bystander, after, Done(changed, turned, removed))
    if removed.is_accepted:
        client.cleanup.gone(family.removing(meant))
    answers = [response for response in (changed, turned, removed) if response is not None]
    if not any(response.is_accepted for response in answers):
        raise NotJudged(f"{operation}: nothing that names two ids is accepted, it answers {changed.in_short}")
    if changed.status >= 500:
        raise NotJudged(f"{operation}: answers {changed.in_short}")
    if touched is not None and after not in touched:
        found(changed, expected=f"the {family.noun} in the path changed, or a refusal", actual="it is as it was")


def _in_capitals(client: ResourceClient, name: str) -> list[str]:
    """A thing whose name differs in case only, where requests cost little and the target takes it for another."""
    beginning, _, end = name.rpartition("-")
    other = f"{beginning}-{end.upper()}"
    if not client.target.reach.is_cheap or client.family.id != client.family.called:
        return []
    return [other] if client.tried(other, BEFORE).is_accepted else []


def _naming(other: str, family: ResourceKind, wanted: HttpRequest) -> HttpRequest:
    """The request with another thing named in its body, where that is JSON."""
    if not family.speaks_json or wanted.body is None:
        return wanted
    body = json.loads(wanted.body) | dict.fromkeys(family.named, other)
    return replace(wanted, body=json.dumps(body).encode())


def _switch(client: ResourceClient, meant: str, other: str) -> HttpResponse | None:
    """The answer to a switch to what a new one is not; None where nothing may be switched to that."""
    family = client.family
    if family.switch is None or client.to is not family.to:
        return None
    return client.target.send(_naming(other, family, family.switching(family.switch, meant)), client.key)


def _remove(client: ResourceClient, meant: str, other: str) -> HttpResponse:
    """The answer to a removal whose query names the other."""
    family = client.family
    usual = family.removing(meant)
    misleading = replace(usual, query=tuple(dict.fromkeys(family.named, other).items()))
    return client.target.send(misleading, client.key)


def _expect_untouched(client: ResourceClient, bystander: str, after: str, done: Done) -> None:
    """Raise FindingRaised where a request that meant another did something to this one."""
    seen, alone = client.seen(bystander), f"the {client.family.noun} that the path does not name left alone"
    if seen is None:
        found(done.removed, expected=alone, actual="it is gone")
    if after in seen:
        found(done.changed, expected=alone, actual="it was changed")
    is_on = switched(json.loads(seen)) if done.turned else None
    if done.turned and (client.is_on(bystander) if is_on is None else is_on) is client.to:
        found(done.turned, expected=alone, actual="it was switched")
