"""MSG-*: how the server stores a message, segment by segment."""

import uuid
from dataclasses import dataclass
from typing import Any

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import CHAT, MESSAGES, SEND_MESSAGES
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.chat.sessions import history_of, new_session
from astrbot_conformance.http import HttpResponse, Key, Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import (
    MEDIA,
    NO_ATTACHMENT,
    REQUIRED_FIELD,
    beside_valid,
    everywhere_beside,
    missing_media,
    valid_chains,
    words,
)
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.scenarios.refused_messages import alone, expecting_refusal
from astrbot_conformance.verdict.finding import expect_accepted, fail, written
from astrbot_conformance.verdict.requirement import over, requirement

PLAIN = {"type": "plain", "text": "hello"}
REPLY = {"type": "reply", "message_id": 1}
EVERY_PLANE = "".join(map(chr, (0x7E, 0xE9, 0x4F60, 0xFFFD, 0x1F600, 0x2000B, 0x30000, 0xE0101, 0xF0000, 0x10FFFD)))
UNCOMPOSED = "e\u0301\u212b\ufb01\uff21"  # Unicode normalization changes each of these characters
SPECIAL = "\r\n\t  <b>&lt;<script>\"'`\\n %s %41 {{0}} ${{x}} \u200b\u200d "
LONG = f"hello {EVERY_PLANE}{UNCOMPOSED}{SPECIAL}" + "and so on, " * 800 + "to the end"
LIKE_A_CHAIN = '[{"type": "plain", "text": "hello"}]'  # a string, although it contains JSON
MANY = 501
SHOWN = 400  # characters of a message that a finding quotes


@requirement("MSG-FORMS")
@over(MESSAGES)
def test_msg_forms(operation: Operation, chats: Chats, keys: KeyRing, target: Target, exploration: Exploration) -> None:
    """Send the same text as a string and as one segment, and compare the stored messages.

    Both must be stored alike, also long texts, special characters, and texts that look like JSON.
    """
    conversation = Conversation(operation, chats, keys.chatting("talk"), target)

    def judge(text: str) -> None:
        forms = (text, [{"type": "plain", "text": text}])
        of_text, of_chain = (conversation.stored(form, f"the message {_short(written(form))}") for form in forms)
        if of_text != of_chain:
            response = chats.send(operation, text)
            expected = f"the string to be stored like one `plain` segment: {_short(written(of_chain))}"
            fail(response, expected=expected, actual=f"stored: {_short(written(of_text))}")

    if operation is SEND_MESSAGES:
        judge(LONG)  # the operation was already judged by its other path
    else:
        texts = [LONG, LIKE_A_CHAIN, "0"] if exploration.is_cheap else [LONG]
        exploration.try_each(texts, words, judge, at_most=exploration.chats(1))


@requirement("MSG-SEGMENTS")
@over(MESSAGES)
def test_msg_segments(
    operation: Operation, chats: Chats, keys: KeyRing, target: Target, exploration: Exploration
) -> None:
    """Send messages with segments of every type, in several orders and numbers, and read them back.

    The history must contain each segment in its place, with its content.
    """
    conversation = Conversation(operation, chats, keys.chatting("talk"), target)
    attachments = chats.attachments if operation is CHAT else chats.given_attachments
    attached = [{"type": kind, "attachment_id": name} for name, kind in attachments.items()]

    def judge(chain: list[Any]) -> None:
        shown = _short(written(chain))
        stored = conversation.stored(chain, f"the message {shown}")
        if stored != [conversation.essence(segment) for segment in chain]:
            response = chats.send(operation, chain)
            expected = f"the message to be stored as it was sent: {shown}"
            fail(response, expected=expected, actual=f"stored: {_short(written(stored))}")

    quoted = [REPLY | {"selected_text": "hello"}, REPLY | {"message_id": 2}] if operation is CHAT else []
    mixed: list[Any] = [PLAIN, *quoted, PLAIN, *attached, {"type": "plain", "text": f" {LONG} "}, PLAIN]
    rows = [mixed, *([segment] for segment in attached), [{"type": "plain", "text": f"{n}"} for n in range(MANY)]]
    chains = valid_chains(attachments, with_replies=operation is CHAT)
    if operation is SEND_MESSAGES:
        judge(mixed)
    else:
        exploration.try_each(rows, chains, judge, at_most=exploration.chats(2))


@requirement("MSG-ATTACHMENT")
@over(MESSAGES)
def test_msg_attachment(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send messages with one segment that names a nonexistent attachment, and expect that each is rejected.

    The control: an ordinary message is accepted.
    """
    rows = map(alone, _missing(exploration))
    judge = expecting_refusal(operation, chats)
    exploration.try_each(rows, missing_media.map(alone), judge, at_most=exploration.chats(2))


@requirement("MSG-ATTACHMENT")
@over(MESSAGES)
def test_msg_attachment_beside_valid(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send such a segment next to texts and existing attachments, and expect that each message is rejected.

    The control: an ordinary message is accepted.
    """
    judge = expecting_refusal(operation, chats)
    valid_segments = [PLAIN, *({"type": kind, "attachment_id": name} for name, kind in chats.attachments.items())]
    rows = [
        chain
        for valid in valid_segments
        for chain in everywhere_beside(valid, _missing(exploration))[: 5 if valid is PLAIN else 2]
    ]
    exploration.try_each(rows, beside_valid(missing_media), judge, at_most=exploration.chats(2))


def _missing(exploration: Exploration) -> list[dict[str, Any]]:
    unused = "a77ac4ed-0000-4000-8000-0000000000ff"
    return [
        *({"type": kind, "attachment_id": NO_ATTACHMENT} for kind in MEDIA),
        {"type": exploration.choose("near", MEDIA)[0], "attachment_id": unused},
    ]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Sends messages and reads the stored result, in sessions of `key`, by `operation`."""

    operation: Operation
    chats: Chats
    key: Key
    target: Target

    def stored(self, message: Any, what: str) -> list[Any]:
        """The stored form of `message` in a new session, each segment without the members that the server adds."""
        session, response = self._sent(message)
        expect_accepted(response, what)
        history = history_of(self.target, self.key, session)
        chains = [content.get("message") for content in history if content.get("type") == history[0].get("type")]
        if len(chains) != 1 or not isinstance(chains[0], list):
            actual = f"{len(chains)} message(s) of that type in the history"
            fail(response, expected=f"{what} to be in the history once, as a list of segments", actual=actual)
        return [self.essence(segment) for segment in chains[0]]

    def essence(self, segment: Any) -> Any:
        """The content of a segment. Measured on 4.29.1: a message over IM has copies of files, with other ids."""
        content = _essence(segment)
        is_copy = self.operation is not CHAT and isinstance(segment, dict) and segment.get("type") in MEDIA
        return content[:1] if is_copy else content

    def _sent(self, message: Any) -> tuple[str, HttpResponse]:
        if self.operation is CHAT:
            session = f"conform-{self.chats.run}-{uuid.uuid4()}"
            return session, self.chats.converse(self.key, {"session_id": session, "message": message})
        session = new_session(self.target, self.key)
        umo = f"webchat:FriendMessage:{session}"
        return session, self.chats.push({"umo": umo, "message": message}, self.operation)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]} … {text[-SHOWN // 2 :]} ({len(text)} characters)"


def _essence(segment: Any) -> Any:
    """The content of a segment: its type, its required member, and the quoted message if there is one."""
    kind = segment.get("type") if isinstance(segment, dict) else None
    if kind not in REQUIRED_FIELD:
        return segment
    quoted = segment.get("selected_text") if kind == "reply" else None
    return [kind, str(segment.get(REQUIRED_FIELD[kind])), *([quoted] if quoted else [])]
