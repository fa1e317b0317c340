"""The envelope around what a service answers."""

from __future__ import annotations

from typing import Any, TypeVar

from astrbot_api.server import Json
from pydantic import BaseModel

AnswerT = TypeVar("AnswerT", bound=BaseModel)


def ok(model: type[AnswerT], data: Any, message: str | None = None) -> Json[AnswerT]:
    """The answer of a model around its data, as JSON.

    The stubs, which know the release that is served, hold it to the contract of that release: data that do not fit are
    a mistake of this server and become a 500.
    """
    return Json(model, {"status": "ok", "message": message, "data": data})
