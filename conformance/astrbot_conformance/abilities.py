"""What one key can do on a target: asked with the key alone, by a dozen requests that only show something."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from astrbot_api.operations import KEYED, OPERATIONS
from astrbot_api.scopes import IMPLIES, MEANINGS, Scope

from astrbot_conformance.contact import meet
from astrbot_conformance.contract import PUBLISHED_DOCUMENT, READS
from astrbot_conformance.finding import NotJudged
from astrbot_conformance.published import listed, nameless
from astrbot_conformance.request import Key, asking
from astrbot_conformance.secret import Secret, mask
from astrbot_conformance.target import Reach, Target

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
    accepted: bool | None
    scopes: Mapping[Scope, State]
    reasons: Mapping[Scope, str]
    listed: tuple[int, int] | None

    @property
    def exit_code(self) -> int:
        """0 the key is accepted, 1 it is refused, 3 the target did not say."""
        return 3 if self.accepted is None else 0 if self.accepted else 1


def abilities(reach: Reach, secret: Secret) -> Abilities:
    """Ask with the key. Raises CannotBegin where no AstrBot with this API answers."""
    meet(reach)
    target = Target(replace(reach, effects="read"))
    try:
        known = _listed(target)
        scopes: dict[Scope, State] = {}
        reasons: dict[Scope, str] = {}
        key = Key("given", frozenset(), secret)
        for scope in Scope:
            state, reason = _asked(target, scope, key)
            if state is None:
                return Abilities(reach.base, accepted=False, scopes={}, reasons={}, listed=known)
            scopes[scope] = state
            reasons |= {scope: reason} if state == "unknown" else {}
    finally:
        target.close()
    accepted = None if set(scopes.values()) == {"unknown"} else True
    return Abilities(reach.base, accepted, scopes, reasons, known)


def _asked(target: Target, scope: Scope, key: Key) -> tuple[State | None, str]:
    """Whether the key enters with `scope`, and what was answered; None where it is not accepted at all."""
    said = "nothing to ask"
    for operation in READS[scope][:TRIES]:
        try:
            answer = target.send(asking(operation), key)
        except NotJudged as error:
            said = str(error)
            continue
        said = f"{operation}: {answer.in_short}"
        if answer.status == 401:
            return None, said
        if answer.status == 403:
            return "missing", said
        if answer.is_accepted:
            return "held", said
    return "unknown", said


def _listed(target: Target) -> tuple[int, int] | None:
    try:
        published = listed(target.send(asking(PUBLISHED_DOCUMENT)).json)
    except NotJudged:
        return None
    ours = {(operation.method, nameless(operation.path)) for operation in OPERATIONS}
    return (len(ours & published.keys()), len(published.keys() - ours)) if published else None


def as_json(found: Abilities) -> str:
    """For scripts, format 1."""
    told = {
        "format": FORMAT,
        "target": {"url": mask(found.url), "operations": _counts(found)},
        "key": {None: "unknown", True: "accepted", False: "refused"}[found.accepted],
        "scopes": {str(scope): state for scope, state in found.scopes.items()},
        "reasons": {str(scope): mask(reason) for scope, reason in found.reasons.items()},
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_text(found: Abilities) -> str:
    """For people."""
    return mask("\n".join(_lines(found)))


def _counts(found: Abilities) -> dict[str, int] | None:
    if found.listed is None:
        return None
    return {"contract": len(OPERATIONS), "listed": found.listed[0], "others": found.listed[1]}


def _lines(found: Abilities) -> Iterator[str]:
    yield f"{found.url}: an AstrBot with this API"
    if found.listed:
        ours, others = found.listed
        yield f"It lists {ours} of the {len(OPERATIONS)} operations of the contract, and {others} others."
    if found.accepted is False:
        yield "The key in ASTRBOT_KEY is refused (401): unknown here, revoked, deleted or expired."
        return
    held = [scope for scope in Scope if found.scopes.get(scope) == "held"]
    yield f"The key in ASTRBOT_KEY opens {', '.join(held) or 'nothing'}."
    yield ""
    for scope, state in found.scopes.items():
        count = sum(operation.scope == scope for operation in KEYED)
        yield f"{MARKS[state]} {scope:<9} {count:>3} operations  {MEANINGS[scope].en}"
    for scope, reason in found.reasons.items():
        yield f"? {scope}: {reason}"
    yield from _hints(found)


def _hints(found: Abilities) -> Iterator[str]:
    missing = [scope for scope in Scope if found.scopes.get(scope) == "missing"]
    if missing:
        yield ""
        yield "A scope is given when a key is made: in the settings of the dashboard, under API keys."
    for scope, more in IMPLIES.items():
        lost = [other for other in more if other in missing]
        if found.scopes.get(scope) == "held" and lost:
            yield f"Odd: {scope} is held and should open {', '.join(sorted(lost))} as well."
