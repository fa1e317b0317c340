"""Rejected requests that would create, change, switch or remove a resource of the run: none may take effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from astrbot_conformance.http.key import Key
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import UNCHANGED, Aside, ResourceClient, ResourceKind, ways
from astrbot_conformance.resources.kinds import KINDS
from astrbot_conformance.verdict.finding import found

TAKING_NAMES = tuple(kind for kind in KINDS if kind.change and kind.id == kind.called)
TAKEN = {True: len(TAKING_NAMES), False: 2}  # number of resource kinds that are tried, by whether requests are cheap
REMOVALS = frozenset(kind.remove for kind in KINDS)  # each is tried on the resource that it removes


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
    outsider = keys.strongest_without(kind.scope)
    anybody = exploration.choose(kind.noun, [None, keys.unknown()] if exploration.is_cheap else [None])[0]
    beginning = f"{keys.name}{kind.slug}"
    with client.kept(f"{beginning}-kept") as id:
        listing = _expect_nothing_made(client, beginning, [outsider, anybody])
        _expect_nothing_changed(client, id, beginning, [outsider, anybody])
        _expect_not_switched(client, id, [outsider, anybody], before=client.is_on(id, listing))
        _expect_nothing_aside(client, id, f"{beginning}-aside", [outsider, anybody])
        _expect_takes_effect(client, id, f"{beginning}-mark", [outsider, anybody])
        if kind in exploration.choose("names that are taken", TAKING_NAMES, size=TAKEN[exploration.is_cheap]):
            _expect_not_made_again(client, id, f"{beginning}-again")
        _expect_not_removed(client, id, [outsider, anybody])


def _expect_nothing_made(client: ResourceClient, beginning: str, strangers: list[Key | None]) -> HttpResponse:
    """Return the listing. Raises FindingRaised if a rejected request created something."""
    kind, send = client.kind, client.target.send
    making = [(kind.naming(f"{beginning}-new-{number}"), key) for number, key in enumerate(strangers, 1)]
    made = [Refused(send(kind.making(name), key), name) for name, key in making]
    listing = client.listed()
    for attempt in made:
        intruder = kind.find(listing.json, attempt.trace)
        if intruder is None:
            continue
        client.remove(intruder)
        for refused in _truly([attempt]):
            found(refused.response, expected=UNCHANGED, actual=f"{refused.response.in_short}, yet it was made")
    return listing


def _expect_nothing_changed(client: ResourceClient, id: str, beginning: str, strangers: list[Key | None]) -> None:
    kind = client.kind
    changed = []
    for number, (operation, key) in enumerate(product(ways(kind.change), strangers), 1):
        mark = f"{beginning}-changed-{number}"
        changed.append(Refused(client.target.send(kind.marking(operation, id, mark), key), mark))
    shown = client.shown(id).body if changed else b""
    for refused in _truly(changed):
        if refused.trace.encode() in shown:
            found(refused.response, expected=UNCHANGED, actual=f"{refused.response.in_short}, yet it was changed")


def _expect_not_switched(client: ResourceClient, id: str, strangers: list[Key | None], *, before: bool | None) -> None:
    kind, send = client.kind, client.target.send
    switches = ways(kind.switch)
    attempts = list(product(switches, strangers))
    for operation, stranger in attempts:
        send(kind.switching(operation, id), stranger)
    if not switches or before is None or client.is_on(id) == before:
        return
    for operation, stranger in attempts:  # one of them had an effect: try each one alone
        send(kind.changing(switches[0], id, {"enabled": before}), client.key)
        response = send(kind.switching(operation, id), stranger)
        if not response.admits and client.is_on(id) != before:
            found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it was switched")


def _expect_nothing_aside(client: ResourceClient, id: str, mark: str, strangers: list[Key | None]) -> None:
    answers = {
        aside: client.target.send(aside.attempt, stranger)
        for number, stranger in enumerate(strangers, 1)
        for aside in client.kind.asides(id, f"{mark}-{number}")
    }
    for aside in client.shown_of(answers):
        client.undo(aside)
        if not answers[aside].admits:
            found(answers[aside], expected=UNCHANGED, actual=f"{answers[aside].in_short}, yet it was done")


def _expect_takes_effect(client: ResourceClient, id: str, mark: str, strangers: list[Key | None]) -> None:
    """Run the control: the same change with the required scope takes effect. NotJudged otherwise."""
    kind, send, key = client.kind, client.target.send, client.key
    answers = {aside: send(aside.attempt, key) for aside in kind.asides(id, mark)}
    shown = client.shown_of(answers)
    try:
        _expect_not_undone(client, shown, strangers)
    finally:
        for aside in shown:
            client.undo(aside)
    for aside, response in answers.items():
        if aside not in shown:
            raise NotJudged(
                f"{response.request.operation}: does nothing with a sufficient key either: {response.in_short}"
            )
    if kind.change is None:
        return
    response = send(kind.marking(kind.change, id, mark), key)
    if not response.is_accepted or mark.encode() not in client.shown(id).body:
        raise NotJudged(f"{kind.change}: changes nothing with a sufficient key either: {response.in_short}")


def _expect_not_made_again(client: ResourceClient, id: str, mark: str) -> None:
    """Expect that a second creation with the required scope is rejected or replaces the first, not both."""
    response = client.target.send(client.kind.making(id, mark), client.key)
    if response.is_refusal and mark.encode() in client.shown(id).body:
        found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it replaced what was there")


def _expect_not_undone(client: ResourceClient, asides: Sequence[Aside], strangers: list[Key | None]) -> None:
    """Try the removals that remove nothing else. Removals of a whole resource are tried on that resource."""
    send = client.target.send
    removals = {aside: aside.removal for aside in asides if aside.removal and aside.removal.operation not in REMOVALS}
    for removal, stranger in product(removals.values(), strangers):
        send(removal, stranger)
    for aside in removals.keys() - set(client.shown_of(removals)):
        for stranger in strangers:  # one of them had an effect: try each one alone
            send(aside.attempt, client.key)
            response = send(removals[aside], stranger)
            if not response.admits and not client.shown_of([aside]):
                found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it was undone")


def _expect_not_removed(client: ResourceClient, id: str, strangers: list[Key | None]) -> None:
    removals = product(ways(client.kind.remove), strangers)
    answers = [client.target.send(client.kind.removing(id, operation), key) for operation, key in removals]
    if any(response.admits for response in answers) or client.stands(id):
        return  # an authorized key may have removed it, which the passive check of authorization reports
    for response in answers:  # one of them had an effect: send each one alone, so that the finding names the right one
        with client.kept(f"{id}-again") as again:
            removal = client.kind.removing(again, response.request.operation)
            repeated = client.target.send(removal, response.key)
            if not repeated.admits and not client.stands(again):
                found(repeated, expected=UNCHANGED, actual=f"{repeated.in_short}, yet it was removed")
    found(answers[0], expected=UNCHANGED, actual=f"{answers[0].in_short}, yet it was removed")


def _truly(attempts: list[Refused]) -> list[Refused]:
    """Those that were rejected; if one was authorized, the passive check of authorization reports it."""
    return [attempt for attempt in attempts if not attempt.response.admits]
