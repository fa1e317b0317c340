"""A conversation over a WebSocket: the messages that were sent, and what the target sent back."""

import json
import shlex
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import NOT_JSON, SHORT, HttpResponse
from astrbot_conformance.json_text import parsed
from astrbot_conformance.secret import mask, mask_beginning

OPENED = 101  # the status of a handshake that opens a WebSocket


@dataclass(frozen=True)
class Conversation(HttpResponse):
    """A conversation. Its `body` is the received messages, one a line; `status` is that of the handshake.

    turns: the messages that came after each sent message, up to one that ends its answer.
    closed_with: the code and the reason, if the target closed the connection.
    """

    turns: tuple[tuple[str, ...], ...] = ()
    closed_with: tuple[int, str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the target opened a WebSocket."""
        return self.status == OPENED

    @property
    def sent_messages(self) -> tuple[str, ...]:
        """The messages as they were sent, as JSON text."""
        return messages_in(self.sent)

    @cached_property
    def replies(self) -> tuple[tuple[Any, ...], ...]:
        """The messages of each turn as JSON, NOT_JSON for other texts."""
        return tuple(tuple(map(_parsed, turn)) for turn in self.turns)

    @property
    def in_short(self) -> str:
        """The status of the handshake, or the last message and how the connection was closed."""
        if not self.is_open:
            return f"the status {self.status} instead of a WebSocket"
        last = next((turn[-1] for turn in reversed(self.turns) if turn), None)
        words = [f"`{mask_beginning(last, SHORT)}`" if last is not None else "no message"]
        if self.closed_with:
            code, reason = self.closed_with
            words.append(f"then closed with {code}{f' `{mask_beginning(reason, SHORT)}`' if reason else ''}")
        return ", ".join(words)

    @property
    def curl(self) -> str:
        """A shell command that sends the same messages. It uses `websocat`, because `curl` sends no messages."""
        name, before = self.key_header.value
        words = ["printf", shlex.quote("%s\\n"), *(shlex.quote(mask(text)) for text in self.sent_messages)]
        words += ["|", "websocat", "-n"]
        words += [f'-H "{name}: {before}${self.key.variable}"'] if self.key else []
        words += [f"-H {shlex.quote(f'{header}: {value}')}" for header, value in self.sent.headers]
        words.append(f'"{socket_address(self.sent.url(self.base))}"')
        return mask(" ".join(words))


def socket_address(url: str) -> str:
    """The address of a WebSocket for an HTTP address."""
    return f"ws{url.removeprefix('http')}"


def with_messages(request: HttpRequest, *messages: Any) -> HttpRequest:
    """A request that opens a WebSocket and then sends these messages as JSON, one after another."""
    return replace(request, body="\n".join(map(json.dumps, messages)).encode())


def messages_in(request: HttpRequest) -> tuple[str, ...]:
    """The messages of such a request, as they are sent."""
    return tuple(request.body.decode().split("\n")) if request.body else ()


def _parsed(text: str) -> Any:
    try:
        return parsed(text.encode())
    except ValueError:
        return NOT_JSON
