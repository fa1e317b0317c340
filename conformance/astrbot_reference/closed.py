"""The closed areas, which no developer key can use. The dashboard can, but this server does not implement them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

from astrbot_api.contract import Contract
from astrbot_api.models import VersionAnswer
from astrbot_api.server import Json

from .answers import ok
from .refusal import Refusal
from .release import spelled


class ClosedArea:
    """Every operation of a closed area. Each returns an error, since this server has no dashboard."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def __getattr__(self, name: str) -> Callable[..., Awaitable[NoReturn]]:
        if name.startswith("_"):
            raise AttributeError(name)
        operation = self._contract.by_id.get(name, name)  # the stubs may know more than the release that is served

        async def refuse(**_: Any) -> NoReturn:
            raise Refusal(f"{operation} is not part of the reference server")

        return refuse


class System(ClosedArea):
    """The operations that the dashboard reads about the installation."""

    async def get_version(self, *, caller: object) -> Json[VersionAnswer]:
        """The AstrBot release that this server implements."""
        hints = {"change_pwd_hint": False, "md5_pwd_hint": False, "password_upgrade_required": False}
        return ok(VersionAnswer, {"version": spelled(self._contract.release), "dashboard_version": None, **hints})
