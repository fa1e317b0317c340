"""A response as a value, with the request that it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from astrbot_conformance.http.credential import Credential
from astrbot_conformance.http.event_stream import events_of
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.limits import Ending
from astrbot_conformance.http.request import NONE, HttpRequest
from astrbot_conformance.http.sent_credentials import credentials_of
from astrbot_conformance.json_text import MOST_VALUES, TooLarge, parsed
from astrbot_conformance.secret import held_in, mask_beginning

NOT_JSON: Any = object()
EXCERPT = 600  # characters of a body that a finding quotes
SEPARATORS = (b",", b":", b"{", b"[")
NOT_SHOWN = "(the response is not shown: it may contain a credential)"
SHORT = 160  # characters of a quoted message
SEARCHED = 128 * 1024  # bytes of a response that are searched for secrets; this takes seconds per MiB


@dataclass(frozen=True)
class HttpResponse:
    """A response of the target. `seconds`: from the first byte sent to the last byte read. `ending`: see `limits`.

    `is_confidential`: whether the operation returns a credential; such a response is never quoted.
    `request` is the request with `NONE` for nonexistent resources. `sent` is the request as it was sent.
    """

    base: str
    request: HttpRequest
    key: Key | None
    key_header: KeyHeader
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    ending: Ending = "closed"
    nonexistent: str = NONE
    is_confidential: bool = False

    @cached_property
    def sent(self) -> HttpRequest:
        """The request as it was sent."""
        return self.request.naming(self.nonexistent)

    @property
    def sent_text(self) -> str:
        """The request as it was sent, for people to read. Every credential is masked."""
        return self.sent.text(self.base, self.key, self.key_header)

    @cached_property
    def json(self) -> Any:
        """The body as JSON, or NOT_JSON."""
        try:
            return parsed(self.body)
        except ValueError:
            return NOT_JSON

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """Every credential that was sent. A single absent credential if there was none."""
        return credentials_of(self.request, self.key)

    @cached_property
    def held(self) -> frozenset[str]:
        """The variables of the registered secrets in the body and in the headers, in any encoding."""
        headers = (value.encode("utf-8", "replace") for value in self.headers.values())
        return held_in(b"\n".join([self.body, *headers])[:SEARCHED])

    @cached_property
    def unusable(self) -> str | None:
        """Why no check can use the response although its bytes arrived. None if it is usable."""
        if self.is_stream and sum(map(self.body.count, SEPARATORS)) > MOST_VALUES:
            return f"its stream contains more than {MOST_VALUES:,} values"
        if self.media_type.endswith("json") and self.json is NOT_JSON:
            try:
                parsed(self.body)
            except TooLarge as error:
                return f"its JSON contains {error}"
            except ValueError:
                return None
        return None

    @cached_property
    def is_to_the_plain_form(self) -> bool:
        """Whether the request was in the form that the contract describes."""
        return self.request.is_plain

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case. Empty if there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_stream(self) -> bool:
        """Whether the response is an event stream."""
        return self.media_type == "text/event-stream"

    @property
    def is_error_envelope(self) -> bool:
        """Whether the body is AstrBot's `{"status": "error", "message": …}`."""
        return isinstance(self.json, dict) and self.json.get("status") == "error" and "message" in self.json

    @property
    def is_refusal(self) -> bool:
        """Whether the target refused the request: a 4xx, or a 200 with the error envelope."""
        return 400 <= self.status < 500 or (self.status == 200 and self.is_error_envelope)

    @property
    def is_accepted(self) -> bool:
        """Whether the target did what the request asked: a 2xx that is not a refusal."""
        return 200 <= self.status < 300 and not self.is_refusal

    @property
    def admits(self) -> bool:
        """Whether the key was authorized: the status is neither 401 nor 403 nor a 5xx."""
        return self.status not in (401, 403) and self.status < 500

    @property
    def message(self) -> str | None:
        """The message of the envelope, or None if there is none."""
        message = self.json.get("message") if isinstance(self.json, dict) else None
        return message if isinstance(message, str) else None

    @property
    def data(self) -> Any:
        """The `data` of the envelope, or None if there is none."""
        return self.json.get("data") if isinstance(self.json, dict) else None

    @property
    def in_short(self) -> str:
        """Status and message in a short form, with secrets masked."""
        if self.is_confidential:
            return f"{self.status} {'in an error envelope ' if self.is_error_envelope else ''}{NOT_SHOWN}"
        message = self.message or ("event stream" if self.is_stream else self.media_type or "no body")
        envelope = " in an error envelope" if self.is_error_envelope else ""
        return f"{self.status} `{mask_beginning(message, SHORT)}`{envelope}"

    @property
    def excerpt(self) -> str:
        """The beginning of the body as text. Secrets are masked before the text is cut."""
        if self.is_confidential:
            return NOT_SHOWN
        return mask_beginning(self.body[:SEARCHED].decode("utf-8", "replace"), EXCERPT)

    @property
    def curl(self) -> str:
        """A shell command that sends the same request again."""
        return self.sent.curl(self.base, self.key, self.key_header)

    def events(self) -> list[Any]:
        """The JSON data of each event of a stream, in order. NOT_JSON for an event that cannot be parsed."""
        return [_parsed(event.data) for event in events_of(self.body)]


def _parsed(text: str) -> Any:
    try:
        return parsed(text)
    except ValueError:
        return NOT_JSON
