"""What releases do differently with the same request, as measured on real servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from astrbot_api import releases
from astrbot_conformance.resources.plugin_sample import plugin_archive

from tests.reference.later import Later, later

OVER = {"4.28.2", "4.29.1"}  # releases that install an uploaded plugin over an installed one


@pytest.fixture(scope="module", params=["4.26.0b8", "4.27.4", "4.28.2", "4.29.1"])
def release(request: pytest.FixtureRequest) -> str:
    """A release."""
    return str(request.param)


@pytest.fixture(scope="module")
def server(release: str) -> Iterator[Later]:
    """A fresh server of the release."""
    with later(release) as client:
        yield client


def upload(server: Later, name: str, content: bytes | None = None) -> str:
    """The status in the response to an upload of a plugin."""
    files = {"file": (f"{name}.zip", content or plugin_archive(name), "application/zip")}
    return str(server.post("plugins/install/upload", files=files).json()["status"])


def test_the_system_has_a_default_persona(server: Later, release: str) -> None:
    """From 4.29.1 on it exists, can be changed, and cannot be created or deleted."""
    exists = release == "4.29.1"
    created = server.post("personas", json={"persona_id": "default", "system_prompt": "x"})

    assert [created.status_code, server.get("personas/default").status_code] == [400 if exists else 200, 200]
    assert server.put("personas/default", json={"system_prompt": "y"}).status_code == 200
    assert server.delete("personas/default").status_code == (400 if exists else 200)


def test_the_archive_of_an_unknown_skill_is_not_found(server: Later, release: str) -> None:
    """The base release returns 200 with an error envelope, later ones 404."""
    answer = server.get("skills/none/archive")

    assert (answer.status_code, answer.json()["status"]) == (200 if release == releases.BASE else 404, "error")


def test_a_plugin_is_uploaded_over_an_installed_one(server: Later, release: str) -> None:
    """From 4.28.2 on; its state and configuration stay. Earlier releases refuse."""
    name = "twice"
    assert upload(server, name) == "ok"
    server.patch(f"plugins/{name}/enabled", json={"enabled": False})
    server.put(f"plugins/{name}/config", json={"config": {"greeting": "hi"}})

    assert upload(server, name) == ("ok" if release in OVER else "error")
    assert server.get(f"plugins/{name}").json()["data"]["activated"] is False
    assert server.get(f"plugins/{name}/config").json()["data"]["config"]["greeting"] == "hi"


def test_an_uploaded_plugin_shows_its_commands_and_origin(server: Later, release: str) -> None:
    """The commands in its code are components; the origin is shown from 4.26.8 on, and has no updates."""
    assert upload(server, "shown") == "ok"

    plugin = server.get("plugins/shown").json()["data"]

    assert [one["command"] for one in plugin["components"] if one["type"] == "command"] == ["shown"]
    if release != releases.BASE:
        assert (plugin["install_source"]["install_method"], plugin["updates_enabled"]) == ("upload", False)


def test_an_archive_that_cannot_be_read_has_failed(server: Later, release: str) -> None:
    """It is listed until 4.27.4. A plugin whose code is not valid Python is listed in every release."""
    assert upload(server, "bytes", b"PK") == "error"

    failed = server.get("plugins/failed").json()["data"]

    assert ("plugin_upload_bytes" in failed) is (release not in OVER)


def test_only_the_configuration_shows_the_time_and_the_log_level(server: Later, release: str) -> None:
    """The forms of the system and of a plugin do not."""
    assert upload(server, "timed") == "ok"
    system, form = (server.get(path).json()["data"] for path in ("system-config", "system-config/schema"))
    plugin, items = (server.get(f"plugins/timed/{path}").json()["data"] for path in ("config", "config/schema"))

    assert set(system) - set(form) == (
        {"server_utc_time", "server_utc_offset_minutes"} if "server_utc_time" in system else set()
    )
    assert set(plugin) - set(items) == (set() if release == releases.BASE else {"log_level"})


def test_a_path_without_a_read_is_not_found(server: Later) -> None:
    """GET is answered with 404 where another method is declared, every other undeclared method with 405."""
    assert server.get("im/message").status_code == 404
    assert server.put("im/message").status_code == 405
