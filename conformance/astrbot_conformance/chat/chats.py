"""The run's messages in chat and over IM: limited in number, under the run's own name, and removed at the end."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import CHAT, SEND_MESSAGE, operation, request
from astrbot_conformance.chat.stream import session_of
from astrbot_conformance.chat.uploads import Uploads
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target, asking, usable_id
from astrbot_conformance.http.removal import Left, says_gone
from astrbot_conformance.json_value import part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged

SHARED_IF_SLOW, SHARED_IF_FAST = 4, 16  # sessions for the messages that must be refused
GREETING = [{"type": "plain", "text": "hello from the conformance suite"}]


class _Counter:
    """A counter for one process."""

    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()

    def get_lock(self) -> threading.Lock:
        return self._lock


class Allowance:
    """The limit for accepted chats, and their number so far. The processes of the run may share a counter."""

    def __init__(self, limit: float, counter: "Synchronized[int] | None" = None) -> None:
        """Start with no accepted chats."""
        self.limit = limit
        self._counter = counter or _Counter()

    @property
    def is_spent(self) -> bool:
        """Whether the limit is reached."""
        return self._counter.value >= self.limit

    def spend(self, chats: int) -> None:
        """Record that number of accepted chats."""
        with self._counter.get_lock():
            self._counter.value += chats


class Chats:
    """Sends messages on both operations. A run stops at the allowed number of accepted chats.

    No key may delete a session of another username, so the run uses the name `api_key:<id of its chat key>`. It can
    then remove everything that it leaves behind, even after a refused message.
    """

    def __init__(
        self,
        target: Target,
        keys: KeyRing,
        run: str,
        allowance: Allowance,
        attachments: Mapping[str, str] | None = None,
    ) -> None:
        """Send messages to `target` with keys of `keys`.

        attachments: those stored there, each with its type. Without them, the run uploads some if it can.
        """
        self.run = run
        self.given_attachments: Mapping[str, str] = dict(attachments or {})
        self._attachments = self.given_attachments or None
        self._uploads = Uploads(target, keys, run)
        self._target = target
        self._keys = keys
        self._allowance = allowance
        self._responses: dict[tuple[str, str], HttpResponse] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}
        self._lock = threading.Lock()
        self._uploading = threading.Lock()

    @property
    def attachments(self) -> Mapping[str, str]:
        """The attachments that segments can name, each with its type: the given ones, or those of the run."""
        with self._uploading:
            if self._attachments is None:
                self._attachments = self._uploads.stored()
            return self._attachments

    def say(self, body: dict[str, Any], *, anonymous: bool = False) -> HttpResponse:
        """`POST /chat` with `body`. If `anonymous`, in a new session without a user. Raises NotJudged at the limit."""
        self._check_effects()
        key = self._keys.speaker()
        digest = _digest(body)
        shared = int(digest[:1], 16) % (SHARED_IF_FAST if self._target.options.is_cheap else SHARED_IF_SLOW)
        session = f"conform-{self.run}-{digest if anonymous else shared}"
        name = {} if anonymous else {"username": f"api_key:{key.id}"}
        self._check_limit()
        self._target.created.append((key, session))
        form = {"session_id": session, "enable_streaming": digest[1] in "01234567"}
        response = self._target.send(asking(CHAT, json_body=form | name | body), key)
        self._allowance.spend(response.is_accepted)
        return response

    def converse(
        self,
        key: Key,
        body: dict[str, Any],
        *,
        leaving: bool = False,
        form: Callable[[HttpRequest], HttpRequest] = lambda request: request,
    ) -> HttpResponse:
        """`POST /chat` with `body` as the user whose sessions `key` may remove, unless the body names a user.

        form: changes the request before it is sent.

        A body without a session must be valid. If it is refused, a real server still creates a session, but the
        run does not know its name and cannot remove it.
        """
        self._check_effects()
        self._check_limit()
        session = body.get("session_id", body.get("conversation_id"))
        if isinstance(session, str) and session.strip():
            self._target.created.append((key, session))
        request = asking(CHAT, json_body={"username": f"api_key:{key.id}", **body})
        response = self._target.send(form(request), key, leaving=leaving)
        used = session_of(response) if response.is_stream else None
        self._allowance.spend(response.is_accepted)
        with self._lock:
            if used and (key, used) not in self._target.created:
                self._target.created.append((key, used))
        return response

    def claim(self, key: Key, name: str, chats: int) -> str:
        """The id of a session of `key` for `chats` messages that are sent over a separate connection.

        The run removes the session. Raises NotJudged at the limit.
        """
        self._check_effects()
        self._check_limit()
        session = f"conform-{self.run}-{name}"
        self._target.created.append((key, session))
        self._allowance.spend(chats)
        return session

    def converse_once(self, key: Key, body: dict[str, Any]) -> HttpResponse:
        """The same, sent once a run even if several checks rely on it."""
        identity = (key.id, json.dumps(body, sort_keys=True))
        with self._lock:
            lock = self._locks.setdefault(identity, threading.Lock())
        with lock:
            if identity not in self._responses:
                self._responses[identity] = self.converse(key, body)
            return self._responses[identity]

    def push(self, body: dict[str, Any], operation: Operation = SEND_MESSAGE) -> HttpResponse:
        """`POST /im/message`, or its alias, with `body`, to the built-in web chat."""
        self._check_effects()
        return self._target.send(asking(operation, json_body=body), self._keys.weakest(Scope.IM))

    def send(self, operation: Operation, message: Any) -> HttpResponse:
        """Send `message` on `operation`, the chat operation or an IM operation. The rest of the body is valid."""
        if operation is CHAT:
            return self.say({"message": message})
        return self.push({"umo": self.umo, "message": message}, operation)

    def must_accept(self, operation: Operation) -> None:
        """The positive control of a refused message. Raises NotJudged unless an ordinary message is accepted."""
        response = self._target.send_once(self._greeting(operation), self._keys.weakest(operation.scope))
        if not response.is_accepted:
            raise NotJudged(f"{operation}: an ordinary message is not accepted: {response.in_short}")

    @property
    def control(self) -> str:
        """The session of the chat that `must_accept` sends."""
        return f"conform-{self.run}-control"

    @property
    def umo(self) -> str:
        """The address of the run's IM messages: a session that the run created. Removing it removes them too."""
        response = self._target.send_once(request("create_chat_session"), self._keys.weakest(Scope.CHAT))
        session = part(response.data, "session_id")
        if not response.is_accepted or not isinstance(session, str) or not usable_id(session):
            raise NotJudged(f"{response.request.operation}: creates no session for messages: {response.in_short}")
        return f"webchat:FriendMessage:{session}"

    def close(self) -> list[Left]:
        """Remove the run's sessions and attachments so far, with two tries. Returns those that stayed."""
        used, self._target.created[:] = list(self._target.created), []
        stayed = remove_sessions(self._target, used)
        stayed = remove_sessions(self._target, [one for one in used if one[1] in stayed]) if stayed else []
        left = [Left(session, str(operation("delete_chat_session"))) for session in stayed]
        return [*left, *self._uploads.close()]

    def _greeting(self, operation: Operation) -> HttpRequest:
        self._check_effects()
        if operation is not CHAT:
            return asking(operation, json_body={"umo": self.umo, "message": GREETING})
        key = self._keys.speaker()
        session = self.control
        with self._lock:
            if (key, session) not in self._target.created:
                self._allowance.spend(1)
                self._target.created.append((key, session))
        name = f"api_key:{key.id}"
        return asking(CHAT, json_body={"username": name, "session_id": session, "message": GREETING})

    def _check_limit(self) -> None:
        if self._allowance.is_spent:
            raise NotJudged(f"the limit of {self._allowance.limit} chats is reached (--max-chats)", by_choice=True)

    def _check_effects(self) -> None:
        if not self._target.options.allows("write"):
            raise NotJudged("messages are sent only with --effects write", by_choice=True)


def _digest(body: dict[str, Any]) -> str:
    """A digest that tells the session of one body from that of another. It is the same in every run."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]


def remove_sessions(target: Target, used: Iterable[tuple[Key, str]]) -> list[str]:
    """Delete every used chat session with each key that used it. Returns the ids of the sessions that stayed."""
    by_key: dict[str, tuple[Key, list[str]]] = {}
    for key, session in dict.fromkeys(used):
        by_key.setdefault(key.id, (key, []))[1].append(session)
    removed: set[str] = set()
    for key, sessions in by_key.values():
        removed |= set(sessions) - set(_removed_by(target, key, sessions))
    all_sessions = dict.fromkeys(session for _, sessions in by_key.values() for session in sessions)
    return [session for session in all_sessions if session not in removed]


def _removed_by(target: Target, key: Key, sessions: list[str]) -> list[str]:
    try:
        response = target.send(request("delete_chat_sessions", body={"session_ids": sessions}), key)
        data = response.data if response.is_accepted else None
        failed = data.get("failed_items", []) if isinstance(data, dict) else None
        if isinstance(failed, list):
            items = [item for item in failed if isinstance(item, dict)]
            return [str(item.get("session_id")) for item in items if not _is_absence(item)]
        return [session for session in sessions if not _one_removed(target, key, session)]
    except NotJudged:
        return sessions


def _one_removed(target: Target, key: Key, session: str) -> bool:
    return says_gone(target.send(request("delete_chat_session", session_id=session), key))


def _is_absence(item: dict[str, Any]) -> bool:
    """Whether a session could not be deleted because it was never created."""
    return "not_found" in str(item.get("reason")) or "not found" in str(item.get("reason"))
