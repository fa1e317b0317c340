"""A reader for the event-stream format of the HTML standard. Chunks may end at any byte."""

import codecs
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event as the standard defines it: the joined data lines, the type, and the last id."""

    data: str
    type: str = "message"
    id: str = ""


class EventStreamReader:
    """Converts bytes to complete events. Invalid UTF-8 is replaced, as the standard requires."""

    retry: int | None = None  # milliseconds to wait before reconnecting, as the stream requests

    def __init__(self) -> None:
        """Start before the first byte of a stream."""
        self.comments = 0
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._after_return = False
        self._data: list[str] = []
        self._type = ""
        self._id = ""

    @property
    def unfinished(self) -> bool:
        """Whether an event has begun that no blank line has ended. A reader never returns such an event."""
        return bool(self._rest or self._data)

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The events that end in `chunk`."""
        text = self._decoder.decode(chunk)
        if not text:
            return []
        if self._after_return:
            text = text.removeprefix("\n")
        self._after_return = text.endswith("\r")
        *lines, self._rest = (self._rest + text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        return [event for event in map(self._take, lines) if event]

    def _take(self, line: str) -> StreamEvent | None:
        if not line:
            return self._ended()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not name:
            self.comments += 1
        elif name == "data":
            self._data.append(value)
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdecimal():
            self.retry = int(value[:9])
        return None

    def _ended(self) -> StreamEvent | None:
        event = StreamEvent("\n".join(self._data), self._type or "message", self._id) if self._data else None
        self._data, self._type = [], ""
        return event


def events_of(body: bytes) -> list[StreamEvent]:
    """The events of a whole stream."""
    return EventStreamReader().feed(body)


def is_utf8(body: bytes) -> bool:
    """Whether the bytes of a stream are valid UTF-8. The last character may be incomplete."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(body)
    except UnicodeDecodeError:
        return False
    return True
