"""Developer keys on the reference server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from astrbot_reference.stores.key_store import KeyStore
from astrbot_reference.stores.store import Store

from tests.reference.conftest import Client

ALL_NINE = ["bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"]


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        (None, ALL_NINE),
        (["chat", "chat", "im"], ["chat", "im"]),
        (["config"], ["config", "bot", "provider"]),
        (["chat", "config"], ["chat", "config", "bot", "provider"]),
        (["provider", "config"], ["provider", "config", "bot"]),
    ],
)
def test_scopes_are_granted_in_order(client: Client, asked: list[str] | None, granted: list[str]) -> None:
    """Repetitions go, the order stays, what is implied comes last."""
    answer = client.dashboard().post("api-keys", json={"scopes": asked})

    assert answer.json()["data"]["scopes"] == granted


@pytest.mark.parametrize("scopes", [[], ["skills"], ["chat", "bogus"], ["Chat"], ["*"], "chat", [None], [1]])
def test_bad_scopes_are_refused(client: Client, scopes: object) -> None:
    """Nothing but the nine scopes can be granted, and nothing is dropped in silence."""
    before = len(client.dashboard().get("api-keys").json()["data"])

    answer = client.dashboard().post("api-keys", json={"scopes": scopes})

    assert answer.status_code == 400
    assert len(client.dashboard().get("api-keys").json()["data"]) == before


@pytest.mark.parametrize("days", [0, -1, 3650000, 1.5, "x"])
def test_bad_ends_are_refused(client: Client, days: object) -> None:
    """A key cannot end in the past, nor beyond what a date can hold."""
    assert client.dashboard().post("api-keys", json={"expires_in_days": days}).status_code == 400


def test_the_secret_is_shown_once(client: Client) -> None:
    """The answer that makes a key is the only one that holds it."""
    secret = client.dashboard().post("api-keys", json={"name": " padded "}).json()["data"]["api_key"]

    listed = client.dashboard().get("api-keys")

    assert secret not in listed.text
    assert ("padded", secret[:12]) in {(key["name"], key["key_prefix"]) for key in listed.json()["data"]}


def test_a_revoked_key_stays_listed_and_a_deleted_one_does_not(client: Client) -> None:
    """Both stop working at once."""
    made = [client.dashboard().post("api-keys", json={"scopes": ["im"]}).json()["data"] for _ in range(2)]
    for key in made:
        assert client.get("im/bots", headers={"X-API-Key": key["api_key"]}).status_code == 200
    client.dashboard().post(f"api-keys/{made[0]['key_id']}/revoke")
    client.dashboard().delete(f"api-keys/{made[1]['key_id']}")

    listed = {key["key_id"]: key for key in client.dashboard().get("api-keys").json()["data"]}

    assert listed[made[0]["key_id"]]["is_revoked"] is True
    assert made[1]["key_id"] not in listed
    for key in made:
        answer = client.get("im/bots", headers={"X-API-Key": key["api_key"]})
        assert (answer.status_code, answer.json()["message"]) == (401, "Invalid API key")


@pytest.mark.parametrize("operation", ["revoke", "delete"])
def test_an_unknown_key_cannot_be_ended(client: Client, operation: str) -> None:
    """There is nothing to revoke or delete: 400."""
    dashboard = client.dashboard()
    answer = dashboard.post("api-keys/none/revoke") if operation == "revoke" else dashboard.delete("api-keys/none")

    assert answer.status_code == 400


def test_no_developer_key_makes_keys(client: Client) -> None:
    """Not even one with all nine scopes."""
    answer = client.keyed(*ALL_NINE).post("api-keys", json={})

    assert answer.status_code in {401, 403}


def test_a_key_ends_when_its_time_is_over() -> None:
    """An expired key is listed as such and no longer found."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    keys = KeyStore(Store(), lambda: now)
    secret = keys.create("short", ["im"], 1, "astrbot")["api_key"]
    assert keys.find(secret) is not None

    now += timedelta(days=1)

    assert keys.find(secret) is None
    assert keys.list()[0]["is_expired"] is True


def test_only_a_hash_is_kept() -> None:
    """Nothing in the store is the secret or holds it."""
    store = Store()
    secret = KeyStore(store, lambda: datetime.now(UTC)).create(None, None, None, "astrbot")["api_key"]

    assert secret not in str(store.all("api_key"))


@pytest.mark.parametrize("path", ["api-keys", "stats", "tools"])
@pytest.mark.parametrize(("name", "before"), [("Authorization", "Bearer "), ("X-API-Key", "")])
def test_a_closed_area_rejects_every_key_with_403(client: Client, path: str, name: str, before: str) -> None:
    """As in AstrBot: a live key, an unknown key and a foreign token get 403, in both headers; no key gets 401."""
    live = client.dashboard().post("api-keys", json={"scopes": ALL_NINE}).json()["data"]["api_key"]

    for key in (live, "abk_unknown", "a.foreign.token"):
        answer = client.get(path, headers={name: before + key})
        assert (answer.status_code, answer.json()["message"]) == (403, "Insufficient API key scope")
    answer = client.get(path)
    assert (answer.status_code, answer.json()["message"]) == (401, "Missing API key")


def test_a_session_of_the_dashboard_is_no_developer_key(client: Client) -> None:
    """Its token opens closed areas in `Authorization` only."""
    token = client.dashboard().headers["Authorization"].removeprefix("Bearer ")

    assert client.get("api-keys", headers={"X-API-Key": token}).status_code == 403
