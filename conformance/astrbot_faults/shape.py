"""Faults in status, envelope and body of responses."""

from __future__ import annotations

from .server import Server, fault

BOTS, PERSONAS, SKILLS = "GET /api/v1/bots", "GET /api/v1/personas", "GET /api/v1/skills"


@fault(breaks="SHAPE-STATUS")
def lists_are_accepted(server: Server) -> None:
    """The list of personas returns 202."""
    server.answers[PERSONAS] = lambda status, body: (202 if status == 200 else status, body)


@fault(breaks="SHAPE-STATUS")
def lists_are_plain_text(server: Server) -> None:
    """The list of personas has the content type `text/plain`."""
    server.pages["/api/v1/personas"] = "text/plain"


@fault(breaks="SHAPE-ENVELOPE")
def data_without_envelope(server: Server) -> None:
    """The list of personas has no envelope."""
    server.answers[PERSONAS] = lambda status, body: (status, body["data"] if status == 200 else body)


@fault(breaks="SHAPE-ENVELOPE")
def refusals_without_message(server: Server) -> None:
    """An error response of IM has no message."""
    server.answers["POST /api/v1/im/message"] = lambda status, body: (
        status,
        {"status": "error"} if status == 400 else body,
    )


@fault(breaks="SHAPE-ENVELOPE")
def envelope_without_status(server: Server) -> None:
    """The envelope of the list of skills has no `status`."""
    server.answers[SKILLS] = lambda status, body: (
        status,
        {name: value for name, value in body.items() if name != "status"} if status == 200 else body,
    )


@fault(breaks="SHAPE-BODY")
def envelope_in_envelope(server: Server) -> None:
    """The list of bots has two envelopes."""
    server.change_data(BOTS, lambda data: {"status": "ok", "message": None, "data": data})


@fault(breaks="SHAPE-BODY")
def nothing_in_place_of_a_list(server: Server) -> None:
    """The list of personas is null."""
    server.change_data(PERSONAS, lambda _: None)


@fault(breaks="SHAPE-BODY")
def member_missing(server: Server) -> None:
    """The list of bots lacks a member."""
    server.change_data(BOTS, lambda data: dict(list(data.items())[1:]))


@fault(breaks="SHAPE-BODY")
def text_in_place_of_a_list(server: Server) -> None:
    """The list of bots is a string."""
    server.change_data(BOTS, lambda data: {name: str(value) for name, value in data.items()})
