"""The envelope around what a service answers."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

AnswerT = TypeVar("AnswerT", bound=BaseModel)


def ok(answer: type[AnswerT], data: Any, message: str | None = None) -> AnswerT:
    """An answer of the given class around its data.

    Raises pydantic.ValidationError when the data do not fit the contract: a mistake of this server.
    """
    return answer.model_validate({"status": "ok", "message": message, "data": data})
