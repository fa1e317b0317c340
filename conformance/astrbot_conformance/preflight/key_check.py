"""Which operations one key opens on a target, determined with the key alone and by requests that only read."""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from astrbot_api.contract import Contract

from astrbot_conformance.contract import PUBLISHED_DOCUMENT, plain_reads, read_of_each_scope
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.deadline import seconds_left, within
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.published_document import listed, nameless
from astrbot_conformance.http.request import HttpRequest, asking, harmless
from astrbot_conformance.http.target import Target
from astrbot_conformance.json_text import dumped
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.first_contact import meet
from astrbot_conformance.preflight.release_detection import TargetProfile, detect_release
from astrbot_conformance.preflight.scope_probe import RateLimitedError, ScopeResult, probe_scope
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
            why = next(iter(self.reasons.values()), "it has no scope to ask for")
            return f"cannot tell what the key opens: {why}"
        return None


def abilities(options: TargetOptions, secret: Secret, release: str | None = None) -> KeyCheck:
    """Check the key, within TIME_LIMIT. Raises CannotStart unless an AstrBot with this API responds.

    release: the release whose scopes are checked; None: the release that the target runs.
    """
    options = replace(options, effects="read", timeout=min(options.timeout, LONGEST_ANSWER))
    with within(TIME_LIMIT), contextlib.closing(Target(options)) as target:
        meet(options)
        profile = detect_release(target, NoDashboard(), release)
        known = _listed(target, profile.contract)
        results, gave_up = _asked(
            target, profile.contract, Key("given", frozenset(), secret, CredentialState.UNVERIFIED)
        )
    if any(result.state == "refused" for result in results.values()):
        return KeyCheck(options.base, profile, accepted=False, scopes={}, reasons={}, listed=known)
    scopes: dict[str, State] = {scope: _state(results.get(scope)) for scope in profile.contract.scopes}
    reasons = {scope: _reason(results.get(scope), gave_up) for scope, state in scopes.items() if state == "unknown"}
    accepted = True if set(scopes.values()) - {"unknown"} else None
    return KeyCheck(options.base, profile, accepted, scopes, reasons, known, gave_up)


def _asked(target: Target, contract: Contract, key: Key) -> tuple[dict[str, ScopeResult], str | None]:
    """The result for each scope so far: it stops after a rejection, and if the target limits the rate of requests."""
    unknown = Secret(f"abk_{secrets.token_urlsafe(32)}", "ASTRBOT_KEY_INVENTED")
    invented = Key("invented", frozenset(), unknown, CredentialState.INVALID)
    results: dict[str, ScopeResult] = {}
    try:
        for scope in contract.scopes:
            results[scope] = probe_scope(target, _questions(contract, scope), key, invented)
            if results[scope].state == "refused" or seconds_left() <= 0:
                break
    except RateLimitedError as error:
        return results, str(error)
    return results, f"no time left after {TIME_LIMIT:g} s" if seconds_left() <= 0 else None


def _questions(contract: Contract, scope: str) -> list[HttpRequest]:
    """The requests that test one scope. They name a nonexistent resource if every request has to name one."""
    plain = plain_reads(contract)[scope][:TRIES]
    return [asking(operation) for operation in plain] or [harmless(read_of_each_scope(contract)[scope])]


def _state(result: ScopeResult | None) -> State:
    return result.state if result and result.state in ("held", "missing") else "unknown"


def _reason(result: ScopeResult | None, gave_up: str | None) -> str:
    return result.reason if result else f"not asked, {gave_up}"


def _listed(target: Target, contract: Contract) -> tuple[int, int] | None:
    try:
        published = listed(target.send_once(asking(PUBLISHED_DOCUMENT)).json)
    except NotJudged:
        return None
    ours = {(operation.method, nameless(operation.path)) for operation in contract.operations}
    return (len(ours & published.keys()), len(published.keys() - ours)) if published else None


def as_json(found: KeyCheck) -> str:
    """The result as JSON for scripts, format 1."""
    told = {
        "format": FORMAT,
        "target": {
            "url": mask(found.url),
            "release": found.profile.release,
            "contract": found.contract.release,
            "operations": _counts(found),
        },
        "key": {None: "unknown", True: "accepted", False: "refused"}[found.accepted],
        "scopes": dict(found.scopes),
        "reasons": {scope: mask(reason) for scope, reason in found.reasons.items()},
    }
    return dumped(told)


def as_text(found: KeyCheck) -> str:
    """The result as text for people."""
    return mask("\n".join(_lines(found)))


def _counts(found: KeyCheck) -> dict[str, int] | None:
    if found.listed is None:
        return None
    return {"contract": len(found.contract.operations), "listed": found.listed[0], "others": found.listed[1]}


def _lines(found: KeyCheck) -> Iterator[str]:
    yield f"{found.url}: AstrBot {found.profile.release or 'of unknown release'}, held to {found.contract.release}"
    if found.profile.note:
        yield f"Note: {found.profile.note}."
    if found.listed:
        (ours, others), everything = found.listed, len(found.contract.operations)
        yield f"It lists {ours} of the {everything} operations of the contract, and {others} others."
    if found.accepted is False:
        yield "The key in ASTRBOT_KEY is refused (401): unknown here, revoked, deleted or expired."
        return
    held = [scope for scope in found.contract.scopes if found.scopes.get(scope) == "held"]
    yield f"The key in ASTRBOT_KEY opens {', '.join(held) or 'nothing'}."
    yield ""
    for scope, state in found.scopes.items():
        count = sum(operation.scope == scope for operation in found.contract.keyed)
        yield f"{MARKS[state]} {scope:<9} {count:>3} operations  {found.contract.meanings[scope].en}"
    for scope, reason in found.reasons.items():
        yield f"? {scope}: {reason}"
    yield from _hints(found)


def _hints(found: KeyCheck) -> Iterator[str]:
    missing = [scope for scope in found.contract.scopes if found.scopes.get(scope) == "missing"]
    if missing:
        yield ""
        yield "A scope is given when a key is made: in the settings of the dashboard, under API keys."
    for scope, more in found.contract.implies.items():
        lost = [other for other in more if other in missing]
        if found.scopes.get(scope) == "held" and lost:
            yield f"Odd: {scope} is held and should open {', '.join(sorted(lost))} as well."
