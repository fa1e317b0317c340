"""A reference server in this process, and clients that hold every exchange against the contract."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest
from astrbot_reference import Settings, running

from tests.reference.second_opinion import SecondOpinion

LOGIN = {"username": "astrbot", "password": "correct horse battery staple"}


class Client(httpx2.Client):
    """A client of one server. `keyed("bot")` is the same with a key of these scopes, `dashboard()` with a login."""

    def __init__(self, url: str, opinion: SecondOpinion, headers: dict[str, str] | None = None) -> None:
        super().__init__(base_url=f"{url}/api/v1", headers=headers, event_hooks={"response": [opinion]}, timeout=10)
        self._url = url
        self._opinion = opinion
        self._made: dict[tuple[str, ...], Client] = {}
        self.key_id = ""

    def dashboard(self) -> Client:
        """A client that has logged in to the dashboard."""
        if () not in self._made:
            token = self.post("auth/login", json=LOGIN).json()["data"]["token"]
            self._made[()] = Client(self._url, self._opinion, {"Authorization": f"Bearer {token}"})
        return self._made[()]

    def keyed(self, *scopes: str) -> Client:
        """A client with a key of exactly these scopes; its `key_id` says which."""
        if scopes not in self._made:
            made = self.dashboard().post("api-keys", json={"scopes": list(scopes)}).json()["data"]
            self._made[scopes] = Client(self._url, self._opinion, {"X-API-Key": made["api_key"]})
            self._made[scopes].key_id = made["key_id"]
        return self._made[scopes]

    def close(self) -> None:
        """Close this client and those made from it."""
        for client in self._made.values():
            client.close()
        super().close()


@pytest.fixture(scope="session")
def opinion() -> SecondOpinion:
    """openapi-core with the contract loaded."""
    return SecondOpinion()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of a fresh server, one for each test file."""
    with running(Settings(username=LOGIN["username"], password=LOGIN["password"], logins_at_once=1000)) as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str, opinion: SecondOpinion) -> Iterator[Client]:
    """A client without credentials."""
    with ExitStack() as stack:
        made = Client(url, opinion)
        stack.callback(made.close)
        yield made


@pytest.fixture
def chat(client: Client) -> Client:
    """A client with a key for chat."""
    return client.keyed("chat")
