"""SCOPE-NO-EFFECT of requests with the required scope that are rejected for their content."""

from collections.abc import Iterable, Iterator
from typing import Any

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import writing
from astrbot_conformance.http import HttpRequest, Target, asking
from astrbot_conformance.inputs.invalid_bodies import invalid_bodies
from astrbot_conformance.json_value import objects
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.scenarios.entries import Entries, whole
from astrbot_conformance.scenarios.updates import Read, Updates
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import for_each, over, requirement

Attempt = tuple[str, HttpRequest]


@requirement("SCOPE-NO-EFFECT")
@for_each(
    "kind", lambda contract: [kind for kind in kinds(contract) if kind.speaks_json], called=lambda kind: kind.noun
)
@over(writing)
def test_scope_no_effect_of_invalid_requests(
    kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup
) -> None:
    """Try to create and change resources with bodies that the contract rejects, and read all resources of the run.

    No rejected request may create or change one. The control: a valid change takes effect before and after them.
    """
    if not target.options.is_cheap:
        raise NotJudged(f"{kind.noun}: judged only on a fast server, or with --effects destructive", by_choice=True)
    updates = Updates(target, keys.weakest(kind.scope), cleanup, keys, f"invalid-{kind.slug}")
    client = ResourceClient(kind, target, updates.key, cleanup)
    one, other = (updates.create(kind, kind.naming(f"{updates.mark}-{end}")) for end in ("one", "two"))
    _expect_takes_effect(client, one, f"{updates.mark}-before")
    updates.begin(Read(kind.noun, asking(kind.listing), _entries(kind)), *_alone(kind, one, other))

    updates.expect_no_effect([*_creations(kind, updates.mark, one), *_changes(kind, updates.mark, one, other)])
    _expect_takes_effect(client, one, f"{updates.mark}-after")
    updates.begin(*updates.reads)
    if updates.expect_no_effect(_special(kind, one)):  # a server that accepts one of them may lose the resource
        _expect_takes_effect(client, one, f"{updates.mark}-at-the-end-after")
    client.remove(one)
    client.remove(other)


def _described_as_json(candidates: Iterable[ResourceKind]) -> list[ResourceKind]:
    return [kind for kind in candidates if kind.speaks_json]


def _creations(kind: ResourceKind, mark: str, existing: str) -> Iterator[Attempt]:
    """Creations with an invalid body, and one with an id that is taken."""
    for creation in (kind.create, *_other_creations(kind)):
        valid, named = kind.content(f"{mark}-new", "invalid"), (*kind.named, kind.id, kind.called, "source_id")
        valid |= {"source_id": mark} if creation is not kind.create else {}
        path = {parameter.name: mark for parameter in creation.parameters if parameter.param_in == "path"}
        for number, (what, invalid) in enumerate(_invalid(kind, creation, valid, named)):
            body = invalid | {kind.called: f"{mark}-new-{creation.id.replace('_', '-')}-{number}"}
            yield f"the creation of a {kind.noun} with {what}", asking(creation, path=path, json_body=body)
        if kind.id == kind.called and kind.change and creation.id not in CREATES_OR_REPLACES:
            body = valid | {kind.called: existing}
            yield f"the creation of a {kind.noun} whose id is taken", asking(creation, path=path, json_body=body)


RENAMED = ("bot", "provider", "provider source")  # the body of a change may contain another id


def _invalid(
    kind: ResourceKind, operation: Operation, valid: dict[str, Any], named: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Invalid bodies. In a configuration of the whole installation, only the switch gets a wrong type.

    Measured on 4.29.1: a wrong type in a provider is rejected and stored, and then no configuration can be changed.
    """
    for what, body in invalid_bodies(kind.contract, operation, valid, named):
        if not kind.is_configuration or what.endswith("`enabled`"):
            yield what, body


# Operations that replace an existing resource, or create a nonexistent one.
CREATES_OR_REPLACES = {"create_provider_source", "replace_provider_source", "replace_t2i_template"}
# Operations that create a nonexistent resource, or ignore that it does not exist.
ACCEPTS_ANY_ID = {*CREATES_OR_REPLACES, "update_persona_folder"}


def _other_creations(kind: ResourceKind) -> list[Operation]:
    """The operations that create a provider under its source."""
    ids = ("create_provider_source_provider", "create_provider_source_provider_by_id")
    return [kind.contract.by_id[id] for id in ids if kind.noun == "provider" and id in kind.contract.by_id]


def _changes(kind: ResourceKind, mark: str, one: str, other: str) -> Iterator[Attempt]:
    """Changes with an invalid body, with an id that is taken, and of a resource that does not exist."""
    for operation in (*kind.ways(kind.change), *kind.ways(kind.switch)):
        valid = (kind.mark or (lambda note: kind.content(one, note)))(f"{mark}-invalid")
        valid = {"enabled": True} if operation in kind.ways(kind.switch) else valid
        valid |= dict.fromkeys(kind.named, one) if operation.alias_of else {}
        for what, body in _invalid(kind, operation, valid, (*kind.named, kind.id)):
            yield f"a change of a {kind.noun} with {what}", kind.changing(operation, one, body)
    if kind.change and kind.noun in RENAMED:
        taken = kind.changing(kind.change, one, kind.content(other, f"{mark}-invalid"))
        yield f"a change of a {kind.noun} to an id that is taken", taken
    if kind.change and kind.change.id not in ACCEPTS_ANY_ID:
        body = (kind.mark or (lambda note: kind.content(f"{mark}-none", note)))(f"{mark}-invalid")
        yield f"a change of a nonexistent {kind.noun}", kind.changing(kind.change, f"{mark}-none", body)


def _special(kind: ResourceKind, one: str) -> Iterator[Attempt]:
    """Changes that only the rules of the service reject."""
    for what, wanted, body in SPECIAL.get(kind.noun, ()):
        if wanted in kind.contract.by_id:
            text = {name: value.format(one=one) if isinstance(value, str) else value for name, value in body.items()}
            yield what, request(wanted, **_values(kind, wanted, one), body=text)


SPECIAL: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "persona": (
        (
            "a change of a persona with half a dialog",
            "update_persona",
            {"system_prompt": "invalid", "tools": ["invalid"], "begin_dialogs": ["a question without its answer"]},
        ),
        ("a new order without items", "reorder_personas", {"items": []}),
    ),
    "persona folder": (
        (
            "a change of a folder that would contain itself",
            "update_persona_folder",
            {"name": "conform invalid", "parent_id": "{one}", "description": "invalid"},
        ),
    ),
    "template": (("a text that reads a class", "replace_t2i_template", {"content": "invalid {{{{ ''.__class__ }}}}"}),),
}


def _values(kind: ResourceKind, operation_id: str, id: str) -> dict[str, str]:
    parameters = kind.contract.by_id[operation_id].parameters
    return {parameter.name: id for parameter in parameters if parameter.param_in == "path"}


def _entries(kind: ResourceKind) -> Any:
    """Finds the resources of a kind in its listing."""

    def entries(data: Any) -> Entries:
        for entry in objects(data):
            if kind.id in entry:
                yield str(entry[kind.id]), {name: value for name, value in entry.items() if name != "children"}

    return entries


def _alone(kind: ResourceKind, *ids: str) -> list[Read]:
    """The requests that show each resource alone, if the kind has one."""
    if kind.show is None:
        return []
    return [Read(f"{kind.noun} itself", kind.showing(id), whole(id)) for id in ids]


def _expect_takes_effect(client: ResourceClient, id: str, mark: str) -> None:
    """The control: a valid change takes effect. It must do so after rejected requests if it did before."""
    kind, is_after = client.kind, mark.endswith("-after")
    if kind.change is None:
        return
    response = client.target.send(kind.marking(kind.change, id, mark), client.key)
    if response.is_accepted and mark.encode() in client.shown(id).body:
        return
    if is_after:
        expected = "a valid change to take effect after rejected requests, as it did before them"
        fail(response, expected=expected, actual=f"{response.in_short}, and `{mark}` is not stored")
    raise NotJudged(f"{kind.change}: changes nothing even with the required scope: {response.in_short}")
