"""What openapi-core, which shares no code with this project, makes of each request and its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx2
from astrbot_api.operations import OPERATIONS
from astrbot_api.validation import document
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

ORIGIN = "http://127.0.0.1:6185"


class Asked:
    """A request as openapi-core reads it."""

    def __init__(self, request: httpx2.Request) -> None:
        self.method = request.method.lower()
        self.host_url = ORIGIN
        self.path = one_segment_each(request.url.raw_path.decode().partition("?")[0])
        self.full_url_pattern = ORIGIN + self.path
        self.content_type = request.headers.get("content-type", "")
        self.body = request.read() or None
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(request.headers.multi_items()),
            cookie=ImmutableMultiDict(),
        )


class Answered:
    """An answer as openapi-core reads it."""

    def __init__(self, response: httpx2.Response) -> None:
        self.status_code = response.status_code
        self.headers = Headers(response.headers.multi_items())
        self.content_type = response.headers.get("content-type", "")
        self.data = response.content


def is_refusal(response: httpx2.Response) -> bool:
    """Whether the server turned the request down, in either of AstrBot's ways."""
    if response.status_code >= 400:
        return True
    is_json = response.headers.get("content-type", "").startswith("application/json")
    body: Any = response.json() if is_json else None
    return isinstance(body, dict) and body.get("status") == "error"


class SecondOpinion:
    """Holds every exchange against the contract: the answer fits it, and what it forbids was refused."""

    def __init__(self) -> None:
        read: dict[str, Callable[[bytes], Any]] = {
            "text/event-stream": text,
            "application/javascript": text,
            "application/octet-stream": characters,
        }
        # The contract is held to OpenAPI by its own test; doing it here again takes seconds.
        config = Config(spec_validator_cls=None, extra_media_type_deserializers=read)
        self._contract = OpenAPI.from_dict(document(), config)

    def __call__(self, response: httpx2.Response) -> None:
        """Judge one exchange. Raises AssertionError with the reason."""
        response.read()
        asked = Asked(response.request)
        what = f"{response.request.method} {asked.path}"
        try:
            self._contract.validate_request(asked)
        except OpenAPIError as error:
            if not is_refusal(response):
                raise AssertionError(f"{what} was let through: {reason(error)}") from error
        try:
            self._contract.validate_response(asked, Answered(response))
        except OpenAPIError as error:
            raise AssertionError(f"{what}: {reason(error)}\n{response.text}") from error


def text(content: bytes, charset: str = "utf-8") -> str:
    """The body of an event stream or a script."""
    return content.decode(charset)


def characters(content: bytes, **_: str) -> str:
    """A file as a text of as many characters: openapi-core gives `format: binary` no other form."""
    return content.decode("latin-1")


def one_segment_each(path: str) -> str:
    """A path with the slashes inside its last parameter escaped: openapi-core knows no parameter that takes slashes."""
    if any(re.fullmatch(any_value(operation.path), path) for operation in OPERATIONS):
        return path
    for operation in OPERATIONS:
        if any(parameter.slashes for parameter in operation.parameters):
            start, end = re.split(r"{\w+}(?!.*{)", operation.path)
            found = re.fullmatch(f"({any_value(start)})(.+)({end})", path)
            if found:
                return found[1] + found[2].replace("/", "%2F") + found[3]
    return path


def any_value(path: str) -> str:
    """The pattern of a path whose parameters have any value without slashes."""
    return re.sub(r"{\w+}", "[^/]+", path)


def reason(error: BaseException) -> str:
    """An error of openapi-core with what lies behind it."""
    return f"{error} ({error.__cause__})" if error.__cause__ else str(error)
