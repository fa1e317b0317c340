"""What the reference server is told when it starts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field


def random_password() -> str:
    """A password that nobody can guess: 128 random bits as text."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reference server is told when it starts.

    database: any SQLAlchemy URL; `sqlite://` keeps everything in memory.
    username, password: the first dashboard login. The password is never printed by `repr`.
    logins_at_once, seconds_between_logins: how many logins an address may try before it has to wait, and how long.
    """

    database: str = "sqlite://"
    username: str = "astrbot"
    password: str = field(default_factory=random_password, repr=False)
    logins_at_once: int = 3
    seconds_between_logins: float = 1.0
