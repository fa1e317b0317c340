"""Puts a model of the contract into a class of one's own."""

from __future__ import annotations

import pydantic
from astrbot_api.models import ChatRequest


class Job(pydantic.BaseModel):
    """A request that waits."""

    number: int
    request: ChatRequest


def location_of_error(value: object) -> tuple[int | str, ...]:
    """Returns the location of the first error; empty if there is none."""
    try:
        Job.model_validate(value)
    except pydantic.ValidationError as error:
        return error.errors()[0]["loc"]
    return ()


def main() -> None:
    """The contract judges the inner model, and absent members stay absent."""
    waiting = {"number": 1, "request": {"username": "me", "message": "hi"}}

    assert Job.model_validate(waiting).model_dump() == waiting
    assert location_of_error({"number": 1, "request": {"username": "me", "message": []}})[0] == "request"
