"""IM-*: messages that the operator sends without a preceding message of a user."""

from typing import Any

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import IM_BOTS, SEND_MESSAGE, SEND_MESSAGES
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.http import NONE, Target, asking
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.json_value import holds, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import client_of
from astrbot_conformance.run_mark import run_of
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, fail, written
from astrbot_conformance.verdict.requirement import over, requirement

INVALID_UMOS = (f"{NONE}:FriendMessage:none", f":FriendMessage:{NONE}", f"webchat:friendmessage:{NONE}")


@requirement("IM-FIELDS")
@over([SEND_MESSAGE])
def test_im_fields(chats: Chats, exploration: Exploration) -> None:
    """Send bodies without `umo` or `message`, and with a `umo` of the wrong form: expect that each is rejected.

    The control: an ordinary message is accepted.
    """
    chats.must_accept(SEND_MESSAGE)
    wrong: list[dict[str, Any]] = [
        {},
        {"message": GREETING},
        {"umo": "", "message": GREETING},
        {"umo": f"webchat:{NONE}", "message": GREETING},
        {"umo": f"webchat:Nobody:{NONE}", "message": GREETING},
        {"umo": chats.umo},
        {"umo": chats.umo, "message": None},
    ]
    more: list[tuple[dict[str, Any], Operation]] = [
        *(({"umo": umo, "message": GREETING}, SEND_MESSAGE) for umo in (None, *INVALID_UMOS)),
        ({"message": "hello"}, SEND_MESSAGE),
        ({"message": GREETING}, SEND_MESSAGES),
        ({"umo": chats.umo}, SEND_MESSAGES),
    ]
    few = more if exploration.is_cheap else exploration.choose("fields", more)
    for body, operation in [*((body, SEND_MESSAGE) for body in wrong), *few]:
        expect_refused(chats.push(body, operation), f"the body {written(body)}")


@requirement("IM-BOTS")
@over([IM_BOTS])
def test_im_bots(target: Target, keys: KeyRing) -> None:
    """List the bots with a key that has the required scope, and expect a list of texts in `bot_ids`."""
    response = target.send_once(asking(IM_BOTS), keys.weakest(IM_BOTS.scope))
    expect_accepted(response, f"a request for the list of bots with a key with the scope `{IM_BOTS.scope}`")
    ids = part(response.data, "bot_ids")
    if not isinstance(ids, list) or not all(isinstance(bot_id, str) for bot_id in ids):
        fail(response, expected="`bot_ids`, a list of strings")


@requirement("IM-BOTS")
@over([IM_BOTS])
def test_im_bots_as_configured(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Create two disabled bots, and expect each once in the list; delete them, and expect them no more.

    Every other id in the list must belong to a configured bot.
    """
    client, key = client_of("bot", target, keys, cleanup), keys.weakest(IM_BOTS.scope)
    with client.temporary(f"{keys.name}listed-1") as first, client.temporary(f"{keys.name}listed-2") as second:
        shown, configured = target.send(asking(IM_BOTS), key), client.listed()
    after = target.send(asking(IM_BOTS), key)

    for bot in (first, second):
        if not holds(shown.data, bot):
            fail(shown, expected=f"the bot `{bot}` to be listed", actual="it is not listed")
        if holds(after.data, bot):
            fail(after, expected=f"the deleted bot `{bot}` not to be listed", actual="it is listed")
    listed = part(shown.data, "bot_ids") or []
    repeated = sorted({bot for bot in listed if listed.count(bot) > 1})
    if repeated:
        fail(shown, expected="each bot to be listed once", actual=f"{written(repeated)} more than once")
    unknown = [bot for bot in listed if run_of(bot) is None and not holds(configured.data, bot)]
    if unknown:
        fail(shown, expected="only ids of configured bots", actual=f"also {written(unknown)}")
