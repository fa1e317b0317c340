"""Rejected requests that would create, change, switch or remove a resource of the run: none may take effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from astrbot_conformance.http import HttpResponse, Key, Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import fail_for_effect
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import UNCHANGED, Aside, ResourceKind
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.verdict.finding import fail


@dataclass(frozen=True, slots=True)
class Refused:
    """A rejected request, and the text that the listing would contain if the request had taken effect."""

    response: HttpResponse
    trace: str


def expect_no_effect(
    kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration
) -> None:
    """Raise FindingRaised if a rejected request creates, changes, switches or removes a resource of this kind."""
    client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
    invalid = exploration.choose(kind.noun, [None, keys.unknown()] if exploration.is_cheap else [None])[0]
    outsiders = [keys.strongest_without(kind.scope), invalid]
    beginning = f"{keys.name}{kind.slug}"
    with client.temporary(f"{beginning}-kept") as id:
        again = _try_again(client, id, f"{beginning}-again", exploration)
        listing = _expect_nothing_created(client, beginning, outsiders)
        _expect_not_listed_twice(client, id, again, listing)
        _expect_nothing_changed(client, id, beginning, outsiders, again)
        _expect_not_switched(client, id, outsiders, before=client.is_on(id, listing))
        _expect_no_aside(client, id, f"{beginning}-aside", outsiders)
        _expect_takes_effect(client, id, f"{beginning}-mark", outsiders)
        _expect_not_removed(client, id, outsiders)


def _try_again(client: ResourceClient, id: str, mark: str, exploration: Exploration) -> Refused | None:
    """Create the resource a second time, with the required scope and another content. None if that is not rejected."""
    kind = client.kind
    if kind.change is None or kind.id != kind.called or (kind.is_costly and not exploration.is_cheap):
        return None
    response = client.target.send(kind.making(id, mark), client.key)
    return Refused(response, mark) if response.is_refusal else None


def _expect_not_listed_twice(client: ResourceClient, id: str, again: Refused | None, listing: HttpResponse) -> None:
    times = client.kind.entries(listing.json, id)
    if again and times > 1:
        actual = f"{again.response.in_short}, but {times} of them are listed"
        fail(again.response, expected=f"one {client.kind.noun} with the id `{id}`", actual=actual)


def _expect_nothing_created(client: ResourceClient, beginning: str, outsiders: list[Key | None]) -> HttpResponse:
    """Return the listing. Raises FindingRaised if a rejected request created something."""
    kind, send = client.kind, client.target.send
    names = [(kind.naming(f"{beginning}-new-{number}"), key) for number, key in enumerate(outsiders, 1)]
    attempts = [Refused(send(kind.making(name), key), name) for name, key in names]
    listing = client.listed()
    for attempt in attempts:
        created = kind.find(listing.json, attempt.trace)
        if created is None:
            continue
        client.remove(created)
        for refused in _rejected([attempt]):
            fail_for_effect(refused.response, f"the {kind.noun} was created")
    return listing


def _expect_nothing_changed(
    client: ResourceClient, id: str, beginning: str, outsiders: list[Key | None], again: Refused | None
) -> None:
    kind = client.kind
    changed = []
    for number, (operation, key) in enumerate(product(kind.ways(kind.change), outsiders), 1):
        mark = f"{beginning}-changed-{number}"
        changed.append(Refused(client.target.send(kind.marking(operation, id, mark), key), mark))
    shown = client.shown(id).body if changed else b""
    if again and again.trace.encode() in shown:
        actual = f"{again.response.in_short}, but it replaced the existing {kind.noun}"
        fail(again.response, expected=UNCHANGED, actual=actual)
    for refused in _rejected(changed):
        if refused.trace.encode() in shown:
            fail_for_effect(refused.response, f"the {kind.noun} was changed")


def _expect_not_switched(client: ResourceClient, id: str, outsiders: list[Key | None], *, before: bool | None) -> None:
    kind, send = client.kind, client.target.send
    switches = kind.ways(kind.switch)
    attempts = list(product(switches, outsiders))
    for operation, outsider in attempts:
        send(kind.switching(operation, id), outsider)
    if not switches or before is None or client.is_on(id) == before:
        return
    for operation, outsider in attempts:  # one of them had an effect: try each one alone
        send(kind.changing(switches[0], id, {"enabled": before}), client.key)
        response = send(kind.switching(operation, id), outsider)
        if not response.admits and client.is_on(id) != before:
            fail_for_effect(response, f"the {kind.noun} was switched on or off")


def _expect_no_aside(client: ResourceClient, id: str, mark: str, outsiders: list[Key | None]) -> None:
    answers = {
        aside: client.target.send(aside.attempt, outsider)
        for number, outsider in enumerate(outsiders, 1)
        for aside in client.kind.asides(id, f"{mark}-{number}")
    }
    for aside in client.shown_of(answers):
        client.undo(aside)
        if not answers[aside].admits:
            fail_for_effect(answers[aside], f"`{aside.trace}` was created or changed")


def _expect_takes_effect(client: ResourceClient, id: str, mark: str, outsiders: list[Key | None]) -> None:
    """Run the control: the same change with the required scope takes effect. NotJudged otherwise."""
    kind, send, key = client.kind, client.target.send, client.key
    answers = {aside: send(aside.attempt, key) for aside in kind.asides(id, mark)}
    shown = client.shown_of(answers)
    try:
        _expect_not_undone(client, shown, outsiders)
    finally:
        for aside in shown:
            client.undo(aside)
    for aside, response in answers.items():
        if aside not in shown:
            raise NotJudged(
                f"{response.request.operation}: has no effect even with the required scope: {response.in_short}"
            )
    if kind.change is None:
        return
    response = send(kind.marking(kind.change, id, mark), key)
    if not response.is_accepted or mark.encode() not in client.shown(id).body:
        raise NotJudged(f"{kind.change}: changes nothing even with the required scope: {response.in_short}")


def _expect_not_undone(client: ResourceClient, asides: Sequence[Aside], outsiders: list[Key | None]) -> None:
    """Try the removals that remove nothing else. Removals of a whole resource are tried on that resource."""
    send = client.target.send
    of_resources = {kind.remove.id for kind in kinds(client.kind.contract)}
    others = [aside for aside in asides if aside.removal and aside.removal.operation.id not in of_resources]
    removals = {aside: aside.removal for aside in others if aside.removal}
    for removal, outsider in product(removals.values(), outsiders):
        send(removal, outsider)
    for aside in removals.keys() - set(client.shown_of(removals)):
        for outsider in outsiders:  # one of them had an effect: try each one alone
            send(aside.attempt, client.key)
            response = send(removals[aside], outsider)
            if not response.admits and not client.shown_of([aside]):
                fail_for_effect(response, f"`{aside.trace}` was removed")


def _expect_not_removed(client: ResourceClient, id: str, outsiders: list[Key | None]) -> None:
    removals = product(client.kind.ways(client.kind.remove), outsiders)
    answers = [client.target.send(client.kind.removing(id, operation), key) for operation, key in removals]
    if any(response.admits for response in answers) or client.exists(id):
        return  # an authorized key may have removed it, which the passive check of authorization reports
    for response in answers:  # one of them had an effect: send each one alone, so that the finding names the right one
        with client.temporary(f"{id}-again") as again:
            removal = client.kind.removing(again, response.request.operation)
            repeated = client.target.send(removal, response.key)
            if not repeated.admits and not client.exists(again):
                fail_for_effect(repeated, f"the {client.kind.noun} was removed")
    fail_for_effect(answers[0], f"the {client.kind.noun} was removed")


def _rejected(attempts: list[Refused]) -> list[Refused]:
    """Those that were rejected; if one was authorized, the passive check of authorization reports it."""
    return [attempt for attempt in attempts if not attempt.response.admits]
