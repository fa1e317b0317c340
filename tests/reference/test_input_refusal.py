"""Bodies that no operation can act upon are refused, whatever is odd about them."""

import httpx2
import pytest
from astrbot_api.operations import KEYED
from astrbot_conformance.inputs.odd_input import JSON, odd_body

from tests.reference.conftest import Client

BODIED = [o for o in KEYED if o.body and JSON in o.body.media_types and o.probe and o.probe.has_body]
ECHOED = ("half a surrogate pair", "zero byte", "number of 5,000 digits", "not a number", "broken UTF-8")


@pytest.mark.parametrize("what", ECHOED)
def test_what_a_refusal_says_back_breaks_no_operation(client: Client, what: str) -> None:
    """No operation returns 5xx for input that it cannot return unchanged."""
    headers = client.keyed(*{str(operation.scope) for operation in BODIED}).headers
    broken = []
    with httpx2.Client(base_url=client.base_url, headers=headers, timeout=30) as plain:  # which judges no answer
        for operation in BODIED:
            odd = odd_body(operation, what)
            path = odd.path.removeprefix("/api/v1")
            answer = plain.request(operation.method, path, content=odd.body, headers=dict(odd.headers))
            broken += [str(operation)] if answer.status_code >= 500 else []

    assert broken == []


EMPTY = "Message content is empty (reply only is not allowed)"
REFUSALS: list[tuple[str, str, object, str]] = [
    ("chat", "chat", {"message": "hello"}, "Missing key: username"),
    ("chat", "chat", {"username": " ", "message": "hello"}, "username is empty"),
    ("chat", "chat", {"username": "bo", "message": ""}, EMPTY),
    ("chat", "chat", {"username": "bo", "message": [{"type": "reply", "message_id": 1}]}, EMPTY),
    ("chat", "chat", {"username": "bo", "message": [{"type": "bogus"}]}, "unsupported message part type: bogus"),
    ("chat", "chat/projects", {}, "Missing key: title"),
    ("im", "im/message", {"message": "hello"}, "Missing key: umo"),
    ("im", "im/message", {"umo": "a:b", "message": "hello"}, "Invalid umo: a:b"),
    ("im", "im/message", {"umo": "webchat:FriendMessage:a", "message": 5}, "message must be a string or list"),
    (
        "im",
        "im/message",
        {"umo": "webchat:FriendMessage:a", "message": [{"type": "image"}]},
        "image part missing attachment_id",
    ),
    ("bot", "bots", {}, "id is required"),
    ("bot", "bots", {"id": ""}, "id is empty"),
    ("bot", "bots", {"id": 5}, "id must be a valid string"),
    ("persona", "personas", {"system_prompt": "x"}, "persona_id is required"),
    ("mcp", "mcp/servers", {}, "name is required"),
    ("plugin", "plugins/install/github", {}, "repository is required"),
]


@pytest.mark.parametrize(("scope", "path", "body", "message"), REFUSALS)
def test_a_refusal_is_a_sentence_for_people(client: Client, scope: str, path: str, body: object, message: str) -> None:
    """It names the member that is wrong, in the words of AstrBot, and no rule of the schema."""
    assert client.keyed(scope).post(path, json=body).json()["message"] == message


def test_the_refusal_of_a_new_key_names_the_reason(client: Client) -> None:
    """An unknown scope, no scope at all, and a number of days that is none."""
    dashboard = client.dashboard()
    bodies: tuple[dict[str, object], ...] = ({"scopes": ["bogus"]}, {"scopes": []}, {"expires_in_days": 0})

    assert [dashboard.post("api-keys", json=body).json()["message"] for body in bodies] == [
        "Invalid scopes: bogus",
        "At least one valid scope is required",
        "expires_in_days must be greater than 0",
    ]


def test_invalid_input_is_described_as_pydantic_does(client: Client) -> None:
    """A 422 shows no rule of the schema either."""
    problems = client.keyed("bot").post("bots", json=[]).json()["detail"]

    assert "Input should be a valid dictionary" in {problem["msg"] for problem in problems}
    assert "satisfy" not in str(problems)
