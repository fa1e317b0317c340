"""The dashboard account: one name and one password, of which only a hash is kept."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from astrbot_reference.settings import Settings

from .store import Store

SETTING = "dashboard account"
# The least that OWASP advises for Argon2id: what the library does by itself takes several times as long.
ROUNDS, KIBIBYTES, LANES = 2, 19 * 1024, 1


class Account:
    """The one dashboard account of a server.

    made_up: the password that was made up because none was given and none is kept; to be shown once, else None.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=KIBIBYTES, parallelism=LANES)
        self.username = settings.username
        self.made_up: str | None = None
        kept = store.setting(SETTING)
        if settings.password or not kept:
            if not settings.password:
                self.made_up = secrets.token_urlsafe(16)
            kept = {"hash": self._hasher.hash(settings.password or self.made_up or "")}
            store.set_setting(SETTING, kept)
        self._hash: str = kept["hash"]

    def admits(self, username: str, password: str) -> bool:
        """Whether these are the name and the password. Takes as long for a wrong name as for a wrong password."""
        known = secrets.compare_digest(username.encode(), self.username.encode())
        try:
            self._hasher.verify(self._hash, password)
        except Argon2Error:
            return False
        return known
