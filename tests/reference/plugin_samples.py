"""Plugins to install, and the ways to do it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile

import httpx2

from tests.reference.conftest import Client

DICE = "https://github.com/example/dice-tower"
DICE_ARCHIVE = f"{DICE}/archive/main.zip"


def archive(name: str, *, metadata: str = "", extra: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The zip archive of a plugin; `extra` are more files, by path."""
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        made.writestr(f"{name}/metadata.yaml", f"name: {name}\nauthor: Ada\nversion: 1.0.0\n{metadata}")
        made.writestr(f"{name}/main.py", "")
        for path, text in extra.items():
            made.writestr(f"{name}/{path}", text)
    return packed.getvalue()


def upload(client: Client, name: str, content: bytes | None = None, **form: str) -> httpx2.Response:
    """The answer to an upload of that archive."""
    sent = archive(name) if content is None else content
    files = {"file": (f"{name}.zip", sent, "application/zip")}
    return client.keyed("plugin").post("plugins/install/upload", files=files, data=form)


def install_dice(client: Client) -> None:
    """Have the plugin `dice_tower` of the catalogue, as new."""
    keyed = client.keyed("plugin")
    removal = json.dumps({"delete_config": True, "delete_data": True}).encode()
    keyed.request("DELETE", "plugins/dice_tower", content=removal, headers={"Content-Type": "application/json"})
    assert data(keyed.post("plugins/install/github", json={"repository": DICE}))["name"] == "dice_tower"


def data(answer: httpx2.Response) -> Any:
    """What a successful answer holds."""
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "ok"), answer.text
    return body["data"]


def refused(answer: httpx2.Response, status: int = 200) -> bool:
    """Whether an answer is the error envelope with this status."""
    return answer.status_code == status and answer.json()["status"] == "error"
