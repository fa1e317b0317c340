"""What one key can do on a target: asked with the key alone, by a dozen requests that only show something."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from astrbot_api.contract import Contract

from astrbot_conformance.contact.meeting import meet
from astrbot_conformance.contact.published import listed, nameless
from astrbot_conformance.contact.recognition import Standing, recognise
from astrbot_conformance.contract import PUBLISHED_DOCUMENT, plain_reads, read_of_each_scope
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.secret import Secret, mask
from astrbot_conformance.verdict.finding import NotJudged
from astrbot_conformance.wire.reach import Reach
from astrbot_conformance.wire.request import Key, Request, asking, harmless
from astrbot_conformance.wire.target import Target

State = Literal["held", "missing", "unknown"]
MARKS: Mapping[State, str] = {"held": "✓", "missing": "·", "unknown": "?"}
FORMAT = 1
TRIES = 2  # operations that are asked for one scope, where the first neither opens nor refuses


@dataclass(frozen=True, slots=True)
class Abilities:
    """What was learnt. `accepted`: whether the target knows the key; None where it did not say.

    scopes: whether each lets the key in, empty where the key is refused. reasons: why a scope is unknown. listed: how
    many operations of the contract the published document lists, and how many others; None where there is none.
    """

    url: str
    standing: Standing
    accepted: bool | None
    scopes: Mapping[str, State]
    reasons: Mapping[str, str]
    listed: tuple[int, int] | None

    @property
    def contract(self) -> Contract:
        """What the target is held to."""
        return self.standing.contract

    @property
    def exit_code(self) -> int:
        """0 the key is accepted, 1 it is refused, 3 the target did not say."""
        return 3 if self.accepted is None else 0 if self.accepted else 1


def abilities(reach: Reach, secret: Secret, release: str | None = None) -> Abilities:
    """Ask with the key. Raises CannotBegin where no AstrBot with this API answers.

    release: whose scopes are asked for; None: those of the release that it is.
    """
    meet(reach)
    target = Target(replace(reach, effects="read"))
    try:
        standing = recognise(target, NoDashboard(), release)
        contract = standing.contract
        known = _listed(target, contract)
        scopes: dict[str, State] = {}
        reasons: dict[str, str] = {}
        key = Key("given", frozenset(), secret)
        for scope in contract.scopes:
            state, reason = _asked(target, _questions(contract, scope), key)
            if state is None:
                return Abilities(reach.base, standing, accepted=False, scopes={}, reasons={}, listed=known)
            scopes[scope] = state
            reasons |= {scope: reason} if state == "unknown" else {}
    finally:
        target.close()
    accepted = None if set(scopes.values()) == {"unknown"} else True
    return Abilities(reach.base, standing, accepted, scopes, reasons, known)


def _questions(contract: Contract, scope: str) -> list[Request]:
    """What to ask for one scope; for a thing that is not there, where nothing can be asked without naming one."""
    plain = plain_reads(contract)[scope][:TRIES]
    return [asking(operation) for operation in plain] or [harmless(read_of_each_scope(contract)[scope])]


def _asked(target: Target, questions: Sequence[Request], key: Key) -> tuple[State | None, str]:
    """Whether the key is let in, and what was answered; None where it is not accepted at all."""
    said = "nothing to ask"
    for request in questions:
        try:
            answer = target.send(request, key)
        except NotJudged as error:
            said = str(error)
            continue
        said = f"{request.operation}: {answer.in_short}"
        if answer.status == 401:
            return None, said
        if answer.status == 403:
            return "missing", said
        if answer.is_accepted or (answer.is_error_envelope and answer.is_refusal):  # not for the key
            return "held", said
    return "unknown", said


def _listed(target: Target, contract: Contract) -> tuple[int, int] | None:
    try:
        published = listed(target.send_once(asking(PUBLISHED_DOCUMENT)).json)
    except NotJudged:
        return None
    ours = {(operation.method, nameless(operation.path)) for operation in contract.operations}
    return (len(ours & published.keys()), len(published.keys() - ours)) if published else None


def as_json(found: Abilities) -> str:
    """For scripts, format 1."""
    told = {
        "format": FORMAT,
        "target": {
            "url": mask(found.url),
            "release": found.standing.release,
            "contract": found.contract.release,
            "operations": _counts(found),
        },
        "key": {None: "unknown", True: "accepted", False: "refused"}[found.accepted],
        "scopes": dict(found.scopes),
        "reasons": {scope: mask(reason) for scope, reason in found.reasons.items()},
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_text(found: Abilities) -> str:
    """For people."""
    return mask("\n".join(_lines(found)))


def _counts(found: Abilities) -> dict[str, int] | None:
    if found.listed is None:
        return None
    return {"contract": len(found.contract.operations), "listed": found.listed[0], "others": found.listed[1]}


def _lines(found: Abilities) -> Iterator[str]:
    yield f"{found.url}: AstrBot {found.standing.release or 'of unknown release'}, held to {found.contract.release}"
    if found.standing.note:
        yield f"Note: {found.standing.note}."
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


def _hints(found: Abilities) -> Iterator[str]:
    missing = [scope for scope in found.contract.scopes if found.scopes.get(scope) == "missing"]
    if missing:
        yield ""
        yield "A scope is given when a key is made: in the settings of the dashboard, under API keys."
    for scope, more in found.contract.implies.items():
        lost = [other for other in more if other in missing]
        if found.scopes.get(scope) == "held" and lost:
            yield f"Odd: {scope} is held and should open {', '.join(sorted(lost))} as well."
