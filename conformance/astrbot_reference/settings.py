"""What the reference server is told when it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from astrbot_api.releases import BASE


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reference server is told when it starts.

    database: any SQLAlchemy URL; `sqlite://` keeps everything in memory.
    release: the AstrBot to be like, one of `astrbot_api.releases.RELEASES`.
    username, password: the dashboard login. Without a password the one that the database keeps stays good; where it
    keeps none, one is made up. It is never printed by `repr`.
    expired_key: a developer key with every scope whose time is over, for those who try out what becomes of one.
    logins_at_once, seconds_between_logins: how many logins an address may try before it has to wait, and how long.
    login_seconds: how long the token of a login is valid.
    allowed_hosts: names in a Host header that are accepted besides those of the loopback address; `*` accepts all.
    """

    database: str = "sqlite://"
    release: str = BASE
    username: str = "astrbot"
    password: str | None = field(default=None, repr=False)
    expired_key: str | None = field(default=None, repr=False)
    logins_at_once: int = 3
    seconds_between_logins: float = 1.0
    login_seconds: float = 7 * 24 * 3600.0
    allowed_hosts: Sequence[str] = ()
