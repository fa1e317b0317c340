"""A reference server in this process that outlives the runs, and its operator."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2
from astrbot_reference import Settings

USERNAME, PASSWORD = "astrbot", "a long password"
SETTINGS = Settings(username=USERNAME, password=PASSWORD, logins_at_once=10**6)
ENVIRONMENT = dict(os.environ, ASTRBOT_USERNAME=USERNAME, ASTRBOT_PASSWORD=PASSWORD)


def through(proxy: str) -> dict[str, str]:
    """The environment of a command that uses `proxy` instead of the proxies of this process."""
    given = {name: value for name, value in ENVIRONMENT.items() if not name.lower().endswith("_proxy")}
    return given | {"HTTP_PROXY": proxy, "http_proxy": proxy}


@contextmanager
def operator(base: str) -> Iterator[httpx2.Client]:
    """A client that is logged in to the dashboard."""
    with httpx2.Client(base_url=base, timeout=30) as client:
        login = {"username": USERNAME, "password": PASSWORD}
        token = client.post("/api/v1/auth/login", json=login).json()["data"]["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def new_key(client: httpx2.Client, *scopes: str, name: str = "foreign") -> Mapping[str, str]:
    """A key as the dashboard shows it once, with `key_id` and `api_key` among its members."""
    response = client.post("/api/v1/api-keys", json={"name": name, "scopes": scopes})
    key: Mapping[str, str] = response.raise_for_status().json()["data"]
    return key


def command(
    *words: str, folder: Path, environment: Mapping[str, str] = ENVIRONMENT, own_group: bool = False
) -> subprocess.Popen[str]:
    """The started command; on request in its own process group, which receives Ctrl-C as a whole, as in a terminal."""
    line = [sys.executable, "-m", "astrbot_generator", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        line, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=own_group
    )
