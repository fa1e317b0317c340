"""The dashboard behind a login. It creates, lists, revokes and deletes developer keys."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import (
    CredentialState,
    HttpRequest,
    HttpResponse,
    Key,
    KeyHeader,
    Target,
    usable_id,
)
from astrbot_conformance.http.identifiers import checked_id
from astrbot_conformance.json_value import as_list, as_object, part
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.run_mark import Names
from astrbot_conformance.secret import Secret, is_credential

NO_DASHBOARD = "the run uses given keys instead of a login"
# The operations that a run judges without a developer key: the dashboard calls them, or they need no credentials.
WITHOUT_KEYS = frozenset(
    "create_api_key delete_api_key list_api_keys revoke_api_key log_in get_version get_openapi_document "
    "get_docs_page".split()
)
MOST_KEYS = 1000  # of one listing that are removed; killed runs never leave that many


class LoginRefused(Exception):
    """The dashboard rejected the login. `response` shows the reason."""

    def __init__(self, response: HttpResponse) -> None:
        """Keep the response for the error message."""
        super().__init__(response.in_short)
        self.response = response


class Dashboard:
    """The session of an operator. Logins are rate limited, so the processes of a run share the stored token."""

    def __init__(self, target: Target, token: Secret, log_in: Callable[[], Secret] | None = None) -> None:
        """Use a session on `target` that already exists. `log_in` creates a new one if it has ended."""
        self._target = target
        self._key = Key("", frozenset(), token, CredentialState.OPERATOR, KeyHeader.BEARER)
        self._log_in = log_in
        self._lock = threading.Lock()

    @property
    def token(self) -> Secret:
        """The token of the session."""
        return self._key.secret

    def create_key(self, body: dict[str, Any]) -> HttpResponse:
        """Send a request to create a key. The response shows the secret only this once; it is masked from then on."""
        response = self.send(request("create_api_key", body=body))
        issued_secret(response, "api_key", "ASTRBOT_KEY_CREATED")
        return response

    @contextlib.contextmanager
    def temporary_key(self, body: dict[str, Any]) -> Iterator[HttpResponse]:
        """The response to a request to create a key. If it created one, the key is deleted when the block ends."""
        response = self.create_key(body)
        try:
            yield response
        finally:
            if response.is_accepted and (key_id := part(response.data, "key_id")):
                self.delete_key(str(key_id))

    def list_keys(self) -> HttpResponse:
        """List all keys, without their secrets."""
        return self.send(request("list_api_keys"))

    def revoke_key(self, key_id: str) -> HttpResponse:
        """Revoke a key. It remains in the listing."""
        return self.send(request("revoke_api_key", key_id=key_id))

    def delete_key(self, key_id: str) -> HttpResponse:
        """Delete a key. It disappears from the listing."""
        return self.send(request("delete_api_key", key_id=key_id))

    def keys_named(self, names: Names) -> list[str]:
        """The ids of at most 1,000 keys whose name is in `names`. Raises NotJudged if the listing cannot be read."""
        named = [key for key in self.listed_keys() if names(str(key.get("name")))]
        ids = [id for key in named if (id := usable_id(key.get("key_id")))]
        return ids[:MOST_KEYS]

    def listed_keys(self) -> list[dict[str, Any]]:
        """The entries of the listing of keys. Raises NotJudged if it cannot be read."""
        response = self.list_keys()
        if not isinstance(response.data, list):
            raise NotJudged(f"the list of keys cannot be read: {response.in_short}")
        return [key for key in response.data if isinstance(key, dict)]

    def release(self) -> str | None:
        """The release of the AstrBot, or None if the response does not contain it."""
        try:
            response = self.send(request("get_version"))
        except NotJudged:
            return None
        version = part(response.data, "version")
        return version if isinstance(version, str) else None

    def send(self, sent: HttpRequest) -> HttpResponse:
        """The response to a request of the operator. After a restart of the target, it logs in again once."""
        key = self._key
        response = self._target.send(sent, key)
        if response.status in (401, 403) and self._has_changed(key):  # after a restart, the session may be unknown
            response = self._target.send(sent, self._key)
        return response

    def _has_changed(self, key: Key) -> bool:
        """Whether there is a new session by now. A run logs in again only once."""
        with self._lock:
            if self._key is key and self._log_in is not None:
                log_in, self._log_in = self._log_in, None
                with contextlib.suppress(LoginRefused, NotJudged):
                    self._key = replace(key, secret=log_in())
            return self._key is not key


def needs_no_key(operation: Operation) -> bool:
    """Whether a run judges an operation without a developer key."""
    return operation.id in WITHOUT_KEYS


def logged_in(target: Target, username: str, password: Secret) -> Dashboard:
    """A separate session. Raises LoginRefused, or NotJudged if no response comes."""
    log_in = partial(session_token, target, username, password)
    return Dashboard(target, log_in(), log_in)


def session_token(target: Target, username: str, password: Secret) -> Secret:
    """The token of a new session. Raises LoginRefused, or NotJudged if no response comes."""
    response = target.send(request("log_in", body={"username": username, "password": password.reveal()}))
    token = issued_secret(response, "token", "ASTRBOT_DASHBOARD_TOKEN")
    if token is None:
        raise LoginRefused(response)
    return token


def issued_secret(response: HttpResponse, member: str, variable: str) -> Secret | None:
    """The key or token that a target issues in `member` of its data. None if it issues no usable one.

    It is not usable if it is an ordinary text, or a text from the request. Masking that would make the report
    unreadable.
    """
    text = part(response.data, member) if response.is_accepted else None
    if not is_credential(text) or str(text).encode() in (response.request.body or b""):
        return None
    return Secret(str(text), variable)


class NoDashboard(Dashboard):
    """Replaces the dashboard if no login is possible. Checks that need an operator are then not judged."""

    def __init__(self) -> None:
        """Create it without a session."""

    @property
    def token(self) -> Secret:
        """Raise NotJudged: there is no session."""
        raise NotJudged(f"{NO_DASHBOARD}, so it has no token of the dashboard", by_choice=True)

    def send(self, sent: HttpRequest) -> HttpResponse:
        """Raise NotJudged."""
        raise NotJudged(f"{NO_DASHBOARD}, so it cannot call {sent.operation}", by_choice=True)


def entry_of(key: Key, listing: HttpResponse) -> dict[str, Any] | None:
    """The entry of `key` in a listing of keys, or None if there is none."""
    return next((entry for entry in as_list(listing.data) if part(entry, "key_id") == key.id), None)


def shown_entry(key: Key, listing: HttpResponse) -> dict[str, Any]:
    """The entry of a new key in a listing of keys. Raises NotJudged if there is none."""
    entry = entry_of(key, listing)
    if entry is None:
        raise NotJudged(f"the list of keys lacks a key that was just created: {listing.in_short}")
    return entry


def created_key(response: HttpResponse, variable: str) -> Key | None:
    """The key in the response to its creation, or None if the response shows none.

    Raises NotJudged if the key cannot be sent.
    """
    data = as_object(response.data) if response.is_accepted else {}
    secret, scopes = issued_secret(response, "api_key", f"ASTRBOT_KEY_{variable}"), data.get("scopes")
    if "key_id" not in data or secret is None or not isinstance(scopes, list):
        return None
    return Key(checked_id(data["key_id"], "a key"), frozenset(map(str, scopes)), secret, CredentialState.LIVE)
