"""Reads the event stream of an answer, and holds it against the orders that the contract names."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx2
from astrbot_api.validation import document

Event = dict[str, Any]
Order = list[Any]


def events(response: httpx2.Response) -> list[Event]:
    """The events of a stream, heartbeats left out. Fails when a frame is not one `data:` line."""
    assert response.headers["content-type"].startswith("text/event-stream"), response.text
    frames = [frame for frame in response.text.split("\n\n") if frame and not frame.startswith(":")]
    assert all(frame.startswith("data: ") and "\n" not in frame for frame in frames), frames
    return [json.loads(frame.removeprefix("data: ")) for frame in frames]


def kinds(sent: list[Event]) -> list[str]:
    """The type of each event, with its chain type where it has one."""
    return [f"{event['type']}/{event['chain_type']}" if event.get("chain_type") else event["type"] for event in sent]


def orders_of(sent: list[Event]) -> list[str]:
    """The names of the orders that the contract knows and these events follow."""
    followed = "".join(f"{kind} " for kind in kinds(sent))
    known = document()["components"]["schemas"]["ChatStream"]["x-event-orders"]
    return [order["name"] for order in known if re.fullmatch(pattern(order["events"]), followed)]


def pattern(entries: Order) -> str:
    """An order as a regular expression over kinds, each followed by a blank. spec/README.md tells its grammar."""
    parts = []
    for entry in entries:
        if isinstance(entry, list):
            parts.append(f"(?:{pattern(entry)})+")
        else:
            kind, mark = (entry[:-1], entry[-1]) if entry[-1] in "?*+" else (entry, "")
            parts.append(f"(?:{re.escape(kind)} ){mark}")
    return "".join(parts)
