"""Every check finds a violation: a server with one fault fails the requirement that the fault violates."""

import os
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import NoReturn

import httpx2
import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_faults import CATALOGUE, Fault, Server, fault
from astrbot_faults.meddling import operation_at
from astrbot_reference import Settings, create_app, running
from astrbot_reference.stores.key_store import KeyStore
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conformance.browser.chromium import NO_BROWSER
from tests.conformance.crash_watch import watched, watched_apart
from tests.conformance.default_run import SETTINGS, default_run
from tests.conformance.killing import FOLLOWS, Kill, kill, needs_browser

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("ASTRBOT_FAULT_SEED", "1"))
SAMPLE = random.Random(SEED).sample(sorted(CATALOGUE.values(), key=lambda fault: fault.name), 1)  # noqa: S311


@pytest.mark.parametrize("fault", SAMPLE, ids=lambda fault: fault.name)
def test_a_fault_fails_the_requirement_that_it_breaks(fault: Fault) -> None:
    """That requirement fails. Others fail only if they depend on it."""
    if needs_browser(fault) and NO_BROWSER:
        pytest.skip(NO_BROWSER)
    result = kill(fault)

    assert result.is_clean, result


@fault(breaks="SESSIONS-OWNER")
def crashing(server: Server) -> None:
    """The list of keys raises an unexpected exception."""

    @server.override
    class Broken(KeyStore):
        def list(self) -> NoReturn:
            raise RuntimeError("unexpected")


@pytest.mark.parametrize("serving", [watched, watched_apart])
def test_unexpected_exceptions_are_counted(serving: Callable[..., AbstractContextManager[str]]) -> None:
    """The app counts them, in this process or another. A fault that declares none is then not clean."""
    crashes: list[str] = []
    with serving(replace(SETTINGS, expired_key=None), crashing, crashes=crashes) as url:
        login = {"username": SETTINGS.username, "password": SETTINGS.password}
        token = httpx2.post(f"{url}/api/v1/auth/login", json=login).json()["data"]["token"]
        bearer = {"Authorization": f"Bearer {token}"}
        assert httpx2.get(f"{url}/api/v1/personas", headers=bearer).status_code == 200
        assert httpx2.get(f"{url}/api/v1/api-keys", headers=bearer).status_code == 500
    result = Kill(crashing, frozenset({crashing.breaks}), crashes=tuple(crashes))

    assert set(crashes) == {"RuntimeError('unexpected')"}
    assert not result.is_clean
    assert replace(result, fault=replace(crashing, crashes=True)).is_clean
    assert replace(result, crashes=()).is_clean


class Recorder:
    """Adds the id of each operation to `succeeded` as soon as one of its responses reports success."""

    def __init__(self, app: ASGIApp, contract: Contract, succeeded: set[str]) -> None:
        self._app, self._contract, self._succeeded = app, contract, succeeded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            is_error = message.get("body", b"").startswith(b'{"status":"error"')
            operation = operation_at(self._contract, scope["method"], scope["path"])
            if operation and 200 <= status < 300 and message["type"] == "http.response.body" and not is_error:
                self._succeeded.add(operation.id)
            await send(message)

        await self._app(scope, receive, watch if scope["type"] == "http" else send)


def recorded(settings: Settings, succeeded: set[str]) -> AbstractContextManager[str]:
    """The sound server. The ids of the operations that succeed are added to `succeeded`."""
    app = create_app(settings)
    app.add_middleware(Recorder, contract=releases.contract(settings.release), succeeded=succeeded)
    return running(app=app)


@pytest.mark.parametrize("release", [releases.BASE, releases.NEWEST])
def test_a_sound_server_passes_everything(release: str) -> None:
    """There are no findings, and only the requirements of `--ui` are left unjudged.

    Every operation succeeded at least once, so its response was compared with the schema.
    """
    contract, succeeded = releases.contract(release), set[str]()
    report = default_run(release=release, serving=partial(recorded, succeeded=succeeded))
    required = [one for one in report.judgements if not one.by_choice]
    named = contract.requirements
    # tests/reference/test_later_tags.py resumes a response; the suite never disconnects from one.
    served = {operation.id for operation in contract.operations if not operation.closed_scope} - {"resume_chat_run"}

    assert report.findings == ()
    assert [(one.check, one.reason) for one in required if one.status != "passed"] == []
    assert {r.id for r in report.requirements if r.status != "passed"} == {id for id in named if id[:3] == "UI-"}
    assert {r.id for r in report.requirements} == {name for name in named if not name.startswith("BEYOND-")}
    assert report.beyond == ()
    assert (report.verdict, report.exit_code) == ("conformant", 0)
    assert served <= succeeded


def test_every_requirement_has_a_fault() -> None:
    """Every requirement of every release has a fault, and every fault violates a requirement."""
    known = set().union(*(releases.contract(release).requirements for release in releases.RELEASES))

    assert {fault.breaks for fault in CATALOGUE.values()} == known
    assert FOLLOWS.keys() <= known
    assert set().union(*FOLLOWS.values()) <= known


def test_almost_every_fault_breaks_the_newest_release_too() -> None:
    """All faults, except those of operations that the newest release opened to keys."""
    newest = releases.contract(releases.NEWEST)
    spared = {name for name, fault in CATALOGUE.items() if not fault.applies(newest)}

    assert spared == {"opened-get-file-content", "unlocked-replace-conversation-messages"}


def test_the_catalogue_is_large() -> None:
    """There are at least 150 faults."""
    assert len(CATALOGUE) >= 150


def test_every_fault_says_what_is_wrong() -> None:
    """A fault has a readable sentence for the list of faults."""
    assert [fault.name for fault in CATALOGUE.values() if not fault.line.endswith(".")] == []
