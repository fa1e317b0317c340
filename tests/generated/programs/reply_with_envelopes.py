"""Builds responses; the members with one possible value are left out."""

from __future__ import annotations

from astrbot_api.models import Done, ErrorEnvelope, NoData


def reply(*, worked: bool) -> Done | ErrorEnvelope:
    """Returns a response."""
    return Done(message="Saved", data=NoData()) if worked else ErrorEnvelope(message="No such bot")


def main() -> None:
    """The status is part of the dump."""
    assert reply(worked=True).model_dump() == {"status": "ok", "message": "Saved", "data": {}}
    assert reply(worked=False).model_dump() == {"status": "error", "message": "No such bot"}
