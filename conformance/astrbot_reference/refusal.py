"""How a service turns down what has the right form."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse, Response


class Refusal(Exception):
    """The service turns a request down, with a sentence for a person.

    Where the operation's `x-refusal` is `envelope` it becomes 200 with the error envelope, whatever the status here;
    elsewhere it becomes the status (400, 404 or 409) with the error envelope.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Unauthorized(Exception):
    """No credentials, or none that are good: 401."""


def refused(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """The error envelope as an answer."""
    return JSONResponse({"status": "error", "message": message}, status, headers)
