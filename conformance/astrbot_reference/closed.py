"""The areas that no developer key may enter. The dashboard may, but finds nothing here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

from astrbot_api.models import VersionAnswer
from astrbot_api.operations import BY_ID

from .answers import ok
from .refusal import Refusal

RELEASE = "4.26.0-beta.8"


class ClosedArea:
    """Every operation of a closed area, each of which refuses: this server serves developers, not a dashboard."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[NoReturn]]:
        if name not in BY_ID:
            raise AttributeError(name)

        async def refuse(**_: Any) -> NoReturn:
            raise Refusal(f"{BY_ID[name]} is not part of the reference server")

        return refuse


class System(ClosedArea):
    """What the dashboard reads of the installation."""

    async def get_version(self, *, caller: object) -> VersionAnswer:
        """The release that this server behaves like."""
        hints = {"change_pwd_hint": False, "md5_pwd_hint": False, "password_upgrade_required": False}
        return ok(VersionAnswer, {"version": RELEASE, "dashboard_version": None, **hints})
