"""A server with thousands of sessions: a fault in its lists does not make a run long."""

from typing import Any

import pytest
from astrbot_faults import Fault, Server, fault
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.stores.session_store import SESSION, shown
from astrbot_reference.stores.store import JsonObject, Store

from tests.conformance.default_run import default_run

pytestmark = pytest.mark.slow

SESSIONS = 2_000
REQUIREMENTS = frozenset({"CHAT-SESSION", "SESSIONS-OWNER", "SESSIONS-PAGING", "SESSIONS-USERNAME", "JOURNEY-CHAT"})
TIME = "2026-01-01T00:00:00.000000+00:00"
OTHERS = {"platform_id": "webchat", "display_name": None, "is_group": 0, "created_at": TIME, "updated_at": TIME}


@fault(breaks="SESSIONS-OWNER")
def large(server: Server) -> None:
    """The server has many sessions of other users, which is no fault."""

    @server.override
    class Full(Store):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            for number in range(SESSIONS):
                id = f"existing-{number:04}"
                owned: JsonObject = {
                    "session_id": id,
                    "creator": f"user-{number % 7}",
                    "project_id": None,
                    "talkers": [],
                }
                self.put(SESSION, id, OTHERS | owned)


@fault(breaks="SESSIONS-OWNER")
def lists_of_all(server: Server) -> None:
    """Every list of sessions contains those of all users, the oldest first."""

    @server.override
    class Broken(ChatSessions):
        def _listed(self, username: str, platform_id: str | None) -> list[JsonObject]:
            del username, platform_id  # the fault
            return [shown(session) for session in self._sessions.all()[::-1]]


@fault(breaks="SESSIONS-OWNER")
def lists_in_disguise(server: Server) -> None:
    """Every list of sessions contains those of all users under the name of the requested one, the oldest first."""

    @server.override
    class Broken(ChatSessions):
        def _listed(self, username: str, platform_id: str | None) -> list[JsonObject]:
            del platform_id
            return [shown(session) | {"creator": username} for session in self._sessions.all()[::-1]]


@pytest.fixture(scope="module")
def sound_requests() -> int:
    """The number of requests of a run on the sound server."""
    report = default_run(large, requirements=REQUIREMENTS)
    assert report.findings == ()
    return report.requests


@pytest.mark.parametrize("broken", [lists_of_all, lists_in_disguise], ids=lambda one: one.name)
def test_a_list_that_never_ends_is_not_followed(broken: Fault, sound_requests: int) -> None:
    """The run finds the fault with at most as many requests as on the sound server, and half as many again."""
    report = default_run(large, broken, requirements=REQUIREMENTS)

    assert {each.id for each in report.requirements if each.status == "failed"} & {"SESSIONS-OWNER", "SESSIONS-PAGING"}
    assert report.requests <= 1.5 * sound_requests
