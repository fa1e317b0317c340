"""The keys and other resources of a target, which tests compare before and after a run, and a run that is killed."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from astrbot_api import releases
from astrbot_api.scopes import Scope
from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import asking
from astrbot_conformance.http.target import Target
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.kinds import kinds, mcp_servers
from astrbot_conformance.run_mark import run_of
from astrbot_conformance.secret import Secret
from astrbot_reference.stores.mcp_servers import EXAMPLE

from tests.conformance.dashboard import command, new_key
from tests.conformance.run_names import SIMILAR

CONTRACT = releases.contract(releases.BASE)
SHARED = [kind for kind in kinds(CONTRACT) if kind.noun != "chat project"]  # a project belongs to its key
ALL_KINDS = (*SHARED, mcp_servers(CONTRACT, dict(EXAMPLE)))


def names(client: httpx2.Client) -> list[str]:
    """The names of all keys."""
    return [key["name"] for key in client.get("/api/v1/api-keys").json()["data"]]


def runs(client: httpx2.Client) -> set[str]:
    """The runs that have keys."""
    return {run for name in names(client) if (run := run_of(name))}


@contextmanager
def keyed(client: httpx2.Client) -> Iterator[tuple[Target, Key]]:
    """A client of the server, and a key with every scope that belongs to no run."""
    made = new_key(client, *Scope)
    target = astrbot_target(TargetOptions(str(client.base_url).rstrip("/"), disposable=True))
    try:
        yield (
            target,
            Key(made["key_id"], frozenset(Scope), Secret(made["api_key"], "ASTRBOT_KEY_FOREIGN"), CredentialState.LIVE),
        )
    finally:
        target.close()
        client.delete(f"/api/v1/api-keys/{made['key_id']}").raise_for_status()


def everything(target: Target, key: Key) -> list[object]:
    """The content of all lists, and the routes."""
    others = (request(name) for name in ("get_config_routes", "list_plugins", "list_failed_plugins"))
    listings = [*(asking(kind.listing) for kind in ALL_KINDS), *others]
    return [target.send(listing, key).data for listing in listings]


def delete_similar_keys(client: httpx2.Client) -> None:
    """Delete the keys with similar names that the test created."""
    for key in client.get("/api/v1/api-keys").json()["data"]:
        if key["name"] in SIMILAR:
            client.delete(f"/api/v1/api-keys/{key['key_id']}").raise_for_status()


def killed_run(base: str, folder: Path, has_begun: Callable[[], bool]) -> None:
    """Start a run and kill it while its resources exist."""
    words = ("-k", "journey or no_effect or path_id", "--rate", "40", "--seed", "1")
    run = command("conform", base, *words, folder=folder)
    deadline = time.monotonic() + 60
    while not has_begun() and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    run.kill()
    run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL
