"""Requests that a target never gets at the same time."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID
from astrbot_conformance.astrbot_operations import MESSAGES
from astrbot_conformance.http.concurrency import BUSY_AFTER_MESSAGE
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.request import asking, harmless
from astrbot_conformance.preflight.target import astrbot_target

ALONE = ("create_plugin_source", "delete_plugin_source", "update_config_profile", "create_config_profile")
TOGETHER = ("list_plugin_sources", "list_bots", "create_bot", "get_config_profile")


class Slow(httpx2.BaseTransport):
    """Takes a moment for each response, and stores the requests that were in flight at that time."""

    def __init__(self) -> None:
        self.met: list[frozenset[str]] = []
        self.began: list[float] = []
        self._under_way: list[str] = []
        self._lock = threading.Lock()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Respond after a moment."""
        with self._lock:
            self.began.append(time.monotonic())
            self._under_way.append(f"{request.method} {request.url.raw_path.decode()}")
            self.met.append(frozenset(self._under_way))
        time.sleep(0.02)
        with self._lock:
            self._under_way.remove(f"{request.method} {request.url.raw_path.decode()}")
        return httpx2.Response(200, json={"status": "ok", "message": None, "data": {}})


@pytest.mark.parametrize("alone", ALONE)
def test_some_requests_run_alone(alone: str) -> None:
    """No other request is in flight at the same time. All other requests run concurrently."""
    transport = Slow()
    target = astrbot_target(TargetOptions(base="http://127.0.0.1:9", disposable=True), transport=transport)

    def send(operation: Operation) -> None:
        target.send(harmless(operation))

    operations = [BY_ID[name] for _ in range(3) for name in (alone, *TOGETHER)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, operations))

    place = harmless(BY_ID[alone]).naming(target.nonexistent)
    alone_with = [met for met in transport.met if f"{place.method} {place.path}" in met]
    assert alone_with == [frozenset({f"{place.method} {place.path}"})] * 3
    assert max(map(len, transport.met)) > 1


@pytest.mark.parametrize("release", releases.RELEASES)
@pytest.mark.parametrize("message", [operation.id for operation in MESSAGES])
def test_a_profile_is_changed_after_messages_are_finished(message: str, release: str) -> None:
    """Real servers still write data after the response to a message, in every release."""
    transport, operations = Slow(), releases.contract(release).by_id
    target = astrbot_target(TargetOptions(base="http://127.0.0.1:9", disposable=False), transport=transport)

    target.send(asking(operations[message], json_body={}))
    target.send(asking(operations["update_config_profile"], path={"config_id": "none"}, json_body={}))

    assert transport.began[1] - transport.began[0] > BUSY_AFTER_MESSAGE
