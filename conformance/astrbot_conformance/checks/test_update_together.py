"""UPDATE-EXACT on requests that arrive at the same time: no confirmed change is lost, and one of two equal ids wins."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from astrbot_conformance.astrbot_operations import operation, request
from astrbot_conformance.contract import along, writing
from astrbot_conformance.http import HttpRequest, HttpResponse, Target, asking
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind, path_values
from astrbot_conformance.resources.kinds import kind_of, kinds
from astrbot_conformance.scenarios.entries import Entries, in_tree, listed
from astrbot_conformance.scenarios.updates import Effect, Read, Step, Updates, sent_together
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import for_each, over, requirement

AT_ONCE = 4
ROUNDS = 2
SLOW = "requests at the same time: judged only on a fast server, or with --effects destructive"


@requirement("UPDATE-EXACT")
@for_each("kind", kinds, called=lambda kind: kind.noun)
@over(writing)
def test_update_resources_together(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Create four resources at the same time, then change each of them at the same time, and read them.

    Every confirmed creation and every confirmed change must be there.
    """
    if not target.options.is_cheap:
        raise NotJudged(SLOW, by_choice=True)
    client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
    names = [kind.naming(f"{keys.name}together-{kind.slug}-{number}") for number in range(AT_ONCE)]

    created = _created(client, names)
    if kind.change is None:
        return
    marks = {id: f"{id}-changed" for id in created}
    answers = sent_together(target, client.key, [kind.marking(kind.change, id, mark) for id, mark in marks.items()])

    for response, (id, mark) in zip(answers, marks.items(), strict=True):
        if response.is_accepted and mark.encode() not in client.shown(id).body:
            expected = f"every change of {AT_ONCE} that are sent at the same time to be stored"
            fail(response, expected=expected, actual=f"{response.in_short}, but the {kind.noun} `{id}` is unchanged")


def _created(client: ResourceClient, names: list[str]) -> list[str]:
    """The ids of resources that were created at the same time. Raises FindingRaised if one is not listed."""
    kind = client.kind
    owned = [kind.removing(name) for name in names] if kind.id == kind.called else []
    for removal in owned:
        client.cleanup.owns(removal, client.key)
    answers = sent_together(client.target, client.key, [kind.making(name) for name in names])
    listing = client.listed()
    ids = {name: kind.find(listing.json, name) for name in names}
    for id in filter(None, ids.values()):
        client.cleanup.owns(kind.removing(id), client.key)
    for response, name in zip(answers, names, strict=True):
        if response.is_accepted and ids[name] is None:
            expected = f"every {kind.noun} of {AT_ONCE} that are created at the same time to be listed"
            fail(response, expected=expected, actual=f"{response.in_short}, but `{name}` is not listed")
    if not any(response.is_accepted for response in answers):
        raise NotJudged(f"{kind.create}: an ordinary {kind.noun} is not accepted: {answers[0].in_short}")
    return [id for id in ids.values() if id]


@requirement("UPDATE-EXACT")
@for_each("kind", lambda contract: _with_chosen_ids(kinds(contract)), called=lambda kind: kind.noun)
@over(writing)
def test_update_same_id_together(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Create several resources with the same id at the same time, in several rounds, and read the result.

    If the server rejects an id that is taken, one creation must win. The resource must be listed once, as one of the
    accepted requests describes it.
    """
    if not target.options.is_cheap:
        raise NotJudged(SLOW, by_choice=True)
    client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
    for number in range(ROUNDS):
        id = kind.naming(f"{keys.name}same-{kind.slug}-{number}")
        client.cleanup.owns(kind.removing(id), client.key)
        notes = [f"{id}-from-{sender}" for sender in range(AT_ONCE)]
        answers = sent_together(target, client.key, [kind.making(id, note) for note in notes])
        _expect_one(client, id, notes, answers)


def _with_chosen_ids(candidates: Iterable[ResourceKind]) -> list[ResourceKind]:
    """The kinds whose creator chooses the id and whose content can be read back."""
    return [kind for kind in candidates if kind.id == kind.called and kind.change and kind.speaks_json]


def _expect_one(client: ResourceClient, id: str, notes: list[str], answers: list[HttpResponse]) -> None:
    kind, listing = client.kind, client.listed()
    accepted = [(response, note) for response, note in zip(answers, notes, strict=True) if response.is_accepted]
    if not accepted:
        raise NotJudged(f"{kind.create}: an ordinary {kind.noun} is not accepted: {answers[0].in_short}")
    last, entries = accepted[-1][0], kind.entries(listing.json, id)
    if entries != 1:
        fail(last, expected=f"one {kind.noun} with the id `{id}`", actual=f"{entries} are listed with that id")
    shown = client.shown(id)
    stored = [note for note in notes if f"{note}".encode() in shown.body]
    if len(stored) != 1 or stored[0] not in [note for _, note in accepted]:
        expected = f"the {kind.noun} of one accepted request to be stored"
        fail(last, expected=expected, actual=f"the stored {kind.noun}: {shown.excerpt[:200]}")
    again = client.target.send(kind.making(id, "again"), client.key)
    if again.is_refusal and len(accepted) > 1:
        expected = f"one of {AT_ONCE} creations to be accepted, as the server rejects an id that is taken"
        fail(last, expected=expected, actual=f"{len(accepted)} were accepted")


@dataclass(frozen=True, slots=True)
class Divided:
    """A resource whose members can be changed one by one: how to list it, and new values of its members."""

    noun: str
    listing: str
    change: str
    entries: Callable[[Any], Entries]
    values: Callable[[str, int], dict[str, Any]]

    @property
    def operations(self) -> str:
        """The ids of its operations."""
        return f"{self.listing} {self.change}"


DIVIDED = (
    Divided(
        "persona",
        "list_personas",
        "update_persona",
        listed("persona_id"),
        lambda _, n: {"system_prompt": f"{n}", "custom_error_message": f"{n}", "begin_dialogs": [f"{n}", "answer"]},
    ),
    Divided(
        "persona folder",
        "get_persona_tree",
        "update_persona_folder",
        in_tree,
        lambda mark, n: {"name": f"{mark}-{n}", "description": f"{n}", "sort_order": n},
    ),
    Divided(
        "chat project",
        "list_chat_projects",
        "update_chat_project",
        listed("project_id"),
        lambda mark, n: {"title": f"{mark}-{n}", "description": f"{n}", "emoji": f"{n}"},
    ),
)


@requirement("UPDATE-EXACT")
@for_each("divided", DIVIDED, called=lambda divided: divided.noun)
@over(along(" ".join(divided.operations for divided in DIVIDED)))
def test_update_members_together(divided: Divided, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Change different members of one resource at the same time, and read it.

    Every confirmed change must be stored. If requests are cheap, this happens in several rounds.
    """
    if divided is not DIVIDED[0] and not target.options.is_cheap:
        raise NotJudged(SLOW, by_choice=True)
    kind = kind_of(divided.noun, keys.contract)
    updates = Updates(target, keys.weakest(kind.scope), cleanup, keys, f"together-{kind.slug}")
    id = updates.create(kind, f"{updates.mark}-0")
    updates.begin(Read(kind.noun, request(divided.listing), divided.entries))
    for number in range(1, ROUNDS + 1 if updates.is_cheap else 2):
        updates.at_the_same_time(
            *(
                Step(f"a change of `{name}` beside others", _change(divided, id, {name: value}), (effect,))
                for name, value in divided.values(updates.mark, number).items()
                for effect in [Effect(kind.noun, id, {name: value})]
            )
        )
    updates.end()


def _change(divided: Divided, id: str, members: dict[str, Any]) -> HttpRequest:
    chosen = operation(divided.change)
    return asking(chosen, path=path_values(chosen, id), json_body=members)
