"""What a run that was killed left on a target: found by its name, removed, and named where nobody may remove it.

Chat sessions and projects belong to the key that made them, whose secret dies with its run: sessions are named, since
no other key may remove them; projects no other key can even see.

Only what is called `conform-<run>-…` as a run calls it is looked at. A name that merely looks alike is somebody else's.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from astrbot_api.contract import Contract

from astrbot_conformance.belongings import Belongings
from astrbot_conformance.contract import SESSIONS
from astrbot_conformance.dashboard import Dashboard
from astrbot_conformance.families import FAMILIES, mcp_servers
from astrbot_conformance.family import Family, objects
from astrbot_conformance.finding import NotJudged
from astrbot_conformance.journey import request
from astrbot_conformance.key_ring import KeyRing, remove_keys
from astrbot_conformance.request import Key, Request, asking
from astrbot_conformance.target import Target

OF_A_RUN = re.compile(r"conform-[0-9a-f]{8}[-:]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How much was removed, and what was not: each with the reason."""

    keys: int
    things: int
    left: tuple[str, ...]
    unremovable: tuple[str, ...]  # sessions of keys whose secret nobody has any more


def is_of_a_run(name: object) -> bool:
    """Whether a run calls its things so."""
    return isinstance(name, str) and OF_A_RUN.match(name) is not None


def remove_leftovers(target: Target, dashboard: Dashboard, contract: Contract) -> Cleaned:
    """Remove whatever runs left. NotJudged where no keys can be listed or made."""
    old_keys = dashboard.keys_named(OF_A_RUN)
    keys = KeyRing(dashboard, secrets.token_hex(4), contract)
    belongings, unread = Belongings(target), []
    try:
        key = keys.all_scopes()
        things = 0
        for family in (*FAMILIES, mcp_servers({})):
            try:
                removals = list(_of_family(family, target, key))
            except NotJudged as error:
                unread.append(str(error))
                continue
            things += len(removals)
            for removal in removals:
                belongings.owns(removal, key)
        routes = list(_routes(target, key))
        for removal in routes:
            belongings.owns(removal, key)
        unremovable = tuple(session for key_id in old_keys for session in _sessions(key_id, target, key))
        kept = belongings.close()
    finally:
        keys.close()
    left_keys = remove_keys(dashboard, OF_A_RUN)
    removed = things + len(routes) - len(kept)
    return Cleaned(len(old_keys) - len(left_keys), removed, (*unread, *kept, *left_keys), unremovable)


def _of_family(family: Family, target: Target, key: Key) -> Iterator[Request]:
    """The requests that remove what runs left of a family. NotJudged where it cannot be listed."""
    answer = target.send(asking(family.listing), key)
    if not answer.is_accepted:
        raise NotJudged(f"{family.listing}: answers {answer.in_short}")
    ids = (
        str(one[family.id]) for one in objects(answer.json) if is_of_a_run(one.get(family.called)) and family.id in one
    )
    yield from (family.removing(id) for id in dict.fromkeys(ids))


def _routes(target: Target, key: Key) -> Iterator[Request]:
    """The requests that remove what runs left of the table that says which profile a session uses."""
    try:
        answer = target.send(request("get_config_routes"), key)
    except NotJudged:
        return
    routing = answer.data.get("routing") if isinstance(answer.data, dict) else None
    for umo in routing if isinstance(routing, dict) else ():
        if is_of_a_run(umo):
            yield request("delete_config_route", umo=umo)


def _sessions(key_id: str, target: Target, key: Key) -> Iterator[str]:
    """The chat sessions of a key: only that key may remove them, and its secret was never written down."""
    try:
        answer = target.send(asking(SESSIONS, query={"username": f"api_key:{key_id}", "page_size": "100"}), key)
    except NotJudged:
        return
    yield from (str(one["session_id"]) for one in objects(answer.data) if "session_id" in one)
