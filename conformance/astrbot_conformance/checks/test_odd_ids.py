"""ODD-IDS: resources whose ids contain unusual characters."""

from collections.abc import Mapping
from dataclasses import dataclass

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import CHAT, request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpResponse, Target, usable_id
from astrbot_conformance.inputs.odd_names import odd_names
from astrbot_conformance.json_value import holds, objects
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds, mcp_servers
from astrbot_conformance.resources.reads import reading, reads_of
from astrbot_conformance.resources.skill_sample import unpacked
from astrbot_conformance.verdict.finding import FindingRaised, fail
from astrbot_conformance.verdict.requirement import over, requirement

BEFORE, AFTER, ARCHIVE = "as it was created", "as it was changed", "application/zip"

SLOW = "names that are not ids: judged only on a fast server, or with --effects destructive"


class Ordinary:
    """A resource with an ordinary name, created when it is needed for the first time."""

    def __init__(self, client: ResourceClient, name: str) -> None:
        """Create nothing yet."""
        self._client = client
        self._name = name
        self._id: str | None = None

    @property
    def id(self) -> str:
        """Its id. Raises NotJudged if it cannot be created."""
        if self._id is None:
            self._id = self._client.create(self._name, BEFORE)
        return self._id

    def close(self) -> None:
        """Remove it, so that another one is created when it is needed again."""
        if self._id is not None:
            self._client.remove(self._id)
            self._id = None


@dataclass(frozen=True, slots=True)
class Named:
    """A resource with an odd name: its id, and what is odd about it."""

    client: ResourceClient
    id: str
    what: str

    @property
    def called(self) -> str:
        """The resource in a finding."""
        return f"a {self.client.kind.noun} whose name has {self.what}"


def kinds_by_creation(contract: Contract) -> Mapping[Operation, ResourceKind]:
    """The kinds of resources whose creator chooses the name, by their creation."""
    return {kind.create: kind for kind in kinds(contract)}


@requirement("ODD-IDS")
@over(lambda contract: tuple(kinds_by_creation(contract)))
def test_odd_ids(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Create, list, read, change and remove a resource whose name combines several oddities.

    If that name is rejected, or fails, try each oddity alone. A rejected creation must store nothing.
    """
    kind = kinds_by_creation(keys.contract)[operation]
    if not target.options.is_cheap and (kind.id != kind.called or kind.create.tag == "config-profiles"):
        raise NotJudged(SLOW, by_choice=True)
    _judge(ResourceClient(kind, target, keys.weakest(operation.scope), cleanup), keys)


@requirement("ODD-IDS")
@over(along("create_mcp_server"))
def test_odd_ids_of_mcp_servers(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Create, list, change and remove MCP servers with odd names, as with other resources."""
    kind = mcp_servers(keys.contract, target.options.known_mcp_server)
    _judge(ResourceClient(kind, target, keys.weakest(operation.scope), cleanup), keys)


@requirement("ODD-IDS")
@over([CHAT])
def test_odd_ids_of_sessions(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Chat in a session whose id combines several oddities, and read its history. The run removes it."""
    what, session = next(iter(odd_names(f"{keys.name}odd-").items()))
    key = keys.speaker()
    answered = chats.converse(key, {"session_id": session, "message": GREETING})
    if answered.is_refusal:
        return
    if not answered.is_accepted:
        fail(answered, expected=f"a session whose id has {what} to be used or rejected")
    shown = target.send(request("get_chat_session", session_id=session), key)
    if not holds(shown.data, GREETING[0]["text"]):
        expected = f"the history of a session whose id has {what}"
        fail(shown, expected=expected, actual=f"{shown.in_short}, without its message")


def _judge(client: ResourceClient, keys: KeyRing) -> None:
    """Use a resource with each odd name, until one with all oddities works."""
    ordinary = Ordinary(client, f"{keys.name}odd-ordinary")
    names = odd_names(f"{keys.name}odd-", few=not client.target.options.is_cheap)
    combined: FindingRaised | None = None
    try:
        for number, (what, name) in enumerate(names.items()):
            try:
                is_created = _works(client, name, what, ordinary)
            except FindingRaised as raised:
                if number:
                    raise
                combined = raised  # a name with a single oddity says more
                continue
            if is_created and number == 0:
                return
    finally:
        ordinary.close()
    if combined:
        raise combined


def _works(client: ResourceClient, name: str, what: str, ordinary: Ordinary) -> bool:
    """Whether a resource with that name can be created. Raises FindingRaised if it does not work afterwards."""
    kind, whose = client.kind, f"a {client.kind.noun} whose name has {what}"
    created = client.try_to_create(name, BEFORE)
    is_listed = not created.is_accepted or kind.show is None or client.target.options.is_cheap
    stored = _stored(client, name) if is_listed else [name]
    if not created.is_accepted:
        if stored or created.status >= 500:
            actual = f"{created.in_short}, but it was stored" if stored else None
            fail(created, expected=f"{whose} to be created, or to be rejected and not stored", actual=actual)
        return False
    if not stored:
        fail(created, expected=f"{whose} to be listed", actual=f"{created.in_short}, but the list does not contain it")
    named = Named(client, stored[0], what)
    _expect_read(named, ordinary, AFTER if _is_changed(named, ordinary) else BEFORE)
    _expect_removed(named, ordinary)
    return True


def _stored(client: ResourceClient, name: str) -> list[str]:
    """The ids of the listed resources with that name. The run removes them at its end, and those with a part of it."""
    kind, beginning = client.kind, name.partition("odd-")[0] + "odd-"
    ids: dict[str, str] = {}
    for entry in objects(client.listed().json):
        id, called = usable_id(entry.get(kind.id)), str(entry.get(kind.called))
        if id and called.startswith(beginning):
            client.cleanup.owns(kind.removing(id), client.key)
            ids[id] = called
    return [id for id, called in ids.items() if called == name]


def _is_changed(named: Named, ordinary: Ordinary) -> bool:
    """Whether a change is accepted. Raises FindingRaised if it is rejected although an ordinary one is changed."""
    client, kind = named.client, named.client.kind
    if kind.change is None:
        return False
    changed = client.target.send(kind.marking(kind.change, named.id, AFTER), client.key)
    if changed.is_accepted:
        return True
    control = client.target.send(kind.marking(kind.change, ordinary.id, AFTER), client.key)
    if control.is_accepted or changed.status >= 500:
        fail(changed, expected=f"{named.called} to be changed as an ordinary one is")
    return False


def _expect_read(named: Named, ordinary: Ordinary, note: str) -> None:
    """Raise FindingRaised unless each operation that reads an ordinary resource also reads this one."""
    client, kind = named.client, named.client.kind
    shows = {operation.id for operation in kind.ways(kind.show)}
    for operation in reads_of(kind):
        if not client.target.options.is_cheap and operation.alias_of and operation.id not in shows:
            continue
        response = client.target.send(reading(operation, kind, named.id), client.key)
        is_shown = operation.id in shows or response.media_type == ARCHIVE
        if response.is_accepted and (not is_shown or note in _text(response)):
            continue
        control = client.target.send(reading(operation, kind, ordinary.id), client.key)
        if control.is_accepted:
            actual = f"{response.in_short}, without the note `{note}`" if response.is_accepted else None
            fail(response, expected=f"{named.called} to be read as an ordinary one is", actual=actual)
    if kind.show is None and kind.change and note not in _text(client.listed()):
        fail(client.listed(), expected=f"{named.called} to be changed", actual=f"the list does not show `{note}`")


def _expect_removed(named: Named, ordinary: Ordinary) -> None:
    """Raise FindingRaised unless the resource is removed. A list may be outdated until another one is created."""
    removed = named.client.remove(named.id)
    if not removed.is_accepted:
        fail(removed, expected=f"{named.called} to be removed")
    if not named.client.exists(named.id):
        return
    control = ordinary.id
    ordinary.close()
    listed = named.client.listed().json
    if named.client.kind.holds(listed, named.id) and not named.client.kind.holds(listed, control):
        fail(removed, expected=f"{named.called} to be removed", actual=f"{removed.in_short}, but it still exists")


def _text(response: HttpResponse) -> str:
    """The text of a response; of an archive, the texts of its files."""
    if response.media_type == ARCHIVE:
        return "\n".join(unpacked(response.body).values())
    return response.body.decode(errors="replace")
