"""Attempts of unauthorized callers on an existing resource or chat session. Each attempt must be rejected.

Only resources that the run created are used, and the run may lose them: a server that authorizes an attempt executes
it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.sessions import user_of
from astrbot_conformance.http import NOT_SERVED, HttpRequest, HttpResponse, Key, Target, asking, harmless
from astrbot_conformance.keys.implication import comes_from_implication
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.required_rejection import INSUFFICIENT
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.plugin_sample import ASSET, FILE_ITEM, PAGE
from astrbot_conformance.resources.skill_sample import SKILL_FILE
from astrbot_conformance.verdict.finding import FindingRaised

PARTS = {"file_path": SKILL_FILE, "config_key": FILE_ITEM, "page_name": PAGE, "asset_path": ASSET}
"""Parts that every resource of their kind has: parameter -> value."""


@dataclass(frozen=True, slots=True)
class Outsiders:
    """The callers that must be rejected, and how a rejection is judged.

    keys: None means no key. expect_rejected: raises FindingRaised. by_aliases: whether keys are also tried on the
    second paths of operations. On a slow server these are as expensive as the first paths; a request without a key
    is cheap.
    """

    keys: Sequence[Key | None]
    expect_rejected: Callable[[HttpResponse], None]
    by_aliases: bool = True

    def trying(self, operation: Operation) -> Sequence[Key | None]:
        """The callers that try an operation."""
        return self.keys if self.by_aliases or not operation.alias_of else [key for key in self.keys if key is None]


@dataclass
class Tried:
    """The result of attempts: the findings, and whether the server executed any attempt."""

    findings: list[FindingRaised] = field(default_factory=list)
    was_authorized: bool = False


def expect_all_rejected(client: ResourceClient, name: str, outsiders: Outsiders) -> None:
    """Let `outsiders` read, list, change, switch and remove a resource that exists.

    Raises the first FindingRaised when all was tried. NotJudged if no resource can be created, or if its owner cannot
    read it.
    """
    kind = client.kind
    with client.temporary(name) as id:
        shown = client.shown(id)  # from here on the server knows that a caller may use this resource
        if not shown.is_accepted:
            raise NotJudged(f"{shown.request.operation}: a key with the required scope got {shown.in_short}")
        asides = kind.asides(id, f"{kind.naming(name)}-aside")
        attempts = [*_attempts(kind, id), *(aside.attempt for aside in asides)]
        tried = try_each(client.target, attempts, outsiders)
        for aside in asides if tried.was_authorized else ():
            client.undo(aside)
        findings = [*tried.findings, *_findings_of_removals(client, id, outsiders)]
    if findings:
        raise findings[0]


def try_each(target: Target, attempts: Sequence[HttpRequest], outsiders: Outsiders) -> Tried:
    """Send each of `attempts` as each of `outsiders`, and without a key."""
    tried = Tried()
    for attempt in attempts:
        bare = target.send(attempt)
        tried.was_authorized |= bare.is_accepted
        if bare.status in NOT_SERVED:
            continue  # a passive check compares this with the response to an unknown key
        for key in outsiders.trying(attempt.operation):
            response = target.send(attempt, key) if key else bare
            tried.was_authorized |= response.is_accepted
            try:
                outsiders.expect_rejected(response)
            except FindingRaised as raised:
                tried.findings.append(raised)
    return tried


def _findings_of_removals(client: ResourceClient, id: str, outsiders: Outsiders) -> Iterator[FindingRaised]:
    """The findings of each way to remove the resource. If an outsider removes it, it is created again."""
    existing, number = id, 0
    for operation in client.kind.ways(client.kind.remove):
        for key in outsiders.trying(operation):
            response = client.target.send(client.kind.removing(existing, operation), key)
            if response.status in NOT_SERVED:
                break
            try:
                outsiders.expect_rejected(response)
            except FindingRaised as raised:
                yield raised
            if response.admits and not client.exists(existing):
                number += 1
                existing = client.create(f"{id}-{number}", "made by a conformance run")


def _attempts(kind: ResourceKind, id: str) -> list[HttpRequest]:
    """Every request that reads, lists, changes or switches the resource."""
    mark = f"{id}-changed"
    reads = (request for operation in kind.contract.keyed if (request := _reading(kind, operation, id)))
    return [
        asking(kind.listing),
        *reads,
        *(kind.marking(operation, id, mark) for operation in kind.ways(kind.change)),
        *(kind.switching(operation, id) for operation in kind.ways(kind.switch)),
    ]


def _reading(kind: ResourceKind, operation: Operation, id: str) -> HttpRequest | None:
    """The request that reads the resource or a part of it by `operation`; None if the operation does something else."""
    required = [parameter for parameter in operation.parameters if parameter.required or parameter.param_in == "path"]
    values = {p.name: id if p.name in kind.named else PARTS.get(p.name) for p in required}
    known = {name: value for name, value in values.items() if value is not None}
    is_about = operation.scope == kind.scope and id in known.values()
    if operation.side_effect != "read" or len(known) < len(values) or not is_about:
        return None
    return asking(operation, values=known)


class InsufficientKeyRejection:
    """Expects that a key without the scope is rejected. It leaves out what SCOPE-NOT-IMPLIED reports."""

    def __init__(self, target: Target, keys: KeyRing) -> None:
        """Judge responses of `target` to one of `keys`."""
        self._target, self._keys = target, keys
        self._implied: Operation | None = None

    def expect(self, response: HttpResponse) -> None:
        """Raise FindingRaised unless the key was rejected, or only a scope of an implication authorized it."""
        operation, target = response.request.operation, self._target
        if response.admits and comes_from_implication(harmless(operation), target, self._keys, target.key_header):
            self._implied = operation
            return
        expect_rejected(response, self._keys.contract, status=403, message=INSUFFICIENT)

    def expect_no_implication(self) -> None:
        """Raise NotJudged if an implication authorized the key for any operation."""
        if self._implied:
            raise NotJudged(f"{self._implied}: another scope implies the required one, see SCOPE-NOT-IMPLIED")


def attempts_on(session: str, owner: Key) -> list[HttpRequest]:
    """Requests that list, read, rename, stop and remove the session."""
    path = {"session_id": session}
    return [
        request("list_chat_sessions", username=user_of(owner)),
        request("get_chat_session", **path),
        request("update_chat_session", **path, body={"display_name": f"{session}-changed"}),
        request("stop_chat_session", **path),
        request("delete_chat_sessions", body={"session_ids": [session]}),
        request("delete_chat_session", **path),
    ]
