"""Which operations one key opens on a target, determined with the key alone and by requests that only read."""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from astrbot_api.contract import Contract

from astrbot_conformance.astrbot_operations import PUBLISHED_DOCUMENT
from astrbot_conformance.contract import plain_reads, read_of_each_scope
from astrbot_conformance.http import CredentialState, HttpRequest, Key, Target, TargetOptions, asking, harmless
from astrbot_conformance.http.deadline import seconds_left, within
from astrbot_conformance.http.published_document import listed, nameless
from astrbot_conformance.json_text import dumped
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.first_contact import meet
from astrbot_conformance.preflight.release_detection import TargetProfile, detect_release
from astrbot_conformance.preflight.scope_probe import RateLimitedError, ScopeResult, probe_scope
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret, mask

State = Literal["held", "missing", "unknown"]
MARKS: Mapping[State, str] = {"held": "✓", "missing": "·", "unknown": "?"}
FORMAT = 1
TRIES = 2  # operations that are tried for one scope if the first is inconclusive
TIME_LIMIT = 30.0  # seconds that a check takes at most, including every wait that the server requires
LONGEST_ANSWER = 10.0  # seconds that one of its requests may wait


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """The result of the check of one key.

    accepted: whether the target knows the key; None if this is unknown. scopes: whether the key holds each of them;
    empty if the key is rejected. reasons: why a scope is unknown. listed: how many operations of the contract the
    published document lists, and how many others; None if there is no document. gave_up: why the check ended early.
    """

    url: str
    profile: TargetProfile
    accepted: bool | None
    scopes: Mapping[str, State]
    reasons: Mapping[str, str]
    listed: tuple[int, int] | None
    gave_up: str | None = None

    @property
    def contract(self) -> Contract:
        """The contract of the target's release."""
        return self.profile.contract

    @property
    def exit_code(self) -> int:
        """0 if the key is accepted, 1 if it is rejected, 3 if this is unknown or the check gave up."""
        return 3 if self.trouble else 0 if self.accepted else 1

    @property
    def trouble(self) -> str | None:
        """Why the check proves nothing, or not enough, in one line; None if it proves enough."""
        if self.gave_up:
            return f"gave up: {self.gave_up}; try again later"
        if self.accepted is None:
            reason = next(iter(self.reasons.values()), "the contract has no scopes")
            return f"cannot determine which scopes the key has: {reason}"
        return None


def check_key(options: TargetOptions, secret: Secret, release: str | None = None) -> KeyCheck:
    """Check the key, within TIME_LIMIT. Raises CannotStart unless an AstrBot with this API responds.

    release: the release whose scopes are checked; None: the release that the target runs.
    """
    options = replace(options, effects="read", timeout=min(options.timeout, LONGEST_ANSWER))
    with within(TIME_LIMIT), contextlib.closing(astrbot_target(options)) as target:
        meet(options)
        profile = detect_release(target, NoDashboard(), release)
        counts = _listed(target, profile.contract)
        key = Key("given", frozenset(), secret, CredentialState.UNVERIFIED)
        results, gave_up = _probed(target, profile.contract, key)
    if any(result.state == "refused" for result in results.values()):
        return KeyCheck(options.base, profile, accepted=False, scopes={}, reasons={}, listed=counts)
    scopes: dict[str, State] = {scope: _state(results.get(scope)) for scope in profile.contract.scopes}
    reasons = {scope: _reason(results.get(scope), gave_up) for scope, state in scopes.items() if state == "unknown"}
    accepted = True if set(scopes.values()) - {"unknown"} else None
    return KeyCheck(options.base, profile, accepted, scopes, reasons, counts, gave_up)


def _probed(target: Target, contract: Contract, key: Key) -> tuple[dict[str, ScopeResult], str | None]:
    """The result for each scope so far: it stops after a rejection, and if the target limits the rate of requests."""
    unknown = Secret(f"abk_{secrets.token_urlsafe(32)}", "ASTRBOT_KEY_INVENTED")
    invented = Key("invented", frozenset(), unknown, CredentialState.INVALID)
    results: dict[str, ScopeResult] = {}
    try:
        for scope in contract.scopes:
            results[scope] = probe_scope(target, _requests(contract, scope), key, invented)
            if results[scope].state == "refused" or seconds_left() <= 0:
                break
    except RateLimitedError as error:
        return results, str(error)
    return results, f"no time left after {TIME_LIMIT:g} s" if seconds_left() <= 0 else None


def _requests(contract: Contract, scope: str) -> list[HttpRequest]:
    """The requests that test one scope. They name a nonexistent resource if every request has to name one."""
    plain = plain_reads(contract)[scope][:TRIES]
    return [asking(operation) for operation in plain] or [harmless(read_of_each_scope(contract)[scope])]


def _state(result: ScopeResult | None) -> State:
    return result.state if result and result.state in ("held", "missing") else "unknown"


def _reason(result: ScopeResult | None, gave_up: str | None) -> str:
    return result.reason if result else f"not tested, {gave_up}"


def _listed(target: Target, contract: Contract) -> tuple[int, int] | None:
    try:
        published = listed(target.send_once(asking(PUBLISHED_DOCUMENT)).json)
    except NotJudged:
        return None
    ours = {(operation.method, nameless(operation.path)) for operation in contract.operations}
    return (len(ours & published.keys()), len(published.keys() - ours)) if published else None


def as_json(result: KeyCheck) -> str:
    """The result as JSON for scripts, format 1."""
    return dumped(
        {
            "format": FORMAT,
            "target": {
                "url": mask(result.url),
                "release": result.profile.release,
                "contract": result.contract.release,
                "operations": _counts(result),
            },
            "key": {None: "unknown", True: "accepted", False: "refused"}[result.accepted],
            "scopes": dict(result.scopes),
            "reasons": {scope: mask(reason) for scope, reason in result.reasons.items()},
        }
    )


def as_text(result: KeyCheck) -> str:
    """The result as text for people."""
    return mask("\n".join(_lines(result)))


def _counts(result: KeyCheck) -> dict[str, int] | None:
    if result.listed is None:
        return None
    return {"contract": len(result.contract.operations), "listed": result.listed[0], "others": result.listed[1]}


def _lines(result: KeyCheck) -> Iterator[str]:
    release = f"AstrBot {result.profile.release or 'of unknown release'}"
    yield f"{result.url}: {release}, judged as {result.contract.release}"
    if result.profile.note:
        yield f"Note: {result.profile.note}."
    if result.listed:
        (ours, others), total = result.listed, len(result.contract.operations)
        yield f"Its document lists {ours} of the {total} operations of the contract, and {others} others."
    if result.accepted is False:
        yield "The key in ASTRBOT_KEY is rejected (401): it is unknown, revoked, deleted or expired."
        return
    held = [scope for scope in result.contract.scopes if result.scopes.get(scope) == "held"]
    yield f"The key in ASTRBOT_KEY opens {', '.join(held) or 'nothing'}."
    yield ""
    for scope, state in result.scopes.items():
        count = sum(operation.scope == scope for operation in result.contract.keyed)
        yield f"{MARKS[state]} {scope:<9} {count:>3} operations  {result.contract.meanings[scope].en}"
    for scope, reason in result.reasons.items():
        yield f"? {scope}: {reason}"
    yield from _hints(result)


def _hints(result: KeyCheck) -> Iterator[str]:
    missing = [scope for scope in result.contract.scopes if result.scopes.get(scope) == "missing"]
    if missing:
        yield ""
        yield "You choose the scopes when you create a key: in the settings of the dashboard, under API keys."
    for scope, implied in result.contract.implies.items():
        lost = [other for other in implied if other in missing]
        if result.scopes.get(scope) == "held" and lost:
            yield f"Unexpected: the key has {scope}, which implies {', '.join(sorted(lost))}, but does not open it."
