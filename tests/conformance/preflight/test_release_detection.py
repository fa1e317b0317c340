"""Which AstrBot stands there is told by what it states, else by what it publishes; and whose promises count."""

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
from astrbot_conformance.secret import Secret

BASE, NEWEST = releases.BASE, releases.NEWEST
DOCUMENT: Any = releases.contract().document()
STATING = DOCUMENT | {"paths": DOCUMENT["paths"] | {VERSIONS.path: {"get": {"responses": {}}}}}
NEW = {"get": {"summary": "Count", "x-astrbot-scope": "counting", "parameters": [{"name": "id", "in": "path"}]}}


@contextmanager
def target(published: Any, *, to_all: str | None = None, to_operator: str | None = None) -> Iterator[Target]:
    """A target that publishes a document and states its version to everybody, or on the dashboard only."""

    def response(request: httpx2.Request) -> httpx2.Response:
        path = request.url.raw_path.decode()
        if path == "/api/v1/openapi.json" and published is not None:
            return httpx2.Response(200, json=published)
        if path == VERSIONS.path and to_all:
            return httpx2.Response(200, json={"status": "ok", "message": None, "data": {"astrbot_version": to_all}})
        if path == "/api/v1/stats/version" and to_operator:
            return httpx2.Response(200, json={"status": "ok", "message": None, "data": {"version": to_operator}})
        return httpx2.Response(404, json={"status": "error", "message": "Not Found"})

    yield Target(TargetOptions("http://127.0.0.1:1"), httpx2.MockTransport(response))


def met(published: Any, chosen: str | None = None, *, dashboard: bool = False, **stated: str) -> TargetProfile:
    """What is made of such a target."""
    with target(published, **stated) as there:
        somebody = Dashboard(there, Secret("a-token-of-a-dashboard", "ASTRBOT_DASHBOARD_TOKEN")) if dashboard else None
        return detect_release(there, somebody or NoDashboard(), chosen)


@pytest.mark.parametrize("release", releases.RELEASES)
def test_the_nearest_by_operations_is_taken_for_what_states_no_release(release: str) -> None:
    """The document of a release is recognised as that release, and the report says that it was concluded."""
    profile = met(releases.contract(release).document())

    assert (profile.release, profile.contract.release, profile.beyond) == (None, release, ())
    assert "does not say which release it is" in str(profile.note)


@pytest.mark.parametrize("release", releases.RELEASES)
def test_what_is_stated_counts_more_than_what_is_published(release: str) -> None:
    """To everybody, or to who is logged in."""
    assert met(STATING, to_all=release).contract.release == release
    assert met(DOCUMENT, dashboard=True, to_operator=f"v{release}").contract.release == release


def test_the_newest_release_that_is_not_above_is_taken() -> None:
    """A release between two of them is held to the promises of the one before."""
    assert met(STATING, to_all="4.26.0-beta.8").contract.release == BASE
    assert met(STATING, to_all=f"{NEWEST}.post1").contract.release == NEWEST


def test_what_is_newer_than_all_is_held_to_the_newest_and_said_to_be_so() -> None:
    """What it publishes beside is named."""
    beyond = STATING["paths"] | {"/api/v1/counters/{id}": NEW}
    profile = met(STATING | {"paths": beyond}, to_all="99.1.2")

    assert (profile.release, profile.contract.release) == ("99.1.2", NEWEST)
    assert profile.note == f"99.1.2 is newer than every release known here; judged as {NEWEST}"
    assert "GET /api/v1/counters/{id}" in map(str, profile.beyond)


def test_the_choice_of_a_person_overrides_what_is_stated() -> None:
    """It is told as well."""
    profile = met(STATING, BASE, to_all="99.1.2")

    assert (profile.release, profile.contract.release) == ("99.1.2", BASE)
    assert "--release" in str(profile.note)


@pytest.mark.parametrize(
    ("chosen", "held_to", "why"),
    [
        ("99.1.2", NEWEST, f"{NEWEST} is the newest release known here"),
        ("4.27.0", "4.26.8", "the newest known release that is not above it"),
        ("3.5", BASE, f"{BASE} is the oldest release known here"),
        (NEWEST, NEWEST, f"because of --release {NEWEST}"),
    ],
)
def test_a_chosen_release_that_is_not_known_says_what_counts(chosen: str, held_to: str, why: str) -> None:
    """Above, between or below the known releases: the note names the contract that the target is held to, and why."""
    profile = met(STATING, chosen=chosen, to_all=BASE)

    assert profile.contract.release == held_to
    assert str(profile.note).startswith(f"judged as {held_to}, because of --release {chosen}")
    assert str(profile.note).endswith(why)


@pytest.mark.parametrize("published", [None, {}, [], {"paths": 1}, {"paths": {"/": {"get": None}}}])
def test_nothing_to_go_by_is_the_first_release(published: Any) -> None:
    """It is told that nothing was to be found out."""
    profile = met(published)

    assert (profile.release, profile.contract.release, profile.beyond) == (None, BASE, ())
    assert "the first with this API" in str(profile.note)


def test_a_release_that_is_no_version_is_told_and_not_believed() -> None:
    """What is published decides then."""
    profile = met(DOCUMENT, dashboard=True, to_operator="my own build")

    assert (profile.release, profile.contract.release) == ("my own build", BASE)
    assert "says it is my own build" in str(profile.note)


def test_an_operation_beyond_the_contract_is_what_its_document_says() -> None:
    """Its scope is its mark; a thing that is not there stands for its parameters."""
    (found,) = new_operations(releases.contract(), {"paths": {"/api/v1/counters/{id}": NEW}})

    assert (str(found), found.scope, found.side_effect) == ("GET /api/v1/counters/{id}", "counting", "read")
    assert found.probe is not None
    assert found.probe.path == {"id": "conform-none-1"}


@pytest.mark.parametrize(
    "path",
    ["/api/v1/../x", "/api/v1/.x", "/api/v1/a//b", "/api/v1/%2e%2e/x", "/api/v1/a b", "/api/v1/bots/{other}"],
)
def test_what_is_not_a_plain_path_is_not_asked_for(path: str) -> None:
    """A published path is somebody else's text; what the contract knows is not beyond it, whatever its names."""
    assert list(new_operations(releases.contract(), {"paths": {path: NEW}})) == []


@pytest.mark.parametrize("stated", ["4." + "9" * 5000, "9" * 5000, "4.\ud800" * 40, "4.29\x1b[2J", "", " " * 65])
def test_what_is_no_release_is_not_stated(stated: str) -> None:
    """Numbers that Python does not read, half surrogate pairs and control characters: it goes by what is published."""
    for profile in (
        met(DOCUMENT, dashboard=True, to_operator=stated),
        met(STATING, to_all=stated),
    ):
        assert profile.release is None
        assert profile.note
        assert profile.note.isprintable()
