"""Errors of the services."""

from __future__ import annotations

from collections.abc import Mapping

from astrbot_api.operation import Operation
from starlette.responses import JSONResponse, Response

WITH_DATA = frozenset({"plugins", "plugin-install", "plugin-pages"})


class Refusal(Exception):
    """The service rejects a request, with a message for people.

    If `x-refusal` of the operation is `envelope`, the response is a 200 with the error envelope, whatever the status
    here; otherwise it has the status (400, 404 or 409) and the error envelope.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Unauthorized(Exception):
    """The credentials are missing or invalid: 401."""


def refused(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """The error envelope as a response."""
    return JSONResponse({"status": "error", "message": message}, status, headers)


def refused_by_service(operation: Operation, refusal: Refusal) -> Response:
    """The error envelope of a service. That of an operation on plugins also has empty data."""
    status = 200 if operation.refusal == "envelope" else refusal.status
    if operation.tag in WITH_DATA and operation.refusal == "envelope" and "extension" not in operation.id:
        return JSONResponse({"status": "error", "message": refusal.message, "data": {}}, status)
    return refused(status, refusal.message)
