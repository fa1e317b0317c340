"""AUTH-REQUIRED on existing resources: a server may look up the resource first, and then forget to check the key."""

from functools import partial

from astrbot_conformance.chat.sessions import new_session
from astrbot_conformance.contract import along, keyed
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected
from astrbot_conformance.outcome import if_judged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds, mcp_servers, plugins_of
from astrbot_conformance.scenarios.outsiders import Outsiders, attempts_on, expect_all_rejected, try_each
from astrbot_conformance.verdict.requirement import by_itself, for_each, over, requirement


@requirement("AUTH-REQUIRED")
@for_each("kind", kinds, called=lambda kind: kind.noun)
@over(keyed)
def test_auth_required_if_it_exists(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Read, list, change, switch and remove an existing resource without a key and with invalid keys.

    Every request must be rejected with 401.
    """
    _judge(kind, target, keys, cleanup)


@requirement("AUTH-REQUIRED")
@over(keyed)
def test_auth_required_if_the_mcp_server_exists(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to use an existing MCP server without a key and with invalid keys: each request gets 401.

    A target stores an MCP server only if it can reach it.
    """
    _judge(mcp_servers(keys.contract, target.options.known_mcp_server), target, keys, cleanup)


@requirement("AUTH-REQUIRED")
@over(keyed)
@by_itself
def test_auth_required_if_the_plugin_exists(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to use an existing plugin without a key and with invalid keys: each request gets 401.

    A plugin contains code, so the target must be disposable.
    """
    _judge(plugins_of(target, keys.contract), target, keys, cleanup)


@requirement("AUTH-REQUIRED")
@over(along("create_chat_session"))
def test_auth_required_if_the_session_exists(target: Target, keys: KeyRing) -> None:
    """Try to use an existing chat session without a key and with invalid keys: each request gets 401."""
    key = keys.chatting("existing")
    for raised in try_each(target, attempts_on(new_session(target, key), key), _outsiders(target, keys)).findings:
        raise raised


def _judge(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
    name = f"{keys.name}{kind.slug}-key"
    expect_all_rejected(client, name, _outsiders(target, keys))


def _outsiders(target: Target, keys: KeyRing) -> Outsiders:
    """No key, invalid keys, and revoked or expired keys; a deleted key only if creating keys is cheap."""
    makes = (keys.revoked, keys.deleted) if target.options.is_cheap else (keys.revoked,)
    dead = [key for make in makes if (key := if_judged(make))]  # other checks report why there is none
    rejected = partial(expect_rejected, contract=keys.contract)
    return Outsiders([None, keys.unknown(), *dead], rejected, by_aliases=target.options.is_cheap)
