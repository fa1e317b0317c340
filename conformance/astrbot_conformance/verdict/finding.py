"""Findings, and how a check raises one."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NoReturn

from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.outcome import shortened
from astrbot_conformance.secret import mask

Level = Literal["MUST", "SHOULD"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A requirement that the target breaks, and how to see it again. Secrets are masked when it is made."""

    operation: str
    expected: str
    actual: str
    curl: str
    response: str
    requirement: str = ""  # filled in by the run, which knows whose check it was
    level: Level = "MUST"
    check: str = ""  # likewise: what to run again to see whether the finding still stands
    request: str = ""  # the request as text, where one request shows the finding
    scopes: tuple[str, ...] = ()  # what the key of that request holds, where it was let in
    sent_by: str = ""  # the check that sent the request, if a passive check inspected the response

    def __post_init__(self) -> None:
        """Mask every text before anything can show it."""
        for name in ("operation", "expected", "actual", "curl", "response", "request"):
            text = getattr(self, name)
            object.__setattr__(self, name, mask(text) if name in ("curl", "request") else shortened(text))


class FindingRaised(Exception):
    """A check found something."""

    def __init__(self, finding: Finding) -> None:
        """Carry `finding` to whoever judges."""
        super().__init__(f"expected {finding.expected}, got {finding.actual}")
        self.finding = finding


def written(value: object) -> str:
    """`value` as the JSON that was sent, for the words of a finding."""
    return json.dumps(value, ensure_ascii=False)


def found(
    response: HttpResponse,
    *,
    expected: str,
    actual: str | None = None,
    level: Level = "MUST",
    scopes: Collection[str] = (),
) -> NoReturn:
    """Report that `answer` is not what the requirement asks for. Raises FindingRaised.

    `scopes` are those that let a key in, where more is known of them than that its key holds them.
    """
    raise FindingRaised(
        Finding(
            operation=str(response.request.operation),
            expected=expected,
            actual=response.in_short if actual is None else actual,
            curl=response.curl,
            response=response.excerpt,
            level=level,
            request=response.sent_text,
            scopes=tuple(sorted(scopes or (response.key.scopes if response.key and response.admits else ()))),
        )
    )


def expect(response: HttpResponse, *, status: int | Collection[int], message: str | None = None) -> None:
    """Raise FindingRaised unless `answer` has (one of) `status` and, where given, the error envelope with `message`."""
    statuses = [status] if isinstance(status, int) else sorted(status)
    said = message is None or (response.is_error_envelope and response.message == message)
    if response.status in statuses and said:
        return
    expected = " or ".join(map(str, statuses))
    if message is not None:
        expected += f" `{message}` in an error envelope"
    found(response, expected=expected)


def expect_refused(response: HttpResponse, what: str, *, level: Level = "MUST") -> None:
    """Raise FindingRaised unless the service turned the request down for `what` it is."""
    if not response.is_refusal:
        found(response, expected=f"{what} refused", level=level)


def expect_accepted(response: HttpResponse, what: str, *, level: Level = "MUST") -> None:
    """Raise FindingRaised unless the service did what was asked."""
    if not response.is_accepted:
        found(response, expected=f"{what} accepted", level=level)
