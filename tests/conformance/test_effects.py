"""`--effects read` changes nothing: a proxy records every request, and the server is compared before and after."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from astrbot_api import releases
from astrbot_api.operations import KEYED
from astrbot_api.scopes import Scope
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import asking
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.secret import Secret
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS, command, new_key, operator, through
from tests.conformance.recording import Exchange, recording

pytestmark = pytest.mark.slow

LOGIN, KEYS = "/api/v1/auth/login", "/api/v1/api-keys"
NOBODYS = re.compile(r"/conform-[0-9a-f]{20}-none-1")  # an id that the run invented
ONLY_READING = {str(operation) for operation in KEYED if operation.side_effect == "read"}
SILENT = {"GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"}  # CONNECT is for a WebSocket, on which a key is tried by a ping


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server."""
    with running(SETTINGS) as url:
        yield url


def is_refused(exchange: Exchange) -> bool:
    """Whether the server rejected the request: a 4xx, or a 200 with the error envelope."""
    if 400 <= exchange.status < 500:
        return True
    try:
        return exchange.status == 200 and json.loads(exchange.response)["status"] == "error"
    except (ValueError, KeyError, TypeError):
        return False


def test_reading_changes_nothing(base: str, tmp_path: Path) -> None:
    """Each request is a GET, a login, one about the run's keys, rejected, about a nonexistent resource, or reads."""
    with operator(base) as client, recording() as recorder:
        entry = new_key(client, *Scope)
        target = astrbot_target(TargetOptions(base))
        secret = Secret(entry["api_key"], "ASTRBOT_KEY_FOREIGN")
        key = Key(entry["key_id"], frozenset(Scope), secret, CredentialState.LIVE)
        listings = [asking(kind.listing) for kind in kinds(releases.contract(releases.BASE))]
        before = [target.send(listing, key).data for listing in listings]

        words = ("--effects", "read", "--seed", "1")
        run = command("conform", base, *words, folder=tmp_path, environment=through(recorder.url))
        out, err = run.communicate(timeout=300)

        assert run.returncode == 0, out + err
        assert [target.send(listing, key).data for listing in listings] == before
        assert [one["key_id"] for one in client.get(KEYS).json()["data"]] == [entry["key_id"]]
        target.close()
    assert len(recorder.exchanges) > 500
    loud = [one for one in recorder.exchanges if one.method not in SILENT and not is_refused(one)]
    others = [one for one in loud if one.path.partition("?")[0] != LOGIN and not one.path.startswith(KEYS)]
    effective = [one for one in others if not NOBODYS.search(one.path)]
    assert {f"{one.method} {one.path}" for one in effective} <= ONLY_READING
