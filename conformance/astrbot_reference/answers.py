"""The envelope around what a service answers."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from pydantic import BaseModel

AnswerT = TypeVar("AnswerT", bound=BaseModel)


def ok(_: type[AnswerT], data: Any, message: str | None = None) -> AnswerT:
    """The answer of a class around its data.

    It is handed on as the JSON that it is: the stubs, which know the release that is served, hold it to the contract of
    that release. Data that do not fit are a mistake of this server and become a 500.
    """
    return cast(AnswerT, {"status": "ok", "message": message, "data": data})
