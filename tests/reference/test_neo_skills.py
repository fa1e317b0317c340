"""Candidates and releases of the Neo skill service on the reference server."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.reference.conftest import Client

FIRST, SECOND = "cand-tides-1", "cand-tides-2"


@pytest.fixture
def neo(client: Client) -> Client:
    """A client that may manage skills."""
    return client.keyed("skill")


def ids(answer: httpx2.Response) -> list[str]:
    """The ids on a page."""
    return [one["id"] for one in answer.json()["data"]["items"]]


def refused(answer: httpx2.Response) -> bool:
    """Whether the service turned the request down: 200 with the error envelope."""
    return answer.status_code == 200 and answer.json()["status"] == "error"


def promoted(neo: Client, **wanted: object) -> dict[str, Any]:
    """The release that a candidate became, and how it was taken over."""
    data: dict[str, Any] = neo.post("skills/neo/promote", json={"candidate_id": SECOND} | wanted).json()["data"]
    return data


def test_candidates_are_listed_by_page_and_kind(neo: Client) -> None:
    """Filters and pages; `total` counts all pages."""
    assert ids(neo.get("skills/neo/candidates")) == [SECOND, FIRST]
    assert ids(neo.get("skills/neo/candidates", params={"limit": 1, "offset": 1})) == [FIRST]
    assert neo.get("skills/neo/candidates", params={"limit": 1}).json()["data"]["total"] == 2
    assert ids(neo.get("skills/neo/candidates", params={"skill_key": "none"})) == []
    assert ids(neo.get("skills/neo/candidates", params={"status": "none"})) == []


@pytest.mark.parametrize("path", ["skills/neo/candidates", "skills/neo/releases"])
def test_a_page_is_numbered(neo: Client, path: str) -> None:
    """A limit that is no number is refused by the service."""
    assert refused(neo.get(path, params={"limit": "x"}))
    assert refused(neo.get(path, params={"offset": "x"}))


def test_a_payload_is_shown(neo: Client) -> None:
    """By the reference of its candidate; unknown or absent ones are refused."""
    reference = neo.get("skills/neo/candidates").json()["data"]["items"][0]["payload_ref"]

    answer = neo.get("skills/neo/payload", params={"payload_ref": reference}).json()

    assert (answer["status"], answer["data"]["payload_ref"]) == ("ok", reference)
    assert refused(neo.get("skills/neo/payload", params={"payload_ref": "none"}))
    assert refused(neo.get("skills/neo/payload"))


def test_a_judgement_is_recorded(neo: Client) -> None:
    """The candidate shows the latest one."""
    judgement = {"candidate_id": FIRST, "passed": True, "score": 0.5, "report": "Good."}

    made = neo.post("skills/neo/evaluate", json=judgement).json()["data"]

    assert made | judgement == made
    found = next(one for one in neo.get("skills/neo/candidates").json()["data"]["items"] if one["id"] == FIRST)
    assert (found["latest_pass"], found["latest_score"]) == (True, 0.5)


def test_a_candidate_is_released(neo: Client) -> None:
    """As a canary that stays away from here, or stable and then a local skill, unless that is not wanted."""
    canary = promoted(neo)
    assert (canary["release"]["stage"], canary["sync"]) == ("canary", None)
    assert promoted(neo, stage="stable", sync_to_local=False)["sync"] is None

    stable = promoted(neo, stage="stable")

    assert stable["sync"]["release_id"] == stable["release"]["id"]
    skills = {one["name"]: one["description"] for one in neo.get("skills").json()["data"]["skills"]}
    assert skills[stable["sync"]["local_skill_name"]] == "Reads tide tables of any harbour."
    active = neo.get("skills/neo/releases", params={"active_only": True, "stage": "stable"})
    assert ids(active) == [stable["release"]["id"]]


def test_a_release_is_taken_over(neo: Client) -> None:
    """By its id or by its skill; one that is not stable only on request."""
    canary = promoted(neo)["release"]["id"]
    stable = promoted(neo, stage="stable", sync_to_local=False)["release"]

    assert neo.post("skills/neo/sync", json={"release_id": stable["id"]}).json()["data"]["release_id"] == stable["id"]
    assert (
        neo.post("skills/neo/sync", json={"skill_key": stable["skill_key"]}).json()["data"]["release_id"]
        == stable["id"]
    )
    assert refused(neo.post("skills/neo/sync", json={"release_id": canary}))
    taken = neo.post("skills/neo/sync", json={"release_id": canary, "require_stable": False}).json()
    assert taken["data"]["release_id"] == canary


def test_a_release_is_rolled_back(neo: Client) -> None:
    """What was before it is in use again, as a new release."""
    newest = promoted(neo, stage="stable", sync_to_local=False)["release"]

    back = neo.post("skills/neo/rollback", json={"release_id": newest["id"]}).json()["data"]

    assert (back["rollback_of"], back["version"]) == (newest["id"], newest["version"] + 1)
    assert ids(neo.get("skills/neo/releases", params={"active_only": True, "stage": "stable"})) == [back["id"]]
    assert refused(neo.post("skills/neo/rollback", json={"release_id": "rel-tides-1"}))


def test_what_was_deleted_is_no_longer_found(neo: Client) -> None:
    """Neither the release nor the candidate; a second time is refused."""
    release = promoted(neo)["release"]["id"]
    said = neo.post("skills/neo/releases/delete", json={"release_id": release, "reason": "broken"}).json()["data"]
    assert (said["release_id"], said["delete_reason"]) == (release, "broken")
    assert release not in ids(neo.get("skills/neo/releases"))
    assert refused(neo.post("skills/neo/releases/delete", json={"release_id": release}))

    assert (
        neo.post("skills/neo/candidates/delete", json={"candidate_id": FIRST}).json()["data"]["candidate_id"] == FIRST
    )
    assert FIRST not in ids(neo.get("skills/neo/candidates"))
    assert refused(neo.post("skills/neo/candidates/delete", json={"candidate_id": FIRST}))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("candidates/delete", {}),
        ("evaluate", {"candidate_id": SECOND}),
        ("evaluate", {"passed": True}),
        ("evaluate", {"candidate_id": "none", "passed": True}),
        ("promote", {"candidate_id": None}),
        ("promote", {"candidate_id": SECOND, "stage": "beta"}),
        ("promote", {"candidate_id": "none"}),
        ("releases/delete", {}),
        ("rollback", {}),
        ("rollback", {"release_id": "none"}),
        ("sync", {}),
        ("sync", {"skill_key": "none"}),
        ("sync", {"release_id": "none"}),
    ],
)
def test_what_is_missing_or_unknown_is_refused(neo: Client, path: str, body: dict[str, Any]) -> None:
    """The service finds it: 200 with the error envelope."""
    assert refused(neo.post(f"skills/neo/{path}", json=body))


@pytest.mark.parametrize("path", ["candidates/delete", "evaluate", "promote", "releases/delete", "rollback", "sync"])
def test_a_body_that_is_no_object_is_refused(neo: Client, path: str) -> None:
    """The schema finds it: 422."""
    assert neo.post(f"skills/neo/{path}", json=[]).status_code == 422


def test_only_skill_opens_candidates(client: Client) -> None:
    """`plugin` does not."""
    assert client.keyed("plugin").get("skills/neo/candidates").status_code == 403
