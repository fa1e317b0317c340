"""Findings, and how a check raises one."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NoReturn

from astrbot_conformance.http import HttpResponse
from astrbot_conformance.outcome import shortened
from astrbot_conformance.secret import mask

Level = Literal["MUST", "SHOULD"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation of a requirement by the target, and how to reproduce it. Secrets are masked on creation."""

    operation: str
    expected: str
    actual: str
    curl: str
    response: str
    requirement: str = ""  # set by the run, which knows the check that raised the finding
    level: Level = "MUST"
    check: str = ""  # also set by the run: the check to run again to see whether the finding still holds
    request: str = ""  # the request as text, if one request shows the finding
    scopes: tuple[str, ...] = ()  # the scopes of the key of that request, if it was authorized
    sent_by: str = ""  # the check that sent the request, if a passive check inspected the response

    def __post_init__(self) -> None:
        """Mask every text before it can be displayed."""
        for name in ("operation", "expected", "actual", "curl", "response", "request"):
            text = getattr(self, name)
            object.__setattr__(self, name, mask(text) if name in ("curl", "request") else shortened(text))


class FindingRaised(Exception):
    """A check found a violation."""

    def __init__(self, finding: Finding) -> None:
        """Carry `finding` to the judgement of the check."""
        super().__init__(f"expected {finding.expected}, got {finding.actual}")
        self.finding = finding


def written(value: object) -> str:
    """`value` as the JSON that was sent, for the text of a finding."""
    return json.dumps(value, ensure_ascii=False)


def fail(
    response: HttpResponse,
    *,
    expected: str,
    actual: str | None = None,
    level: Level = "MUST",
    scopes: Collection[str] = (),
) -> NoReturn:
    """Raise FindingRaised: `response` does not meet the requirement.

    `scopes` are those that authorized the key, if the check knows more than that the key holds them.
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


def expect_refused(response: HttpResponse, what: str, *, level: Level = "MUST") -> None:
    """Raise FindingRaised unless the service refused the request. `what` describes the input."""
    if not response.is_refusal:
        fail(response, expected=f"{what} to be rejected", level=level)


def expect_accepted(response: HttpResponse, what: str, *, level: Level = "MUST") -> None:
    """Raise FindingRaised unless the service accepted the request. `what` describes the input."""
    if not response.is_accepted:
        fail(response, expected=f"{what} to be accepted", level=level)
