"""Requests that name the owner of a resource as their sender, and the checks that send them."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

import astrbot_conformance.checks
import pytest
from astrbot_api import releases
from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.sessions import user_of
from astrbot_conformance.http import CredentialState, HttpRequest, Key, with_file
from astrbot_conformance.scenarios.claimed_identity import (
    COOKIES,
    HEADERS,
    MEMBERS,
    claiming,
    naming_in_body,
    naming_in_query,
)
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.requirement import marks_of

OWNER = Key("2f1c", frozenset({"chat"}), Secret("abk_owner-0123456789-0123456789-abcd", "KEY"), CredentialState.LIVE)
OWNED = ("session_id", "thread_id", "project_id", "run_id", "upload_id")
IN_A_BODY = (
    "create_chat_thread delete_chat_sessions upload_piece get_upload_status complete_upload abort_upload".split()
)
LISTS = "list_chat_sessions list_chat_projects".split()


def body_of(asked: HttpRequest) -> dict[str, object]:
    """The JSON body of a request."""
    body: dict[str, object] = json.loads(asked.body or b"null")
    return body


def test_the_owner_is_named_everywhere() -> None:
    """The query, the body, the headers and the cookies name the owner. The rest of the request stays the same."""
    plain = request("update_chat_session", session_id="notes", body={"display_name": "x"})
    claimed = claiming(plain, OWNER)

    assert (claimed.method, claimed.path) == (plain.method, plain.path)
    assert dict(claimed.query).items() >= dict.fromkeys(MEMBERS, user_of(OWNER)).items()
    assert dict(claimed.headers).items() >= dict.fromkeys(HEADERS, user_of(OWNER)).items()
    assert dict(claimed.headers)["Cookie"].count(user_of(OWNER)) == len(COOKIES)
    assert body_of(claimed).items() >= {"display_name": "x", "owner": user_of(OWNER), "key_id": "2f1c"}.items()
    assert [name.lower() for name, _ in claimed.headers].count("content-type") == 1


def test_what_the_operation_defines_is_not_overwritten() -> None:
    """`username` chooses the list and the user of a chat. The contract gives it that meaning."""
    listing = naming_in_query(request("list_chat_sessions", username="bob"), OWNER)
    chat = naming_in_body(request("chat", body={"username": "bob", "message": "hi"}), OWNER)

    assert [value for name, value in listing.query if name == "username"] == ["bob"]
    assert dict(listing.query)["creator"] == user_of(OWNER)
    assert body_of(chat)["username"] == "bob"
    assert body_of(chat)["user"] == user_of(OWNER)


def test_other_bodies_stay_the_same() -> None:
    """A read has no body. The body of an upload, and one that is not an object, are left alone."""
    reading, removal = request("get_chat_session", session_id="a"), request("delete_chat_session", session_id="a")
    upload = with_file(request("upload_piece"), "chunk", "piece", b"x", upload_id="1")
    batch = request("delete_chat_sessions", body=["a"])

    assert naming_in_body(reading, OWNER) == reading
    assert body_of(naming_in_body(removal, OWNER))["user"] == user_of(OWNER)
    assert naming_in_body(upload, OWNER) == upload
    assert naming_in_body(batch, OWNER) == batch


def test_the_query_can_be_read_back() -> None:
    """The query that is sent contains each claim once."""
    sent = naming_in_query(request("stop_chat_session", session_id="a"), OWNER).wire_target("http://127.0.0.1").decode()
    names = [name for name, _ in parse_qsl(sent.partition("?")[2])]

    assert len(names) == len(set(names)) >= len(MEMBERS)


@pytest.mark.parametrize("release", releases.RELEASES)
def test_every_operation_on_something_owned_has_a_check_of_its_owner(release: str) -> None:
    """The contract decides: an operation that names a session, a thread, a project, a run or an upload."""
    contract = releases.contract(release)
    in_path = {o.id for o in contract.keyed if any(parameter.name in OWNED for parameter in o.parameters)}
    named = in_path | {id for id in (*IN_A_BODY, *LISTS) if id in contract.by_id and contract.by_id[id].scope}
    judged = {
        operation.id
        for check in _checks()
        if (marks_of(check).requirement or "").endswith("-OWNER")
        for operation in marks_of(check).operations_in(contract)
    }

    assert named - judged == set()


def _checks() -> list[Callable[..., None]]:
    paths = Path(str(astrbot_conformance.checks.__file__)).parent.glob("test_*.py")
    modules = [importlib.import_module(f"astrbot_conformance.checks.{path.stem}") for path in sorted(paths)]
    return [value for module in modules for name, value in vars(module).items() if name.startswith("test_")]
