"""A release between two known ones is judged by the one that it matches, and a newer one by the newest."""

import pickle
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_conformance.contract import EarlierContract, PortableContract, absent_from
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.dashboard import Dashboard, NoDashboard
from astrbot_conformance.preflight.release_detection import TargetProfile, detect_release
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret

BELOW, ABOVE = "4.28.2", "4.29.1"
BETWEEN = "4.28.9"
REFUSAL = {"status": "error", "message": "Missing API key"}


def ok(data: Any) -> httpx2.Response:
    """A successful response."""
    return httpx2.Response(200, json={"status": "ok", "message": None, "data": data})


@contextmanager
def target(
    stated: str, published: Any, served: Contract | None, grants: Collection[str] = ()
) -> Iterator[tuple[Target, list[str]]]:
    """A target that states a release, publishes a document and serves the operations of a contract.

    grants: the scopes that a new key can have. Also returns the requests that it receives.
    """
    received: list[str] = []

    def response(request: httpx2.Request) -> httpx2.Response:
        path = request.url.raw_path.decode().partition("?")[0]
        received.append(f"{request.method} {path}")
        if path == "/api/v1/openapi.json" and published is not None:
            return httpx2.Response(200, json=published)
        if path == "/api/v1/stats/version":
            return ok({"version": stated})
        if (request.method, path) == ("POST", "/api/v1/api-keys"):
            scopes = request.read().decode()
            held = [scope for scope in grants if f'"{scope}"' in scopes]
            key = {"key_id": "1", "api_key": "abk_0123456789abcdef0123456789", "scopes": held}
            return ok(key) if held else httpx2.Response(400, json=REFUSAL)
        is_there = served and any(one.method == request.method and one.matches(path) for one in served.operations)
        return httpx2.Response(401 if is_there else 404, json=REFUSAL)

    server = astrbot_target(TargetOptions("http://127.0.0.1:1"), httpx2.MockTransport(response))
    try:
        yield server, received
    finally:
        server.close()


def detected(
    stated: str, published: Any, served: Contract | None = None, grants: Collection[str] = ()
) -> TargetProfile:
    """The profile of such a target, with a login."""
    with target(stated, published, served, grants) as (server, _):
        return detect_release(server, Dashboard(server, Secret("a-token-of-a-dashboard", "ASTRBOT_DASHBOARD_TOKEN")))


@pytest.mark.parametrize("release", [BELOW, ABOVE])
def test_the_document_decides_between_two_releases(release: str) -> None:
    """The release whose operations it publishes is the contract, even if its number is above the stated one."""
    contract = releases.contract(release)

    profile = detected(BETWEEN, contract.document(), contract)

    assert (profile.release, profile.contract.release) == (BETWEEN, release)
    assert f"{BETWEEN} is between two known releases; judged as {release}, whose published" in str(profile.note)
    assert absent_from(profile.contract) == []


@pytest.mark.parametrize("release", [BELOW, ABOVE])
@pytest.mark.parametrize("published", [None, {}, {"paths": {}}])
def test_without_a_document_the_responses_decide(release: str, published: Any) -> None:
    """An operation that is served rejects a request without a key; the others do not exist."""
    profile = detected(BETWEEN, published, releases.contract(release))

    assert profile.contract.release == release
    assert "that the target serves" in str(profile.note)


def test_responses_are_compared_without_a_key_and_by_reading() -> None:
    """Nothing but GET is sent, and only operations that not all candidates have."""
    with target(BETWEEN, None, releases.contract(ABOVE)) as (server, received):
        detect_release(server, NoDashboard())

    assert {request.partition(" ")[0] for request in received} == {"GET"}
    assert len(received) < 50


def test_a_target_that_proves_nothing_is_judged_by_the_release_below() -> None:
    """It serves nothing that only one of them has."""
    profile = detected(BETWEEN, None, None)

    assert profile.contract.release == BELOW
    assert str(profile.note).endswith("the release below it")


def test_operations_that_are_neither_published_nor_served_are_absent() -> None:
    """The contract of the run lacks them, and other operations stay: published ones, and those that are served."""
    contract = releases.contract(ABOVE)
    gone, hidden = contract.by_id["begin_upload"], contract.by_id["list_bots"]
    paths = contract.document()["paths"]
    published = {"paths": {path: item for path, item in paths.items() if path not in (gone.path, hidden.path)}}
    served = releases.contract(BELOW)  # it has no uploads in pieces

    profile = detected(ABOVE, published, served)

    assert [one.id for one in absent_from(profile.contract)] == [gone.id]
    assert hidden.id in profile.contract.by_id
    assert not profile.note


def test_without_a_document_no_operation_is_absent() -> None:
    """An empty document says nothing about operations."""
    assert absent_from(detected(ABOVE, None, releases.contract(BELOW)).contract) == []


def test_scopes_that_the_contract_lacks_are_named() -> None:
    """A release between two known ones can grant scopes of the later one, and its document can name others."""
    published = releases.contract("4.26.0b8").document()
    published = published | {"paths": published["paths"] | {"/api/v1/new": {"get": {"x-astrbot-scope": "moon"}}}}

    profile = detected("4.26.0", published, releases.contract("4.26.0b8"), grants=("data", "chat:admin"))

    assert profile.contract.release == "4.26.0b8"
    assert profile.unknown_scopes == ("chat:admin", "data", "moon")
    assert "grants scopes that 4.26.0b8 does not have: `chat:admin`, `data`, `moon`" in profile.notes[-1]


def test_a_known_release_gets_no_request_about_scopes() -> None:
    """Its scopes are known."""
    with target(ABOVE, None, releases.contract(ABOVE)) as (server, received):
        detect_release(server, Dashboard(server, Secret("a-token-of-a-dashboard", "ASTRBOT_DASHBOARD_TOKEN")))

    assert "POST /api/v1/api-keys" not in received


def test_the_contract_of_a_run_can_be_built_in_another_process() -> None:
    """With the same operations, and as the contract of a newer target if it is one."""
    newest = releases.contract(releases.NEWEST)
    published = {path: item for path, item in newest.document()["paths"].items() if path != "/api/v1/files/upload/init"}
    contract = detected("99.0", {"paths": published}, releases.contract(BELOW)).contract

    again = pickle.loads(pickle.dumps(PortableContract.of(contract))).contract()  # noqa: S301  it is our own

    assert isinstance(again, EarlierContract)
    assert again.operations == contract.operations
    assert len(again.operations) < len(newest.operations)
