"""Leftovers of a run on a target: found by name, then removed or reported. The run did not know them, or was killed.

Chat sessions and projects belong to the key that created them, whose secret is lost when its run ends. Sessions are
reported, since no other key may remove them. No other key can even list projects.

Only a name with the mark of a run (`run_mark.py`) belongs to a run. A name that only looks similar belongs to another
user.
"""

import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from astrbot_api.contract import Contract
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import HttpRequest, Key, Target, asking, usable_id
from astrbot_conformance.interruption import undisturbed
from astrbot_conformance.json_value import as_object, objects, part
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import KeyRing, remove_keys
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kind_of, kinds, mcp_servers
from astrbot_conformance.run_mark import Names, names_of, new_mark

UPLOADED = "plugin_upload_"  # the prefix that AstrBot adds to the name of an archive that it could not load
MOST_ASKED = 20  # keys of earlier runs whose sessions are listed
MOST = 1000  # maximum resources of one kind that are removed: more than any number of killed runs creates


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The number of removed resources, and the ones that remain, each with the reason.

    unremovable: sessions of keys whose secret is lost. similar: resources without the mark of a run, whose name has the
    form that runs used before marks had check digits.
    """

    keys: int
    resources: int
    left: tuple[str, ...]
    unremovable: tuple[str, ...]
    similar: tuple[str, ...] = ()

    @property
    def removed(self) -> str:
        """The number of removed keys and of other removed resources, in words."""
        keys = "key" if self.keys == 1 else "keys"
        resources = "resource" if self.resources == 1 else "resources"
        return f"{self.keys} {keys} and {self.resources} other {resources}"


def remove_leftovers(
    target: Target,
    dashboard: Dashboard,
    contract: Contract,
    names: Names,
    *,
    things_too: bool = True,
    similar: Names | None = None,
) -> Cleaned:
    """Remove every resource that has one of `names`, or only the keys. NotJudged if no keys can be listed or created.

    similar: names that are reported but not removed.
    """
    old_keys = dashboard.keys_named(names)
    keys = KeyRing(dashboard, new_mark(), contract)
    cleanup, unread = Cleanup(target), list[str]()
    try:
        key = keys.all_scopes()
        removals = list(_things(names, target, contract, lambda _: key, unread)) if things_too else []
        for removal, _ in removals:
            cleanup.owns(removal, key)
        unremovable = tuple(session for key_id in old_keys[:MOST_ASKED] for session in _sessions(key_id, target, key))
        kept = [one.what for one in cleanup.close()]
        reported = tuple(_reported(similar, target, dashboard, key, contract)) if similar else ()
    except KeyboardInterrupt:
        target.wind_down()
        raise
    finally:
        with undisturbed(target.hurry):
            keys.close()
    left_keys = remove_keys(dashboard, names)
    removed = len(removals) - len(kept)
    return Cleaned(len(old_keys) - len(left_keys), removed, (*unread, *kept, *left_keys), unremovable, reported)


def _reported(names: Names, target: Target, dashboard: Dashboard, key: Key, contract: Contract) -> Iterator[str]:
    """The keys and other resources that have one of `names`, each by its kind and its place."""
    yield from (f"key {entry['name']}" for entry in dashboard.listed_keys() if names(str(entry.get("name"))))
    for removal, _ in _things(names, target, contract, lambda _: key, []):
        yield f"{removal.operation.tag} {unquote(removal.path.rpartition('/')[2])}"


def unnoticed(target: Target, keys: KeyRing, run: str, unread: list[str]) -> Iterator[tuple[HttpRequest, Key]]:
    """The requests that remove resources created by `run` without a response, each with its key.

    `unread` receives the kinds that cannot be listed.
    """
    names, uncertain = names_of([run]), target.uncertain
    scopes = {scope for scope, _ in uncertain if scope}
    yield from _things(names, target, keys.contract, keys.weakest, unread, scopes=scopes)
    for key in keys.profile():
        if (Scope.CHAT, key.id) not in uncertain:
            continue
        with contextlib.suppress(NotJudged):
            projects = kind_of("chat project", keys.contract)
            yield from ((removal, key) for removal in _of_kind(projects, names, target, key))
        yield from ((request("delete_chat_session", session_id=id), key) for id in _sessions(key.id, target, key))


def _things(
    names: Names,
    target: Target,
    contract: Contract,
    key_for: Callable[[str], Key],
    unread: list[str],
    *,
    scopes: Collection[str] | None = None,
) -> Iterator[tuple[HttpRequest, Key]]:
    """The requests that remove resources that belong to no key, as far as these scopes, or any, open them.

    `unread` receives the kinds that cannot be listed.
    """
    scopes = contract.scopes if scopes is None else scopes
    for kind in (*kinds(contract), mcp_servers(contract, {})):
        if not kind.is_available or kind.scope not in scopes:
            continue
        try:
            key = key_for(kind.scope)
            yield from ((removal, key) for removal in _of_kind(kind, names, target, key))
        except NotJudged as error:
            unread.append(str(error))
    for scope, others in ((Scope.CONFIG, _routes), (Scope.PLUGIN, _plugins)):
        if scope not in scopes:
            continue
        with contextlib.suppress(NotJudged):
            key = key_for(scope)
            yield from ((removal, key) for removal in others(names, target, key))


def _of_kind(kind: ResourceKind, names: Names, target: Target, key: Key) -> Iterator[HttpRequest]:
    """The requests that remove leftovers of one kind. NotJudged if the kind cannot be listed."""
    response = target.send(asking(kind.listing), key)
    if not response.is_accepted:
        raise NotJudged(f"{kind.listing}: answers {response.in_short}")
    theirs = (one for one in objects(response.json) if names(str(one.get(kind.called))))
    ids = dict.fromkeys(id for one in theirs if (id := usable_id(one.get(kind.id))))
    yield from (kind.removing(id) for id in islice(ids, MOST))


def _routes(names: Names, target: Target, key: Key) -> Iterator[HttpRequest]:
    """The requests that remove the entries of runs from the table of which profile a session uses."""
    routing = as_object(part(target.send(request("get_config_routes"), key).data, "routing"))
    mine = (umo for umo in routing if names(umo) and usable_id(umo))
    yield from (request("delete_config_route", umo=umo) for umo in islice(mine, MOST))


def _plugins(names: Names, target: Target, key: Key) -> Iterator[HttpRequest]:
    """The requests that remove plugins of runs, also those that failed to load. A plugin has a module name."""
    for listing, removal in (("list_plugins", "delete_plugin"), ("list_failed_plugins", "delete_failed_plugin")):
        try:
            data = target.send(request(listing), key).data
        except NotJudged:
            continue
        listed = data if isinstance(data, dict) else (one.get("name") for one in objects(data))
        ids = (name for name in map(usable_id, listed) if name)
        mine = (name for name in ids if names(name.removeprefix(UPLOADED).replace("_", "-")))
        for name in islice(mine, MOST):
            yield request(removal, plugin_id=name, body={"delete_config": True, "delete_data": True})


def _sessions(key_id: str, target: Target, key: Key) -> Iterator[str]:
    """The chat sessions of a key: only that key may remove them, and its secret was never stored."""
    user = f"api_key:{key_id}"
    try:
        response = target.send(request("list_chat_sessions", username=user, page_size="100"), key)
    except NotJudged:
        return
    theirs = (one for one in objects(response.data) if one.get("creator", user) == user)
    ids = (usable_id(one.get("session_id")) for one in theirs)
    yield from islice((id for id in ids if id), MOST)
