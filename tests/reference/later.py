"""Reference servers of later releases, for the tests of what these have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx2
from astrbot_reference import Settings, running

LOGIN = {"username": "astrbot", "password": "correct horse battery staple"}


class Later(httpx2.Client):
    """A client of a server of some release, with a key of the default scopes; `key_id` says which."""

    def __init__(self, url: str) -> None:
        super().__init__(base_url=f"{url}/api/v1", timeout=10)
        token = self.post("auth/login", json=LOGIN).json()["data"]["token"]
        self.dashboard = {"Authorization": f"Bearer {token}"}
        made = self.key()
        self.key_id: str = made["key_id"]
        self.scopes: list[str] = made["scopes"]
        self.headers["X-API-Key"] = made["api_key"]

    def key(self, *scopes: str) -> dict[str, Any]:
        """A further key, with the default scopes where none are named."""
        wanted = {"scopes": list(scopes)} if scopes else {}
        made: dict[str, Any] = self.post("api-keys", json=wanted, headers=self.dashboard).json()["data"]
        return made

    def chat(self, message: str, session: str, **members: object) -> httpx2.Response:
        """Chat as the key itself."""
        body = {"username": f"api_key:{self.key_id}", "message": message, "session_id": session, **members}
        return self.post("chat", json=body)


@contextmanager
def later(release: str) -> Iterator[Later]:
    """A fresh server of a release."""
    settings = Settings(username=LOGIN["username"], password=LOGIN["password"], release=release, logins_at_once=1000)
    with running(settings) as url, closing(Later(url)) as client:
        yield client
