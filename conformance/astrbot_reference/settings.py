"""The settings of the reference server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from astrbot_api.releases import BASE


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the reference server.

    database: any SQLAlchemy URL; `sqlite://` stores everything in memory.
    release: the AstrBot release to implement, one of `astrbot_api.releases.RELEASES`.
    username, password: the dashboard login. Without a password, the stored one stays valid; if none is stored, the
    server generates one. `repr` never shows it.
    expired_key: an expired developer key with every scope, for tests of expiry.
    logins_at_once, seconds_between_logins: how many logins an address may try before it has to wait, and how long.
    login_seconds: how long a login token is valid.
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
