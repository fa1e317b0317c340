"""Authentication: the dashboard login, its tokens, and developer keys."""

from __future__ import annotations

from dataclasses import dataclass

from astrbot_api.contract import Contract
from astrbot_api.models import DashboardSessionAnswer, ErrorEnvelope, Login, SetupStatusAnswer
from astrbot_api.operation import Operation
from astrbot_api.server import Json
from astrbot_api.server.security import Credentials, InsufficientScope

from .answers import ok
from .closed import ClosedArea
from .refusal import Unauthorized
from .stores.account import Account
from .stores.key_store import KeyStore
from .stores.logins import Logins
from .stores.store import JsonObject
from .threads import Threads, elsewhere

OTHERS = ("HeaderKey", "QueryApiKey", "QueryKey")


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller of an operation and the scopes it holds.

    name: the dashboard user, or `api_key:<key id>`. key_id: None for the dashboard.
    """

    name: str
    scopes: frozenset[str]
    key_id: str | None = None


class Authentication(ClosedArea):
    """The dashboard login, and the caller behind credentials. The dashboard holds every scope."""

    def __init__(self, account: Account, keys: KeyStore, contract: Contract, threads: Threads, logins: Logins) -> None:
        super().__init__(contract)
        self._everything = frozenset([*contract.scopes, *contract.sub_scopes, *contract.closed_scopes])
        self._account = account
        self._keys = keys
        self._threads = threads
        self._logins = logins

    async def authenticate(self, operation: Operation, credentials: Credentials) -> Caller:
        """The caller with these credentials. `Authorization` takes precedence over `X-API-Key`, as in AstrBot.

        Raises Unauthorized if the credentials are missing or invalid. In a closed area, every key is insufficient, also
        an invalid one.
        """
        bearer = credentials.get("BearerKey") or credentials.get("DashboardToken")
        named = OTHERS if operation.socket is not None else OTHERS[:1]  # a key in the query opens WebSockets only
        presented = (bearer or next(filter(None, map(credentials.get, named)), None) or "").strip()
        if not presented:
            raise Unauthorized("Missing API key")
        if bearer and operation.socket is None and self._logins.is_valid(bearer):
            return Caller(self._account.username, self._everything)
        if self._keys.is_remembered(presented):
            record = self._found(presented)
        else:
            record = await self._threads.in_store(self._found, presented)
        if record is None and operation.closed_scope is not None:
            raise InsufficientScope(operation)
        if record is None:
            raise Unauthorized("Invalid API key")
        return Caller(f"api_key:{record['key_id']}", frozenset(record["scopes"]), record["key_id"])

    def _found(self, presented: str) -> JsonObject | None:
        """The record of an active key, whose use is recorded; None if there is no such key."""
        record = self._keys.find(presented)
        if record is not None:
            self._keys.used(presented, record)
        return record

    async def log_in(self, *, body: Login) -> Json[DashboardSessionAnswer] | Json[ErrorEnvelope]:
        """Create a token for the dashboard. Raises Unauthorized if the name or password is wrong."""
        if not await elsewhere(self._account.admits, body.username, body.password):
            raise Unauthorized("Wrong username or password")
        hints = {"change_pwd_hint": False, "md5_pwd_hint": False, "password_upgrade_required": False}
        return ok(DashboardSessionAnswer, {"token": self._logins.create(), "username": self._account.username, **hints})

    async def get_setup_status(self) -> Json[SetupStatusAnswer]:
        """The account is set up as soon as the server runs."""
        todo = {"setup_required": False, "skip_default_password_auth": False, "password_upgrade_required": False}
        return ok(SetupStatusAnswer, todo)
