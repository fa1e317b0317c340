"""What a target is never sent at the same time."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID
from astrbot_conformance.contract import MESSAGES
from astrbot_conformance.http.concurrency import BUSY_AFTER_MESSAGE
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.request import asking, harmless
from astrbot_conformance.http.target import Target

ALONE = ("create_plugin_source", "delete_plugin_source", "update_config_profile", "create_config_profile")
TOGETHER = ("list_plugin_sources", "list_bots", "create_bot", "get_config_profile")


class Slow(httpx2.BaseTransport):
    """Takes a moment for each answer, and writes down what else was under way by then."""

    def __init__(self) -> None:
        self.met: list[frozenset[str]] = []
        self.began: list[float] = []
        self._under_way: list[str] = []
        self._lock = threading.Lock()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """An answer after a moment."""
        with self._lock:
            self.began.append(time.monotonic())
            self._under_way.append(f"{request.method} {request.url.raw_path.decode()}")
            self.met.append(frozenset(self._under_way))
        time.sleep(0.02)
        with self._lock:
            self._under_way.remove(f"{request.method} {request.url.raw_path.decode()}")
        return httpx2.Response(200, json={"status": "ok", "message": None, "data": {}})


@pytest.mark.parametrize("alone", ALONE)
def test_what_real_servers_cannot_do_beside_others_goes_alone(alone: str) -> None:
    """While it is under way nothing else is; all the rest goes side by side."""
    transport = Slow()
    target = Target(TargetOptions(base="http://127.0.0.1:9", disposable=True), transport=transport)

    def send(operation: Operation) -> None:
        target.send(harmless(operation))

    wanted = [BY_ID[name] for _ in range(3) for name in (alone, *TOGETHER)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, wanted))

    place = harmless(BY_ID[alone]).naming(target.nonexistent)
    mine = [met for met in transport.met if f"{place.method} {place.path}" in met]
    assert mine == [frozenset({f"{place.method} {place.path}"})] * 3
    assert max(map(len, transport.met)) > 1


@pytest.mark.parametrize("release", releases.RELEASES)
@pytest.mark.parametrize("message", [operation.id for operation in MESSAGES])
def test_a_profile_is_changed_when_the_message_before_has_come_to_rest(message: str, release: str) -> None:
    """Real servers still write something down after their answer, whatever else the release says of the message."""
    transport, operations = Slow(), releases.contract(release).by_id
    target = Target(TargetOptions(base="http://127.0.0.1:9", disposable=False), transport=transport)

    target.send(asking(operations[message], json_body={}))
    target.send(asking(operations["update_config_profile"], path={"config_id": "none"}, json_body={}))

    assert transport.began[1] - transport.began[0] > BUSY_AFTER_MESSAGE
