"""The release of a target, by its statement or by its published operations, determines the contract."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.dashboard import Dashboard, NoDashboard
from astrbot_conformance.preflight.new_operations import new_operations
from astrbot_conformance.preflight.release_detection import VERSIONS, TargetProfile, detect_release
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret

BASE, NEWEST = releases.BASE, releases.NEWEST
DOCUMENT: Any = releases.contract().document()
STATING = DOCUMENT | {"paths": DOCUMENT["paths"] | {VERSIONS.path: {"get": {"responses": {}}}}}
NEW = {"get": {"summary": "Count", "x-astrbot-scope": "counting", "parameters": [{"name": "id", "in": "path"}]}}


@contextmanager
def target(published: Any, *, to_all: str | None = None, to_operator: str | None = None) -> Iterator[Target]:
    """A target that publishes a document and states its version to everybody, or only on the dashboard."""

    def response(request: httpx2.Request) -> httpx2.Response:
        path = request.url.raw_path.decode()
        if path == "/api/v1/openapi.json" and published is not None:
            return httpx2.Response(200, json=published)
        if path == VERSIONS.path and to_all:
            return httpx2.Response(200, json={"status": "ok", "message": None, "data": {"astrbot_version": to_all}})
        if path == "/api/v1/stats/version" and to_operator:
            return httpx2.Response(200, json={"status": "ok", "message": None, "data": {"version": to_operator}})
        return httpx2.Response(404, json={"status": "error", "message": "Not Found"})

    yield astrbot_target(TargetOptions("http://127.0.0.1:1"), httpx2.MockTransport(response))


def detected(published: Any, chosen: str | None = None, *, dashboard: bool = False, **stated: str) -> TargetProfile:
    """The detected profile of such a target."""
    with target(published, **stated) as server:
        session = Dashboard(server, Secret("a-token-of-a-dashboard", "ASTRBOT_DASHBOARD_TOKEN")) if dashboard else None
        return detect_release(server, session or NoDashboard(), chosen)


@pytest.mark.parametrize("release", releases.RELEASES)
def test_the_most_similar_release_is_used_without_a_statement(release: str) -> None:
    """The document of a release is recognized, and a note says that the release was deduced."""
    profile = detected(releases.contract(release).document())

    assert (profile.release, profile.contract.release, profile.beyond) == (None, release, ())
    assert "does not state its release" in str(profile.note)


@pytest.mark.parametrize("release", releases.RELEASES)
def test_a_stated_release_has_priority(release: str) -> None:
    """Whether it is stated to everybody or only after a login."""
    assert detected(STATING, to_all=release).contract.release == release
    assert detected(DOCUMENT, dashboard=True, to_operator=f"v{release}").contract.release == release


def test_the_newest_release_that_is_not_above_is_used() -> None:
    """A release between two known ones is judged by the contract of the earlier one."""
    assert detected(STATING, to_all="4.26.0-beta.8").contract.release == BASE
    assert detected(STATING, to_all=f"{NEWEST}.post1").contract.release == NEWEST


def test_a_newer_release_is_judged_as_the_newest_known() -> None:
    """A note says so, and its new operations are listed."""
    beyond = STATING["paths"] | {"/api/v1/counters/{id}": NEW}
    profile = detected(STATING | {"paths": beyond}, to_all="99.1.2")

    assert (profile.release, profile.contract.release) == ("99.1.2", NEWEST)
    assert profile.note == f"99.1.2 is newer than every known release; judged as {NEWEST}"
    assert "GET /api/v1/counters/{id}" in map(str, profile.beyond)


def test_the_option_overrides_the_stated_release() -> None:
    """A note says so."""
    profile = detected(STATING, BASE, to_all="99.1.2")

    assert (profile.release, profile.contract.release) == ("99.1.2", BASE)
    assert "--release" in str(profile.note)


@pytest.mark.parametrize(
    ("chosen", "held_to", "why"),
    [
        ("99.1.2", NEWEST, f"{NEWEST} is the newest known release"),
        ("4.27.0", "4.26.8", "the newest known release that is not above it"),
        ("3.5", BASE, f"{BASE} is the oldest known release"),
        (NEWEST, NEWEST, f"because of --release {NEWEST}"),
    ],
)
def test_an_unknown_chosen_release_is_explained(chosen: str, held_to: str, why: str) -> None:
    """Above, between or below the known releases: the note names the contract that applies, and the reason."""
    profile = detected(STATING, chosen=chosen, to_all=BASE)

    assert profile.contract.release == held_to
    assert str(profile.note).startswith(f"judged as {held_to}, because of --release {chosen}")
    assert str(profile.note).endswith(why)


@pytest.mark.parametrize("published", [None, {}, [], {"paths": 1}, {"paths": {"/": {"get": None}}}])
def test_without_any_information_the_first_release_is_used(published: Any) -> None:
    """The note says that nothing is known."""
    profile = detected(published)

    assert (profile.release, profile.contract.release, profile.beyond) == (None, BASE, ())
    assert "the first release with this API" in str(profile.note)


def test_a_stated_release_that_is_not_a_version_is_ignored() -> None:
    """The note says so, and the published operations count."""
    profile = detected(DOCUMENT, dashboard=True, to_operator="my own build")

    assert (profile.release, profile.contract.release) == ("my own build", BASE)
    assert "states `my own build`" in str(profile.note)


def test_a_new_operation_is_taken_from_the_document() -> None:
    """Its scope is the declared one, and a nonexistent resource replaces its parameters."""
    (operation,) = new_operations(releases.contract(), {"paths": {"/api/v1/counters/{id}": NEW}})

    assert (str(operation), operation.scope, operation.side_effect) == ("GET /api/v1/counters/{id}", "counting", "read")
    assert operation.probe is not None
    assert operation.probe.path == {"id": "conform-none-1"}


@pytest.mark.parametrize(
    "path",
    ["/api/v1/../x", "/api/v1/.x", "/api/v1/a//b", "/api/v1/%2e%2e/x", "/api/v1/a b", "/api/v1/bots/{other}"],
)
def test_an_unusual_path_is_not_requested(path: str) -> None:
    """A published path is external text. Operations of the contract are not new, even with other parameter names."""
    assert list(new_operations(releases.contract(), {"paths": {path: NEW}})) == []


@pytest.mark.parametrize("stated", ["4." + "9" * 5000, "9" * 5000, "4.\ud800" * 40, "4.29\x1b[2J", "", " " * 65])
def test_an_unusable_release_is_ignored(stated: str) -> None:
    """Numbers that Python does not parse, lone surrogates and control characters: the published operations count."""
    for profile in (
        detected(DOCUMENT, dashboard=True, to_operator=stated),
        detected(STATING, to_all=stated),
    ):
        assert profile.release is None
        assert profile.note
        assert profile.note.isprintable()
