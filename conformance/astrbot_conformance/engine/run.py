"""One run, from first contact to the removal of the last key."""

import contextlib
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from astrbot_api.contract import Contract

from astrbot_conformance.chat.chats import Allowance
from astrbot_conformance.contract import IM_BOTS
from astrbot_conformance.engine.interruption import undisturbed
from astrbot_conformance.engine.previous_runs import removed_leftovers
from astrbot_conformance.engine.proof import UNSERVED, proven
from astrbot_conformance.engine.run_lock import announced
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.scheduler import Listener
from astrbot_conformance.engine.shards import LAST, WHOLE
from astrbot_conformance.engine.worker import Worker, observing, work
from astrbot_conformance.engine.worker_processes import Account, share_out
from astrbot_conformance.http.key import KeyHeader
from astrbot_conformance.http.removal import Left
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.dashboard import Dashboard, NoDashboard
from astrbot_conformance.keys.given_keys import GivenKeys
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged, shortened
from astrbot_conformance.passive.observations import Seen
from astrbot_conformance.preflight.first_contact import log_in, meet
from astrbot_conformance.preflight.release_detection import TargetProfile, detect_release
from astrbot_conformance.verdict.judgement import Judgement, Report
from astrbot_conformance.verdict.known import known_of

QUICK = 0.01  # seconds; hashing a key takes about 25 ms on AstrBot
NAMED = 10  # number of leftovers that are named in the trouble


def judge(order: RunOptions, listener: Listener) -> tuple[Report, list[BaseException]]:
    """Judge the target. Raises CannotStart before the first check; returns the report and the suite's errors."""
    with announced(order.run, order.target.base):
        return _judged(order, listener)


def _judged(order: RunOptions, listener: Listener) -> tuple[Report, list[BaseException]]:
    began = time.perf_counter()
    meet(order.target)
    target = Target(order.target, mark=order.mark)
    target.observers += [order.observer] if order.observer else []
    try:
        dashboard = NoDashboard() if order.given is not None else log_in(target, order.username, order.password)
        profile = detect_release(target, dashboard, order.release)
        order = _forgiving(order, profile)
        observations = observing(target, profile.contract)
        keys = _keys(order, target, dashboard, profile.contract)
        place = Worker(order, profile, target, dashboard, keys, Allowance(order.chats_allowed), observations)
        others = Account()
        try:
            find_key_header(target, keys)
            if _may_ask_more(order) and answers_quickly(target, keys):
                target.options = replace(order.target, is_quick=True)
                order = replace(order, target=target.options)
                place = replace(place, order=order)
            notes = (*profile.notes, *removed_leftovers(target, dashboard, profile.contract, order.run))
            if order.workers > 1:
                others = _shared_out(place, listener)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                target.wind_down()
            with undisturbed(target.hurry):
                keys.close()
            raise
        share = LAST if order.workers > 1 else WHOLE
        if others.unanswered:
            target.circuit_breaker.record_failure()
        is_over = others.interrupted or others.stopped
        part = work(place, share, listener, interrupted=is_over, others=others.judgements)
        errors = [*map(RuntimeError, others.errors), *part.errors, *target.observer_errors]
        judgements = tuple(proven((*others.judgements, *part.judgements), observations.seen, profile.contract))
        left = (*others.left, *part.left)
        blamed = {judgement.finding.operation for judgement in judgements if judgement.finding}
        unusable = [one for one in judgements if one.unusable and _is_must(one, profile.contract)]
        is_interrupted = others.interrupted or (part.interrupted and not others.stopped)
        reasons = ["the run was interrupted"] if is_interrupted else [*_unhandled(errors, unusable)]
        unexplained = [one for one in left if one.removal not in blamed]
        report = Report(
            url=order.target.base,
            release=profile.release,
            contract=profile.contract,
            beyond=tuple(map(str, profile.beyond)),
            run=order.run,
            seed=order.selection.seed,
            effects=order.target.effects,
            seconds=time.perf_counter() - began,
            requests=target.requests + others.requests,
            keyed_requests=target.keyed_requests + others.keyed_requests,
            strict=order.selection.strict,
            known=order.selection.known,
            known_of=profile.contract.release if order.forgiving else None,
            held=keys.live_scopes,
            judgements=judgements,
            notes=(*notes, *_outage(others.asked_again + part.asked_again), *_left_behind(left, blamed)),
            pictures=part.pictures,
            selection=order.narrowed_by,
            trouble="; ".join([*reasons, *_troubles(target, unexplained)]) or _unadmitted(observations.seen),
        )
    finally:
        target.close()
    return report, errors


def _forgiving(order: RunOptions, profile: TargetProfile) -> RunOptions:
    """The options with the known deviations of the judged release, if these are to be forgiven."""
    if not order.forgiving:
        return order
    known = (*order.selection.known, *known_of(profile.contract.release))
    return replace(order, selection=replace(order.selection, known=known))


def _keys(order: RunOptions, target: Target, dashboard: Dashboard, contract: Contract) -> KeyRing:
    """The keys of the run. Raises CannotStart if the given keys are not usable."""
    if order.given is None:
        return KeyRing(dashboard, order.run, contract, order.expired_key)
    given = GivenKeys(order.run, contract, order.given)
    given.check(target)
    return given


def _shared_out(place: Worker, listener: Listener) -> Account:
    """Run the other processes, and add their observations to those of this process."""
    others = share_out(place, listener)
    for seen in others.seen:
        place.observations.take_in(seen)
    return others


def find_key_header(target: Target, keys: KeyRing) -> None:
    """Find the header in which the target accepts keys, so that a target that ignores the usual header can be judged.

    The first request has no key, as at first contact: from here on every response is inspected.
    """
    request = harmless(IM_BOTS)
    with contextlib.suppress(NotJudged):
        target.send_once(request)
        key = keys.weakest(IM_BOTS.scope)
        if not target.send_once(request, key, KeyHeader.BEARER).admits:
            admits = target.send_once(request, key, KeyHeader.HEADER).admits
            target.key_header = KeyHeader.HEADER if admits else KeyHeader.BEARER


def _may_ask_more(order: RunOptions) -> bool:
    """Whether the rate is not limited, and no observer records the requests for a slow target."""
    return order.target.rate is None and order.observer is None


def answers_quickly(target: Target, keys: KeyRing) -> bool:
    """Whether a request with a key takes less time than a real AstrBot needs for its hash alone."""
    request = harmless(IM_BOTS)
    with contextlib.suppress(NotJudged):
        key = keys.weakest(IM_BOTS.scope)
        seconds = target.send_once(request, key).seconds
        for _ in range(2):  # the first one may take longer
            if QUICK <= seconds < 3 * QUICK:
                seconds = target.send(request, key).seconds
        return seconds < QUICK
    return False


def _outage(checks: int) -> Iterator[str]:
    """Report that the target did not respond for a while, if some checks were affected."""
    if checks:
        yield f"the target left {checks} check{'' if checks == 1 else 's'} without an answer; asked again later"


def _left_behind(left: Sequence[Left], blamed: Collection[str]) -> Iterator[str]:
    """The resources that remain because an operation with a finding does not remove them, one line each."""
    for removal in dict.fromkeys(one.removal for one in left if one.removal in blamed):
        stayed = [one.what for one in left if one.removal == removal]
        yield f"left on the target, since {removal} does not remove it, as a finding says: {', '.join(stayed)}"


def _unhandled(errors: Sequence[BaseException], unusable: Sequence[Judgement]) -> Iterator[str]:
    """Why the run may have missed something: errors of the suite, else responses that no check could use."""
    if errors:
        error = shortened(f"{type(errors[0]).__name__}: {errors[0]}")
        yield f"something that the run met could not be handled ({error}); --debug shows where"
    elif unusable:
        yield f"{len(unusable)} checks got a response that cannot be used ({unusable[0].reason})"


def _troubles(target: Target, left: Sequence[Left]) -> Iterator[str]:
    """Why the run did not complete, and which resources it could not remove."""
    if reason := target.budget.exhausted:
        yield f"the run asked no more: {reason}"
    if target.circuit_breaker.last_failed:
        yield "the target stopped answering"
    if left:
        more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
        named = ", ".join(one.what for one in left[:NAMED])
        yield f"left on the target: {named}{more}; `astrbot-contract clean` tries again"


def _is_must(judgement: Judgement, contract: Contract) -> bool:
    return contract.requirements[judgement.requirement].level == "MUST"


def _unadmitted(seen: Seen) -> str | None:
    if not seen.shows_a_key or seen.serves_a_key:
        return None
    return UNSERVED if seen.admits_a_key else "not a single key was admitted anywhere"
