"""CHAT-ADMIN over the WebSocket."""

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import CHAT_SOCKET
from astrbot_conformance.chat.administrators import administrators
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.chat.socket import PING, ask, is_authorized, is_error, must_open
from astrbot_conformance.contract import sockets_needing
from astrbot_conformance.http import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import fail, written
from astrbot_conformance.verdict.requirement import over, requirement

ADMIN = "chat:admin"
TEXT = "hello over a WebSocket"


@requirement("CHAT-ADMIN")
@over(sockets_needing(ADMIN))
def test_chat_admin_over_a_websocket(chats: Chats, keys: KeyRing, target: Target) -> None:
    """Send messages over a WebSocket under the names of administrators, with a key without `chat:admin`.

    Expect an error for each, and that the connection stays open.
    """
    key = keys.own("not_admin", Scope.CHAT)
    session = chats.claim(key, "as-admin-over-a-websocket", 0)
    names = [form for name in administrators(target, keys)[:3] for form in (name, f" {name} ")]
    messages = [{"username": name, "session_id": session, "message": TEXT} for name in names]
    conversation = ask(target, key, PING, *messages)
    must_open(conversation)
    if not is_authorized(conversation):
        raise NotJudged(f"{CHAT_SOCKET}: a key with `chat` is not authorized, see WS-AUTH")
    for name, events in zip(names, conversation.replies[1:], strict=False):
        if not events or not is_error(events[0]):
            what = f"a message under the administrator's username {written(name)} with a key without `{ADMIN}`"
            fail(conversation, expected=f"{what} to be rejected")
