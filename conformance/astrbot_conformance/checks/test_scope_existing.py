"""SCOPE-REQUIRED on existing resources: a server may look up the resource first, and then forget to check the scope."""

from astrbot_api.scopes import Scope

from astrbot_conformance.chat.sessions import new_session
from astrbot_conformance.contract import along, keyed
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds, mcp_servers, plugins_of
from astrbot_conformance.scenarios.outsiders import (
    InsufficientKeyRejection,
    Outsiders,
    attempts_on,
    expect_all_rejected,
    try_each,
)
from astrbot_conformance.verdict.requirement import by_itself, for_each, over, requirement


@requirement("SCOPE-REQUIRED")
@for_each("kind", kinds, called=lambda kind: kind.noun)
@over(keyed)
def test_scope_required_if_it_exists(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Read, list, change, switch and remove an existing resource with the strongest insufficient key.

    Every request must be rejected with 403 and the message.
    """
    _judge(kind, target, keys, cleanup)


@requirement("SCOPE-REQUIRED")
@over(keyed)
def test_scope_required_if_the_mcp_server_exists(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to use an existing MCP server with the strongest key without `mcp`: each request gets 403.

    A target stores an MCP server only if it can reach it.
    """
    _judge(mcp_servers(keys.contract, target.options.known_mcp_server), target, keys, cleanup)


@requirement("SCOPE-REQUIRED")
@over(keyed)
@by_itself
def test_scope_required_if_the_plugin_exists(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to use an existing plugin with the strongest key without `plugin`: each request gets 403.

    A plugin contains code, so the target must be disposable.
    """
    _judge(plugins_of(target, keys.contract), target, keys, cleanup)


@requirement("SCOPE-REQUIRED")
@over(along("create_chat_session"))
def test_scope_required_if_the_session_exists(target: Target, keys: KeyRing) -> None:
    """Try to use an existing chat session with the strongest key without `chat`: each request gets 403."""
    key = keys.chatting("existing")
    rejection = InsufficientKeyRejection(target, keys)
    outsiders = Outsiders([keys.strongest_without(Scope.CHAT)], rejection.expect)
    for raised in try_each(target, attempts_on(new_session(target, key), key), outsiders).findings:
        raise raised
    rejection.expect_no_implication()


def _judge(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
    rejection = InsufficientKeyRejection(target, keys)
    outsiders = Outsiders([keys.strongest_without(kind.scope)], rejection.expect)
    expect_all_rejected(client, f"{keys.name}{kind.slug}-scope", outsiders)
    rejection.expect_no_implication()
