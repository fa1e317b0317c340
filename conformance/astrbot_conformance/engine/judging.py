"""How a check is called, and how its end becomes a judgement."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.browser.web_ui import WebUi
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.engine.catalogue import Check
from astrbot_conformance.engine.proof import needs_service
from astrbot_conformance.http import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NoAnswer, NotJudged, UnusableResponse, shortened
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.sender import sending
from astrbot_conformance.passive.shape import fits_schema, is_envelope
from astrbot_conformance.resources.canaries import Canaries
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.finding import Finding, FindingRaised
from astrbot_conformance.verdict.judgement import Judgement
from astrbot_conformance.verdict.requirement import marks_of
from astrbot_conformance.verdict.sample import choosing

STUMBLING = (AttributeError, LookupError, TypeError)  # errors that reading a malformed response may cause


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources that a check may require, by parameter name."""

    contract: Contract
    beyond: Sequence[Operation]
    target: Target
    keys: KeyRing
    dashboard: Dashboard
    chats: Chats
    cleanup: Cleanup
    exploration: Exploration
    observations: Observations
    web_ui: WebUi
    canaries: Canaries

    def by_name(self) -> Mapping[str, object]:
        """The resources by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def call(check: Check, resources: Mapping[str, object]) -> float:
    """Call a check with the resources that it requires; return its seconds. Raises what the check raises."""
    began = time.perf_counter()
    available = {**resources, **check.given}
    with sending(check.name):
        check.function(**{name: available[name] for name in check.parameters})
    return time.perf_counter() - began


def judged(check: Check, end: Callable[[], float], observations: Observations) -> tuple[Judgement, Exception | None]:
    """The judgement of a check, and the error of the suite if there was one, which is never a verdict on the target.

    end: returns the seconds that the check took, or raises what it raised.
    """
    operation = str(check.about[0]) if len(check.about) == 1 else None
    judgement = Judgement(
        check.requirement.id,
        check.name,
        operation,
        "passed",
        needs_service=needs_service(check.about),
        is_passive=marks_of(check.function).is_afterwards,
        candidates=check.candidates,
    )
    with choosing() as choices:
        judgement, error = _outcome(judgement, check, end, observations)
    return replace(judgement, choices=tuple(choices)), error


def _outcome(
    judgement: Judgement, check: Check, end: Callable[[], float], observations: Observations
) -> tuple[Judgement, Exception | None]:
    """The judgement with the outcome of the check, and the error of the suite if there was one."""
    try:
        return replace(judgement, seconds=end()), None
    except FindingRaised as raised:
        finding = _attributed(raised.finding, check)
        return replace(judgement, status="failed", finding=finding, reason=str(raised)), None
    except NotJudged as error:
        return _not_judged(judgement, error), None
    except Exception as error:  # noqa: BLE001  the other checks still run
        text = shortened(f"{type(error).__name__}: {error}")
        if isinstance(error, STUMBLING) and observations.has_found(is_envelope, fits_schema):
            reason = f"a response that does not match its schema cannot be read: {text}"
            return replace(judgement, status="not-judged", reason=reason), None
        return replace(judgement, status="not-judged", reason=f"the check failed: {text}", unusable=True), error


def _not_judged(judgement: Judgement, error: NotJudged) -> Judgement:
    return replace(
        judgement,
        status="not-judged",
        reason=str(error),
        by_choice=error.by_choice,
        unanswered=isinstance(error, NoAnswer),
        unusable=isinstance(error, UnusableResponse),
    )


def _attributed(finding: Finding, check: Check) -> Finding:
    """The finding of a check, under its requirement, and a SHOULD if the finding or the requirement is one."""
    is_should = "SHOULD" in (finding.level, check.requirement.level)
    return replace(finding, requirement=check.requirement.id, level="SHOULD" if is_should else "MUST", check=check.name)
