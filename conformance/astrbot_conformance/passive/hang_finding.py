"""The finding of an operation that does not respond while the target responds to other requests."""

from astrbot_conformance.http.hanging import MOST_TRIES, Hang
from astrbot_conformance.passive.sender import current_sender
from astrbot_conformance.verdict.finding import Finding


def finding_of(hang: Hang) -> Finding:
    """The finding, with the request that got no response."""
    return Finding(
        operation=str(hang.request.operation),
        expected=f"a response within {hang.seconds:g} s",
        actual=f"none in {MOST_TRIES} tries; the server answered other requests before, between and after them",
        curl=f"{hang.request.curl(hang.base, hang.key, hang.key_header)} --max-time {hang.seconds:g}",
        response="",
        request=hang.request.text(hang.base, hang.key, hang.key_header),
        sent_by=current_sender(),
    )
