"""The event-stream format of the HTML standard, read as the bytes come, wherever the transport cuts them."""

import codecs
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event as a reader of the standard hands it on: its data lines joined, its type, the last id seen."""

    data: str
    type: str = "message"
    id: str = ""


class EventStreamReader:
    """Takes bytes, gives whole events. Bytes that are no UTF-8 are replaced, as the standard has it."""

    def __init__(self) -> None:
        """Begin before the first byte of a stream."""
        self.comments = 0
        self.retry: int | None = None  # milliseconds that the stream asks to wait before coming back
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._after_return = False
        self._data: list[str] = []
        self._type = ""
        self._id = ""

    @property
    def unfinished(self) -> bool:
        """Whether something was begun that no blank line has ended: a reader never hands that on."""
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
    """Whether every byte of a stream is part of a character; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(body)
    except UnicodeDecodeError:
        return False
    return True
