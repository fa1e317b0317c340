"""The sessions of a user, which are read from the target page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import HttpResponse, Key, Target
from astrbot_conformance.json_value import as_object, part
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import fail

LARGEST_PAGE = 100
SPARE_PAGES = 2  # pages beyond those that the sessions of the run can fill; one of them is the empty page at the end


@dataclass(frozen=True, slots=True)
class Page:
    """One page of sessions, and the response that contains it."""

    response: HttpResponse
    ids: tuple[str, ...]
    page: Any
    page_size: Any
    total: Any
    creators: frozenset[Any]


def user_of(key: Key) -> str:
    """The username under which a key may remove its sessions again."""
    return f"api_key:{key.id}"


def new_session(target: Target, key: Key) -> str:
    """The id of a new session of `key` without messages. Raises NotJudged if the server creates none."""
    response = target.send(request("create_chat_session"), key)
    session = part(response.data, "session_id")
    if not response.is_accepted or not isinstance(session, str):
        raise NotJudged(f"{response.request.operation}: creates no session: {response.in_short}")
    return session


def page_of(target: Target, key: Key, username: str, **query: object) -> Page:
    """A page of the sessions of `username`. Raises FindingRaised if the response is not a page."""
    texts = {"username": username} | {name: str(value) for name, value in query.items()}
    response = target.send(request("list_chat_sessions", **texts), key)
    data = as_object(response.data)
    if not response.is_accepted or not isinstance(data.get("sessions"), list):
        fail(response, expected="a page of sessions")
    sessions = list(map(as_object, data["sessions"]))
    return Page(
        response,
        ids=tuple(str(session.get("session_id")) for session in sessions),
        page=data.get("page"),
        page_size=data.get("page_size"),
        total=data.get("total"),
        creators=frozenset(session.get("creator") for session in sessions),
    )


def pages_of(target: Target, key: Key, username: str, size: int, sessions: int) -> Iterator[Page]:
    """The pages of the sessions of `username`, up to the first empty one. Each is requested when it is needed.

    sessions: their expected number. A list with more pages is not followed: a server that lists the sessions of all
    users can have thousands.
    """
    for number in range(1, sessions // size + SPARE_PAGES + 1):
        page = page_of(target, key, username, page=number, page_size=size)
        yield page
        if not page.ids:
            return


def page_with(target: Target, key: Key, session: str) -> Page | None:
    """The page of the list of `key`'s user that contains a session. None if the list does not contain it.

    Raises NotJudged if the list contains sessions of other users, or more sessions than the run created.
    """
    username = user_of(key)
    for page in pages_of(target, key, username, LARGEST_PAGE, sessions=len(target.created)):
        if session in page.ids:
            return page
        if page.creators - {username}:
            raise NotJudged(f"the list of {username} contains sessions of other users, see SESSIONS-OWNER")
        if not page.ids:
            return None
    raise NotJudged(f"the list of {username} has more pages than the sessions of the run fill")


def history_of(target: Target, key: Key, session: str) -> list[dict[str, Any]]:
    """The contents of the messages in a session of `key`. Raises NotJudged if its own key cannot read it."""
    response = target.send(request("get_chat_session", session_id=session), key)
    history = part(response.data, "history")
    if not response.is_accepted or not isinstance(history, list):
        raise NotJudged(f"the owner cannot read the history of a session: {response.in_short}")
    contents = (part(message, "content") for message in history)
    return [content for content in contents if isinstance(content, dict)]


def messages_of_user(history: list[dict[str, Any]]) -> list[Any]:
    """The message chains of the user, the oldest first."""
    return [content.get("message") for content in history if content.get("type") == "user"]
