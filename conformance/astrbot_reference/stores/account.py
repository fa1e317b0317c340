"""The dashboard account: one name, and the hash of one password."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from astrbot_reference.settings import Settings

from .store import Store

SETTING = "dashboard account"
# The minimum that OWASP recommends for Argon2id: the default of the library takes several times as long.
ROUNDS, KIBIBYTES, LANES = 2, 19 * 1024, 1


class Account:
    """The dashboard account of a server.

    made_up: the generated password, if none was given and none is stored; to be shown once. None otherwise.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=KIBIBYTES, parallelism=LANES)
        self.username = settings.username
        self.made_up: str | None = None
        stored = store.setting(SETTING)
        if settings.password or not stored:
            if not settings.password:
                self.made_up = secrets.token_urlsafe(16)
            stored = {"hash": self._hasher.hash(settings.password or self.made_up or "")}
            store.set_setting(SETTING, stored)
        self._hash: str = stored["hash"]

    def admits(self, username: str, password: str) -> bool:
        """Whether these are the name and the password. Takes equally long for a wrong name and a wrong password."""
        known = secrets.compare_digest(username.encode(), self.username.encode())
        try:
            self._hasher.verify(self._hash, password)
        except Argon2Error:
            return False
        return known
