"""The envelope around the result of a service."""

from __future__ import annotations

from typing import Any, TypeVar

from astrbot_api.server import Json
from pydantic import BaseModel

AnswerT = TypeVar("AnswerT", bound=BaseModel)


def ok(model: type[AnswerT], data: Any, message: str | None = None) -> Json[AnswerT]:
    """A success response of a model, as JSON around its data.

    The stubs validate it against the contract of the served release. Data that do not fit are a bug of this server and
    become a 500.
    """
    return Json(model, {"status": "ok", "message": message, "data": data})
